"""The short forms that documents use for one side and nobody else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from coordnlp.concepts import load_concepts
from coordnlp.layout.short_forms import find_short_forms
from coordnlp.records import Document
from coordnlp.stages.parties.papers import Paper
from coordnlp.stages.parties.spellings import Spelling, abbreviates, contains
from coordnlp.stages.parties.units import Units

# A short form that no header bears must stand so often in the texts, in so many documents; one of two characters
# more often, and as one run at the start or end of a full name.
_LEAST, _LEAST_DOCUMENTS, _LEAST_SHORT = 3, 2, 5
_LEVELS = "省市县区镇"
# A shorter name may be a nickname's: 所驻厂 is no 厂.
_FULL = 4
# A form that does not end as units do stands by itself somewhere, and one that is a word like any other (供电, 信息) in
# this part of its occurrences; 98 training dossiers: 工作 0, 供电 .07 or .51, 远穗 .47.
_ALONE = 0.15
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def side_names(unit: str, units: Units) -> list[str]:
    """Return the names of a unit that are names: no mail domains, no lists without a name."""
    return [name for name in units.names[unit] if not name.startswith(("@", "?"))]


def find_short_names(
    pair: tuple[str, str], units: Units, papers: Sequence[Paper], documents: Sequence[Document], spelling: Spelling
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the short forms of the two sides, the most used first.

    They are the names that headers and lists bear, and forms in the texts that only one side's names can be cut down
    to; a form that fits a third unit or the other side is left out.
    """
    names = side_names(pair[0], units), side_names(pair[1], units)
    third = [name for unit in units.names if unit not in pair for name in side_names(unit, units)]
    texts = [document.plain for document in documents]
    defined = {form for text in texts for _, form in find_short_forms(text)}
    found = []
    for own, other in (names, names[::-1]):
        forms = {*_in_headers(own, papers, spelling), *_in_texts(own, texts, spelling)}
        forms |= {*_on_roots(own, other, texts, spelling), *_departments(own, other, texts, spelling)}
        every = {*own, *forms}
        kept = [
            form
            for form in sorted(forms)
            if not _fits(form, own, other, third, spelling)
            and (form in defined or _is_name(form, every, texts, spelling))
        ]
        used = {form: sum(text.count(form) for text in texts) for form in kept}
        found.append(tuple(sorted(kept, key=lambda form: (-used[form], form))))
    return found[0], found[1]


def _is_name(form: str, names: Collection[str], texts: Sequence[str], spelling: Spelling) -> bool:
    """Tell whether a form is a name in these texts, outside longer ones, and not a word or a piece of one."""
    longer = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if form in name and form != name)
    alone = every = 0
    for text in texts:
        rest = re.sub(longer, "　", text) if longer else text
        for match in re.finditer(re.escape(form), rest):
            before, behind = rest[max(0, match.start() - 1) : match.start()], rest[match.end() : match.end() + 1]
            every += 1
            alone += _opens(before, spelling) and _is_closed(behind, spelling)
    if len(form) > _FULL or form.endswith(spelling.endings) or spelling.root(form):
        return every > 0
    return alone > 0 and (alone >= _ALONE * every or not _is_ordinary(form))


def _is_closed(behind: str, spelling: Spelling) -> bool:
    return not _HAN.match(behind) or behind == "方" or behind in spelling.words.units.behind


def _is_ordinary(form: str) -> bool:
    """Tell whether a form is one word that names no unit, or two of them: 供电, 物资储备."""
    known = load_concepts()
    return any(all(known.of((word,)) for word in words if word) for words in ((form,), (form[:2], form[2:])))


def _in_headers(own: Sequence[str], papers: Sequence[Paper], spelling: Spelling) -> Iterator[str]:
    """Yield the names of headers and lists; one that only nicknames bear must be short for a full one."""
    stated = {mention.name for paper in papers for mention in paper.mentions if mention.role != "chat"}
    fulls = [name for name in own if len(name) >= 4 and not spelling.ends_as_department(name)]
    # 师院办 and 师院总务 among nicknames give 师院, 市二院输血科 above a signature gives 市二院, and that 二院.
    tags = {spelling.core(name) for name in own if name not in stated or spelling.ends_as_department(name)}
    tags |= {name[1:] for name in tags if len(name) > 2 and name[0] in _LEVELS}
    for name in sorted({*own, *tags}):
        spelled = any(abbreviates(name, form) for full in fulls for form in spelling.forms(full))
        if len(name) >= 2 and not spelling.is_bare(name) and (name in stated or spelled):
            yield name


def _in_texts(own: Sequence[str], texts: Sequence[str], spelling: Spelling) -> Iterator[str]:
    """Yield forms that end as a full name ends, or begin as it begins, where they stand often by themselves."""
    fulls = {spelling.plain(name) for name in own if not spelling.is_department(name)}
    forms = sorted({form for name in fulls if len(name) >= 4 for form in spelling.forms(name)})
    # 公司 is no name that could hide 桐峪公司.
    names = [name for name in own if len(name) > 1 and name not in spelling.words.units.generic]
    known = re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n))) or r"(?!)")
    rest = [known.sub("　", text) for text in texts]
    counts: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for text in rest:
        here = Counter(_cut_down(text, forms, spelling))
        counts.update(here)
        documents.update(here.keys())
    for form, count in counts.items():
        least = _LEAST if len(form) > 2 else _LEAST_SHORT
        if len(form) == 2 and not any(contains(full, form) for full in forms):
            continue
        if count >= least and documents[form] >= _LEAST_DOCUMENTS and not spelling.is_bare(form):
            yield form


def _cut_down(text: str, forms: Sequence[str], spelling: Spelling) -> Iterator[str]:
    """Yield the longest runs of a text that the letters of a form spell, from its first or to its last letter."""
    first, last = _by_letter(forms, 0), _by_letter(forms, -1)
    longest = max((len(form) for form in forms), default=0)
    for run in _HAN.finditer(text):
        words, behind = run.group(), text[run.end() : run.end() + 1]
        for at, letter in enumerate(words):
            begins = (begin for begin in range(max(0, at + 1 - longest), at) if _opens(words[:begin], spelling))
            windows = (words[begin : at + 1] for begin in begins)
            yield from _first_spelled(windows, last.get(letter, ()))
            ends = range(min(len(words), at + longest), at + 1, -1)
            opening = (
                words[at:end] for end in ends if _closes(words[at:end], (words + behind)[end : end + 1], spelling)
            )
            yield from _first_spelled(opening, first.get(letter, ()))


def _by_letter(forms: Sequence[str], at: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for form in forms:
        found.setdefault(form[at], []).append(form)
    return found


def _first_spelled(windows: Iterable[str], forms: Sequence[str]) -> Iterator[str]:
    if forms:
        spelled = (window for window in windows if any(window == form or abbreviates(window, form) for form in forms))
        yield from (found for found in [next(spelled, "")] if found)


def _opens(before: str, spelling: Spelling) -> bool:
    """Tell whether a name may begin behind a text: 电务段 does not hold 务段."""
    return not _HAN.match(before[-1:]) or before.endswith(spelling.words.units.before)


def _closes(form: str, behind: str, spelling: Spelling) -> bool:
    """Tell whether a run that opens a name is a name by itself: by its end, or by what follows it."""
    return (len(form) > 2 and form.endswith(spelling.endings)) or behind in spelling.words.units.behind


def _on_roots(own: Sequence[str], other: Sequence[str], texts: Sequence[str], spelling: Spelling) -> Iterator[str]:
    """Yield 港方, 馆里, 镇上, where the character stands for this side alone."""
    taken = _roots(other, spelling) | set(spelling.words.units.no_roots)
    for root in sorted(_roots(own, spelling) - taken):
        if any(root in name for name in other if len(name) >= _FULL):
            continue
        for tail in spelling.words.units.text_tails:
            if sum(text.count(root + tail) for text in texts) >= _LEAST:
                yield root + tail


def _departments(own: Sequence[str], other: Sequence[str], texts: Sequence[str], spelling: Spelling) -> Iterator[str]:
    """Yield 物控科 for 磐屿海关物控科, where texts use it alone and the other side names no such department."""
    for full in own:
        inner = next((full.removeprefix(name) for name in own if name != full and full.startswith(name)), "")
        if len(inner) < 3 or not spelling.is_department(inner) or spelling.is_bare(inner):
            continue
        alone = inner not in spelling.words.units.generic and not any(inner in name for name in other)
        if alone and sum(text.count(inner) for text in texts) >= _LEAST:
            yield inner


def _roots(names: Sequence[str], spelling: Spelling) -> set[str]:
    """Return the characters that the names end with, and the nicknames of one; 所驻厂 is of 所 and no 厂."""
    single = {name for name in names if len(name) == 1}
    return {spelling.core(name)[-1] for name in names if len(name) >= 3 and name[0] not in single} | single


def _fits(form: str, own: Sequence[str], other: Sequence[str], third: Sequence[str], spelling: Spelling) -> bool:
    """Tell whether a form may name somebody else as well, or names a kind of unit only."""
    longer = [f for name in other for f in spelling.forms(name) if len(name) >= 4]
    if form in spelling.words.units.generic or form in other or _of_other_body(form, own, spelling):
        return True
    if form not in own and any(abbreviates(form, name) for name in longer):
        return True
    return any(form in (name, spelling.core(name)) or name.endswith(form) for name in third)


def _of_other_body(form: str, own: Sequence[str], spelling: Spelling) -> bool:
    """Tell whether a form names the other of two bodies of one unit, as the unit's own name does."""
    body = spelling.faces(form)
    return bool(body) and body not in map(spelling.faces, own)
