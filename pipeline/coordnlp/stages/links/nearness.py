"""How near asks are to the passages of a paper: shared character pairs and words, weighed by rarity in the dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coordnlp.features import Topics, topic_features
from coordnlp.features.lookup import Lookup, bare
from coordnlp.records import Parsed, Passage, Request

# An ask of fewer characters seldom names its matter.
_SHORT = 30
# So many turns before a passage may hold the question that it answers.
_TURNS_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near n asks are to m passages of a paper, and to what stands around them: shape (n, m), in [0, 1].

    Attributes:
        topic, nearby, before: Share of the ask in the passage, in its paragraph, in the turns before it.
        rare, rare_nearby: Rare character pairs shared.
        words, words_nearby, rare_words: The same by content words.
        alike, alike_nearby: Similarity.
        meaning, meaning_nearby: Nearness in meaning.
    """

    topic: np.ndarray
    nearby: np.ndarray
    before: np.ndarray
    rare: np.ndarray
    rare_nearby: np.ndarray
    words: np.ndarray
    words_nearby: np.ndarray
    rare_words: np.ndarray
    alike: np.ndarray
    alike_nearby: np.ndarray
    meaning: np.ndarray
    meaning_nearby: np.ndarray


class Asks:
    """The asks of a dossier, weighed once, to be compared with the passages of one paper after another.

    Args:
        requests: n asks.

    Attributes:
        texts: What is asked: the words with what they leave out, without titles and numbers.
    """

    def __init__(self, requests: Sequence[Request], lookup: Lookup) -> None:
        self._lookup = lookup
        self._pairs = Topics([topic_features(bare(one.words(passage))) for one, passage in lookup.concerning])
        self._terms = Topics([lookup.annotations[passage.id].terms for _, passage in lookup.concerning])
        self.texts = [_asked_text(request, lookup) for request in requests]
        self._to_compare = lookup.similarity.read(self.texts)
        self._by_meaning = lookup.meanings.read([_asked_matter(request, lookup) for request in requests])
        self._by_pairs = self._pairs.weigh([topic_features(text) for text in self.texts])
        self._by_terms = self._terms.weigh([lookup.annotations[request.passage].terms for request in requests])

    def nearest(self, document: Parsed, passages: Sequence[Passage], among: np.ndarray, count: int) -> np.ndarray:
        """Return the asks, at most `count`, that share most with any passage of a paper; rows of `among`, in order."""
        if len(among) <= count:
            return among
        whole = self._pairs.weigh([topic_features(bare(" ".join(document.words(p) for p in passages)))])
        shared = self._pairs.rare_counts(self._by_pairs[among], whole)[:, 0]
        best = np.argsort(-shared, kind="stable")[:count]
        return among[np.sort(best)]

    def measure(self, document: Parsed, passages: Sequence[Passage], among: np.ndarray) -> Nearness:
        """Compare the asks of some rows with the passages of a paper; a cell of a table counts with its whole row."""
        pairs, terms, lookup = self._pairs, self._terms, self._lookup
        asked, asked_terms = self._by_pairs[among], self._by_terms[among]
        texts = [bare(document.words(passage)) for passage in passages]
        texts_around = [lookup.nearby(passage) for passage in passages]
        own, around = (pairs.weigh(list(map(topic_features, some))) for some in (texts, texts_around))
        compared, similarity = self._to_compare.take(among), lookup.similarity
        asked_meaning, meanings = self._by_meaning[among], lookup.meanings
        matters = [lookup.annotations[passage.id].matter for passage in passages]
        before = _words_before(document)
        earlier = pairs.weigh([topic_features(before.get(passage.turn, "")) for passage in passages])
        own_terms = terms.weigh([lookup.annotations[passage.id].terms for passage in passages])
        around_terms = terms.weigh([lookup.terms_nearby(passage) for passage in passages])
        nearby, rare_nearby = pairs.containment(asked, around), pairs.rare_overlap(asked, around)
        cells = np.array([passage.row for passage in passages])
        return Nearness(
            topic=np.where(cells, nearby, pairs.containment(asked, own)),
            nearby=nearby,
            before=pairs.containment(asked, earlier),
            rare=np.where(cells, rare_nearby, pairs.rare_overlap(asked, own)),
            rare_nearby=rare_nearby,
            words=terms.containment(asked_terms, own_terms),
            words_nearby=terms.containment(asked_terms, around_terms),
            rare_words=terms.rare_overlap(asked_terms, around_terms),
            alike=similarity.between(compared, similarity.read(texts)),
            alike_nearby=similarity.between(compared, similarity.read(texts_around)),
            meaning=meanings.between(asked_meaning, meanings.read(matters)),
            meaning_nearby=meanings.between(asked_meaning, meanings.read(list(map(lookup.matter_nearby, passages)))),
        )


def _asked_text(request: Request, lookup: Lookup) -> str:
    one, _ = lookup.passages[request.passage]
    return bare(" ".join(one.words(passage) for passage in _asked(request, lookup)))


def _asked_matter(request: Request, lookup: Lookup) -> list[str]:
    return [one for passage in _asked(request, lookup) for one in lookup.annotations[passage.id].matter]


def _asked(request: Request, lookup: Lookup) -> list[Passage]:
    """Return the ask with what it leaves out: the heading of its point, and for a short ask the sentence before."""
    one, passage = lookup.passages[request.passage]
    label = lookup.label(passage)
    before = [p for p in lookup.block(passage) if p.end <= passage.start and not p.label]
    context = before[-1:] if len(one.words(passage)) < _SHORT else []
    return [*([label] if label else []), *context, passage]


def _words_before(document: Parsed) -> Mapping[int | None, str]:
    """Return by turn of a talk the words of the turns before it, back to the last one by somebody else."""
    words: dict[int, list[str]] = {}
    speaker: dict[int, str | None] = {}
    for passage in document.passages:
        if passage.turn is not None:
            words.setdefault(passage.turn, []).append(document.words(passage))
            speaker[passage.turn] = passage.party
    former = {later: earlier for earlier, later in pairwise(sorted(words))}
    found: dict[int | None, str] = {}
    for turn in words:
        said, at = list[str](), former.get(turn)
        for _ in range(_TURNS_BEFORE):
            if at is None:
                break
            said += words[at]
            if speaker[at] != speaker[turn]:
                break
            at = former.get(at)
        found[turn] = bare(" ".join(said))
    return found
