"""Fit the weights by which a sentence is taken for an ask (`requests/asks.toml`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordnlp.names import load_voices
from coordnlp.stages.asks.candidates import list_candidates
from coordnlp.stages.asks.features import evaluate
from coordnlp.stages.asks.table import AskTable
from coordnlp.training.dossiers import Annotated, overlaps

Sample = tuple[dict[str, float], bool]
"""Features of a candidate sentence, and whether gold has an ask there."""


def list_samples(dossier: Annotated) -> Iterator[Sample]:
    """Yield the candidate sentences of a dossier: positive where a gold item or a retelling of one overlaps them."""
    quotes = [(one.file, one.quote) for item in dossier.gold.requests for one in (item, *item.also)]
    for one in dossier.parsed:
        for candidate in list_candidates(one, dossier.annotations, dossier.names, load_voices()):
            text = candidate.sentence.text
            yield (
                evaluate(candidate.sentence),
                any(file == one.header.file and overlaps(quote, text) for file, quote in quotes),
            )


# A point under 为此，商请贵方： and a row of a table of agreed tasks ask whatever their words; the material holds too
# few to learn it from (13 of 13 such rows are items).
_BY_HAND = {"列在请求之下的条目": 6.0, "双方议定表格里的事项": 6.0}


def fit_ask_samples(samples: Sequence[Sample], source: str) -> AskTable:
    """Fit a logistic regression on candidate sentences; its threshold is 0.5."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    told = [{name: value for name, value in values.items() if name not in _BY_HAND} for values, _ in samples]
    features = vectorizer.fit_transform(told)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(features, [positive for _, positive in samples])
    fitted = zip(map(str, vectorizer.get_feature_names_out()), model.coef_[0], strict=True)
    weights = {name: round(float(weight), 2) for name, weight in fitted} | _BY_HAND
    return AskTable(
        source=source,
        bias=round(float(model.intercept_[0]), 2),
        threshold=0.5,
        weight=dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))),
    )
