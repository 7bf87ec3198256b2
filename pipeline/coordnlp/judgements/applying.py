"""Lets the last word on each row hold: in requests and lives before the rows are made, in the rows after.

Everything here is a function from records to records; `run.py` makes the rows in between.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coordnlp.judgements.fitting import attach
from coordnlp.judgements.merging import follow_merges
from coordnlp.judgements.showing import show_rows
from coordnlp.judgements.table import ReviewWords
from coordnlp.records import Dossier, Due, Event, Gap, Header, Judged, Judgement, Life, Outcome, Party, Request

_TOLD = {"confirmed": "确认", "mistaken": "认定误报", "resolved": "认定已解决", "deferred": "暂缓", "merged": "合并"}


@dataclass(frozen=True, slots=True)
class Rulings:
    """The judgements that hold in a run, settled against the rows that there may be.

    Attributes:
        rows: Every row that there is or, where only doubt keeps it from the dashboard, may be; by id.
        words: The last word on each of them.
        targets: For rows that were joined into others, the row that each ends up in.
        conflicts: What could not be obeyed, in Chinese, a line each.
    """

    rows: Mapping[str, Gap]
    words: Mapping[str, Judgement]
    targets: Mapping[str, str]
    conflicts: tuple[str, ...]

    def outcome(self, id: str, dossier: Dossier) -> Outcome:
        """Return where a row with a word on it goes."""
        word = self.words[id]
        if word.decision == "merged" and id in self.targets:
            return "merged"
        if word.decision == "mistaken":
            return "hidden"
        if _names_an_answer(word, dossier):
            return "closed"
        if word.decision == "resolved" and not _came_back(word, self.rows[id], dossier):
            return "closed"
        return "deferred" if _waits(word, dossier) else "kept"

    def ruling(self, id: str, dossier: Dossier) -> Outcome:
        """Return what holds for the matter of a row: of a joined one, what was decided of the row that it is in."""
        end = self.targets.get(id, id)
        return self.outcome(end, dossier) if end in self.words else "kept"


def settle_rulings(
    judgements: Sequence[Judgement], possible: Sequence[Gap], dossier: Dossier, words: ReviewWords
) -> Rulings:
    """Find the row of every judgement, and what stands against each other.

    Args:
        judgements: Oldest first.
        possible: Rows that there are, and those that only doubt keeps from the dashboard.
    """
    rows = {gap.id: gap for gap in possible}
    shown = list(show_rows(possible, dossier))
    attached = attach(judgements, shown, words.fit)
    targets, circles = follow_merges(attached.words, shown, words.fit)
    unknown = [
        line for id, word in sorted(attached.words.items()) for line in _not_understood(id, word, dossier, words)
    ]
    return Rulings(rows, attached.words, targets, (*attached.conflicts, *circles, *unknown))


def _not_understood(id: str, word: Judgement, dossier: Dossier, words: ReviewWords) -> Iterator[str]:
    if word.decision == "none" and word.review.verdict:
        offers = "、".join(words.offers("zh"))
        yield f"{id}：复核结论“{word.review.verdict}”没有认出，照留，不起作用；可以填：{offers}（合并到后面写编号）"
    if word.answer and not _names_an_answer(word, dossier):
        yield f"{id}：复核说明里的答复文件“{word.answer}”在卷宗里没有找到，或不止一份，没有按已答复处理"


def correct_records(dossier: Dossier, rulings: Rulings) -> Dossier:
    """Return the dossier with requests, events and lives as people have judged them; its rows are to be made anew."""
    requests = {request.id: request for request in dossier.requests}
    lives = {life.request: life for life in dossier.lives}
    events = list(dossier.events)
    headers = {header.id: header for header in dossier.headers}
    for id, word in sorted(rulings.words.items()):
        gap = rulings.rows[id]
        if gap.request not in requests:
            continue
        request = requests[gap.request] = _corrected(requests[gap.request], word)
        life = _redated(lives[request.id], word, dossier.as_of)
        if _names_an_answer(word, dossier):
            events.append(_answer(request, word, dossier, headers[word.answer_document]))
            life = replace(life, status="answered")
        lives[request.id] = _ruled(life, id, gap, rulings, dossier)
    return replace(
        dossier,
        requests=tuple(requests[one.id] for one in dossier.requests),
        events=tuple(events),
        lives=tuple(lives[one.request] for one in dossier.lives),
    )


def _corrected(request: Request, word: Judgement) -> Request:
    if word.responsible:
        request = _with_responsible(request, word.responsible)
    if word.due:
        written = request.due.written if request.due else ""
        request = replace(request, due=Due(written, word.due, "复核改定"))
    return request


def _with_responsible(request: Request, party: Party) -> Request:
    """Return the request with another party that must act; who asks is then the other one."""
    others: Mapping[Party, Party] = {"A": "B", "B": "A"}
    second = request.asked if request.kind == "commitment" else request.asker
    second = others.get(party, second) if second == party else second
    return (
        replace(request, asker=party, asked=second)
        if request.kind == "commitment"
        else replace(request, asker=second, asked=party)
    )


def _redated(life: Life, word: Judgement, as_of: str) -> Life:
    """Return the life under a due date that people have set."""
    if not word.due:
        return life
    days = (dt.date.fromisoformat(as_of) - dt.date.fromisoformat(word.due)).days
    is_open = life.status in ("partial", "acknowledged", "unanswered")
    life = replace(life, due_effective="", overdue=is_open and days > 0, days_overdue=max(0, days) if is_open else 0)
    if life.verdict == "gap" and days <= 0:
        return replace(life, verdict="pending", why=f"{_who(word)}改定时限 {word.due}，还没有到")
    return replace(life, why=f"{life.why}；{_who(word)}改定时限 {word.due}")


def _answer(request: Request, word: Judgement, dossier: Dossier, header: Header) -> Event:
    """Return the event that a paper named by a reviewer makes: the paper's first words stand for it."""
    own = [passage for passage in dossier.passages if passage.document == header.id and passage.zone == "body"]
    first = min(own, key=lambda passage: passage.start, default=None)
    start, end = (first.start, first.end) if first else header.body
    return Event(
        request=request.id,
        type="answer",
        document=header.id,
        passage=first.id if first else "",
        start=start,
        end=end,
        date=header.date,
        score=1.0,
        reasons=(f"{_who(word)}指明这份文书就是答复",),
    )


def _ruled(life: Life, id: str, gap: Gap, rulings: Rulings, dossier: Dossier) -> Life:
    word, end = rulings.words[id], rulings.targets.get(id, "")
    told = _tell(word, end)
    match rulings.ruling(id, dossier):
        case "hidden" | "closed":
            return replace(life, verdict="closed", overdue=False, days_overdue=0, why=told)
        case "deferred" if life.verdict != "pending":
            return replace(life, verdict="pending", why=told)
        case "kept" if word.decision == "confirmed" and word.shown.type in ("", gap.type):
            why = f"{life.why}；{told}" if life.verdict == "gap" else f"{told}；程序另有疑问：{life.why}"
            return replace(life, verdict="gap", confidence=1.0, reasons=(told,), why=why)
        case _:
            return life


def decide_rows(dossier: Dossier, rulings: Rulings) -> Dossier:
    """Return the dossier with the rows that are left, joined where people joined them, and with what was judged."""
    outcomes = {id: rulings.outcome(id, dossier) for id in rulings.words}
    rows = {gap.id: _as_judged(gap, rulings, dossier) for gap in dossier.gaps}
    gone = {id for id in rulings.words if rulings.ruling(id, dossier) != "kept" or rulings.targets.get(id) in rows}
    kept = {id: gap for id, gap in rows.items() if id not in gone}
    for id, end in sorted(rulings.targets.items()):
        if end in kept:
            kept[end] = _joined(kept[end], rulings.rows[id])
    judged = (
        Judged(_with_corrections(rulings.rows[id], word), word, "kept" if id in kept else outcomes[id])
        for id, word in rulings.words.items()
        if id in kept or outcomes[id] != "kept"
    )
    return replace(
        dossier,
        gaps=tuple(sorted(kept.values(), key=lambda gap: gap.rank)),
        judged=tuple(sorted(judged, key=lambda one: one.gap.rank)),
        conflicts=rulings.conflicts,
    )


def _as_judged(gap: Gap, rulings: Rulings, dossier: Dossier) -> Gap:
    """Return a row with what was corrected or confirmed; what a request tells of itself is in its records already."""
    word = rulings.words.get(gap.id)
    if word is None:
        return gap
    if not gap.request:
        gap = _with_corrections(gap, word)
        if word.due:
            days = (dt.date.fromisoformat(dossier.as_of) - dt.date.fromisoformat(word.due)).days
            gap = replace(gap, days_overdue=max(0, days))
        if word.decision == "confirmed":
            gap = replace(gap, confidence=1.0, why=f"{_tell(word)}；{gap.why}")
    if word.decision == "deferred" and word.until:
        gap = replace(gap, why=f"{_tell(word)}，已经到期；{gap.why}")
    return gap


def _with_corrections(gap: Gap, word: Judgement) -> Gap:
    return replace(gap, responsible=word.responsible or gap.responsible, due=word.due or gap.due)


def _joined(gap: Gap, other: Gap) -> Gap:
    more = tuple(quote for quote in other.quotes if quote not in gap.quotes)
    return replace(gap, quotes=(*gap.quotes, *more), why=f"{gap.why}；复核时并入了 {other.id}：{other.summary}")


def _names_an_answer(word: Judgement, dossier: Dossier) -> bool:
    return bool(word.answer_document) and any(header.id == word.answer_document for header in dossier.headers)


def _waits(word: Judgement, dossier: Dossier) -> bool:
    """Return whether a row is put off: by a verdict whose day has not come, or by a new due date."""
    is_put_off = word.decision == "deferred" and (not word.until or word.until > dossier.as_of)
    return is_put_off or word.due >= dossier.as_of


def _came_back(word: Judgement, gap: Gap, dossier: Dossier) -> bool:
    """Return whether a disagreement that people called settled showed again after their word."""
    issue = next((one for one in dossier.issues if one.id == gap.issue), None)
    return word.decision == "resolved" and issue is not None and issue.occasions[-1].date > word.day


def _who(word: Judgement) -> str:
    return f"复核（{word.review.by or '未署名'}，{word.day}）"


def _tell(word: Judgement, end: str = "") -> str:
    """Say who decided what on which day, with the reviewer's note."""
    decided = _TOLD.get(word.decision) or (f"改定时限 {word.due}" if word.due else "")
    if word.answer and word.answer_document:
        decided = f"{decided}，已由 {word.answer} 答复" if decided else f"指明已由 {word.answer} 答复"
    into = f"到 {end}" if end else ""
    until = f"至 {word.until}" if word.until else ""
    note = f"：{word.review.note}" if word.review.note else ""
    return f"{_who(word)}{decided}{into}{until}{note}"
