"""Compare two runs record by record, with what an effect is meant to change left aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict

from coordnlp.records import Dossier

Row = Mapping[str, object]
Rows = dict[tuple[str, str], Row]

_ID = re.compile(r"\b[DPQGI]-[A-Z2-9]{8}\b")


def rows(dossier: Dossier) -> Rows:
    """Return every record of a run by table and key; names and bytes of files are none of its findings.

    What the trained judges say is compared by `judged`: they read names and dates too, and their scores move a little.
    """
    found: Rows = {}
    for table, key, record in _records(dossier):
        found[table, key] = {name: value for name, value in record.items() if name not in ("file", "acts", "measures")}
    return found


def judged(dossier: Dossier) -> set[tuple[int, str]]:
    """Return what the trained judges found: the ordinal of the passage with an act or a measure."""
    return {
        (at, label)
        for at, one in enumerate(dossier.annotations)
        for label in (
            *(act.label for act in one.acts if act.level == "found"),
            *(measure.code for measure in one.measures if measure.level == "found"),
        )
    }


def agreement(one: set[tuple[int, str]], other: set[tuple[int, str]]) -> float:
    """Return how far two sets agree: Dice's coefficient, in [0, 1]."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _records(dossier: Dossier) -> Iterator[tuple[str, str, dict[str, object]]]:
    for name, records, keys in (
        ("document", dossier.headers, ("id",)),
        ("passage", dossier.passages, ("id",)),
        ("annotation", dossier.annotations, ("passage",)),
        ("request", dossier.requests, ("id",)),
        ("event", dossier.events, ("request", "document", "passage", "type")),
        ("tie", dossier.ties, ("passage", "type", "candidates")),
        ("life", dossier.lives, ("request",)),
        ("issue", dossier.issues, ("id",)),
        ("occasion", [one for issue in dossier.issues for one in issue.occasions], ("passage",)),
        ("measure", dossier.measures, ("code",)),
        ("indicator", dossier.indicators, ("code", "measures", "party")),
        ("gap", dossier.gaps, ("id",)),
    ):
        for record in records:
            row = asdict(record)
            if name == "issue":
                row["occasions"] = tuple(one["passage"] for one in row["occasions"])
            if name == "measure":
                row["mentions"] = tuple(one["passage"] for one in row["mentions"])
                row.pop("by_party")
            yield name, " ".join(str(row[key]) for key in keys), row


def differences(before: Rows, after: Rows) -> list[str]:
    """Return what differs, one line a field; a record that only one run has is one line."""
    lines = [f"{table} {key}: only before" for table, key in before.keys() - after.keys()]
    lines += [f"{table} {key}: only after" for table, key in after.keys() - before.keys()]
    for table, key in before.keys() & after.keys():
        one, other = before[table, key], after[table, key]
        lines += [f"{table} {key}.{name}: {one[name]!r} -> {other[name]!r}" for name in one if one[name] != other[name]]
    return sorted(lines)


def without(found: Rows, *fields: str) -> Rows:
    """Return rows without some fields; `tie.candidates` names a field of one table, `candidates` of all."""
    return {
        (table, key): {
            name: value for name, value in row.items() if name not in fields and f"{table}.{name}" not in fields
        }
        for (table, key), row in found.items()
    }


# Shares of words are weighed by their rarity in the dossier, and judges read names and dates, too: with every text
# scores move a little, and so does what is told of them.
SCORES = (
    "request.score",
    "request.reasons",
    "event.score",
    "event.reasons",
    "tie.score",
    "life.confidence",
    "life.reasons",
    "life.why",
    "issue.score",
    "occasion.score",
    "occasion.reasons",
    "measure.confidence",
    "measure.reasons",
    "gap.confidence",
    "gap.why",
)
# Of the records so many must stay as they were where scores move; one near a threshold may cross it.
MOST = 0.98


def kept(before: Rows, after: Rows) -> float:
    """Return the share of the records of two runs that are the same in both, in [0, 1]."""
    every = before.keys() | after.keys()
    return sum(before.get(key) == after.get(key) for key in every) / max(1, len(every))


def only(found: Rows, *tables: str) -> Rows:
    """Return the rows of some tables."""
    return {(table, key): row for (table, key), row in found.items() if table in tables}


def changed(found: Rows, change: Callable[[str], str]) -> Rows:
    """Return rows with every string changed, those in keys too."""
    return {(table, change(key)): _row(row, change) for (table, key), row in found.items()}


def _row(row: Row, change: Callable[[str], str]) -> Row:
    return {name: _value(value, change) for name, value in row.items()}


def _value(value: object, change: Callable[[str], str]) -> object:
    match value:
        case str():
            return change(value)
        case dict():
            return {name: _value(inner, change) for name, inner in value.items()}
        case tuple() | list():
            return tuple(_value(inner, change) for inner in value)
        case _:
            return value


def by_place(dossier: Dossier, files: Sequence[str]) -> Rows:
    """Return the rows of a run with ids that tell places, so that runs on changed words can be compared.

    Args:
        files: Files of the documents in an order that both runs share.
    """
    places = _places(dossier, files)
    found = changed(rows(dossier), lambda text: _ID.sub(lambda match: places.get(match.group(), match.group()), text))
    return {
        (table, " ".join(sorted(key.split()))): {
            name: tuple(sorted(value, key=str)) if name == "candidates" and isinstance(value, tuple) else value
            for name, value in row.items()
        }
        for (table, key), row in found.items()
    }


def _places(dossier: Dossier, files: Sequence[str]) -> dict[str, str]:
    places = {header.id: f"D{files.index(header.file)}" for header in dossier.headers}
    seen: Counter[str] = Counter()
    for passage in sorted(dossier.passages, key=lambda one: (one.document, one.start)):
        places[passage.id] = _next(f"{places[passage.document]}.P", seen)
    for request in sorted(dossier.requests, key=lambda one: (one.passage, one.asked, one.id)):
        places[request.id] = _next(f"{places[request.passage]}.{request.kind}", seen)
    for issue in dossier.issues:
        places[issue.id] = f"{places[issue.occasions[0].passage]}.issue"
    for gap in sorted(dossier.gaps, key=lambda one: one.id):
        quote = gap.quotes[0]
        about = places.get(gap.request) or f"{places[quote.document]}@{_ordinal(dossier, quote.document, quote.start)}"
        places[gap.id] = _next(f"{about}.{gap.type}", seen)
    return places


def _next(stem: str, seen: Counter[str]) -> str:
    seen[stem] += 1
    return f"{stem}{seen[stem]}"


def _ordinal(dossier: Dossier, document: str, start: int) -> int:
    return sum(passage.document == document and passage.start <= start for passage in dossier.passages)


def statuses(dossier: Dossier) -> dict[str, tuple[str, str]]:
    """Return status and verdict of every request by its id."""
    return {life.request: (life.status, life.verdict) for life in dossier.lives}


def apart_from(found: Rows, dossier: Dossier, document: str) -> Rows:
    """Return the rows of a run without those of one document."""
    left_out = {document} | {passage.id for passage in dossier.passages if passage.document == document}
    return {key: row for key, row in found.items() if not any(one in f"{key} {row}" for one in left_out)}


def decided(rows: Rows) -> Rows:
    """Return rows without the doubts about single requests.

    Which passage is named as a possible answer hangs on scores that lie close together; whether there is one shows in
    the verdict.
    """
    return {(table, key): row for (table, key), row in rows.items() if table != "tie" or ",)" not in key}
