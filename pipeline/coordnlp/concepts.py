"""Concepts: which words mean much the same, so that 腾退 and 搬走 are no strangers to each other.

Source: classes of words as features beside the words, after Brown et al. (1992) and Miller, Guinness & Zamanian
(2004); the classes are written by hand in `lexicons/concepts.toml`, not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property

from pydantic import model_validator

from coordnlp.tables import Table, load_table


class Concepts(Table):
    """`lexicons/concepts.toml`: words by concept.

    Attributes:
        matter: Of what is done or dealt with.
        manner: Of how it is said.
    """

    source: str
    matter: Mapping[str, str]
    manner: Mapping[str, str]

    @model_validator(mode="after")
    def _one_concept_a_word(self) -> Concepts:
        counts = Counter(word for word, _ in self._listed())
        if twice := sorted(word for word, count in counts.items() if count > 1):
            raise ValueError(f"more than one concept for {'、'.join(twice)}")
        if both := sorted(self.matter.keys() & self.manner.keys()):
            raise ValueError(f"both matter and manner: {'、'.join(both)}")
        return self

    @cached_property
    def _by_word(self) -> Mapping[str, str]:
        return dict(self._listed())

    def _listed(self) -> Iterator[tuple[str, str]]:
        """Yield every word with its concept."""
        for name, words in (*self.matter.items(), *self.manner.items()):
            yield from ((word, name) for word in words.split())

    def of(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the concepts of words in their order; a word that is not listed has none."""
        known = self._by_word
        return tuple(known[word] for word in words if word in known)

    def of_matter(self, concepts: Iterable[str]) -> tuple[str, ...]:
        """Return the concepts that tell what something is about."""
        return tuple(one for one in concepts if one in self.matter)


@cache
def load_concepts() -> Concepts:
    """Load `lexicons/concepts.toml`.

    Raises:
        TableError: It is missing or broken.
    """
    return load_table("concepts", Concepts)
