"""Traditional and simplified writing: the one place that turns the first into the second.

OpenCC must never see simplified text: to it 坏 is a variant of 坯, so that 破坏土地 would become 破坯土地. So lines are
judged one by one, since a simplified letter may quote a traditional one, and only traditional ones are converted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

_HAN = re.compile(r"[\u3400-\u9fff]")
_LAST_OF_PLANE = "\uffff"
# Characters that simplified writing keeps in names (通用规范汉字表, 2013, 附件1 注): they show nothing, and stay.
_KEPT_IN_NAMES = frozenset("昇陞脩蒐頫煇")
# 覆 is 复 where it means to answer, and 覆 where it means to cover (简化字总表, 1986, 说明二).
_REPLY = re.compile(r"(?<![颠倾翻])覆(?![盖灭没辙亡舟面膜土水去])")
_MARKS = str.maketrans("「」『』妳", "“”‘’你")


def simplify(text: str) -> str:
    """Return a text with its traditional lines in simplified characters; every offset holds in both."""
    return simplify_all([text])[0]


def simplify_all(texts: Sequence[str]) -> list[str]:
    """Return texts that belong together with their traditional lines in simplified characters, of the same lengths.

    A line is traditional if it has more characters that only traditional writing has than ones that only simplified
    writing has; one that has as many, mostly none, goes with the majority in all texts. Words of Taiwan and Hong Kong
    stay.
    """
    traditional = _only_traditional(_foreign("".join(texts)))
    if not traditional:
        return list(texts)
    counts = [[_count(line, traditional) for line in text.split("\n")] for text in texts]
    majority = sum(more - fewer for group in counts for more, fewer in group) > 0
    return [
        "\n".join(
            _convert(line) if more > fewer or (majority and more == fewer) else line
            for line, (more, fewer) in zip(text.split("\n"), group, strict=True)
        )
        for text, group in zip(texts, counts, strict=True)
    ]


def simplify_characters(text: str) -> str:
    """Return a text with every traditional character simplified, whatever its line is in: for finding, not reading."""
    pairs = {ord(one): _convert_character(one) for one in _foreign(text)}
    return text.translate(pairs) if pairs else text


def _foreign(text: str) -> frozenset[str]:
    """Return the Han characters that GB 2312, the set of simplified writing, has not."""
    return frozenset(_HAN.findall("".join(set(text) - _simplified_set())))


def _count(line: str, traditional: frozenset[str]) -> tuple[int, int]:
    """Return how many characters of a line only traditional writing has, and how many only simplified writing has."""
    simplified = _only_simplified()
    return sum(one in traditional for one in line), sum(one in simplified for one in line)


@cache
def _simplified_set() -> frozenset[str]:
    return _decode_set("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))


@cache
def _only_simplified() -> frozenset[str]:
    """Return the characters of GB 2312 that traditional writing replaces and Big5, its set, has not."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    traditional = _decode_set("big5", range(0xA4, 0xFA), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    return frozenset(one for one in _simplified_set() - traditional if convert(one) != one)


def _decode_set(encoding: str, rows: Iterable[int], cells: Sequence[int]) -> frozenset[str]:
    """Return all characters of a set of two bytes."""
    return frozenset(bytes(byte for row in rows for cell in cells for byte in (row, cell)).decode(encoding, "ignore"))


@cache
def _only_traditional(characters: frozenset[str]) -> frozenset[str]:
    """Return those of some characters that simplified writing replaces."""
    return frozenset(one for one in characters if one not in _KEPT_IN_NAMES and _convert_character(one) != one)


def _convert(line: str) -> str:
    """Convert a traditional line, by words where that keeps its length, else by characters."""
    words = _converters()[0](line)
    if len(words) != len(line):
        words = "".join(map(_convert_character, line))
    pairs = zip(line, words, strict=True)
    plain = "".join(before if _stays(before, after) else after for before, after in pairs).translate(_MARKS)
    return _REPLY.sub("复", _HAN.sub(_convert_left_over, plain))


def _stays(before: str, after: str) -> bool:
    """Tell whether a character is left as it is: OpenCC knows simplified forms that no document has, such as 𫖯."""
    return before in _KEPT_IN_NAMES or after > _LAST_OF_PLANE


def _convert_left_over(found: re.Match[str]) -> str:
    """Convert a variant of Hong Kong that the words did not hold: 衞."""
    return found[0] if found[0] in _simplified_set() else _convert_character(found[0])


@cache
def _convert_character(character: str) -> str:
    for convert in _converters():
        converted = convert(character)
        if converted != character and len(converted) == 1 and not _stays(character, converted):
            return converted
    return character


@cache
def _converters() -> tuple[Callable[[str], str], ...]:
    """Return OpenCC's conversions: Taiwan's variants and all common ones, then Hong Kong's. Neither changes words."""
    from opencc import OpenCC

    return OpenCC("tw2s").convert, OpenCC("hk2s").convert
