"""What stands around a date and makes it a deadline, or keeps it from being one."""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass

from coordnlp.dates.grammar import GAP, cn
from coordnlp.dates.lexicon import either, words

FIRM, MIDDLING, WEAK = 3, 2, 1
# A rhythm that stands so many characters before its day, 每月于5日, is the rhythm of that day.
_AT_ONCE = 2
# 均于3月5日前报局: behind a day, this makes it a deadline.
_BY = re.compile(r"\s*(?:之|以)?前")
_CLAUSE_END = re.compile(r"[,，。;；!！?？\n]")
# Characters looked at on either side, so that a page without a full stop costs no more than a sentence.
_REACH = 160
_SENTENCE_END = re.compile(r"[。!！?？\n]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible deadline at `[start, end)`; `date` is None if no day follows from the words.

    `strength`: 3 has a deadline form, 2 names the end of a period, 1 only a time to do it in.
    """

    start: int
    end: int
    date: datetime.date | None
    strength: int
    note: str


@dataclass(frozen=True, slots=True)
class Around:
    """The clause before and after an expression, the clause that follows, and the sentence so far.

    `title` is true inside 《》, where a deadline is quoted, not set.
    """

    before: str
    after: str
    next_clause: str
    sentence: str
    title: bool


@dataclass(frozen=True, slots=True)
class Forms:
    """Patterns of the table. Those that are searched in `Around.before` end at its end."""

    after: re.Pattern[str]
    after_period: re.Pattern[str]
    after_meeting: re.Pattern[str]
    clock: re.Pattern[str]
    about: re.Pattern[str]
    marker: re.Pattern[str]
    moved: re.Pattern[str]
    beyond: re.Pattern[str]
    label: re.Pattern[str]
    weak: re.Pattern[str]
    finish: re.Pattern[str]
    handing: re.Pattern[str]
    begin: re.Pattern[str]
    whether: re.Pattern[str]
    handed: re.Pattern[str]
    object_before: re.Pattern[str]
    object_after: re.Pattern[str]
    event_before: re.Pattern[str]
    within: re.Pattern[str]
    done: re.Pattern[str]
    balance: re.Pattern[str]
    closing: re.Pattern[str]
    asking: re.Pattern[str]
    asking_before: re.Pattern[str]
    day_before: re.Pattern[str]
    look_back: re.Pattern[str]
    on_the_day: re.Pattern[str]
    looks_back: re.Pattern[str]
    retold: re.Pattern[str]
    recurring: re.Pattern[str]
    henceforth: re.Pattern[str]
    whenever: re.Pattern[str]
    each: re.Pattern[str]
    since: re.Pattern[str]
    from_then_on: re.Pattern[str]
    pleads: re.Pattern[str]


@functools.cache
def forms() -> Forms:
    """Compose the patterns from the table; done once."""
    deadline, objects, back, guard = words().deadline, words().objects, words().look_back, words().not_before
    clock = (
        rf"(?:{GAP}(?:\([^()\n]{{1,8}}\)|{either(words().clock.words)}"
        rf"|(?:\d{{1,2}}|[{cn()}]{{1,3}})(?:[点时]半?(?:\d{{1,2}}分)?|:\d\d)))*{GAP}"
    )
    finish = f"{either(deadline.finish)}(?!了|过|的)"
    sources = {
        "after": rf"{clock}(?!{not_before()})(?:{either(deadline.after)}|{either(deadline.term)}(?![\d{cn()}半]))",
        "after_period": f"{clock}(?!{not_before()}|{either(guard.periods)}){either(deadline.after)}",
        "after_meeting": (
            rf"{clock}[^,，。;；的前]{{0,6}}?{either(deadline.meetings)}{either(deadline.held)}?(?:之|以)?"
            f"(?!{not_before()}|{either(guard.periods)})前"
        ),
        "clock": clock,
        "about": f"{clock}(?P<about>{either(guard.about)})",
        "marker": f"(?P<marker>{either((*deadline.before, *deadline.moved))}){either(deadline.joints)}?{GAP}$",
        "moved": f"{either(deadline.moved)}$",
        "beyond": f"{clock}{either(deadline.beyond)}",
        "label": rf"{either(deadline.labels)}[:均都为是定在于到|\s]{{0,4}}$",
        "weak": f"{either(deadline.weak)}[于在]?{GAP}$",
        "finish": finish,
        "handing": rf"{finish}|[把将][^,，。;；]{{1,14}}(?:报|交|送|发|给|传)",
        "begin": f"{either(deadline.begin)}(?!了|过|的)",
        "whether": (
            f"[^,，。]{{0,6}}?{either(deadline.whether)}"
            f"|[^,，。]{{0,4}}?{either(deadline.able)}[^,，。]*{either(deadline.unsure)}$"
        ),
        "handed": "[将把]",
        "object_before": f"{either(objects.before)}{GAP}$",
        "object_after": either(objects.after),
        "event_before": f"{either(objects.events)}{GAP}$",
        "within": either(objects.within),
        "done": either(objects.done),
        "balance": either(deadline.balance),
        "closing": either(deadline.closing),
        "asking": either(deadline.asking),
        "asking_before": f"(?:^|{either(deadline.asking)}|[、:(]){GAP}$",
        "day_before": f"(?:^|{either((*deadline.asking, *deadline.before))}|[、:({deadline.parties}]){GAP}$",
        "look_back": f"{either(back.before)}{GAP}$",
        "on_the_day": f"{either(back.before_a_day)}{GAP}$",
        "looks_back": either(back.anywhere),
        "retold": rf"\d日[^。;；]{{0,40}}{either(back.retold)}",
        "recurring": either(deadline.recurring),
        "henceforth": either(deadline.henceforth),
        "whenever": either(deadline.whenever),
        "each": either(deadline.each),
        "since": f"{either(deadline.since)}{GAP}$",
        "from_then_on": f"{clock}{either(deadline.from_then_on)}",
        "pleads": either(deadline.pleads),
    }
    return Forms(**{name: re.compile(source) for name, source in sources.items()})


@functools.cache
def not_before() -> str:
    """Return the pattern of words in which 前, 内, 止 after a day are no deadline."""
    guard = words().not_before
    return f"(?:{either(guard.days)}|(?!{either(guard.inside)}){either(guard.inner)})"


def around(folded: str, start: int, end: int) -> Around:
    """Return what stands around `[start, end)`, up to the borders of clause and sentence."""
    sentence = _SENTENCE_END.split(folded[max(0, start - _REACH) : start])[-1]
    pieces = _CLAUSE_END.split(folded[end : end + _REACH], maxsplit=2)
    return Around(
        before=_CLAUSE_END.split(sentence)[-1],
        after=pieces[0],
        next_clause=pieces[1] if len(pieces) > 1 else "",
        sentence=sentence,
        title=sentence.count("《") > sentence.count("》"),
    )


def clauses_of(sentence: str) -> list[str]:
    """Return the clauses of a sentence, without the marks between them."""
    return _CLAUSE_END.split(sentence)


def belongs_elsewhere(place: Around) -> bool:
    """Tell whether the words before say that the time is a thing's, a rhythm's, a title's or the past's."""
    form = forms()
    return (
        place.title
        or form.object_before.search(place.before) is not None
        or form.look_back.search(place.before) is not None
        or (form.on_the_day.search(place.before) is not None and not _BY.match(place.after))
        or is_rhythm(place.before)
    )


def is_rhythm(before: str) -> bool:
    """Tell 每月于5日前报送 from 请将每日的数据于5月20日前报送, where the rhythm is a matter of what is handed over."""
    form = forms()
    said = list(form.recurring.finditer(before))
    if not said:
        return False
    rest = before[said[-1].end() :]
    of_an_object = form.handed.search(before[: said[-1].start()]) is not None and len(rest.strip()) > _AT_ONCE
    return not of_an_object and form.pleads.search(rest) is None


def is_standing(sentence: str) -> bool:
    """Tell whether a sentence so far speaks of all occasions to come: 今后凡停水检修的，望于24小时内告知.

    Of 今后如何告知，请于10日内答复 only the answer is asked for, and once.
    """
    form = forms()
    if begins := form.henceforth.search(sentence):
        rest = sentence[begins.end() :]
        return form.whenever.search(rest) is not None or form.pleads.search(rest) is None
    each = form.each.search(sentence)
    return each is not None and form.pleads.search(sentence, each.end()) is None
