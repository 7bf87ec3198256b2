from __future__ import annotations

import io

import pytest
from ingest_files import LETTER, SIZE, bare, drawn_pdf, kinds, pdf_file, read_one, skip_one, words
from reportlab.pdfgen.canvas import Canvas

FULL = "会议议定由林场于二月底前完成大坳瞭望塔的检修并恢复二十四小时瞭"  # as wide as the column below
LEFT, TOP, LEAD = 80.0, 740.0, 28.0


def column(*lines: tuple[float, str]) -> list[tuple[float, float, str]]:
    """Return lines (indent in ems, words) one below the other."""
    return [(LEFT + indent * SIZE, TOP - number * LEAD, words) for number, (indent, words) in enumerate(lines)]


def test_a_letter_comes_back_as_its_paragraphs() -> None:
    document = read_one("函.pdf", pdf_file(LETTER))
    assert bare(words(document)) == bare(LETTER)
    assert document.format == "pdf"
    assert kinds(document)[0] == ("heading", LETTER[0])
    assert document.text == "\n".join(words(document))


@pytest.mark.parametrize("style", [{"indent": 0.0, "after": 14.0}, {"indent": 32.0, "after": 0.0}])
def test_a_letter_over_several_pages_comes_back(style: dict[str, float]) -> None:
    body = [f"{line}此为第{number}段。" for number, line in enumerate(LETTER[2:4] * 6)]
    letter = [*LETTER[:2], *body, *LETTER[-2:]]
    document = read_one("函.pdf", pdf_file(letter, **style))
    assert bare(words(document)) == bare(letter)
    pages = {document.place(offset) for offset in range(len(document.text))}
    assert pages >= {"第1页", "第2页", "第3页"}
    assert not any("—" in line and len(line) < 8 for line in words(document))


def test_latin_words_and_numbers_that_did_not_fit_go_on() -> None:
    letter = [
        *LETTER[:2],
        "现将联防联控系统（Joint Control Platform version 2.0）的接口文档和账号清单一并送上，请核。",
        *LETTER[2:],
    ]
    assert bare(words(read_one("a.pdf", pdf_file(letter)))) == bare(letter)


def test_spaces_that_layout_put_between_han_and_digits_go() -> None:
    line = [(80.0, 700.0, "请于2024"), (80.0 + 16 * 4.3, 700.0, "年3"), (80.0 + 16 * 6.1, 700.0, "月前函复")]
    assert words(read_one("a.pdf", drawn_pdf(line))) == ["请于2024年3月前函复"]


def test_a_spaced_out_title_is_closed_up() -> None:
    title = [(100.0 + 24 * number, 700.0, character) for number, character in enumerate("会议纪要")]
    assert words(read_one("a.pdf", drawn_pdf(title))) == ["会议纪要"]


def test_names_set_apart_stay_apart() -> None:
    line = [(80.0, 700.0, "出席：韩立群"), (80.0 + 16 * 7, 700.0, "邹敏"), (80.0 + 16 * 10, 700.0, "苏婉")]
    assert words(read_one("a.pdf", drawn_pdf(line))) == ["出席：韩立群 邹敏 苏婉"]


def test_full_lines_join_and_short_ones_end_the_paragraph() -> None:
    page = column((2, FULL[:-2]), (0, FULL), (0, "望。"), (2, "另起一段。"), (2, "再起一段。"))
    assert words(read_one("a.pdf", drawn_pdf(page))) == [
        FULL[:-2] + FULL + "望。",
        "另起一段。",
        "再起一段。",
    ]


def test_a_point_with_a_hanging_indent_is_one_paragraph() -> None:
    page = column((0, f"1. {FULL[:-2]}"), (1.5, FULL[:-2]), (1.5, "望。"), (0, "2. 另一点。"))
    assert words(read_one("a.pdf", drawn_pdf(page)))[1:] == ["2. 另一点。"]


def test_a_full_line_before_an_indented_one_ends_its_paragraph() -> None:
    page = column((2, FULL[:-2]), (2, "林场班子梁宗岳"), (2, FULL[:-2]), (0, FULL), (0, "望。"), (0, FULL), (0, "望"))
    assert words(read_one("a.pdf", drawn_pdf(page)))[:2] == [FULL[:-2], "林场班子梁宗岳"]


def test_signature_lines_stay_by_themselves() -> None:
    page = column((2, FULL[:-2]), (0, FULL), (0, "望。"), (18, "中共樟沐镇委员会"), (18, "二〇二四年一月九日"))
    assert words(read_one("a.pdf", drawn_pdf(page)))[-2:] == ["中共樟沐镇委员会", "二〇二四年一月九日"]


def test_a_title_of_two_lines_is_one() -> None:
    from reportlab.pdfbase import pdfmetrics

    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842))
    assert "STSong-Light" in pdfmetrics.getRegisteredFontNames() or pdf_file(LETTER)
    canvas.setFont("STSong-Light", 22)
    canvas.drawCentredString(297, 760, "关于春季森林防火值守和松材线虫病")
    canvas.drawCentredString(297, 728, "防控有关事项的函")
    canvas.setFont("STSong-Light", SIZE)
    for number, line in enumerate([FULL, FULL[:9], FULL, FULL[:5]]):
        canvas.drawString(57, 660 - 28 * number, line)
    canvas.save()
    document = read_one("a.pdf", content.getvalue())
    assert kinds(document)[0] == ("heading", "关于春季森林防火值守和松材线虫病防控有关事项的函")


@pytest.mark.parametrize("number", ["— 3 —", "- 3 -", "第3页", "3/5", "第 3 页 共 5 页", "3", "Page 3 of 5"])
def test_page_numbers_go(number: str) -> None:
    page = [*column((2, "请贵场支持。"), (2, "专此函达。")), (280.0, 50.0, number)]
    assert words(read_one("a.pdf", drawn_pdf(page))) == ["请贵场支持。", "专此函达。"]


def test_a_number_close_under_the_text_is_text() -> None:
    page = column((0, "户数合计如下："), (0, "237"))
    assert words(read_one("a.pdf", drawn_pdf(page)))[-1] == "237"


def test_running_heads_go_and_are_told() -> None:
    pages = [
        [
            (200.0, 800.0, "樟沐镇联席会议纪要"),
            *column((2, f"第{number}项，请林场支持。")),
            (290.0, 40.0, f"{number}"),
        ]
        for number in range(1, 5)
    ]
    document = read_one("a.pdf", drawn_pdf(*pages))
    assert words(document) == [f"第{number}项，请林场支持。" for number in range(1, 5)]
    assert "樟沐镇联席会议纪要" in document.notes[0]
    assert document.place(document.text.index("第4项")) == "第4页"


def test_table_rows_stay_lines() -> None:
    rows = [("序号", "事项", "单位"), ("1", "瞭望塔检修", "林场"), ("2", "混编巡山", "双方")]
    page = [
        (80.0 + 120 * column_, 700.0 - 30 * row, text)
        for row, cells in enumerate(rows)
        for column_, text in enumerate(cells)
    ]
    assert words(read_one("a.pdf", drawn_pdf(page))) == ["\t".join(row) for row in rows]


def test_a_turned_page_reads_the_right_way() -> None:
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(842, 595))
    pdf_file(LETTER)
    canvas.setPageRotation(90)
    canvas.setFont("STSong-Light", SIZE)
    canvas.rotate(90)
    canvas.drawString(60, -100, "第一行")
    canvas.drawString(60, -128, "第二行")
    canvas.save()
    assert words(read_one("a.pdf", content.getvalue())) == ["第一行", "第二行"]


# --- bad files -----------------------------------------------------------------------------------


def test_a_password_is_told() -> None:
    assert skip_one("a.pdf", pdf_file(LETTER, password="x")).reason == "encrypted"


def test_damaged_files_are_told() -> None:
    content = pdf_file(LETTER)
    assert skip_one("a.pdf", b"%PDF-1.4\n" + bytes(range(256))).reason == "damaged"
    assert skip_one("a.pdf", bytes(range(1, 256)) * 4).reason == "damaged"
    assert skip_one("a.pdf", content[: len(content) // 3]).reason in {"damaged", "no_text"}


def scan(*texts: str) -> bytes:
    """Return pages that are a picture each, with a line of text on those that are given one."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842))
    pdf_file(LETTER)
    for text in texts:
        canvas.drawImage(ImageReader(Image.new("L", (60, 85), 200)), 0, 0, 595, 842)
        canvas.setFont("STSong-Light", SIZE)
        canvas.drawString(80, 700, text)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


@pytest.mark.parametrize("watermark", ["", "扫描全能王 创建"])
def test_a_scan_is_told_with_number_and_date(watermark: str) -> None:
    skipped = skip_one("收文/2024-03-05 樟委函(2024)2号.pdf", scan(watermark, watermark))
    assert (skipped.reason, skipped.number, skipped.date) == ("no_text", "樟委函〔2024〕2号", "2024-03-05")
    assert "像是扫描件" in skipped.detail
    assert "coordnlp doctor" in skipped.detail


def test_a_scanned_page_among_others_is_noted() -> None:
    document = read_one(
        "a.pdf", scan("", "这一页在图片上面另有一层完整的文字，足以读取，字数也超过一枚水印所能有的长度。")
    )
    (note,) = document.notes
    assert note.startswith("第1页像是扫描的图片，没有文字层，没有读取")
    assert (document.unread, document.scanned) == (("第1页",), ())


def test_an_empty_page_has_no_text() -> None:
    content = io.BytesIO()
    canvas = Canvas(content)
    canvas.showPage()
    canvas.save()
    assert skip_one("a.pdf", content.getvalue()).reason == "no_text"
