"""Say why a file was left out, and what to do about it."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from coordnlp.records import Skipped, SkipReason
from coordnlp.scripts import simplify
from coordnlp.stages.ingest.file_names import guess_date, guess_number
from coordnlp.tables import Table, load_table


class Advice(Table):
    """What to do with files of some suffixes, in lower case with the dot."""

    suffixes: tuple[str, ...]
    detail: str


class SkippedTable(Table):
    """`lexicons/skipped.toml`."""

    fallback: str
    source: str
    advice: tuple[Advice, ...]


@cache
def _advice() -> tuple[str, dict[str, str]]:
    table = load_table("skipped", SkippedTable)
    return table.fallback, {suffix: row.detail for row in table.advice for suffix in row.suffixes}


def advise(suffix: str) -> str:
    """Return what to do with a file of this suffix, such as `.doc`."""
    fallback, details = _advice()
    return details.get(suffix.lower(), fallback)


def skip_file(file: str, reason: SkipReason, detail: str, *, date: str = "") -> Skipped:
    """Return the record of a skipped file, with number and date guessed from its name.

    Args:
        file: Path relative to the dossier.
        date: ISO date to take when the name shows none, such as that of the mail around an attachment.
    """
    name = PurePosixPath(file).name
    return Skipped(file, reason, detail, guess_number(simplify(name)), guess_date(file) or date)
