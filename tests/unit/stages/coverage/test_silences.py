"""Stretches without a party's papers: holes in the folder, and pauses that mean nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from papers import TEAMS, paper, read

from coordnlp.names import gather_names
from coordnlp.records import Parsed, Silence, Skipped
from coordnlp.settings import CoverageRule, load_settings
from coordnlp.stages.coverage import take_stock
from coordnlp.stages.coverage.silences import find_silences

RULE = CoverageRule(chance=0.1, least_days=60, longer=1.25, ended_days=180)
START = dt.date(2024, 1, 1)


def silences(town: str, station: str, rule: CoverageRule = RULE) -> list[Silence]:
    """Return the silences of a year in which each `x` of twelve months holds two papers of a party, each `.` none."""
    return list(find_silences(a_year(town, station), [], rule))


def a_year(town: str, station: str) -> list[Parsed]:
    documents = []
    for side, months in (("青溪镇人民政府", town), ("黑松林场", station)):
        other = "黑松林场" if side == "青溪镇人民政府" else "青溪镇人民政府"
        for month, mark in enumerate(months, 1):
            for day in (5, 20) if mark == "x" else ():
                text = f"关于防火的函\n{other}：\n第{month}月情况如下。\n{side}\n2024年{month}月{day}日"
                documents.append(paper(text, f"{side}{month}-{day}.txt"))
    return read(*documents)


def test_three_months_taken_out_of_a_steady_series_are_a_hole() -> None:
    assert silences("xxxxxxxxxxxx", "xxxx...xxxxx") == [Silence("B", "2024-04-21", "2024-08-04")]


def test_a_folder_that_somebody_vouches_for_has_no_holes() -> None:
    """What was not read is missing all the same."""
    parsed = a_year("xxxxxxxxxxxx", "xxxx...xxxxx")
    skipped = [Skipped("收文/复函.xyz", "unsupported", "")]
    for complete, holes in ((False, 1), (True, 0)):
        stock = take_stock(
            parsed, skipped, [], gather_names(TEAMS), load_settings(), as_of=dt.date(2024, 12, 31), complete=complete
        )
        assert (len(stock.silences), len(stock.unseen)) == (holes, 1)


def test_a_party_whose_papers_end_while_the_other_writes_on() -> None:
    assert silences("xxxxxxxxxxxx", "xxxxxxxx....") == [Silence("B", "2024-08-21", "2024-12-20")]


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (dt.date(2025, 6, 30), [("A", "2024-12-21", "2025-06-30"), ("B", "2024-12-21", "2025-06-30")]),
        # A pause that may well be one.
        (dt.date(2025, 4, 30), []),
    ],
)
def test_a_folder_that_ends_long_before_it_is_looked_at_ends_with_a_hole(
    until: dt.date, expected: list[tuple[str, str, str]]
) -> None:
    found = find_silences(a_year("xxxxxxxxxxxx", "xxxxxxxxxxxx"), [], RULE, until=until)
    assert [(one.party, one.start, one.end) for one in found] == expected


def test_a_folder_of_a_few_papers_ends_as_well() -> None:
    """Three papers of a party tell no rate, those of both do."""
    few, until = a_year("x...........", "x..........."), dt.date(2024, 8, 1)
    found = find_silences(few, [], RULE, until=until)
    assert [(one.party, one.start) for one in found] == [("A", "2024-01-21"), ("B", "2024-01-21")]
    assert list(find_silences(few, [], RULE)) == list(find_silences(few[:2], [], RULE, until=until)) == []


def test_a_party_whose_papers_begin_late() -> None:
    assert silences("....xxxxxxxx", "xxxxxxxxxxxx") == [Silence("A", "2024-01-05", "2024-05-04")]


@pytest.mark.parametrize(
    ("town", "station"),
    [
        ("xxxxxxxxxxxx", "xxxxxxxxxxxx"),
        ("xxxxxxxxxxxx", "xxxxx.xxxxxx"),
        ("x..x..x..x..", "x..x..x..x.."),
        ("x...........", "...........x"),
        ("xxxxxxxxxxxx", "x..........."),
        ("xxxxxx......", "xxxxxx......"),
    ],
    ids=["steady", "one month", "seldom at all", "hardly any", "one side hardly any", "both have ended"],
)
def test_pauses_that_mean_nothing(town: str, station: str) -> None:
    assert silences(town, station) == []


def test_papers_known_but_unseen_fill_a_stretch() -> None:
    assert (
        silences("xxxxxxxxxxxx", "xxxx...xxxxx", CoverageRule(chance=0.0, least_days=60, longer=1.25, ended_days=180))
        == []
    )


def test_nothing_at_all_gives_nothing() -> None:
    assert list(find_silences([], [], RULE)) == []
