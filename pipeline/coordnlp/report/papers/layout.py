"""The page, fonts and styles of the papers: `lexicons/paper_layout.toml`."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from coordnlp.report.papers.parts import Style
from coordnlp.tables import Table, load_table


class Page(Table):
    """Size and margins in millimetres; `footer` is the distance of the page number from the lower edge."""

    width: int = Field(gt=0)
    height: int = Field(gt=0)
    top: int = Field(ge=0)
    bottom: int = Field(ge=0)
    left: int = Field(ge=0)
    right: int = Field(ge=0)
    footer: int = Field(ge=0)

    @property
    def text_width(self) -> int:
        """Between the margins, in millimetres."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Between the margins, in millimetres."""
        return self.height - self.top - self.bottom


class Font(Table):
    """A font, and what stands in for it where a machine lacks it."""

    name: str = Field(min_length=1)
    instead: tuple[str, ...]


class StyleEntry(Table):
    """A style of paragraphs: sizes in points, indents in characters.

    `first` indents the first line, `hanging` the others; `outline` is the level of a heading; one that `follows` is
    kept on the page of what comes after it.
    """

    name: Style
    word: str = Field(min_length=1)
    font: str
    size: int = Field(gt=0)
    line: int = Field(gt=0)
    bold: bool = False
    align: Literal["left", "center", "both"] = "left"
    first: int = Field(default=0, ge=0)
    hanging: int = Field(default=0, ge=0)
    before: int = Field(default=0, ge=0)
    after: int = Field(default=0, ge=0)
    outline: int = Field(default=0, ge=0, le=9)
    follows: bool = False


class PaperLayout(Table):
    """`lexicons/paper_layout.toml`: every style of the papers, in fonts that are listed."""

    source: str
    page: Page
    font: tuple[Font, ...]
    style: tuple[StyleEntry, ...]

    @model_validator(mode="after")
    def _check(self) -> Self:
        if Counter(one.name for one in self.style) != Counter(get_args(Style)):
            raise ValueError(f"style 须是这些，各一次：{'、'.join(get_args(Style))}")
        unknown = {one.font for one in self.style} - {one.name for one in self.font}
        if unknown:
            raise ValueError(f"font 里没有 {min(unknown)}")
        return self

    def entry(self, name: Style) -> StyleEntry:
        """Return a style by name."""
        return next(one for one in self.style if one.name == name)


@cache
def load_paper_layout() -> PaperLayout:
    """Load `lexicons/paper_layout.toml`.

    Raises:
        TableError: The file is missing or broken.
    """
    return load_table("paper_layout", PaperLayout)
