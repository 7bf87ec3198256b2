"""Tables: frozen, complete, and told by file, key and reason when they are broken."""

from __future__ import annotations

import pytest

from coordnlp.errors import CoordnlpError, TableError
from coordnlp.tables import Table, load_table, parse_table


class Inner(Table):
    least: int


class Outer(Table):
    name: str
    inner: tuple[Inner, ...] = ()


def test_a_table_is_read_into_its_schema() -> None:
    assert parse_table("x.toml", 'name = "甲"\n[[inner]]\nleast = 3\n', Outer) == Outer(
        name="甲", inner=(Inner(least=3),)
    )


def test_a_table_equals_one_of_the_same_words() -> None:
    assert parse_table("x.toml", 'name = "甲"', Outer) == parse_table("y.toml", 'name = "甲"', Outer)
    assert parse_table("x.toml", 'name = "甲"', Outer) != parse_table("x.toml", 'name = "乙"', Outer)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "name"),
        ("name = 3", "name"),
        ('nane = "甲"\nname = "甲"', "nane"),
        ('name = "甲"\n[[inner]]\nleast = "三"', "inner.0.least"),
        ('name = "甲"\n[[inner]]\nleast = 1\n[[inner]]\n', "inner.1.least"),
        ('name = "甲"\n[[inner]]\nleast = 1\nmost = 2', "inner.0.most"),
    ],
)
def test_what_does_not_fit_is_told(text: str, key: str) -> None:
    with pytest.raises(TableError) as caught:
        parse_table("词.toml", text, Outer)
    assert caught.value.message.startswith(f"词表 词.toml 的 {key} 有误：")
    assert isinstance(caught.value, CoordnlpError)


@pytest.mark.parametrize("text", ["name = ", "name", '[inner\nname = "甲"'])
def test_broken_toml_is_told(text: str) -> None:
    with pytest.raises(TableError, match=r"词\.toml 不是有效的 TOML"):
        parse_table("词.toml", text, Outer)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(TableError, match=r"缺少词表 lexicons/nothing_here\.toml"):
        load_table("nothing_here", Outer)


def test_a_table_is_frozen() -> None:
    table = parse_table("x.toml", 'name = "甲"', Outer)
    with pytest.raises(ValueError, match="frozen"):
        table.name = "乙"  # type: ignore[misc]
