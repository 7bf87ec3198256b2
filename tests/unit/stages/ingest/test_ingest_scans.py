"""Scans and pictures, read by an engine that sees what it is told: what is made of its strips, and of trouble."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from ingest_files import check_offsets, read_one, skip_one, words
from PIL import Image

from coordnlp.settings import load_settings
from coordnlp.stages.ingest import read_picture
from coordnlp.stages.ingest.scans import Engine, Picture, Strip, recognise_pages, scale_for
from coordnlp.stages.ingest.scans.pages import Recogniser
from coordnlp.stages.ingest.scans.punctuation import set_punctuation
from coordnlp.stages.ingest.scans.strips import box
from scanned_pages import as_file, as_pdf, as_png, print_page, write_lines

LINES = ("关于界线图的函", "黑松林场：", "请于4月20日前提供防火带界线图。", "青溪镇人民政府", "2024年4月1日")
LIMITS = load_settings().scans
BLANK = Image.new("RGB", (1240, 1754), (255, 255, 255))
LONG = "这一页在图片之外另有一层完整的文字，足以读取，字数也超过一枚水印所能有的长度。"


def strip(words: str, left: float, top: float, *, score: float = 0.99, size: float = 40) -> Strip:
    return Strip(words, score, box(left, top, left + 0.75 * size * len(words), top + size))


def letter(*, score: float = 0.99) -> list[Strip]:
    return [strip(line, 200, 200 + 60 * number, score=score) for number, line in enumerate(LINES)]


def saying(strips: Callable[[Picture], list[Strip]] | list[Strip]) -> Engine:
    return Engine("试验", strips if callable(strips) else lambda _: strips)


ENGINE = saying(letter())


def picture(image: Image.Image = BLANK) -> Picture:
    return np.asarray(image)


def recognised(strips: list[Strip], image: Image.Image = BLANK) -> list[str]:
    """Return the lines of a page on which the engine sees these strips."""
    page = Recogniser(saying(strips), LIMITS).recognise(picture(image), 1).page
    return [line.words for line in page.lines]


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["函.png", "函.jpg", "函.JPEG", "函.bmp", "函.tif", "函.webp"])
def test_a_picture_is_read_and_said_to_be_one(file: str) -> None:
    kinds = {"jpg": "JPEG", "jpeg": "JPEG", "tif": "TIFF"}
    suffix = file.rpartition(".")[2].lower()
    document = read_one(file, as_file(BLANK, kinds.get(suffix, suffix)))
    assert words(document) == list(LINES)
    assert document.format == {"jpeg": "jpg"}.get(suffix, suffix)
    assert document.notes == ("第1页识别自扫描件（试验），请核对原件。",)
    assert document.is_scanned(0, 3)
    check_offsets(document)


def test_every_page_of_a_tif_is_read() -> None:
    content = io.BytesIO()
    BLANK.save(content, "TIFF", save_all=True, append_images=[BLANK, BLANK])
    document = read_one("函.tif", content.getvalue())
    assert document.scanned == ("第1页", "第2页", "第3页")
    assert {document.place(at) for at in range(len(document.text))} == set(document.scanned)


def test_only_pages_without_text_are_recognised() -> None:
    document = read_one("a.pdf", as_pdf((LONG[:20], LONG[20:]), BLANK))
    assert document.text.startswith(LONG[:10])
    assert document.scanned == ("第2页",)
    assert not document.is_scanned(0, 10)
    assert document.is_scanned(len(document.text) - 3, len(document.text))
    assert document.is_scanned(0, len(document.text))


def test_a_pdf_with_text_asks_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordnlp.stages.ingest.read_pdf.find_engine", lambda: pytest.fail("asked"))
    assert read_one("a.pdf", as_pdf((LONG[:20], LONG[20:]))).scanned == ()


def test_pictures_need_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_picture, "find_engine", lambda: None)
    skipped = skip_one("2024-05-06 林函.png", as_png(BLANK))
    assert (skipped.reason, skipped.date) == ("unsupported", "2024-05-06")
    assert "coordnlp doctor" in skipped.detail


def test_broken_pictures_are_told() -> None:
    content = as_png(print_page(lambda canvas: write_lines(canvas, LINES)))
    assert skip_one("a.png", content[:40]).reason == "damaged"
    skipped = skip_one("a.png", content[: len(content) // 2])
    assert skipped.reason == "no_text"
    assert "识别时出错" in skipped.detail


def test_a_picture_of_too_many_pixels_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    few = load_settings().model_copy(update={"scans": LIMITS.model_copy(update={"pixels": 1000})})
    monkeypatch.setattr(read_picture, "load_settings", lambda: few)
    assert "像素" in skip_one("a.png", as_png(BLANK)).detail


def test_a_picture_is_seen_as_it_is_looked_at() -> None:
    """On white where it is transparent, turned as its camera says, 16 bits a colour or one."""
    seen: list[Picture] = []
    clear = Image.new("RGBA", (1200, 1600), (0, 0, 0, 0))
    turned = Image.new("RGB", (1600, 1200), (255, 255, 255))
    exif = Image.Exif()
    exif[0x0112] = 6
    deep = Image.fromarray(np.full((1600, 1200), 60000, np.uint16))
    files = [
        as_png(clear),
        as_file(turned, "JPEG", exif=exif),
        as_png(deep),
        as_file(BLANK.convert("1"), "TIFF", compression="group4"),
    ]
    engine = saying(lambda picture: [seen.append(picture), *letter()][1:])  # type: ignore[list-item, func-returns-value]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_picture, "find_engine", lambda: engine)
        for content in files:
            read_one("a.png", content)
    assert [one.shape[0] > one.shape[1] and one.min() > 250 for one in seen] == [True] * 4


def test_a_saved_chat_is_read_in_pieces() -> None:
    content = as_png(Image.new("RGB", (1080, 6000), (255, 255, 255)))
    heights: list[int] = []

    def read(picture: Picture) -> list[Strip]:
        heights.append(picture.shape[0])
        return letter()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_picture, "find_engine", lambda: saying(read))
        document = read_one("群聊.png", content)
    assert len(document.scanned) == len(heights) > 3
    assert sum(heights) == 6000
    assert max(heights) < 1.5 * 1080


# --- trouble -------------------------------------------------------------------------------------


def test_a_page_that_fails_costs_no_other() -> None:
    turns = itertools.count(1)

    def read(picture: Picture) -> list[Strip]:
        if next(turns) == 2:
            raise RuntimeError("out of luck")
        return letter()

    done = recognise_pages(dict.fromkeys((3, 4, 5), picture), saying(read), LIMITS)
    assert sorted(done.pages) == [3, 5]
    assert dict(done.unread) == {"识别时出错（RuntimeError）": [4]}


def test_pages_and_time_of_a_file_have_limits() -> None:
    few = LIMITS.model_copy(update={"pages": 2})
    done = recognise_pages(dict.fromkeys(range(1, 5), picture), ENGINE, few)
    assert (sorted(done.pages), done.unread_pages) == ([1, 2], [3, 4])
    assert "2 页" in done.reasons
    done = recognise_pages({1: picture}, ENGINE, LIMITS.model_copy(update={"seconds": 0}))
    assert (done.pages, done.unread_pages) == ({}, [1])


def test_what_was_not_read_of_a_pdf_is_told() -> None:
    def read(picture: Picture) -> list[Strip]:
        raise ValueError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("coordnlp.stages.ingest.read_pdf.find_engine", lambda: saying(read))
        document = read_one("a.pdf", as_pdf((LONG[:20], LONG[20:]), BLANK))
        skipped = skip_one("a.pdf", as_pdf(BLANK, BLANK))
    assert (document.unread, document.scanned) == (("第2页",), ())
    assert "识别时出错" in document.notes[0]
    assert (skipped.reason, "识别时出错" in skipped.detail) == ("no_text", True)


def test_a_blank_back_is_no_page_unread() -> None:
    pages = iter([letter(), []])
    done = recognise_pages(dict.fromkeys((1, 2), picture), saying(lambda _: next(pages, [])), LIMITS)
    assert done.unread_pages == []
    assert done.notes[-1] == "第2页是空白页。"


def test_writing_that_is_no_words_is_not_taken_for_any() -> None:
    garbled = letter(score=0.3)
    assert recognise_pages({1: picture}, saying(garbled), LIMITS).unread_pages == [1]
    written = print_page(lambda canvas: write_lines(canvas, LINES))
    assert recognise_pages({1: lambda: picture(written)}, saying([]), LIMITS).unread_pages == [1]


def test_unsure_words_are_kept_and_flagged() -> None:
    strips = [*letter()[:4], replace(letter()[4], score=0.5)]
    done = recognise_pages({1: picture}, saying(strips), LIMITS)
    assert done.pages[1].lines[-1].words == "2024年4月1日"
    assert done.notes[1:] == ["第1页有1行认得没有把握：“2024年4月1日”。"]


@pytest.mark.parametrize("lost", range(len(LINES)))
def test_a_line_that_the_engine_does_not_see_is_flagged(lost: int) -> None:
    def draw(lines: tuple[str, ...]) -> Image.Image:
        return print_page(lambda canvas: write_lines(canvas, lines))

    # As printed: the baseline of the first line is 660 points up, at 150 dots an inch; a letter has 15 points.
    strips = [
        strip(line, 78 * 150 / 72, (842 - 660 - 15 + 28 * number) * 150 / 72, size=42)
        for number, line in enumerate(LINES)
    ]

    def read(picture: Picture) -> list[Strip]:
        return strips if picture.shape[0] > 1700 else []

    seen = recognise_pages({1: lambda: picture(draw(LINES))}, saying(read), LIMITS)
    assert not any("没有认出来" in note for note in seen.notes)
    del strips[lost]
    missed = recognise_pages({1: lambda: picture(draw(LINES))}, saying(read), LIMITS)
    assert "第1页有1处像是有字，没有认出来。" in missed.notes


# --- layout --------------------------------------------------------------------------------------


def turned_so(picture: Picture) -> int:
    """Return by how many quarters a picture with one black corner is turned."""
    corners = [picture[0, 0], picture[0, -1], picture[-1, -1], picture[-1, 0]]
    return next(number for number, corner in enumerate(corners) if not corner.any())


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_turned_page_is_set_right(quarters: int) -> None:
    upright = picture().copy()
    upright[:20, :20] = 0

    def read(picture: Picture) -> list[Strip]:
        if not turned_so(picture):
            return letter()
        on_side = [Strip(one.words, 0.4, box(one.top, one.left, one.bottom, one.right)) for one in letter()]
        return on_side if turned_so(picture) in (1, 3) else letter(score=0.4)

    page = Recogniser(saying(read), LIMITS).recognise(np.rot90(upright, quarters), 1).page
    assert [line.words for line in page.lines] == list(LINES)
    assert page.height > page.width


def test_rows_come_from_top_to_bottom_and_cells_from_left_to_right() -> None:
    table = [strip(f"格{row}{column}", 200 + 300 * column, 200 + 60 * row) for row in (1, 2) for column in (1, 2)]
    assert recognised(table[::-1]) == ["格11\t格12", "格21\t格22"]


def test_a_page_that_lies_askew_keeps_its_rows() -> None:
    def tilted(one: Strip) -> Strip:
        return replace(one, corners=tuple((x + 0.04 * y, y - 0.04 * x) for x, y in one.corners))  # type: ignore[arg-type]

    long = strip("会议议定由林场于六月底前完成检修并恢复值守", 100, 100)
    cells = [strip("瞭望塔", 100, 160), strip("六月三十日", 900, 160)]
    assert recognised([tilted(one) for one in (*cells, long)]) == [long.words, "瞭望塔\t六月三十日"]


def test_the_left_column_is_read_before_the_right() -> None:
    left = [strip(f"左栏第{number}行的文字内容", 100, 200 + 50 * number) for number in range(1, 6)]
    right = [strip(f"右栏第{number}行的文字内容", 680, 200 + 50 * number) for number in range(1, 6)]
    title = strip("横贯两栏的一个很长的标题放在上面中间", 330, 100)
    assert recognised([*right, title, *left]) == [one.words for one in (title, *left, *right)]


def test_a_table_of_two_columns_is_none_of_text() -> None:
    table = [
        strip(words, left, 200 + 50 * number)
        for number in range(6)
        for words, left in ((f"事项{number}", 100), (f"第{number}责任单位和完成的时限要求", 680))
    ]
    assert recognised(table)[0] == "事项0\t第0责任单位和完成的时限要求"


def test_small_pages_are_enlarged_and_large_ones_made_smaller() -> None:
    assert scale_for(595, 842, 150 / 72) == pytest.approx(150 / 72)
    assert scale_for(620, 877) * 620 == pytest.approx(1000)
    assert scale_for(5000, 7000) * 5000 == pytest.approx(2000)
    assert scale_for(40, 20) <= 2.5


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("时间 : 2024年4月18日", "时间：2024年4月18日"),
        ("(第7期)", "（第7期）"),
        ("拨付3,200元, 并反馈", "拨付3,200元，并反馈"),
        ("承担50%,并于4月", "承担50%，并于4月"),
        ("（见附件2)", "（见附件2）"),
        ("8:30开会", "8:30开会"),
        ("见 www.a.example (v2)", "见 www.a.example (v2)"),
    ],
)
def test_punctuation_beside_chinese_is_full_width(line: str, expected: str) -> None:
    assert set_punctuation(line) == expected
