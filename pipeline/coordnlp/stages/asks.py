"""Find: requests, commitments and assignments between the two parties, one record an ask."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coordnlp.features import Topics
from coordnlp.ids import document_key, make_id, normalise
from coordnlp.names import Names
from coordnlp.records import (
    Annotation,
    Due,
    Header,
    Parsed,
    Party,
    Passage,
    Request,
    RequestKind,
    Teams,
)
from coordnlp.settings import Settings

_OPENS_LIST = re.compile(r"(?:以下|下列|如下|下面)[^。]{0,16}[：:。]$|[：:]$")
_COUNT = re.compile(r"(?:以下|下列|如下|这|有)?([一二两三四五六七八九])(?:个方面|件事|项|点|个问题|条|桩)")
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_CEREMONY = re.compile(r"^(?:特此|专此|此致|顺颂|敬礼|以上|妥否|当否|如无不妥)")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage that makes an ask, before it has an id."""

    one: Parsed
    passage: Passage
    kind: RequestKind
    asker: Party
    asked: Party
    score: float
    reasons: tuple[str, ...]
    due: Due | None
    urge: float


def find_requests(
    parsed: Sequence[Parsed],
    annotations: Mapping[str, Annotation],
    names: Names,
    teams: Teams,
    settings: Settings,
) -> list[Request]:
    """Find what each party asked of the other, undertook or was given to do.

    An ask that repeats an earlier one of the same direction is not listed again: with words of urging it is left to
    the linking of urges, without them it is kept in `also` of the first.

    Args:
        parsed: In order of date.

    Returns:
        Requests by (date, document, offset).
    """
    candidates = [
        candidate
        for one in parsed
        for candidate in _in_document(one, annotations, names, settings)
    ]
    return _with_ids(_first_tellings(candidates, settings), parsed, teams)


def _in_document(
    one: Parsed, annotations: Mapping[str, Annotation], names: Names, settings: Settings
) -> Iterator[_Candidate]:
    seen: set[str] = set()
    listed = _listed_points(one, annotations, settings)
    for passage in one.passages:
        if passage.zone != "body" or passage.id in seen:
            continue
        annotation = annotations[passage.id]
        candidate = (
            _commitment(one, passage, annotation, settings)
            or _request(one, passage, annotation, names, settings, listed)
            or _assignment(one, passage, annotation, names, settings)
        )
        if candidate:
            seen.add(passage.id)
            yield candidate


# --- requests ------------------------------------------------------------------------------------


def _request(
    one: Parsed,
    passage: Passage,
    annotation: Annotation,
    names: Names,
    settings: Settings,
    listed: Mapping[str, _Lead],
) -> _Candidate | None:
    asked = _addressed(one, passage, names)
    if asked is None or _opens_list(one, passage, annotation) or _CEREMONY.match(one.words(passage)):
        return None
    score, reasons = annotation.score("request"), annotation.reasons("request")
    lead = listed.get(passage.id)
    if lead and score < settings.thresholds.listed:
        score, reasons = settings.thresholds.listed, (*reasons, "列在请求之下的条目")
    if score < settings.thresholds.request or passage.label and not lead and not _asks(one.words(passage)):
        return None
    if not lead and len(annotation.terms) < 2 and not _asks(one.words(passage)):
        return None
    if annotation.score("urge") >= settings.thresholds.urge and not any("请求动词" in reason for reason in reasons):
        return None
    due = annotation.due or (lead.due if lead else None)
    assert passage.party is not None
    return _Candidate(
        one, passage, "request", passage.party, asked, score, reasons, due, annotation.score("urge")
    )


def _asks(text: str) -> bool:
    return text.rstrip("”」』）)").endswith(("？", "?"))


def _addressed(one: Parsed, passage: Passage, names: Names) -> Party | None:
    """Return the other side if the passage speaks to it, also in a paper to a third body that it receives."""
    if passage.party not in ("A", "B"):
        return None
    other: Party = "B" if passage.party == "A" else "A"
    if passage.to == other:
        return other
    receives = other in one.header.copies or other in one.header.addressees
    named = any(mention.party == other for mention in names.find(one.words(passage)))
    return other if receives and named else None


@dataclass(frozen=True, slots=True)
class _Lead:
    """The sentence under which numbered points stand as asks; its due date holds for all of them."""

    due: Due | None


def _opens_list(one: Parsed, passage: Passage, annotation: Annotation) -> bool:
    return bool(_OPENS_LIST.search(one.words(passage))) and annotation.score("request") > 0


def _listed_points(
    one: Parsed, annotations: Mapping[str, Annotation], settings: Settings
) -> dict[str, _Lead]:
    """Return the numbered points that stand under a sentence that asks, one passage a point.

    "商请贵场支持以下两件事：" makes asks of the next two points, whatever their words.
    """
    points: dict[str, _Lead] = {}
    passages = [passage for passage in one.passages if passage.zone == "body"]
    for at, passage in enumerate(passages):
        annotation = annotations[passage.id]
        if not _opens_list(one, passage, annotation) or annotation.score("request") < settings.thresholds.request:
            continue
        count = _COUNT.search(one.words(passage))
        limit = _NUMERALS[count.group(1)] if count else 9
        following = passages[at + 1 :]
        for item in sorted({later.item for later in following if later.item > passage.item})[:limit]:
            inside = [later for later in following if later.item == item and not later.label]
            first = _ask_of_point(inside, annotations, settings)
            if first:
                points[first.id] = _Lead(annotation.due)
    return points


def _ask_of_point(
    inside: Sequence[Passage], annotations: Mapping[str, Annotation], settings: Settings
) -> Passage | None:
    """Return the sentence of a point that carries its ask: one with a cue, else its first."""
    cued = [p for p in inside if annotations[p.id].score("request") >= settings.thresholds.request]
    if cued:
        return cued[0]
    plain = [p for p in inside if annotations[p.id].score("answer") < 0.5]
    return max(plain, key=lambda p: (annotations[p.id].score("request"), -p.start), default=None)


# --- assignments, commitments --------------------------------------------------------------------


def _assignment(
    one: Parsed, passage: Passage, annotation: Annotation, names: Names, settings: Settings
) -> _Candidate | None:
    if one.header.sender != "AB" or passage.party not in ("AB", None) or passage.label:
        return None
    score = annotation.score("assignment")
    if score < settings.thresholds.assignment or one.header.kind not in ("minutes", "transcript"):
        return None
    party = _tasked(one.words(passage), names)
    if party is None:
        return None
    return _Candidate(
        one, passage, "assignment", "AB", party, score, annotation.reasons("assignment"), annotation.due, 0.0
    )


_TASKED_BY = re.compile(r"(?:由|请|责成|委托|安排|让|交)$")


def _tasked(text: str, names: Names) -> Party | None:
    """Return the one party that a decision tasks; None when it names both alike or none."""
    mentions = names.find(text)
    direct = [m.party for m in mentions if _TASKED_BY.search(text[max(0, m.start - 2) : m.start])]
    if direct:
        return direct[0]
    opening = [m.party for m in mentions if not text[: m.start].rstrip() or text[m.start - 1] in "，,：:；;。、 "]
    sides = {mention.party for mention in mentions}
    if len(sides) == 1:
        return next(iter(sides))
    return opening[0] if opening else None


def _commitment(
    one: Parsed, passage: Passage, annotation: Annotation, settings: Settings
) -> _Candidate | None:
    """Return an undertaking that nobody asked for: said at a meeting or in an unasked letter, not in a reply."""
    if passage.party not in ("A", "B") or passage.label or passage.zone != "body":
        return None
    other: Party = "B" if passage.party == "A" else "A"
    score = annotation.score("commitment")
    if passage.to != other or score < settings.thresholds.commitment or one.header.kind in ("reply", "report"):
        return None
    if any(reference.kind == "message" for reference in one.header.references):
        return None
    if annotation.score("acknowledgement") > score or annotation.score("request") > score:
        return None
    reasons = annotation.reasons("commitment")
    return _Candidate(one, passage, "commitment", passage.party, other, score, reasons, annotation.due, 0.0)


# --- one record an ask ---------------------------------------------------------------------------


def _first_tellings(candidates: Sequence[_Candidate], settings: Settings) -> list[tuple[_Candidate, tuple[str, ...]]]:
    """Keep the first telling of every ask, with the passages that tell it again."""
    if not candidates:
        return []
    texts = [candidate.one.words(candidate.passage) for candidate in candidates]
    topics = Topics(texts)
    weights = topics.weigh(texts)
    near = topics.containment(weights, weights)
    first: list[int] = []
    also: dict[int, list[str]] = {}
    for j, later in enumerate(candidates):
        earlier = [i for i in first if _same_direction(candidates[i], later) and _before(candidates[i], later)]
        best = max(earlier, key=lambda i: (min(near[i, j], near[j, i]), -i), default=None)
        if best is not None and later.urge >= settings.thresholds.urge and near[j, best] >= settings.thresholds.urge_topic:
            continue
        if best is not None and min(near[best, j], near[j, best]) >= settings.thresholds.told_again:
            also.setdefault(best, []).append(later.passage.id)
            continue
        first.append(j)
    return [(candidates[i], tuple(also.get(i, ()))) for i in first]


def _same_direction(one: _Candidate, other: _Candidate) -> bool:
    return _responsible(one) == _responsible(other)


def _responsible(candidate: _Candidate) -> Party:
    return candidate.asker if candidate.kind == "commitment" else candidate.asked


def _before(one: _Candidate, other: _Candidate) -> bool:
    return one.one.header.date <= other.one.header.date


def _with_ids(
    found: Iterable[tuple[_Candidate, tuple[str, ...]]], parsed: Sequence[Parsed], teams: Teams
) -> list[Request]:
    keys = {one.header.id: _key(one.header, teams) for one in parsed}
    seen: Counter[tuple[str, ...]] = Counter()
    requests = []
    for candidate, also in found:
        quote = normalise(candidate.one.words(candidate.passage))
        document = candidate.one.header.id
        parts = (candidate.kind, teams.name(candidate.asker), teams.name(candidate.asked), keys[document], quote)
        seen[parts] += 1
        requests.append(_record(candidate, make_id("Q", *parts, str(seen[parts])), also))
    return sorted(requests, key=lambda request: (request.date, request.document, request.start, request.id))


def _key(header: Header, teams: Teams) -> str:
    return document_key(normalise(header.number), header.date, header.kind, teams.name(header.sender), header.title)


def _record(candidate: _Candidate, identity: str, also: tuple[str, ...]) -> Request:
    return Request(
        id=identity,
        kind=candidate.kind,
        asker=candidate.asker,
        asked=candidate.asked,
        document=candidate.one.header.id,
        passage=candidate.passage.id,
        start=candidate.passage.start,
        end=candidate.passage.end,
        date=candidate.one.header.date,
        due=candidate.due,
        score=round(candidate.score, 3),
        reasons=candidate.reasons,
        also=also,
    )


