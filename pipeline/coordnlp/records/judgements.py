"""What people decided on rows."""

from __future__ import annotations

from dataclasses import dataclass

from coordnlp.records.gaps import Gap
from coordnlp.records.labels import Decision, Outcome, Party


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """Words that a row showed, with the words before and after them: they find the row again when its id has moved."""

    file: str
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reviewer saw of a row; `type` and `date` are those of the gap, '' where no record of them is left."""

    gap: str
    type: str = ""
    request: str = ""
    issue: str = ""
    measure: str = ""
    date: str = ""
    confidence: float = 0.0
    quotes: tuple[ShownQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """The four cells of a reviewer, as typed: 复核结论, 复核说明, 复核人, 复核日期."""

    verdict: str = ""
    note: str = ""
    by: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One decision of a person about one row; one line of `judgements.jsonl`.

    Attributes:
        decision: What the verdict means.
        day: ISO day of the decision: 复核日期, else the day on which the sheet was saved.
        saved: When the sheet was saved, ISO with seconds, local time; `sheet` is its name.
        until: ISO day to which a row is put off, '' for none.
        into: The row that this one is joined into.
        responsible, due: Corrections of the party that must act and of the due date (ISO); None and '' for none.
        answer: File of the dossier that is the answer; `answer_document` is the id of its document, which outlives a
            new file name.
    """

    shown: Shown
    review: Review
    decision: Decision
    day: str
    saved: str
    sheet: str
    until: str = ""
    into: Shown | None = None
    responsible: Party | None = None
    due: str = ""
    answer: str = ""
    answer_document: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is decided or told: all was taken back."""
        return not (self.review.verdict or self.review.note or self.responsible or self.due)


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with the last word on it, and where it went; `gap` is as the machine made it, with people's corrections."""

    gap: Gap
    judgement: Judgement
    outcome: Outcome
