"""Which files are the same paper.

Cases are lists of (group, text): files of one group must become one document, the first of them kept; None must stay
alone. A text is a `Paper`, or words under a made-up name.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import MANAGER, MAYOR, mail, paper

from coordnlp.records import Document
from coordnlp.settings import load_settings
from coordnlp.stages.doubles import fold_doubles

LETTER = """\
青溪镇人民政府
青政函〔2024〕3号
关于商请修复龙潭坝引水渠的函
黑松林场：
去年汛期以来，龙潭坝引水渠有三处塌方，下游四百二十亩秧田无水可用，村民多次到镇里反映。渠首在贵场辖区内，我镇无法单独施工。
一、请贵场于4月10日前派技术人员共同勘查，商定修复方案。
二、修复所需石料约600方，请贵场明确能否就近供给，价格按每方85元计。
三、施工期间贵场林区道路须通行运料车，请予支持。
联系人：杜文清，电话0571-8640012。
青溪镇人民政府
2024年3月5日
"""
REPLY = """\
黑松林场
松场函〔2024〕6号
关于修复龙潭坝引水渠的复函
青溪镇人民政府：
贵镇青政函〔2024〕3号函收悉。经场长办公会研究，函复如下：
一、我场已安排营林科技术员于4月8日到现场，可与贵镇水利站共同勘查。
二、石料可以就近供给，但只能供400方，价格须按每方92元结算，余下的请贵镇另行解决。
三、运料车可以走林区道路，须在每日七时至十八时之间通行，并服从护林员指挥。
黑松林场
2024年3月28日
"""
MINUTES = """\
青溪镇、黑松林场联席会议纪要
第3期
时间：2024年5月16日上午
地点：镇政府二楼会议室
主持人：何映雪
参会人员：周启山、何映雪、杜文清、罗建川、田小满
会议由双方轮流主办，议题由两家办公室会前三天交换，纪要经双方审核后印发。
一、关于引水渠修复。何映雪通报了勘查情况，塌方三处合计长46米，需石料610方。罗建川表示石料可以分两批供给。
二、关于护林防火。田小满提出，清明以来林缘地带有野外用火7起，希望镇里把村民小组长的责任落下去。
三、议定事项：（一）黑松林场于5月底前供应第一批石料300方。（二）青溪镇于6月15日前完成渠道修复。
"""
NOTICE = """\
关于做好秋季护林防火工作的通知
黑松林场：
入秋以来天干物燥，林缘地带农事用火增多，火险等级已连续多日在三级以上。为做好今年秋季护林防火工作，现就有关事项通知如下：
一、各护林点自即日起实行二十四小时值班，每日十七时前报告当天情况。
二、进山路口一律设卡登记，收缴火种，劝返无关人员。
三、请于9月20日前将值班表和联络员名单报镇应急办。
青溪镇人民政府
2024年9月3日
"""
NOTE = "关于水渠的事\n来函收悉，我们已安排人去看，看完再回复你们，请先不要动工。\n"


@dataclass(frozen=True)
class Paper:
    text: str
    file: str
    format: str = "txt"
    parent: str = ""

    def document(self) -> Document:
        one = paper(self.text, self.file)
        return replace(one, format=self.format, parent=self.parent, digest=f"{one.digest}-{self.format}")


Case = Sequence[tuple[int | None, "Paper | Document"]]


def of(text: str, file: str, *changes: tuple[str, str], format: str = "", parent: str = "") -> Paper:
    """Return a paper with some of its words changed; each must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return Paper(text, file, format or file.rpartition(".")[2], parent)


def folded(case: Case) -> tuple[list[Document], dict[str, str]]:
    """Return the documents kept, and what each other file was folded into."""
    documents = [one.document() if isinstance(one, Paper) else one for _, one in case]
    kept, skipped = fold_doubles(documents, load_settings())
    assert sorted([one.file for one in kept] + [one.file for one in skipped]) == sorted(one.file for one in documents)
    assert all(one.reason == "duplicate" and one.detail for one in skipped)
    into = {file: one.file for one in kept for file in one.also}
    assert sorted(into) == sorted(one.file for one in skipped)
    return kept, into


def expected(case: Case) -> dict[str, str]:
    first: dict[int, str] = {}
    into = {}
    for group, one in case:
        if group is None:
            continue
        if group in first:
            into[one.file] = first[group]
        else:
            first[group] = one.file
    return into


def retyped(text: str) -> str:
    """The words of a paper as somebody types them anew: half-width marks, other spaces, no red head."""
    table = str.maketrans("，：；（）〔〕“”", ',:;()[]""')
    return "\n\n".join(f"  {line}" for line in text.translate(table).splitlines()).replace("2024年", "2024 年 ")


def printed(text: str) -> str:
    """The words of a paper as a sealed pdf has them: seal, imprint, page numbers."""
    body, _, date = text.strip().rpartition("\n")
    return f"{body}\n（印章）\n{date}\n— 1 —\n抄送：县水利局。\n青溪镇党政办公室　2024年3月6日印发\n"


def chat(words: str, file: str, **more: object) -> Document:
    return replace(mail(words, file, **more), digest=file)  # type: ignore[arg-type]


def quote(words: str, file: str, **more: object) -> Document:
    """A mail quoted in another: `around.eml/引文1`."""
    return replace(chat(words, file, message_id="", **more), parent=file.rpartition("/")[0])


ASKING = """\
罗场长：
上午电话里说的那件事，我回来又想了想，还是写下来稳妥。
请场里五月二十日前把护林点的坐标和值班电话发我一份，我好排进镇里的应急预案。
何映雪
"""
ANSWERING = """\
何镇长：
坐标和电话见下，一共十一个点。有两个点没有信号，请派人送信。
罗建川
"""

SAME: dict[str, Case] = {
    "one file twice, byte for byte": [(1, of(LETTER, "发文/函3号.txt")), (1, of(LETTER, "收文/函3号.txt"))],
    "docx, sealed pdf and retyped text": [
        (1, of(LETTER, "发文/函3号.docx")),
        (1, of(retyped(LETTER), "重打.txt")),
        (1, of(printed(LETTER), "发文/函3号.pdf")),
    ],
    "retyped without the red head, and with a character wrong": [
        (1, of(LETTER, "函3号.docx")),
        (1, of(LETTER.partition("\n")[2], "重打.txt", ("村民多次", "村名多次"))),
    ],
    "date in Chinese numerals": [
        (1, of(LETTER, "函.docx")),
        (1, of(LETTER, "函.txt", ("2024年3月5日\n", "二〇二四年三月五日\n"))),
    ],
    "numbering kept in one format only": [
        (1, of(LETTER, "函.docx")),
        (1, of(LETTER, "函.pdf", ("一、", ""), ("二、", ""), ("三、", ""))),
    ],
    "lines broken elsewhere": [
        (1, of(LETTER, "函.docx")),
        (1, of(LETTER, "函.txt", ("下游四百二十亩", "下游\n四百二十亩"), ("运料车，", "运料车，\n"))),
    ],
    "another name of the file, the text being dated": [
        (1, of(LETTER, "2024-03-05 发函.txt")),
        (1, of(LETTER, "2024-03-09 收函.txt")),
    ],
    "the draft without number and day, the final with the seal": [
        (1, of(LETTER, "函.pdf")),
        (1, of(LETTER, "函.docx", ("〔2024〕3号", "〔2024〕　号"), ("2024年3月5日\n", "2024年3月　日\n"))),
    ],
    "draft and final with words and figures changed": [
        (1, of(LETTER, "函3号.docx")),
        (
            1,
            of(
                LETTER,
                "草稿/函.docx",
                ("的函", "的函（征求意见稿）"),
                ("〔2024〕3号", "〔2024〕　号"),
                ("4月10日", "4月5日"),
                ("约600方", "约800方"),
                ("三、施工期间贵场林区道路须通行运料车，请予支持。\n", ""),
            ),
        ),
    ],
    "draft by its name only, in a text that is kept before pdf": [
        (1, of(LETTER, "函3号.pdf")),
        (1, of(LETTER, "函3号 初稿.docx", ("4月10日", "4月1日"), ("青政函〔2024〕3号\n", ""))),
    ],
    "two drafts without a final: the later one counts": [
        (1, of(LETTER, "函v2.docx", ("青政函〔2024〕3号\n", ""))),
        (1, of(LETTER, "函 初稿.docx", ("青政函〔2024〕3号\n", ""), ("4月10日", "4月1日"))),
    ],
    "v10 is later than v9": [
        (1, of(LETTER, "函v10.docx", ("青政函〔2024〕3号\n", ""), ("85元", "86元"))),
        (1, of(LETTER, "函v9.docx", ("青政函〔2024〕3号\n", ""))),
    ],
    "another version under the same number": [
        (1, of(LETTER, "a.docx")),
        (1, of(LETTER, "b.docx", ("4月10日", "4月15日"), ("约600方", "约580方"))),
    ],
    "minutes sent round and final": [
        (1, of(MINUTES, "纪要3.docx")),
        (1, of(MINUTES, "纪要3征求意见稿.docx", ("分两批供给", "视库存供给"), ("6月15日", "6月10日"))),
    ],
    "a draft that hangs on a mail, and its final": [
        (1, of(LETTER, "函3号.docx")),
        (
            1,
            of(
                LETTER,
                "征求意见.eml/函（征求意见稿）.docx",
                ("青政函〔2024〕3号\n", ""),
                ("4月10日", "4月1日"),
                parent="征求意见.eml",
            ),
        ),
        (None, chat("函的初稿发上，请先看看，有意见明天前告诉我。", "征求意见.eml")),
    ],
    "a mail printed out": [
        (1, chat(ASKING, "1.eml")),
        (1, Paper(ASKING, "打印/1.pdf", "pdf")),
    ],
    "an attachment and the file beside it": [
        (1, of(LETTER, "函3号.docx")),
        (1, of(LETTER, "送函.eml/函3号.docx", parent="送函.eml")),
        (None, chat("何镇长的函请查收，纸质的明天送到。", "送函.eml")),
    ],
    "sent and received mail": [
        (1, chat(ASKING, "发件/1.eml")),
        (1, chat(ASKING, "收件/1.eml")),
    ],
    "sent and received mail, one with a line of the list server": [
        (1, chat(ASKING, "发件/1.eml")),
        (1, chat(ASKING + "此邮件由镇里邮件组转发\n", "收件/1.eml")),
    ],
    "a mail that lost its id": [
        (1, chat(ASKING, "1.eml")),
        (1, chat(ASKING, "导出/1.eml", message_id="")),
    ],
    "a quote and the mail itself": [
        (1, chat(ASKING, "1.eml")),
        (1, quote(ASKING, "2.eml/引文1", date="2024-05-08T09:12")),
        (None, chat(ANSWERING, "2.eml", sender=MANAGER, to=[MAYOR], message_id="<2@heisong.example>")),
    ],
    "a quote cut short": [
        (1, chat(ASKING, "1.eml")),
        (1, quote("\n".join(ASKING.splitlines()[:3]), "2.eml/引文1")),
        (1, quote("\n".join([ASKING.splitlines()[0], "……", ASKING.splitlines()[2]]), "4.eml/引文1")),
    ],
    "a quote that names the sender only": [
        (1, chat(ASKING, "1.eml")),
        (1, quote(ASKING, "2.eml/引文1", sender=("何映雪（青溪镇）", ""), date="2024-05-08")),
    ],
    "two quotes of one mail that is not there: the fuller one": [
        (1, quote(ASKING, "3.eml/引文2")),
        (1, quote("\n".join(ASKING.splitlines()[:3]), "2.eml/引文1")),
    ],
    "traditional characters": [
        (1, replace(of(NOTICE, "通知.docx").document(), file="a.docx")),
        (1, replace(of(NOTICE, "通知.txt").document(), text=NOTICE.replace("关于", "關於"), simplified=NOTICE)),
    ],
}

TABLE = """\
议定事项跟进表
（截至2024年10月10日）
序号|事项|责任单位|完成数
1|修复引水渠塌方，恢复下游四百二十亩秧田灌溉|青溪镇|3
2|供应石料并安排运料车通行，护林员在卡口登记|黑松林场|610
3|清明以来野外用火的村民小组长责任落实情况通报|青溪镇|7
说明：本表由两家办公室核对，有出入的以双方最后一次书面意见为准，办结的事项下次不再列出。责任单位应当在每月末之前
把进展告知对方联络员，联络员汇总以后送双方主要负责同志阅知，逾期没有告知的在下次联席会上说明原因。
"""
SAME["a pdf whose rows have lost their numbers"] = [
    (1, of(TABLE, "表.docx")),
    (1, of(TABLE, "表.pdf", ("|", ""), ("1修复", "修复"), ("2供应", "供应"), ("3清明", "清明"))),
]
SAME["a pdf whose cells come in another order"] = [
    (1, of(TABLE, "表.docx")),
    (
        1,
        of(
            TABLE,
            "表.pdf",
            ("秧田灌溉|青溪镇|3", "|青溪镇|3秧田灌溉"),
            ("运料车通行，", ""),
            ("610", "610运料车通行，"),
        ),
    ),
]

APART: dict[str, Case] = {
    "two tables of one form, other numbers in the cells": [
        (None, of(TABLE, "a.docx")),
        (None, of(TABLE, "b.docx", ("黑松林场|610", "黑松林场|305"))),
    ],
    "two tables with the numbers exchanged": [
        (None, of(TABLE, "a.docx")),
        (None, of(TABLE, "b.docx", ("青溪镇|3", "青溪镇|7"), ("通报|青溪镇|7", "通报|青溪镇|3"))),
    ],
    "a deadline that only one has": [
        (None, of(NOTICE, "a.docx")),
        (None, of(NOTICE, "b.docx", ("请于9月20日前将", "请将"))),
    ],
    "a figure that became longer by a digit": [
        (None, of(NOTICE, "a.docx", ("9月20日前", "9月2日前"))),
        (None, of(NOTICE, "b.docx", ("9月20日前", "9月12日前"))),
    ],
    "two letters about different things": [(None, of(LETTER, "a.txt")), (None, of(NOTICE, "b.txt"))],
    "a letter and its reply": [(None, of(LETTER, "a.txt")), (None, of(REPLY, "b.txt"))],
    "the notices of two months": [
        (None, of(NOTICE, "9月.txt")),
        (None, of(NOTICE, "10月.txt", ("9月20日", "10月20日"), ("2024年9月3日", "2024年10月8日"))),
    ],
    "alike but for the month in the title": [
        (None, of(MINUTES, "a.txt", ("联席会议纪要", "5月联席会议纪要"))),
        (None, of(MINUTES, "b.txt", ("联席会议纪要", "6月联席会议纪要"))),
    ],
    "two issues of minutes": [
        (None, of(MINUTES, "纪要3.txt")),
        (None, of(MINUTES, "纪要4.txt", ("第3期", "第4期"), ("5月16日", "7月18日"), ("46米", "12米"))),
    ],
    "two issues in Chinese numerals": [
        (None, of(MINUTES, "a.txt", ("第3期", "第三期"))),
        (None, of(MINUTES, "b.txt", ("第3期", "第四期"))),
    ],
    "a draft of the next issue": [
        (None, of(MINUTES, "纪要3.txt")),
        (None, of(MINUTES, "纪要4征求意见稿.txt", ("第3期", "第4期"), ("5月16日", "7月18日"))),
    ],
    "a draft of minutes of another day": [
        (None, of(MINUTES, "a.txt")),
        (None, of(MINUTES, "b 初稿.txt", ("5月16日", "6月16日"))),
    ],
    "one notice to two units": [
        (None, of(NOTICE, "a.docx")),
        (None, of(NOTICE, "b.docx", ("黑松林场：", "白杉林场："))),
    ],
    "one notice to two units under one number": [
        (None, of(LETTER, "a.docx")),
        (None, of(LETTER, "b.docx", ("黑松林场：", "白杉林场："))),
    ],
    "months in words": [
        (None, of(NOTICE, "a.docx", ("当天情况", "六个月情况"))),
        (None, of(NOTICE, "b.docx", ("当天情况", "七个月情况"))),
    ],
    "a notice and the draft of another unit's": [
        (None, of(NOTICE, "a.docx")),
        (None, of(NOTICE, "b 初稿.docx", ("黑松林场：", "石桥村委会："))),
    ],
    "two units under one title": [
        (None, of(NOTICE, "a.docx")),
        (None, of(NOTICE, "b.docx", ("青溪镇人民政府\n2024", "石桥乡人民政府\n2024"))),
    ],
    "the same words under two numbers": [
        (None, of(LETTER, "a.docx")),
        (None, of(LETTER, "b.docx", ("〔2024〕3号", "〔2024〕4号"))),
    ],
    "a draft with a number of its own": [
        (None, of(LETTER, "a.docx")),
        (None, of(LETTER, "b 征求意见稿.docx", ("〔2024〕3号", "〔2024〕2号"), ("4月10日", "4月1日"))),
    ],
    "an amount changed": [(None, of(NOTICE, "a.docx")), (None, of(NOTICE, "b.docx", ("二十四小时", "十二小时")))],
    "a deadline changed": [(None, of(NOTICE, "a.docx")), (None, of(NOTICE, "b.docx", ("9月20日", "9月25日")))],
    "a decimal point": [
        (None, of(NOTICE, "a.docx", ("三级以上", "1.5级以上"))),
        (None, of(NOTICE, "b.docx", ("三级以上", "15级以上"))),
    ],
    "the answer turned round": [
        (None, of(NOTICE, "a.docx", ("一律设卡", "可以设卡"))),
        (None, of(NOTICE, "b.docx", ("一律设卡", "不可以设卡"))),
    ],
    "two people": [
        (None, of(NOTICE, "a.docx", ("名单报镇应急办", "名单报王海同志"))),
        (None, of(NOTICE, "b.docx", ("名单报镇应急办", "名单报王波同志"))),
    ],
    "two places": [
        (None, of(NOTICE, "a.docx", ("林缘地带", "南岭地带"))),
        (None, of(NOTICE, "b.docx", ("林缘地带", "北岭地带"))),
    ],
    "an urging letter that repeats half of the first": [
        (None, of(LETTER, "函3号.docx")),
        (
            None,
            of(
                LETTER,
                "函9号.docx",
                ("〔2024〕3号", "〔2024〕9号"),
                ("关于商请修复", "关于催办修复"),
                (
                    "一、请贵场于4月10日前派技术人员共同勘查，商定修复方案。",
                    "以上青政函〔2024〕3号已于3月5日发出，至今未复。",
                ),
                ("2024年3月5日\n", "2024年4月22日\n"),
            ),
        ),
    ],
    "an urging letter without numbers": [
        (None, of(LETTER, "a.docx", ("青政函〔2024〕3号\n", ""))),
        (
            None,
            of(
                LETTER,
                "b.docx",
                ("青政函〔2024〕3号\n", ""),
                ("关于商请修复龙潭坝引水渠的函", "关于催办修复龙潭坝引水渠事宜的函"),
                ("2024年3月5日\n", "2024年4月22日\n"),
                ("请予支持。", "请予支持。以上已于3月5日函商，请尽快函复。"),
            ),
        ),
    ],
    "minutes and a report of the same meeting": [
        (None, of(MINUTES, "纪要.txt")),
        (
            None,
            Paper(
                "镇场携手修渠护林\n本报讯 5月16日上午，青溪镇与黑松林场召开联席会议。"
                "何映雪通报了勘查情况，塌方三处合计长46米，需石料610方。罗建川表示石料可以分两批供给。与会人员一致认为，要把好事办好。\n",
                "报道.txt",
            ),
        ),
    ],
    "short notes of one text, told apart by the day in the name": [
        (None, of(NOTE, "2024-04-02 回条.txt")),
        (None, of(NOTE, "2024-06-11 回条.txt")),
    ],
    "the same mail to two people": [
        (None, chat(ASKING, "1.eml")),
        (None, chat(ASKING, "2.eml", to=[("田小满", "tian@heisong.example")], message_id="<2@qingxi.example>")),
    ],
    "two mails that say 收到": [
        (None, chat("收到，谢谢。", "1.eml")),
        (None, chat("收到，谢谢。", "2.eml", date="2024-05-09T08:00:00+08:00", message_id="<9@qingxi.example>")),
    ],
    "a mail and its answer that quotes two lines": [
        (None, chat(ASKING, "1.eml")),
        (
            None,
            chat(
                ANSWERING + "".join(f"> {line}\n" for line in ASKING.splitlines()[1:3]),
                "2.eml",
                sender=MANAGER,
                to=[MAYOR],
                message_id="<2@heisong.example>",
            ),
        ),
    ],
    "a quote of another sender": [
        (None, chat(ASKING, "1.eml")),
        (None, quote(ASKING, "2.eml/引文1", sender=("秦越", ""))),
    ],
    "a quote of another day": [
        (None, chat(ASKING, "1.eml")),
        (None, quote(ASKING, "2.eml/引文1", date="2024-05-20T09:12")),
    ],
    "a quote of which nothing is told": [
        (None, chat(ASKING, "1.eml")),
        (None, quote(ASKING, "2.eml/引文1", sender=("", ""), date="")),
    ],
    "a mail is not folded into a shorter quote of it": [
        (None, quote(ASKING[:30], "2.eml/引文1")),
        (None, quote(ANSWERING, "3.eml/引文1")),
    ],
    "a forwarding mail keeps its own line": [
        (None, chat(ASKING, "1.eml")),
        (
            None,
            chat("田场长，请阅办。\n", "2.eml", sender=MANAGER, subject="转发：防火带的事", message_id="<2@x.example>"),
        ),
    ],
    "a cover mail and the letter it carries": [
        (None, of(LETTER, "函3号.docx")),
        (None, chat("关于商请修复龙潭坝引水渠的函已盖章，电子版见附件，请查收。\n何映雪\n", "送函.eml")),
    ],
    "rules sent out for comment by a numbered letter": [
        (None, of(NOTICE, "关于做好秋季护林防火工作的通知.docx")),
        (
            None,
            of(NOTICE, "通知（征求意见稿）.docx", ("工作的通知", "工作的通知（征求意见稿）"), ("9月20日", "9月10日")),
        ),
        (
            None,
            of(
                LETTER,
                "征求意见函.docx",
                ("〔2024〕3号", "〔2024〕11号"),
                ("去年汛期以来", "现将《关于做好秋季护林防火工作的通知（征求意见稿）》送上，请提出意见。去年汛期以来"),
            ),
        ),
    ],
    "rules and their revision": [
        (None, of(NOTICE, "护林防火工作办法.docx", ("关于做好秋季护林防火工作的通知", "护林防火工作办法"))),
        (
            None,
            of(
                NOTICE,
                "护林防火工作办法（修订版）.docx",
                ("关于做好秋季护林防火工作的通知", "护林防火工作办法（修订版）"),
                ("9月20日", "9月25日"),
            ),
        ),
    ],
    "a letter on a draft is no draft": [
        (None, of(LETTER, "a.docx", ("青政函〔2024〕3号\n", ""))),
        (
            None,
            of(
                LETTER,
                "b.docx",
                ("青政函〔2024〕3号\n", ""),
                ("关于商请修复龙潭坝引水渠的函", "关于征求《龙潭坝引水渠修复办法（征求意见稿）》意见的函"),
                ("4月10日", "4月15日"),
            ),
        ),
    ],
    "a collection that holds the letter whole": [
        (None, of(LETTER, "函3号.docx")),
        (None, Paper(f"往来函件汇编\n{LETTER}\n{REPLY}", "汇编.docx", "docx")),
    ],
    "nothing in it": [(None, Paper("——\n", "a.txt")), (None, Paper("＊＊\n", "b.txt"))],
}


@pytest.mark.parametrize("name", SAME)
def test_files_of_one_paper_become_one_document(name: str) -> None:
    _, into = folded(SAME[name])
    assert into == expected(SAME[name])


@pytest.mark.parametrize("name", APART)
def test_papers_that_only_look_alike_stay_apart(name: str) -> None:
    _, into = folded(APART[name])
    assert into == {}


# --- which is kept, what is told -----------------------------------------------------------------


def test_of_several_formats_the_one_with_structure_is_kept() -> None:
    files = [of(LETTER, f"函.{name}") for name in ("pdf", "txt", "md", "html", "xlsx", "eml", "docx", "tif")]
    kept, _ = folded([(1, one) for one in files])
    assert [(one.file, len(one.also)) for one in kept] == [("函.docx", 7)]
    assert kept[0].also == tuple(sorted(kept[0].also))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("docx, sealed pdf and retyped text", "与“发文/函3号.docx”是同一份文书，文字相同，按前一份计。"),
        ("one file twice, byte for byte", "与“发文/函3号.txt”是同一份文书，内容完全相同，按前一份计。"),
        ("draft and final with words and figures changed", "是“函3号.docx”的草稿，按前一份计。"),
        ("another version under the same number", "与“a.docx”文号相同，是同一份文书的另一稿，按前一份计。"),
        ("sent and received mail", "与“发件/1.eml”是同一封邮件，按前一份计。"),
        ("a quote and the mail itself", "是“1.eml”的引文，按前一份计。"),
    ],
)
def test_a_folded_file_is_told_in_words(name: str, words: str) -> None:
    documents = [one.document() if isinstance(one, Paper) else one for _, one in SAME[name]]
    _, skipped = fold_doubles(documents, load_settings())
    assert words in [one.detail for one in skipped]


def test_a_quote_in_a_forwarded_mail_is_told_as_forwarded() -> None:
    _, skipped = fold_doubles([chat(ASKING, "1.eml"), quote(ASKING, "转发 防火带.eml/引文1")], load_settings())
    assert [one.detail for one in skipped] == ["是“1.eml”的转发，按前一份计。"]


def test_what_a_folded_mail_carries_belongs_to_the_one_that_is_kept() -> None:
    carried = of(LETTER, "收件/1.eml/函.docx", parent="收件/1.eml").document()
    kept, _ = fold_doubles([chat(ASKING, "收件/1.eml"), chat(ASKING, "发件/1.eml"), carried], load_settings())
    assert {one.file: one.parent for one in kept} == {"发件/1.eml": "", "收件/1.eml/函.docx": "发件/1.eml"}


def test_what_a_mail_carries_that_is_kept_as_a_paper_has_no_mail_around_it() -> None:
    body = of(LETTER, "函3号.docx").document()
    carried = of(REPLY, "1.eml/复函.docx", parent="1.eml").document()
    kept, skipped = fold_doubles([body, chat(LETTER, "1.eml"), carried], load_settings())
    assert [one.file for one in skipped] == ["1.eml"]
    assert [one.parent for one in kept] == ["", ""]


def test_kept_documents_stand_in_the_order_given() -> None:
    kept, _ = fold_doubles(
        [of(text, file).document() for text, file in ((REPLY, "b.txt"), (LETTER, "a.txt"))], load_settings()
    )
    assert [one.file for one in kept] == ["b.txt", "a.txt"]


# --- whatever the order --------------------------------------------------------------------------

_ALL = [
    replace(one, file=f"{at}/{one.file}", parent=f"{at}/{one.parent}" if one.parent else "")
    for at, case in enumerate([*SAME.values(), *APART.values()])
    for one in (one.document() if isinstance(one, Paper) else one for _, one in case)
]


@given(st.data())
def test_the_order_of_files_does_not_matter(data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(_ALL), min_size=2, max_size=14, unique_by=lambda one: one.file))
    other = data.draw(st.permutations(some))
    kept, skipped = fold_doubles(some, load_settings())
    again, also_skipped = fold_doubles(other, load_settings())
    assert {one.file: one for one in kept} == {one.file: one for one in again}
    assert skipped == also_skipped
    assert len(kept) + len(skipped) == len(some)


# --- many ----------------------------------------------------------------------------------------


def _many(count: int) -> Iterator[Document]:
    for at in range(count):
        body = LETTER.replace("〔2024〕3号", f"〔2024〕{at // 2}号").replace("龙潭坝", _word(at // 2))
        yield replace(of(body, f"{at}.txt").document(), digest=str(at))


def _word(number: int) -> str:
    return "".join(chr(0x4E00 + number * step % 20_000) for step in (7, 331, 5003))


def test_a_large_folder_takes_seconds() -> None:
    documents = list(_many(1000))
    start = time.perf_counter()
    kept, skipped = fold_doubles(documents, load_settings())
    assert (len(kept), len(skipped)) == (500, 500)
    assert time.perf_counter() - start < 20


def test_a_mailbox_of_copies_is_one_paper() -> None:
    one = paper(NOTE)
    copies = [replace(one, file=f"{number:04}.txt") for number in range(3000)]
    other = replace(paper(LETTER, "b.txt"), digest="another")
    left, skipped = fold_doubles([*copies, other], load_settings())
    assert [document.file for document in left] == ["0000.txt", "b.txt"]
    assert len(skipped) == 2999
