"""The words by which asks stand under others, are dated by others, or are none: `lexicons/asks.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

from pydantic import model_validator

from coordnlp.tables import Table, TriedPattern, first_match, load_table

# %handed%
_NAMED = re.compile(r"%(\w+)%")
_HAN = re.compile(r"[\u4e00-\u9fff]")


class AskWords(Table):
    """Words of asks.

    Attributes:
        words: Parts of patterns by name; `%name%` in a pattern stands for them.
        announces, leads, heads: Sentences and headings above points: of any kind, and of asks.
        performs: What asks by saying so.
        whether, proposes: What asks for a yes to what stands above, and what may be that.
        inner: The number of a point within a point.
        counts: How many points there are, in the first group.
        changes: Changes of a draft that are asked for.
        closes: What dates the asks above it, those that the groups `counted` or `items` name, if they do.
        opens: What dates the asks below it.
        along: What is due with the ask before.
        ceremony, greets, retells: What asks nothing of its own.
        stands: A sentence behind, which says that what the one before tells was not done.
        staff: Who is mentioned in a chat and is the speaker's own, whoever they are.
        each, together, both: What tasks each side, both at once, and both whoever else is named.
    """

    source: str
    words: dict[str, str]
    announces: tuple[TriedPattern, ...]
    leads: tuple[TriedPattern, ...]
    heads: tuple[TriedPattern, ...]
    performs: tuple[TriedPattern, ...]
    whether: tuple[TriedPattern, ...]
    proposes: tuple[TriedPattern, ...]
    inner: tuple[TriedPattern, ...]
    counts: tuple[TriedPattern, ...]
    changes: tuple[TriedPattern, ...]
    closes: tuple[TriedPattern, ...]
    opens: tuple[TriedPattern, ...]
    along: tuple[TriedPattern, ...]
    ceremony: tuple[TriedPattern, ...]
    greets: tuple[TriedPattern, ...]
    staff: tuple[TriedPattern, ...]
    retells: tuple[TriedPattern, ...]
    stands: tuple[TriedPattern, ...]
    each: tuple[TriedPattern, ...]
    together: tuple[TriedPattern, ...]
    both: tuple[TriedPattern, ...]

    def wants_word_only(self, text: str, day: str) -> bool:
        """Tell whether a sentence wants nothing but that word comes back by a day: 处理情况请于5月31日前反馈我局.

        Args:
            day: The words of the deadline, as they stand in the text.
        """
        if not self._handed.search(text):
            return False
        return not _HAN.search(self._returned.sub("", text.replace(day, "", 1)))

    def tells_again(self, text: str, behind: str) -> bool:
        """Tell whether a sentence tells an older ask again that was not met, as it or the one behind it says.

        Args:
            behind: The next sentence of its paragraph, '' at the end.
        """
        further = behind if first_match(self.stands, behind) else ""
        return bool(first_match(self.retells, f"{text.rstrip('。；')}，{further}" if further else text))

    @cached_property
    def _handed(self) -> re.Pattern[str]:
        return re.compile(rf"{self.words['handed']}|[上回]?报")

    @cached_property
    def _returned(self) -> re.Pattern[str]:
        return re.compile(_NAMED.sub(lambda found: f"(?:{self.words[found[1]]})", self.words["returned"]))

    @model_validator(mode="before")
    @classmethod
    def _put_in_words(cls, data: dict[str, Any]) -> dict[str, Any]:
        words = data.get("words") or {}
        groups = {name: group for name, group in data.items() if isinstance(group, list)}
        return data | {name: [_fill(entry, words) for entry in group] for name, group in groups.items()}


def _fill(entry: Any, words: Mapping[str, str]) -> Any:
    """Put words into the pattern of an entry; what is no entry is left to the checks of the schema."""
    if not isinstance(entry, dict) or not isinstance(entry.get("pattern"), str):
        return entry
    named = set(_NAMED.findall(entry["pattern"]))
    if unknown := sorted(named - words.keys()):
        raise ValueError(f"no words of this name: {', '.join(unknown)}")
    return entry | {"pattern": _NAMED.sub(lambda found: f"(?:{words[found[1]]})", entry["pattern"])}


@cache
def load_ask_words() -> AskWords:
    """Load `lexicons/asks.toml`."""
    return load_table("asks", AskWords)
