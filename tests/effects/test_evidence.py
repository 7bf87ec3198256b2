"""Nothing is told without words that show it, or, for what is absent, what the folder covers."""

from __future__ import annotations

from cases import Case


def test_every_row_rests_on_words_of_the_papers(case: Case):
    texts = {header.id: header.file for header in case.before.headers}
    documents = {document.file: document.text for document in case.before.documents}
    assert case.before.gaps
    for gap in case.before.gaps:
        assert gap.quotes, gap
        for quote in gap.quotes:
            assert documents[texts[quote.document]][quote.start : quote.end].strip()
        assert gap.why
        assert 0 < gap.confidence <= 1


def test_every_measure_that_is_told_has_words_and_the_others_have_none(case: Case):
    for measure in case.before.measures:
        assert bool(measure.mentions) == (measure.status not in ("unseen", "cannot_tell")), measure.code
        assert measure.reasons or not measure.mentions


def test_every_indicator_says_what_it_counted(case: Case):
    assert case.before.indicators
    for one in case.before.indicators:
        assert one.words
        assert one.cases >= 0
        assert one.measures
        assert one.value is None or one.quotes or one.code in ("answered_share", "items_kept", "principals_present"), (
            one
        )
