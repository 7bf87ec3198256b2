"""The tables that parsing reads: `lexicons/documents.toml`, with the patterns that follow from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from coordnlp.layout.lines import squeeze
from coordnlp.records import Kind
from coordnlp.tables import Table, load_table

_OPEN, _CLOSE = r"[〔\[［（(【]", r"[〕\]］）)】]"
_NUMBER = re.compile(
    # A pair of names in the prefix is joined by a dash: 甲—乙视纪〔2023〕1号.
    rf"(?P<prefix>[\u4e00-\u9fffA-Za-z]{{1,14}}(?:[—–-]+[\u4e00-\u9fff]{{1,8}})?)\s*{_OPEN}\s*(?P<year>(?:19|20)\d\d)\s*{_CLOSE}\s*"
    r"第?\s*(?P<serial>\d{1,5})\s*[号期]"
    # 〔2023〕澜机函第55号, and 〔2023〕第3号 of a series.
    rf"|{_OPEN}\s*(?P<year2>(?:19|20)\d\d)\s*{_CLOSE}\s*(?P<prefix2>[\u4e00-\u9fff]{{0,10}}?)第?\s*"
    r"(?P<serial2>\d{1,5})\s*[号期]"
)
TRAILING_BRACKETS = re.compile(
    r"(?:\s*[（(【\[][^（()）】\]]*[）)】\]]|\s+|[\d.]+"
    # 第3期, 总第十四期
    r"|总?第[〇零一二三四五六七八九十百\d]+期)$"
)


class _Kind(Table):
    kind: Kind
    endings: tuple[str, ...]


class _Inside(Table):
    kind: Kind
    words: tuple[str, ...]


class _Imprint(Table):
    openings: tuple[str, ...]
    issued: tuple[str, ...]


class _Signature(Table):
    unit_endings: tuple[str, ...]
    joint: tuple[str, ...]
    lunar: str


class _Reference(Table):
    things: tuple[str, ...]
    reply_subject: tuple[str, ...]


class DocumentWords(Table):
    """`lexicons/documents.toml`."""

    kind: tuple[_Kind, ...]
    inside: tuple[_Inside, ...]
    labels: dict[str, tuple[str, ...]]
    agreed: tuple[str, ...]
    meetings: tuple[str, ...]
    own_meetings: tuple[str, ...]
    internal: tuple[str, ...]
    series: tuple[str, ...]
    imprint: _Imprint
    signature: _Signature
    reference: _Reference

    @cached_property
    def label(self) -> re.Pattern[str]:
        """Match the opening of a header field, several of which may share a line; group `label`."""
        words = sorted({word for group in self.labels.values() for word in group}, key=lambda w: (-len(w), w))
        spaced = "|".join(r"\s*".join(map(re.escape, word)) for word in words)
        return re.compile(rf"(?:^|(?<=\s))[\s*【\[]*(?P<label>{spaced})[】\]]?\s*\**\s*[：:]\s*\**\s*")

    @cached_property
    def label_group(self) -> dict[str, str]:
        """Map a label without blanks to its group."""
        return {word: group for group, words in self.labels.items() for word in words}

    @cached_property
    def endings(self) -> tuple[tuple[str, Kind], ...]:
        """Endings of titles with their kinds, the longest first."""
        pairs = [(ending, entry.kind) for entry in self.kind for ending in entry.endings]
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))

    @cached_property
    def _any_ending(self) -> tuple[str, ...]:
        return tuple(ending for ending, _ in self.endings)

    def kind_of_title(self, title: str) -> Kind | None:
        """Return the kind that the end of a title tells, brackets at its end set aside."""
        bare = squeeze(title.strip())
        while (shorter := TRAILING_BRACKETS.sub("", bare)) != bare:
            bare = shorter
        for form in (bare, squeeze(title.strip())):
            if not form.endswith(self._any_ending):
                continue
            for ending, kind in self.endings:
                if form.endswith(ending):
                    return kind
        return None

    def kind_inside(self, title: str) -> Kind | None:
        """Return the kind that a word anywhere in a title tells."""
        return next((entry.kind for entry in self.inside if any(word in title for word in entry.words)), None)


@cache
def load_document_words() -> DocumentWords:
    """Load `lexicons/documents.toml`."""
    return load_table("documents", DocumentWords)


@dataclass(frozen=True, slots=True)
class Number:
    """A 发文字号 in a text: half-open offsets, and its parts."""

    start: int
    end: int
    prefix: str
    year: str
    serial: int

    @property
    def normalised(self) -> str:
        """The number with its brackets made alike: 某函〔2024〕2号."""
        return f"{self.prefix}〔{self.year}〕{self.serial}号"


def find_numbers(text: str) -> Iterator[Number]:
    """Yield the 发文字号 of a text, in order."""
    for match in _NUMBER.finditer(text):
        prefix, year = match["prefix"] or match["prefix2"] or "", match["year"] or match["year2"]
        yield Number(match.start(), match.end(), prefix, year, int(match["serial"] or match["serial2"]))


def first_number(text: str) -> Number | None:
    """Return the first 发文字号 of a text, or None."""
    return next(find_numbers(text), None)


def normalise_number(text: str) -> str:
    """Return the first 发文字号 of a text with its brackets made alike, '' when there is none."""
    number = first_number(text)
    return number.normalised if number else ""


def bare_subject(subject: str, words: DocumentWords) -> str:
    """Return a mail's subject without Re:, 回复： and the like."""
    bare = subject.strip()
    while True:
        lowered = bare.lower()
        prefix = next((prefix for prefix in words.reference.reply_subject if lowered.startswith(prefix)), "")
        if not prefix:
            return bare
        bare = bare[len(prefix) :].strip()
