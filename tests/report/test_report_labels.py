from __future__ import annotations

from importlib import resources

import pytest

from coordnlp.errors import TableError
from coordnlp.report.labels import Labels, load_labels
from coordnlp.tables import parse_table

TABLE = (resources.files("coordnlp") / "lexicons" / "report.toml").read_text("utf-8")


@pytest.mark.parametrize(("score", "word"), [(100, "高"), (70, "高"), (69, "中"), (40, "中"), (39, "低"), (0, "低")])
def test_severity_words_follow_the_table(score: int, word: str) -> None:
    assert load_labels().severity_word(score) == word


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('ambiguous_reply = "回复对应不明"\n', "", "ambiguous_reply"),
        ('new = "新增"', 'brand_new = "新增"', "changes"),
        ('open = "仍在"', 'open = ""', "open"),
        ('open = "仍在"', 'open = "新增"', "新增"),
        ("least = 0", "least = 10", "severity"),
        ("least = 40", "least = 80", "severity"),
        ("least = 70", "least = 101", "severity"),
    ],
)
def test_a_broken_table_is_named(old: str, new: str, named: str) -> None:
    assert old in TABLE
    with pytest.raises(TableError, match=named):
        parse_table("lexicons/report.toml", TABLE.replace(old, new, 1), Labels)
