"""A reply taken out opens what only it had answered; a paper about other things changes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cases import Case
from comparing import MOST, SCORES, apart_from, decided, differences, kept, only, rows, statuses, without

from coordnlp.records import Dossier
from coordnlp.stages.ingest import read_dossier
from coordnlp.stages.lives import status_of

_NOTICE = """\
丹枫县图书馆

关于书库搬迁期间停止借阅的通知

本馆各部室：

因书库屋面翻修，少儿阅览室的图书自下月起分批装箱。请流通部备好编目卡片，由保管员逐箱贴签。

丹枫县图书馆
{date}
"""
# So many of the documents that answered something are taken out, one at a time, spread over the dossier.
_REPLIES = 5
# With every text the words weigh a little otherwise. Of 40 issues of six dossiers 38 stayed as they were, ids included;
# the least was 6 of 8.
_SAME_ISSUES = 0.6


def test_unrelated_notice_changes_nothing(case: Case, tmp_path: Path):
    day = case.as_of - dt.timedelta(days=90)
    text = _NOTICE.format(date=f"{day.year}年{day.month}月{day.day}日")
    (tmp_path / "图书馆通知.txt").write_text(text, "utf-8")
    after = case.run([*case.read, *read_dossier(tmp_path)])
    notice = next(header for header in after.headers if header.file == "图书馆通知.txt")
    assert notice.sender == "X"
    others = apart_from(rows(after), after, notice.id)
    before, after_ = decided(without(rows(case.before), *SCORES)), decided(without(others, *SCORES))
    assert kept(before, after_) >= MOST
    assert kept(only(before, "issue"), only(after_, "issue")) >= _SAME_ISSUES
    stated = "document", "passage"
    assert differences(only(before, *stated), only(after_, *stated)) == []


def answering(dossier: Dossier) -> list[str]:
    """Return documents that answered something, by id, in even steps from the first to the last."""
    carriers = {event.document for event in dossier.events if event.type == "answer"}
    found = [header.id for header in dossier.headers if header.id in carriers]
    return found[:: max(1, len(found) // _REPLIES)][:_REPLIES]


def _without_reply(case: Case, reply: str) -> tuple[list[bool], list[bool]]:
    """Return whether each request that a reply had touched, and each other one, fared as it should without it."""
    before = case.before
    file = next(header.file for header in before.headers if header.id == reply)
    found = statuses(case.run([one for one in case.read if one.file != file]))
    touched, others = [], []
    for request in before.requests:
        if request.document == reply:
            continue
        events = [event for event in before.events if event.request == request.id]
        left = [event for event in events if event.document != reply]
        status = found.get(request.id)
        if len(left) < len(events):
            touched.append(status is not None and status[0] == status_of(left))
        else:
            others.append(status == statuses(before)[request.id])
    return touched, others


def test_requests_open_without_the_reply_that_answered_them(case: Case):
    """Words are weighed by their rarity in the dossier, so that a link near the threshold may come or go with it.

    Of the requests that the removed documents had answered, 7 of 9 opened (example) and all (institute-factory); in the
    two others a passage that had stood in the second place took over.
    """
    results = [_without_reply(case, reply) for reply in answering(case.before)]
    touched = [one for found, _ in results for one in found]
    others = [one for _, found in results for one in found]
    assert len(results) >= 3
    assert sum(touched) / len(touched) >= 0.75
    assert sum(others) / len(others) >= 0.95


def test_reply_put_back_makes_all_as_before(case: Case):
    file = next(header.file for header in case.before.headers if header.id == answering(case.before)[0])
    reply = [one for one in case.read if one.file == file]
    assert case.run([*(one for one in case.read if one.file != file), *reply]) == case.before
