"""The other pictures: how long things wait, how fast answers come, disagreements, measures and papers by month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from coordnlp.records import Coverage, Dossier, Evidence, Issue, Month, Occasion, Party, Position, Side
from coordnlp.report.labels import Labels
from coordnlp.report.page.scale import PAGE, Scale, make_scale
from coordnlp.report.page.words import PageWords

_SIDES: tuple[Side, ...] = ("A", "B")
_BAR_WIDTH = 220.0
_STRIP_WIDTH = 540.0
_ROW, _FIRST_ISSUE = 22.0, 28.0
_MOST_ISSUES = 40
# The labels stand beside the picture.
_ISSUES_WIDTH = PAGE - 310.0
_ABOVE: Mapping[str, float] = {"A": -3.0, "B": 3.0}
_ORDER: tuple[Evidence, ...] = ("lacking", "practised", "planned")


# --- ageing --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many open items of each team that wait no longer than the words say; widths in pixels."""

    label: str
    counts: tuple[tuple[Party, int, float], ...]


def count_ages(dossier: Dossier, buckets: Mapping[str, str]) -> list[Bucket]:
    """Return how long open items have waited, by the team that must act.

    Args:
        buckets: By the most days of each, in order, its words.
    """
    waits = [(gap.responsible, gap.days_waiting) for gap in dossier.gaps if gap.request]
    limits = [int(limit) for limit in buckets]
    counts = Counter((party, next(limit for limit in limits if days <= limit)) for party, days in waits)
    most = max(counts.values(), default=1)
    parties: tuple[Party, ...] = ("A", "B", "AB")
    return [
        Bucket(
            words,
            tuple(
                (party, counts[party, int(limit)], round(_BAR_WIDTH * counts[party, int(limit)] / most, 1))
                for party in parties
                if any(one == party for one, _ in counts)
            ),
        )
        for limit, words in buckets.items()
    ]


# --- answers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Strip:
    """The days that the answers of a team took: a dot each at its place, and the median."""

    party: Side
    words: str
    caution: str
    dots: tuple[tuple[float, int], ...]
    middle: float


@dataclass(frozen=True, slots=True)
class Strips:
    """The answers of both teams on one axis."""

    width: float
    ticks: tuple[tuple[float, str], ...]
    strips: tuple[Strip, ...]


def draw_answers(dossier: Dossier, words: Mapping[str, str]) -> Strips:
    """Draw how many days the answers of each team took.

    Args:
        words: Of the page.
    """
    found = [one for one in dossier.indicators if one.code == "answer_days" and one.party in _SIDES and one.values]
    longest = max((max(one.values) for one in found), default=1.0)
    longest = max(longest, 10.0)

    def x(days: float) -> float:
        return round(10 + (_STRIP_WIDTH - 30) * days / longest, 1)

    strips = tuple(
        Strip(
            party="A" if one.party == "A" else "B",
            words=one.words,
            caution=one.caution,
            dots=tuple((x(days), int(days)) for days in one.values),
            middle=x(median(one.values)),
        )
        for one in found
    )
    step = next(step for step in (5, 10, 20, 50, 100, 200, 500, 5000) if longest / step <= 9)
    ticks = tuple((x(day), words["days"].format(days=day)) for day in range(0, int(longest) + 1, step))
    return Strips(_STRIP_WIDTH, ticks, strips)


# --- disagreements -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on an issue: whose it is (`settled` for the settlement), where it stands, and what it says.

    The words of one team stand a little above the line, those of the other below, so that none hides the other.
    """

    x: float
    y: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """An issue over time."""

    y: float
    label: str
    status: str
    href: str
    start: float
    end: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The issues of a dossier, those that come back first."""

    scale: Scale
    height: float
    lines: tuple[Line, ...]


def draw_issues(dossier: Dossier, first: str, last: str) -> Timeline:
    """Draw who held what on which issue when, between two ISO days."""
    scale = make_scale(first, last, _ISSUES_WIDTH)

    def mark(kind: str, one: Occasion | Position, y: float) -> Mark:
        told = f"{one.date} {words(one.document, one.start, one.end)}"
        return Mark(scale.x(one.date), y + _ABOVE.get(kind, 0.0), kind, told)

    texts = {header.id: header.file for header in dossier.headers}
    documents = {document.file: document for document in dossier.documents}
    rows = {gap.issue: f"#{gap.id}" for gap in dossier.gaps if gap.issue}

    def words(document: str, start: int, end: int) -> str:
        return " ".join(documents[texts[document]].text[start:end].split())

    chosen = sorted(
        dossier.issues, key=lambda one: (not one.recurring, one.status == "resolved", one.raised_on, one.id)
    )
    lines = []
    for at, issue in enumerate(chosen[:_MOST_ISSUES]):
        y = _FIRST_ISSUE + _ROW * at
        marks = [mark(one.party, one, y) for one in issue.positions if one.date]
        covered = {(one.document, one.date) for one in issue.positions}
        marks += [
            mark("AB", one, y)
            for one in issue.occasions
            if one.party == "AB" and one.date and (one.document, one.date) not in covered
        ]
        if issue.resolution and issue.resolution.date:
            marks.append(mark("settled", issue.resolution, y))
        places = [one.x for one in marks] or [0.0]
        lines.append(
            Line(
                y=y,
                label=issue.label,
                status=issue.status,
                href=rows.get(issue.id, ""),
                start=min(places),
                end=_end(issue, max(places), scale, dossier.as_of),
                marks=tuple(sorted(marks, key=lambda one: (one.x, one.kind))),
            )
        )
    return Timeline(scale, _FIRST_ISSUE + _ROW * len(lines) + 6, tuple(lines))


def _end(issue: Issue, last: float, scale: Scale, as_of: str) -> float:
    """Return how far the line of an issue goes: to its settlement, else to the as-of day."""
    return last if issue.status == "resolved" else scale.x(as_of)


# --- by month ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """What a month holds: a class for its look, what stands in it, and what it says."""

    kind: str
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows by months."""

    months: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Cell, ...]], ...]


def grid_measures(dossier: Dossier, labels: Labels, words: PageWords) -> Grid:
    """Return by month what was said of each measure that papers speak of; the row's class is its status."""
    months = tuple(dict.fromkeys(month.month for month in dossier.coverage.months))
    rows = []
    for measure in dossier.measures:
        said: dict[str, list[str]] = defaultdict(list)
        for mention in measure.mentions:
            said[mention.date[:7]].append(mention.evidence)
        if said:
            cells = tuple(_measure_cell(month, said.get(month, ()), measure.name, words) for month in months)
            state = words.words["state"].format(name=measure.name, state=labels.measure_states[measure.status])
            rows.append((state, measure.status, cells))
    return Grid(months, tuple(rows))


def _measure_cell(month: str, said: Sequence[str], name: str, table: PageWords) -> Cell:
    kind = next((one for one in _ORDER if one in said), "")
    counts, words = Counter(said), table.words
    parts = [words["evidence"].format(word=table.evidence[one], count=counts[one]) for one in _ORDER if counts[one]]
    told = words["comma"].join(parts)
    return Cell(kind, "", words["said"].format(month=month, name=name, told=told) if told else "")


def grid_coverage(coverage: Coverage, names: Mapping[Party, str]) -> Grid:
    """Return how many papers of whom each month holds; `hole` where a team's seem to be missing."""
    months = tuple(dict.fromkeys(month.month for month in coverage.months))
    by_key = {(one.party, one.month): one for one in coverage.months}
    parties: tuple[Party, ...] = ("A", "B", "AB", "X")
    rows = tuple(
        (
            names[party],
            party,
            tuple(_coverage_cell(by_key.get((party, month)), month, party, coverage) for month in months),
        )
        for party in parties
        if any(one.party == party for one in coverage.months)
    )
    return Grid(months, rows)


def _coverage_cell(count: Month | None, month: str, party: Party, coverage: Coverage) -> Cell:
    hole = any(one.party == party and one.start[:7] <= month <= one.end[:7] for one in coverage.silences)
    read, unseen = (count.read, count.unseen) if count else (0, 0)
    text = (str(read) if read else "") + (f"+{unseen}" if unseen else "")
    return Cell("hole" if hole and not read else "some" if read else "none", text, "")
