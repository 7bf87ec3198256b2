"""The words of disagreements: `lexicons/disagreements.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property

from coordnlp.features.lookup import bare
from coordnlp.tables import Table, TriedPattern, load_table


class DisagreementWords(Table):
    """Words of disagreements.

    Attributes:
        ends: That a quarrel is over.
        reaches: That the two came to one mind.
        accepts: That one takes what the other holds.
        stance: That take a side and say nothing of the matter.
        holds: That follow the name of a side whose position is told.
        yields: By which a side gives way.
    """

    source: str
    ends: tuple[TriedPattern, ...]
    reaches: tuple[TriedPattern, ...]
    accepts: tuple[TriedPattern, ...]
    holds: tuple[TriedPattern, ...]
    yields: tuple[TriedPattern, ...]
    stance: tuple[str, ...]

    @cached_property
    def _stance(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self.stance, key=lambda word: (-len(word), word))))

    @property
    def settling(self) -> Mapping[str, tuple[TriedPattern, ...]]:
        """The words of settlements, by feature."""
        return {"ends": self.ends, "reaches": self.reaches, "accepts": self.accepts}

    def matter(self, text: str) -> str:
        """Return what a text is about: without titles, numbers, forms of address, and words that take a side."""
        return self._stance.sub("，", bare(text))


@cache
def load_disagreement_words() -> DisagreementWords:
    """Load `lexicons/disagreements.toml`."""
    return load_table("disagreements", DisagreementWords)
