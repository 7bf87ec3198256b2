"""Bodies: two of one unit that write to each other, as 院党委 and 院行政班子 or 厂工会 and 厂行政 do.

Elsewhere a committee or an office speaks for the unit that it belongs to. Where most letters of a folder pass between
two bodies of one unit, they are the two teams, and the unit's own name is the executive's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coordnlp.layout.drafts import Draft
from coordnlp.stages.parties.letters import read_letters
from coordnlp.stages.parties.spellings import Facing, Spelling

# So many letters between two bodies say that they face each other.
_LEAST_LETTERS = 2


def find_facing(drafts: Sequence[Draft], spelling: Spelling) -> Facing | None:
    """Return the two bodies of one unit that most letters pass between, None where most pass between units."""
    *own, whole = spelling.words.bodies
    for body in own:
        facing = Facing(body, whole)
        passed = list(_passed(drafts, replace(spelling, facing=facing)))
        units = [unit for unit in passed if unit is not None]
        if len(units) >= _LEAST_LETTERS and 2 * len(units) > len(passed):
            return replace(facing, unit=max(units, key=lambda name: (len(name), name)))
    return None


def _passed(drafts: Sequence[Draft], spelling: Spelling) -> Iterator[str | None]:
    """Yield of every letter the unit whose bodies face each other in it, as fully as it is named; None for others."""
    for paper in read_letters(drafts, spelling):
        if len(paper.senders) == 1 and paper.addressees:
            sender, addressee = paper.senders[0].name, paper.addressees[0].name
            units = [spelling.part_body(name)[1] for name in (sender, addressee, *(one.name for one in paper.also))]
            yield max(units, key=len) if _face(sender, addressee, spelling) else None


def _face(one: str, two: str, spelling: Spelling) -> bool:
    """Tell whether two names are those of the two bodies of one unit, or of one of them and of the unit."""
    (body, mine), (other, yours) = spelling.part_body(one), spelling.part_body(two)
    if not spelling.facing or {body, other} - {"", spelling.facing.whole.name} != {spelling.facing.own.name}:
        return False
    return body != other and spelling.is_within(*sorted((mine, yours), key=len))
