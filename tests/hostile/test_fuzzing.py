"""Made-up input for the readers, the header, the dates, and sheets that are written and read again.

FUZZ_EXAMPLES sets how many examples each test tries; what one finds becomes a test of its own.
"""

from __future__ import annotations

import datetime
import os
import random
from pathlib import Path

import pytest
from good_files import good_files
from hostile_files import flip_bits
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_files import check_offsets

from coordnlp.dates import find_dates
from coordnlp.records import Document, Skipped
from coordnlp.report.cells import as_meant, clean, to_csv
from coordnlp.stages.ingest.read_csv import read_csv
from coordnlp.stages.ingest.read_file import read_content
from coordnlp.stages.ingest.readings import Reading
from coordnlp.stages.parse import parse_dossier
from coordnlp.teams import parse_teams

fuzz = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
GOOD = good_files()
TEAMS = parse_teams("""
[[team]]
id = "A"
name = "樟沐镇"
members = ["龙小桐"]
[[team]]
id = "B"
name = "鹤背岭林场"
members = ["邓春生"]
""")
WORDS = st.sampled_from(
    [
        *(
            "樟沐镇",
            "鹤背岭林场",
            "龙小桐",
            "邓春生：",
            "关于",
            "的函",
            "樟委函〔2024〕2号",
            "主送：",
            "抄送",
            "出席：",
            "会议纪要",
        ),
        *(
            "2024年1月9日",
            "二〇二四年",
            "3月15日前",
            "收到后10个工作日内",
            "2月30日",
            "13月",
            "99999年",
            "月底",
            "下周五",
            "本季度",
        ),
        *(
            "请",
            "复函",
            "。",
            "：",
            "\n",
            "\n\n",
            "　　",
            "（",
            "）",
            "《",
            "》",
            "、",
            "；",
            "|",
            "\t",
            "一、",
            "1.",
            "-",
            "—",
            "密级：秘密★1年",
        ),
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=3)), max_size=60).map("".join)


@pytest.fixture(autouse=True)
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordnlp.stages.ingest.read_file.find_soffice", lambda: "")


@pytest.mark.parametrize("suffix", sorted(GOOD))
@settings(fuzz, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 1 << 32), count=st.integers(0, 60), cut=st.floats(0.01, 1))
def test_damaged_files_give_records(suffix: str, seed: int, count: int, cut: float) -> None:
    content = flip_bits(GOOD[suffix], random.Random(seed), count=count)
    records = list(read_content(f"a{suffix}", content[: max(1, int(len(content) * cut))]))
    assert records
    for one in records:
        assert isinstance(one, Document | Skipped)
        if isinstance(one, Document):
            check_offsets(one)
            one.text.encode("utf-8", "surrogatepass")


@fuzz
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_any_papers_are_parsed(texts: list[str]) -> None:
    read = [one for n, text in enumerate(texts) for one in read_content(f"{n}.txt", text.encode("utf-8", "replace"))]
    documents = [one for one in read if isinstance(one, Document)]
    parsed, _ = parse_dossier(documents, TEAMS)
    assert len(parsed) == len(documents)
    for one in parsed:
        at = 0
        for passage in one.passages:
            assert at <= passage.start < passage.end <= len(one.document.text)
            at = passage.end


@fuzz
@given(TEXTS, st.dates(datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)))
def test_dates_lie_in_their_text(text: str, anchor: datetime.date) -> None:
    for found in find_dates(text, anchor):
        assert 0 <= found.start < found.end <= len(text)


CELLS = st.one_of(
    TEXTS, st.sampled_from(["=1+1", "+1", "-1", "@x", "'", '"', ",", "\r\n", "\0", "\x1b[2J", "\u202e", "＝1"])
)


@fuzz
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
def test_sheets_are_read_as_they_were_written(rows: list[tuple[str, str]]) -> None:
    import csv
    import io

    content = to_csv([("编号", "事项"), *rows])
    back = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [[as_meant(cell) for cell in row] for row in back[1:]] == [
        [as_meant(clean(cell)) for cell in row] for row in rows
    ]
    for cell in (cell for row in back for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    # The head of the sheet is always there to be read.
    assert isinstance(read_csv(content), Reading)


def test_the_files_to_damage_are_whole() -> None:
    for suffix, content in GOOD.items():
        assert all(isinstance(one, Document) for one in read_content(f"a{Path(suffix).suffix or suffix}", content)), (
            suffix
        )
