"""What a document says of itself: small papers in many layouts, and what a clerk would note down of each."""

from __future__ import annotations

import pytest
from papers import paper, read, read_text

from coordnlp.records import Header

# Name, file (or '' for one that tells nothing), paper, and what the header must hold.
Layout = tuple[str, str, str, dict[str, object]]

LETTERS: list[Layout] = [
    (
        "letter with red head",
        "",
        """
青溪镇人民政府文件
青政函〔2024〕12号
关于商请提供防火带界线图的函
黑松林场：
为做好春季防火工作，请贵场于3月20日前提供防火带界线图。
特此函达。
青溪镇人民政府
2024年3月5日
""",
        {
            "kind": "letter",
            "title": "关于商请提供防火带界线图的函",
            "number": "青政函〔2024〕12号",
            "date": "2024-03-05",
            "date_source": "signature",
            "sender": "A",
            "addressees": ("B",),
            "copies": (),
            "problems": (),
        },
    ),
    (
        "red head whose number stands under the title",
        "",
        """
黑松林场
关于借用镇防火物资的函
林函[2024]7号
青溪镇人民政府：
拟借用风力灭火机六台，请予支持为盼。
黑松林场
二〇二四年四月二日
抄送：县林业局。
""",
        {
            "kind": "letter",
            "title": "关于借用镇防火物资的函",
            "number": "林函[2024]7号",
            "date": "2024-04-02",
            "date_source": "signature",
            "sender": "B",
            "addressees": ("A",),
            "copies": ("X",),
        },
    ),
    (
        "title over two lines",
        "",
        """
青溪镇人民政府
关于请求开放林区便道
并协商通行时段的函
黑松林场：
请贵场开放便道。
青溪镇人民政府
2024年6月11日
""",
        {
            "kind": "letter",
            "title": "关于请求开放林区便道并协商通行时段的函",
            "date": "2024-06-11",
            "sender": "A",
            "addressees": ("B",),
        },
    ),
    (
        "reply by its title",
        "",
        """
关于防火带界线图的复函
青溪镇人民政府：
贵镇青政函〔2024〕12号收悉。界线图随函附上。
黑松林场
2024年3月18日
""",
        {
            "kind": "reply",
            "number": "",
            "date": "2024-03-18",
            "sender": "B",
            "addressees": ("A",),
        },
    ),
    (
        "letter that answers is a reply",
        "",
        """
黑松林场函
林函〔2024〕9号
青溪镇人民政府：
贵镇《关于商请提供防火带界线图的函》收悉，现答复如下：
一、同意提供。
黑松林场
2024年3月19日
""",
        {"kind": "reply", "number": "林函〔2024〕9号", "date": "2024-03-19", "sender": "B"},
    ),
    (
        "urging letter that cites an earlier one is no reply",
        "",
        """
关于催办防火带界线图的函
黑松林场：
我镇3月5日去函索要防火带界线图，至今未见答复，请抓紧办理。
青溪镇人民政府
2024年4月25日
""",
        {"kind": "letter", "date": "2024-04-25", "sender": "A", "addressees": ("B",)},
    ),
    (
        "letter signed by a person",
        "",
        """
关于场部食堂用水的一封信
罗场长：
食堂的水停了三天，请帮忙看看。
何映雪
2024年7月3日
""",
        {"kind": "letter", "date": "2024-07-03", "sender": "A", "addressees": ("B",)},
    ),
    (
        "letter signed with a post before the name",
        "",
        """
致青溪镇的信
周书记：
路灯的事再商量一次。
场长 罗建川
2024年7月9日
""",
        {"kind": "letter", "date": "2024-07-09", "sender": "B", "addressees": ("A",)},
    ),
    (
        "letter signed with the given name alone",
        "",
        """
周书记：
路灯的事再商量一次。
顺颂冬安。
建川
2024年12月9日
""",
        {"kind": "letter", "date": "2024-12-09", "sender": "B", "addressees": ("A",)},
    ),
    (
        "letter signed as a friend, by night",
        "2024-12-09 信.txt",
        """
建川兄：
路灯的事再商量一次。
　　　　　　弟　映雪
　　　　　　12月9日夜
""",
        {"kind": "letter", "sender": "A", "addressees": ("B",)},
    ),
    (
        "last words that are nobody's name",
        "",
        """
周书记：
路灯的事再商量一次。
冬安
2024年12月9日
""",
        {"date": "2024-12-09", "sender": "X", "addressees": ("A",)},
    ),
    (
        "letter signed by an office for its unit",
        "",
        """
关于报送联络人名单的函
黑松林场办公室：
请报送联络人名单。
青溪镇党政办公室
2024年2月1日
""",
        {"kind": "letter", "date": "2024-02-01", "sender": "A", "addressees": ("B",)},
    ),
    (
        "letter signed by an office that has no unit in its name",
        "",
        """
黑松林场
关于核对林权证的函
青溪镇人民政府：
请核对林权证。
办公室
2024年2月2日
""",
        {"kind": "letter", "date": "2024-02-02", "sender": "B", "addressees": ("A",)},
    ),
    (
        "unit and date on one line of the signature",
        "",
        """
关于护林员补贴的函
青溪镇人民政府：
请核定补贴。
黑松林场　2024年8月30日
""",
        {"kind": "letter", "date": "2024-08-30", "date_source": "signature", "sender": "B"},
    ),
    (
        "date in Chinese numerals with another sign for zero",
        "",
        """
关于护林员补贴的函
青溪镇人民政府：
请核定补贴。
黑松林场
二○二四年十一月廿五日
""",
        {"date": "2024-11-25", "date_source": "signature", "sender": "B"},
    ),
    (
        "date in full-width digits",
        "",
        """
关于护林员补贴的函
青溪镇人民政府：
请核定补贴。
黑松林场
２０２４年１月９日
""",
        {"date": "2024-01-09", "date_source": "signature"},
    ),
    (
        "dates in the body do not date a letter",
        "",
        """
关于核对2023年3月1日台账的函
黑松林场：
2023年3月1日至2023年5月1日的台账有出入，请于2024年9月30日前核对。
青溪镇人民政府
2024年9月2日
""",
        {"date": "2024-09-02", "date_source": "signature"},
    ),
    (
        "contact line and 印发 line behind the signature",
        "",
        """
青政函〔2024〕15号
关于开展联合巡护的函
黑松林场：
拟于五月开展联合巡护，请派员参加。
青溪镇人民政府
2024年4月28日
（联系人：杜文清，电话：5550123）
抄送：县林业局，黑松林场派出所。
青溪镇党政办公室　　2024年4月29日印发
""",
        {
            "date": "2024-04-28",
            "date_source": "signature",
            "sender": "A",
            "addressees": ("B",),
            "copies": ("X", "B"),
        },
    ),
    (
        "several addressees",
        "",
        """
关于征求意见的函
县林业局、黑松林场：
请研提意见。
青溪镇人民政府
2024年4月1日
""",
        {"sender": "A", "addressees": ("X", "B")},
    ),
    (
        "letter to a third body with a copy to the other side",
        "",
        """
关于请求协调林区便道的函
县交通局：
便道久拖不决，请予协调。
青溪镇人民政府
2024年4月3日
抄送：黑松林场。
""",
        {"sender": "A", "addressees": ("X",), "copies": ("B",)},
    ),
    (
        "letter of a third body",
        "",
        """
林水函〔2024〕3号
关于做好防汛工作的函
青溪镇人民政府、黑松林场：
请做好防汛工作。
县水利局
2024年6月1日
""",
        {"kind": "letter", "sender": "X", "addressees": ("A", "B")},
    ),
    (
        "joint signature",
        "",
        """
关于共同请求支持的函
县林业局：
请予支持。
青溪镇人民政府　黑松林场
2024年6月3日
""",
        {"sender": "AB", "addressees": ("X",)},
    ),
    (
        "no date at all",
        "",
        """
关于护林员补贴的函
青溪镇人民政府：
请核定补贴。
黑松林场
""",
        {
            "kind": "letter",
            "date": "",
            "date_source": "none",
            "sender": "B",
            "problems": ("没有找到日期",),
        },
    ),
    (
        "a deadline does not date a letter",
        "",
        """
关于护林员补贴的函
青溪镇人民政府：
请于2024年9月30日前核定补贴，并于2024年10月8日前拨付。
黑松林场
""",
        {"date": "", "date_source": "none", "sender": "B"},
    ),
    (
        "date only in the file name",
        "来文/20240521 林场来函.txt",
        """
关于护林员补贴的函
青溪镇人民政府：
请核定补贴。
黑松林场
""",
        {"date": "2024-05-21", "date_source": "file_name", "sender": "B"},
    ),
    (
        "day and month signed, the year in the file name",
        "来文/2024-05-21林场来函.txt",
        """
关于护林员补贴的函
青溪镇人民政府：
请核定补贴。
黑松林场
5月20日
""",
        {"date": "2024-05-20", "date_source": "signature", "sender": "B"},
    ),
    (
        "lunar date closes the letter and dates nothing",
        "来文/2024-02-20林场来信.txt",
        """
关于开山祭林的函
青溪镇人民政府：
请派人到场。
黑松林场
甲辰年正月十一
""",
        {"date": "2024-02-20", "date_source": "file_name", "sender": "B"},
    ),
    (
        "urging slip",
        "",
        """
督办单
林督〔2024〕2号
青溪镇人民政府：
贵镇承诺的排水沟至今未动工。
黑松林场
2024年5月6日
""",
        {"kind": "letter", "number": "林督〔2024〕2号", "sender": "B", "date": "2024-05-06"},
    ),
]

OTHERS: list[Layout] = [
    (
        "form with several fields a line",
        "",
        """
工 作 联 系 单
编号：QX-LX-2024-031　　日期：2024年3月9日
发文单位：青溪镇人民政府　　收文单位：黑松林场
事由：关于便道养护
请贵场安排人员养护便道。
抄送：县交通局
""",
        {
            "kind": "letter",
            "number": "QX-LX-2024-031",
            "date": "2024-03-09",
            "date_source": "header",
            "sender": "A",
            "addressees": ("B",),
            "copies": ("X",),
        },
    ),
    (
        "form as a table",
        "",
        """
工作联系单
编号|LC-2024-007|日期|2024年3月12日
发文单位|黑松林场|收文单位|青溪镇人民政府
请贵镇核对便道用地面积。
""",
        {
            "kind": "letter",
            "number": "LC-2024-007",
            "date": "2024-03-12",
            "date_source": "header",
            "sender": "B",
            "addressees": ("A",),
        },
    ),
    (
        "form in markdown",
        "",
        """
# 工作联系单
**发文单位**：黑松林场
**收文单位**：青溪镇人民政府
**日期**：2024-03-15
请贵镇核对便道用地面积。
""",
        {"kind": "letter", "date": "2024-03-15", "sender": "B", "addressees": ("A",)},
    ),
    (
        "joint minutes",
        "",
        """
青溪镇 黑松林场联席会议纪要
联席〔2024〕2号
时间：2024年4月10日上午
地点：镇政府三楼会议室
出席：周启山、何映雪、罗建川、田小满
记录：杜文清
一、关于便道养护
会议议定由黑松林场于4月底前完成便道养护。
""",
        {
            "kind": "minutes",
            "number": "联席〔2024〕2号",
            "date": "2024-04-10",
            "date_source": "header",
            "sender": "AB",
            "addressees": ("AB",),
        },
    ),
    (
        "a bare number belongs to the series above it",
        "",
        """
青溪镇人民政府　黑松林场
联席会议纪要
〔2024〕2号
时间：2024年4月10日上午
出席：周启山、何映雪、罗建川、田小满
会议议定由黑松林场于4月底前完成便道养护。
""",
        {"kind": "minutes", "number": "联席会议纪要〔2024〕2号", "date": "2024-04-10", "sender": "AB"},
    ),
    (
        "a title that names the matter is no series",
        "",
        """
青溪镇人民政府与黑松林场防火专题协调会会议纪要
〔2024〕3号
时间：2024年4月12日上午
出席：周启山、何映雪、罗建川、田小满
会议议定由黑松林场于4月底前完成便道养护。
""",
        {"kind": "minutes", "number": "〔2024〕3号", "date": "2024-04-12", "sender": "AB"},
    ),
    (
        "minutes are dated by the meeting, not by the printing",
        "",
        """
第三次联席会议纪要
会议时间：2024年4月10日
出席人员：何映雪、罗建川
会议议定由林场牵头。
抄送：县政府办公室。
联席会议办公室　　2024年4月16日印发
""",
        {"kind": "minutes", "date": "2024-04-10", "date_source": "header", "sender": "AB", "copies": ("X",)},
    ),
    (
        "minutes that carry only a printing date",
        "",
        """
青溪镇与黑松林场联席会议纪要
会议研究了便道养护问题。
会议议定由林场牵头。
青溪镇党政办公室　　2024年4月16日印发
""",
        {"kind": "minutes", "date": "2024-04-16", "date_source": "imprint", "sender": "AB"},
    ),
    (
        "a team's own meeting is its own paper",
        "",
        """
青溪镇党委会议纪要
时间：2024年4月12日
出席：周启山、何映雪、杜文清
会议研究了防火工作。
""",
        {"kind": "minutes", "date": "2024-04-12", "sender": "A"},
    ),
    (
        "a team's own meeting that tells of somebody of the other",
        "",
        """
青溪镇党委会议纪要
时间：2024年4月12日
出席：周启山、何映雪、杜文清
何映雪通报，罗建川场长来电话说便道可以分期修，会议认为先不松口。
""",
        {"kind": "minutes", "sender": "A"},
    ),
    (
        "a memorandum of a meeting is its minutes",
        "",
        """
会议备忘录
时间：2024年4月12日
参加：青溪镇周启山、何映雪；林场罗建川、田小满
1、便道由林场于4月底前修好。
""",
        {"kind": "minutes", "date": "2024-04-12", "sender": "AB"},
    ),
    (
        "an office meeting without attendees",
        "",
        """
青溪镇镇长办公会纪要
2024年4月12日
会议研究了防火工作，请林场的同志来镇里商量便道。
""",
        {"kind": "minutes", "sender": "A"},
    ),
    (
        "minutes that are kept inside",
        "",
        """
内部资料　不外传
班子碰头纪要
2024年4月12日
出席：周启山、何映雪、杜文清
罗建川场长昨天来过，便道的事没有谈拢。
""",
        {"kind": "minutes", "sender": "A"},
    ),
    (
        "an office meeting to which the other side came",
        "",
        """
青溪镇镇长办公会纪要
时间：2024年4月12日
出席：周启山、何映雪；罗建川、田小满（黑松林场）
会议议定由黑松林场于4月底前完成便道养护。
""",
        {"kind": "minutes", "sender": "AB"},
    ),
    (
        "verbatim record",
        "",
        """
便道养护座谈会记录
时间：2024年4月20日
参加人员：何映雪、罗建川
何映雪：便道什么时候修？
罗建川：下周开工。
""",
        {"kind": "transcript", "date": "2024-04-20", "date_source": "header", "sender": "AB"},
    ),
    (
        "record without a title is known by its turns",
        "",
        """
2024年4月20日
何映雪：便道什么时候修？
罗建川：下周开工。
何映雪：料备好了吗？
罗建川：备好了。
""",
        {"kind": "transcript", "date": "2024-04-20", "sender": "AB"},
    ),
    (
        "memo",
        "",
        """
备忘录
致：何映雪镇长
自：田小满
日期：2024年5月5日
便道已经开工，钥匙放在门房。
""",
        {"kind": "memo", "date": "2024-05-05", "date_source": "header", "sender": "B", "addressees": ("A",)},
    ),
    (
        "petition with a copy",
        "",
        """
青政请〔2024〕5号
关于便道改线的请示
县人民政府：
妥否，请批示。
青溪镇人民政府
2024年5月10日
抄送：黑松林场
""",
        {
            "kind": "petition",
            "number": "青政请〔2024〕5号",
            "date": "2024-05-10",
            "sender": "A",
            "addressees": ("X",),
            "copies": ("B",),
        },
    ),
    (
        "notice to one's own offices",
        "",
        """
青溪镇人民政府关于做好防火工作的通知
各村、镇直各单位：
请做好防火工作。
青溪镇人民政府
2024年3月1日
""",
        {"kind": "notice", "date": "2024-03-01", "sender": "A"},
    ),
    (
        "report with a period",
        "",
        """
联合巡护工作周报
报告期：2024年5月6日至2024年5月12日
编报单位：黑松林场
本周巡护五次。
""",
        {"kind": "report", "date": "2024-05-12", "date_source": "header", "sender": "B"},
    ),
    (
        "date in brackets under the title",
        "",
        """
联合巡护情况通报
（2024年5月31日）
五月共巡护二十次。
""",
        {"date": "2024-05-31", "date_source": "header"},
    ),
    (
        "note that says nothing of itself",
        "",
        """
便道钥匙在门房
要用的自己拿。
""",
        {"kind": "other", "number": "", "date": "", "addressees": (), "sender": None},
    ),
    (
        "a memo that only its file calls the forest farm's",
        "2024-03-05 林场内部备忘.txt",
        """
备忘（内部，不外发）
便道的事上次说到一半。
钥匙在门房。
""",
        {"kind": "memo", "sender": "B"},
    ),
    (
        "a memo whose file says what it is about",
        "2024-03-05 关于林场便道的备忘.txt",
        """
备忘（内部，不外发）
便道的事上次说到一半。
钥匙在门房。
""",
        {"kind": "memo", "sender": None},
    ),
    (
        "a memo whose file says to whom it went",
        "2024-03-05 致林场的备忘.txt",
        """
备忘（内部，不外发）
便道的事上次说到一半。
钥匙在门房。
""",
        {"kind": "memo", "sender": None},
    ),
    (
        "two dates in a note and none of them its own",
        "",
        """
便道钥匙
钥匙在2024年3月1日借出一把，又在2024年3月9日还了回来。
""",
        {"date": "", "date_source": "none"},
    ),
]


def header_of(file: str, text: str) -> Header:
    return read(paper(text, file or "来往/文件.txt"))[0].header


@pytest.mark.parametrize(
    ("file", "text", "expected"), [row[1:] for row in LETTERS + OTHERS], ids=[row[0] for row in LETTERS + OTHERS]
)
def test_a_paper_says_what_it_is(file: str, text: str, expected: dict[str, object]) -> None:
    header = header_of(file, text)
    assert {field: getattr(header, field) for field in expected} == expected


@pytest.mark.parametrize(
    "issue",
    [
        "2024年3月25日印发",
        "（2024年3月25日印发）",
        "青溪镇人民政府　　黑松林场\n2024年3月25日印发",
        "青溪镇人民政府办公室　黑松林场办公室　　二〇二四年三月二十五日",
    ],
)
def test_a_day_of_issue_under_the_title_signs_nothing(issue: str) -> None:
    text = f"""
联席会议纪要
（第1期）
{issue}
3月21日下午，镇里和林场在场部开会，何映雪、罗建川参加。
会议议定，防火带界线图由林场于4月10日前送镇政府。
会议还通报了市里抽查的情况。
"""
    (one,) = read(paper(text, "会议/纪要.txt"))
    assert one.header.date == "2024-03-25"
    assert {passage.zone for passage in one.passages if "会" in one.words(passage)[2:]} == {"header", "body"}
    assert [p.zone for p in one.passages][-3:] == ["body"] * 3


def test_attachments_signed_behind_the_letter_do_not_date_it() -> None:
    one = read_text(
        "关于便道的函\n黑松林场：\n请按附件修复便道。\n青溪镇人民政府\n二〇二四年五月六日\n附件1\n便道调查意见\n桥头塌方两处。\n"
        "青溪镇水利站\n2024年4月2日\n"
    )
    assert (one.header.date, one.header.sender) == ("2024-05-06", "A")


def test_a_date_before_a_list_of_attachments_is_no_signature() -> None:
    one = read_text(
        "关于便道的函\n黑松林场：\n请按下列时间修复便道：\n2024年4月2日\n附件：1.便道图\n青溪镇人民政府\n2024年5月6日\n"
    )
    assert one.header.date == "2024-05-06"


def test_attendees_written_on_to_their_post_or_unit_are_read() -> None:
    one = read_text(
        "联席会议纪要\n时间：2024年4月10日\n出席：何映雪、罗建川\n列席：县林业局业务科科长桑永康、县水利局谷雨生\n一、便道\n"
        "桑永康强调，便道要按季报县里。\n"
    )
    assert [(a.name, a.party, a.role) for a in one.header.attendees if a.role == "in_attendance"] == [
        ("桑永康", "X", "in_attendance"),
        ("谷雨生", "X", "in_attendance"),
    ]
    assert one.passages[-1].party == "X"
