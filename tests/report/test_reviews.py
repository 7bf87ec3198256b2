"""What a reviewer typed survives the next run, however the sheet was saved."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import dossier, gap, quiet

from coordnlp.records import Dossier
from coordnlp.report import write_outputs
from coordnlp.report.edits import Edited, Typed

Rows = list[dict[str, str]]
Read = Callable[[Path], Rows]
Save = Callable[..., None]

REVIEW = {
    "复核结论": "误报",
    "复核说明": "3月18日已当面答复，见\n会议记录",
    "复核人": "闻小雨",
    "复核日期": "2024/7/1",
}


def three() -> Dossier:
    return dossier(gaps=(gap("G-AAAA"), gap("G-BBBB", severity=50), gap("G-CCCC", severity=10)))


def run(out: Path, *dossiers: Dossier) -> tuple[str, ...]:
    return write_outputs(out, dossiers, {}).notes


def reviewed(out: Path, read: Read, id: str = "G-BBBB", words: dict[str, str] | None = None) -> Rows:
    rows = read(out / "gaps.csv")
    for row in rows:
        if row["编号"] == id:
            row.update(words or REVIEW)
    return rows


def by_id(rows: Rows) -> dict[str, dict[str, str]]:
    return {row["编号"]: row for row in rows}


def only_review(row: dict[str, str]) -> dict[str, str]:
    return {title: row[title] for title in REVIEW}


# --- saved in every way that people save ---------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_words_survive_every_encoding(tmp_path: Path, read_csv: Read, save_csv: Save, encoding: str) -> None:
    run(tmp_path, three())
    save_csv(tmp_path / "gaps.csv", reviewed(tmp_path, read_csv), encoding=encoding)
    assert run(tmp_path, three()) == ()
    rows = by_id(read_csv(tmp_path / "gaps.csv"))
    assert only_review(rows["G-BBBB"]) == REVIEW
    assert only_review(rows["G-AAAA"]) == dict.fromkeys(REVIEW, "")


def test_words_survive_moved_columns_and_sorted_rows(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, three())
    rows = reviewed(tmp_path, read_csv)
    columns = ["复核结论", *sorted(set(rows[0]) - {"复核结论"})]
    save_csv(tmp_path / "gaps.csv", rows[::-1], columns)
    run(tmp_path, three())
    now = read_csv(tmp_path / "gaps.csv")
    assert [row["编号"] for row in now] == ["G-AAAA", "G-BBBB", "G-CCCC"]
    assert next(iter(now[0])) == "编号"
    assert only_review(now[1]) == REVIEW


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_words_survive_another_delimiter(tmp_path: Path, read_csv: Read, delimiter: str) -> None:
    run(tmp_path, dossier())
    titles = ["编号", "复核结论"]
    (tmp_path / "gaps.csv").write_text(f"{delimiter.join(titles)}\nG-AAAA{delimiter}确认\n", "gb18030")
    run(tmp_path, dossier())
    assert read_csv(tmp_path / "gaps.csv")[0]["复核结论"] == "确认"


def test_deleted_and_empty_rows_do_no_harm(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, three())
    rows = [row for row in reviewed(tmp_path, read_csv) if row["编号"] != "G-AAAA"]
    empty = dict.fromkeys(rows[0], "")
    save_csv(tmp_path / "gaps.csv", [rows[0], empty, *rows[1:], empty])
    assert run(tmp_path, three()) == ()
    now = by_id(read_csv(tmp_path / "gaps.csv"))
    assert set(now) == {"G-AAAA", "G-BBBB", "G-CCCC"}
    assert now["G-AAAA"]["变化"] == "仍在"
    assert only_review(now["G-BBBB"]) == REVIEW


def test_a_word_that_looks_like_a_formula_is_defused_once(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, three())
    save_csv(tmp_path / "gaps.csv", reviewed(tmp_path, read_csv, words={"复核说明": "=HYPERLINK(1)"}))
    run(tmp_path, three())
    run(tmp_path, three())
    assert by_id(read_csv(tmp_path / "gaps.csv"))["G-BBBB"]["复核说明"] == "'=HYPERLINK(1)"


def test_a_cleared_word_stays_cleared(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, three())
    save_csv(tmp_path / "gaps.csv", reviewed(tmp_path, read_csv))
    run(tmp_path, three())
    save_csv(tmp_path / "gaps.csv", reviewed(tmp_path, read_csv, words=dict.fromkeys(REVIEW, "")))
    run(tmp_path, three())
    assert only_review(by_id(read_csv(tmp_path / "gaps.csv"))["G-BBBB"]) == dict.fromkeys(REVIEW, "")


def test_columns_that_people_added_stay(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, three())
    rows = reviewed(tmp_path, read_csv, words={"领导批示": "请督办"})
    save_csv(tmp_path / "gaps.csv", rows, ["领导批示", "状态", *list(rows[0])])
    for _ in range(2):
        assert run(tmp_path, three()) == ()
        now = read_csv(tmp_path / "gaps.csv")
        assert list(now[0])[-2:] == ["复核日期", "领导批示"]
        assert [row["领导批示"] for row in now] == ["", "请督办", ""]


# --- gaps that came and went ---------------------------------------------------------------------


def test_changes_since_the_last_run(tmp_path: Path, read_csv: Read) -> None:
    run(tmp_path, dossier(gaps=(gap("G-AAAA"), gap("G-BBBB"))))
    assert {row["变化"] for row in read_csv(tmp_path / "gaps.csv")} == {"新增"}
    run(tmp_path, dossier(gaps=(gap("G-BBBB"), gap("G-CCCC"))))
    changes = {row["编号"]: row["变化"] for row in read_csv(tmp_path / "gaps.csv")}
    assert changes == {"G-BBBB": "仍在", "G-CCCC": "新增"}


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ({"raised": 2}, {"raised": 3}, "加重"),
        ({"days_overdue": 0}, {"days_overdue": 3}, "加重"),
        ({"severity": 69}, {"severity": 70}, "加重"),
        ({"severity": 50}, {"severity": 60}, "仍在"),
        ({"days_overdue": 3}, {"days_overdue": 9}, "仍在"),
        ({"raised": 3}, {"raised": 2}, "仍在"),
    ],
)
def test_a_row_is_worse_when_raised_again_overdue_or_graver(
    tmp_path: Path, read_csv: Read, then: dict[str, int], now: dict[str, int], told: str
) -> None:
    for fields in (then, now):
        run(tmp_path, dossier(gaps=(replace(gap("G-AAAA"), **fields),)))
    assert read_csv(tmp_path / "gaps.csv")[0]["变化"] == told


def test_a_reviewed_row_stays_when_its_gap_is_gone(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, three())
    before = reviewed(tmp_path, read_csv)
    save_csv(tmp_path / "gaps.csv", before)
    for _ in range(2):
        run(tmp_path, dossier(gaps=(gap("G-CCCC"),)))
        now = read_csv(tmp_path / "gaps.csv")
        assert [row["编号"] for row in now] == ["G-CCCC", "G-BBBB"]
        assert now[1] == by_id(before)["G-BBBB"] | {"变化": "已消除"}
    run(tmp_path, three())
    now = read_csv(tmp_path / "gaps.csv")
    assert [row["变化"] for row in now] == ["新增", "重现", "仍在"]
    assert only_review(now[1]) == REVIEW


def test_a_gone_row_leaves_when_the_reviewer_clears_it(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, three())
    save_csv(tmp_path / "gaps.csv", reviewed(tmp_path, read_csv))
    run(tmp_path, quiet())
    save_csv(tmp_path / "gaps.csv", reviewed(tmp_path, read_csv, words=dict.fromkeys(REVIEW, "")))
    run(tmp_path, quiet())
    assert read_csv(tmp_path / "gaps.csv") == []


# --- several dossiers ----------------------------------------------------------------------------


def test_one_id_in_two_dossiers_keeps_its_words_apart(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, dossier("甲"), dossier("乙"))
    rows = read_csv(tmp_path / "gaps.csv")
    for row in rows:
        row["复核结论"] = f"{row['卷宗']}的意见"
    save_csv(tmp_path / "gaps.csv", rows[::-1])
    run(tmp_path, dossier("甲"), dossier("乙"))
    now = read_csv(tmp_path / "gaps.csv")
    assert [(row["卷宗"], row["复核结论"]) for row in now] == [("甲", "甲的意见"), ("乙", "乙的意见")]


def test_words_follow_from_one_dossier_to_several_and_back(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, dossier("甲"))
    save_csv(tmp_path / "gaps.csv", reviewed(tmp_path, read_csv, "G-AAAA"))
    run(tmp_path, dossier("甲"), quiet("乙"))
    assert only_review(read_csv(tmp_path / "gaps.csv")[0]) == REVIEW
    run(tmp_path, dossier("甲"))
    (row,) = read_csv(tmp_path / "gaps.csv")
    assert only_review(row) == REVIEW
    assert row["变化"] == "仍在"
    assert "卷宗" not in row


def test_words_follow_a_renamed_dossier(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, dossier("甲"), quiet("乙"))
    save_csv(tmp_path / "gaps.csv", reviewed(tmp_path, read_csv, "G-AAAA"))
    run(tmp_path, dossier("丙"), quiet("乙"))
    assert [(row["卷宗"], row["复核结论"]) for row in read_csv(tmp_path / "gaps.csv")] == [("丙", "误报")]


def test_a_dossier_that_was_not_run_is_not_called_settled(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, dossier("甲"), dossier("乙", gaps=(gap("G-BBBB"),)))
    save_csv(tmp_path / "gaps.csv", reviewed(tmp_path, read_csv))
    run(tmp_path, dossier("甲"))
    rows = [(row["卷宗"], row["编号"], row["变化"]) for row in read_csv(tmp_path / "gaps.csv")]
    assert rows == [("甲", "G-AAAA", "仍在"), ("乙", "G-BBBB", "本次未查")]
    run(tmp_path, dossier("甲"), dossier("乙", gaps=(gap("G-BBBB"),)))
    assert only_review(read_csv(tmp_path / "gaps.csv")[1]) == REVIEW


# --- what cannot be carried is kept --------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00\x01",
        "姓名,电话\r\n钱守业,123\r\n".encode(),
        "编号,类型\r\nG-AAAA,未答复\r\n".encode(),
        b'"\x00' + b"x" * 200_000,
    ],
)
def test_a_sheet_that_is_not_ours_gets_another_name(tmp_path: Path, read_csv: Read, content: bytes) -> None:
    (tmp_path / "gaps.csv").write_bytes(content)
    notes = run(tmp_path, dossier())
    assert (tmp_path / "gaps-旧-1.csv").read_bytes() == content
    assert "gaps-旧-1.csv" in notes[0]
    assert read_csv(tmp_path / "gaps.csv")[0]["变化"] == "新增"


def test_kept_sheets_are_numbered_and_never_replaced(tmp_path: Path) -> None:
    for content in (b"1", b"2"):
        (tmp_path / "gaps.csv").write_bytes(content)
        run(tmp_path, dossier())
    assert [(tmp_path / f"gaps-旧-{n}.csv").read_bytes() for n in (1, 2)] == [b"1", b"2"]


def _with_title_row(rows: Rows) -> list[list[str]]:
    return [["协调缺口台账"], list(rows[0]), *(list(row.values()) for row in rows)]


def _with_own_row(rows: Rows) -> list[list[str]]:
    return [list(rows[0]), *(list(row.values()) for row in rows), ["", "自己加的一行"]]


def _with_untitled_column(rows: Rows) -> list[list[str]]:
    return [list(rows[0]), *([*row.values(), "旁注"] for row in rows)]


def _with_one_id_twice(rows: Rows) -> list[list[str]]:
    lines = [list(row.values()) for row in rows]
    return [list(rows[0]), *lines, *([*line[:-1], "另一天"] for line in lines)]


@pytest.mark.parametrize("changed", [_with_title_row, _with_own_row, _with_untitled_column, _with_one_id_twice])
def test_words_without_a_place_keep_the_old_sheet_as_well(
    tmp_path: Path, read_csv: Read, changed: Callable[[Rows], list[list[str]]]
) -> None:
    run(tmp_path, three())
    lines = changed(reviewed(tmp_path, read_csv))
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    (tmp_path / "gaps.csv").write_text("\n".join(quoted), "utf-8-sig")
    old = (tmp_path / "gaps.csv").read_bytes()
    (note,) = run(tmp_path, three())
    assert "gaps-旧-1.csv" in note
    assert (tmp_path / "gaps-旧-1.csv").read_bytes() == old
    assert only_review(by_id(read_csv(tmp_path / "gaps.csv"))["G-BBBB"]) == REVIEW
    assert run(tmp_path, three()) == ()


def test_one_odd_byte_does_not_cost_the_words(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, three())
    save_csv(tmp_path / "gaps.csv", reviewed(tmp_path, read_csv), encoding="gb18030")
    sheet = tmp_path / "gaps.csv"
    sheet.write_bytes(sheet.read_bytes().replace("床位".encode("gb18030"), b"\x80\xff"))
    (note,) = run(tmp_path, three())
    assert "gaps-旧-1.csv" in note
    assert only_review(by_id(read_csv(sheet))["G-BBBB"]) == REVIEW


# --- two sheets after a locked run ---------------------------------------------------------------


def two_sheets(out: Path, read: Read, save: Save, first: dict[str, str], second: dict[str, str]) -> None:
    """Leave gaps.csv with `first` at G-BBBB and gaps-2.csv, saved later, with `second`."""
    run(out, three())
    rows = reviewed(out, read, words=second)
    save(out / "gaps.csv", reviewed(out, read, words=first))
    save(out / "gaps-2.csv", rows)
    os.utime(out / "gaps.csv", (1_000, 1_000))
    os.utime(out / "gaps-2.csv", (2_000, 2_000))


def test_two_sheets_become_one_and_the_last_saved_wins(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    two_sheets(tmp_path, read_csv, save_csv, {"复核结论": "确认"}, {"复核结论": "误报"})
    notes = run(tmp_path, three())
    assert by_id(read_csv(tmp_path / "gaps.csv"))["G-BBBB"]["复核结论"] == "误报"
    assert by_id(read_csv(tmp_path / "gaps-旧-1.csv"))["G-BBBB"]["复核结论"] == "确认"
    assert not (tmp_path / "gaps-2.csv").exists()
    assert len(notes) == 2
    assert run(tmp_path, three()) == ()


def test_a_row_of_the_same_dossier_goes_before_one_without_a_name() -> None:
    changes = {(name, "G-AAAA"): {"复核结论": Edited(name, "gaps.csv", "")} for name in ("", "甲")}
    typed = Typed({}, changes)
    assert typed.cell("甲", "G-AAAA", "复核结论") == "甲"
    assert typed.cell("乙", "G-AAAA", "复核结论") == ""


def test_words_saved_while_the_run_is_writing_are_not_lost(
    tmp_path: Path, read_csv: Read, save_csv: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, three())
    rows = reviewed(tmp_path, read_csv)
    monkeypatch.setattr(os, "fsync", lambda _: save_csv(tmp_path / "gaps.csv", rows))
    run(tmp_path, three())
    assert only_review(by_id(read_csv(tmp_path / "gaps.csv"))["G-BBBB"]) == REVIEW


def test_an_empty_cell_saved_later_does_not_hide_a_word(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    two_sheets(tmp_path, read_csv, save_csv, REVIEW, dict.fromkeys(REVIEW, ""))
    run(tmp_path, three())
    assert only_review(by_id(read_csv(tmp_path / "gaps.csv"))["G-BBBB"]) == REVIEW


def test_ids_are_found_with_spaces_around_them(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    run(tmp_path, three())
    rows = [row | {"编号": f" {row['编号']}\t"} for row in reviewed(tmp_path, read_csv)]
    save_csv(tmp_path / "gaps.csv", rows)
    run(tmp_path, three())
    assert only_review(by_id(read_csv(tmp_path / "gaps.csv"))["G-BBBB"]) == REVIEW


def test_a_row_without_parties_keeps_its_place(tmp_path: Path, read_csv: Read, save_csv: Save) -> None:
    bare = replace(gap("G-BBBB"), quotes=(), asker=None, asked=None, responsible=None)
    run(tmp_path, dossier(gaps=(bare,)))
    save_csv(tmp_path / "gaps.csv", reviewed(tmp_path, read_csv))
    run(tmp_path, dossier(gaps=(bare,)))
    assert only_review(read_csv(tmp_path / "gaps.csv")[0]) == REVIEW
