"""What the last run left: its record in run.json, the ids of its gaps, and the folders of its dossiers."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from coordnlp.records import Gap
from coordnlp.report.jsonl import MARKS, Changes
from coordnlp.report.labels import Labels
from coordnlp.report.old_sheets import OldSheet
from coordnlp.report.sheets import change_of

RUN = "run.json"
JOURNAL = "run-unfinished.json"
"""Is there only while files change places."""
DATA = "data"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
# Names that Windows keeps for devices, whatever follows the first dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_LONGEST_NAME = 60


def read_record(out: Path) -> dict[str, str]:
    """Return the files of the last whole run with their SHA-256; empty if there is no record of ours."""
    content = _read_json(out / RUN)
    if not isinstance(content, dict) or not isinstance(content.get("files"), list):
        return {}
    pairs = [(one.get("file"), one.get("sha256")) for one in content["files"] if isinstance(one, dict)]
    return {str(file): str(digest) for file, digest in pairs if _is_inside(file)}


def is_our_record(path: Path) -> bool:
    """Return whether a run.json was written by this program."""
    content = _read_json(path)
    return isinstance(content, dict) and isinstance(content.get("files"), list)


def is_redacted(path: Path) -> bool:
    """Return whether the run of a run.json masked people's names."""
    content = _read_json(path)
    return isinstance(content, dict) and content.get("redacted") is True


def is_our_data(path: Path) -> bool:
    """Return whether a data file is this program's: empty, or its first record is of our kind."""
    try:
        with path.open("rb") as stream:
            first = stream.readline()
        return not first or MARKS[path.stem] in json.loads(first)
    except (OSError, ValueError, TypeError):
        return False


@dataclass(frozen=True, slots=True)
class Before:
    """What the last whole run left: the ids of its gaps, those that it told to be over, and their records by id."""

    ids: frozenset[str]
    closed: frozenset[str]
    gaps: Mapping[str, Mapping[str, object]]


def read_before(out: Path, record: Mapping[str, str], sheets: Sequence[OldSheet], labels: Labels) -> Before:
    """Return what the last whole run left.

    Its gaps are those of its data, since people delete rows of the sheet, and of the sheets. Where a run after it was
    cut off while files changed places, the journal of that run tells it.
    """
    journal = _read_json(out / JOURNAL)
    if isinstance(journal, dict):
        gaps = {str(one["id"]): one for one in journal.get("gaps", ())}
        return Before(frozenset(journal.get("ids", ())), frozenset(journal.get("closed", ())), gaps)
    over, title = labels.changes["closed"], labels.columns["change"]
    rows = [row for sheet in sheets for row in sheet.rows]
    closed = frozenset(row.id for row in rows if row.cells.get(title, "").strip() == over)
    files = [out / file for file in record if PurePosixPath(file).parts[-2:] == (DATA, "gaps.jsonl")]
    before = {str(one["id"]): one for file in files for one in _records(file)}
    return Before(frozenset({row.id for row in rows} - closed | before.keys()), closed, before)


def changes_since(before: Before, gaps: Iterable[Gap], labels: Labels) -> Changes:
    """Return the function that tells what happened to a gap since the last whole run.

    One that is still there has become worse when it was raised again, fell overdue, or its word of severity rose.

    Args:
        gaps: Of this run.
    """
    worse = frozenset(gap.id for gap in gaps if gap.id in before.gaps and _is_worse(gap, before.gaps[gap.id], labels))
    return lambda id: change_of(id, before.ids, before.closed, worse)


def known_digests(out: Path) -> dict[str, frozenset[str]]:
    """Return the SHA-256 under which the program has written a file, by path; a run that was cut off knows two."""
    journal = _read_json(out / JOURNAL)
    told = journal.get("files", ()) if isinstance(journal, dict) else ()
    known: dict[str, set[str]] = {file: {digest} for file, digest in read_record(out).items()}
    for file, digest in told:
        if _is_inside(file):
            known.setdefault(file, set()).add(digest)
    return {file: frozenset(digests) for file, digests in known.items()}


def make_journal(before: Before, known: Mapping[str, frozenset[str]], new: Mapping[str, str]) -> bytes:
    """Return what the next run must know if this one is cut off while its files take their places.

    Args:
        known: Digests of the files that may stand there.
        new: Those of this run.
    """
    fields = ("id", "severity", "raised", "days_overdue")
    files = [(file, digest) for file, digests in known.items() for digest in sorted(digests)]
    content = {
        "files": [*files, *new.items()],
        "ids": sorted(before.ids),
        "closed": sorted(before.closed),
        "gaps": [{key: one.get(key) for key in fields} for one in before.gaps.values()],
    }
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _is_worse(now: Gap, before: Mapping[str, object], labels: Labels) -> bool:
    """Tell whether a gap has been raised again, fallen overdue, or risen to a graver word since the last run."""
    severity, raised, overdue = (before.get(key) for key in ("severity", "raised", "days_overdue"))
    if not isinstance(severity, int) or not isinstance(raised, int):
        return False
    words = [one.word for one in labels.severity]
    rose = words.index(labels.severity_word(now.severity)) < words.index(labels.severity_word(severity))
    return rose or now.raised > raised or (now.days_overdue > 0 and overdue == 0)


def folder_names(dossiers: Sequence[str], taken: frozenset[str], unnamed: str) -> list[str]:
    """Return a folder name for each dossier that every system accepts, no two alike in any case.

    Args:
        taken: Names in the outputs folder that are not for dossiers, in lower case.
    """
    names: list[str] = []
    used = set(taken)
    for dossier in dossiers:
        plain = _folder_name(dossier) or unnamed
        name, number = plain, 1
        while unicodedata.normalize("NFC", name).lower() in used:
            number += 1
            name = f"{plain}-{number}"
        used.add(unicodedata.normalize("NFC", name).lower())
        names.append(name)
    return names


def _folder_name(dossier: str) -> str:
    name = _FORBIDDEN.sub("_", dossier).strip(". ")[:_LONGEST_NAME].strip(". ")
    return f"{name}_" if _DEVICES.fullmatch(name) else name


def _records(path: Path) -> Iterator[Mapping[str, object]]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and isinstance(record.get("id"), str):
            yield record


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def _is_inside(file: object) -> bool:
    if not isinstance(file, str) or "\\" in file:
        return False
    path = PurePosixPath(file)
    return not path.is_absolute() and ".." not in path.parts and ":" not in file
