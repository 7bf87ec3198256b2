"""The weights of measure status: `requests/measures.toml` of the models."""

from __future__ import annotations

from collections.abc import Mapping

from coordnlp.records import MeasureState
from coordnlp.stages.measures.features import FEATURES
from coordnlp.tables import Table
from coordnlp.weights import Weights, load_weights, share_out


class StatusWeights(Weights):
    """How much each feature speaks for one status, and how usual it is for each measure (0.0 for unknown ones)."""

    features = FEATURES

    measure: dict[str, float]


class StatusTable(Table):
    """A multinomial logistic scorer of the status of a measure."""

    source: str
    status: dict[MeasureState, StatusWeights]

    def probabilities(self, code: str, values: Mapping[str, float]) -> dict[MeasureState, float]:
        """Return how likely each status is for a measure with these features; they add up to 1."""
        return share_out(
            {status: one.total(values) + one.measure.get(code, 0.0) for status, one in self.status.items()}
        )


def load_status_table() -> StatusTable:
    """Load the weights of measure status that ship."""
    return load_weights("measures", StatusTable)
