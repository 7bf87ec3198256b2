"""Finds the rows of earlier sheets in which people wrote and whose gap is gone."""

from __future__ import annotations

from collections.abc import Sequence, Set

from coordnlp.report.labels import Labels
from coordnlp.report.languages import own_titles
from coordnlp.report.old_sheets import OldRow, OldSheet


def find_gone(present: Set[tuple[str, str]], old: Sequence[OldRow], dossiers: Set[str]) -> list[OldRow]:
    """Return the reviewed rows that have no row any more, in order of dossier and id.

    A row counts for the dossier it names; without a name, or with one that is not part of this run (a renamed
    folder), its id decides.

    Args:
        present: Dossier and id of the new rows, and the ids under which people knew them.
        old: Rows of earlier sheets, last saved first.
        dossiers: Names of this run's dossiers.
    """
    ids = {id for _, id in present}
    gone: dict[tuple[str, str], OldRow] = {}
    for row in old:
        is_present = (row.dossier, row.id) in present if row.dossier in dossiers else row.id in ids
        if row.reviewed and not is_present:
            gone.setdefault((row.dossier, row.id), row)
    return [gone[key] for key in sorted(gone)]


def added_titles(sheets: Sequence[OldSheet], labels: Labels) -> list[str]:
    """Return the titles of columns that people added."""
    own = own_titles(labels)
    return list(dict.fromkeys(title for sheet in sheets for title in sheet.titles if title not in own))
