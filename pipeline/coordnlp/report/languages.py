"""What sheets of another language say, in the words of this run: titles of our columns, and cells that name a choice.

What people typed, and titles of columns that they added, stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from coordnlp.report.labels import Column, Labels, all_labels
from coordnlp.report.sheets import GAP_COLUMNS, REVIEW_COLUMNS

_COLUMNS: tuple[Column, ...] = ("marking", "dossier", *GAP_COLUMNS)


def own_titles(labels: Labels) -> frozenset[str]:
    """Return the titles of the columns that sheets with review columns have from us."""
    return frozenset(labels.titles(_COLUMNS))


def language_of(titles: Iterable[str], labels: Labels) -> Labels:
    """Return the labels that titles of review columns are in; those given where they are of no other language."""
    found = set(titles)
    return next((each for each in (labels, *all_labels()) if found & set(each.titles(REVIEW_COLUMNS))), labels)


def reword_titles(titles: Sequence[str], written: Labels, labels: Labels) -> list[str]:
    """Return titles with ours in the language of the run.

    Args:
        written: The labels that the sheet is in.
    """
    return [_reword_title(title, written, labels) for title in titles]


def _reword_title(title: str, written: Labels, labels: Labels) -> str:
    column = _column(title, written)
    return labels.columns[column] if column else title


def reword_cells(cells: Mapping[str, str], written: Labels, labels: Labels) -> dict[str, str]:
    """Return the cells of a row, by title, in the language of the run; of two under one title the first holds."""
    if written.language == labels.language:
        return dict(cells)
    reworded: dict[str, str] = {}
    for title, text in cells.items():
        column = _column(title, written)
        reworded.setdefault(_reword_title(title, written, labels), _reword(text, column, written, labels))
    return reworded


def _reword(text: str, column: Column | None, written: Labels, labels: Labels) -> str:
    if column is None:
        return text
    keys = {word: key for key, word in written.words_of(column).items()}
    return labels.words_of(column)[keys[text.strip()]] if text.strip() in keys else text


def _column(title: str, labels: Labels) -> Column | None:
    return next((column for column in _COLUMNS if labels.columns[column] == title), None)
