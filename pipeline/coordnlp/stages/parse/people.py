"""Who was there, and whose people they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from coordnlp.names import Names
from coordnlp.records import Attendee, Party, Side
from coordnlp.stages.parse.layout import Layout

_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]+)?$")
_POST_BEHIND = re.compile(r"(?:等|同志|书记|主任|局长|镇长|场长|院长|所长|厂长|处长|科长|经理|总工)$")
# 百家姓 in the order of the 2020 household register (公安部《二〇二〇年全国姓名报告》), the first hundred and some compounds.
_SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪"
    "庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁房蒲"
    "滕屈饶解牟艾尤时阳阎穆农司古吉卓池桂缪容闻楚容岑费洪褚戚郁宫苟霞储宗"
)
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "端木")


def list_attendees(layout: Layout, names: Names) -> tuple[Attendee, ...]:
    """Read the attendee lines; people whose party nothing tells are `X`."""
    roles: tuple[tuple[str, Literal["present", "in_attendance", "absent"]], ...] = (
        ("present", "present"),
        ("in_attendance", "in_attendance"),
        ("absent", "absent"),
    )
    found = [
        Attendee(name, party, role)
        for group, role in roles
        for value in layout.values(group)
        for name, party in _people(value, names)
    ]
    return tuple(dict.fromkeys(found))


def _people(value: str, names: Names) -> Iterator[tuple[str, Party]]:
    for segment in re.split(r"[；;。\n]", value):
        listed = list(_names_in(segment, names))
        party = _party_of_segment(segment, [name for name, _ in listed], names)
        for name, lead in listed:
            yield name, names.people.get(name) or lead or party


def _names_in(segment: str, names: Names) -> Iterator[tuple[str, Side | None]]:
    """Yield the names of a list; a unit that stands before a name (镇里 张三、李四) holds until the next."""
    lead: Side | None = None
    for piece in re.split(r"[、，,\t]|\s+|[：:]", _BRACKETS.sub("", segment)):
        word = piece.strip()
        unit = [mention for mention in names.find(word) if not mention.person]
        if unit and word not in names.people:
            lead = unit[-1].party
            word = word[unit[-1].end :]
        word = _POST_BEHIND.sub("", word)
        if word in names.people or is_person_name(word):
            yield word, lead


def is_person_name(word: str) -> bool:
    """Tell whether a word looks like a Chinese personal name."""
    if not _NAME.match(word) or len(word) > 4:
        return False
    return word[0] in _SURNAMES and len(word) <= 3 or word.startswith(_COMPOUND)


def _party_of_segment(segment: str, listed: Sequence[str], names: Names) -> Party:
    known = Counter(names.people[name] for name in listed if name in names.people)
    if len(known) == 1 and sum(known.values()) * 3 >= len(listed):
        return next(iter(known))
    return "X"


def learn_people(attendees: Sequence[Attendee]) -> dict[str, Side]:
    """Return the people whose party the attendee lists tell, without those that two lists tell differently."""
    votes: dict[str, set[Side]] = {}
    for attendee in attendees:
        if attendee.party in ("A", "B"):
            votes.setdefault(attendee.name, set()).add(attendee.party)
    return {name: next(iter(sides)) for name, sides in sorted(votes.items()) if len(sides) == 1}
