"""What stands around a passage."""

from __future__ import annotations

from coordnlp.features.lookup import Lookup
from coordnlp.records import Passage


def passage(number: int, block: int = 0) -> Passage:
    return Passage(f"P-{number}", "D", 10 * number, 10 * number + 9, "body", None, None, block)


def lookup(*passages: Passage) -> Lookup:
    blocks: dict[tuple[str, int], list[Passage]] = {}
    for one in passages:
        blocks.setdefault(("D", one.block), []).append(one)
    return Lookup((), {}, {}, {}, blocks, {})


def test_a_paragraph_is_all_of_it() -> None:
    one = [passage(number) for number in range(150)]
    other = passage(150, block=1)
    assert lookup(*one, other).block(one[3]) == one
    assert lookup(*one, other).block(other) == [other]


def test_of_a_paragraph_without_end_only_what_is_near_stands_around_a_passage() -> None:
    many = [passage(number) for number in range(5000)]
    found = lookup(*many)
    for number in (0, 1, 2500, 4999):
        around = found.block(many[number])
        assert many[number] in around
        assert len(around) <= 200
        assert max(abs(one.start - many[number].start) for one in around) <= 10 * 200
    assert len(found.block(many[2500])) == 200
