"""The papers among the outputs: locked, edited, stale, somebody else's."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from handmade import dossier, quiet

from coordnlp.report import check_writable, repair, write_outputs
from coordnlp.report.labels import load_labels
from coordnlp.report.papers import PAPERS, is_our_docx, write_papers

Lock = Callable[..., None]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.docx")}


def edit(path: Path) -> None:
    paper = docx.Document(str(path))
    paper.add_paragraph("办公室补记")
    paper.save(str(path))


def test_one_dossier_has_its_papers_beside_the_sheets(tmp_path: Path) -> None:
    written = write_outputs(tmp_path, [dossier()], {})
    assert files(tmp_path) == set(PAPERS)
    assert {path.name for path in written.files} >= set(PAPERS)
    recorded = {one["file"] for one in json.loads((tmp_path / "run.json").read_text("utf-8"))["files"]}
    assert recorded >= set(PAPERS)


def test_of_several_dossiers_each_has_its_own(tmp_path: Path) -> None:
    write_outputs(tmp_path, [dossier("甲"), quiet("乙")], {})
    assert files(tmp_path) == {f"{name}/{paper}" for name in "甲乙" for paper in PAPERS}
    assert (tmp_path / "甲/report.docx").read_bytes() != (tmp_path / "乙/report.docx").read_bytes()


def test_from_several_to_one_and_back_leaves_no_stale_paper(tmp_path: Path) -> None:
    write_outputs(tmp_path, [quiet("甲"), quiet("乙")], {})
    write_outputs(tmp_path, [quiet("甲")], {})
    assert files(tmp_path) == set(PAPERS)
    assert not (tmp_path / "甲").exists()
    write_outputs(tmp_path, [quiet("甲"), quiet("丙")], {})
    assert files(tmp_path) == {f"{name}/{paper}" for name in "甲丙" for paper in PAPERS}


def test_a_second_run_takes_the_place_of_the_first(tmp_path: Path) -> None:
    write_outputs(tmp_path, [dossier()], {})
    before = (tmp_path / "report.docx").read_bytes()
    written = write_outputs(tmp_path, [quiet()], {})
    assert files(tmp_path) == set(PAPERS)
    assert (tmp_path / "report.docx").read_bytes() != before
    assert written.notes == ()


@pytest.mark.parametrize("names", [["甲"], ["甲", "乙"]])
def test_a_paper_that_somebody_wrote_in_keeps_a_name(tmp_path: Path, names: list[str]) -> None:
    dossiers = [dossier(name) for name in names]
    folder = tmp_path / "甲" if len(names) > 1 else tmp_path
    write_outputs(tmp_path, dossiers, {})
    edit(folder / "report.docx")
    written = write_outputs(tmp_path, dossiers, {})
    assert "办公室补记" in [one.text for one in docx.Document(str(folder / "report-旧-1.docx")).paragraphs]
    assert "办公室补记" not in [one.text for one in docx.Document(str(folder / "report.docx")).paragraphs]
    assert [note for note in written.notes if "report.docx 被改动过" in note]
    assert not (folder / "agenda-旧-1.docx").exists()


def test_a_stale_paper_that_somebody_wrote_in_keeps_a_name(tmp_path: Path) -> None:
    write_outputs(tmp_path, [dossier("甲"), dossier("乙")], {})
    edit(tmp_path / "乙/report.docx")
    written = write_outputs(tmp_path, [dossier("甲")], {})
    assert files(tmp_path) == {*PAPERS, "乙/report-旧-1.docx"}
    assert [note for note in written.notes if "已经过时，但被改动过" in note]


def test_a_paper_of_others_under_our_name_gets_another_name(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("别人的报告")
    paper.save(str(tmp_path / "report.docx"))
    theirs = (tmp_path / "report.docx").read_bytes()
    written = write_outputs(tmp_path, [dossier()], {})
    assert (tmp_path / "report-旧-1.docx").read_bytes() == theirs
    assert [note for note in written.notes if "不是本程序写的" in note]


def test_a_paper_open_in_word_is_told_before_and_dodged(tmp_path: Path, lock: Lock) -> None:
    write_outputs(tmp_path, [dossier()], {})
    old = (tmp_path / "report.docx").read_bytes()
    lock("report.docx")
    (note,) = check_writable(tmp_path)
    assert "report-2.docx" in note
    write_outputs(tmp_path, [quiet()], {})
    assert (tmp_path / "report.docx").read_bytes() == old
    assert (tmp_path / "report-2.docx").read_bytes() == write_papers(quiet(), load_labels())["report.docx"]


def test_a_paper_left_aside_in_a_dossiers_folder_is_removed(tmp_path: Path) -> None:
    write_outputs(tmp_path, [dossier("甲"), dossier("乙")], {})
    left = tmp_path / "乙/report.docx.coordnlp-part"
    left.write_bytes(b"half")
    theirs = tmp_path / "乙/notes.docx"
    theirs.write_bytes(b"theirs")
    assert repair(tmp_path) == (left,)
    assert theirs.read_bytes() == b"theirs"


def test_ours_is_known_also_when_a_word_processor_saved_it(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(write_papers(dossier(), load_labels())["report.docx"])
    assert is_our_docx(path)
    edit(path)
    assert is_our_docx(path)


def _zip(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 cut off",
        _zip("word/document.xml", b"<x/>"),
        _zip("docProps/core.xml", b"<not closed"),
        _zip("docProps/core.xml", b"<x/>"),
        _zip("docProps/core.xml", b" " * 200_000 + b"<x/>"),
    ],
    ids=["empty", "cut off", "no properties", "broken", "no creator", "too long"],
)
def test_what_is_not_ours_is_not_taken_for_ours(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    assert not is_our_docx(path)
    assert not is_our_docx(tmp_path / "missing.docx")


def test_a_dossier_whose_marking_changes_changes_its_papers(tmp_path: Path) -> None:
    write_outputs(tmp_path, [replace(dossier(), marking="机密")], {})
    assert docx.Document(str(tmp_path / "report.docx")).paragraphs[0].text == "机密"
    write_outputs(tmp_path, [dossier()], {})
    assert "机密" not in [one.text for one in docx.Document(str(tmp_path / "report.docx")).paragraphs]
