"""Registers of letters in and out: what each line tells, whose it is, and which document it means."""

from __future__ import annotations

import pytest
from papers import TEAMS, paper

from coordnlp.records import Document, RegisterEntry, Side
from coordnlp.stages.parse import parse_dossier
from coordnlp.stages.registers import apply_receipts, read_registers

LETTER = paper(
    "关于修复便道的函\n林函〔2024〕3号\n青溪镇人民政府：\n请贵镇修复便道。\n黑松林场\n2024年4月1日", "收文/1.txt"
)
OWN = paper(
    "关于界线图的函\n青政函〔2024〕12号\n黑松林场：\n请提供界线图。\n青溪镇人民政府\n2024年4月8日", "发文/1.txt"
)
CAME = "2024年收文登记簿\n序号|收文日期|来文单位|来文字号|文件标题\n"
WENT = "2024年发文登记簿\n序号|发文日期|发文字号|标题|主送单位\n"


def entries(*texts: str, ours: Side | None = "A", papers: tuple[Document, ...] = (LETTER, OWN)) -> list[RegisterEntry]:
    registers = [paper(text, f"登记簿{at}.txt") for at, text in enumerate(texts)]
    parsed, names = parse_dossier([*papers, *registers], TEAMS)
    return read_registers(parsed, names, ours)


def told(entry: RegisterEntry) -> str:
    return f"{entry.sender or '-'}>{entry.addressee or '-'} {entry.number} {entry.date} {entry.receipt}".strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CAME + "1|2024-04-03|黑松林场|林函〔2024〕3号|关于修复便道的函", "B>A 林函〔2024〕3号 2024-04-03 2024-04-03"),
        (CAME + "1|2024年4月3日|黑松林场|林函[2024]3号|便道", "B>A 林函〔2024〕3号 2024-04-03 2024-04-03"),
        (CAME + "1|4.3|黑松林场|林函〔2024〕3号|便道", "B>A 林函〔2024〕3号 2024-04-03 2024-04-03"),
        (CAME + "1|4月3日||林函〔2024〕3号|便道", "B>A 林函〔2024〕3号 2024-04-03 2024-04-03"),
        (CAME + "1|2024-04-03|县林业局|县林发〔2024〕8号|防火通知", "X>A 县林发〔2024〕8号 2024-04-03 2024-04-03"),
        (CAME + "1|2024-04-03|黑松林场||关于界桩的说明", "B>A  2024-04-03 2024-04-03"),
        (WENT + "1|2024-04-08|青政函〔2024〕12号|关于界线图的函|黑松林场", "A>B 青政函〔2024〕12号 2024-04-08"),
        (WENT + "1|4.8|青政函〔2024〕12号|关于界线图的函|", "A>- 青政函〔2024〕12号 2024-04-08"),
    ],
)
def test_a_line_tells_who_wrote_to_whom_under_which_number_and_when(text: str, expected: str) -> None:
    (entry,) = entries(text)
    assert told(entry) == expected


def test_the_year_turns_where_the_months_begin_again() -> None:
    found = entries(
        CAME.replace("2024", "2023") + "1|12.28|黑松林场|林函〔2023〕9号|甲\n2|1.5|黑松林场|林函〔2024〕1号|乙"
    )
    assert [entry.receipt for entry in found] == ["2023-12-28", "2024-01-05"]


def test_a_line_of_several_numbers_gives_one_entry_each() -> None:
    found = entries(CAME + "1|2024-04-03|黑松林场|林函〔2024〕3号、林函〔2024〕4号|便道")
    assert [entry.number for entry in found] == ["林函〔2024〕3号", "林函〔2024〕4号"]


def test_the_holder_of_an_unnamed_register_is_told_by_whose_numbers_went_out() -> None:
    (entry,) = entries(WENT + "1|2024-04-08|青政函〔2024〕12号|关于界线图的函|黑松林场", ours=None)
    assert (entry.sender, entry.addressee) == ("A", "B")


@pytest.mark.parametrize(
    "text",
    [
        "品名登记\n序号|品名|数量\n1|界桩|30",
        "上次会议议定事项落实情况\n序号|事项|责任单位|进展情况\n1|修复便道|黑松林场|已完成",
        CAME + "合计||||",
        "值班表\n日期|带班领导|值班人员\n4月3日|何映雪|杜文清",
    ],
    ids=["goods", "follow-up", "sum", "roster"],
)
def test_other_tables_and_empty_rows_are_no_entries(text: str) -> None:
    assert entries(text) == []


# --- receipts ------------------------------------------------------------------------------------


def receipts(register: str, *papers: Document) -> dict[str, str]:
    documents = [*papers, paper(register, "收文登记.txt")]
    parsed, names = parse_dossier(documents, TEAMS)
    done = apply_receipts(parsed, read_registers(parsed, names, "A"))
    return {one.header.file: one.header.receipt for one in done if one.header.receipt}


def test_a_register_tells_when_a_letter_came_in() -> None:
    found = receipts(CAME + "1|2024-04-09|黑松林场|林函〔2024〕3号|关于修复便道的函", LETTER, OWN)
    assert found == {"收文/1.txt": "2024-04-09"}


def test_a_letter_without_number_is_known_by_title_and_date() -> None:
    plain = paper("关于修复北坡便道的函\n青溪镇人民政府：\n请修复。\n黑松林场\n2024年4月1日", "收文/2.txt")
    found = receipts(CAME + "1|2024-04-09|黑松林场||关于修复北坡便道的函", plain)
    assert found == {"收文/2.txt": "2024-04-09"}


@pytest.mark.parametrize(
    "row",
    [
        "1|2024-04-09|黑松林场|林函〔2024〕5号|关于修复便道的函",
        "1|2024-03-09|黑松林场|林函〔2024〕3号|关于修复便道的函",
        "1|2024-09-09|黑松林场||关于修复便道的函",
        "1|2024-04-09|县林业局||关于修复便道的函",
        "1||黑松林场|林函〔2024〕3号|关于修复便道的函",
    ],
    ids=["other number", "before it was written", "months later", "other sender", "no day"],
)
def test_what_does_not_fit_gives_no_receipt(row: str) -> None:
    assert receipts(CAME + row, LETTER) == {}


def test_two_letters_of_one_title_share_no_receipt() -> None:
    one = paper("关于修复北坡便道的函\n青溪镇人民政府：\n请修复。\n黑松林场\n2024年4月1日", "收文/2.txt")
    two = paper("关于修复北坡便道的函\n青溪镇人民政府：\n再请修复。\n黑松林场\n2024年4月3日", "收文/3.txt")
    assert receipts(CAME + "1|2024-04-09|黑松林场||关于修复北坡便道的函", one, two) == {}
