"""What is made is for its owner alone, nothing goes out, and what is told of errors holds no words of the papers."""

from __future__ import annotations

import os
import re
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import coordnlp
from coordnlp import run as running
from coordnlp.cli import main
from coordnlp.judgements import append_judgements
from coordnlp.records import Judgement, Review, Shown

EXAMPLE = Path(__file__).parents[2] / "corpus" / "example"
SECRET = "请贵办于3月15日前函复"
posix = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder with the papers of the example that are quick to read."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for path in EXAMPLE.rglob("*"):
        if path.suffix in {".txt", ".eml", ".toml", ".docx", ".pdf", ".xlsx"}:
            shutil.copy(path, corpus)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_outputs_are_for_their_owner_and_stay_as_people_set_them(office: Path) -> None:
    before = os.umask(0)
    try:
        assert main(["report"]) == 0
        made = [Path("outputs"), *Path("outputs").rglob("*")]
        assert {mode(path) for path in made if path.is_dir()} == {0o700}
        assert {mode(path) for path in made if path.is_file()} == {0o600}
        Path("outputs").chmod(0o750)
        Path("outputs/gaps.csv").chmod(0o640)
        Path("outputs/run.json").chmod(0o400)
        assert main(["report"]) == 0
        kept = [mode(Path("outputs") / name) for name in ("", "gaps.csv", "gaps.xlsx")]
        assert kept == [0o750, 0o640, 0o600]
    finally:
        os.umask(before)


@posix
def test_judgements_are_for_their_owner_and_stay_as_people_set_them(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        one = Judgement(
            shown=Shown("G-7KQM2X"),
            review=Review("误报"),
            decision="mistaken",
            day="2024-03-05",
            saved="",
            sheet="gaps.csv",
        )
        append_judgements(tmp_path, [one])
        assert mode(tmp_path / "judgements.jsonl") == 0o600
        (tmp_path / "judgements.jsonl").chmod(0o660)
        append_judgements(tmp_path, [one])
        assert mode(tmp_path / "judgements.jsonl") == 0o660
    finally:
        os.umask(before)


def test_a_run_opens_no_socket(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    assert main(["report"]) == 0


_ISOLATED = """
import socket, sys
try:
    socket.create_connection(("192.0.2.1", 80), 1)
except OSError:
    from coordnlp.cli import main
    sys.exit(main(["report"]))
"""


@pytest.mark.skipif(not shutil.which("unshare"), reason="network namespaces of Linux")
def test_a_run_needs_no_network_at_all(office: Path) -> None:
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine makes no network namespace")
    environment = {**os.environ, "PYTHONPATH": str(Path(coordnlp.__file__).parents[1])}
    command = ["unshare", "-rn", sys.executable, "-c", _ISOLATED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert Path("outputs/run.json").is_file()


def test_the_libraries_are_told_to_stay_offline(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.setenv(name, "0")
    assert main(["--version"]) == 0
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"


@pytest.mark.parametrize("options", [[], ["--debug"]])
def test_what_is_told_of_an_error_holds_no_words_of_the_papers(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        try:
            int(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error

    monkeypatch.setattr(running, "analyse", fail)
    assert main(["report", *options]) == 1
    told = capsys.readouterr().err
    log = Path(re.search(r"详细记录在 (.+?\.log)", told)[1])  # type: ignore[index]
    written = log.read_text("utf-8")
    log.unlink()
    assert "KeyError" in told
    assert SECRET not in told + written
    assert "ValueError" in written
    assert "test_privacy.py" in written
