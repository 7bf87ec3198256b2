"""The outputs in English, and sheets that were written and reviewed in the other language."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from handmade import TEAMS, assessed, dossier, gap, quiet
from rich.console import Console
from test_papers import disputed, every_kind

from coordnlp.places import word_places
from coordnlp.records import Dossier, Judged, Judgement, ReportLanguage, Review, Shown, Silence, TeamsProposal, Unseen
from coordnlp.report import Written, read_edits, write_outputs
from coordnlp.report.labels import load_labels
from coordnlp.report.languages import language_of, reword_cells
from coordnlp.report.page import make_page
from coordnlp.report.papers import write_papers
from coordnlp.report.terminal import summarise

Rows = list[dict[str, str]]
Read = Callable[[Path], Rows]
Save = Callable[..., None]
NAME = "示例"
_HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
# What the hand-made records hold: words and names of documents, and what stages tell in Chinese.
_AS_WRITTEN = re.compile(r"[^\x00-\x7f□]+")


def plain() -> Dossier:
    """A dossier whose own words are all in Latin letters: what is Chinese in its outputs is ours."""
    one = every_kind()
    teams = replace(TEAMS, teams=tuple(replace(team, name=f"Team {team.id}") for team in TEAMS.teams))  # type: ignore[arg-type]
    documents = tuple(
        replace(
            paper,
            file=f"{number}.txt",
            text=_AS_WRITTEN.sub(lambda match: "x" * len(match[0]), paper.text),
            marks=tuple(replace(mark, label="line 1") for mark in paper.marks[:1]),
        )
        for number, paper in enumerate(one.documents)
    )
    files = {paper.file: f"{number}.txt" for number, paper in enumerate(one.documents)}
    return replace(
        one,
        name="Example",
        teams=teams,
        language="en",
        documents=documents,
        headers=tuple(replace(header, file=files[header.file], title="x", number="No. 12") for header in one.headers),
        gaps=tuple(
            replace(row, severity_reason="x", summary="x", reaction="x", suggestion="x", why="x") for row in one.gaps
        ),
        requests=tuple(
            replace(request, reasons=(), due=request.due and replace(request.due, written="x"))
            for request in one.requests
        ),
        events=tuple(replace(event, reasons=()) for event in one.events),
        lives=tuple(replace(life, why="x") for life in one.lives),
        ties=tuple(replace(tie, reason="x") for tie in one.ties),
        issues=tuple(replace(issue, label="x") for issue in one.issues),
        measures=tuple(replace(m, name="x", dimension="x", advice="x.", reasons=()) for m in one.measures),
        indicators=tuple(replace(indicator, words="x", caution="x") for indicator in one.indicators),
        skipped=tuple(replace(skipped, file="x.pdf", detail="x") for skipped in one.skipped),
        coverage=replace(
            one.coverage,
            silences=(Silence("A", "2024-04-01", "2024-05-01"),),
            unseen=(Unseen("registered", "No. 9", "A", "", "No. 9", "x"), Unseen("cited", "No. 8", None, "")),
        ),
        proposal=TeamsProposal(teams, 0.75, ("x",), ("x", "x", "x", "x")),
    )


def read_rows(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


# --- nothing of ours is left in Chinese ----------------------------------------------------------


def test_every_sheet_is_in_english(tmp_path: Path) -> None:
    written = write_outputs(tmp_path, [plain()], {}, "en")
    sheets = [path for path in written.files if path.suffix == ".csv"]
    assert sorted(path.name for path in sheets) == [
        "coverage.csv", "gaps.csv", "indicators.csv", "measures.csv", "pending.csv", "skipped.csv",
    ]  # fmt: skip
    assert {path.name: found for path in sheets if (found := _HAN.findall(path.read_text("utf-8-sig")))} == {}


def test_the_workbook_is_in_english(tmp_path: Path) -> None:
    write_outputs(tmp_path, [plain()], {}, "en")
    book = openpyxl.load_workbook(tmp_path / "gaps.xlsx")
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert [cell for cell in (*book.sheetnames, *cells) if _HAN.search(cell)] == []
    assert book.sheetnames[:4] == ["Gaps", "Reviewed", "For us to do", "Awaited from them"]
    (rule,) = book["Gaps"].data_validations.dataValidation
    assert rule.formula1 == '"Confirmed,False alarm,Resolved,Deferred,Merged into"'
    assert not _HAN.search(f"{rule.promptTitle}{rule.prompt}")


def test_the_page_is_in_english() -> None:
    page = html.unescape(make_page(plain(), lambda _: "new", load_labels("en")).decode())
    assert _HAN.findall(page) == []
    assert '<html lang="en-GB">' in page
    assert '<blockquote lang="zh">' in page
    assert "Jun 2024" in page or "Mar 2024" in page


def test_the_page_in_chinese_says_nothing_of_the_language_of_quotes() -> None:
    page = make_page(every_kind(), lambda _: "new", load_labels()).decode()
    assert '<html lang="zh-CN">' in page
    assert "<blockquote>" in page


@pytest.mark.parametrize("name", ["report.docx", "agenda.docx"])
def test_the_papers_are_in_english(name: str) -> None:
    paper = docx.Document(io.BytesIO(write_papers(plain(), load_labels("en"))[name]))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    texts = [*(one.text for one in paper.paragraphs), *cells, paper.core_properties.title]
    assert [text for text in texts if _HAN.search(text)] == []


def test_days_are_written_as_in_letters() -> None:
    paper = docx.Document(io.BytesIO(write_papers(plain(), load_labels("en"))["report.docx"]))
    lines = [one.text for one in paper.paragraphs]
    assert "(as of 30 June 2024)" in lines
    assert any("Raised by Team A with Team B on 5 March 2024. Raised 2 times in all." in line for line in lines)


def test_the_terminal_is_in_english() -> None:
    console = Console(record=True, width=160, file=io.StringIO())
    console.print(summarise([plain()], Written(Path("outputs/gaps.csv"), (), ("x",)), "en"))
    text = console.export_text()
    assert _HAN.findall(text) == []
    assert "Not answered, due from Team B to Team A, 40 days waiting, 12 days overdue" in text
    assert "likely (0.75)" in text


def test_words_of_documents_and_names_of_teams_stay_as_written(tmp_path: Path) -> None:
    write_outputs(tmp_path, [disputed(dossier())], {}, "en")
    row = read_rows(tmp_path / "gaps.csv")[0]
    assert row["Responsible"] == "港务集团工会"
    assert row["Original words"] == "请贵会于3月20日前提供三季度床位数据。 [发文/a.txt, 第2行]"
    assert (row["Type"], row["Urgency"], row["Change"]) == ("Not answered", "High", "New")


@pytest.mark.parametrize("make", [dossier, quiet, every_kind])
def test_the_default_is_chinese(tmp_path: Path, make: Callable[[], Dossier]) -> None:
    for folder, more in (("default", ()), ("asked", ("zh",))):
        write_outputs(tmp_path / folder, [assessed(make())], {}, *more)
    files = {path.relative_to(tmp_path / "default") for path in (tmp_path / "default").rglob("*") if path.is_file()}
    assert {Path("gaps.csv"), Path("report.html"), Path("report.docx")} <= files
    assert all((tmp_path / "default" / one).read_bytes() == (tmp_path / "asked" / one).read_bytes() for one in files)


# --- reviews across languages --------------------------------------------------------------------

_VERDICTS = {"zh": "误报", "en": "False alarm"}
_BACK: tuple[tuple[ReportLanguage, ReportLanguage], ...] = (("zh", "en"), ("en", "zh"))


def two() -> Dossier:
    return dossier(gaps=(gap("G-AAAA"), gap("G-BBBB", severity=50)))


def type_csv(out: Path, language: ReportLanguage, id: str, save: Save, **words: str) -> None:
    columns = load_labels(language).columns
    titled = {columns[column]: word for column, word in words.items()}  # type: ignore[index]
    save(out / "gaps.csv", [row | (titled if row[columns["id"]] == id else {}) for row in read_rows(out / "gaps.csv")])


@pytest.mark.parametrize(("first", "second"), _BACK)
def test_untouched_sheets_of_another_language_tell_nothing(
    tmp_path: Path, first: ReportLanguage, second: ReportLanguage
) -> None:
    write_outputs(tmp_path, [two()], {}, first)
    edits, clashes = read_edits(tmp_path, [NAME], second)
    assert ([edit for edit in edits if not edit.restates], clashes) == ([], ())
    assert write_outputs(tmp_path, [two()], {}, second).notes == ()


@pytest.mark.parametrize(("first", "second"), _BACK)
def test_words_typed_in_csv_are_read_in_another_language(
    tmp_path: Path, save_csv: Save, first: ReportLanguage, second: ReportLanguage
) -> None:
    write_outputs(tmp_path, [two()], {}, first)
    typed = {"verdict": _VERDICTS[first], "verdict_note": "问过 asked", "verdict_by": "闻小雨", "due": "2024-04-10"}
    type_csv(tmp_path, first, "G-BBBB", save_csv, **typed)
    ((edit,), _) = read_edits(tmp_path, [NAME], second)
    assert (edit.shown.gap, dict(edit.cells)) == ("G-BBBB", typed)
    assert edit.shown.quotes[0].file == "发文/a.txt"


@pytest.mark.parametrize(("first", "second"), _BACK)
def test_words_typed_in_the_workbook_are_read_in_another_language(
    tmp_path: Path, first: ReportLanguage, second: ReportLanguage
) -> None:
    write_outputs(tmp_path, [two()], {}, first)
    book = openpyxl.load_workbook(tmp_path / "gaps.xlsx")
    columns = load_labels(first).columns
    sheet = book[load_labels(first).book.sheets["gaps"]]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(3, titles.index(columns["verdict"]) + 1, _VERDICTS[first])
    book.save(tmp_path / "gaps.xlsx")
    ((edit,), _) = read_edits(tmp_path, [NAME], second)
    assert (edit.shown.gap, dict(edit.cells)) == ("G-BBBB", {"verdict": _VERDICTS[first]})


@pytest.mark.parametrize(("first", "second"), _BACK)
def test_words_and_columns_of_people_stand_in_the_new_sheet(
    tmp_path: Path, first: ReportLanguage, second: ReportLanguage
) -> None:
    write_outputs(tmp_path, [two()], {}, first)
    columns, other = load_labels(first).columns, load_labels(second).columns
    rows = [row | {"经办 officer": "钱守业"} for row in read_rows(tmp_path / "gaps.csv")]
    rows[1][columns["verdict_note"]] = "等回话"
    with (tmp_path / "gaps.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    for language, titles in ((second, other), (first, columns), (first, columns), (second, other)):
        write_outputs(tmp_path, [two()], {}, language)
        kept = {row[titles["id"]]: row for row in read_rows(tmp_path / "gaps.csv")}
        assert kept["G-BBBB"][titles["verdict_note"]] == "等回话"
        assert [row["经办 officer"] for row in kept.values()] == ["钱守业", "钱守业"]
        assert list(kept["G-BBBB"])[:-1] == [
            title for title in load_labels(language).titles(tuple(columns)) if title in kept["G-BBBB"]
        ]


@pytest.mark.parametrize(("first", "second"), _BACK)
def test_a_row_whose_gap_is_gone_is_told_in_the_new_language(
    tmp_path: Path, save_csv: Save, first: ReportLanguage, second: ReportLanguage
) -> None:
    both = replace(gap("G-BBBB", severity=50), responsible="AB", request="")
    write_outputs(tmp_path, [dossier(gaps=(gap("G-AAAA"), both))], {}, first)
    type_csv(tmp_path, first, "G-BBBB", save_csv, verdict_note="已经办了")
    write_outputs(tmp_path, [dossier()], {}, second)
    labels = load_labels(second)
    columns = labels.columns
    row = read_rows(tmp_path / "gaps.csv")[-1]
    assert [row[columns[one]] for one in ("id", "verdict_note")] == ["G-BBBB", "已经办了"]
    assert row[columns["type"]] == labels.gap_types["unanswered"]
    assert row[columns["severity"]] == labels.severity[1].word
    assert row[columns["change"]] == labels.changes["closed"]
    assert row[columns["responsible"]] == labels.party("AB", TEAMS)
    # It comes back: known as one that had been gone, whatever the language of the sheet.
    write_outputs(tmp_path, [dossier(gaps=(gap("G-AAAA"), both))], {}, first)
    changes = {row[load_labels(first).columns["id"]]: row for row in read_rows(tmp_path / "gaps.csv")}
    told = load_labels(first)
    assert changes["G-BBBB"][told.columns["change"]] == told.changes["reopened"]
    assert changes["G-AAAA"][told.columns["change"]] == told.changes["open"]


@pytest.mark.parametrize(("first", "second"), _BACK)
def test_sheets_of_the_other_language_go(tmp_path: Path, first: ReportLanguage, second: ReportLanguage) -> None:
    for language in (first, second):
        assert write_outputs(tmp_path, [plain()], {}, language).notes == ()
    files = load_labels(second).files
    others = [f"{one}.csv" for one in (files.pending, files.coverage, files.measures, files.indicators)]
    assert {path.name for path in tmp_path.glob("*.csv")} == {"gaps.csv", "skipped.csv", *others}


def test_a_sheet_of_the_other_language_that_people_changed_keeps_a_name(tmp_path: Path) -> None:
    write_outputs(tmp_path, [plain()], {}, "zh")
    with (tmp_path / "待观察.csv").open("a", encoding="utf-8") as stream:
        stream.write("自己记的一行\n")
    (note,) = write_outputs(tmp_path, [plain()], {}, "en").notes
    assert "待观察-old-1.csv" in note
    assert "自己记的一行" in (tmp_path / "待观察-old-1.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(("first", "second"), _BACK)
def test_judged_rows_are_taken_back_in_another_language(
    tmp_path: Path, save_csv: Save, first: ReportLanguage, second: ReportLanguage
) -> None:
    row = gap("G-BBBB")
    word = Judgement(
        shown=Shown(row.id, row.type), review=Review(_VERDICTS[first]), decision="mistaken", day="2024-07-01",
        saved="2024-07-01T09:00:00", sheet="gaps.csv",
    )  # fmt: skip
    judged = replace(dossier(), judged=(Judged(row, word, "hidden"),))
    write_outputs(tmp_path, [judged], {}, first)
    labels = load_labels(first)
    file = tmp_path / f"{labels.files.judged}.csv"
    (told,) = read_rows(file)
    assert told[labels.columns["change"]] == labels.outcomes["hidden"]
    save_csv(file, [told | {labels.columns["verdict"]: ""}])
    (edit,) = [edit for edit in read_edits(tmp_path, [NAME], second)[0] if not edit.restates]
    assert (edit.shown.gap, dict(edit.cells)) == ("G-BBBB", {"verdict": ""})
    write_outputs(tmp_path, [judged], {}, second)
    assert (tmp_path / f"{load_labels(second).files.judged}.csv").exists()
    assert not file.exists()


def test_a_quote_is_found_in_a_cell_of_either_language(tmp_path: Path, save_csv: Save) -> None:
    """Without the record of the last run the cell is all that tells which words were judged."""
    for language in ("zh", "en"):
        out = tmp_path / language
        documents = tuple(word_places(one, language) for one in dossier().documents)  # type: ignore[arg-type]
        write_outputs(out, [replace(dossier(), documents=documents)], {}, language)  # type: ignore[arg-type]
        (out / "data" / "shown.jsonl").unlink()
        type_csv(out, language, "G-AAAA", save_csv, verdict=_VERDICTS[language])  # type: ignore[arg-type]
        ((edit,), _) = read_edits(out, [NAME], "zh")
        assert [(quote.file, quote.text) for quote in edit.shown.quotes] == [
            ("发文/a.txt", "请贵会于3月20日前提供三季度床位数据。")
        ]


# --- the words of a sheet ------------------------------------------------------------------------

ZH, EN = load_labels("zh"), load_labels("en")


def test_only_our_titles_and_choices_are_reworded() -> None:
    cells = {"编号": "G-1", "类型": "未答复", "变化": "已消除", "责任方": "双方", "事项": "未答复", "我的": "未答复"}
    assert reword_cells(cells, ZH, EN) == {
        "ID": "G-1",
        "Type": "Not answered",
        "Change": "Gone",
        "Responsible": "Both sides",
        "Matter": "未答复",
        "我的": "未答复",
    }
    assert reword_cells(reword_cells(cells, ZH, EN), EN, ZH) == cells


def test_a_word_that_is_no_choice_stays() -> None:
    assert reword_cells({"类型": "别的", "责任方": "船厂工会"}, ZH, EN) == {"Type": "别的", "Responsible": "船厂工会"}


def test_of_two_columns_under_one_title_the_first_holds() -> None:
    assert reword_cells({"日期": "2024-03-05", "Date": "mine"}, ZH, EN)["Date"] == "2024-03-05"


def test_the_language_of_a_sheet_is_told_by_its_review_columns() -> None:
    assert language_of(["复核结论", "Date"], EN) is ZH
    assert language_of(["Verdict", "日期"], ZH) is EN
    assert language_of(["Verdict", "复核结论"], ZH) is ZH
    assert language_of(["日期"], EN) is EN
