"""What a mail house is called after: offices spell their names in pinyin, in full (lankou) or by initials (qthd)."""

from __future__ import annotations

import re
from functools import cache

from coordnlp.stages.parties.spellings import Spelling, abbreviates

# So many letters of initials; fewer are anybody's.
_INITIALS = 3
# A name is begun by so many syllables.
_BEGUN = 2


def spells(host: str, name: str, spelling: Spelling) -> bool:
    """Tell whether a mail house is called after a unit: tongyu.example after 桐峪矿业, qthd.example after 青汀航道局.

    The place that the name begins with may be left out: jtj.example after 岑江市交通局. Alone it tells nothing, since
    many units lie there: cenjiang.example may be anybody's of 岑江市.
    """
    core = spelling.core(name)
    place = spelling.place(core)
    rest = core.removeprefix(place) or core
    return any(
        _begins(word, syllables(rest)) or (place != rest and _abbreviates(word, syllables(core)))
        for word in re.split(r"[^a-z]+", host.lower())
        if word and word not in spelling.words.places.common_labels
    )


def _begins(word: str, name: tuple[str, ...]) -> bool:
    """Tell whether a word spells the beginning of a name, or its initials."""
    return (len(name) >= _BEGUN and word.startswith("".join(name[:_BEGUN]))) or _abbreviates(word, name)


def _abbreviates(word: str, name: tuple[str, ...]) -> bool:
    """Tell whether a word is the initials of a name, all but some in the middle."""
    initials = "".join(syllable[0] for syllable in name)
    if len(word) < _INITIALS:
        return False
    return initials.startswith(word) or (
        len(word) > _INITIALS and word[0] == initials[0] and abbreviates(word, initials)
    )


@cache
def syllables(name: str) -> tuple[str, ...]:
    """Return a name in pinyin without tones, a syllable a character."""
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(name))
