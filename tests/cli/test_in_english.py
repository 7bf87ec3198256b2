"""`coordnlp report --lang en` with the real run behind it, alone and in turn with Chinese runs."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from test_report_runs import LETTER
from test_reviewing import SECOND

from coordnlp.cli import main
from two_unions import TEAMS

ROOT = Path(__file__).resolve().parents[2]
DAY = ["report", "--as-of", "2024-06-30"]
EN = [*DAY, "--lang", "en"]
_HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "teams.toml").write_text(TEAMS, "utf-8")
    (folder / "函3号.txt").write_text(LETTER, "utf-8")
    (folder / "函7号.txt").write_text(SECOND, "utf-8")
    return folder


def rows(name: str = "gaps.csv") -> list[dict[str, str]]:
    with (Path("outputs") / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def row(about: str, quotes: str, name: str = "gaps.csv") -> dict[str, str]:
    (one,) = [one for one in rows(name) if about in one[quotes]]
    return one


def type_in(about: str, quotes: str, name: str = "gaps.csv", **words: str) -> None:
    lines = [
        one | ({key.replace("_", " "): word for key, word in words.items()} if about in one[quotes] else {})
        for one in rows(name)
    ]
    with (Path("outputs") / name).open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)


# Names of the example's teams, of people whom figures are about, and of nothing else.
NAMES = ("云渡市古城保护管理委员会", "云渡市古城街道办事处", "沈维岳", "葛春梅", "贺文静")


def chinese_in(*texts: str) -> list[str]:
    """Return the texts that hold Chinese beside names."""
    bare = re.compile("|".join(NAMES))
    return [text for text in texts if _HAN.search(bare.sub("", text))]


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Run on the example in English and return what the terminal said, on one line."""
    monkeypatch.chdir(tmp_path)
    assert main(["report", "--corpus", str(ROOT / "corpus"), "--as-of", "2026-03-31", "--lang", "en"]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_the_example_in_english(example: str) -> None:
    assert "Open outputs/gaps.csv or gaps.xlsx in Excel or WPS" in example
    found = rows()
    assert {"Not answered", "Promise not kept", "Recurring disagreement"} <= {one["Type"] for one in found}
    chosen = ("Type", "Urgency", "Change", "Place", "Latest response", "Related measures", "Suggestion")
    assert chinese_in(*(one[title] for one in found for title in chosen)) == []
    assert all(one["Suggestion"] for one in found)
    # What is said of a matter is English up to the words of the document, its basis up to the reasons.
    assert chinese_in(*(re.split(r"[:.] ", one["Matter"])[0] for one in found)) == []
    assert all(re.search(r"[A-Za-z]{2}", one["Matter"]) for one in found)
    assert chinese_in(*(one["Basis"].partition("; ")[0] for one in found)) == []
    assert chinese_in(*(line for one in found for line in one["Basis"].splitlines()[1:])) == []


@pytest.mark.usefixtures("example")
def test_the_sheets_of_the_example_in_english() -> None:
    measures, figures, pending = rows("measures.csv"), rows("indicators.csv"), rows("pending.csv")
    titles = ("Area", "Measure", "Status", "As each side tells it", "Suggestion")
    assert chinese_in(*(one[title] for one in measures for title in titles)) == []
    titles = ("Indicator", "Side", "Unit", "Details", "Caution", "Related measures", "How it is worked out")
    assert chinese_in(*(one[title] for one in figures for title in titles)) == []
    assert chinese_in(*(one["Category"] + one["Place"] + re.split("[;:] ", one["Details"])[0] for one in pending)) == []
    assert len(measures) == 31
    assert figures
    assert pending


def test_ids_and_numbers_do_not_hang_on_the_language(corpus: Path) -> None:
    assert main(DAY) == 0
    chinese = {one["编号"]: (one["把握"], one["已等天数"], one["原文"].partition("〔函")[0]) for one in rows()}
    assert main(EN) == 0
    english = {
        one["ID"]: (one["Confidence"], one["Days waiting"], one["Original words"].partition(" [函")[0])
        for one in rows()
    }
    assert english == chinese
    assert {one["Change"] for one in rows()} == {"Still open"}


def test_a_chinese_verdict_holds_in_english_and_back(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(DAY) == 0
    type_in("劳模推荐名单", "原文", 复核结论="误报", 复核说明="已当面答复", 复核人="闻小雨")
    assert main(EN) == 0
    assert "1 false alarm no longer listed" in capsys.readouterr().out.replace("\n", " ")
    assert [one for one in rows() if "劳模" in one["Original words"]] == []
    kept = row("劳模推荐名单", "Original words", "reviewed.csv")
    assert [kept[title] for title in ("Verdict", "Review note", "Reviewer", "Change")] == [
        "误报", "已当面答复", "闻小雨", "False alarm, no longer listed",
    ]  # fmt: skip
    assert not Path("outputs/已复核.csv").exists()
    # Taken back in English, the row stands again in Chinese.
    type_in("劳模推荐名单", "Original words", "reviewed.csv", Verdict="")
    assert main(DAY) == 0
    assert row("劳模推荐名单", "原文")["变化"] == "仍在"
    assert not Path("outputs/reviewed.csv").exists()
    stored = [json.loads(line)["decision"] for line in Path("corpus/judgements.jsonl").read_text("utf-8").splitlines()]
    assert stored == ["mistaken", "none"]


def test_an_english_verdict_holds_in_chinese_and_is_not_stored_twice(corpus: Path) -> None:
    assert main(EN) == 0
    type_in(
        "劳模推荐名单",
        "Original words",
        Verdict="Confirmed",
        Reviewer="Wen",
        Responsible="Both sides",
        Due_date="2024-04-01",
    )
    for run in (DAY, EN, DAY):
        assert main(run) == 0
    one = row("劳模推荐名单", "原文")
    assert [one[title] for title in ("复核结论", "复核人", "责任方", "时限", "把握")] == [
        "Confirmed", "Wen", "双方", "2024-04-01", "1.0",
    ]  # fmt: skip
    assert len(Path("corpus/judgements.jsonl").read_text("utf-8").splitlines()) == 1


def test_both_sides_typed_in_chinese_is_understood_in_an_english_sheet(corpus: Path) -> None:
    assert main(EN) == 0
    type_in("劳模推荐名单", "Original words", Responsible="双方")
    assert main(EN) == 0
    assert row("劳模推荐名单", "Original words")["Responsible"] == "Both sides"


def test_rows_are_joined_in_english(corpus: Path) -> None:
    assert main(EN) == 0
    into = row("名册", "Original words")["ID"]
    type_in("劳模推荐名单", "Original words", Verdict=f"Merged into {into}")
    assert main(DAY) == 0
    assert [one["编号"] for one in rows()] == [into]
    assert "劳模推荐名单" in rows()[0]["原文"]


def test_an_answer_named_in_english_closes_the_request(corpus: Path) -> None:
    reply = "临港船厂工会\n便笺\n区总：名单见附件，请收。\n临港船厂工会\n2024年3月18日\n"
    (corpus / "便笺.txt").write_text(reply, "utf-8")
    assert main(EN) == 0
    type_in("劳模推荐名单", "Original words", Review_note="Answered: 便笺.txt")
    assert main(EN) == 0
    assert [one for one in rows() if "劳模" in one["Original words"]] == []
    assert row("劳模推荐名单", "Original words", "reviewed.csv")["Change"] == "Resolved"


def test_an_unsure_guess_in_english(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "teams.toml").unlink()
    assert main(EN) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "There is no completed teams.toml; the two teams were worked out from the documents" in told
    assert "nothing is held against either side this time" in told


@pytest.mark.parametrize("language", ["fr", "english", ""])
def test_a_language_that_is_not_there_is_told(corpus: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DAY, "--lang", language]) == 2
    assert "zh（中文）或 en（英文）" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["EN", "Zh"])
def test_the_case_of_the_language_does_not_matter(corpus: Path, language: str) -> None:
    assert main([*DAY, "--lang", language]) == 0
    assert next(iter(rows()[0])) == ("ID" if language == "EN" else "编号")
