"""Features that stages share: how near two texts are in topic."""

from coordnlp.features.topics import Topics

__all__ = ["Topics"]
