"""Which open requests nobody may be held to, since what would answer them may only not be in the folder."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from coordnlp.ids import normalise
from coordnlp.layout.lexicon import TRAILING_BRACKETS, find_numbers, load_document_words
from coordnlp.names import Names
from coordnlp.records import Coverage, Event, Parsed, ReportLanguage, Request, Silence, Teams, Unseen
from coordnlp.settings import Settings
from coordnlp.stages.coverage.table import CoverageWords, load_coverage_words
from coordnlp.stages.coverage.wording import load_doubt_words

_ONE_MATTER = ("letter", "reply", "petition", "notice")
# An answer mostly comes within so many days, and is called one.
_SOON = 60


def doubt_requests(
    requests: Sequence[Request],
    events: Sequence[Event],
    coverage: Coverage,
    parsed: Sequence[Parsed],
    *,
    names: Names,
    teams: Teams,
    settings: Settings,
    language: ReportLanguage = "zh",
) -> dict[str, str]:
    """Return by request id why the dossier does not allow to call it unanswered, in words that name the paper.

    An unseen paper may be the answer if the responsible party may have written it, it is not older than the request,
    no later urging shows that it was none, and its title does not tell of another matter. A stretch without any paper
    of the responsible party leaves open what would have been answered in it.
    """
    words, told = load_coverage_words(), load_doubt_words(language)
    documents = {one.header.id: one for one in parsed}
    found: dict[str, str] = {}
    for request in requests:
        mine = [event for event in events if event.request == request.id]
        one = documents[request.document]
        paper = _likeliest(request, mine, coverage.unseen, one, names, words)
        if paper:
            found[request.id] = told.paper(paper.kind, paper.name)
        elif silence := _covering(request, mine, coverage.silences, settings):
            found[request.id] = told.silence.format(
                party=teams.name(silence.party), start=silence.start, end=silence.end
            )
    return found


# --- unseen papers -------------------------------------------------------------------------------


def _likeliest(
    request: Request, events: Sequence[Event], unseen: Sequence[Unseen], one: Parsed, names: Names, words: CoverageWords
) -> Unseen | None:
    """Return the unseen paper that most likely answers a request, the earliest of equals; None if none can."""
    able = [paper for paper in unseen if _may_answer(paper, request, events)]
    rated = [(_fit(paper, one, request, names, words), _promise(paper, request, words), paper) for paper in able]
    possible = [rating for rating in rated if rating[0] > 0]
    return max(possible, key=lambda rating: rating[0] + rating[1])[2] if possible else None


def _promise(paper: Unseen, request: Request, words: CoverageWords) -> float:
    """Return what else speaks for a paper that fits: it is called a reply, it came soon."""
    called = words.reply * (load_document_words().kind_of_title(paper.title) == "reply")
    if not (paper.date and request.date):
        return called
    days = (dt.date.fromisoformat(paper.date) - dt.date.fromisoformat(request.date)).days
    return called + words.soon * (days <= _SOON)


def _may_answer(paper: Unseen, request: Request, events: Sequence[Event]) -> bool:
    if paper.party not in (None, "AB", request.responsible) and request.responsible != "AB":
        return False
    if not paper.date:
        return True
    urged = max((event.date for event in events if event.type == "urge"), default="")
    return paper.date >= max(request.date, urged)


def _fit(paper: Unseen, one: Parsed, request: Request, names: Names, words: CoverageWords) -> float:
    """Return how well a paper fits a request by its name, in [0, 1]: 0 for another matter, 0.5 where nothing tells."""
    cited = [number.normalised for number in find_numbers(paper.title) if number.normalised != paper.number]
    if cited and one.header.number:
        own = normalise(one.header.number)
        # In a title the words before a number cling to it: 关于青政函〔2024〕12号的复函.
        return 1.0 if any(normalise(number).endswith(own) for number in cited) else 0.0
    topic = _topic(paper.title, names, words)
    if not _tells_one_matter(paper.title, words) or len(topic) < words.least_topic:
        return 0.5
    matter = _topic(f"{one.header.title}\n{one.document.plain[request.start : request.end]}", names, words)
    share = len(topic & matter) / len(topic)
    if share >= words.clear:
        return 0.5 + share / 2
    return 0.0 if share < words.unlike else 0.25


def _tells_one_matter(title: str, words: CoverageWords) -> bool:
    """A letter, a notice or an agreement keeps to the matter of its title; minutes, chats and reports hold anything."""
    bare = TRAILING_BRACKETS.sub("", title)
    kind = load_document_words().kind_of_title(title)
    return "关于" in title or kind in _ONE_MATTER or bare.endswith(words.one_matter)


def _topic(text: str, names: Names, words: CoverageWords) -> set[str]:
    """Return the character pairs of a title that tell its matter: no numbers, dates, units and kinds of paper."""
    bare = text
    for mention in sorted(names.find(text), key=lambda mention: -mention.start):
        bare = f"{bare[: mention.start]} {bare[mention.end :]}"
    for number in sorted(find_numbers(bare), key=lambda number: -number.start):
        bare = f"{bare[: number.start]} {bare[number.end :]}"
    for word in words.stock.words:
        bare = bare.replace(word, " ")
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", bare)
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


# --- stretches -----------------------------------------------------------------------------------


def _covering(
    request: Request, events: Sequence[Event], silences: Sequence[Silence], settings: Settings
) -> Silence | None:
    """Return the stretch in which most of the time to answer a request lies.

    That time begins anew with whatever was last heard of the request, an urge or a reaction in any paper: it shows how
    things stood that day.
    """
    if not request.date:
        return None
    start = dt.date.fromisoformat(max([request.date, *(event.date for event in events)]))
    end = start + dt.timedelta(days=settings.waiting.answer_days)
    if request.due and request.due.date:
        end = max(end, dt.date.fromisoformat(request.due.date))
    for silence in silences:
        if silence.party == request.responsible and 2 * _overlap(start, end, silence) > (end - start).days:
            return silence
    return None


def _overlap(start: dt.date, end: dt.date, silence: Silence) -> int:
    first = max(start, dt.date.fromisoformat(silence.start))
    last = min(end, dt.date.fromisoformat(silence.end))
    return max(0, (last - first).days + 1)
