"""What reviewers changed since the last run: the sheets as they are now against the rows as they were written.

The rows as written stand in `data/shown.jsonl`. A cell counts as changed only against them, so that a word in a sheet
that nobody touched cannot undo what was decided elsewhere since.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from coordnlp.judgements import REVIEW_CELLS, Edit, ReviewCell, readings
from coordnlp.records import ReportLanguage, Shown, ShownQuote
from coordnlp.report.labels import Labels, load_labels
from coordnlp.report.languages import language_of, own_titles, reword_cells
from coordnlp.report.old_sheets import OldRow, OldSheet, old_dashboards
from coordnlp.report.runs import DATA, read_record

SHOWN = "shown"
_DAYS: tuple[ReviewCell, ...] = ("verdict_date", "due")
# Cells that the program fills: without the row as written nobody can tell whether they were changed.
_FILLED: tuple[ReviewCell, ...] = ("responsible", "due")
# How a quote stands in a cell, see `phrases.quote` and `phrases.place` of every language.
_QUOTES = (
    re.compile(r"^(?P<text>.*)〔(?P<file>[^〔〕]*?)(?: [^ 〔〕]*)?〕$", re.S | re.M),
    re.compile(
        r"^(?P<text>.*) \[(?P<file>[^\[\]]*?)(?:, (?:page|paragraph|line|table|sheet|\d+:) ?[^\[\]]*)?\]$", re.S | re.M
    ),
)


@dataclass(frozen=True, slots=True)
class Base:
    """A row as the last run wrote it.

    Attributes:
        cells: By title: the review columns, the party, the due date, and columns that people added.
        judged: The id under which the decision on it is stored, '' for none.
        saved: When the sheet was saved that its words came from, ISO; '' for none.
        is_pending: Its words are not what is stored: they were typed while the run was writing, or could not be stored.
    """

    dossier: str
    shown: Shown
    cells: Mapping[str, str]
    judged: str = ""
    saved: str = ""
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """One cell that people changed, and the sheet that says so."""

    text: str
    sheet: str
    saved: str


@dataclass
class Typed:
    """All that people typed into the sheets, by dossier, id and title of the column.

    A row whose dossier cannot be told stands under ''. `clashes` are in Chinese.
    """

    bases: Mapping[tuple[str, str], Base]
    changes: dict[tuple[str, str], dict[str, Edited]] = field(default_factory=dict)
    rows: dict[tuple[str, str], OldRow] = field(default_factory=dict)
    clashes: list[str] = field(default_factory=list)

    def base(self, dossier: str, id: str) -> Base | None:
        """Return a row as it was written; without a known dossier its id decides, if it is one alone."""
        if exact := self.bases.get((dossier, id)):
            return exact
        same = [base for (_, other), base in self.bases.items() if other == id]
        return same[0] if len(same) == 1 else None

    def changed(self, dossier: str, id: str) -> dict[str, Edited]:
        """Return the changed cells of a row."""
        return self.changes.get(("", id), {}) | self.changes.get((dossier, id), {})

    def cell(self, dossier: str, id: str, title: str) -> str:
        """Return what a cell holds after all: what it was changed to, else what was written."""
        change, base = self.changed(dossier, id).get(title), self.base(dossier, id)
        return change.text if change else base.cells.get(title, "") if base else ""


def read_edits(out: Path, names: Sequence[str], language: ReportLanguage = "zh") -> tuple[list[Edit], tuple[str, ...]]:
    """Read what reviewers changed in the sheets of the last run.

    Args:
        names: Of this run's dossiers.

    Returns:
        The edits, those of an unknown dossier with '' for its name; and notes in Chinese on sheets that contradict
        each other.
    """
    labels = load_labels(language)
    typed = read_typed(out, old_dashboards(out, labels), names, labels)
    titles = {labels.columns[cell]: cell for cell in REVIEW_CELLS}
    edits = []
    for (dossier, id), changes in typed.changes.items():
        cells = {titles[title]: change.text for title, change in changes.items() if title in titles}
        if cells:
            newest = max((one for title, one in changes.items() if title in titles), key=lambda one: one.saved)
            base = typed.base(dossier, id)
            shown = base.shown if base else _shown_in_cells(typed.rows[dossier, id], labels)
            edits.append(Edit(dossier, shown, cells, newest.saved, newest.sheet))
    return [*_restated(typed, labels), *edits], tuple(typed.clashes)


def read_typed(out: Path, sheets: Sequence[OldSheet], names: Sequence[str], labels: Labels) -> Typed:
    """Compare sheets with the rows as they were written.

    Args:
        sheets: Last saved first.
    """
    typed = Typed({(base.dossier, base.shown.gap): base for base in _read_bases(out, labels)})
    record = read_record(out)
    for sheet in sheets:
        at = Edited("", sheet.path.name, _saved_at(sheet.path))
        for row in sheet.rows:
            _compare(row, at, typed, names, labels, is_last=sheet.path.name in record)
    return typed


def shown_records(bases: Sequence[Base]) -> Iterator[dict[str, object]]:
    """Yield the lines of `data/shown.jsonl`."""
    for base in bases:
        yield _adapter().dump_python(base, mode="json")


def _restated(typed: Typed, labels: Labels) -> Iterator[Edit]:
    """Yield words that the last run wrote and that may not be stored: late ones, and those of a lost file."""
    for (dossier, _), base in typed.bases.items():
        cells: dict[ReviewCell, str] = {
            cell: base.cells[labels.columns[cell]]
            for cell in REVIEW_CELLS
            if cell not in _FILLED and labels.columns[cell] in base.cells
        }
        if base.is_pending or (base.judged and any(cells.values())):
            yield Edit(dossier, base.shown, cells, base.saved, "", restates="" if base.is_pending else base.judged)


def _read_bases(out: Path, labels: Labels) -> Iterator[Base]:
    for path in sorted([*out.glob(f"{DATA}/{SHOWN}.jsonl"), *out.glob(f"*/{DATA}/{SHOWN}.jsonl")]):
        try:
            lines, written = path.read_bytes().splitlines(), _saved_at(path)
        except OSError:
            continue
        for line in lines:
            try:
                base = _adapter().validate_python(json.loads(line))
            except (ValueError, ValidationError):
                continue
            # Words whose time is lost are as old as the record of them.
            saved = base.saved or written if base.is_pending else base.saved
            yield replace(base, saved=saved, cells=reword_cells(base.cells, language_of(base.cells, labels), labels))


def _saved_at(path: Path) -> str:
    """Return when a file was saved, ISO with seconds."""
    return dt.datetime.fromtimestamp(path.stat().st_mtime).isoformat(timespec="seconds")


def _adapter() -> TypeAdapter[Base]:
    return TypeAdapter(Base)


def _compare(row: OldRow, at: Edited, typed: Typed, names: Sequence[str], labels: Labels, *, is_last: bool) -> None:
    """Note the cells of a row that were changed.

    Args:
        at: Sheet and time.
        is_last: The last run wrote this sheet. In an older one, which may have been open all the while, an empty cell
            tells nothing, and a word only if it was saved after the last decision.
    """
    base = typed.base(row.dossier, row.id)
    key = (_dossier_of(row, base, names), row.id)
    typed.rows.setdefault(key, row)
    if not is_last and base and at.saved <= base.saved:
        return
    for title, text in row.cells.items():
        if not _may_change(title, base, labels):
            continue
        before = base.cells.get(title, "") if base else ""
        if _is_same(before, text, title, labels) or not (is_last or text.strip()):
            continue
        _note(key, title, Edited(text.strip(), at.sheet, at.saved), typed, labels)


def _note(key: tuple[str, str], title: str, change: Edited, typed: Typed, labels: Labels) -> None:
    """Note a change; of two the one that was saved later has come first."""
    first = typed.changes.setdefault(key, {}).setdefault(title, change)
    if not _is_same(first.text, change.text, title, labels):
        typed.clashes.append(
            f"{key[1]} 的“{title}”两张表写得不一样：{first.sheet} 写“{first.text}”，{change.sheet} 写“{change.text}”；"
            f"{first.sheet} 保存得晚，以它为准。"
        )


def _dossier_of(row: OldRow, base: Base | None, names: Sequence[str]) -> str:
    if row.dossier in names:
        return row.dossier
    if base and base.dossier in names:
        return base.dossier
    return names[0] if len(names) == 1 and not row.dossier else ""


def _may_change(title: str, base: Base | None, labels: Labels) -> bool:
    if title in {labels.columns[cell] for cell in _FILLED}:
        return base is not None and title in base.cells
    return bool(title) and (title in {labels.columns[cell] for cell in REVIEW_CELLS} or title not in own_titles(labels))


def _is_same(before: str, text: str, title: str, labels: Labels) -> bool:
    """Return whether a cell says what it said, blanks, ways to write a day, and signs that GBK lacks aside."""
    one, other = " ".join(before.split()), " ".join(text.split())
    if one == other:
        return True
    if title in {labels.columns[cell] for cell in _DAYS} and readings(one) & readings(other):
        return True
    return "?" in other and _as_gbk(one).fullmatch(other) is not None


def _as_gbk(text: str) -> re.Pattern[str]:
    """Return the pattern of what saving as GBK leaves of a text: question marks for what it lacks."""
    return re.compile("".join(re.escape(one) if _is_gbk(one) else rf"(?:\?{{1,2}}|{re.escape(one)})" for one in text))


def _is_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _shown_in_cells(row: OldRow, labels: Labels) -> Shown:
    """Return what the cells of a row tell of it, where no record of the last run is left."""
    cell = row.cells.get(labels.columns["quotes"], "")
    quotes = (quote for pattern in _QUOTES for quote in pattern.finditer(cell))
    date = row.cells.get(labels.columns["date"], "")
    days = readings(date)
    return Shown(
        gap=row.id,
        date=days.pop() if len(days) == 1 else "",
        quotes=tuple(ShownQuote(match["file"], match["text"].strip()) for match in quotes),
    )
