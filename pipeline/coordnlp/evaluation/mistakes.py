"""What a run got wrong, one record a mistake, with the words, sorted so that the costliest stand first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from coordnlp.evaluation.alignment import OPEN, Alignment, reactions
from coordnlp.gold.matching import fold

MistakeKind = Literal[
    "false_row",
    "missed_row",
    "false_request",
    "missed_request",
    "direction",
    "kind",
    "due",
    "status",
    "false_link",
    "missed_link",
    "link_type",
    "document_date",
    "document_kind",
    "document_number",
    "document_sender",
]


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where a run differs from gold.

    Attributes:
        quote: The words of the request or passage.
        expected, found: What gold and the run say; '' for nothing.
        score: How sure the run was, in [0, 1]; 0.0 where it found nothing.
    """

    kind: MistakeKind
    dossier: str
    file: str
    quote: str
    expected: str
    found: str
    score: float = 0.0


def list_mistakes(one: Alignment) -> list[Mistake]:
    """Return the mistakes of a run by kind, rows and requests first; of one kind the surest first."""
    found = [*_rows(one), *_requests(one), *_links(one), *_documents(one)]
    order = {kind: at for at, kind in enumerate(get_args(MistakeKind))}
    return sorted(found, key=lambda m: (order[m.kind], -m.score, m.file, m.quote))


def _rows(one: Alignment) -> Iterator[Mistake]:
    shown = set()
    for row, gold in one.rows:
        quote = row["quotes"][0] if row.get("quotes") else {"file": "", "text": ""}
        if gold and gold.status in OPEN:
            shown.add(gold.id)
            continue
        expected = gold.status if gold else "不是事项"
        score = float(row.get("confidence") or 0.0)
        yield Mistake("false_row", one.name, quote["file"], quote["text"], expected, row["type"], score)
    for gold in one.gold.requests:
        if gold.status in OPEN and gold.id not in shown and not one.is_pending(gold):
            found = next((found for other, found in one.requests if other.id == gold.id), None)
            told = f"{found.get('status')}，{found.get('verdict')}：{found.get('why')}" if found else ""
            yield Mistake("missed_row", one.name, gold.file, gold.quote, gold.status, told)


def _requests(one: Alignment) -> Iterator[Mistake]:
    for found in one.false_requests:
        told = f"{found['kind']} {found['from']}→{found['to']}"
        yield Mistake(
            "false_request", one.name, found["file"], found["text"], "", told, float(found.get("score") or 0.0)
        )
    for gold in one.missed_requests:
        told = f"{gold.kind} {gold.asker}→{gold.asked}"
        yield Mistake("missed_request", one.name, gold.file, gold.quote, told, "")
    for gold, found in one.requests:
        sides = f"{one.side(found.get('from'))}→{one.side(found.get('to'))}"
        pairs: tuple[tuple[MistakeKind, str, str], ...] = (
            ("direction", f"{gold.asker}→{gold.asked}", sides),
            ("kind", gold.kind, str(found.get("kind"))),
            ("due", gold.due or "", found.get("due") or ""),
            ("status", gold.status, str(found.get("status"))),
        )
        for kind, expected, told in pairs:
            if expected != told:
                score = float(found.get("score") or 0.0)
                yield Mistake(kind, one.name, gold.file, gold.quote, expected, told, score)


def _links(one: Alignment) -> Iterator[Mistake]:
    for gold, found in one.requests:
        wanted, made = reactions(gold.events), reactions(found.get("events", []))
        scores = {event["file"]: float(event.get("score") or 0.0) for event in found.get("events", [])}
        for file in sorted(wanted.keys() | made.keys()):
            expected, told = wanted.get(file, ""), made.get(file, "")
            if expected == told:
                continue
            kind: MistakeKind = "link_type" if expected and told else "missed_link" if expected else "false_link"
            score = scores.get(one.mentions(file), 0.0) if told else 0.0
            yield Mistake(kind, one.name, one.mentions(file), gold.quote, expected, told, score)


def _documents(one: Alignment) -> Iterator[Mistake]:
    for key, gold in one.documents.items():
        found = one.found_documents.get(key, {})
        pairs: list[tuple[MistakeKind, str, str]] = [
            ("document_date", gold.date, found.get("date") or ""),
            ("document_kind", gold.kind, found.get("kind") or ""),
        ]
        if gold.number:
            pairs.append(("document_number", fold(gold.number), fold(found.get("number"))))
        if key in one.letters:
            pairs.append(("document_sender", str(gold.sender), str(one.side(one.sender(key)))))
        for kind, expected, told in pairs:
            if expected != told:
                yield Mistake(kind, one.name, gold.file, "", expected, told)
