"""Find in minutes, transcripts and chats: which units met or talked, and whose people they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coordnlp.layout.drafts import Draft
from coordnlp.layout.lines import Line, squeeze
from coordnlp.records import ROLES, Member
from coordnlp.stages.parties.letters import own_lines, owners
from coordnlp.stages.parties.papers import Mention, Paper, Seat
from coordnlp.stages.parties.rolls import Group, read_roll, sides
from coordnlp.stages.parties.spellings import Spelling

_TOP = 16
_TITLE_PARTS = re.compile(r"\s*(?:[—–－-]{1,2}|、|与|和|同|/|\s)\s*")
_STAMP = r"(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s*)?(?:\d{1,2}[-/月]\d{1,2}日?\s+)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_WHO = r"(?P<who>(?![\d（(—-])[^\s：:｜|，。；！？]{1,24}?(?:\s?[（(][^（()）]{1,16}[）)])?)"
_STAMP_FIRST = re.compile(rf"^\W*{_STAMP}\W?[\s　]*{_WHO}(?:[：:｜|]|[\s　]|$)")
_WHO_FIRST = re.compile(rf"^{_WHO}\s+[\[（(]?{_STAMP}")
_TURN = re.compile(r"^【?(?P<who>[\u4e00-\u9fff·]{2,4}\s?[（(][^（()）]{1,12}[）)])】?\s*[：:]")
_BRACKET = re.compile(r"^(?P<one>[^（()）]+?)\s*[（(](?P<two>[^（()）]+)[）)]$")
_WORDS = re.compile(r"^[\u4e00-\u9fffA-Za-z·•-]+$")
_JOINER = re.compile(r"[-－—–·•/@＠_]+")


def read_meeting(draft: Draft, spelling: Spelling) -> Paper:
    """Read who met or talked in a paper: by attendee lists, the title, the opening sentence, speakers' tags."""
    lines = own_lines(draft)
    file = draft.document.file
    paper = Paper(file=file, kind=draft.kind, date=draft.date, title=draft.title, stem="")
    rolls = _rolls(draft, lines, spelling)
    tagged = list(_tagged(lines, spelling))
    facing = [(group.unit or f"?{file}#{ordinal}", group) for ordinal, group in enumerate(sides(rolls))]
    met = [*_named(facing, lines, file), *_pairs(draft, lines, spelling)]
    seats = [Seat(unit, member, "meeting", file) for unit, group in facing for member in group.people]
    seats += [Seat(unit, Member(person), "chat", file) for unit, person in tagged if unit]
    loose = [] if met else [*(member.name for group in rolls for member in group.people), *(who for _, who in tagged)]
    met += [Mention(f"&{person}", "meeting", file, 0) for person in dict.fromkeys(loose)]
    talked = [Mention(unit, "chat", file, 0) for unit in dict.fromkeys(unit for unit, _ in tagged if unit)]
    return replace(
        paper,
        sides=tuple(dict.fromkeys([*met, *talked])),
        owners=tuple(dict.fromkeys(owners(draft, lines, spelling))),
        seats=tuple(dict.fromkeys(seats)),
    )


def _named(groups: Sequence[tuple[str, Group]], lines: Sequence[Line], file: str) -> Iterator[Mention]:
    for unit, group in groups:
        person = group.people[0].name if group.people else ""
        start = next((line.start for line in lines if person and person in line.text), 0)
        yield Mention(unit, "meeting", file, start)


def _rolls(draft: Draft, lines: Sequence[Line], spelling: Spelling) -> list[Group]:
    """Return the groups of the attendee lists, wherever they stand: fields, lines of names, a sentence."""
    groups = [
        group for label in draft.layout.labels if label.group in ROLES for group in read_roll(label.value, spelling)
    ]
    taken = {label.line for label in draft.layout.labels}
    for ordinal, line in enumerate(lines[:_TOP]):
        if ordinal not in taken:
            groups += _line_roll(line.text, spelling)
    return _joined(groups)


def _line_roll(text: str, spelling: Spelling) -> list[Group]:
    """Read a line that is a list of names, or a sentence that tells who was there."""
    label = spelling.documents.label.match(text)
    if label and spelling.documents.label_group[re.sub(r"\s", "", label["label"])] not in ("present", "in_attendance"):
        return []
    groups = read_roll(text, spelling)
    count = sum(len(group.people) for group in groups)
    listed = re.sub(r"[（(][^（()）]*[）)]", "", text)
    pieces = len([piece for piece in re.split(r"[、，,；;：:。\s｜|]+", listed) if piece])
    if count >= 2 and count * 2 >= pieces:
        return groups
    if not any(word in text for word in spelling.words.places.present):
        return []
    told = "。".join(s for s in text.split("。") if any(word in s for word in spelling.words.places.present))
    named = [group for group in read_roll(told, spelling) if group.unit]
    return [group for group in named if spelling.abbreviates_head(group.unit) or spelling.root(group.unit)]


def _joined(groups: Sequence[Group]) -> list[Group]:
    """Join the groups of one name; nameless ones stay as they are."""
    named: dict[str, list[Member]] = {}
    for group in groups:
        if group.unit:
            named.setdefault(group.unit, []).extend(group.people)
    joined = [Group(unit, tuple(dict.fromkeys(people))) for unit, people in named.items()]
    return [*joined, *(group for group in groups if not group.unit)]


def _pairs(draft: Draft, lines: Sequence[Line], spelling: Spelling) -> Iterator[Mention]:
    """Yield the two units that a title or an opening sentence says met."""
    title = re.split(r"关于|[（(]", re.sub(r"^[\s#*]+", "", draft.title or (lines[0].text if lines else "")))[0]
    parts = [part for part in _TITLE_PARTS.split(title) if part]
    names = [_head_of(part, spelling) for part in parts[:2]]
    found: list[str] = names if len(names) == 2 and all(names) else []
    for line in lines[:_TOP]:
        found = found or _together(line.text, spelling)
    yield from (Mention(name, "title", draft.document.file, 0) for name in found)


def _together(text: str, spelling: Spelling) -> list[str]:
    """Return the two units of 4月12日，港口集团与磐屿海关在……召开; 与 parts names before 和 and 同 do."""
    inside = [match.span() for word in spelling.joined for match in re.finditer(re.escape(word), text)]
    for joiner in ("与", "和", "同"):
        for match in re.finditer(joiner, text[:120]):
            if any(begin <= match.start() < end for begin, end in inside):
                continue
            before = re.split(r"[，。、；\s]", text[: match.start()])[-1]
            after = re.split(r"[，。、；\s]|双方", text[match.end() :])[0]
            pair = [_tail_unit(before, spelling), _head_of(after, spelling)]
            if all(pair) and pair[0] != pair[1]:
                return pair
    return []


def _head_of(text: str, spelling: Spelling) -> str:
    """Return the unit that a piece begins with, before words of meetings: 鹤背岭林场联席会议纪要 → 鹤背岭林场."""
    text = squeeze(text)
    behind, boards = spelling.words.places.behind, spelling.words.units.boards
    for end in range(len(text), 1, -1):
        name, rest = text[:end], text[end:]
        meets = name.endswith(spelling.words.places.meeting) and not name.endswith(boards)
        cut = rest.startswith("会") and f"{name}会".endswith(boards)
        whole = not (meets or cut) and (not rest or rest.startswith((*spelling.words.places.meeting, *behind)))
        if whole and (spelling.abbreviates_head(name) or spelling.unit(name) == name):
            return spelling.plain(name)
    return ""


def _tail_unit(text: str, spelling: Spelling) -> str:
    """Return the unit that a piece ends with, dates before it set aside: 4月12日下午港口集团 → 港口集团."""
    bare = re.sub(r"^.*(?:[\d一二三四五六七八九十]日|上午|下午|晚上?|同志)", "", text)
    for begin in range(len(bare) - 1):
        if spelling.abbreviates_head(bare[begin:]):
            return spelling.plain(bare[begin:])
    return spelling.plain(spelling.unit(bare))


def _tagged(lines: Sequence[Line], spelling: Spelling) -> Iterator[tuple[str, str]]:
    """Yield (unit, person) of speakers whose names bear a unit; unit '' for a bare person."""
    for line in lines:
        match = _STAMP_FIRST.match(line.text) or _WHO_FIRST.match(line.text) or _TURN.match(line.text)
        if match:
            unit, person = read_nickname(match["who"], spelling)
            if person:
                yield unit, person


def read_nickname(who: str, spelling: Spelling) -> tuple[str, str]:
    """Split 王磊@区住建局, 住建-王磊, 郗云（关） into unit and person; a nickname (老葛) is no person of a list."""
    bracket = _BRACKET.match(who)
    parts = [bracket["one"], bracket["two"]] if bracket else _JOINER.split(who)
    parts = [part.strip() for part in parts if part.strip()]
    people = [part for part in (parts[:1] + parts[1:][-1:]) if spelling.is_person(part)]
    others = [part for part in parts if part not in people]
    if not people and len(parts) == 1:
        return _glued(parts[0], spelling)
    if len(people) != 1:
        return "", ""
    other = others[0] if others else ""
    plain = not spelling.is_post(other) and other not in spelling.documents.label_group
    unit = other if plain and _WORDS.match(other) else ""
    return re.split(r"[·•-]", unit)[0], people[0]


def _glued(who: str, spelling: Spelling) -> tuple[str, str]:
    """Split A住建王磊, where 王磊 is known to be somebody."""
    for size in (3, 2):
        unit, person = re.sub(r"^[^\u4e00-\u9fff]+", "", who[:-size]), who[-size:]
        if person in spelling.known and len(unit) > 1 and _WORDS.match(unit):
            return unit, person
    return "", ""
