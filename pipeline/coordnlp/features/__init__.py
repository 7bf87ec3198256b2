"""Features that stages share: how near two texts are in topic, and probabilities as features."""

from coordnlp.features.odds import scaled_odds
from coordnlp.features.topics import Topics, topic_features

__all__ = ["Topics", "scaled_odds", "topic_features"]
