"""What counts as a reviewer's word, in CSV and in the workbook, and what only looks like one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from handmade import dossier, gap

from coordnlp.judgements import Edit
from coordnlp.records import Dossier, Gap, Judged, Judgement, Review, Shown
from coordnlp.report import read_edits, write_outputs

Rows = list[dict[str, str]]
Read = Callable[[Path], Rows]
Save = Callable[..., None]
NAME = "示例"


def decided(gap_: Gap, verdict: str, **changes: str) -> Judged:
    review = Review(verdict, changes.pop("note", ""), changes.pop("by", "闻小雨"), changes.pop("date", "2024-07-01"))
    word = Judgement(
        shown=Shown(gap_.id, gap_.type), review=review, decision="none", day="2024-07-01",
        saved="2024-07-01T09:00:00", sheet="gaps.csv",
    )  # fmt: skip
    return Judged(gap_, word, "kept")


def two(*judged: Judged) -> Dossier:
    return replace(dossier(gaps=(gap("G-AAAA"), gap("G-BBBB", severity=50))), judged=judged)


def run(out: Path, whole: Dossier | None = None) -> tuple[str, ...]:
    return write_outputs(out, [whole or two()], {}).notes


def edits(out: Path) -> dict[str, Edit]:
    return {edit.shown.gap: edit for edit in read_edits(out, [NAME])[0] if not edit.restates}


def cells(out: Path) -> dict[str, dict[str, str]]:
    return {id: dict(edit.cells) for id, edit in edits(out).items()}


def type_csv(out: Path, read: Read, save: Save, id: str = "G-BBBB", encoding: str = "utf-8-sig", **words: str) -> None:
    rows = [row | (words if row["编号"] == id else {}) for row in read(out / "gaps.csv")]
    save(out / "gaps.csv", rows, encoding=encoding)


def type_xlsx(out: Path, id: str = "G-BBBB", **words: object) -> None:
    book = openpyxl.load_workbook(out / "gaps.xlsx")
    sheet = book["缺口"]
    titles = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[titles.index("编号")].value == id:
            for title, word in words.items():
                cell = row[titles.index(title)]
                cell.value = word
                # As Excel takes what is typed into a cell for text.
                cell.data_type = "s" if isinstance(word, str) else cell.data_type
    book.save(out / "gaps.xlsx")


def test_untouched_sheets_tell_nothing(tmp_path: Path) -> None:
    run(tmp_path, two(decided(gap("G-AAAA"), "确认", note="属实")))
    assert edits(tmp_path) == {}


def test_a_typed_word_is_told_with_what_was_shown(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path)
    type_csv(tmp_path, read_csv, save_csv, 复核结论="误报", 复核人="闻小雨")
    (edit,) = edits(tmp_path).values()
    assert (edit.dossier, edit.sheet, edit.cells) == (NAME, "gaps.csv", {"verdict": "误报", "verdict_by": "闻小雨"})
    (quote,) = edit.shown.quotes
    assert quote.text == "请贵会于3月20日前提供三季度床位数据。"
    assert (quote.file, quote.before, quote.after) == (
        "发文/a.txt",
        "关于提供数据的函\n",
        "\n我会将于四月底前送交名册。\n",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_sheet_saved_anew_without_a_word_tells_nothing(
    tmp_path: Path, read_csv: Read, save_csv: Save, encoding: str
) -> None:
    run(tmp_path, two(decided(gap("G-AAAA"), "确认", note="他说“好”\n=1+1", by="闻小雨")))
    rows = read_csv(tmp_path / "gaps.csv")
    columns = ["复核结论", *sorted(set(rows[0]) - {"复核结论"})]
    save_csv(tmp_path / "gaps.csv", rows[::-1], columns, encoding=encoding)
    assert edits(tmp_path) == {}


def test_question_marks_of_gbk_are_no_change(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, two(decided(gap("G-AAAA"), "确认", by="陈𠮷㛃", note="问过“陈𠮷㛃”？")))
    lines = (tmp_path / "gaps.csv").read_text("utf-8-sig")
    (tmp_path / "gaps.csv").write_bytes(lines.encode("gbk", "replace"))
    assert "陈??" in (tmp_path / "gaps.csv").read_text("gbk")
    assert edits(tmp_path) == {}
    run(tmp_path, two(decided(gap("G-AAAA"), "确认", by="陈𠮷㛃", note="问过“陈𠮷㛃”？")))
    assert read_csv(tmp_path / "gaps.csv")[0]["复核人"] == "陈𠮷㛃"


def test_another_question_mark_is_a_change(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, two(decided(gap("G-AAAA"), "确认", note="问过吗")))
    type_csv(tmp_path, read_csv, save_csv, "G-AAAA", 复核说明="问过?")
    assert cells(tmp_path) == {"G-AAAA": {"verdict_note": "问过?"}}


@pytest.mark.parametrize("shape", ["2024/3/20", "45371", "20-Mar-24", "2024年3月20日", "3/20/2024", "03/20/24"])
def test_dates_in_another_shape_are_no_change(tmp_path: Path, read_csv: Read, save_csv: Save, shape: str) -> None:
    run(tmp_path, two(decided(gap("G-BBBB"), "确认", date="2024-03-20")))
    type_csv(tmp_path, read_csv, save_csv, 时限=shape, 复核日期=shape)
    assert edits(tmp_path) == {}


def test_corrections_are_told(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path)
    type_csv(tmp_path, read_csv, save_csv, 责任方="双方", 时限="2024/4/10", 紧要程度="低", 事项="别的")
    assert cells(tmp_path) == {"G-BBBB": {"responsible": "双方", "due": "2024/4/10"}}


def test_an_emptied_verdict_is_told(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, two(decided(gap("G-BBBB"), "误报")))
    type_csv(tmp_path, read_csv, save_csv, 复核结论="")
    assert cells(tmp_path) == {"G-BBBB": {"verdict": ""}}


def test_a_deleted_row_takes_nothing_back(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, two(decided(gap("G-BBBB"), "误报")))
    save_csv(tmp_path / "gaps.csv", [row for row in read_csv(tmp_path / "gaps.csv") if row["编号"] != "G-BBBB"])
    assert edits(tmp_path) == {}


def test_a_word_in_the_workbook_is_told(tmp_path: Path) -> None:
    run(tmp_path)
    type_xlsx(tmp_path, 复核结论="暂缓", 复核日期=dt.datetime(2024, 7, 1))
    (edit,) = edits(tmp_path).values()
    assert (edit.sheet, edit.cells) == ("gaps.xlsx", {"verdict": "暂缓", "verdict_date": "2024-07-01"})


def test_a_word_in_the_workbook_stands_in_both_sheets_after_the_run(tmp_path: Path, read_csv: Read) -> None:
    run(tmp_path)
    type_xlsx(tmp_path, 复核说明="=1+1")
    assert run(tmp_path) == ()
    assert read_csv(tmp_path / "gaps.csv")[1]["复核说明"] == "'=1+1"
    sheet = openpyxl.load_workbook(tmp_path / "gaps.xlsx")["缺口"]
    assert ("=1+1", "s") in {(cell.value, cell.data_type) for cell in sheet[3]}
    assert cells(tmp_path)["G-BBBB"]["verdict_note"] == "=1+1"


def test_sheets_that_contradict_each_other_the_later_wins_and_it_is_told(
    tmp_path: Path, read_csv: Read, save_csv: Save
) -> None:
    for late, early in (("gaps.xlsx", "gaps.csv"), ("gaps.csv", "gaps.xlsx")):
        out = tmp_path / late
        run(out)
        type_csv(out, read_csv, save_csv, 复核结论="误报", 复核人="闻小雨")
        type_xlsx(out, 复核结论="确认", 复核说明="属实")
        os.utime(out / early, (1_000, 1_000))
        os.utime(out / late, (2_000, 2_000))
        told, (clash,) = read_edits(out, [NAME])
        wins = "确认" if late == "gaps.xlsx" else "误报"
        assert told[0].cells == {"verdict": wins, "verdict_by": "闻小雨", "verdict_note": "属实"}
        assert f"{late} 保存得晚，以它为准" in clash


def test_columns_that_people_added_to_either_sheet_stay(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path)
    rows = [row | {"领导批示": "请督办" if row["编号"] == "G-BBBB" else ""} for row in read_csv(tmp_path / "gaps.csv")]
    save_csv(tmp_path / "gaps.csv", rows, [*rows[0]])
    for _ in range(2):
        run(tmp_path)
        assert [row["领导批示"] for row in read_csv(tmp_path / "gaps.csv")] == ["", "请督办"]
    type_xlsx(tmp_path, 领导批示="")
    run(tmp_path)
    assert "领导批示" not in read_csv(tmp_path / "gaps.csv")[0]


def test_a_sheet_that_people_added_to_the_workbook_is_kept(tmp_path: Path) -> None:
    run(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "gaps.xlsx")
    book.create_sheet("我的汇总")["A1"] = "本月三件"
    book.save(tmp_path / "gaps.xlsx")
    (note,) = run(tmp_path)
    assert "gaps-旧-1.xlsx" in note
    assert openpyxl.load_workbook(tmp_path / "gaps-旧-1.xlsx")["我的汇总"]["A1"].value == "本月三件"
    assert run(tmp_path) == ()


def test_an_older_sheet_that_was_open_undoes_nothing(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, two(decided(gap("G-BBBB"), "误报")))
    rows = [row | {"复核结论": "确认" if row["复核结论"] else ""} for row in read_csv(tmp_path / "gaps.csv")]
    save_csv(tmp_path / "gaps-2.csv", rows)
    os.utime(tmp_path / "gaps-2.csv", (1_000, 1_000))
    assert edits(tmp_path) == {}
    os.utime(tmp_path / "gaps-2.csv")
    assert cells(tmp_path) == {"G-BBBB": {"verdict": "确认"}}


def test_without_the_data_folder_words_and_quotes_are_read_from_the_cells(
    tmp_path: Path, read_csv: Read, save_csv: Save
) -> None:
    run(tmp_path)
    (tmp_path / "data/shown.jsonl").unlink()
    type_csv(tmp_path, read_csv, save_csv, 复核结论="误报", 责任方="双方")
    (edit,) = edits(tmp_path).values()
    assert edit.cells == {"verdict": "误报"}
    assert edit.shown.date == "2024-03-05"
    assert [(quote.file, quote.text) for quote in edit.shown.quotes] == [
        ("发文/a.txt", "请贵会于3月20日前提供三季度床位数据。")
    ]


def test_words_whose_file_was_lost_are_told_again(tmp_path: Path) -> None:
    run(tmp_path, two(decided(gap("G-BBBB"), "误报")))
    (edit,) = [edit for edit in read_edits(tmp_path, [NAME])[0] if edit.restates]
    assert (edit.restates, edit.cells["verdict"]) == ("G-BBBB", "误报")


def test_one_row_judged_in_two_dossiers_is_told_apart(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    write_outputs(tmp_path, [dossier("甲"), dossier("乙")], {})
    rows = [row | {"复核结论": row["卷宗"]} for row in read_csv(tmp_path / "gaps.csv")]
    save_csv(tmp_path / "gaps.csv", rows)
    told, _ = read_edits(tmp_path, ["甲", "乙"])
    assert {edit.dossier: edit.cells["verdict"] for edit in told} == {"甲": "甲", "乙": "乙"}
    renamed, _ = read_edits(tmp_path, ["甲", "丙"])
    assert {edit.dossier: edit.cells["verdict"] for edit in renamed} == {"甲": "甲", "": "乙"}
