"""One run over all that is broken and hostile beside a good dossier: it ends, loses nothing, and judges as without."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hostile_files import CANARY
from hostile_table import lay_out

from coordnlp.cli import main
from coordnlp.stages.ingest import dossiers
from coordnlp.stages.ingest.reading_process import ReadingProcess
from two_unions import TEAMS

pytestmark = pytest.mark.slow
SECONDS = 6.0  # a file; two are never done, and what a busy machine does not get done is skipped
# These are read to hundreds of thousands of rows and thousands of mails, all of which are papers to be analysed: no
# attack, but many minutes. WHOLE_RUN=all takes them in.
MASSES = ("sheet-repeated-rows.ods", "table-open-quote.csv", "mails-many.mbox")
LETTER = """\
{sender}
临{mark}函〔2024〕{number}号
{title}
{addressee}：
{words}
{sender}
2024年3月{number}日
"""
ASKED = ("劳模推荐名单", "工会经费决算", "职工疗养名额")
OURS = {"sender": "临港区总工会", "mark": "总", "addressee": "临港船厂工会"}
THEIRS = {"sender": "临港船厂工会", "mark": "船", "addressee": "临港区总工会"}


def good_dossier(folder: Path) -> None:
    """Write three requests and a reply to one of them."""
    folder.mkdir()
    (folder / "teams.toml").write_text(f"complete = true\n{TEAMS}", "utf-8")
    papers = {
        f"函{number}号.txt": LETTER.format(
            **OURS, number=number, title=f"关于商请提供{what}的函", words=f"请贵会于2024年3月20日前函告{what}。"
        )
        for number, what in enumerate(ASKED, start=3)
    }
    papers["复函18号.txt"] = LETTER.format(
        **THEIRS,
        number=18,
        title=f"关于{ASKED[0]}的复函",
        words=f"贵会《关于商请提供{ASKED[0]}的函》（临总函〔2024〕3号）收悉。现将{ASKED[0]}函告如下：推荐张三、李四。",
    )
    for name, words in papers.items():
        (folder / name).write_text(words, "utf-8")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the outputs of the good dossier."""
    folder = tmp_path_factory.mktemp("alone")
    good_dossier(folder / "corpus")
    return report(folder)


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the outputs of two dossiers: the good one, and the same with every hostile file among its papers."""
    folder = tmp_path_factory.mktemp("beside")
    (folder / "corpus").mkdir()
    good_dossier(folder / "corpus" / "好")
    good_dossier(folder / "corpus" / "坏")
    (folder / "secret.txt").write_text(CANARY, "utf-8")
    lay_out(folder / "corpus" / "坏", folder / "secret.txt")
    for name in MASSES if os.environ.get("WHOLE_RUN") != "all" else ():
        (folder / "corpus" / "坏" / name).unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dossiers, "ReadingProcess", partial(ReadingProcess, SECONDS))
        # It would repair some, and hang on others for minutes; it is tried elsewhere.
        patch.setattr("coordnlp.stages.ingest.read_file.find_soffice", lambda: "")
        return report(folder)


def report(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        # After the day of every paper: later ones count as not yet written.
        assert main(["report", "--as-of", "2030-06-30"]) == 0
    return folder / "outputs"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def rows(sheet: Path, dossier: str = "") -> list[dict[str, str]]:
    """Return the rows of a sheet; of one of several dossiers those of its name, without the column that tells it."""
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    return [row for row in found if row.pop("卷宗", "") == dossier]


def test_every_file_is_read_or_skipped(beside: Path) -> None:
    corpus = beside.parent / "corpus" / "坏"
    files = {path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.is_file()} - {"teams.toml"}
    assert len(files) > 480
    records = [one["file"] for name in ("documents", "skipped") for one in lines(beside / f"坏/data/{name}.jsonl")]
    assert [file for file, count in Counter(records).items() if count > 1] == []
    assert {file for file in files if not any(one == file or one.startswith(f"{file}/") for one in records)} == set()
    assert [one for one in records if not any(one == file or one.startswith(f"{file}/") for file in files)] == []


def test_what_is_skipped_says_why(beside: Path) -> None:
    skipped = rows(beside / "skipped.csv", "坏")
    assert len(skipped) > 150
    assert [row for row in skipped if not row["原因"] or not row["说明"]] == []


def test_the_good_dossier_is_judged_as_without_them(alone: Path, beside: Path) -> None:
    before = rows(alone / "gaps.csv")
    assert [row["类型"] for row in before].count("未答复") == 2
    assert rows(beside / "gaps.csv", "好") == before


def test_among_them_no_request_is_lost(alone: Path, beside: Path) -> None:
    """Any of what was not read may be the reply, so that nobody is held to it."""
    asked = " ".join(row["原文"] for row in rows(alone / "gaps.csv"))
    told = " ".join(row["原文"] for name in ("gaps", "待观察") for row in rows(beside / f"{name}.csv", "坏"))
    answered, *unanswered = ASKED
    assert f"函告{answered}。" not in asked
    for what in unanswered:
        assert f"函告{what}。" in asked
        assert f"函告{what}。" in told


def test_nothing_of_another_file_shows(beside: Path) -> None:
    for path in beside.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes()
            assert b"root:x:0" not in path.read_bytes()
