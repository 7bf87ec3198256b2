"""Writes everything that a run found; the order in which files change places is settled here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from coordnlp.errors import UsageError
from coordnlp.judgements import load_review_words
from coordnlp.records import Dossier, ReportLanguage
from coordnlp.report.dashboard import Dashboard, SheetTable, make_dashboard
from coordnlp.report.edits import SHOWN, read_typed, shown_records
from coordnlp.report.jsonl import Changes, data_files, to_line
from coordnlp.report.labels import Labels, all_labels, load_labels
from coordnlp.report.old_sheets import DASHBOARD, OldSheet, old_dashboards
from coordnlp.report.placing import (
    Aside,
    Placed,
    aside_of,
    digest_of,
    free_name,
    held,
    is_locked,
    keep_old,
    kept_note,
    place_data,
    place_sheet,
    prepare_folder,
    write_aside,
)
from coordnlp.report.runs import (
    DATA,
    JOURNAL,
    RUN,
    changes_since,
    folder_names,
    is_our_data,
    is_our_record,
    is_redacted,
    known_digests,
    make_journal,
    read_before,
    read_record,
)
from coordnlp.report.sheet_list import book_sheets, is_other_sheet, other_sheets, review_files, sheet_table
from coordnlp.report.views import VIEWS, is_our_view, write_views
from coordnlp.report.workbook import make_workbook

_Known = Mapping[str, frozenset[str]]
"""The digests under which the program has written each file."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run wrote: the dashboard (CSV), all files with run.json last, and notes in Chinese for the user."""

    dashboard: Path
    files: tuple[Path, ...]
    notes: tuple[str, ...]


def check_writable(out: Path, language: ReportLanguage = "zh", *, redacted: bool = False) -> tuple[str, ...]:
    """Find out before the work starts whether the outputs can be written.

    Args:
        redacted: People's names will be masked. Such outputs and others do not share a folder: what reviewers typed
            into one must not be lost in, nor shown by, the other.

    Returns:
        Notes in Chinese: sheets that are open in another program, so that the new ones get another name.

    Raises:
        UsageError: `out` is a file, cannot be made, or cannot be written to, or holds outputs of the other sort.
    """
    prepare_folder(out)
    if is_our_record(out / RUN) and is_redacted(out / RUN) is not redacted:
        here = "没有隐去姓名" if redacted else "隐去姓名"
        raise UsageError(f"{out} 里是{here}的结果，两种结果不能放在一起。", "请用 --out 另外指定一个文件夹。")
    labels = load_labels(language)
    sheets = (*review_files(out, labels), *(sheet.path for sheet in other_sheets(out, labels)))
    views = (out / file for file in read_record(out) if PurePosixPath(file).name in VIEWS)
    return tuple(
        f"{path.name} 正被别的程序打开（多半是 Excel、Word 或 WPS）。请先关闭它；"
        f"不关闭的话，新的一份将写成 {free_name(path).name}。"
        for path in (*sheets, *views)
        if is_locked(path)
    )


def write_outputs(
    out: Path, dossiers: Sequence[Dossier], manifest: Mapping[str, object], language: ReportLanguage = "zh"
) -> Written:
    """Write the dashboard, the other sheets, the data files and, last, run.json.

    One dossier goes straight into `out`; of several each has a folder for its data and papers, and the sheets name
    the dossier of each row. Everything is written aside first, so that the old outputs
    stay whole until the new ones are ready.

    Args:
        manifest: What run.json tells beside the list of files; JSON types only.

    Raises:
        UsageError: The folder or a data file in it cannot be written.
        TypeError: `manifest` holds something that JSON cannot tell.
    """
    json.dumps(manifest)
    labels = load_labels(language)
    prepare_folder(out)
    record = read_record(out)
    old = old_dashboards(out, labels)
    gaps = [gap for dossier in dossiers for gap in dossier.gaps]
    before, known = read_before(out, record, old, labels), known_digests(out)
    change = changes_since(before, gaps, labels)
    with ExitStack() as stack:
        write = _writer(stack)
        data = [write(path, lines) for path, lines in _data_drafts(out, dossiers, change, labels)]
        others = [write(path, [table.as_csv(labels)]) for path, table in _sheet_drafts(out, dossiers, labels)]
        others += [write(path, [content]) for path, content in _view_drafts(out, dossiers, change, labels)]
        old = old_dashboards(out, labels)
        typed = read_typed(out, old, [dossier.name for dossier in dossiers], labels)
        board = make_dashboard(dossiers, old, typed, change, labels)
        data += [write(path, lines) for path, lines in _shown_drafts(out, dossiers, board, labels)]
        reviewed = [write(path, [content]) for path, content in _review_drafts(out, dossiers, board, labels)]
        drafts = {one.path.relative_to(out).as_posix(): one.digest for one in (*data, *others, *reviewed)}
        journal = write(out / JOURNAL, [make_journal(before, known, drafts)])
        journal.aside.replace(journal.path)
        notes = list(_forget_record(out / RUN, labels))
        kept = labels.files.kept
        placed = [place_data(aside, kept, is_ours=is_our_data(aside.path)) for aside in data]
        placed += [_place_other(aside, out, known, labels) for aside in others]
        placed += [_place_reviewed(aside, out, known, old, labels) for aside in reviewed]
        notes += [note for one in placed for note in one.notes]
        notes += _clear(out, placed, known, old, labels)
        run = write(out / RUN, [_record(out, manifest, placed)])
        run.aside.replace(run.path)
        journal.path.unlink()
    dashboard = next(one.placed for one in placed if one.path == out / f"{DASHBOARD}.csv")
    return Written(dashboard, (*(one.placed for one in placed), run.path), tuple(notes))


def _writer(stack: ExitStack) -> Callable[[Path, Sequence[bytes] | Iterator[bytes]], Aside]:
    """Return the function that writes a file aside; what is still aside when the stack ends is removed."""

    def write(path: Path, chunks: Sequence[bytes] | Iterator[bytes]) -> Aside:
        stack.callback(aside_of(path).unlink, missing_ok=True)
        return write_aside(path, chunks)

    return write


def _data_drafts(
    out: Path, dossiers: Sequence[Dossier], change: Changes, labels: Labels
) -> Iterator[tuple[Path, Iterator[bytes]]]:
    for dossier, folder in zip(dossiers, _folders(out, dossiers, labels), strict=True):
        for stem, records in data_files(dossier, change).items():
            yield folder / DATA / f"{stem}.jsonl", map(to_line, records)


def _shown_drafts(
    out: Path, dossiers: Sequence[Dossier], board: Dashboard, labels: Labels
) -> Iterator[tuple[Path, Iterator[bytes]]]:
    """Yield for every dossier its rows as written; rows of dossiers that are not part of this run go with the first."""
    names = [dossier.name for dossier in dossiers]
    for number, (dossier, folder) in enumerate(zip(dossiers, _folders(out, dossiers, labels), strict=True)):
        mark: Mapping[str, object] = {"marking": dossier.marking} if dossier.marking else {}
        own = [base for base in board.bases if base.dossier == dossier.name]
        own += [base for base in board.bases if number == 0 and base.dossier not in names]
        yield folder / DATA / f"{SHOWN}.jsonl", (to_line({**record, **mark}) for record in shown_records(own))


def _folders(out: Path, dossiers: Sequence[Dossier], labels: Labels) -> list[Path]:
    if len(dossiers) == 1:
        return [out]
    taken = {path.name for path in review_files(out, labels)} | {RUN, JOURNAL, DATA}
    taken |= {sheet.path.name for sheet in other_sheets(out, labels)}
    taken |= {path.name.lower() for path in out.iterdir() if not path.is_dir()}
    names = [dossier.name for dossier in dossiers]
    return [out / name for name in folder_names(names, frozenset(taken), labels.phrases.unnamed)]


def _review_drafts(
    out: Path, dossiers: Sequence[Dossier], board: Dashboard, labels: Labels
) -> Iterator[tuple[Path, bytes]]:
    judged, book, dashboard = review_files(out, labels)
    if board.judged.rows:
        yield judged, board.judged.as_csv(labels)
    sheets = list(book_sheets(out, dossiers, board, labels))
    yield book, make_workbook(sheets, load_review_words().offers(labels.language), labels)
    yield dashboard, board.gaps.as_csv(labels)


def _sheet_drafts(out: Path, dossiers: Sequence[Dossier], labels: Labels) -> Iterator[tuple[Path, SheetTable]]:
    """Yield the sheets beside the dashboard that have any rows."""
    for other in other_sheets(out, labels):
        table = sheet_table(other, dossiers, labels)
        if table.rows:
            yield other.path, table


def _view_drafts(
    out: Path, dossiers: Sequence[Dossier], change: Changes, labels: Labels
) -> Iterator[tuple[Path, bytes]]:
    """Yield the page and the papers of every dossier, in its folder."""
    for dossier, folder in zip(dossiers, _folders(out, dossiers, labels), strict=True):
        for name, content in write_views(dossier, change, labels).items():
            yield folder / name, content


def _forget_record(path: Path, labels: Labels) -> Iterator[str]:
    """Take away the mark of a whole run before the first file changes."""
    if not path.exists():
        return
    try:
        if is_our_record(path):
            path.unlink()
        else:
            yield kept_note(path, keep_old(path, labels.files.kept))
    except OSError as error:
        raise held(path) from error


def _place_reviewed(aside: Aside, out: Path, known: _Known, old: Sequence[OldSheet], labels: Labels) -> Placed:
    now = next((sheet for sheet in old if sheet.path == aside.path), None)
    reason = ""
    if now and not now.whole:
        reason = "里有新表放不下的内容（表头以外的文字、没有编号的行、同一编号的两行、乱码，或自己加的工作表、批注）"
    elif now and _has_sibling(now, old) and _is_edited(aside.path, out, known):
        reason = "已与另一份合并，同一行以后保存的为准"
    return place_sheet(aside, labels.files.kept, is_ours=now is not None, reason=reason)


def _has_sibling(sheet: OldSheet, old: Sequence[OldSheet]) -> bool:
    """Return whether there is a numbered sheet of the same kind, from a run that found this one locked."""
    return any(one is not sheet and one.path.suffix == sheet.path.suffix for one in old if _stem(one) == _stem(sheet))


def _stem(sheet: OldSheet) -> str:
    return sheet.path.stem.partition("-")[0]


def _place_other(aside: Aside, out: Path, known: _Known, labels: Labels) -> Placed:
    reason = "被改动过" if _is_edited(aside.path, out, known) else ""
    is_ours = is_our_view(aside.path) if aside.path.name in VIEWS else is_other_sheet(aside.path)
    return place_sheet(aside, labels.files.kept, is_ours=is_ours, reason=reason)


def _is_edited(path: Path, out: Path, known: _Known) -> bool:
    """Return whether a file in the outputs folder is not as a run left it."""
    return digest_of(path) not in known.get(path.relative_to(out).as_posix(), ())


def _clear(
    out: Path, placed: Sequence[Placed], known: _Known, old: Sequence[OldSheet], labels: Labels
) -> Iterator[str]:
    """Take away what earlier runs wrote and this one did not; sheets that people changed keep a name."""
    stays = {one.path for one in placed} | {one.placed for one in placed} | {out / RUN}
    others = [one.path for each in all_labels() for one in other_sheets(out, each) if is_other_sheet(one.path)]
    stale = dict.fromkeys([*(out / file for file in known), *others, *(sheet.path for sheet in old)])
    for path in stale:
        if path in stays or not path.is_file():
            continue
        try:
            if not _is_edited(path, out, known):
                _remove(path, out)
            elif path.suffix in (".csv", ".xlsx", ".docx", ".html"):
                kept = keep_old(path, labels.files.kept)
                yield f"{path.name} 已经过时，但被改动过，没有删除，改名为 {kept.name}。"
        except OSError:
            yield f"旧的 {path.name} 正被别的程序打开，动不了；它已经过时，请关闭后自行删除。"


def _remove(path: Path, out: Path) -> None:
    """Remove a file and the folders under `out` that it leaves empty."""
    path.unlink()
    with suppress(OSError):
        for folder in path.parents:
            if folder == out or out not in folder.parents:
                break
            folder.rmdir()


def _record(out: Path, manifest: Mapping[str, object], placed: Sequence[Placed]) -> bytes:
    files = [{"file": one.placed.relative_to(out).as_posix(), "sha256": one.digest} for one in placed]
    content = {**manifest, "files": files}
    return json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"
