"""Role text: a passage with names and forms of address replaced by the roles that they play in it.

"请贵镇于3月5日前提供" and "请林场于月底前提供" both read 请<O>于<D>前提供 in the other side's voice, so that one cue
serves all dossiers. `<S>` is the voice's own side, `<O>` the other; where the voice is both sides' or unknown, `<A>`
and `<B>` stand. `<D>` is a deadline, `<T>` another time that the ask names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from coordnlp.names import Names, Voices
from coordnlp.records import Party

_CITED = re.compile(r"《([^《》]+)》")
# A limit (前, 内, 底, 不迟于 …) makes a deadline; any other time only says when.
_FIRM = re.compile(r"前|内|底|末|止|迟于|最晚|务必|之日起")
_SAID = re.compile(r"(?:称|说|道|写|讲|言|云)(?:的是|过|到)?[：:，,]?“([^“”]{6,})”")


@dataclass(frozen=True, slots=True)
class RoleText:
    """A passage in roles, and for every character of it the offset in the passage that it stands for."""

    text: str
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Role:
    start: int
    end: int
    label: str


def to_role_text(
    text: str, party: Party | None, names: Names, voices: Voices, *, deadline: tuple[int, int] | None = None
) -> RoleText:
    """Replace names, 我方/贵方 and a deadline by their roles.

    Args:
        party: Whose voice the passage is.
        deadline: Half-open offsets of the words that set a deadline.
    """
    roles = [_Role(mention.start, mention.end, _label(mention.party, party)) for mention in names.find(text)]
    if party in ("A", "B"):
        roles += [_Role(match.start(), match.end(), "<S>") for match in voices.own_side.finditer(text)]
        roles += [_Role(match.start(), match.end(), "<O>") for match in voices.other_side.finditer(text)]
    if deadline:
        firm = _FIRM.search(text[max(0, deadline[0] - 4) : deadline[1] + 1])
        roles.append(_Role(*deadline, "<D>" if firm else "<T>"))
    # A title or another's words in quotes perform no act here.
    roles += [
        _Role(match.start(1), match.end(1), "…") for pattern in (_CITED, _SAID) for match in pattern.finditer(text)
    ]
    return _replace(text, roles)


def _label(mentioned: Party, voice: Party | None) -> str:
    if voice in ("A", "B"):
        return "<S>" if mentioned == voice else "<O>"
    return f"<{mentioned}>"


def _replace(text: str, roles: list[_Role]) -> RoleText:
    """Replace the roles from left to right; the longer wins where two begin together, neighbours of one role merge."""
    pieces: list[str] = []
    offsets: list[int] = []
    at, last = 0, ""
    for role in sorted(roles, key=lambda role: (role.start, -role.end)):
        if role.start < at:
            continue
        if not (role.label == last and role.start == at):
            pieces.append(text[at : role.start])
            offsets.extend(range(at, role.start))
            pieces.append(role.label)
            offsets.extend([role.start] * len(role.label))
        at, last = role.end, role.label
    pieces.append(text[at:])
    offsets.extend(range(at, len(text)))
    return RoleText("".join(pieces), tuple(offsets))
