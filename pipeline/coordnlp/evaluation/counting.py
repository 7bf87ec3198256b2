"""Count in how much a run agrees with gold: the figures of design §8."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from coordnlp.evaluation.alignment import OPEN, Alignment, JsonRecord, reactions
from coordnlp.evaluation.figures import Counts, Detection, Label, Rate
from coordnlp.gold.matching import LEAST_OVERLAP, Span, fold, match_spans, overlap, stem
from coordnlp.gold.records import GoldDocument

_CLOSED = ("answered", "declined", "withdrawn")


def count(one: Alignment) -> Counts:
    """Return all counts of a dossier."""
    counts = Counts()
    counts.rates.update(_documents(one))
    _requests(one, counts)
    _links(one, counts)
    _dashboard(one, counts)
    _disagreements(one, counts)
    _measures(one, counts)
    counts.rates.update(_measure_status(one))
    return counts


def _documents(one: Alignment) -> Iterator[tuple[str, Rate]]:
    def rate(keys: Sequence[str], fits: Callable[[GoldDocument, JsonRecord], bool]) -> Rate:
        found = one.found_documents
        return Rate(sum(key in found and fits(one.documents[key], found[key]) for key in keys), len(keys))

    every = list(one.documents)
    numbered = [key for key in every if one.documents[key].number]
    yield "documents.read", rate(every, lambda _, __: True)
    yield "documents.date", rate(every, lambda gold, found: gold.date == found.get("date"))
    yield "documents.kind", rate(every, lambda gold, found: gold.kind == found.get("kind"))
    yield "documents.number", rate(numbered, lambda gold, found: fold(gold.number) == fold(found.get("number")))
    right = sum(one.side(one.sender(key)) == one.documents[key].sender for key in one.letters)
    yield "documents.from", Rate(right, len(one.letters))


def _requests(one: Alignment, counts: Counts) -> None:
    pairs = one.requests
    counts.detections["requests"] = Detection(len(pairs), len(one.false_requests), len(one.missed_requests))
    checks: dict[str, Callable[[Any, JsonRecord], bool]] = {
        "direction": lambda gold, found: (
            (gold.asker, gold.asked) == (one.side(found.get("from")), one.side(found.get("to")))
        ),
        "kind": lambda gold, found: gold.kind == found.get("kind"),
        "status": lambda gold, found: gold.status == found.get("status"),
        "overdue": lambda gold, found: gold.overdue == bool(found.get("overdue")),
    }
    for name, fits in checks.items():
        counts.rates[f"requests.{name}"] = Rate(sum(fits(gold, found) for gold, found in pairs), len(pairs))
    dues = [(gold.due or None, found.get("due") or None) for gold, found in pairs]
    dated = [(gold, found) for gold, found in dues if gold or found]
    counts.rates["requests.due"] = Rate(sum(gold == found for gold, found in dated), len(dated))
    both = sum(gold.status in OPEN and found.get("status") in OPEN for gold, found in pairs)
    made = sum(found.get("status") in OPEN for found in one.data["requests"])
    there = sum(gold.status in OPEN for gold in one.gold.requests)
    counts.detections["open"] = Detection(both, made - both, there - both)


def _links(one: Alignment, counts: Counts) -> None:
    right = wrong = missed = same = 0
    for gold, found in one.requests:
        wanted, made = reactions(gold.events), reactions(found.get("events", []))
        both = wanted.keys() & made.keys()
        right, wrong, missed = right + len(both), wrong + len(made) - len(both), missed + len(wanted) - len(both)
        same += sum(wanted[file] == made[file] for file in both)
    wrong += sum(len(reactions(found.get("events", []))) for found in one.false_requests)
    missed += sum(len(reactions(gold.events)) for gold in one.missed_requests)
    counts.detections["links"] = Detection(right, wrong, missed)
    counts.rates["links.type"] = Rate(same, right)


def _dashboard(one: Alignment, counts: Counts) -> None:
    hit = {gold.id for _, gold in one.rows if gold and gold.status in OPEN and not one.is_pending(gold)}
    wrong = sum(gold is None or gold.status not in OPEN for _, gold in one.rows)
    due = sum(gold.status in OPEN and not one.is_pending(gold) for gold in one.gold.requests)
    counts.detections["dashboard"] = Detection(len(hit), wrong, due - len(hit))
    accused = [gold for row, gold in one.rows if row["type"] == "unanswered"]
    false = sum(gold is None or gold.status in _CLOSED for gold in accused)
    counts.rates["false_accusation"] = Rate(false, len(accused))


# --- disagreements -------------------------------------------------------------------------------


def _disagreements(one: Alignment, counts: Counts) -> None:
    gold = [(issue.id, occasion) for issue in one.gold.disagreements for occasion in issue.occasions]
    found = [(issue["id"], occasion) for issue in one.data["issues"] for occasion in issue.get("occasions", [])]
    pairs = match_spans(
        [[Span(occasion.file, occasion.quote)] for _, occasion in gold],
        [Span(occasion["file"], occasion.get("text") or "") for _, occasion in found],
    )
    taken = {j for _, j in pairs}
    # Further passages of an issue in a file that already matched count neither way.
    seen = {(found[j][0], stem(found[j][1]["file"])) for j in taken}
    wrong = sum(
        j not in taken and (issue, stem(occasion["file"])) not in seen for j, (issue, occasion) in enumerate(found)
    )
    counts.detections["occasions"] = Detection(len(pairs), wrong, len(gold) - len(pairs))
    together = _pairs(Counter((gold[i][0], found[j][0]) for i, j in pairs))
    made, there = _pairs(Counter(found[j][0] for _, j in pairs)), _pairs(Counter(issue for issue, _ in gold))
    counts.detections["issues.pairs"] = Detection(together, made - together, there - together)
    _recurring(one, [(gold[i][0], stem(gold[i][1].file), found[j][0]) for i, j in pairs], counts)


def _pairs(sizes: Mapping[Any, int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _recurring(one: Alignment, matched: Sequence[tuple[str, str, str]], counts: Counts) -> None:
    """Count recurring issues: found when one found issue holds occasions of it in two files."""
    gold = {issue.id: issue for issue in one.gold.disagreements if issue.recurring}
    found = {issue["id"]: issue for issue in one.data["issues"] if issue.get("recurring")}
    hits: dict[str, str] = {}
    for id in gold:
        files: dict[str, set[str]] = defaultdict(set)
        for issue, file, other in matched:
            if issue == id and other in found and other not in hits.values():
                files[other].add(file)
        best = max(sorted(files), key=lambda other: len(files[other]), default=None)
        if best and len(files[best]) >= 2:
            hits[id] = best
    counts.detections["recurring"] = Detection(len(hits), len(found) - len(hits), len(gold) - len(hits))
    same = sum(gold[id].status == found[other].get("status") for id, other in hits.items())
    counts.rates["recurring.status"] = Rate(same, len(gold))


# --- labels --------------------------------------------------------------------------------------


def count_labels(one: Alignment) -> Counts:
    """Return the counts of acts and measures on passages alone."""
    counts = Counts()
    _measures(one, counts)
    return counts


def _measures(one: Alignment, counts: Counts) -> None:
    wanted = [
        (quote.file, quote.quote, {label.code: label.evidence for label in quote.labels}) for quote in one.gold.measures
    ]
    found = {p["id"]: {m["code"]: m.get("evidence") for m in p.get("measures", [])} for p in one.data["passages"]}
    counts.rates["measures.evidence"] = _labels("measures", wanted, found, one, counts)
    if one.gold.acts:
        acts = [(quote.file, quote.quote, dict.fromkeys(map(str, quote.labels))) for quote in one.gold.acts]
        made = {
            p["id"]: {act["label"]: None for act in p.get("acts", []) if act["label"] != "none"}
            for p in one.data["passages"]
        }
        _labels("acts", acts, made, one, counts)


def _labels(
    name: str,
    wanted: Sequence[tuple[str, str, Mapping[str, str | None]]],
    found: Mapping[str, Mapping[str, str | None]],
    one: Alignment,
    counts: Counts,
) -> Rate:
    """Count labels: recall on all gold quotes, precision in the exhaustive files; return how often values agree."""
    per: dict[str, Label] = defaultdict(Label)
    used: set[tuple[str, str]] = set()
    same = matched = 0
    for file, quote, labels in wanted:
        near = [p for p in one.passages[stem(file)] if overlap(quote, p["text"]) >= LEAST_OVERLAP]
        for label, value in labels.items():
            holders = [p["id"] for p in near if label in found[p["id"]]]
            per[label] += Label(found=1) if holders else Label(missed=1)
            used |= {(id, label) for id in holders}
            matched += bool(holders)
            same += any(found[id][label] == value for id in holders)
    for file in sorted({stem(file) for file in one.gold.exhaustive}):
        for passage in one.passages[file]:
            for label in found[passage["id"]]:
                per[label] += Label(right=1) if (passage["id"], label) in used else Label(wrong=1)
    total = sum(per.values(), Label())
    counts.rates[f"{name}.recall"] = Rate(total.found, total.found + total.missed)
    counts.rates[f"{name}.precision"] = Rate(total.right, total.right + total.wrong)
    counts.labels[name] = dict(per)
    return Rate(same, matched)


def _measure_status(one: Alignment) -> Iterator[tuple[str, Rate]]:
    if not one.gold.measure_status:
        return
    found = {measure["code"]: measure.get("status") for measure in one.data["measures"]}
    right = [(gold.status, found.get(gold.code) == gold.status) for gold in one.gold.measure_status]
    weak = [fits for status, fits in right if status != "practised"]
    yield "measure_status", Rate(sum(fits for _, fits in right), len(right))
    yield "measure_status.weak", Rate(sum(weak), len(weak))
