"""Files are read in a process that may be ended: what never ends, takes all memory or crashes costs only its file."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from good_files import good_files
from hostile_files import hostile_files

from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest import dossiers, read_dossier, reading_process
from coordnlp.stages.ingest.readers import READERS, read_as
from coordnlp.stages.ingest.reading_process import ReadingProcess
from coordnlp.stages.ingest.readings import Reading, UnreadableError

GOOD = good_files()
posix = pytest.mark.skipif(os.name == "nt", reason="pipes and limits of POSIX")


@pytest.fixture
def bad(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReadingProcess]:
    """Return a process with the readers of `bad_readers.py`, which gives each file two seconds."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with closing(ReadingProcess(2.0, "bad_readers")) as apart:
        yield apart


def refused(apart: ReadingProcess, kind: str, content: bytes = b"x") -> tuple[str, str]:
    with pytest.raises(UnreadableError) as caught:
        apart.read(kind, content)
    return caught.value.reason, caught.value.detail


def is_well(apart: ReadingProcess) -> bool:
    return apart.read(".docx", GOOD[".docx"]) == read_as(".docx", GOOD[".docx"])


@pytest.mark.parametrize("suffix", sorted(GOOD.keys() & READERS.keys()))
def test_what_comes_back_is_what_was_read(suffix: str, whole: ReadingProcess) -> None:
    content = GOOD[suffix] * (200 if suffix in {".txt", ".md"} else 1)
    assert whole.read(suffix, content) == read_as(suffix, content)
    assert whole.process is not None


@pytest.fixture(scope="module")
def whole() -> Iterator[ReadingProcess]:
    with closing(ReadingProcess()) as apart:
        yield apart


def test_a_short_text_starts_no_process() -> None:
    with closing(ReadingProcess()) as apart:
        assert apart.read(".txt", GOOD[".txt"]) == read_as(".txt", GOOD[".txt"])
        assert apart.process is None


def test_what_cannot_be_read_is_told_in_the_words_of_its_reader(whole: ReadingProcess) -> None:
    for kind in (".docx", ".xlsx", ".pdf", ".uot"):
        with pytest.raises(UnreadableError) as caught:
            read_as(kind, b"PK\x03\x04 no package")
        assert refused(whole, kind, b"PK\x03\x04 no package") == (caught.value.reason, caught.value.detail)


def test_a_reader_that_never_ends_is_ended(bad: ReadingProcess) -> None:
    reason, detail = refused(bad, ".csv")
    assert reason == "too_large"
    assert "读了2秒还没有读完" in detail
    assert bad.process is None
    bad.seconds = 60
    assert is_well(bad)


@posix
def test_a_program_that_a_reader_started_ends_with_it(bad: ReadingProcess, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    handle = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert "还没有读完" in refused(bad, ".odt", f"x {pipe}".encode())[1]
        assert os.read(handle, 10) == b"x"
        # It comes to its end once nobody holds the other side; a killed program takes a moment to let go of it.
        assert select.select([handle], [], [], 30)[0]
        assert os.read(handle, 10) == b""
    finally:
        os.close(handle)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded where the system does it")
def test_a_reader_that_takes_all_memory_is_refused_it(bad: ReadingProcess) -> None:
    bad.seconds = 60
    reason, detail = refused(bad, ".ods")
    assert reason == "too_large"
    assert "内存不够" in detail
    assert is_well(bad)


@pytest.mark.parametrize("kind", [".rtf", ".ofd"])
def test_a_reader_that_ends_the_process_costs_only_its_file(bad: ReadingProcess, kind: str) -> None:
    assert refused(bad, kind) == ("damaged", "文件已损坏，读的时候出错，请用原来的软件打开检查，另存后再放入。")
    bad.seconds = 60
    assert is_well(bad)


def test_whatever_a_reader_raises_is_told_without_its_words(bad: ReadingProcess) -> None:
    reason, detail = refused(bad, ".msg")
    assert reason == "damaged"
    assert "KeyError" in detail
    assert "word" not in detail


def test_trouble_of_the_program_itself_is_not_laid_on_the_file(bad: ReadingProcess) -> None:
    # The process says so, and the file is read here, where the same trouble ends the run.
    assert bad.read(".xls", GOOD[".xls"]) == read_as(".xls", GOOD[".xls"])


def test_what_a_library_prints_does_not_get_into_the_answer(bad: ReadingProcess) -> None:
    assert bad.read(".html", "好的。".encode()).text == "好的。"
    assert is_well(bad)


def test_halves_of_characters_come_back_as_they_were(bad: ReadingProcess) -> None:
    reading = bad.read(".srt", b"x")
    assert len(reading.text) == 4
    assert reading.text == "\ud83d" + "\ude00好\udfff"
    assert reading.notes == ("\udc80",)


def test_an_answer_makes_records_only() -> None:
    import pickle

    with pytest.raises(pickle.UnpicklingError, match=r"^(posix|nt)$"):
        reading_process._load(pickle.dumps(os.getcwd))


def test_a_pdf_that_is_never_done_ends_and_the_next_is_read() -> None:
    hang, good = hostile_files("")["pdf-form-loop.pdf"], GOOD[".pdf"]
    with closing(ReadingProcess(2.0)) as apart, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_process, "_seconds_for_scans", lambda _: 0.0)
        assert "排班名单" in apart.read(".pdf", good).text
        apart.process.kill()  # type: ignore[union-attr]
        assert "请用 PDF 阅读器打开" in refused(apart, ".pdf", good)[1]
        assert "还没有读完" in refused(apart, ".pdf", hang)[1]
        apart.seconds = 60
        assert "排班名单" in apart.read(".pdf", good).text


def test_a_file_is_read_here_where_no_process_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with closing(ReadingProcess()) as apart:
        assert isinstance(apart.read(".pdf", GOOD[".pdf"]), Reading)


def test_the_other_files_of_a_dossier_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr(dossiers, "ReadingProcess", partial(ReadingProcess, 5.0, "bad_readers"))
    monkeypatch.setattr("coordnlp.stages.ingest.read_file.find_soffice", lambda: "")
    for suffix in (".csv", ".docx", ".msg", ".rtf", ".txt", ".xlsx"):
        (tmp_path / f"a{suffix}").write_bytes(GOOD[suffix])
    (tmp_path / "b.docx").write_bytes(GOOD[".docx"])
    found = {one.file: one.reason if isinstance(one, Skipped) else "" for one in read_dossier(tmp_path)}
    read = dict.fromkeys(("a.docx", "a.txt", "a.xlsx", "b.docx"), "")
    assert found == {"a.csv": "too_large", "a.msg": "damaged", "a.rtf": "damaged", **read}


@posix
def test_no_process_is_left_when_a_run_ends_or_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = reading_process._start

    def noted(module: str) -> subprocess.Popen[bytes] | None:
        process = start(module)
        assert process
        started.append(process)
        return process

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading_process, "_start", noted)
    (tmp_path / "a.docx").write_bytes(GOOD[".docx"])
    assert isinstance(read_dossier(tmp_path)[0], Document)
    monkeypatch.setattr(reading_process, "_receive", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_dossier(tmp_path)
    assert len(started) == 2
    assert all(process.poll() is not None for process in started)


def test_the_process_ends_by_itself_when_nobody_is_left_to_end_it(bad: ReadingProcess) -> None:
    process = reading_process._start("bad_readers")
    assert process
    reading_process._send(process.stdin, reading_process._HEAD.pack(b".csv", 0.5 - reading_process._GRACE, 1), b"x")  # type: ignore[arg-type]
    assert process.wait(60) == 1
    for stream in (process.stdin, process.stdout):
        stream.close()  # type: ignore[union-attr]
