"""Who speaks in exported chats, transcripts and hand-written records; on the left the paper, on the right its turns.

A turn is written `speaker party: words`; party `-` stands for nobody's known, `>` opens words that are told again.
"""

from __future__ import annotations

import pytest
from papers import paper, read, read_text

from coordnlp.records import Parsed
from coordnlp.stages.ingest.read_file import read_content


def turns(one: Parsed) -> list[str]:
    """Return the turns of a talk in the notation of this file."""
    told: list[str] = []
    last: object = None
    for passage in one.passages:
        if passage.zone == "quote":
            told.append(f"> {passage.speaker} {passage.party or '-'}: {one.words(passage)}")
            last = None
        elif passage.turn is not None and passage.zone == "body" and not passage.label:
            words = one.words(passage)
            told.append(f"{passage.speaker} {passage.party or '-'}: {words}") if passage.turn != last else None
            told[-1] += words if passage.turn == last else ""
            last = passage.turn
    return told


def check(one: Parsed, expected: str) -> None:
    assert turns(one) == [line.strip() for line in expected.strip().splitlines()]


SAID = """
罗建川 B: 钥匙放门房了
何映雪 A: 收到，便道哪天修？
田小满 B: 周五开工
何映雪 A: 好的
"""


def chat(layout: str, *, head: str = "镇场防火群聊天记录\n") -> str:
    """Return four messages in a layout; {who} the writer, {h} the hour, {m} the minute, {words} what is said."""
    said = (
        ("罗建川", "02", "钥匙放门房了"),
        ("何映雪", "05", "收到，便道哪天修？"),
        ("田小满", "09", "周五开工"),
        ("何映雪", "11", "好的"),
    )
    unit = {"罗建川": "黑松林场", "何映雪": "青溪镇", "田小满": "黑松林场"}
    body = "\n".join(layout.format(who=who, h="10", m=m, words=words, unit=unit[who]) for who, m, words in said)
    return f"{head}{body}\n"


LAYOUTS = {
    "wechat, slashes": "{who} 2024/3/5 {h}:{m}\n{words}",
    "wechat, seconds": "{who} 2024-03-05 {h}:{m}:33\n{words}\n",
    "wechat, copied on a computer": "{who}  {h}:{m}\n{words}",
    "wechat, forwarded together": "{who} 3月5日 {h}:{m}\n{words}",
    "wechat, on a telephone": "{who} 24/3/5 上午{h}:{m}\n{words}",
    "wechat, weekday": "{who} 星期二 {h}:{m}\n{words}",
    "wechat, yesterday": "{who} 昨天 {h}:{m}\n{words}",
    "wechat, half a day": "{who} 下午3:{m}\n{words}",
    "exporter, name in quotes": "2024-03-05 {h}:{m}:33 '{who}'\n{words}\n",
    "exporter, fields": "2024-03-05 {h}:{m}:33,{who},{words}",
    "exporter, tabs": "2024-03-05 {h}:{m}:33\t{who}\t{words}",
    "wecom, firm behind @": "{who}@{unit} 2024-03-05 {h}:{m}:33\n{words}",
    "wecom, firm in brackets": "{who}（{unit}） 3/5 {h}:{m}:33\n{words}",
    "wecom, firm behind a dash": "{who}-{unit} {h}:{m}\n{words}",
    "dingtalk, stamp in brackets": "{who}(2024-03-05 {h}:{m}:33):\n{words}",
    "dingtalk, no seconds": "{who} 2024-03-05 {h}:{m}\n{words}",
    "dingtalk, name in brackets": "【{who}】{h}:{m}\n{words}",
    "feishu, day in words": "{who} 3月5日 {h}:{m}\n{words}",
    "feishu, comma and AM": "{who}, {h}:{m} AM\n{words}",
    "qq, number": "2024-03-05 {h}:{m}:33 {who}(12345678)\n{words}\n",
    "qq, address": "2024-03-05 {h}:{m}:33 {who}<wl@x.example>\n{words}\n",
    "qq, rank": "2024-03-05 {h}:{m}:33 【群主】{who}(12345678)\n{words}\n",
    "qq, level and unit": "2024-03-05 {h}:{m}:33 【LV2 群友】{unit}-{who}(12345678)\n{words}\n",
    "stamp in corner brackets": "〔{h}:{m}〕{who}\n{words}",
    "bar between": "{h}:{m} {who}｜{words}，",
    "tencent meeting, one line": "{who}(00:{h}:{m}): {words}",
    "tencent meeting, two lines": "{who} 00:{h}:{m}\n{words}",
    "transcript, clock in brackets": "[00:{h}:{m}] {who}：{words}",
    "transcript, stretch in brackets": "[00:{h}:{m} - 00:{h}:59] {who}: {words}",
    "transcript, hour above a hundred minutes": "{who} 1{h}:{m}\n{words}",
    "bold name and clock": "**{who}** {h}:{m}\n{words}",
    "picture before the name": "🌲{who}🌲 {h}:{m}\n{words}",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_layout_of_messages_is_understood(layout: str) -> None:
    one = read_text(chat(layout))
    assert (one.header.kind, one.header.sender) == ("transcript", "AB")
    check(one, _as_written(layout))


def _as_written(layout: str) -> str:
    return "\n".join(f"{line}，" for line in SAID.strip().splitlines()) if layout.endswith("，") else SAID


def test_a_cue_of_subtitles_is_no_words_of_the_speaker() -> None:
    one = read_text(
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n何映雪: 便道哪天修？\n\n"
        "2\n00:00:04.000 --> 00:00:09.500\n罗建川: 周五开工，\n\n3\n00:00:09.500 --> 00:00:12.000\n料已经备好。\n",
        "会议转写.txt",
    )
    assert one.header.kind == "transcript"
    check(one, "何映雪 A: 便道哪天修？\n罗建川 B: 周五开工，料已经备好。")


def test_the_head_of_an_export_is_no_message_and_who_has_no_nickname_has_a_number() -> None:
    one = read_text(
        "消息记录（此消息记录为文本格式，不支持重新导入）\n\n========\n消息分组:我的群聊\n========\n消息对象:镇场防火群\n\n"
        "2024-03-05 10:22:33 系统消息(10000)\n秦越加入本群。\n\n2024-03-05 10:23:33 何映雪(12345678)\n便道哪天修？\n\n"
        "2024-03-05 10:24:01 【管理员】罗建川(22345678)\n周五\n\n2024-03-05 10:26:01 (42345678)\n我也去\n"
    )
    check(one, "何映雪 A: 便道哪天修？\n罗建川 B: 周五\n42345678 -: 我也去")
    assert all(
        passage.party is None for passage in one.passages if "消息" in one.words(passage) and passage.zone == "body"
    )


RECORDS = {
    "words below the name, day lines between": (
        "镇场防火群\n————— 2024-03-05 —————\n罗建川:\n钥匙放门房了\n何映雪:\n收到，便道哪天修？\n"
        "————— 2024-03-06 —————\n田小满:\n周五开工\n何映雪:\n好的\n",
        SAID,
    ),
    "words behind the name, day lines between": (
        "聊天记录\n2024年3月5日 星期二\n罗建川: 钥匙放门房了\n何映雪: 收到，便道哪天修？\n10:09\n田小满: 周五开工\n"
        "2024年3月6日 星期三\n何映雪: 好的\n",
        SAID,
    ),
    "surname and post": (
        "碰头会记录\n罗场长：便道周五开工。\n何镇长：好。\n罗场：料已经备好。\n",
        "罗场长 B: 便道周五开工。\n何镇长 A: 好。\n罗场 B: 料已经备好。",
    ),
    "names in brackets": (
        "碰头会记录\n【何映雪】便道哪天修？\n桥头最急。\n【罗建川】周五。\n",
        "何映雪 A: 便道哪天修？桥头最急。\n罗建川 B: 周五。",
    ),
    "names in square brackets": (
        "碰头会记录\n[何映雪] 便道哪天修？\n[罗建川] 周五。\n",
        "何映雪 A: 便道哪天修？\n罗建川 B: 周五。",
    ),
    "bold names": (
        "碰头会记录\n**何映雪**：便道哪天修？\n**罗建川：**周五。\n",
        "何映雪 A: 便道哪天修？\n罗建川 B: 周五。",
    ),
    "list of turns": (
        "碰头会记录\n- 何映雪：便道哪天修？\n- 罗建川：周五。\n",
        "何映雪 A: 便道哪天修？\n罗建川 B: 周五。",
    ),
    "names behind @": (
        "碰头会记录\n@何映雪：便道哪天修？\n@罗建川：周五。\n",
        "何映雪 A: 便道哪天修？\n罗建川 B: 周五。",
    ),
    "verb before the colon": (
        "座谈会记录\n何映雪（青溪镇镇长）发言：便道哪天修？\n罗建川说：周五。\n他停了一下，又说料已备好。\n",
        "何映雪 A: 便道哪天修？\n罗建川 B: 周五。他停了一下，又说料已备好。",
    ),
    "unknown people with their units": (
        "座谈会记录\n王磊（青溪镇财政所）：钱到账了。\n陆一鸣（黑松林场）：收到。\n贺言（县林业局）：好。\n",
        "王磊 A: 钱到账了。\n陆一鸣 B: 收到。\n贺言 -: 好。",
    ),
    "chair named in the head": (
        "座谈会记录\n时间：2024年4月20日\n主持人：何映雪\n主持人：人到齐了。\n罗建川：便道周五开工。\n主持人：好。\n",
        "何映雪 A: 人到齐了。\n罗建川 B: 便道周五开工。\n何映雪 A: 好。",
    ),
    "chair named in brackets": (
        "座谈会记录\n主持人（何映雪）：人到齐了。\n罗建川：便道周五开工。\n",
        "何映雪 A: 人到齐了。\n罗建川 B: 便道周五开工。",
    ),
    "chair whom nothing names": (
        "座谈会记录\n主持人：人到齐了。\n罗建川：便道周五开工。\n主持人：好。\n",
        "主持人 -: 人到齐了。\n罗建川 B: 便道周五开工。\n主持人 -: 好。",
    ),
    "parties by number": (
        "洽谈记录\n甲方：青溪镇人民政府\n乙方：黑松林场\n甲方代表：便道要修。\n乙方代表：周五开工。\n甲方代表：好。\n",
        "甲方代表 A: 便道要修。\n乙方代表 B: 周五开工。\n甲方代表 A: 好。",
    ),
    "question and answer": (
        "谈话记录\n问：便道塌方是哪天？\n答：三月初。\n当时没人看见。\n问：谁先报的？\n答：护林员。\n",
        "问 -: 便道塌方是哪天？\n答 -: 三月初。当时没人看见。\n问 -: 谁先报的？\n答 -: 护林员。",
    ),
    "units that speak": ("碰头会记录\n镇里：便道要修。\n林场：周五开工。\n", "镇里 A: 便道要修。\n林场 B: 周五开工。"),
    "numbered speakers and a legend": (
        "会议转写\n说话人1：何映雪（青溪镇）\n说话人 2：罗建川（黑松林场）\n说话人1 00:03\n便道哪天修？\n"
        "说话人2 00:09\n周五。\n说话人1 00:15\n好。\n",
        "何映雪 A: 便道哪天修？\n罗建川 B: 周五。\n何映雪 A: 好。",
    ),
    "numbered speakers and a legend at the end": (
        "会议转写\n发言人1：便道哪天修？\n发言人2：周五。\n发言人1：好。\n"
        "（注：发言人1为何映雪，发言人2为陆一鸣（黑松林场））\n",
        "何映雪 A: 便道哪天修？\n陆一鸣 B: 周五。\n何映雪 A: 好。",
    ),
    "numbered speakers above their words": (
        "会议记录\n发言人1：\n便道哪天修？\n发言人2：\n周五。\n发言人1：\n好。\n",
        "发言人1 -: 便道哪天修？\n发言人2 -: 周五。\n发言人1 -: 好。",
    ),
    "numbered speakers without a legend": (
        "会议转写\n发言人1：便道哪天修？\n发言人2：周五。\n发言人1：好。\n",
        "发言人1 -: 便道哪天修？\n发言人2 -: 周五。\n发言人1 -: 好。",
    ),
    "several turns in a paragraph": (
        "座谈会记录\n何映雪：便道哪天修？罗建川：周五。料已备好。何映雪：好。\n",
        "何映雪 A: 便道哪天修？\n罗建川 B: 罗建川：周五。料已备好。\n何映雪 A: 何映雪：好。",
    ),
    "no turns within a sentence": (
        "座谈会记录\n何映雪：两件事：罗建川管料，田小满管人。要点：桥头。\n罗建川：行。\n",
        "何映雪 A: 两件事：罗建川管料，田小满管人。要点：桥头。\n罗建川 B: 行。",
    ),
    "recorder's remarks": (
        "座谈会记录\n何映雪：便道哪天修？\n（休会十分钟）\n罗建川：周五。\n（众人笑）\n",
        "何映雪 A: 便道哪天修？\n罗建川 B: 周五。",
    ),
    "conclusion behind the talk": (
        "座谈会记录\n何映雪：便道哪天修？\n罗建川：周五。\n议定事项：\n黑松林场周五修便道。\n",
        "何映雪 A: 便道哪天修？\n罗建川 B: 周五。",
    ),
    "somebody who speaks once": (
        "座谈会记录\n何映雪：便道哪天修？\n罗建川：周五。\n陆一鸣：我看难。\n",
        "何映雪 A: 便道哪天修？\n罗建川 B: 周五。\n陆一鸣 -: 我看难。",
    ),
}


@pytest.mark.parametrize(("text", "expected"), RECORDS.values(), ids=RECORDS.keys())
def test_a_record_of_a_talk_is_understood(text: str, expected: str) -> None:
    one = read_text(text)
    assert one.header.kind == "transcript"
    check(one, expected)


# --- what opens no turn --------------------------------------------------------------------------

HEADS = [
    "时间：下午三点",
    "议题：便道养护",
    "备注：桥头危险",
    "链接：https://x.example/a",
    "方案：先修桥头",
    "方案：再修弯道",
    "问题：缺人手",
    "遗留问题：界桩",
    "下一步：补界桩",
    "施工图：见附件",
    "任务书：另发",
    "高新区：暂不列入",
    "一、便道养护：",
    "2.桥头：先修",
    "比如说：桥头",
    "【重要】明天停电",
    "[OK]",
]


@pytest.mark.parametrize("line", HEADS)
def test_a_head_of_a_field_opens_no_turn(line: str) -> None:
    one = read_text(f"座谈会记录\n何映雪：先说便道。\n{line}\n{line}二\n罗建川：周五开工。\n")
    assert {passage.speaker for passage in one.passages} <= {"", "何映雪", "罗建川"}
    assert len({passage.turn for passage in one.passages} - {None}) == 2


NO_CHATS = {
    "duty roster, hour first": ("防火值班表\n08:00 何映雪\n12:00 罗建川\n16:00 田小满\n20:00 杜文清\n", "other"),
    "duty roster without a title": ("08:00 何映雪\n12:00 罗建川\n16:00 田小满\n20:00 杜文清\n", "other"),
    "duty roster, shifts": (
        "防火值班\n何映雪 08:00-12:00\n罗建川 12:00-16:00\n田小满 16:00-20:00\n秦越 20:00-24:00\n",
        "other",
    ),
    "sign-in sheet": ("签到表\n何映雪 08:01 已到\n罗建川 08:03 已到\n田小满 08:05 已到\n秦越 08:07 已到\n", "other"),
    "sheet of arrivals without a title": (
        "何映雪 08:01 已到\n罗建川 08:03 已到\n田小满 08:05 已到\n秦越 08:07 已到\n",
        "other",
    ),
    "programme": (
        "现场会议程\n09:00 何映雪 致辞\n09:10 罗建川 介绍便道\n09:30 田小满 答疑\n10:00 周启山 总结\n",
        "other",
    ),
    "programme with colons": (
        "联席会议会议安排\n09:00 主持人：宣布开会\n09:10 何映雪：致辞\n09:30 罗建川：介绍便道\n10:00 周启山：总结\n",
        "notice",
    ),
    "timetable": (
        "停电通知\n黑松林场：\n3月5日 08:00 停桥头线\n3月5日 12:00 送桥头线\n3月6日 08:00 停弯道线\n"
        "3月6日 12:00 送弯道线\n",
        "notice",
    ),
    "letter with hours": (
        "关于便道施工时段的函\n黑松林场：\n我镇拟于3月5日 08:00起施工。\n3月6日 10:00请贵场派人到场。\n"
        "青溪镇人民政府\n2024年3月1日\n",
        "letter",
    ),
    "letter that quotes a chat": (
        "关于便道的函\n黑松林场：\n贵场在群里答应过：\n罗建川 2024-02-05 10:02\n周五开工\n"
        "何映雪 2024-02-05 10:05\n好的\n"
        "罗建川 2024-02-05 10:06\n料备好了\n何映雪 2024-02-05 10:09\n辛苦\n请贵场函复。\n青溪镇人民政府\n"
        "2024年3月1日\n",
        "letter",
    ),
    "report with a chronology": (
        "关于三月五日停电的情况说明\n10:22 何映雪到场。\n10:40 罗建川合闸。\n11:05 送电。\n11:30 恢复。\n"
        "青溪镇人民政府\n2024年3月6日\n",
        "report",
    ),
    "form": ("工作联系单\n事项：便道\n内容：修桥头\n时限：月底\n要求：函复\n", "letter"),
    "form without a title": ("便道养护\n事项：便道\n内容：修桥头\n时限：月底\n安排：先修弯道\n", "other"),
    "directory": ("通讯录\n何映雪：5550101\n罗建川：5550102\n", "other"),
    "one time is no chat": ("便条\n何映雪 10:22\n便道周五修。\n", "other"),
    "scores and scales": ("便道图说明\n比例 1:50\n配比 3:20\n比例 1:20\n配比 2:30\n", "other"),
}


@pytest.mark.parametrize(("text", "kind"), NO_CHATS.values(), ids=NO_CHATS.keys())
def test_a_paper_with_times_and_names_is_no_chat(text: str, kind: str) -> None:
    one = read_text(text)
    assert one.header.kind == kind
    assert turns(one) == []


def test_minutes_that_quote_a_chat_stay_minutes() -> None:
    one = read_text(
        "青溪镇黑松林场联席会议纪要\n时间：2024年4月10日\n出席：何映雪、罗建川\n会议回顾了群里的商定：\n"
        "罗建川 2024-02-05 10:02\n周五开工\n何映雪 2024-02-05 10:05\n好的\n一、便道养护\n"
        "会议议定由黑松林场于4月底前修好。\n"
    )
    assert (one.header.kind, one.header.date) == ("minutes", "2024-04-10")
    last = one.passages[-1]
    assert (last.party, last.turn) == ("AB", None)


def test_a_field_within_a_message_opens_no_turn_in_a_chat() -> None:
    text = chat("{who} 2024-03-05 {h}:{m}\n{words}") + "罗建川 2024-03-05 10:20\n转发：\n何映雪：图要盖章\n秦越：好\n"
    assert turns(read_text(text))[-1] == "罗建川 B: 转发：何映雪：图要盖章秦越：好"


# --- what nobody says ----------------------------------------------------------------------------

NOTICES = [
    "何映雪撤回了一条消息",
    "2024-03-05 10:06:00 何映雪撤回了一条消息",
    "罗建川邀请秦越加入了群聊",
    "秦越通过扫描“罗建川”分享的二维码加入群聊",
    "罗建川修改群名为“镇场防火群”",
    "何映雪拍了拍罗建川",
    "以上是打招呼的内容",
    "通话时长 03:12",
    "[图片]",
    "[图片][图片]",
    '[语音] 12"',
    "[文件] 界线图.pdf",
    "秦越领取了你的红包",
    "—————  2024-03-05  —————",
    "3月6日 星期三",
    "10:30",
]


@pytest.mark.parametrize("line", NOTICES)
def test_a_line_that_a_program_wrote_is_nobodys_words(line: str) -> None:
    one = read_text(chat(f"{{who}} 2024-03-05 {{h}}:{{m}}\n{{words}}\n{line}"))
    check(one, SAID)
    found = [passage for passage in one.passages if one.words(passage).strip("— ") == line.strip("— ")]
    assert found
    assert {(passage.party, passage.speaker, passage.zone) for passage in found} == {(None, "", "disclaimer")}


@pytest.mark.parametrize(
    "line",
    [
        "他撤回了一条消息，说的是界桩",
        "请把秦越拉进群",
        "[图片] 桥头塌了一半",
        "[OK]",
        "图片已发邮箱",
        "红包就不发了，先把图给我",
        "通话里说不清，还是发函",
        "3月6日前给你",
        "10:30开会",
    ],
)
def test_what_somebody_writes_about_such_things_is_words(line: str) -> None:
    one = read_text(chat(f"{{who}} 2024-03-05 {{h}}:{{m}}\n{{words}}\n{line}"))
    assert turns(one)[-1] == f"何映雪 A: 好的{line}"


# --- what is told again --------------------------------------------------------------------------

AGAIN = {
    "corner brackets, new words below": (
        "「何映雪：收到，便道哪天修？」\n- - - - - - - - - -\n周五",
        "> 何映雪 A: 「何映雪：收到，便道哪天修？」\n罗建川 B: 周五",
    ),
    "corner brackets, new words behind": (
        "「何映雪：便道哪天修？」周五",
        "> 何映雪 A: 「何映雪：便道哪天修？」\n罗建川 B: 周五",
    ),
    "corner brackets over two lines": (
        "「何映雪：收到，\n便道哪天修？」\n周五",
        "> 何映雪 A: 「何映雪：收到，\n> 何映雪 A: 便道哪天修？」\n罗建川 B: 周五",
    ),
    "reply to": (
        "回复 何映雪：收到，便道哪天修？\n周五",
        "> 何映雪 A: 回复 何映雪：收到，便道哪天修？\n罗建川 B: 周五",
    ),
    "message of": (
        "引用 何映雪 的消息：便道哪天修？\n周五",
        "> 何映雪 A: 引用 何映雪 的消息：便道哪天修？\n罗建川 B: 周五",
    ),
    "arrow": ("何映雪：收到，便道哪天修 ↩\n周五", "> 何映雪 A: 何映雪：收到，便道哪天修 ↩\n罗建川 B: 周五"),
    "quotes that are none": ("「应急预案」要改", "罗建川 B: 「应急预案」要改"),
    "heading in quotes": ("「附件：塌方照片」见邮箱", "罗建川 B: 「附件：塌方照片」见邮箱"),
    "new words to somebody": ("回复何映雪：钱上午到账了", "罗建川 B: 回复何映雪：钱上午到账了"),
}


@pytest.mark.parametrize(("message", "expected"), AGAIN.values(), ids=AGAIN.keys())
def test_words_told_again_are_their_writers(message: str, expected: str) -> None:
    one = read_text(chat("{who} 2024-03-05 {h}:{m}\n{words}") + f"罗建川 2024-03-05 10:20\n{message}\n")
    assert turns(one)[4:] == expected.splitlines()


# --- whose a speaker is --------------------------------------------------------------------------


def lines(*messages: str) -> str:
    """Return a chat of messages written `name: words`; two known people open it."""
    said = ("何映雪: 早", "罗建川: 早", *messages)
    pairs = [message.split(": ", 1) for message in said]
    return "镇场防火群聊天记录\n" + "".join(
        f"{who} 2024-03-05 10:{at:02}\n{words}\n" for at, (who, words) in enumerate(pairs)
    )


def party_of(text: str, speaker: str) -> str:
    found = {passage.party or "-" for passage in read_text(text).passages if passage.speaker == speaker}
    assert len(found) == 1, f"{speaker} speaks not at all, or for two sides: {found}"
    return found.pop()


@pytest.mark.parametrize(
    ("written", "speaker", "party"),
    [
        ("王磊@黑松林场", "王磊", "B"),
        ("黑松林场-王磊", "王磊", "B"),
        ("林场王磊", "王磊", "B"),
        ("B林场王磊", "王磊", "B"),
        ("王磊（黑松）", "王磊", "B"),
        ("林场 小周", "小周", "B"),
        ("镇里-小周", "小周", "A"),
        ("护林队小吴（林场）", "小吴", "B"),
        ("🌻王磊（青溪镇）", "王磊", "A"),
        ("王磊（县林业局）", "王磊", "-"),
        ("县林业局-小周", "小周", "-"),
        ("搭建公司 老钱", "老钱", "-"),
        ("王磊", "王磊", "-"),
        ("老罗", "老罗", "B"),
        ("小满", "小满", "B"),
        ("阿满", "阿满", "B"),
        ("老钱", "老钱", "-"),
        ("罗局", "罗局", "-"),
        ("罗场", "罗场", "B"),
        ("何镇", "何镇", "A"),
        ("Zoe", "Zoe", "-"),
    ],
)
def test_a_speaker_belongs_where_the_name_tells(written: str, speaker: str, party: str) -> None:
    assert party_of(lines(f"{written}: 周五开工", f"{written}: 好"), speaker) == party


@pytest.mark.parametrize(
    ("words", "party"),
    [
        (("我是林场的小周", "好"), "B"),
        (("大家好，我是青溪镇财政所小周，请多关照", "好"), "A"),
        (("我们林场人手紧", "我场没有料"), "B"),
        (("我们镇里没有钱", "你们林场先垫"), "A"),
        (("贵场先垫一下", "贵场哪天开工？"), "A"),
        (("你们镇里给个话", "我们场部定不了"), "B"),
        (("我们林场人手紧", "好"), "-"),
        (("我们林场人手紧", "你们林场先垫"), "-"),
        (("我是林场的常客", "好"), "-"),
        (("我去林场看看", "镇里没有钱"), "-"),
        (("他说“我们林场人手紧”", "又说“我场没有料”"), "-"),
        (("我是说林场没有料", "你们林场人手紧"), "-"),
        (("我局没有料", "我局人手紧"), "-"),
    ],
)
def test_a_speaker_belongs_where_the_words_tell(words: tuple[str, str], party: str) -> None:
    assert party_of(lines(*(f"冰冰: {said}" for said in words)), "冰冰") == party


def test_a_mention_with_its_unit_tells_whose_a_speaker_is() -> None:
    assert party_of(lines("何映雪: @林场-冰冰 便道哪天修？", "冰冰: 周五"), "冰冰") == "B"


def test_whoever_answers_a_mention_of_the_other_side_twice_belongs_there() -> None:
    text = lines("何映雪: @冰冰 你们林场哪天修？", "冰冰: 周五", "何映雪: @冰冰 你们林场有料吗？", "冰冰: 有")
    assert party_of(text, "冰冰") == "B"


def test_a_stranger_who_addresses_both_sides_stays_unknown() -> None:
    assert party_of(lines("冰冰: 你们林场先垫", "冰冰: 你们林场人手紧", "冰冰: 你们镇里也出点"), "冰冰") == "-"


def test_somebody_of_a_third_unit_is_given_to_neither_side_by_words() -> None:
    assert party_of(lines("冰冰（县林业局）: 你们林场先垫", "冰冰（县林业局）: 你们林场人手紧"), "冰冰") == "-"


def test_a_nickname_is_explained_by_the_list_of_those_present() -> None:
    text = (
        "座谈会记录\n时间：2024年4月20日\n参加人员：黑松林场 陆一芳（阿芳）；青溪镇 何映雪\n何映雪：修吗？\n"
        "阿芳：修。\n阿芳：周五。\n"
    )
    one = read_text(text)
    check(one, "何映雪 A: 修吗？\n陆一芳 B: 修。\n陆一芳 B: 周五。")


def test_a_nickname_is_explained_by_a_line_of_its_own() -> None:
    text = lines("石头: 周五", "石头: 好").replace("聊天记录\n", "聊天记录\n石头＝秦越\n")
    assert party_of(text, "秦越") == "B"


def test_one_chat_tells_who_speaks_in_another() -> None:
    first = paper(lines("王磊@黑松林场: 周五开工", "林场-冰冰: 好"), "1.txt")
    second = paper(lines("王磊: 料备好了", "冰冰: 好").replace("03-05", "03-08"), "2.txt")
    one = read(first, second)[1]
    assert turns(one)[2:] == ["王磊 B: 料备好了", "冰冰 B: 好"]


def test_a_name_that_two_chats_give_to_two_sides_stays_unknown() -> None:
    first = paper(lines("林场-小周: 周五开工", "林场-小周: 好"), "1.txt")
    second = paper(lines("镇里-小周: 收到", "镇里-小周: 好").replace("03-05", "03-08"), "2.txt")
    third = paper(lines("小周: 料备好了", "小周: 好").replace("03-05", "03-09"), "3.txt")
    one = read(first, second, third)[2]
    assert turns(one)[2:] == ["小周 -: 料备好了", "小周 -: 好"]


def test_a_speaker_learned_in_a_chat_is_known_in_a_letter() -> None:
    said = paper(lines("王磊@黑松林场: 周五开工", "王磊@黑松林场: 好"), "1.txt")
    letter = paper("关于便道的函\n青溪镇人民政府：\n便道周五开工。\n王磊\n2024年3月8日\n", "2.txt")
    assert read(said, letter)[1].header.sender == "B"


# --- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "file", "date"),
    [
        (chat("{who} 2024-03-05 {h}:{m}\n{words}"), "群.txt", "2024-03-05"),
        (chat("{who} 3月5日 {h}:{m}\n{words}", head="镇场防火群（2024年）\n"), "群.txt", "2024-03-05"),
        (chat("{who} 3月5日 {h}:{m}\n{words}"), "镇场群2024年.txt", "2024-03-05"),
        (chat("{who} 3月5日 {h}:{m}\n{words}"), "20240309 镇场群.txt", "2024-03-05"),
        (chat("{who} {h}:{m}\n{words}", head="—— 2024-03-05 ——\n"), "群.txt", "2024-03-05"),
        (chat("{who} 3月5日 {h}:{m}\n{words}", head="导出时间：2024-03-09 21:00\n"), "群.txt", "2024-03-05"),
        (chat("{who} 12月30日 {h}:{m}\n{words}", head="导出时间：2024-01-02 21:00\n"), "群.txt", "2023-12-30"),
        (
            chat("{who} 12月30日 {h}:{m}\n{words}", head="2023年12月29日\n") + "罗建川 1月2日 09:00\n开工\n",
            "群.txt",
            "2024-01-02",
        ),
        (chat("{who} 昨天 {h}:{m}\n{words}"), "群.txt", ""),
        (chat("{who} 星期二 {h}:{m}\n{words}"), "群.txt", ""),
        (chat("{who} 下午3:{m}\n{words}"), "群.txt", ""),
        (chat("{who}(00:{h}:{m}): {words}"), "转写.txt", ""),
        (chat("{who} 00:{h}:{m}\n{words}", head="会议时间：2024年3月5日\n"), "转写.txt", "2024-03-05"),
        (chat("{who} 3月5日 {h}:{m}\n{words}"), "群.txt", ""),
    ],
)
def test_a_chat_is_dated_by_its_last_stamp(text: str, file: str, date: str) -> None:
    assert read(paper(text, file))[0].header.date == date


def test_days_that_a_record_speaks_of_do_not_date_it() -> None:
    one = read_text(
        "座谈会记录\n时间：2024年4月20日\n何映雪：哪天修？\n5月6日开工。\n罗建川：可以。\n5月9日完工。\n"
        "何映雪：好。\n罗建川：好。\n"
    )
    assert one.header.date == "2024-04-20"


@pytest.mark.parametrize(
    "text",
    [
        "洽谈记录\n甲方：青溪镇人民政府\n乙方：黑松林场\n",
        "会议记录\n说话人1：何映雪（青溪镇）\n说话人2：罗建川（黑松林场）\n",
        "座谈会记录\n主持人：何映雪\n",
    ],
)
def test_a_paper_that_only_says_who_is_who_has_no_turns(text: str) -> None:
    assert turns(read_text(text)) == []


# --- transcripts with cues, as they come from the reader ------------------------------------------

CUES = (
    ("00:01", "00:03", "何映雪（青溪镇）", "便道哪天修？"),
    ("00:03", "00:05", "何映雪（青溪镇）", "请给个准话。"),
    ("00:09", "00:12", "罗建川（黑松林场）", "周五开工。"),
    ("00:12", "00:14", "何映雪（青溪镇）", "好的。"),
)
HEARD = """
何映雪 A: 便道哪天修？请给个准话。
罗建川 B: 周五开工。
何映雪 A: 好的。
"""


@pytest.mark.parametrize("file", ["转写.vtt", "转写.srt"])
def test_a_transcript_with_cues_gives_turns(file: str) -> None:
    voiced = file.endswith(".vtt")
    said = [
        f"00:{start}.000 --> 00:{end}.000\n{f'<v {who}>{words}</v>' if voiced else f'{who}：{words}'}"
        for start, end, who, words in CUES
    ]
    text = ("WEBVTT\n\n" if voiced else "") + "\n\n".join(said)
    (document,) = read_content(file, text.encode())
    check(*read(document), HEARD)
