"""Broken and hostile files: each ends in a record, in time, and takes nothing else with it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple, get_args

import pytest
import trying_patterns
from good_files import good_files
from hostile_files import CANARY, hostile_files

import coordnlp
from coordnlp.records import Skipped, SkipReason
from coordnlp.stages.ingest import read_dossier
from coordnlp.stages.ingest.dossiers import list_files, load_file
from coordnlp.stages.ingest.mail_dates import find_mail_date
from coordnlp.stages.ingest.signatures import is_markup, sniff
from coordnlp.taxonomy import load_taxonomy

SECONDS = 40.0  # that a file may take on a busy machine; the slowest takes four on a quiet one
KINDS = {"txt", "md", "docx", "doc", "rtf", "odt", "xlsx", "xls", "ods", "csv", "pdf", "ofd", "eml", "msg", "html", "mht", "srt", "vtt"}  # fmt: skip


class Read(NamedTuple):
    """What became of a file: path and format or reason of each record, with its words."""

    seconds: float
    records: list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    """Return what became of every hostile file, by its name; each is read in a process that may be ended."""
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text(CANARY, "utf-8")
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in hostile_files(str(outside)).items():
        (folder / name).write_bytes(content)
    environment = {**os.environ, "PYTHONPATH": str(Path(coordnlp.__file__).parents[1])}
    worker = Path(__file__).with_name("reading_worker.py")
    done = subprocess.run(
        [sys.executable, str(worker), str(folder), str(SECONDS)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"{lines[-1]}\n{done.stderr[-3000:]}"
    return {
        line["file"]: Read(line["seconds"], [tuple(one) for one in line["records"]]) for line in lines if "file" in line
    }


def test_every_file_has_a_record_under_its_path(table: dict[str, Read]) -> None:
    names = hostile_files("").keys()
    assert len(names) > 400
    assert table.keys() == set(names)
    for name, read in table.items():
        assert read.records, name
        assert all(file == name or file.startswith(f"{name}/") for file, _, _ in read.records)
        assert {kind for _, kind, _ in read.records} <= KINDS | set(get_args(SkipReason)), name
        assert len({file for file, _, _ in read.records}) == len(read.records), name


def test_no_file_gets_at_another(table: dict[str, Read]) -> None:
    told = json.dumps(list(table.values()), ensure_ascii=False)
    assert CANARY not in told
    assert "root:" not in told


def test_what_is_skipped_says_why(table: dict[str, Read]) -> None:
    told = [words for read in table.values() for _, kind, words in read.records if kind not in KINDS]
    assert len(told) > 100
    assert all(re.search(r"[\u4e00-\u9fff]{4}", words) for words in told)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("xml-xxe.docx", {"damaged"}),
        ("xml-laughs.xlsx", {"damaged"}),
        ("xml-quadratic.ods", {"damaged"}),
        ("zip-bomb.zip", {"too_large"}),
        ("zip-bomb.docx", {"too_large"}),
        ("zip-many.zip", {"unsupported", "too_large"}),
        ("zip-nested.zip", {"unsupported"}),
        ("zip-link.zip", {"unsupported"}),
        ("zip-encrypted.zip", {"encrypted"}),
        ("zip-paths.zip", {"txt"}),
        ("text-too-large.txt", {"too_large"}),
        ("text-noise.txt", {"binary"}),
        ("pdf-form-loop.pdf", {"too_large"}),
        ("pdf-count-kids.pdf", {"too_large"}),
        ("pdf-page-loop.pdf", {"damaged", "no_text"}),
        ("sheet-one-string.xlsx", {"too_large"}),
        ("sheet-macro.xlsm", {"xlsx"}),
        ("paper-macro.docm", {"docx"}),
        ("page-deep.html", {"no_text"}),
        ("mail-charset.eml", {"eml"}),
        ("mail-nest-deep.eml", {"damaged"}),
    ],
)
def test_what_becomes_of_a_file(table: dict[str, Read], name: str, kinds: set[str]) -> None:
    assert {kind for _, kind, _ in table[name].records} & kinds
    assert {kind for _, kind, _ in table[name].records} <= kinds


def test_members_stay_below_their_archive(table: dict[str, Read]) -> None:
    files = [file for file, _, _ in table["zip-paths.zip"].records]
    assert not [file for file in files if ".." in file.split("/") or "\\" in file]
    names = [file.removeprefix("zip-names.zip/") for file, _, _ in table["zip-names.zip"].records]
    assert not [name for name in names if re.search("[\x00-\x1f\u202e]", name)]


# --- files as the disk has them --------------------------------------------------------------------


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "函.txt").write_bytes(good_files()[".txt"])
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text(CANARY, "utf-8")
    return folder


def reasons(folder: Path) -> dict[str, str]:
    return {one.file: one.reason if isinstance(one, Skipped) else one.format for one in read_dossier(folder)}


def test_links_that_lead_out_are_not_followed(dossier: Path) -> None:
    outside = dossier.parent / "outside"
    (dossier / "a.txt").symlink_to(outside / "secret.txt")
    (dossier / "b").symlink_to(outside, target_is_directory=True)
    (dossier / "c.txt").symlink_to("nowhere.txt")
    (dossier / "d.txt").symlink_to("d.txt")
    (dossier / "e.txt").symlink_to("函.txt")
    (dossier / "f").symlink_to(".", target_is_directory=True)
    expected = {"a.txt": "unsupported", "b": "unsupported", "c.txt": "unreadable", "d.txt": "unreadable"}
    assert reasons(dossier) == {**expected, "e.txt": "txt", "f": "unsupported", "函.txt": "txt"}


def test_what_is_no_file_is_not_waited_for(dossier: Path) -> None:
    os.mkfifo(dossier / "管道.txt")
    assert reasons(dossier) == {"函.txt": "txt", "管道.txt": "unreadable"}


def test_what_may_not_be_opened_is_told(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (dossier / "锁").mkdir()
    (dossier / "锁" / "a.txt").write_text("a", "utf-8")
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "锁" and access(path, mode))
    monkeypatch.setattr(os, "walk", lambda folder: [(str(folder), [], [])])
    assert reasons(dossier) == {"函.txt": "txt", "锁": "unreadable"}


def test_a_file_that_vanishes_or_grows_while_it_is_read_is_told(dossier: Path) -> None:
    path = dossier / "函.txt"
    (listed,) = list_files(dossier)
    path.unlink()
    gone = load_file("函.txt", listed, dossier)
    assert isinstance(gone, Skipped)
    assert gone.reason == "unreadable"


def test_a_file_that_is_written_while_it_is_read_is_told(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, stat = dossier / "函.txt", os.fstat

    def written(handle: int) -> os.stat_result:
        found = stat(handle)
        with path.open("ab") as stream:
            stream.write(b"more")
        return found

    monkeypatch.setattr(os, "fstat", written)
    read = load_file("函.txt", path, dossier)
    assert isinstance(read, Skipped)
    assert "正在被改写" in read.detail


ODD = [
    "a\nb.txt",
    "😀.txt",
    "长" * 80 + ".txt",
    "-rf.txt",
    "=cmd.txt",
    "\x1b[2J.txt",
    "a\u202eb.txt",
    "<b>.txt",
    "'.txt",
]


def test_names_of_every_kind_are_read(dossier: Path) -> None:
    for name in ODD:
        (dossier / name).write_bytes(good_files()[".txt"])
    found = reasons(dossier)
    assert len(found) == len(ODD) + 1
    assert Counter(found.values()) == {"txt": len(ODD) + 1}


# --- what was found, each with its fix ----------------------------------------------------------------


def test_comments_before_a_page_are_passed_in_no_time() -> None:
    content = b"<?xml version='1.0'?>\n" + b"<!----> " * 5000
    assert sniff(content + b"<html>") == ".html"
    assert sniff(content + b"x") == ""
    assert is_markup(content + b"<table>")
    assert not is_markup(content + b"x<table>")


def test_blanks_behind_the_date_of_a_mail_are_passed_in_no_time() -> None:
    for blanks in ("\t" * 400, " 　," * 200):
        found = find_mail_date(f"15 Mar 2024{blanks}!")
        assert found
        assert found.iso == "2024-03-15"
        late = find_mail_date(f"15 Mar 2024{blanks}10:30")
        assert late
        assert late.iso == "2024-03-15T10:30:00+08:00"


def test_a_long_number_behind_a_cue_is_passed_in_no_time() -> None:
    measures = load_taxonomy(Path("nowhere")).measure
    for words, found in (("这笔款拖了十几年", True), ("这笔款拖了12年", True), (f"这笔款拖了{'1' * 400}元", False)):
        places = [place for one in measures for place in one.shown(words)]
        assert any(place[0].endswith("年") for place in places) is found


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a pattern is stopped by a signal of POSIX")
def test_no_pattern_backtracks(tmp_path: Path) -> None:
    """Hold that every regular expression of the program deals with long runs; some two minutes."""
    example = Path(__file__).parents[2] / "corpus"
    environment = {**os.environ, "PYTHONPATH": str(Path(coordnlp.__file__).parents[1])}
    script = Path(__file__).with_name("trying_patterns.py")
    command = [sys.executable, str(script), str(example), str(tmp_path / "out")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    count, *slow = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"')]
    assert count["patterns"] > 500
    assert slow == []


def test_what_tries_the_patterns_finds_those_that_backtrack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying_patterns, "SECONDS", 0.1)
    monkeypatch.setattr(trying_patterns, "RUNS", ("x",))
    before = signal.signal(signal.SIGVTALRM, trying_patterns._stop)
    try:
        for pattern, is_slow in (
            (r"(?:\d{1,2})+年", True),
            (r"拖(?:\d+)*年", True),
            (r"^\s*a?\s*b?\s*c?\s*d", True),
            (rb"(?:[\x81-\xfe][\x40-\xfe]|[^\n])+\n", True),
            (r"^\s*+a?\s*+b?\s*+c?\s*+d", False),
            (r"\d+年", False),
            (r"(?:第\d{1,3}号)?[^，。]{1,24}?：", False),
        ):
            seconds, _ = trying_patterns.slowest(re.compile(pattern), ["match"])
            assert (seconds >= trying_patterns.SECONDS) is is_slow, pattern
    finally:
        signal.signal(signal.SIGVTALRM, before)
