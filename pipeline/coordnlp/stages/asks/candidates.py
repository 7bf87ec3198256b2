"""Which passages may make an ask, and between whom."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coordnlp.names import Names, Voices
from coordnlp.records import Annotation, Due, Parsed, Party, Passage, RequestKind
from coordnlp.stages.asks.features import Sentence

_OPENS_LIST = re.compile(r"(?:以下|下列|如下|下面)[^。]{0,16}[：:。]$|[：:]$")
_COUNT = re.compile(r"(?:以下|下列|如下|这|有)?([一二两三四五六七八九])(?:个方面|件事|项|点|个问题|条|桩)")
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_CEREMONY = re.compile(r"^(?:特此|专此|此致|顺颂|敬礼|以上|妥否|当否|如无不妥)")
_TASKED_BY = re.compile(r"(?:由|请|责成|委托|安排|让|交)$")
# 双方于4月30日前各确定一名联络员: a task of each side.
_EACH = re.compile(
    r"(?:双方|两家|两边|两个班子|两班子)[^，。；;]{0,20}(?:各(?!方|自的|级|项|类|种|位|界|有)|分别|各自)[^，。；;]{0,6}"
    r"(?:确定|指定|明确|提供|提出|派|报|拿出|列|出|送|交|完成|准备|梳理)"
)
_MEETINGS = ("minutes", "transcript")
# Columns of follow-up tables that say what is to be done.
_MATTERS = ("matter", "title")
_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.]\s*)?$")
_CLAUSE = "，,：:；;。、 "
# Least sum of cues for the lead of a list of asks.
_LEADS = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may make an ask: who would ask whom for what kind of thing, and by when."""

    one: Parsed
    sentence: Sentence
    kind: RequestKind
    asker: Party
    asked: Party
    due: Due | None

    @property
    def responsible(self) -> Party:
        """The party that must act."""
        return self.asker if self.kind == "commitment" else self.asked


@dataclass(frozen=True, slots=True)
class _Lead:
    """The sentence under which numbered points stand as asks; its due date holds for all of them."""

    due: Due | None


def list_candidates(
    one: Parsed, annotations: Mapping[str, Annotation], names: Names, voices: Voices
) -> Iterator[Candidate]:
    """Yield every passage of a document that one party says to the other, or that both lay on one of them."""
    points, rows = _listed_points(one, annotations), _agreed_rows(one, annotations)
    listed = points | rows
    block = -1
    for passage in one.passages:
        first, block = passage.block != block, passage.block
        text = one.words(passage)
        annotation = annotations[passage.id]
        if (
            passage.zone != "body"
            or _is_no_sentence(text, passage, passage.id in listed)
            or _opens_list(text, annotation)
        ):
            continue
        sides = _sides(one, passage, text, names, listed)
        if not sides:
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
        kind = _kind(sentence)
        due = annotation.due or (listed[passage.id].due if passage.id in listed else None)
        for side in sides:
            asker, asked = _direction(kind, side, passage.party)
            yield Candidate(one, sentence, kind, asker, asked, due)


def _is_no_sentence(text: str, passage: Passage, listed: bool) -> bool:
    asks = text.rstrip("”」』）)").endswith(("？", "?"))
    return bool(_CEREMONY.match(text)) or len(text) < 5 or (passage.label and not listed and not asks)


def _sides(one: Parsed, passage: Passage, text: str, names: Names, listed: Container[str]) -> tuple[Party, ...]:
    """Return the party spoken to, or for the voice of both whom it tasks: one, each of the two, or nobody."""
    if passage.column:
        return _sides_of_cell(passage) if passage.id in listed else ()
    if passage.party == "AB":
        joint = one.header.sender == "AB" and one.header.kind in _MEETINGS
        if joint and _EACH.search(text):
            return ("A", "B")
        tasked = _tasked(text, names) if joint else None
        return (tasked,) if tasked else ()
    if passage.party not in ("A", "B"):
        return ()
    other: Party = "B" if passage.party == "A" else "A"
    if passage.to == other:
        return (other,)
    receives = other in one.header.copies or other in one.header.addressees
    named = any(mention.party == other for mention in names.find(text))
    return (other,) if receives and named else ()


def _sides_of_cell(passage: Passage) -> tuple[Party, ...]:
    """Return whom the matter of a follow-up row tasks: its 责任单位; the other columns ask nothing of anybody."""
    match passage.owner:
        case "A" | "B":
            return (passage.owner,)
        case "AB":
            return ("A", "B")
        case _:
            return ()


def _tasked(text: str, names: Names) -> Party | None:
    """Return the one party that a decision tasks; None when it names both alike or none."""
    mentions = names.find(text)
    direct = [m.party for m in mentions if _TASKED_BY.search(text[max(0, m.start - 2) : m.start])]
    if direct:
        return direct[0]
    sides = {mention.party for mention in mentions}
    if len(sides) == 1:
        return next(iter(sides))
    opening = [m.party for m in mentions if not _NUMBERING.sub("", text[: m.start]) or text[m.start - 1] in _CLAUSE]
    return opening[0] if opening else None


def _names(text: str, party: Party | None, names: Names, voices: Voices, *, own: bool) -> bool:
    pattern = voices.own_side if own else voices.other_side
    return bool(pattern.search(text)) or any((mention.party == party) == own for mention in names.find(text))


def _kind(sentence: Sentence) -> RequestKind:
    """Tell an undertaking from a request by who is the subject; the voice of both assigns."""
    if sentence.passage.party == "AB":
        return "assignment"
    annotation = sentence.annotation
    if annotation.cue("commitment") >= max(0.6, annotation.cue("request")):
        return "commitment"
    return "request"


def _direction(kind: RequestKind, side: Party, voice: Party | None) -> tuple[Party, Party]:
    if kind == "assignment" or voice not in ("A", "B"):
        return "AB", side
    return voice, side


# --- tables and lists of asks -------------------------------------------------------------------------------


def _agreed_rows(one: Parsed, annotations: Mapping[str, Annotation]) -> dict[str, _Lead]:
    """Return the matters of follow-up tables that both sides agreed on, each with the deadline of its row.

    In minutes a row that says how far a matter is, reports on one decided before: it is left to linking.
    """
    dues = {p.block: annotations[p.id].due for p in one.passages if p.column == "due"}
    told = {p.block for p in one.passages if p.column == "progress"} if one.header.kind in _MEETINGS else set()
    return {
        passage.id: _Lead(dues.get(passage.block))
        for passage in one.passages
        if passage.column in _MATTERS and passage.owner and passage.party == "AB" and passage.block not in told
    }


def _opens_list(text: str, annotation: Annotation) -> bool:
    return bool(_OPENS_LIST.search(text)) and annotation.cue("request") > 0


def _listed_points(one: Parsed, annotations: Mapping[str, Annotation]) -> dict[str, _Lead]:
    """Return the numbered points that stand under a sentence that asks, one passage a point.

    "商请贵场支持以下两件事：" makes asks of the next two points, whatever their words.
    """
    points: dict[str, _Lead] = {}
    passages = [passage for passage in one.passages if passage.zone == "body"]
    for at, passage in enumerate(passages):
        annotation = annotations[passage.id]
        text = one.words(passage)
        if not _opens_list(text, annotation) or annotation.cue("request") < _LEADS:
            continue
        count = _COUNT.search(text)
        limit = _NUMERALS[count.group(1)] if count else 9
        following = passages[at + 1 :]
        for item in sorted({later.item for later in following if later.item > passage.item})[:limit]:
            inside = [later for later in following if later.item == item and not later.label]
            first = _ask_of_point(inside, annotations)
            if first:
                points[first.id] = _Lead(annotation.due)
    return points


def _ask_of_point(inside: Sequence[Passage], annotations: Mapping[str, Annotation]) -> Passage | None:
    """Return the sentence of a point that carries its ask: one with a cue, else its first."""
    cued = [p for p in inside if annotations[p.id].cue("request") >= _LEADS]
    if cued:
        return cued[0]
    plain = [p for p in inside if annotations[p.id].cue("answer") < _LEADS]
    return max(plain, key=lambda p: (annotations[p.id].cue("request"), -p.start), default=None)
