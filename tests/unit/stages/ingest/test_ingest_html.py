"""Saved web pages: what a person sees, with tables of data as cells."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_files import check_offsets, kinds, read_one, skip_one, words
from sheet_files import cells, rows_of

from coordnlp.records import Document

LEDGER = """<table border=1>
<tr><td colspan=5>督办台账</td></tr>
<tr><th>序号</th><th>事项</th><th>责任单位</th><th>时限</th><th>进展</th></tr>
<tr><td>1</td><td>修路</td><td rowspan=2>樟沐镇</td><td>3月5日</td><td><p>已动工</p><p>待验收</p></td></tr>
<tr><td>2</td><td>清淤<br>（南沟）</td><td></td><td>&nbsp;</td></tr>
</table>"""


def read(body: str, head: str = "") -> Document:
    return read_one("a.html", f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def test_headings_paragraphs_and_line_ends() -> None:
    document = read(
        "<h1>关于报送<b>名单</b>的函</h1><p>鹤背岭林场：</p><p>请于3月5日前报送。<br>联系人：王芳</p><div>樟沐镇</div>"
    )
    assert document.format == "html"
    assert kinds(document) == [
        ("heading", "关于报送名单的函"),
        ("paragraph", "鹤背岭林场："),
        ("paragraph", "请于3月5日前报送。"),
        ("paragraph", "联系人：王芳"),
        ("paragraph", "樟沐镇"),
    ]
    assert document.place(document.text.index("联系人")) == "第4段"
    assert document.notes == ()
    check_offsets(document)


def test_scripts_styles_comments_and_hidden_elements_are_dropped() -> None:
    document = read(
        "<script>var a='函'</script><style>p{}</style><!-- 注 --><noscript>请开启脚本</noscript>"
        "<div style='color:red; display : none'>藏<p>藏</p></div><p hidden>藏</p><span style='mso-hide:all'>藏</span>"
        "<input type=hidden value=藏><button>打印</button><p>请函复。</p>",
        "<title>页名</title>",
    )
    assert words(document) == ["请函复。"]


def test_a_page_that_a_script_uncovers_is_read() -> None:
    assert words(
        read_one("a.html", "<html><body style='visibility:hidden'><p>请函复。</p></body></html>".encode())
    ) == ["请函复。"]


def test_navigation_and_footers_are_kept() -> None:
    document = read("<nav><a>首页</a> <a>公文</a></nav><p>请函复。</p><footer>&copy; 2024&nbsp;樟沐镇</footer>")
    assert words(document) == ["首页 公文", "请函复。", "© 2024 樟沐镇"]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        (
            "<ol start=3><li><p>甲</p><p>又</p></li><li value=7>乙</li><li>丙</li></ol>",
            ["3. 甲", "又", "7. 乙", "8. 丙"],
        ),
        ("<ol type=a><li>甲</li></ol><ol type=I><li>乙</li></ol>", ["a. 甲", "I. 乙"]),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲</li><li>乙</li></ol>", ["一、甲", "二、乙"]),
        ("<ol><li>甲<ol><li>子</li></ol></li><li>乙</li></ol>", ["1. 甲", "1. 子", "2. 乙"]),
        ("<ul><li>甲</li></ul>", ["甲"]),
        ("<ol style='list-style:none'><li>甲</li></ol>", ["甲"]),
        ("<ol><li></li><li>乙</li></ol>", ["2. 乙"]),
        ("<li>甲</li>", ["甲"]),
    ],
)
def test_list_items_have_the_numbers_that_the_page_shows(html: str, lines: list[str]) -> None:
    assert words(read(html)) == lines


def test_a_table_of_data_is_cells() -> None:
    document = read(f"<p>附表</p>{LEDGER}<p>说明</p>")
    assert rows_of(document) == [
        ["督办台账"],
        ["序号", "事项", "责任单位", "时限", "进展"],
        ["1", "修路", "樟沐镇", "3月5日", "已动工\n待验收"],
        ["2", "清淤\n（南沟）", "樟沐镇"],
    ]
    assert (4, 3, "樟沐镇") in cells(document)
    assert document.place(document.text.index("清淤")) == "表1第4行"
    assert document.place(document.text.index("说明")) == "第2段"
    check_offsets(document)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>首页</td><td><p>正文一。</p><p>正文二。</p></td></tr></table>",
        f"<table><tr><td>左</td><td>{'长' * 2500}</td></tr><tr><td>下</td><td>尾</td></tr></table>",
        "<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>",
        "<table><tr><td>菜单</td><td><h2>标题</h2></td></tr><tr><td>甲</td><td>乙</td></tr></table>",
        "<table role=presentation><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>",
    ],
)
def test_a_table_that_lays_out_the_page_is_paragraphs(html: str) -> None:
    assert {block.kind for block in read(html).blocks} <= {"paragraph", "heading"}


def test_a_table_within_a_layout_is_cells() -> None:
    document = read(f"<table><tr><td>菜单</td><td>{LEDGER}</td></tr><tr><td>底</td><td>角</td></tr></table>")
    assert words(document)[0] == "菜单"
    assert words(document)[-2:] == ["底", "角"]
    assert len(rows_of(document)) == 4


def test_wild_spans_do_no_harm() -> None:
    document = read(
        "<table><tr><td colspan=99999999 rowspan=x>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    )
    assert rows_of(document) == [["甲", "乙"], ["丙", "丁"]]
    wide = read("<table><tr><td colspan=5000>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>")
    assert wide.notes == ("表1太宽，只读了前200列。",)


def test_what_word_saves_as_a_page() -> None:
    page = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><style>p.MsoNormal{mso-x:y}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=ZH-CN><div class=Section1><p class=MsoTitle>关于核对<span
lang=EN-US>2024</span>年<span>值守</span>
<span>名单</span>的函<span lang=EN-US><o:p></o:p></span></p>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>一、</span><![endif]>请贵场于
3月5日前核
对。<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p></div></body></html>"""
    document = read_one("函.doc", page.encode("gb18030"))
    assert kinds(document) == [("heading", "关于核对2024年值守名单的函"), ("paragraph", "一、请贵场于 3月5日前核对。")]
    assert document.notes == ("扩展名是.doc，按内容当作.html读取。",)


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("gb18030", "<meta charset='gb2312'>"),
        ("gb18030", "<meta http-equiv=Content-Type content='text/html; charset=gbk'>"),
        ("gb18030", ""),
        ("gb18030", "<meta charset=utf-8>"),
        ("utf-8", "<meta charset=gb2312>"),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("big5", "<meta charset=big5>"),
    ],
)
def test_charsets(encoding: str, head: str) -> None:
    text = "請於三月五日前函復。" if encoding == "big5" else "请朱镕同志于3月5日前函复。"
    page = f"<html><head>{head}</head><body><p>{text}</p></body></html>"
    assert words(read_one("a.htm", page.encode(encoding))) == [text]


def test_chats_and_forms() -> None:
    document = read(
        "<pre>09:01 王芳\n名单收到了吗\n\n09:05 邓春生\n  收到</pre><form>拟稿人：<input value='王芳'>"
        "<input type=checkbox value=1><select><option>不同意<option selected>同意</select>"
        "<textarea>第一行\n第二行</textarea></form>"
    )
    assert words(document) == [
        *("09:01 王芳", "名单收到了吗", "09:05 邓春生", "收到"),
        *("拟稿人：王芳同意", "第一行", "第二行"),
    ]


@pytest.mark.parametrize("file", ["台账.xls", "台账.et", "台账.html", "台账.csv", "台账"])
def test_a_page_under_another_name_is_read(file: str) -> None:
    page = f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body>{LEDGER}</body></html>'
    document = read_one(file, page.encode("gb18030"))
    assert document.format == "html"
    assert len(rows_of(document)) == 4


def test_a_bare_table_under_the_name_of_a_workbook_is_read() -> None:
    assert read_one("台账.xls", LEDGER.encode()).format == "html"
    assert read_one("台账.htm", LEDGER.encode()).notes == ()


@pytest.mark.parametrize("file", ["函.pdf", "函.docx", "台账.xlsx"])
def test_a_page_in_place_of_a_download_is_no_document(file: str) -> None:
    skipped = skip_one(file, "<!DOCTYPE html><html><body>请先登录</body></html>".encode())
    assert skipped.reason == "unsupported"
    assert "重新下载" in skipped.detail


@pytest.mark.parametrize(
    "page", ["<html><body><img src=a.png></body></html>", "<html><frameset><frame></frameset></html>"]
)
def test_a_page_without_words_is_skipped(page: str) -> None:
    assert skip_one("a.html", page.encode()).reason == "no_text"


def test_empty_and_binary_pages_are_skipped() -> None:
    assert skip_one("a.html", b"  \n").reason == "empty"
    assert skip_one("a.html", b"<!-- x -->").reason == "no_text"
    assert skip_one("a.html", bytes(range(256)) * 40).reason == "binary"


def archive(page: bytes, coding: str, charset: str) -> bytes:
    packed = base64.encodebytes(page) if coding == "base64" else quopri.encodestring(page)
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        f'Content-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: {coding}\r\n'
        "Content-Location: file:///C:/a.htm\r\n\r\n"
    )
    return head.encode() + packed + b"\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"


@pytest.mark.parametrize("file", ["函.mht", "函.mhtml", "函.doc"])
@pytest.mark.parametrize("coding", ["base64", "quoted-printable"])
def test_a_web_archive_is_read(file: str, coding: str) -> None:
    document = read_one(file, archive("<html><body><p>请函复。</p></body></html>".encode("gb18030"), coding, "gb2312"))
    assert (document.format, words(document)) == ("mht", ["请函复。"])


def test_a_web_archive_without_a_page_is_damaged() -> None:
    assert (
        skip_one("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n").reason
        == "damaged"
    )
    assert skip_one("a.mht", "没有头的文字".encode()).reason == "damaged"


def test_deep_nesting_is_read_as_far_as_it_goes() -> None:
    assert words(read("<div>" * 1500 + "请函复。")) == ["请函复。"]
    cut = read("<p>始</p>" + "<div>" * 5000 + "请函复。")
    assert words(cut) == ["始"]
    assert "嵌套太深" in cut.notes[0]


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "<br>", "<table>", "</table>", "<tr>", "<td>", "<td rowspan=2>", "<td colspan=3>"),
        *(
            "甲",
            "乙 ",
            "\n",
            "&nbsp;",
            "<li>",
            "<ol>",
            "</ol>",
            "<h2>",
            "</h2>",
            "<pre>",
            "</pre>",
            "<script>x</script>",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_blocks_lie_apart_in_order_whatever_the_page(pieces: list[str]) -> None:
    document = read(f"<p>始</p>{''.join(pieces)}")
    check_offsets(document)
    places = [(block.table, block.row, block.column) for block in document.blocks if block.table]
    assert places == sorted(set(places))
