"""Features that stages share: nearness of topic and meaning, citations, circulation of papers, probabilities, ranks."""

from coordnlp.features.circulation import is_foreign, is_internal, is_to_the_other
from coordnlp.features.citations import Citations, Cites
from coordnlp.features.cosines import Cosines
from coordnlp.features.odds import even_odds, log_odds, scaled_odds
from coordnlp.features.ranks import share_of_best
from coordnlp.features.similarity import Encoder, Similarity
from coordnlp.features.topics import Topics, topic_features

__all__ = [
    "Citations",
    "Cites",
    "Cosines",
    "Encoder",
    "Similarity",
    "Topics",
    "even_odds",
    "is_foreign",
    "is_internal",
    "is_to_the_other",
    "log_odds",
    "scaled_odds",
    "share_of_best",
    "topic_features",
]
