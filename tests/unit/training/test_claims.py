"""How sure claims must be that a request is open, chosen on left-out dossiers."""

from __future__ import annotations

from coordnlp.records import RequestStatus
from coordnlp.stages.lives.features import FEATURES
from coordnlp.training.claims import Sample, choose_thresholds

SCORES = [at / 100 for at in range(40, 100)]


def claim(status: RequestStatus, *, urged: bool = False) -> Sample:
    return Sample(tuple(float(name == "was_urged" and urged) for name in FEATURES), status, True)


def test_that_nothing_came_must_be_surer_and_surest_where_the_asker_has_not_said_so() -> None:
    kinds = [claim("acknowledged"), claim("unanswered"), claim("unanswered", urged=True)]
    found = choose_thresholds([(score, one) for score in SCORES for one in kinds])
    assert 0 < found["accusing"] < found["unprompted"]


def test_where_all_are_sure_nothing_more_is_asked() -> None:
    kinds = [claim("acknowledged"), claim("unanswered"), claim("unanswered", urged=True)]
    found = choose_thresholds([(0.97, one) for one in kinds])
    assert (found["accusing"], found["unprompted"]) == (0, 0)
