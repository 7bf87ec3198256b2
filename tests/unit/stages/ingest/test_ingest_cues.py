"""Transcripts of recordings (.srt, .vtt)."""

from __future__ import annotations

import pytest
from ingest_files import check_offsets, read_one, skip_one, words

from coordnlp.records import Document

NAMED_TAGS = """WEBVTT

NOTE 由会议软件导出

STYLE
::cue { color: white }

9f2c-1
00:00:01.000 --> 00:00:03.500 align:start position:0%
<v 王磊>大家好，今天商量值班&amp;备勤。</v>

9f2c-2
00:00:03.500 --> 00:00:06.000
<v 王磊>请林场3月5日前</v>

9f2c-3
00:00:06.000 --> 00:00:08.000
<v.first.loud 王磊>把名单报来。</v>

00:01:10.000 --> 00:01:12.000
<v 罗海平（林场）>可以，<i>没有问题</i>。</v>
"""
NUMBERED = """1
00:00:00,000 --> 00:00:04,120
王磊(区住建局)：会议开始。先说第一件，
请林场3月5日前报名单。

2
00:00:04,120 --> 00:00:06,000
王磊(区住建局)：第二件是修路。

3
00:00:06,500 --> 00:00:08,000
路怎么修，请镇里拿方案。

4
01:00:06,500 --> 01:00:08,000
罗海平：我们同意。
"""
BARE = """1
00:00:00,000 --> 00:00:02,000
今天我们开个会

2
00:00:02,000 --> 00:00:04,000
商量值班的事情

3
00:00:04,000 --> 00:00:05,000
商量值班的事情
"""


def places(document: Document) -> list[str]:
    return [document.place(block.start) for block in document.blocks]


def test_voices_become_turns_marked_with_their_times() -> None:
    document = read_one("会议.vtt", NAMED_TAGS.encode())
    assert words(document) == [
        "王磊：大家好，今天商量值班&备勤。请林场3月5日前把名单报来。",
        "罗海平（林场）：可以，没有问题。",
    ]
    assert document.place(document.text.index("把名单")) == "00:00:06"
    assert places(document) == ["00:00:01", "00:01:10"]
    assert (document.format, document.notes) == ("vtt", ())
    check_offsets(document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_names_before_a_colon_become_turns(encoding: str) -> None:
    document = read_one("转写.srt", NUMBERED.replace("\n", "\r\n").encode(encoding))
    assert words(document) == [
        "王磊(区住建局)：会议开始。先说第一件，请林场3月5日前报名单。第二件是修路。路怎么修，请镇里拿方案。",
        "罗海平：我们同意。",
    ]
    assert places(document) == ["00:00:00", "01:00:06"]
    check_offsets(document)


def test_without_stops_every_cue_stays_a_line_and_rolling_ones_are_said_once() -> None:
    document = read_one("a.srt", BARE.encode())
    assert words(document) == ["今天我们开个会", "商量值班的事情"]
    assert places(document) == ["00:00:00", "00:00:02"]


def test_the_first_line_of_a_turn_without_stops_bears_the_name() -> None:
    text = BARE.replace("今天", "发言人1: 今天").replace("2\n00:00:02", "2\n00:00:02")
    assert words(read_one("a.srt", text.encode())) == ["发言人1：今天我们开个会", "商量值班的事情"]


def test_nameless_words_are_parted_by_silence() -> None:
    said = (("01", "02", "先说第一件。"), ("02", "03", "就是修路。"), ("09", "10", "好。"))
    cues = "".join(f"00:{start}.000 --> 00:{end}.500\n{text}\n\n" for start, end, text in said)
    document = read_one("a.vtt", f"WEBVTT\n\n{cues}".encode())
    assert words(document) == ["先说第一件。就是修路。", "好。"]
    assert places(document) == ["00:01", "00:09"]


def test_names_in_brackets_and_latin_words() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n[Wang Lei] Please send\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\nthe list.\n\n3\n00:00:03,000 --> 00:00:04,000\n[Luo]: See http://a.example.\n"
    )
    assert words(read_one("a.srt", text.encode())) == ["Wang Lei：Please send the list.", "Luo：See http://a.example."]


def test_a_clock_within_words_is_no_name() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n10:30 开会。\n\n2\n00:00:02,000 --> 00:00:03,000\nhttp://a.example/。\n"
    assert words(read_one("a.srt", text.encode())) == ["10:30 开会。http://a.example/。"]


@pytest.mark.parametrize("file", ["a.srt", "a.vtt"])
def test_what_is_no_transcript_is_read_as_text_or_told(file: str) -> None:
    document = read_one(file, "请贵场于3月15日前函复。".encode())
    assert (document.format, document.notes[0]) == ("txt", f"扩展名是{file[1:]}，按内容当作.txt读取。")
    assert skip_one(file, b"\x00\x01\x02\x03 garbage \xff\xfe\xfd").reason == "damaged"
    assert skip_one(file, b"1\n00:00:01,000 --> 00:00:02,000\n\n").reason == "no_text"
    assert skip_one(file, b"").reason == "empty"
    assert skip_one(file, b"PK\x03\x04" + bytes(30)).reason == "damaged"


def test_a_transcript_cut_off_keeps_what_is_there() -> None:
    cut = NUMBERED[: NUMBERED.index("4\n01:00")] + "4\n01:00:0"
    assert len(words(read_one("a.srt", cut.encode()))) == 1


def test_blank_lines_within_a_cue_and_none_between_cues_lose_nothing() -> None:
    loose = "1\n00:00:01,000 --> 00:00:02,000\n\n第一句。\n\n第二句。\n\n2\n00:00:02,000 --> 00:00:03,000\n2024。\n"
    tight = "1\n00:00:01,000 --> 00:00:02,000\n第一句。\n第二句。\n2\n00:00:02,000 --> 00:00:03,000\n2024。\n"
    for text in (loose, tight):
        assert words(read_one("a.srt", text.encode())) == ["第一句。第二句。2024。"]


def test_notes_between_cues_are_no_words() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n好。\n\nNOTE\n内部说明\n\n00:02.000 --> 00:03.000\n行。\n"
    assert words(read_one("a.vtt", text.encode())) == ["好。行。"]
