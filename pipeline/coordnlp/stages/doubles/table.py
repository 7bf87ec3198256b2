"""The table that folding reads: `lexicons/doubles.toml`, with the patterns that follow from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from pydantic import Field

from coordnlp.tables import Table, load_table

_CLOSE = r"[）)】\]”」]"


class Details(Table):
    """What a folded file is told to be; `{file}` is the one that counts."""

    bytes: str
    same: str
    draft: str
    version: str
    mail: str
    quote: str
    forward: str
    forwarding: tuple[str, ...]


class DoubleWords(Table):
    """`lexicons/doubles.toml`."""

    source: str
    formats: tuple[str, ...]
    layouts: tuple[str, ...]
    days: int = Field(ge=0)
    title: float = Field(ge=0, le=1)
    drafts: tuple[tuple[str, ...], ...]
    versions: tuple[str, ...]
    finals: tuple[str, ...]
    sent_out: tuple[str, ...]
    dress: tuple[str, ...]
    enumerator: str
    counted: str
    negations: str
    telling: str
    details: Details

    @cached_property
    def dressed(self) -> re.Pattern[str]:
        """Match a whole line that is a page number, a seal, or a note of the office."""
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.dress))

    @cached_property
    def sign(self) -> re.Pattern[str]:
        """Match what calls a paper a draft or final: at the end of its name, in brackets, or set off in front.

        征求意见稿 in 对征求意见稿的修改意见 says something of another paper and is not matched.
        """
        drafts = "|".join(f"(?P<d{level}>{_any_of(words)})" for level, words in enumerate(self.drafts))
        word = f"(?:{drafts}|(?P<version>{'|'.join(self.versions)})|(?P<final>(?<!未){_any_of(self.finals)}))"
        behind = rf"(?=\s*(?:{_CLOSE}(?!的?.{{0,6}}意见)|[，,、；;\s_\-—.·（(\[【\d]|$))"
        return re.compile(rf"{word}{behind}")

    @cached_property
    def bracketed_sign(self) -> re.Pattern[str]:
        """Match a draft's sign with the brackets around it and what else stands in them."""
        inside = rf"[（(【\[][^（()）】\]]*?{self.sign.pattern}[^（()）】\]]*[）)】\]]"
        return re.compile(re.sub(r"\(\?P<\w+>", "(?:", inside))

    @cached_property
    def bare_sign(self) -> re.Pattern[str]:
        """Match a draft's sign without brackets."""
        return re.compile(re.sub(r"\(\?P<\w+>", "(?:", self.sign.pattern))

    @cached_property
    def cited_draft(self) -> re.Pattern[str]:
        """Match 《办法（征求意见稿）》, or an 附件 line that names it; group `title` is the name with the sign."""
        words = _any_of(self.sent_out)
        return re.compile(
            rf"《(?P<title>[^《》\n]{{2,60}}?(?:{words})[）)】\]]?)》"
            rf"|附件\d?\s*[：:]\s*(?:\d\s*[.．、]\s*)?(?P<listed>[^《》\n]{{2,60}}?(?:{words})[）)】\]]?)"
        )

    @cached_property
    def figure(self) -> re.Pattern[str]:
        """Match a figure in normalised text: digits, or Chinese numerals that count something."""
        numeral = "〇零一二三四五六七八九十百千两"
        return re.compile(rf"\d+|(?<=第)[{numeral}]+|[{numeral}]+(?=[{self.counted}])|[{numeral}]*十[{numeral}]*")


def load_double_words() -> DoubleWords:
    """Load `lexicons/doubles.toml`."""
    return load_table("doubles", DoubleWords)


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"
