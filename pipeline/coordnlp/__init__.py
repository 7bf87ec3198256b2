"""Coordination gaps between two leadership teams, read from their minutes and letters."""

__version__ = "0.1.0"
