"""Other names for the people of the dossiers: as long, one-to-one, surnames and given names shared by no two."""

from __future__ import annotations

from collections.abc import Mapping

from coordnlp.records import Teams

INSTITUTE = {
    "贺兆林": "蒋伯昭",
    "裴素心": "戴静宜",
    "汤立言": "谭景行",
    "宁晓岚": "崔梦瑶",
    "高嵩": "邓岷",
    "骆敏": "彭妍",
    "郑怀远": "夏知遥",
    "庞博": "廖骏",
    "欧阳珊": "司徒琳",
    "孟蓉": "吕菁",
    "秦朗": "陶煜",
    "孙一凡": "姜亦辰",
    "阮国锋": "尹承钧",
    "沈春和": "顾修睦",
    "雷震山": "龚劲柏",
    "田奎": "邹骁",
    "尤建平": "康树勋",
    # Of rare surnames; see COMMON_FOR_RARE.
    "柏杨": "柏桦",
    "蔺小军": "蔺少锋",
    "施雯": "毛莹",
    "邵铁生": "盛其昌",
}
COMMON_FOR_RARE = {**{name: name for name in INSTITUTE}, "柏杨": "樊桦", "蔺小军": "翟少锋"}
EXAMPLE = {
    "沈维岳": "顾承砚",
    "陆清和": "蒋雅言",
    "丁若兰": "谭书瑶",
    "方启明": "崔景行",
    "郑一苇": "邓知舟",
    "柳思齐": "姜亦辰",
    "葛春梅": "龚秀英",
    "马志刚": "彭大勇",
    "袁小满": "戴初晴",
    "贺文静": "吕婉宁",
    "罗东升": "夏晓峰",
}
_NAMED: Mapping[str, Mapping[str, str]] = {"example": EXAMPLE, "institute-factory": INSTITUTE}
_SURNAMES = "隗郗褟逄仉佘亓郄笪庾鄢麴胥揭逯邝缪宓弭鞠亢晏盘练粟蒯"
_GIVEN = "琰珩昶晁翊骞翀彧頔玥祎旸昀佶仡垚堃喆甯宥瑀璟瑄忞恺悫愔怿"


def other_names(name: str, teams: Teams) -> Mapping[str, str]:
    """Return other names for the people of a dossier; where nobody has made a list, rare ones for its members."""
    if name in _NAMED:
        return _NAMED[name]
    members = sorted({member.name for team in teams.teams for member in team.members})
    pairs = zip(members, _SURNAMES, _GIVEN, strict=False)
    return {old: surname + (given * 2)[: len(old) - 1] for old, surname, given in pairs}
