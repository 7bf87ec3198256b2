"""Papers in traditional characters say the same as in simplified ones, and are quoted as they are written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cases import Case
from comparing import SCORES, Rows, differences, only, rows, without
from opencc import OpenCC

from coordnlp.records import Document
from coordnlp.scripts import simplify
from coordnlp.stages.ingest import read_dossier


def _rewrite(text: str, variant: str) -> str:
    """Return a text in traditional characters, but for those that do not come back as they were (澄, 座标, 译著)."""
    written = OpenCC(variant).convert(text)
    plain = simplify(written)
    return "".join(new if back == old else old for old, new, back in zip(text, written, plain, strict=True))


def _write_anew(case: Case, to: Path, variant: str) -> int:
    """Copy a dossier with its texts in traditional characters; return how many these are."""
    done = 0
    for path in sorted(case.folder.iterdir()):
        if path.suffix == ".txt":
            text = _rewrite(path.read_text("utf-8"), variant)
            (to / path.name).write_text(text, "utf-8")
            done += 1
        else:
            shutil.copy(path, to)
    return done


def _comparable(found: Rows) -> Rows:
    return without(
        only(found, "document", "passage", "annotation", "request", "event", "life", "gap"), *SCORES, "quotes"
    )


@pytest.mark.parametrize("variant", ["s2tw", "s2hk"])
def test_texts_in_traditional_characters_say_the_same(cases: dict[str, Case], tmp_path: Path, variant: str) -> None:
    case = cases["institute-factory"]
    assert _write_anew(case, tmp_path, variant) >= 16
    after = case.run(read_dossier(tmp_path))
    assert differences(_comparable(rows(case.before)), _comparable(rows(after))) == []


def test_quotes_are_in_the_characters_of_the_paper(cases: dict[str, Case], tmp_path: Path) -> None:
    case = cases["institute-factory"]
    _write_anew(case, tmp_path, "s2tw")
    read = read_dossier(tmp_path)
    texts = {one.file: one.text for one in read if isinstance(one, Document)}
    after = case.run(read)
    pointers = [*after.requests, *after.events]
    files = {header.id: header.file for header in after.headers}
    quotes = [texts[files[pointer.document]][pointer.start : pointer.end] for pointer in pointers]
    assert any(quote != simplify(quote) for quote in quotes)
