"""Writes everything that a run found; the order in which files change places is settled here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from coordnlp.records import Dossier
from coordnlp.report.coverage_sheet import COVERAGE_COLUMNS, coverage_rows
from coordnlp.report.dashboard import dashboard, sheet
from coordnlp.report.jsonl import Changes, data_files, to_line
from coordnlp.report.labels import Column, Labels, load_labels
from coordnlp.report.measure_sheets import INDICATOR_COLUMNS, MEASURE_COLUMNS, indicator_rows, measure_rows
from coordnlp.report.papers import PAPERS, is_our_docx, write_papers
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
from coordnlp.report.reviews import DASHBOARD, OldSheet, old_dashboards, read_grid
from coordnlp.report.runs import (
    DATA,
    RUN,
    changes_since,
    folder_names,
    is_our_data,
    is_our_record,
    read_record,
)
from coordnlp.report.sheets import PENDING_COLUMNS, SKIPPED_COLUMNS, Cells, pending_rows, skipped_rows


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet beside the dashboard: where it goes, its columns, and the rows of one dossier."""

    path: Path
    columns: tuple[Column, ...]
    rows: Callable[[Dossier, Labels], Iterator[Cells]]


def _other_sheets(out: Path, labels: Labels) -> tuple[_Sheet, ...]:
    return (
        _Sheet(out / f"{labels.files.pending}.csv", PENDING_COLUMNS, pending_rows),
        _Sheet(out / "skipped.csv", SKIPPED_COLUMNS, skipped_rows),
        _Sheet(out / f"{labels.files.coverage}.csv", COVERAGE_COLUMNS, coverage_rows),
        _Sheet(out / f"{labels.files.measures}.csv", MEASURE_COLUMNS, measure_rows),
        _Sheet(out / f"{labels.files.indicators}.csv", INDICATOR_COLUMNS, indicator_rows),
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What a run wrote: the dashboard, all files with run.json last, and notes in Chinese for the user."""

    dashboard: Path
    files: tuple[Path, ...]
    notes: tuple[str, ...]


def check_writable(out: Path) -> tuple[str, ...]:
    """Find out before the work starts whether the outputs can be written.

    Returns:
        Notes in Chinese: sheets that are open in another program, so that the new ones get another name.

    Raises:
        UsageError: `out` is a file, cannot be made, or cannot be written to.
    """
    prepare_folder(out)
    sheets = (out / f"{DASHBOARD}.csv", *(sheet.path for sheet in _other_sheets(out, load_labels())))
    papers = (out / file for file in read_record(out) if PurePosixPath(file).name in PAPERS)
    return tuple(
        f"{path.name} 正被别的程序打开（多半是 Excel、Word 或 WPS）。请先关闭它；"
        f"不关闭的话，新的一份将写成 {free_name(path).name}。"
        for path in (*sheets, *papers)
        if is_locked(path)
    )


def write_outputs(out: Path, dossiers: Sequence[Dossier], manifest: Mapping[str, object]) -> Written:
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
    labels = load_labels()
    prepare_folder(out)
    record = read_record(out)
    old = old_dashboards(out, labels)
    gaps = [gap for dossier in dossiers for gap in dossier.gaps]
    change = changes_since(out, record, old, gaps, labels)
    with ExitStack() as stack:
        write = _writer(stack)
        data = [write(path, lines) for path, lines in _data_drafts(out, dossiers, change, labels)]
        others = [write(path, [content]) for path, content in _sheet_drafts(out, dossiers, labels)]
        others += [write(path, [content]) for path, content in _paper_drafts(out, dossiers, labels)]
        old = old_dashboards(out, labels)
        rows = write(out / f"{DASHBOARD}.csv", [dashboard(dossiers, old, change, labels)])
        notes = list(_forget_record(out / RUN, labels))
        kept = labels.files.kept
        placed = [place_data(aside, kept, is_ours=is_our_data(aside.path)) for aside in data]
        placed += [_place_other(aside, out, record, labels) for aside in others]
        placed.append(_place_dashboard(rows, out, record, old, labels))
        notes += [note for one in placed for note in one.notes]
        notes += _clear(out, placed, record, old, labels)
        run = write(out / RUN, [_record(out, manifest, placed)])
        run.aside.replace(run.path)
    return Written(placed[-1].placed, (*(one.placed for one in placed), run.path), tuple(notes))


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


def _folders(out: Path, dossiers: Sequence[Dossier], labels: Labels) -> list[Path]:
    if len(dossiers) == 1:
        return [out]
    taken = {f"{DASHBOARD}.csv", *(sheet.path.name for sheet in _other_sheets(out, labels)), RUN, DATA}
    taken |= {path.name.lower() for path in out.iterdir() if not path.is_dir()}
    names = [dossier.name for dossier in dossiers]
    return [out / name for name in folder_names(names, frozenset(taken), labels.phrases.unnamed)]


def _sheet_drafts(out: Path, dossiers: Sequence[Dossier], labels: Labels) -> Iterator[tuple[Path, bytes]]:
    """Yield the sheets beside the dashboard that have any rows."""
    for other in _other_sheets(out, labels):
        rows = [row for dossier in dossiers for row in other.rows(dossier, labels)]
        if rows:
            yield other.path, sheet(rows, other.columns, labels, is_several=len(dossiers) != 1)


def _paper_drafts(out: Path, dossiers: Sequence[Dossier], labels: Labels) -> Iterator[tuple[Path, bytes]]:
    """Yield the papers of every dossier, in its folder."""
    for dossier, folder in zip(dossiers, _folders(out, dossiers, labels), strict=True):
        for name, content in write_papers(dossier, labels).items():
            yield folder / name, content


def _is_other_sheet(path: Path, labels: Labels) -> bool:
    columns = next((one.columns for one in _other_sheets(path.parent, labels) if one.path == path), ())
    titles = set(labels.titles(columns))
    return bool(titles) and read_grid(path, titles, titles) is not None


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


def _place_dashboard(
    aside: Aside, out: Path, record: Mapping[str, str], old: Sequence[OldSheet], labels: Labels
) -> Placed:
    now = next((sheet for sheet in old if sheet.path == aside.path), None)
    reason = ""
    if now and not now.whole:
        reason = "里有新表放不下的内容（表头以外的文字、没有编号的行、同一编号的两行或乱码）"
    elif now and len(old) > 1 and _is_edited(aside.path, out, record):
        reason = "已与另一份合并，同一行以后保存的为准"
    return place_sheet(aside, labels.files.kept, is_ours=now is not None, reason=reason)


def _place_other(aside: Aside, out: Path, record: Mapping[str, str], labels: Labels) -> Placed:
    reason = "被改动过" if _is_edited(aside.path, out, record) else ""
    is_paper = aside.path.name in PAPERS
    is_ours = is_our_docx(aside.path) if is_paper else _is_other_sheet(aside.path, labels)
    return place_sheet(aside, labels.files.kept, is_ours=is_ours, reason=reason)


def _is_edited(path: Path, out: Path, record: Mapping[str, str]) -> bool:
    """Return whether a file in the outputs folder is not as the last whole run left it."""
    return digest_of(path) != record.get(path.relative_to(out).as_posix())


def _clear(
    out: Path, placed: Sequence[Placed], record: Mapping[str, str], old: Sequence[OldSheet], labels: Labels
) -> Iterator[str]:
    """Take away what earlier runs wrote and this one did not; sheets that people changed keep a name."""
    stays = {one.path for one in placed} | {one.placed for one in placed} | {out / RUN}
    others = [one.path for one in _other_sheets(out, labels) if _is_other_sheet(one.path, labels)]
    stale = dict.fromkeys([*(out / file for file in record), *others, *(sheet.path for sheet in old)])
    for path in stale:
        if path in stays or not path.is_file():
            continue
        try:
            if digest_of(path) == record.get(path.relative_to(out).as_posix()):
                _remove(path, out)
            elif path.suffix in (".csv", ".docx"):
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
