"""Proposals of the two teams, in words for a person and as a `teams.toml`; what a person changes in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from coordnlp.records import ReportLanguage, Side, Team, Teams, TeamsProposal
from coordnlp.settings import load_settings
from coordnlp.tables import Table, Template, load_table
from coordnlp.teams import describe_teams, format_teams

_REASONS_SHOWN = 5
_QUESTIONS_SHOWN = 3
HELP = """\
是            写进 teams.toml
否            不写
我方 A        A 是我方（也可以写 B；不区分就写：我方 无）
改名 A 新名称  给 A 换一个名称
加 A 叫法      给 A 加一个叫法
移 叫法        把一个叫法移到另一方
删 叫法        去掉一个叫法"""


class ConfidenceWords(Table):
    """How sure a guess is, by the lines of `settings.parties`."""

    sure: Template
    accuse: Template
    weak: Template
    none: Template


class ProposalWords(Table):
    """`lexicons/proposals.toml`: what a run says of teams that no file names."""

    source: str
    guessed: Template
    reason: Template
    question: Template
    more: Template
    sure: str
    unsure: str
    confidence: ConfidenceWords


@cache
def load_proposal_words(language: ReportLanguage) -> ProposalWords:
    """Load `lexicons/proposals.toml` or its twin."""
    return load_table("proposals", ProposalWords, language)


def confidence_words(confidence: float, language: ReportLanguage = "zh") -> str:
    """Return how sure a guess is, in words with the figure."""
    lines, words = load_settings().parties, load_proposal_words(language).confidence
    named = ((lines.sure, words.sure), (lines.accuse, words.accuse), (lines.weak, words.weak))
    return next((word for least, word in named if confidence >= least), words.none).format(number=confidence)


def is_sure(proposal: TeamsProposal) -> bool:
    """Tell whether gaps may be held against a team of a proposal."""
    return proposal.teams is not None and proposal.confidence >= load_settings().parties.accuse


def summarise_proposal(proposal: TeamsProposal, language: ReportLanguage = "zh") -> Iterator[str]:
    """Yield what a run says of teams that no file names, a line each."""
    words = load_proposal_words(language)
    yield words.guessed.format(confidence=confidence_words(proposal.confidence, language))
    yield from (words.reason.format(line=reason) for reason in proposal.reasons[:_REASONS_SHOWN])
    yield from (words.question.format(line=question) for question in proposal.questions[:_QUESTIONS_SHOWN])
    if len(proposal.questions) > _QUESTIONS_SHOWN:
        yield words.more.format(count=len(proposal.questions) - _QUESTIONS_SHOWN)
    yield words.sure if is_sure(proposal) else words.unsure


def describe_proposal(proposal: TeamsProposal) -> str:
    """Return a proposal for a person to judge: names, people, reasons, questions."""
    if proposal.teams is None:
        return "\n".join([*proposal.reasons, *proposal.questions])
    return "\n".join(
        [
            f"还没有填好的 teams.toml，下面是从文书里推测的双方：{confidence_words(proposal.confidence)}。",
            describe_teams(proposal.teams),
            *(f"理由：{reason}" for reason in proposal.reasons),
            *(f"待定：{question}" for question in proposal.questions),
        ]
    )


def format_proposal(teams: Teams, proposal: TeamsProposal) -> str:
    """Write the text of a `teams.toml` with the reasons and open questions as comments.

    Args:
        teams: As a person left them; those of the proposal if nothing was changed.
    """
    notes = [f"推测时的把握：{confidence_words(proposal.confidence)}", *proposal.reasons]
    lines = [
        "# 往来双方的名单，由 coordnlp teams 从文书里推测。请核对；改好后保存，再运行 coordnlp report。",
        "# 引号、等号、逗号、方括号都要用英文半角；# 后面的字只是说明，程序不读。",
        *(f"# 理由：{note}" for note in notes),
        *(f"# 待定：{question}" for question in proposal.questions),
        "",
        *([] if teams.ours else ['# ours = "A"   # 我方是哪一边；知道的话，去掉这一行最前面的 #', ""]),
    ]
    return "\n".join([*(re.sub(r"[\r\n]", " ", line) for line in lines), format_teams(teams)])


def change_teams(teams: Teams, words: str) -> Teams | None:
    """Return teams changed as a person typed (see `HELP`), None where the words are not understood."""
    verb, _, rest = words.strip().partition(" ")
    match verb, rest.split(maxsplit=1):
        case "我方", ["A" | "a" | "B" | "b" | "无" as side]:
            return replace(teams, ours=None if side == "无" else _side(side))
        case "改名", ["A" | "a" | "B" | "b" as side, name]:
            return _with(teams, _side(side), name.strip())
        case "加", ["A" | "a" | "B" | "b" as side, alias]:
            return _with_alias(teams, _side(side), alias.strip())
        case "移", [alias]:
            return _moved(teams, alias)
        case "删", [alias]:
            return _dropped(teams, alias)
        case _:
            return None


def _side(letter: str) -> Side:
    return "A" if letter in "Aa" else "B"


def _with(teams: Teams, side: Side, name: str) -> Teams:
    """Rename a side; its old name stays as one of its short forms."""
    first, second = (_renamed(team, name) if team.id == side else team for team in teams.teams)
    return replace(teams, teams=(first, second))


def _renamed(team: Team, name: str) -> Team:
    aliases = tuple(alias for alias in (team.name, *team.aliases) if alias != name)
    return replace(team, name=name, aliases=aliases)


def _with_alias(teams: Teams, side: Side, alias: str) -> Teams | None:
    if any(alias in (team.name, *team.aliases) for team in teams.teams):
        return None
    first, second = (replace(team, aliases=(*team.aliases, alias)) if team.id == side else team for team in teams.teams)
    return replace(teams, teams=(first, second))


def _dropped(teams: Teams, alias: str) -> Teams | None:
    first, second = teams.teams
    if alias not in (*first.aliases, *second.aliases):
        return None
    return replace(teams, teams=(_without(first, alias), _without(second, alias)))


def _without(team: Team, alias: str) -> Team:
    return replace(team, aliases=tuple(one for one in team.aliases if one != alias))


def _moved(teams: Teams, alias: str) -> Teams | None:
    first, second = teams.teams
    if alias in first.aliases:
        return replace(teams, teams=(_without(first, alias), replace(second, aliases=(*second.aliases, alias))))
    if alias in second.aliases:
        return replace(teams, teams=(replace(first, aliases=(*first.aliases, alias)), _without(second, alias)))
    return None
