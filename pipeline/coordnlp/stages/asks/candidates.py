"""Which passages may make an ask, and between whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coordnlp.dates import WorkCalendar, find_due
from coordnlp.layout.tags import MENTIONED
from coordnlp.names import Names, Voices
from coordnlp.records import Annotation, Due, Parsed, Party, Passage, RequestKind
from coordnlp.stages.asks.features import Sentence
from coordnlp.stages.asks.points import agreed_rows, dated_around, listed_points, opens_list, told_again
from coordnlp.stages.asks.tasks import does_together, parted, tasked
from coordnlp.stages.asks.words import load_ask_words
from coordnlp.tables import first_match

# A sentence of at most so many characters may be the deadline of the ask before it.
_SHORT = 24


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may make an ask: who would ask whom for what kind of thing, and by when.

    Attributes:
        start, end: The words of the document that ask, of one side's task alone where a sentence tasks each side.
    """

    one: Parsed
    sentence: Sentence
    kind: RequestKind
    asker: Party
    asked: Party
    due: Due | None
    start: int
    end: int

    @property
    def responsible(self) -> Party:
        """The party that must act."""
        return self.asker if self.kind == "commitment" else self.asked


def list_candidates(
    one: Parsed, annotations: Mapping[str, Annotation], names: Names, voices: Voices
) -> Iterator[Candidate]:
    """Yield every passage of a document that one party says to the other, or that both lay on one or both of them."""
    points, rows = listed_points(one, annotations), agreed_rows(one, annotations)
    again = told_again(one)
    around, dating = dated_around(one, annotations, points, again)
    listed, later = points | rows, _deadlines_behind(one, annotations)
    block = -1
    for passage in one.passages:
        first, block = passage.block != block, passage.block
        text = one.words(passage)
        annotation = annotations[passage.id]
        if (
            passage.zone != "body"
            or passage.id in dating
            or _is_no_sentence(text, passage, passage.id in listed)
            or opens_list(text, annotation)
            or passage.id in again
            or first_match(load_ask_words().greets, text)
        ):
            continue
        sentence = Sentence(
            text=text,
            passage=passage,
            header=one.header,
            annotation=annotation,
            listed=passage.id in points,
            agreed=passage.id in rows,
            names_other=_names(text, passage.party, names, voices, own=False),
            names_own=_names(text, passage.party, names, voices, own=True),
            first=first,
        )
        dues = [annotation.due, listed[passage.id].due if passage.id in listed else None, later.get(passage.id)]
        between = _between(one, sentence, names)
        parts = parted(text, names) if len(between) > 1 else {}
        for kind, asker, asked in between:
            due = _surest([*dues, around.get(passage.id) if kind == "request" else None])
            start, end = parts.get(asked, (0, len(text)))
            if asked in parts:
                due = _due_of_part(text[start:end], one)
            place = (passage.start + start, passage.start + end)
            yield Candidate(one, sentence, kind, asker, asked, due, *place)


def _due_of_part(words: str, one: Parsed) -> Due | None:
    """Return the deadline in one side's part of a decision that tasks both."""
    if not one.header.date:
        return None
    return find_due(words, dt.date.fromisoformat(one.header.date), calendar=WorkCalendar())


def _surest(dues: Sequence[Due | None]) -> Due | None:
    """Return the first deadline with a day, else the first: 尽快 gives way to the day of a closing sentence."""
    said = [due for due in dues if due]
    return next((due for due in said if due.date), said[0] if said else None)


def _deadlines_behind(one: Parsed, annotations: Mapping[str, Annotation]) -> dict[str, Due]:
    """Return the deadlines of asks that stand in the short sentence behind them: …行不行？十九号前给个准话。"""
    found: dict[str, Due] = {}
    for asked, behind in pairwise(one.passages):
        due = annotations[behind.id].due
        together = asked.block == behind.block and asked.party == behind.party and behind.zone == "body"
        if together and due and due.date and not annotations[asked.id].due and len(one.words(behind)) <= _SHORT:
            found[asked.id] = due
    return found


def _is_no_sentence(text: str, passage: Passage, listed: bool) -> bool:
    asks = text.rstrip("”」』）)").endswith(("？", "?"))
    courtesy = first_match(load_ask_words().ceremony, text)
    return bool(courtesy) or len(text) < 5 or (passage.label and not listed and not asks)


_Between = tuple[RequestKind, Party, Party]
"""What it would be, who asks, and who is asked."""


def _between(one: Parsed, sentence: Sentence, names: Names) -> list[_Between]:
    """Return between whom an ask would pass: nothing for words to nobody of the two, two for a task of each side."""
    passage = sentence.passage
    if passage.column:
        rowed = sentence.agreed or sentence.listed
        return [("assignment", "AB", side) for side in _sides_of_cell(passage, sentence.text)] if rowed else []
    if passage.party == "AB":
        return (
            [("assignment", "AB", side) for side in tasked(sentence.text, names)] if one.header.sender == "AB" else []
        )
    other = _spoken_to(one, passage, sentence.text, names)
    if other is None or passage.party not in ("A", "B"):
        return []
    if passage.turn is not None and _assigns(sentence.annotation):
        tasks = ("AB",) if does_together(sentence.text) else tasked(sentence.text, names)
        if len(tasks) == 1:
            return [("assignment", "AB", tasks[0])]
    return [("commitment" if _undertakes(sentence.annotation) else "request", passage.party, other)]


def _spoken_to(one: Parsed, passage: Passage, text: str, names: Names) -> Party | None:
    """Return the other party where a passage of one party is addressed to it, or names it in a paper it receives."""
    other: Party = "B" if passage.party == "A" else "A"
    if _calls_own(text, passage, names):
        return None
    if passage.to == other:
        return other
    receives = other in one.header.copies or other in one.header.addressees
    named = any(mention.party == other for mention in names.find(text))
    return other if receives and named else None


def _calls_own(text: str, passage: Passage, names: Names) -> bool:
    """Tell whether a message in a chat turns to the speaker's own people: @各班组, or @ and a colleague's name."""
    mention = MENTIONED.match(text.lstrip())
    return mention is not None and (
        bool(first_match(load_ask_words().staff, text)) or names.party(mention["who"]) == passage.party
    )


def _sides_of_cell(passage: Passage, text: str) -> tuple[Party, ...]:
    """Return whom the matter of a follow-up row tasks: its 责任单位; the other columns ask nothing of anybody."""
    match passage.owner:
        case "A" | "B":
            return (passage.owner,)
        case "AB":
            return ("A", "B") if "各" in text or "分别" in text else ("AB",)
        case _:
            return ()


def _names(text: str, party: Party | None, names: Names, voices: Voices, *, own: bool) -> bool:
    pattern = voices.own_side if own else voices.other_side
    return bool(pattern.search(text)) or any((mention.party == party) == own for mention in names.find(text))


def _undertakes(annotation: Annotation) -> bool:
    """Tell an undertaking from a request: by the judge, without one by the cues."""
    if annotation.acts:
        return annotation.score("commitment") > annotation.score("request")
    return annotation.cue("commitment") >= max(0.6, annotation.cue("request"))


def _assigns(annotation: Annotation) -> bool:
    """Tell whether the words of a speaker settle a task, as 那就这么定，由你们… does."""
    return annotation.score("assignment") > max(annotation.score("request"), annotation.score("commitment"))
