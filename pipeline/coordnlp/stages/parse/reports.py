"""Reported speech in minutes: whose words a sentence gives, and where it passes from one speaker to the next."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from coordnlp.names import Mention, Names, Voices
from coordnlp.records import Party

Voice = tuple[Party | None, str]
"""A party and the name of the speaker, '' where a team speaks as a whole."""

JOINT: Voice = ("AB", "")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．)）](?!\d)|[①-⑳]|"
    r"第[一二三四五六七八九十][，、,：:]|其[一二三四五六][，、,：:])"
)
_OPENING = '，,、 　（(“"'
_DECIDED = re.compile(r"^[^，。：:“]{0,12}(?:议定|商定|会议(?:决定|明确|要求|同意))")
_TOGETHER = re.compile(r"[和与同及、]|以及")
# So far from the start of a sentence its subject may stand.
_SUBJECT = 6
_REACH = 40
_LONGEST_TOPIC = 30
_SHORT_CLAUSE = 10
_QUOTED = re.compile(r"“[^”]*”")
_PART = re.compile(r"[；;，,]")


def report_voice(words: str, before: Voice, names: Names, voices: Voices, strangers: Collection[str] = ()) -> Voice:
    """Return whose words a sentence of minutes reports; `JOINT` for the minutes' own voice.

    A name with a reporting verb speaks ("会上，罗场长表示…", "…，罗场长说"); two names of both sides speak together; a
    sentence without a subject of its own goes on with the speaker before it.

    Args:
        strangers: People listed as present who belong to neither side.
    """
    if _DECIDED.search(words):
        return JOINT
    for bare in _openings(words, voices):
        if bare.startswith(voices.joint.subjects):
            return JOINT
        if speaker := _speaker(bare, names, voices) or _stranger(bare, names, voices, strangers):
            return speaker
    bare = _without_lead(words, voices)
    if _is_joint(words, bare, names, voices):
        return JOINT
    if bare.startswith(voices.pronouns.same_speaker):
        return before
    return _closing_speaker(words, names, voices) or (before if before[1] else JOINT)


def split_voices(text: str, start: int, end: int, names: Names, voices: Voices) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sentence that different named speakers say: 张局长表示……；李总回应……。

    It is cut at ； before any named speaker, at ， only where one of the other side follows with the verb at once.
    """
    at, current = start, _speaker(_without_lead(text[start:end], voices), names, voices)
    for match in _PART.finditer(text, start, end):
        bare = _without_lead(text[match.end() : end], voices)
        follows = _speaker(bare, names, voices)
        # What stands in quotation marks is part of what the speaker says.
        quoted = text.count("“", at, match.end() + 1) > text.count("”", at, match.start())
        if follows is None or quoted:
            continue
        comma = match.group() in "，,"
        if comma and (current is None or follows[0] == current[0] or not _speaks_at_once(bare, names, voices)):
            continue
        yield at, match.end()
        at, current = match.end(), follows
    yield at, end


def _speaks_at_once(bare: str, names: Names, voices: Voices) -> bool:
    first = names.find(bare[:_REACH])[0]
    return first.start == 0 and bare[first.end :].lstrip("则也均都方面").startswith(voices.speech.verbs)


def _openings(words: str, voices: Voices) -> Iterator[str]:
    """Yield a sentence from its subject on, as far as leads tell, and from behind a short first clause (沉默片刻，)."""
    bare = _without_lead(words, voices)
    yield bare
    comma = bare.find("，")
    if 0 < comma <= _SHORT_CLAUSE:
        yield bare[comma + 1 :].lstrip(_OPENING)


def _without_lead(words: str, voices: Voices) -> str:
    """Return a sentence without its numbering and words that only lead up to its subject (会上，随后，对此)."""
    bare = _NUMBERING.sub("", words).lstrip(_OPENING)
    while lead := next((lead for lead in voices.speech.leads if bare.startswith(lead)), ""):
        bare = bare[len(lead) :].lstrip(_OPENING)
    if bare.startswith(voices.speech.topics) and 0 < (comma := bare.find("，")) <= _LONGEST_TOPIC:
        return bare[comma + 1 :].lstrip(_OPENING)
    return bare


def _stranger(bare: str, names: Names, voices: Voices, strangers: Collection[str]) -> Voice | None:
    """Return `X` where somebody of neither side speaks: a listed stranger, or 陈副主任 whose name no side has."""
    words = names.words
    for end in (2, 3, 4):
        name = bare[:end]
        behind = bare[end : end + voices.speech.gap]
        titled = words.post.match(bare, 1) if end == 2 and bare[:1] in words.surnames else None
        if name in strangers or titled:
            behind = bare[titled.end() :][: voices.speech.gap] if titled else behind
            if any(verb in behind for verb in voices.speech.verbs):
                return "X", name if name in strangers else bare[: titled.end() if titled else end]
    return None


def _speaker(bare: str, names: Names, voices: Voices) -> Voice | None:
    """Return who speaks in a sentence that opens with a name and has a reporting verb close behind it."""
    opening = bare[:_REACH]
    mentions = names.find(opening)
    first = next((mention for mention in mentions if mention.start <= _SUBJECT), None)
    if first is None or opening[: first.start].endswith(voices.speech.not_before):
        return None
    last = _last_subject(opening, first, mentions)
    clause = _QUOTED.sub("", opening[last.end :])[: voices.speech.gap]
    if not any(verb in clause for verb in voices.speech.verbs):
        return None
    if last.party != first.party:
        return JOINT
    return first.party, opening[first.start : first.end]


def _last_subject(opening: str, first: Mention, mentions: list[Mention]) -> Mention:
    """Return the last of the names that are joined by 和, 与 or 、 to the first: the subject may be several."""
    last = first
    for mention in mentions:
        between = opening[last.end : mention.start]
        if mention.start > last.end and len(between) <= _SUBJECT and _TOGETHER.search(between) and "，" not in between:
            last = mention
    return last


def _is_joint(words: str, bare: str, names: Names, voices: Voices) -> bool:
    plain = _NUMBERING.sub("", words).lstrip(_OPENING)
    return plain.startswith(voices.joint.places) or _tasks(bare, names, voices)


def _closing_speaker(words: str, names: Names, voices: Voices) -> Voice | None:
    """Return who speaks in “……”，罗场长说。"""
    bare = words.rstrip("。！!？?… ")
    tail = bare[bare.rfind("”") + 1 :] if "”" in bare else ""
    mentions = names.find(tail)
    if len(mentions) == 1 and len(tail) <= voices.speech.gap and tail.endswith(voices.speech.verbs):
        return mentions[0].party, tail[mentions[0].start : mentions[0].end]
    return None


def _tasks(words: str, names: Names, voices: Voices) -> bool:
    """Tell whether a sentence of minutes lays a task on a party (…由研究所…) and reports nobody's words."""
    tasked = any(words[mention.start - 1 : mention.start] == "由" for mention in names.find(words))
    return tasked and not any(verb in words[:24] for verb in voices.speech.verbs)
