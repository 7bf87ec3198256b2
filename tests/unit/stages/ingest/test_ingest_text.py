from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_files import check_offsets, kinds, read_one, skip_one, words

from coordnlp.records import Document


def read(text: str, name: str = "a.txt") -> Document:
    return read_one(name, text.encode())


def test_each_line_is_a_paragraph_with_its_line_number() -> None:
    document = read("关于排班的函\r\n\r\n　　国有林场：\r请函复。\n")
    assert document.text == "关于排班的函\n\n　　国有林场：\n请函复。\n"
    assert words(document) == ["关于排班的函", "国有林场：", "请函复。"]
    assert [document.place(block.start) for block in document.blocks] == ["第1行", "第3行", "第4行"]
    assert (document.format, document.mail, document.parent) == ("txt", None, "")


def test_invisible_characters_go_and_nothing_else_changes() -> None:
    assert read("\ufeff请\u200b于\x00３月　①日前\u202a函复\u2028谢谢").text == "请于３月　①日前函复\n谢谢"


@pytest.mark.parametrize("content", [b"", b"  \r\n\t\n", b"\xef\xbb\xbf\n", "　\n".encode("gb18030"), b"\0" * 40])
def test_empty_files_are_skipped(content: bytes) -> None:
    assert skip_one("空.txt", content).reason == "empty"


def test_larger_than_20_mb_is_too_large() -> None:
    assert skip_one("a.txt", b"a\n" * (11 << 20)).reason == "too_large"


def test_5_mb_is_read_in_linear_time() -> None:
    line = "会议议定，由林场于2月底前完成大坳瞭望塔的检修并恢复24小时瞭望。\n"
    small, large = (line * count for count in (3000, 50000))
    start = time.perf_counter()
    read(small)
    middle = time.perf_counter()
    assert len(read(large).blocks) == 50000
    assert time.perf_counter() - middle < 40 * (middle - start) + 1


WRAPPED = """　　为便于夜间险情直接叫得到人，望于1月20日前把贵场带班
领导和值守人员的排班名单、手机号送镇应急指挥室。我镇这一
头由党政办主任龙小桐负责与贵场对接，其余事项仍按去年的办
法办理。
　　二、请贵场在收到本函后10个工作日内，将2023年秋季普查
的小班矢量数据和无人机影像一并拷给镇农业服务中心，以便核
对。
                              中共樟沐镇委员会
"""


def test_hard_wrapped_lines_are_rejoined_and_told() -> None:
    document = read(WRAPPED)
    assert [line[-6:] for line in words(document)] == ["的办法办理。", "，以便核对。", "樟沐镇委员会"]
    assert "贵场带班领导和" in document.text
    assert any("折行" in note for note in document.notes)
    start = document.text.index("法办理")
    assert document.place(start) == "第4行"
    assert document.place(document.text.index("二、")) == "第5行"


@pytest.mark.parametrize(
    "text",
    [
        "出席：韩立群、邹敏、覃家富、苏婉、卢志远、杜海燕\n"
        "请假：蒋卫东（党委委员、纪检书记，赴市里培训）\n列席：龙小桐、韦思齐、蓝勇\n",
        "1.瞭望塔检修由林场负责，二月底前完成\n2.混编巡山由双方负责，三月底前完成\n3.联络专班由镇里负责，四月底前完成\n"
        "4.视频接口由林场负责，五月底前完成\n",
        "序号  事项              责任单位  时限\n1     瞭望塔检修恢复    林场      2月底\n"
        "2     混编巡山小组      双方      3月底\n"
        "3     联络专班成立      镇里      4月底\n",
        "请贵场把名单送来。\n请贵场把影像送来。\n请贵场把档案送来。\n请贵场把账目送来。\n",
    ],
)
def test_lists_and_tables_are_not_rejoined(text: str) -> None:
    document = read(text)
    assert document.text == text
    assert len(document.blocks) == text.count("\n")
    assert document.notes == ()


def test_latin_words_are_rejoined_with_a_space() -> None:
    lines = (
        "The joint meeting agreed that the watch tower shall be repaired before\n"
        "the end of February and that both teams shall patrol the border in six\n"
        "mixed groups from the first of March until the rains come to the hills\n"
        "and the roads.\n"
    )
    assert words(read(lines)) == [" ".join(lines.split("\n")[:-1])]


MARKDOWN = """# 备忘录 #

- 呈：梁宗岳同志
- [ ] 催办事项
1. **电话不走正门。**

> 原信：请函复
***
| 事项 | 责任单位 |
|------|:--------:|
| 检修 |          |
| 巡山 | 双方 |

```
正文
```
附录
====
"""


def test_markdown_gives_headings_lists_quotes_and_cells() -> None:
    document = read(MARKDOWN, "备忘.md")
    assert document.text == MARKDOWN
    assert document.format == "md"
    assert kinds(document) == [
        ("heading", "备忘录"),
        ("paragraph", "呈：梁宗岳同志"),
        ("paragraph", "催办事项"),
        ("paragraph", "1. **电话不走正门。**"),
        ("quote", "原信：请函复"),
        ("cell", "事项"),
        ("cell", "责任单位"),
        ("cell", "检修"),
        ("cell", "巡山"),
        ("cell", "双方"),
        ("paragraph", "正文"),
        ("heading", "附录"),
    ]
    places = [(block.table, block.row, block.column) for block in document.blocks if block.kind == "cell"]
    assert places == [(1, 1, 1), (1, 1, 2), (1, 2, 1), (1, 3, 1), (1, 3, 2)]
    assert document.place(document.text.index("巡山")) == "第12行"


def test_a_pipe_in_prose_is_no_table() -> None:
    assert kinds(read("甲|乙 两种意见\n---\n另起\n", "a.md"))[0] == ("paragraph", "甲|乙 两种意见")


@given(
    st.text(st.sampled_from("一函。，|#>-*=` \t\n\r\u3000\u200ba1"), max_size=200),
    st.sampled_from(["a.txt", "a.md"]),
)
def test_blocks_and_marks_lie_in_order_within_the_text(text: str, name: str) -> None:
    from coordnlp.stages.ingest.read_file import read_content

    for record in read_content(name, text.encode()):
        if isinstance(record, Document):
            check_offsets(record)


TABLE = "| 序号 | 事项 | 责任单位 |\n| 1 | 清旧模架 | 设备科 |\n| 2 | 送规程 | 合金室 |"


@pytest.mark.parametrize(
    "text",
    [
        f"一、上期事项\n\n{TABLE}\n\n二、其他",
        f"一、上期事项\n{TABLE}\n二、其他",
        "一、上期事项\n序号 | 事项 | 责任单位\n--- | --- | ---\n1 | 清旧模架 | 设备科\n2 | 送规程 | 合金室\n二、其他",
    ],
    ids=["between bars", "without blank lines", "with dashes"],
)
def test_a_table_with_bars_in_a_plain_text_has_cells(text: str) -> None:
    document = read(text)
    check_offsets(document)
    cells = [block for block in document.blocks if block.kind == "cell"]
    found = {(block.row, block.column): document.text[block.start : block.end].strip() for block in cells}
    assert {at: found[at] for at in ((1, 2), (2, 2), (3, 3))} == {(1, 2): "事项", (2, 2): "清旧模架", (3, 3): "合金室"}
    assert document.blocks[-1].kind == "paragraph"


@pytest.mark.parametrize(
    "text",
    ["请于3月|4月答复。\n来函|去函均可。", "|只有一行|两格|", "a | b\nc | d", "|一|二|\n|一|二|三|四|"],
    ids=["words", "one row", "open rows", "rows of other widths"],
)
def test_bars_in_words_make_no_table(text: str) -> None:
    assert {block.kind for block in read(text).blocks} == {"paragraph"}
