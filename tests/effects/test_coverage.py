"""What the folder lacks accuses nobody: papers taken out, replies turned into scans, other dossiers beside."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from cases import Case
from comparing import statuses
from test_documents import answering

from coordnlp.records import Document, Dossier, Life, Side, Skipped
from coordnlp.stages.ingest.skips import skip_file

_QUARTER = dt.timedelta(days=91)
_OPEN = ("unanswered", "acknowledged", "partial")


def _lives(dossier: Dossier) -> dict[str, Life]:
    return {life.request: life for life in dossier.lives}


def _touched(dossier: Dossier, documents: set[str]) -> set[str]:
    """Return the requests that something in these documents happened to, and that were not asked in them."""
    source = {request.id: request.document for request in dossier.requests}
    return {e.request for e in dossier.events if e.document in documents and source[e.request] not in documents}


def _fullest_quarter(dossier: Dossier, side: Side) -> set[str]:
    """Return the papers of a side in the 91 days, neither the first nor the last, in which it wrote most."""
    own = sorted((dt.date.fromisoformat(h.date), h.id) for h in dossier.headers if h.sender == side and h.date)
    quarters = [{id for day, id in own if start < day <= start + _QUARTER} for start, _ in own[:-1]]
    return max((one for one in quarters if own[-1][1] not in one), key=len)


@pytest.mark.parametrize("side", ["A", "B"])
def test_three_months_of_one_party_taken_out_accuse_nobody(case: Case, side: Side):
    before = case.before
    gone = _fullest_quarter(before, side)
    files = {header.file for header in before.headers if header.id in gone}
    after = case.run([one for one in case.read if one.file not in files and _parent(one) not in files])
    lives = _lives(after)
    owing = {request.id for request in after.requests if request.responsible == side}
    opened = [
        lives[request]
        for request in _touched(before, gone) & owing
        if lives[request].status in _OPEN and lives[request].verdict != "pending"
    ]
    assert len(gone) >= 2
    assert [life.why for life in opened if life.verdict == "gap"] == []


def _parent(one: Document | Skipped) -> str:
    return one.parent if isinstance(one, Document) else ""


def test_a_reply_that_is_only_a_scan_leaves_its_requests_undecided(case: Case):
    told, named = 0, 0
    for reply in answering(case.before):
        file = next(header.file for header in case.before.headers if header.id == reply)
        scan = skip_file(f"{file.rpartition('.')[0]}.pdf", "no_text", "扫描件")
        lives = _lives(case.run([*(one for one in case.read if one.file != file), scan]))
        for request in _touched(case.before, {reply}):
            life = lives.get(request)
            if life and life.status == "unanswered" and life.verdict != "pending":
                assert life.verdict == "cannot_tell"
                told += 1
                named += scan.file in life.why
    assert told >= 1
    # Not where another paper is the likelier answer, or a later urge shows that the scan was none.
    assert named / told >= 0.5


def test_another_pairs_dossier_beside_crosses_no_link(cases: dict[str, Case]):
    """The papers of two strangers are read with the teams of the first: none of theirs answers, asks or is a gap."""
    case, other = cases["example"], cases["institute-factory"]
    strangers = [replace(one, file=f"别家/{one.file}") for one in other.read]
    after = case.run([*case.read, *strangers])
    theirs = {header.id for header in after.headers if header.file.startswith("别家/")}
    assert {request.document for request in after.requests} & theirs == set()
    assert {event.document for event in after.events} & theirs == set()
    # Words are weighed by their rarity among all the papers read, so that a link near the threshold may go, and with it
    # what told a request from one told again.
    before = {request.id for request in case.before.requests}
    assert len({request.id for request in after.requests} ^ before) <= 1
    now = statuses(after)
    same = [id in now and now[id][0] == status for id, (status, _) in statuses(case.before).items()]
    assert sum(same) / len(same) >= 0.9
