"""What the proposal says for itself, and what it asks, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordnlp.records import Teams
from coordnlp.stages.parties.bonds import Choice, label
from coordnlp.stages.parties.likenesses import Finding
from coordnlp.stages.parties.papers import Paper
from coordnlp.stages.parties.spellings import Spelling
from coordnlp.stages.parties.units import Units

# A third unit is asked about from this share of the pair's weight on.
_WORTH_ASKING = 0.2
_FEW = 5


def give_reasons(choice: Choice, units: Units, teams: Teams, ours: str) -> Iterator[str]:
    """Yield what speaks for the pair, for the names joined in each side, and for whose folder it is."""
    bond = choice.bond
    first, second = label(bond.one, units), label(bond.two, units)
    yield f"{first}与{second}：前者去文 {bond.there:g}，后者去文 {bond.back:g}，会议群聊 {bond.met:g}（按份数折算）"
    yield from choice.reasons
    for unit in (bond.one, bond.two):
        joined = [f for f in units.because if units.of[f.one] == unit and not f.one.startswith("?")]
        shown = [finding for finding in joined if not finding.two.startswith("?")][:_FEW]
        yield from (f"归为一方：{_joined(finding)}" for finding in shown)
    if ours:
        yield f"我方：{ours}"
    elif teams.ours is None:
        yield "没有发文、收文文件夹，也没有只属于一方的内部材料，不能确定哪一边是我方"


def _joined(finding: Finding) -> str:
    """Return why two names are one unit; where the reason does not name them, with the names."""
    one, two = (name.replace("@", "邮箱 ") for name in (finding.one, finding.two))
    return finding.reason if one in finding.reason else f"“{one}”与“{two}”，{finding.reason}"


def ask_questions(
    choice: Choice, units: Units, papers: Sequence[Paper], spelling: Spelling, *, sure: bool
) -> Iterator[str]:
    """Yield what a person should settle before the pair is relied on."""
    bond = choice.bond
    pair = {bond.one, bond.two}
    if not sure:
        yield f"要看的是不是“{label(bond.one, units)}”与“{label(bond.two, units)}”这两家？"
    for name, fits in units.tied.items():
        if set(fits) & pair and not name.startswith(("@", "?")):
            yield f"“{name}”是哪一方？{'、'.join(f'“{label(unit, units)}”' for unit in fits)}都对得上。"
    for rival in choice.rivals:
        if rival.weight >= _WORTH_ASKING * bond.weight:
            other, near = (rival.two, rival.one) if rival.one in pair else (rival.one, rival.two)
            far = bond.two if near == bond.one else bond.one
            name, one, two = label(other, units), label(near, units), label(far, units)
            yield f"“{name}”也与“{one}”往来，它是第三家，还是与“{two}”是一家？"
    yield from _joint(units, papers, spelling)


def _joint(units: Units, papers: Sequence[Paper], spelling: Spelling) -> Iterator[str]:
    named = [m.name for paper in papers for m in (*paper.senders, *paper.owners, *paper.addressees)]
    for name in sorted({name for name in named if spelling.is_joint(name) and named.count(name) >= 2}):
        if len(units.names[units.of[name]]) == 1:
            yield f"“{name}”是双方合设的，还是哪一方的？"
