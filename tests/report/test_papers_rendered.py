"""The papers as LibreOffice sets them, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from handmade import assessed, dossier, gap

from coordnlp.records import Dossier
from coordnlp.report.labels import load_labels
from coordnlp.report.papers import PAPERS, write_papers

SOFFICE = shutil.which("soffice")
HAS_WRITER = SOFFICE is not None and any(Path(SOFFICE).resolve().parent.glob("*swlo*"))
MILLIMETRE = 72 / 25.4


def crowded() -> Dossier:
    """A dossier with more rows than a page holds, long names, and a 密级."""
    kinds = ("unanswered", "commitment_unkept", "measure_lapsed", "missing_document")
    rows = [
        replace(gap(f"G-{number:04}"), type=kinds[number % 4], responsible="AB" if number % 3 else "A")  # type: ignore[arg-type]
        for number in range(48)
    ]
    one = assessed(dossier())
    first, second = (replace(team, name=f"{team.name}直属机关委员会联合办公室") for team in one.teams.teams)
    return replace(one, gaps=tuple(rows), marking="秘密", teams=replace(one.teams, teams=(first, second)))


@pytest.mark.skipif(not HAS_WRITER, reason="LibreOffice Writer is not installed")
def test_a_word_processor_sets_a_page_for_each_party_and_every_row(tmp_path: Path) -> None:
    for name, content in write_papers(crowded(), load_labels()).items():
        (tmp_path / name).write_bytes(content)
    command = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), *(str(tmp_path / name) for name in PAPERS)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    report, agenda = (pypdfium2.PdfDocument(tmp_path / name.replace(".docx", ".pdf")) for name in PAPERS)
    assert len(agenda) == 2
    assert 8 <= len(report) <= 60
    told = "".join(page.get_textpage().get_text_range() for page in report)
    assert all(f"G-{number:04}" in told for number in range(48))
    for page in (*report, *agenda):
        assert [round(side / MILLIMETRE) for side in page.get_size()] == [210, 297]
    for number, page in enumerate(agenda, start=1):
        text = page.get_textpage().get_text_range()
        assert "秘密" in text
        assert f"— {number} —" in text
