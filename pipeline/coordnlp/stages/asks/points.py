"""Asks that stand under others: numbered points below a sentence that asks, and rows of follow-up tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coordnlp.records import Annotation, Due, Parsed, Passage

_OPENS_LIST = re.compile(r"(?:以下|下列|如下|下面)[^。]{0,16}[：:。]$|[：:]$")
# 为此，商请贵中心： and 请贵场支持以下两件事： lead to asks, whatever the words of the points;
# 现将有关情况函告如下：, 一并函告或商请： and 请逐项书面答复： do not.
_ASKS = re.compile(
    r"(?<![或])(?:商请|函请|恳请|提请|敬请|烦请|拜托|请|提出以下建议|建议)(?!示)[^，。；：:]{0,20}"
    r"(?:(?:以下|下列|如下)[^，。；：:]{0,8})?(?<!函复)(?<!答复)(?<!回复)(?<!示复)(?<!见复)[：:]$"
)
# 三、请贵院研究并于11月15日前函复的事项, as a heading.
_HEADS = re.compile(r"(?:请|盼|望)[^，。；：:]{2,30}的(?:事项|问题|材料|资料|工作)[：:]?$")
# （一）, 1. below 四、: the numbers of points within a point.
_INNER = re.compile(r"^\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])")
# From this probability on, a sentence is taken for an ask that a sentence below may date.
_ASKED = 0.5
_LETTERS = ("letter", "petition", "reply", "email", "notice")
_COUNT = re.compile(r"(?:以下|下列|如下|这|有|另有)?([一二两三四五六七八九])(?:个方面|件事|项|点|个问题|条|桩|事)")
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九", 1)} | {"两": 2}
# 以上第二、三项请于5月24日前反馈 and 请于6月1日前将上述资料送我局 ask nothing new: they date what stands above.
# 上述386万元请拨付 and 上述问题请于5月1日前整改 do.
_HANDED = r"(?:反馈|函复|见复|回复|答复|示复|报送|报我|报来|送我|送达|送来|提供|寄|提交|函告|告知|交我|发我|传)"
# Asks that are counted may also be told to be done: 第二、三两项请于1月28日前办理, 两事请于2月底前予以安排.
_DONE = r"(?:办理|办妥|办结|办好|办完|安排|落实|解决|处理|完成|明确|回音|答复)"
_COUNTED = (
    r"第[一二三四五六七八九十、，和及至到]+[两二三四五六七八九几]?[项条点件]"
    r"|(?:[（(][一二三四五六七八九十][）)][、和及至到]?)+[两二三四五六七八九几各]*[项条点件]"
    r"|前[一二两三四五六七八九]+[项条点件]"
    r"|[二三四五六七八九两几各]+[项条点件]?(?:事[项宜]?|[项条点件])"
)
_PLEASE = r"[，,]?(?:均|一并|统一)?(?:请|盼|望|烦|恳请|敬请|务请)"
# 鉴于9月1日即将开学，以上事项请于8月21日前函复: a clause may stand before.
_ABOVE = re.compile(
    rf"(?:^|[，,])(?:以上|上述|前述|上列|所列|这|此)?(?P<counted>{_COUNTED}){_PLEASE}[^。；]{{0,40}}(?:{_HANDED}|{_DONE})"
    r"|(?:^|[，,])(?:以上|上述|前述|上列|所列|所需)(?P<items>第?[一二三四五六七八九十、及和至两几]*[项条点件]?)"
    r"(?:各项|资料|材料|数据|文件|文本|事项|事宜|情况|意见|内容|问题|清单|信息|请求|要求)?"
    rf"(?:及[^，。；]{{1,12}})?{_PLEASE}[^。；]{{0,40}}{_HANDED}"
    rf"|(?:^|[，,])(?:以上|上述|前述|上列)[^，。；]{{0,8}}[，,]?[于在][^，。；]{{0,24}}(?:{_HANDED}|{_DONE})[^，。；]{{0,6}}为[盼荷]"
    rf"|(?:请|盼|望|烦)[^。；]{{0,30}}(?:将|把)(?:以上|上述|前述|上列)"
    rf"(?:资料|材料|数据|文件|文本|信息|清单)[^。；]{{0,24}}{_HANDED}"
)
# 现将有关情况和商请事项函告如下，请于8月5日前函复: dates what is asked below.
# 拟定条件如下表，请贵局提出意见，并于7日内函复 asks for more than word.
_BELOW = re.compile(
    rf"(?:如下|以下|下列)[^。；，]{{0,16}}[，,](?:并|务)?[请盼望烦][^，。；]{{0,24}}{_HANDED}"
    rf"|(?:以下|下列)[^，。；]{{0,20}}[请盼望烦][^，。；]{{0,12}}[于在][^，。；]{{0,20}}{_HANDED}"
)
# 请一并报送…, 日期同上: by the day of the ask before.
_ALONG = re.compile(r"[请望盼烦][^，。；]{0,6}一并|(?:日期|时限|时间|期限)同上|[于在]同日")
_ORDINALS, _RANGE = re.compile(r"[一二三四五六七八九]"), re.compile(r"[至到]")
# Comments on a draft ask for changes of its words: 建议将第六条修改为“…”, 建议增加一款. 建议商市教育局 sends elsewhere.
_CHANGES = re.compile(r"建议[^，。；“”]{0,24}(?:[“][^”]{0,60}[”])?(?:修改为|改为|调整为|增加|增补|补充|删除|删去|核改)")
# Columns of follow-up tables that say what is to be done.
_MATTERS = ("matter", "title")


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence under which numbered points stand as asks; its due date holds for all of them."""

    due: Due | None


def agreed_rows(one: Parsed, annotations: Mapping[str, Annotation]) -> dict[str, Lead]:
    """Return the matters of follow-up tables that both sides agreed on, each with the deadline of its row.

    A row that says how far a matter is reports on one decided before: it is left to linking.
    """
    dues = {p.block: annotations[p.id].due for p in one.passages if p.column == "due"}
    told = {p.block for p in one.passages if p.column == "progress"}
    return {
        passage.id: Lead(dues.get(passage.block))
        for passage in one.passages
        if passage.column in _MATTERS and passage.owner and passage.party == "AB" and passage.block not in told
    }


def dated_around(
    one: Parsed, annotations: Mapping[str, Annotation], points: Collection[str]
) -> tuple[dict[str, Due], frozenset[str]]:
    """Return the deadlines that other sentences of a letter set for its asks, and the sentences that only do that.

    上述材料请于5月25日前反馈 dates all that was asked since the last such sentence, or the points that it names;
    商请事项如下，请于5月25日前函复 what is asked below; 请一并报送 is due with the ask before. An ask with a day of its
    own keeps that.

    Args:
        points: Passages that are asks by where they stand.
    """
    if one.header.kind not in _LETTERS:
        return {}, frozenset()
    asks = [p for p in one.passages if p.zone == "body" and _is_ask(p, annotations, points)]
    from_above, opening = _dated_from_above(one, annotations, asks)
    found, closing = _dated_from_below(one, annotations, asks)
    found = from_above | found
    before: Due | None = None
    for ask in (p for p in asks if p.id not in opening | closing):
        own = _day(ask, annotations) or found.get(ask.id)
        if before and not own and _ALONG.search(one.words(ask)):
            found[ask.id] = own = before
        before = own
    return found, opening | closing


def _is_ask(passage: Passage, annotations: Mapping[str, Annotation], points: Collection[str]) -> bool:
    return passage.id in points or annotations[passage.id].score("request") >= _ASKED


def _day(passage: Passage, annotations: Mapping[str, Annotation]) -> Due | None:
    """Return the deadline of a passage where a day follows from its words: 尽快 leaves it to another sentence."""
    due = annotations[passage.id].due
    return due if due and due.date else None


_Dated = tuple[dict[str, Due], frozenset[str]]


def _dated_from_above(one: Parsed, annotations: Mapping[str, Annotation], asks: Sequence[Passage]) -> _Dated:
    for opening in one.passages:
        due = _day(opening, annotations) if opening.zone == "body" else None
        if due and _BELOW.search(one.words(opening)):
            below = [p for p in asks if p.start > opening.start and p.party == opening.party]
            return {p.id: due for p in below if not _day(p, annotations)}, frozenset({opening.id} if below else ())
    return {}, frozenset()


def _dated_from_below(one: Parsed, annotations: Mapping[str, Annotation], asks: Sequence[Passage]) -> _Dated:
    found: dict[str, Due] = {}
    closing: set[str] = set()
    above: list[Passage] = []
    for passage in one.passages:
        due = _day(passage, annotations)
        close = _ABOVE.search(one.words(passage)) if passage.zone == "body" and due else None
        if not close or not due or not any(p in asks for p in above):
            above.append(passage)
            continue
        named = _named_points(close["counted"] or close["items"] or "")
        meant = [p for p in above if p.party == passage.party and (not named or p.item in named)]
        found |= {p.id: due for p in meant if not _day(p, annotations)}
        closing.add(passage.id)
        above = []
    return found, frozenset(closing)


def _named_points(items: str) -> Sequence[int]:
    """Return the points that a closing sentence names by number, () where it names none: 第一至三项, （一）（三）项."""
    # From ten on a number has more than one character: then all points above are meant.
    inner = re.findall(r"[（(]([一二三四五六七八九])[）)]", items)
    numbers = [_NUMERALS[word] for word in inner or _ORDINALS.findall(items.rstrip("两几项条点件"))]
    if items.startswith("前") and (count := _COUNT.search(items)):
        return range(1, _NUMERALS[count.group(1)] + 1)
    if not numbers or not ("第" in items or inner) or "十" in items:
        return ()
    return range(numbers[0], numbers[-1] + 1) if _RANGE.search(items) else numbers


def opens_list(text: str, annotation: Annotation) -> bool:
    """Tell whether a sentence announces points that ask; it is no ask of its own."""
    return bool(_ASKS.search(text)) or (bool(_OPENS_LIST.search(text)) and annotation.cue("request") > 0)


def listed_points(one: Parsed, annotations: Mapping[str, Annotation]) -> dict[str, Lead]:
    """Return the numbered points that stand under a sentence that asks, one passage a point, and changes of a draft.

    "商请贵场支持以下两件事：" makes asks of the next two points, whatever their words.
    """
    passages = [passage for passage in one.passages if passage.zone == "body"]
    points = {
        passage.id: Lead(annotations[passage.id].due)
        for passage in passages
        if one.header.kind in _LETTERS and _CHANGES.search(one.words(passage))
    }
    for at, passage in enumerate(passages):
        annotation = annotations[passage.id]
        text = one.words(passage)
        if not _ASKS.search(text) and not (passage.label and _HEADS.search(text)):
            continue
        count = _COUNT.search(text)
        limit = _NUMERALS[count.group(1)] if count else 9
        for inside in _points_below(one, passage, passages[at + 1 :])[:limit]:
            first = _ask_of_point(inside, annotations)
            if first:
                points[first.id] = Lead(annotation.due)
    return points


def _points_below(one: Parsed, lead: Passage, following: Sequence[Passage]) -> list[list[Passage]]:
    """Return the passages of each point that a sentence leads to: those within its own point, or the next ones."""
    within = [later for later in following if later.item == lead.item]
    starts = [at for at, later in enumerate(within) if _INNER.match(one.words(later))] if lead.item else []
    if starts:
        return [list(within[start:end]) for start, end in pairwise([*starts, len(within)])]
    items = sorted({later.item for later in following if later.item > lead.item})
    return [[later for later in following if later.item == item] for item in items]


def _ask_of_point(inside: Sequence[Passage], annotations: Mapping[str, Annotation]) -> Passage | None:
    """Return the sentence of a point that asks most, the first of equal ones; what follows its paragraph is no part."""
    heads = 0
    while heads < len(inside) and inside[heads].label:
        heads += 1
    body = [one for one in inside[heads:] if one.block == inside[heads].block]
    return max(body, key=lambda one: (annotations[one.id].score("request"), -one.start), default=None)
