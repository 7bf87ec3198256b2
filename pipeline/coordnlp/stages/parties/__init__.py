"""Parties: who the two teams of a dossier without `teams.toml` are. Find, resolve, choose, describe."""

from __future__ import annotations

from collections.abc import Sequence

from coordnlp.records import Document, TeamsProposal
from coordnlp.settings import load_settings
from coordnlp.stages.parties.bonds import choose_pair, label, weigh_exchange
from coordnlp.stages.parties.finding import find_papers
from coordnlp.stages.parties.papers import Paper
from coordnlp.stages.parties.sides import describe_teams
from coordnlp.stages.parties.units import Units, resolve_units
from coordnlp.stages.parties.wording import ask_questions, give_reasons

__all__ = ["propose_teams"]

_SHOWN = 8


def propose_teams(documents: Sequence[Document]) -> TeamsProposal:
    """Propose the two teams that a folder is between, from the papers alone.

    Mentions of units are found by role (红头, 发文单位, 落款, 主送, attendee lists, mail, speakers' tags), names are
    resolved to units by a table of findings, and the pair with the strongest exchange is taken.

    Args:
        documents: Of one dossier, in any order; the proposal does not depend on it.

    Returns:
        The teams with a confidence in [0, 1], reasons and questions; `teams` is None where nothing passed between
        two units, and then `questions` name the units that were seen.

    Source:
        The division into find and resolve is eyecite's; a score as a table of reasons is nomenklatura's.
    """
    papers, spelling = find_papers(documents)
    units = resolve_units(papers, documents, spelling)
    exchange = weigh_exchange(papers, units, spelling.words)
    choice = choose_pair(exchange, units, spelling.words)
    if choice is None:
        return TeamsProposal(None, 0.0, ("没有找到两家单位之间的往来。",), tuple(_seen(papers, units)))
    teams, ours = describe_teams(choice, exchange, units, papers, documents, spelling)
    sure = choice.confidence >= load_settings().parties.accuse
    return TeamsProposal(
        teams,
        choice.confidence,
        tuple(dict.fromkeys(give_reasons(choice, units, teams, ours))),
        tuple(dict.fromkeys(ask_questions(choice, units, papers, spelling, sure=sure))),
    )


def _seen(papers: Sequence[Paper], units: Units) -> list[str]:
    """Return a question that names the units seen, the most frequent first."""
    counts = {
        unit: sum(any(units.of.get(m.name) == unit for m in paper.mentions) for paper in papers) for unit in units.names
    }
    order = sorted(counts, key=lambda unit: (-counts[unit], unit))
    named = [label(unit, units) for unit in order if not unit.startswith("?")][:_SHOWN]
    return [f"文书里出现过的单位：{'、'.join(named)}。往来双方是哪两家？"] if named else []
