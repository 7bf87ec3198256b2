"""Words have one concept or none; what tells a matter is told from what tells the manner."""

from __future__ import annotations

import pytest

from coordnlp.concepts import Concepts, load_concepts
from coordnlp.errors import TableError
from coordnlp.tables import parse_table

TABLE = """
source = "试"
[matter]
"搬迁" = "腾退 搬走"
"房屋" = "二楼 库房"
[manner]
"请求" = "请 恳请"
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [("腾退", "搬走"), ("维修", "修好"), ("垫付", "代垫"), ("催促", "催办"), ("产权", "归属")],
)
def test_words_that_mean_much_the_same_share_a_concept(one: str, other: str) -> None:
    concepts = load_concepts()
    assert concepts.of([one]) == concepts.of([other]) != ()


@pytest.mark.parametrize(
    ("one", "other"), [("腾退", "维修"), ("同意", "拒绝"), ("水", "电"), ("房屋", "车辆"), ("收到", "寄出")]
)
def test_other_things_have_other_concepts(one: str, other: str) -> None:
    concepts = load_concepts()
    assert () != concepts.of([one]) != concepts.of([other]) != ()


def test_concepts_come_in_the_order_of_their_words() -> None:
    concepts = parse_table("concepts.toml", TABLE, Concepts)
    assert concepts.of(["请", "贵局", "搬走", "，", "库房"]) == ("请求", "搬迁", "房屋")
    assert concepts.of_matter(("请求", "搬迁", "房屋")) == ("搬迁", "房屋")
    assert concepts.of([]) == concepts.of(["贵局"]) == ()


@pytest.mark.parametrize("group", ["matter", "manner"])
def test_a_word_of_two_concepts_is_refused(group: str) -> None:
    twice = TABLE.replace(f"[{group}]", f'[{group}]\n"别的" = "别的 腾退"')
    with pytest.raises(TableError, match=r"concepts\.toml.*腾退"):
        parse_table("lexicons/concepts.toml", twice, Concepts)


def test_a_concept_of_both_kinds_is_refused() -> None:
    both = TABLE.replace("[manner]", '[manner]\n"搬迁" = "挪窝"')
    with pytest.raises(TableError, match=r"concepts\.toml.*搬迁"):
        parse_table("lexicons/concepts.toml", both, Concepts)


def test_the_shipped_table_has_no_names() -> None:
    concepts = load_concepts()
    assert not concepts.of(["王建国", "江城市", "宏远集团"])
