"""Features that stages share: how near two texts are in topic."""

from coordnlp.features.topics import Topics, topic_features

__all__ = ["Topics", "topic_features"]
