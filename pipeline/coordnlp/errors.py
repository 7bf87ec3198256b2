"""Trouble with the whole run. Each error knows its exit code and what the user can do next.

Trouble with one file is not an error but a `records.Skipped`; the run goes on.
"""

from __future__ import annotations

from typing import ClassVar


class CoordnlpError(Exception):
    """Something stopped the run.

    Args:
        message: What is wrong, in the user's language, one sentence.
        advice: What to do next, one sentence; may be empty.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class UsageError(CoordnlpError):
    """An option or argument cannot be used as given."""

    exit_code = 2


class NothingReadableError(CoordnlpError):
    """There is no corpus folder, or nothing in it could be read."""

    exit_code = 3


class TableError(CoordnlpError):
    """A lexicon, table or model of the program is missing or broken."""

    exit_code = 4


class ModelError(CoordnlpError):
    """A trained model is missing, damaged, or of another version."""

    exit_code = 4


class ConfigurationError(CoordnlpError):
    """A file that the user wrote, such as `teams.toml`, cannot be used."""

    exit_code = 5
