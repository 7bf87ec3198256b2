"""The table that finds marks: `lexicons/markings.toml`, with the patterns that follow from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from coordnlp.tables import Table, load_table


class _Level(Table):
    name: str
    alone: bool


class _Words(Table):
    label: tuple[str, ...]
    stars: str
    term: str
    beside: str
    void: tuple[str, ...]
    ticks: str
    boxes: str


class _Details(Table):
    held: str
    carried: str


class MarkingWords(Table):
    """`lexicons/markings.toml`."""

    source: str
    level: tuple[_Level, ...]
    words: _Words
    details: _Details

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The names of the levels, the highest first."""
        return tuple(level.name for level in self.level)

    @cached_property
    def _any(self) -> str:
        return _spread(self.levels)

    @cached_property
    def _alone(self) -> str:
        return _spread([level.name for level in self.level if level.alone])

    @cached_property
    def _starred(self) -> str:
        return rf"(?:{self._any})\s*[{self.words.stars}]\s*+(?:{self.words.term})?"

    @cached_property
    def line(self) -> re.Pattern[str]:
        """Match a whole line that is a mark, with what an office sets beside it; group `mark`."""
        mark = rf"(?P<mark>{self._starred}|(?:{self._alone})\s*+(?:{self.words.term})?)"
        edge = rf"(?:{self.words.beside}|[\s【】\[\]（）()，,、/／:：-])*+"
        # Possessive: digits beside a mark can be parted in so many ways that a line of sixty took hours.
        return re.compile(edge + mark + edge)

    @cached_property
    def starred(self) -> re.Pattern[str]:
        """Match a mark with its star, wherever it stands; group `mark`."""
        return re.compile(f"(?P<mark>{self._starred})")

    @cached_property
    def field(self) -> re.Pattern[str]:
        """Match the field 密级：秘密 in a line; group `value` is what stands in it."""
        return re.compile(
            rf"(?:^|(?<=[\s（(【\[|]))(?:{_spread(self.words.label)})(?:\s*[：:]\s*|\s+)(?P<value>[^。；;|]*)"
        )

    @cached_property
    def value(self) -> re.Pattern[str]:
        """Match the value of a field; group `mark`."""
        mark = rf"(?P<mark>(?:{self._any})\s*(?:级|件)?\s*[{self.words.stars}]?\s*(?:{self.words.term})?)"
        return re.compile(rf"[（(【\[]?\s*{mark}(?=[\s（(）)】\],，、]|{self.words.beside}|$)")

    @cached_property
    def named(self) -> re.Pattern[str]:
        """Match a mark in the name of a file or the subject of a mail: in brackets, or with its star."""
        inside = rf"(?P<inside>{self._starred}|(?:{self._alone})(?:件|级)?)"
        return re.compile(rf"[（(【\[〔]\s*{inside}\s*[）)】\]〕]|(?P<open>{self._starred})")

    @cached_property
    def ticked(self) -> re.Pattern[str]:
        """Match the level that is ticked in a form: ☑秘密 □机密; one group of all is set."""
        tick, box = f"[{self.words.ticks}]", f"[{self.words.boxes}]"
        none = f"(?<![{self.words.ticks}{self.words.boxes}])"
        return re.compile(
            rf"{tick}\s*({self._any})|{none}({self._any})\s*{tick}|{box}?\s*({self._any})\s*[（(]\s*{tick}\s*[）)]"
        )


def load_marking_words() -> MarkingWords:
    """Load `lexicons/markings.toml`."""
    return load_table("markings", MarkingWords)


def _spread(names: Sequence[str]) -> str:
    """Return the pattern of words, spread out or not: 机　密."""
    return "|".join(r"\s*".join(name) for name in names)
