"""A letter or minutes in another file format say the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import Case
from comparing import MOST, SCORES, Rows, kept, only, rows, without

import typesetting
from coordnlp.stages.ingest import read_dossier

_KINDS = ("letter", "reply", "petition", "minutes")
# Its date stands at the right of the last line of a page, and 抄送 opens the next one.
_LEFT_OUT = (*SCORES, "start", "end", "body", "references", "quotes", "title")


def _set_anew(case: Case, to: Path, suffix: str, make: Callable[[str], bytes]) -> int:
    """Copy a dossier with its letters and minutes in another format; return how many they are.

    What a pdf tells of a table is words, no cells: papers with tables stay as they are there.
    """
    kinds = {header.file: header.kind for header in case.before.headers}
    done = 0
    for path in sorted(case.folder.iterdir()):
        text = path.read_text("utf-8")
        if path.suffix == ".txt" and kinds[path.name] in _KINDS and not (suffix == ".pdf" and "|" in text):
            (to / path.with_suffix(suffix).name).write_bytes(make(text))
            done += 1
        else:
            shutil.copy(path, to)
    return done


def _comparable(found: Rows) -> Rows:
    return without(only(found, "document", "request", "event", "life", "gap"), *_LEFT_OUT)


@pytest.mark.parametrize(
    ("suffix", "make"),
    [
        (".docx", typesetting.to_docx),
        (".rtf", typesetting.to_rtf),
        (".odt", typesetting.to_odt),
        (".txt", typesetting.to_gb18030),
        (".pdf", typesetting.to_pdf),
    ],
)
def test_letters_in_other_formats_say_the_same(
    cases: dict[str, Case], tmp_path: Path, suffix: str, make: Callable[[str], bytes]
):
    case = cases["institute-factory"]
    assert _set_anew(case, tmp_path, suffix, make) >= 9
    after = case.run(read_dossier(tmp_path))
    assert kept(_comparable(rows(case.before)), _comparable(rows(after))) >= MOST
