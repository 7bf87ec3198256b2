"""Dates mentioned in running text. The anchor is 2024-05-08, a Wednesday."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordnlp.dates import DateMention, find_dates

ANCHOR = datetime.date(2024, 5, 8)

# text | words found | first day | last day | precision | the year is certain
MENTIONS = """
你单位3月5日来函收悉           | 3月5日           | 2024-03-05 | 2024-03-05 | day     | no
2024年1月9日，我委以樟委函2号  | 2024年1月9日     | 2024-01-09 | 2024-01-09 | day     | yes
二〇二四年一月九日，我委       | 二〇二四年一月九日 | 2024-01-09 | 2024-01-09 | day   | yes
贵方２０２４年１月９日来函     | ２０２４年１月９日 | 2024-01-09 | 2024-01-09 | day   | yes
2024-01-09的函                 | 2024-01-09       | 2024-01-09 | 2024-01-09 | day     | yes
12月20日来函                   | 12月20日         | 2023-12-20 | 2023-12-20 | day     | no
8月1日的活动                   | 8月1日           | 2024-08-01 | 2024-08-01 | day     | no
去年12月的通报                 | 去年12月         | 2023-12-01 | 2023-12-31 | month   | yes
去年12月3日的通报              | 去年12月3日      | 2023-12-03 | 2023-12-03 | day     | yes
今年3月                        | 今年3月          | 2024-03-01 | 2024-03-31 | month   | yes
前年三季度                     | 前年三季度       | 2022-07-01 | 2022-09-30 | quarter | yes
明年一季度                     | 明年一季度       | 2025-01-01 | 2025-03-31 | quarter | yes
今年上半年                     | 今年上半年       | 2024-01-01 | 2024-06-30 | half    | yes
2023年度考勤表                 | 2023年度         | 2023-01-01 | 2023-12-31 | year    | yes
上月25日来函                   | 上月25日         | 2024-04-25 | 2024-04-25 | day     | yes
上个月25号来函                 | 上个月25号       | 2024-04-25 | 2024-04-25 | day     | yes
本月10日                       | 本月10日         | 2024-05-10 | 2024-05-10 | day     | yes
上月来函                       | 上月             | 2024-04-01 | 2024-04-30 | month   | yes
没有赶上上旬                   | 上旬             | 2024-05-01 | 2024-05-10 | third   | no
3月中旬                        | 3月中旬          | 2024-03-11 | 2024-03-20 | third   | no
3月底                          | 3月底            | 2024-03-21 | 2024-03-31 | third   | no
3月来函                        | 3月              | 2024-03-01 | 2024-03-31 | month   | no
昨日来函                       | 昨日             | 2024-05-07 | 2024-05-07 | day     | yes
今天上午                       | 今天             | 2024-05-08 | 2024-05-08 | day     | yes
明天                           | 明天             | 2024-05-09 | 2024-05-09 | day     | yes
前天的电话                     | 前天             | 2024-05-06 | 2024-05-06 | day     | yes
上周五来电                     | 上周五           | 2024-05-03 | 2024-05-03 | day     | yes
下周一开会                     | 下周一           | 2024-05-13 | 2024-05-13 | day     | yes
上星期三的会                   | 上星期三         | 2024-05-01 | 2024-05-01 | day     | yes
3月5日至8日的活动              | 3月5日至8日      | 2024-03-05 | 2024-03-08 | day     | no
2024年3月30日至4月2日          | 2024年3月30日至4月2日 | 2024-03-30 | 2024-04-02 | day | yes
1至5月的流水                   | 1至5月           | 2024-01-01 | 2024-05-31 | month   | no
2024年1至9月的数据             | 2024年1至9月     | 2024-01-01 | 2024-09-30 | month   | yes
三季度床位                     | 三季度           | 2024-07-01 | 2024-09-30 | quarter | no
""".strip().splitlines()

NEGATIVES = """
江医函〔2024〕12号
樟委函2号
路面3.2公里
2021—2025年规划
2021-2025年
2021至2025年
第3次会议
24小时值班
早晨7:00至8:00
18.6万元
请使用V2.3.1
版本2024.3.5
10日内答复
5个工作日内
三个月
两周
电话13805551234
1983-07
比例为3/5
得分2024.35
K2+100至K5+300段
5号楼
周一鸣主任
请说明日期
今后日常管理
基本日常
落后天数
2月30日
2024年13月
当日来人
每年一次
生日
前三季度
一日三餐
星期
""".strip().splitlines()


def mentions(text: str, **options: str) -> list[DateMention]:
    return find_dates(text, ANCHOR, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("row", MENTIONS)
def test_a_mention_is_found(row: str) -> None:
    text, words, first, last, precision, sure = (cell.strip() for cell in row.split("|"))
    (found,) = mentions(text)
    assert text[found.start : found.end] == words
    assert (found.first.isoformat(), found.date.isoformat()) == (first, last)
    assert (found.precision, found.has_year) == (precision, sure == "yes")


@pytest.mark.parametrize("text", NEGATIVES)
def test_other_numbers_are_no_date(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("prefer", "expected"), [("past", "2023-06-20"), ("future", "2024-06-20"), ("near", "2024-06-20")]
)
def test_the_year_of_a_day_without_one_is_the_callers_choice(prefer: str, expected: str) -> None:
    assert mentions("6月20日", prefer=prefer)[0].date.isoformat() == expected


@pytest.mark.parametrize(("prefer", "expected"), [("past", "2024-05-03"), ("future", "2024-05-10")])
def test_a_bare_weekday_follows_the_callers_choice(prefer: str, expected: str) -> None:
    assert mentions("周五来电", prefer=prefer)[0].date.isoformat() == expected


def test_several_mentions_are_in_order() -> None:
    text = "我委2024年1月9日去函，贵场3月5日复函，上周五又来电。"
    found = mentions(text)
    assert [mention.date.isoformat() for mention in found] == ["2024-01-09", "2024-03-05", "2024-05-03"]


def test_a_leap_day_without_year_is_in_a_leap_year() -> None:
    assert mentions("2月29日来函")[0].date == datetime.date(2024, 2, 29)


@given(
    st.dates(datetime.date(1990, 1, 1), datetime.date(2050, 12, 31)),
    st.sampled_from(["来函", "，我方", "的会议"]),
)
def test_a_written_date_is_found_where_it_stands(day: datetime.date, tail: str) -> None:
    written = f"{day.year}年{day.month}月{day.day}日"
    text = f"贵方{written}{tail}"
    (found,) = find_dates(text, ANCHOR)
    assert (found.date, found.start, found.end) == (day, 2, 2 + len(written))


@given(
    st.text("2024年3月15日至号〇二十三上下本周五去今明天季度底旬-/. ，前", max_size=40)
    | st.text("上中下旬底初末月内本前今明年周季3", max_size=8)
)
def test_mentions_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = find_dates(text, ANCHOR)
    ends = [0, *(mention.end for mention in found)]
    assert all(before <= mention.start < mention.end <= len(text) for before, mention in zip(ends, found, strict=False))
    assert all(mention.first <= mention.date for mention in found)
