"""Whatever ends a run: the last good report and all judgements stay whole, and the next run ends as if nothing was."""

from __future__ import annotations

import csv
import datetime
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from coordnlp import run as running
from coordnlp.cli import main
from two_unions import TEAMS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed")
LETTER = """\
临港区总工会
临总函〔2024〕{number}号
关于商请提供{what}的函
临港船厂工会：
请贵会于2024年3月20日前函告{what}。
临港区总工会
2024年3月{number}日
"""
COMMAND = ["report", "--as-of", "2024-06-30"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a working folder after a run, a verdict typed and obeyed, another typed and not yet read, a new letter."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "teams.toml").write_text(TEAMS, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for number, what in enumerate(("劳模推荐名单", "工会经费决算"), start=3):
            _post(folder, number, what)
        assert main(COMMAND) == 0
        _judge(0, "确认")
        assert main(COMMAND) == 0
        assert len((folder / "corpus/judgements.jsonl").read_bytes().splitlines()) == 1
        _judge(1, "误报")
        _post(folder, 7, "职工疗养名额")
    return folder


def _post(folder: Path, number: int, what: str) -> None:
    (folder / "corpus" / f"函{number}号.txt").write_text(LETTER.format(number=number, what=what), "utf-8")


def _judge(row: int, verdict: str) -> None:
    path = Path("outputs/gaps.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[row]["复核结论"] = verdict
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def copy(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the office to do harm to, and work in it."""
    folder = tmp_path / "office"
    shutil.copytree(office, folder)
    monkeypatch.chdir(folder)
    return folder


Results = tuple[dict[str, bytes], dict[str, bytes]]
"""The files that a run leaves when nothing happens, and those of a run after it, which tells no gap as new."""


@pytest.fixture(scope="module")
def undisturbed(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("undisturbed") / "office"
    shutil.copytree(office, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(COMMAND) == 0
        once = _files(folder)
        assert main(COMMAND) == 0
        return once, _files(folder)


def _files(folder: Path) -> dict[str, bytes]:
    """Return the results by path; run.json has timings, and with them another digest in it."""
    found = {
        path.relative_to(folder).as_posix(): path for path in sorted((folder / "outputs").rglob("*")) if path.is_file()
    }
    return {name: path.read_bytes() for name, path in found.items() if name != "outputs/run.json"}


def _saved(folder: Path) -> list[str]:
    """Return the judgements, without the second at which their sheet was saved."""
    lines = (folder / "corpus/judgements.jsonl").read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("{") and line.endswith("}")]


def _check(folder: Path, before: dict[str, bytes], lines: list[str], undisturbed: Results) -> None:
    """Hold that no file is torn and no judgement lost, and that the next run ends as an undisturbed one."""
    once, twice = undisturbed
    ended = (folder / "outputs/run.json").exists() and not (folder / "outputs/run-unfinished.json").exists()
    found = _files(folder)
    for name, content in found.items():
        if not name.endswith(".coordnlp-part") and name != "outputs/run-unfinished.json":
            assert content in (before.get(name), once.get(name)), name
    assert _saved(folder)[: len(lines)] == lines
    assert main(COMMAND) == 0
    assert len(_saved(folder)) == 2
    after, expected = _files(folder), twice if ended and found == once else once
    assert after.keys() == expected.keys()
    assert [name for name in after if after[name] != expected[name]] == []


def _die_at(moment: int) -> int:
    """Run the command in a fork that ends, with no chance to clean up, before its n-th change to the disk.

    Returns:
        How many changes were made, should the run come to its end.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        made = 0

        def counted(action: Callable[..., object]) -> Callable[..., object]:
            def act(*arguments: object, **more: object) -> object:
                nonlocal made
                made += 1
                if made == moment:
                    os._exit(9)
                return action(*arguments, **more)

            return act

        for name in ("replace", "unlink", "fsync", "mkdir", "write", "rmdir"):
            setattr(os, name, counted(getattr(os, name)))
        main(COMMAND)
        os.write(writer, str(made).encode())
        os._exit(0)
    os.close(writer)
    told = os.read(reader, 100)
    os.close(reader)
    os.waitpid(child, 0)
    return int(told or b"0")


@pytest.fixture(scope="module")
def changes(office: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    folder = tmp_path_factory.mktemp("counting") / "office"
    shutil.copytree(office, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return _die_at(-1)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.55, 0.75, 0.9, 1.0])
def test_a_run_that_is_killed_at_a_change_to_the_disk(
    share: float, changes: int, copy: Path, undisturbed: Results
) -> None:
    before, lines = _files(copy), _saved(copy)
    assert changes > 20
    _die_at(1 + round(share * (changes - 1)))
    _check(copy, before, lines, undisturbed)


@pytest.mark.slow
def test_a_run_that_is_killed_at_any_change_to_the_disk(
    changes: int, office: Path, tmp_path: Path, undisturbed: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hold it for every third change; KILL_EVERY=1 tries all of them."""
    for moment in range(1, changes + 1, int(os.environ.get("KILL_EVERY", "3"))):
        folder = tmp_path / str(moment)
        shutil.copytree(office, folder)
        monkeypatch.chdir(folder)
        before, lines = _files(folder), _saved(folder)
        _die_at(moment)
        _check(folder, before, lines, undisturbed)


@pytest.mark.slow
def test_fifty_runs_that_are_killed_at_random_moments(
    office: Path, tmp_path: Path, undisturbed: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, longest = random.Random(11), _duration(office, tmp_path / "timed", monkeypatch)
    cut_off = 0
    for number in range(50):
        folder = tmp_path / str(number)
        shutil.copytree(office, folder)
        monkeypatch.chdir(folder)
        before, lines = _files(folder), _saved(folder)
        child = _fork(lambda: None)
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        cut_off += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        _check(folder, before, lines, undisturbed)
    assert cut_off > 25


def _duration(office: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> float:
    """Return the seconds that the command takes in a fork, where all is loaded."""
    shutil.copytree(office, folder)
    monkeypatch.chdir(folder)
    start = time.monotonic()
    assert _in_fork(lambda: None) == 0
    return time.monotonic() - start


def _fork(prepare: Callable[[], None]) -> int:
    """Run the command in a fork that was prepared, and return its number."""
    child = os.fork()
    if not child:
        try:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
            prepare()
            os._exit(main(COMMAND))
        finally:
            os._exit(99)
    return child


def _in_fork(prepare: Callable[[], None]) -> int:
    """Return the exit code of the command in a fork that was prepared."""
    return os.waitstatus_to_exitcode(os.waitpid(_fork(prepare), 0)[1])


@pytest.mark.parametrize("size", [0, 300, 3000, 10_000])
def test_a_disk_that_is_full(size: int, copy: Path, undisturbed: Results) -> None:
    import resource

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    before, lines = _files(copy), _saved(copy)
    assert _in_fork(fill) == 2
    assert _files(copy) == before
    _check(copy, before, lines, undisturbed)


def test_a_place_that_cannot_be_written_is_told_before_the_work(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _files(copy)
    assert main([*COMMAND, "--out", "/proc/outputs"]) == 2
    assert "无法在" in capsys.readouterr().err
    if os.geteuid():
        Path("outputs").chmod(0o500)
        assert main(COMMAND) == 2
        Path("outputs").chmod(0o700)
    assert _files(copy) == before


def test_a_clock_that_stands_in_1970(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    day = SimpleNamespace(today=lambda: datetime.date(1970, 1, 1), fromisoformat=datetime.date.fromisoformat)
    monkeypatch.setattr(running, "dt", SimpleNamespace(date=day))
    before, lines = _files(copy), _saved(copy)
    for path in [*Path("corpus").iterdir(), *Path("outputs").rglob("*")]:
        os.utime(path, (0, 0))
    # All papers are of later days: as yet unwritten.
    assert main(["report"]) == 3
    assert _files(copy) == before
    assert "1970-01-01" in capsys.readouterr().err
    monkeypatch.undo()
    monkeypatch.chdir(copy)
    assert main(COMMAND) == 0
    assert _saved(copy)[: len(lines)] == lines
    assert len(_saved(copy)) == 2
