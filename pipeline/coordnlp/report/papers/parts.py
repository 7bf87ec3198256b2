"""What a paper is made of before it is set in type: lines of a style, tables, page breaks."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Style = Literal[
    "body",
    "marking",
    "title",
    "subtitle",
    "heading1",
    "heading2",
    "heading3",
    "caption",
    "cell",
    "column",
    "item",
    "note",
    "number",
]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `lead` are its first words, in bold.

    One that `follows` is kept on the page of what comes after it.
    """

    style: Style
    text: str
    lead: str = ""
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose head is repeated on every page; a newline in a cell begins a paragraph.

    `shares` are the widths of the columns, in hundredths of the text's width.
    """

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows stands on a new page."""


Part = Line | Grid | NewPage


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; `day` is the ISO day that it bears as its own, so that the same input gives the same bytes."""

    title: str
    day: str
    parts: tuple[Part, ...]


def width(text: str) -> float:
    """Return the width of text in Han characters, rather too much than too little for Latin ones."""
    return sum(0.55 if unicodedata.east_asian_width(one) in "NaH" else 1 for one in text)
