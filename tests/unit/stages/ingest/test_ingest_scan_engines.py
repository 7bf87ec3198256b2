"""What the engines make of spoilt pages: nothing with a figure in it may vanish without being flagged."""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from contextlib import closing
from difflib import SequenceMatcher
from importlib.util import find_spec

import numpy as np
import pytest

from coordnlp.settings import load_settings
from coordnlp.stages.ingest import reading_process
from coordnlp.stages.ingest.office_programs import find_tesseract
from coordnlp.stages.ingest.reading_process import ReadingProcess
from coordnlp.stages.ingest.scans import Engine, Recognised, recognise_pages
from coordnlp.stages.ingest.scans.rapid import RapidReader
from coordnlp.stages.ingest.scans.tesseract import TesseractReader
from scanned_pages import ScannedPage, as_pdf, draw_pages

PAGES = {page.name: page for page in draw_pages()}
# The program takes three seconds a page; these are the ones that it loses something of.
HARD = ("台账", "印章压日期")
needs_tesseract = pytest.mark.skipif(not find_tesseract(), reason="tesseract is not installed")


@pytest.fixture(scope="module")
def rapid() -> Engine:
    if not (find_spec("rapidocr") and find_spec("onnxruntime")):
        pytest.skip("the extra `ocr` is not installed")
    return Engine("RapidOCR", RapidReader().read)


@pytest.fixture(scope="module")
def tesseract() -> Engine:
    return Engine("tesseract", TesseractReader(find_tesseract()).read)


def read(page: ScannedPage, engine: Engine, quarters: int = 0) -> Recognised:
    return recognise_pages({1: lambda: np.rot90(np.asarray(page.picture), quarters)}, engine, load_settings().scans)


def text_of(done: Recognised) -> str:
    return "".join("".join(line.words.split()) for line in done.pages[1].lines)


def error_rate(page: ScannedPage, done: Recognised) -> float:
    """Return the share of characters that are not in the text, or not in their order."""
    truth = "".join(page.lines)
    matcher = SequenceMatcher(None, truth, text_of(done), autojunk=False)
    return 1 - sum(block.size for block in matcher.get_matching_blocks()) / len(truth)


def vanished(lines: Sequence[str], done: Recognised) -> list[str]:
    """Return the lines with figures of which neither the figures are in the text nor anything is flagged."""
    text = text_of(done)
    if any("没有认出来" in note for note in done.notes):
        return []
    unsure = "".join(done.notes[1:])
    return [
        line
        for line in lines
        if not all(figure in text for figure in re.findall(r"\d+", line))
        and SequenceMatcher(None, line, unsure).find_longest_match().size < 3
    ]


@pytest.mark.ocr
@pytest.mark.parametrize("name", PAGES)
def test_the_engine_of_the_extra_reads_spoilt_pages(name: str, rapid: Engine) -> None:
    page, done = PAGES[name], read(PAGES[name], rapid)
    assert error_rate(page, done) < 0.02
    assert vanished(page.lines, done) == []


@pytest.mark.ocr
@pytest.mark.parametrize("quarters", [2, 3])
def test_the_engine_of_the_extra_sets_a_page_right(quarters: int, rapid: Engine) -> None:
    assert error_rate(PAGES["纪要"], read(PAGES["纪要"], rapid, quarters)) < 0.02


@pytest.mark.ocr
def test_a_stamp_does_not_hide_what_it_covers(rapid: Engine) -> None:
    done = read(PAGES["印章压日期"], rapid)
    assert done.pages[1].lines[-1].words == "2024年3月15日"


@pytest.mark.ocr
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, rapid: Engine) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert rapid.read(np.full((200, 200, 3), 255, np.uint8)) == []
    assert RapidReader().read(np.asarray(PAGES["低分辨率"].picture)[100:300])


@needs_tesseract
@pytest.mark.parametrize("name", HARD)
def test_what_tesseract_loses_is_flagged(name: str, tesseract: Engine) -> None:
    page, done = PAGES[name], read(PAGES[name], tesseract)
    assert error_rate(page, done) < 0.15
    assert vanished(page.lines, done) == []


@needs_tesseract
def test_tesseract_sets_a_page_right(tesseract: Engine) -> None:
    assert error_rate(PAGES["低分辨率"], read(PAGES["低分辨率"], tesseract, 1)) < 0.1


def test_the_measure_sees_what_vanishes() -> None:
    page = PAGES["纪要"]
    done = recognise_pages(
        {1: lambda: np.full((1754, 1240, 3), 255, np.uint8)}, Engine("", lambda _: []), load_settings().scans
    )
    assert vanished(page.lines, done) == [line for line in page.lines if re.search(r"\d", line)]


@pytest.mark.ocr
def test_a_scanned_pdf_is_recognised_in_the_process_that_reads_it(
    rapid: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its memory is bounded, and its time longer than that of a file with text."""
    monkeypatch.undo()
    page = PAGES[HARD[0]]
    with closing(ReadingProcess()) as apart:
        reading = apart.read(".pdf", as_pdf(page.picture))
        assert apart.process is not None
        assert reading_process._seconds_for_scans() == load_settings().scans.seconds
    text = "".join(reading.text.split())
    assert SequenceMatcher(None, "".join(page.lines), text, autojunk=False).ratio() > 0.95
