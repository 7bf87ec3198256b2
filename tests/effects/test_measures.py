"""What is taken out of a folder changes the measures that it tells of, and no others."""

from __future__ import annotations

import datetime as dt

import pytest
from cases import ROOT, Case

from coordnlp.gold.records import load_gold
from coordnlp.records import Document, Dossier, Indicator, Skipped
from coordnlp.stages.ingest import read_dossier
from coordnlp.teams import load_teams

# By the rhythm that their minutes agree on: the last day of the first period left without a meeting.
AGREED = {"mine-township": "2024-10-31", "school-park": "2024-07-31", "port-customs": "2023-09-30"}


@pytest.fixture(scope="module", params=sorted(AGREED))
def agreed(request: pytest.FixtureRequest, nlp) -> Case:  # type: ignore[no-untyped-def]
    folder = ROOT / "models/training" / request.param
    day = dt.date.fromisoformat(load_gold(folder).as_of)
    corpus = folder / "corpus"
    return Case(request.param, corpus, day, tuple(read_dossier(corpus)), load_teams(corpus / "teams.toml"), nlp)


def indicator(dossier: Dossier, code: str, party: str | None = None) -> Indicator | None:
    return next((one for one in dossier.indicators if (one.code, one.party) == (code, party)), None)


def without(case: Case, files: set[str]) -> Dossier:
    return case.run([one for one in case.read if _outermost(one) not in files])


def _outermost(one: Document | Skipped) -> str:
    return one.parent if isinstance(one, Document) and one.parent else one.file


def test_meetings_of_the_second_half_taken_out_are_a_lapse_from_the_first_period_on(agreed: Case):
    before = agreed.before
    dates = sorted(header.date for header in before.headers if header.date)
    half = dates[len(dates) // 2]
    meetings = {h.file for h in before.headers if h.date >= half and h.kind in ("minutes", "transcript")}
    after = without(agreed, meetings)
    rhythm = indicator(after, "meeting_rhythm")
    status = {one.code: one.status for one in after.measures}
    assert rhythm is not None
    assert rhythm.lapsed_since == AGREED[agreed.name]
    assert status["regular_meetings"] == "lapsed"


def test_a_letter_that_names_a_contact_taken_out_changes_the_contact_and_not_who_met_when(agreed: Case):
    before = agreed.before
    found = [one for side in "AB" if (one := indicator(before, "liaison_changes", side))]
    documents = {header.id: header for header in before.headers}
    letters = [q.document for one in found for q in one.quotes if documents[q.document].kind in ("letter", "reply")]
    for document in letters[:1]:
        after = without(agreed, {documents[document].file})
        changed = [one for side in "AB" if (one := indicator(after, "liaison_changes", side))]
        assert changed != found
        for code, party in (("meeting_rhythm", None), ("principals_present", "A"), ("principals_present", "B")):
            assert indicator(after, code, party) == indicator(before, code, party)
