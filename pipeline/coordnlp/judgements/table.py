"""The table of what reviewers write: `lexicons/reviews.toml`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Self

from pydantic import Field, model_validator

from coordnlp.records import Decision, ReportLanguage
from coordnlp.tables import Table, TriedPattern, load_table

_BRACKETS = re.compile(r"\([^()]*\)")
_GAP_ID = re.compile(r"G-[A-Z2-9]{8}")


def fold(word: str) -> str:
    """Return a verdict without blanks and marks, in upper case."""
    return re.sub(r"[\s:、。.…!]+", "", unicodedata.normalize("NFKC", word)).upper()


class DecisionWords(Table):
    """How a decision is written: `offer` and `english` in the drop-down list, `words` by other people."""

    name: Decision
    offer: str = Field(min_length=1)
    english: str = Field(min_length=1)
    words: tuple[str, ...]

    @property
    def known(self) -> frozenset[str]:
        """Every way to write it, as `fold` leaves a verdict."""
        return frozenset(map(fold, (self.offer, self.english, *self.words)))


class Fit(Table):
    """When a row is the one that was judged, though its id has moved.

    Attributes:
        least: Least likeness of the quotes, in [0, 1].
        context, file: What the words around the quotes and the same file add at most.
        margin: Rows that fit nearer to each other than this are a conflict.
    """

    least: float
    context: float
    file: float
    margin: float


class ThresholdRule(Table):
    """How verdicts move the least confidence of a claim: from so many `verdicts` on, by `most` at most, to `goal`."""

    verdicts: int
    most: float
    goal: float


class ReviewWords(Table):
    """`lexicons/reviews.toml`."""

    source: str
    decision: tuple[DecisionWords, ...]
    answered: TriedPattern
    fit: Fit
    threshold: ThresholdRule

    @model_validator(mode="after")
    def _check(self) -> Self:
        words = [fold(word) for one in self.decision for word in (one.offer, one.english, *one.words)]
        doubled = sorted({word for word in words if words.count(word) > 1})
        if doubled:
            raise ValueError(f"“{doubled[0]}”写了两次")
        return self

    def offers(self, language: ReportLanguage) -> tuple[str, ...]:
        """Return the words of the drop-down list."""
        return tuple(one.offer if language == "zh" else one.english for one in self.decision)

    def decide(self, verdict: str) -> tuple[Decision, str]:
        """Return what a verdict means, and the id that a row is joined into, '' for none.

        Brackets, blanks and marks at the end do not matter; what is not known is `none`.
        """
        folded = unicodedata.normalize("NFKC", verdict)
        found = _GAP_ID.search(folded.upper())
        plain = fold(_GAP_ID.sub("", _BRACKETS.sub("", folded).upper()))
        known = (one.name for one in self.decision if plain in one.known)
        decision: Decision = next(known, "none")
        if decision == "merged":
            return (decision, found[0]) if found else ("none", "")
        return decision, ""


@cache
def load_review_words() -> ReviewWords:
    """Load `lexicons/reviews.toml`."""
    return load_table("reviews", ReviewWords)
