"""The sheet of what the folder holds: every month, what is known to be missing, and where papers seem to be."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from handmade import dossier

from coordnlp.records import Coverage, Month, Quote, Silence, Unseen
from coordnlp.report.coverage_sheet import coverage_rows
from coordnlp.report.labels import load_labels
from coordnlp.report.outputs import write_outputs

COVERAGE = Coverage(
    months=(Month("2024-03", "A", 2, 0), Month("2024-03", "B", 0, 1), Month("2024-04", "B", 0, 0)),
    unseen=(
        Unseen(
            "registered",
            "港工函〔2024〕7号",
            "B",
            "2024-03-09",
            "港工函〔2024〕7号",
            "关于床位的复函",
            Quote("D-AAAA", 0, 3),
        ),
        Unseen("skipped", "扫描件003.pdf", None, ""),
    ),
    silences=(Silence("B", "2024-03-10", "2024-06-30"),),
)


def rows() -> list[list[object]]:
    covered = replace(dossier(), coverage=COVERAGE)
    return [
        [row["month"], row["party"], row["read"], row["unseen"], row["detail"]]
        for row in coverage_rows(covered, load_labels())
    ]


def test_a_row_for_every_month_and_party_names_what_is_missing() -> None:
    assert rows() == [
        ["2024-03", "临港区总工会", 2, 0, ""],
        [
            "2024-03",
            "港务集团工会",
            0,
            1,
            "登记簿有：港工函〔2024〕7号《关于床位的复函》；2024-03-10至2024-06-30没有来文，可能没有收全",
        ],
        ["2024-04", "港务集团工会", 0, 0, "2024-03-10至2024-06-30没有来文，可能没有收全"],
        ["日期不明", "不明", 0, 1, "读不出：扫描件003.pdf"],
    ]


def test_the_sheet_is_written_where_there_is_something_to_tell(tmp_path: Path) -> None:
    write_outputs(tmp_path, [replace(dossier(), coverage=COVERAGE)], {})
    with io.StringIO((tmp_path / "文书覆盖.csv").read_text("utf-8-sig")) as stream:
        table = list(csv.reader(stream))
    assert table[0] == ["月份", "发文方", "读到", "已知缺", "说明"]
    assert len(table) == 5
    assert (tmp_path / "data/coverage.jsonl").read_text("utf-8").count("\n") == 3


def test_an_empty_ledger_makes_no_sheet(tmp_path: Path) -> None:
    write_outputs(tmp_path, [dossier()], {})
    assert not (tmp_path / "文书覆盖.csv").exists()
