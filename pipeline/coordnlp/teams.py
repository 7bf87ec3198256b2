"""The two teams of a dossier, as `teams.toml` names them.

People write the file with Notepad, so it is read in the encodings that Notepad saves, and what is wrong in it
is told with file, line and the words of that line.
"""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from coordnlp.configuration import Source, read_source
from coordnlp.errors import ConfigurationError, UsageError
from coordnlp.records import Member, Side, Team, Teams

FILE_NAME = "teams.toml"
TEMPLATE = """\
# 往来双方的名单。改好后保存，再运行 coordnlp report。
# 引号、等号、逗号、方括号都要用英文半角；# 后面的字只是说明，程序不读。

ours = "A"                     # 我方是哪一边；不区分就删掉这一行
# complete = true              # 两家的来往文书确实放齐了，才去掉行首的井号：不再推测哪一段缺文书

[[team]]
id = "A"
name = ""                      # 必填：单位全称，例如 "临港区总工会"
aliases = []                   # 文书里的其他叫法，例如 ["区总工会", "区总"]
members = []                   # 班子成员和经办人，职务可写在空格后，例如 ["钱守业 主席", "闻小雨"]
domains = []                   # 邮箱 @ 后面的部分，例如 ["lgqgh.example"]

[[team]]
id = "B"
name = ""
aliases = []
members = []
domains = []
"""

_KEYS = ("ours", "as_of", "complete", "team")
_TEAM_KEYS = ("id", "name", "aliases", "members", "domains")
_ADVICE = "请改好后再运行；运行 coordnlp teams 可以检查写法、查看样例。"
_T = TypeVar("_T")


def find_teams_file(dossier: Path, given: Path | None = None) -> Path | None:
    """Return the `teams.toml` that holds for a dossier, None if there is none or it was never filled in.

    Args:
        given: What the user named on the command line; it wins over the dossier's own.

    Raises:
        UsageError: `given` is no file.
        ConfigurationError: The file is there under the name `teams.toml.txt`, as Notepad saves it.
    """
    if given is not None:
        if not given.is_file():
            raise UsageError(f"找不到 --teams 指定的文件 {given}。", "请检查路径后再运行。")
        return given
    file = dossier / FILE_NAME
    misnamed = dossier / f"{FILE_NAME}.txt"
    if misnamed.is_file() and not file.is_file():
        raise ConfigurationError(
            f"{dossier} 里没有 {FILE_NAME}，却有一个 {misnamed.name}。", "请把末尾的 .txt 去掉后再运行。"
        )
    return file if file.is_file() and not is_untouched(file) else None


def is_untouched(file: Path) -> bool:
    """Tell whether a `teams.toml` is the blank one that `coordnlp init` lays out: it names nobody."""
    try:
        return file.read_text("utf-8") == TEMPLATE
    except (OSError, UnicodeDecodeError):
        return False


def load_teams(path: Path) -> Teams:
    """Load a `teams.toml` saved as UTF-8, UTF-16 or GB18030, with or without BOM.

    Returns:
        Team `A` first, whatever the order in the file; duplicates and empty entries dropped.

    Raises:
        ConfigurationError: With file, line and what stands there.
    """
    return _read_source(read_source(path, _ADVICE))


def parse_teams(text: str, file: str = FILE_NAME) -> Teams:
    """Read the text of a `teams.toml`; `file` is its name for messages.

    Raises:
        ConfigurationError: With file, line and what stands there.
    """
    return _read_source(Source(file, text, _ADVICE))


def doubts(teams: Teams) -> tuple[str, ...]:
    """Return what a person should look at in a `teams.toml` that can be read, in Chinese."""
    first, second = teams.teams
    found = []
    people = {member.name for member in first.members} & {member.name for member in second.members}
    found += [f"{name} 同时列在双方成员里，这个人的发言会分不清是哪一方。" for name in sorted(people)]
    domains = sorted(set(first.domains) & set(second.domains))
    found += [f"邮箱域名 {domain} 双方都有，不能用来认寄件人。" for domain in domains]
    for team in teams.teams:
        short = (alias for alias in team.aliases if len(alias) < 2)
        found += [f"{team.name} 的叫法“{alias}”只有一个字，容易认错。" for alias in short]
        if not team.aliases:
            found.append(f"{team.name} 没有写 aliases（简称、文书里的其他叫法），可能会漏认。")
        if not team.members:
            found.append(f"{team.name} 没有写 members（班子成员和经办人），发言可能认不出是哪一方。")
    return tuple(found)


def describe_teams(teams: Teams) -> str:
    """Return what a list of teams says, with what a person should look at, in Chinese."""
    lines = [f"我方：{teams.name(teams.ours) or '没有写（不区分我方、对方）'}"]
    for team in teams.teams:
        people = (f"{member.name}（{member.post}）" if member.post else member.name for member in team.members)
        lines += [
            f"{team.id}  {team.name}",
            f"   叫法：{'、'.join(team.aliases) or '没有写'}",
            f"   成员：{'、'.join(people) or '没有写'}",
            f"   邮箱：{'、'.join(team.domains) or '没有写'}",
        ]
    return "\n".join([*lines, *(f"请留意：{doubt}" for doubt in doubts(teams))])


def format_teams(teams: Teams) -> str:
    """Write the text of a `teams.toml` that `parse_teams` reads back as the same teams."""
    lines = [] if teams.ours is None else [f'ours = "{teams.ours}"']
    lines += [f'as_of = "{teams.as_of}"'] if teams.as_of else []
    lines += ["complete = true"] if teams.complete else []
    lines += [""] if lines else []
    for team in teams.teams:
        members = (f"{member.name} {member.post}".rstrip() for member in team.members)
        lines += [
            "[[team]]",
            f'id = "{team.id}"',
            f"name = {_quote(team.name)}",
            f"aliases = {_quote_all(team.aliases)}",
            f"members = {_quote_all(members)}",
            f"domains = {_quote_all(team.domains)}",
            "",
        ]
    return "\n".join(lines)


def _read_source(source: Source) -> Teams:
    data = source.data()
    _check_keys(source, data, _KEYS, 0)
    tables = data.get("team")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise _error(source, "没有 [[team]]，双方各要写一个 [[team]] 段落", "team")
    if len(tables) != 2:
        raise _error(source, f"要有两个 [[team]]，现在有 {len(tables)} 个", "team")
    teams = sorted((_read_team(source, table, at) for at, table in enumerate(tables, 1)), key=lambda t: t.id)
    if teams[0].id == teams[1].id:
        raise _error(source, f'两个 [[team]] 的 id 都是 "{teams[0].id}"，要一个 "A"、一个 "B"', "id", 2)
    _check_shared_names(source, teams[0], teams[1])
    ours, as_of, complete = _read_ours(source, data), _read_as_of(source, data), _read_complete(source, data)
    return Teams((teams[0], teams[1]), ours, as_of, complete)


def _error(source: Source, reason: str, key: str, team: int = 0) -> ConfigurationError:
    return source.error(reason, _line_of(source.lines, key, team))


def _line_of(lines: Sequence[str], key: str, team: int) -> int:
    """Return the line, from 1, of a key in the `team`-th [[team]] (0: before the first), 0 if unseen."""
    seen = 0
    for number, line in enumerate(lines, 1):
        if re.match(r"\s*\[\[\s*team\s*\]\]", line):
            seen += 1
            if key == "team" and seen > 2:
                return number
        elif seen == team and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return 0


def _check_keys(source: Source, table: Mapping[str, object], known: tuple[str, ...], team: int) -> None:
    for key in table:
        if key in _KEYS and team:
            raise _error(source, f"{key} 要写在第一个 [[team]] 的上面", key, team)
        if key not in known:
            near = difflib.get_close_matches(key, known, 1, 0.5)
            hint = f"是不是 {near[0]}" if near else "可以写的有 " + "、".join(known)
            raise _error(source, f"不认识 {key}，{hint}", key, team)


def _read_team(source: Source, table: Mapping[str, object], at: int) -> Team:
    _check_keys(source, table, _TEAM_KEYS, at)
    name = table.get("name", "")
    if not isinstance(name, str):
        raise _error(source, "name 要写成英文引号里的文字", "name", at)
    if not name.strip():
        raise _error(source, f"第{at}个 [[team]] 的 name（单位全称）还没有填", "name", at)
    name = name.strip()
    aliases = (alias for alias in _texts(source, table, "aliases", at) if alias != name)
    domains = (domain.lstrip("@").lower() for domain in _texts(source, table, "domains", at))
    members = map(_read_member, _texts(source, table, "members", at))
    return Team(_read_id(source, table, at), name, _unique(aliases), _unique(members), _unique(domains))


def _read_id(source: Source, table: Mapping[str, object], at: int) -> Side:
    match table.get("id"):
        case "A":
            return "A"
        case "B":
            return "B"
        case None:
            raise _error(source, f'第{at}个 [[team]] 没有写 id，要一个 "A"、一个 "B"', "id", at)
        case other:
            raise _error(source, f'id 只能是 "A" 或 "B"，不能是 {other!r}', "id", at)


def _read_as_of(source: Source, data: Mapping[str, object]) -> str:
    """Read the day on which a closed dossier is looked at, '' where the key is left out."""
    try:
        value = str(data.get("as_of", ""))
        return datetime.date.fromisoformat(value).isoformat() if value else ""
    except ValueError as error:
        raise _error(source, f"as_of 要写成 2025-01-10 这样的日期，不能是 {value}", "as_of") from error


def _read_complete(source: Source, data: Mapping[str, object]) -> bool:
    match data.get("complete"):
        case None:
            return False
        case True | False as value:
            return value
        case other:
            raise _error(source, f"complete 只能是 true 或 false，不加引号，不能是 {other!r}", "complete")


def _read_ours(source: Source, data: Mapping[str, object]) -> Side | None:
    match data.get("ours"):
        case None | "":
            return None
        case "A":
            return "A"
        case "B":
            return "B"
        case other:
            raise _error(source, f'ours 只能是 "A" 或 "B"，不能是 {other!r}', "ours")


def _texts(source: Source, table: Mapping[str, object], key: str, at: int) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise _error(source, f'{key} 要写成列表，例如 {key} = ["甲", "乙"]', key, at)
    for item in value:
        if not isinstance(item, str):
            raise _error(source, f"{key} 里的 {item!r} 不是文字，要放在英文引号里", key, at)
    return [item.strip() for item in value if item.strip()]


def _read_member(text: str) -> Member:
    """Split "钱守业 主席" or "钱守业（主席）"; "李　明" is padded to the width of three characters."""
    words = re.sub(r"[（(]([^（）()]*)[）)]", r" \1", text).split() or [text]
    if len(words) > 1 and len(words[0]) == len(words[1]) == 1:
        words[:2] = [words[0] + words[1]]
    return Member(words[0], " ".join(words[1:]))


def _unique(items: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(items))


def _check_shared_names(source: Source, first: Team, second: Team) -> None:
    names = {_folded(name) for name in (first.name, *first.aliases)}
    for name in (second.name, *second.aliases):
        if _folded(name) in names:
            raise source.error(f"“{name}”在双方的 name 或 aliases 里都有，分不清指哪一方")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).lower()


def no_teams(dossier: str, seen: Sequence[str]) -> ConfigurationError:
    """Return the error for a dossier without `teams.toml` whose papers do not tell who the two teams are.

    Args:
        seen: What a person should settle, with the units that the papers name, in Chinese.
    """
    message = f"卷宗 {dossier} 里没有 {FILE_NAME}，也没能从文书里认出往来双方是谁。"
    return ConfigurationError("\n".join([message, *seen]), "请运行 coordnlp teams 查看写法，写好双方名单后再运行。")


def _quote_all(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quote, texts))}]"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda char: f"\\u{ord(char[0]):04x}", escaped) + '"'
