"""A request and a later passage that may be about it: what the features of links read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coordnlp.records import Header, Passage, Request
from coordnlp.stages.links.readings import Reading


@dataclass(frozen=True, slots=True)
class Pair:
    """A request and a later passage that may be about it.

    Attributes:
        date: ISO date on which the passage was said.
        reading: What the passage does.
        cites: Citation features between the two documents.
        topic: Share of the ask that stands in the passage, in [0, 1]; `nearby`: in its paragraph, row or turn;
            `before`: in the turns right before it, which it may answer.
        rare: Rare character pairs shared by the two, in [0, 1]; `rare_nearby`: by the ask and the paragraph.
        words: Share of the ask's content words that stand in the passage; `words_nearby`: in its paragraph.
        rare_words: Rare content words shared by the ask and the paragraph, in [0, 1].
        alike, alike_nearby: Similarity of the ask and the passage, its paragraph.
        meaning, meaning_nearby: Their nearness in meaning.
        leads: How near the passage comes to the best of its document for this request, in [0, 1].
        owns: How near the request comes to the best of all requests for this passage, in [0, 1].
        alike_leads, alike_owns: The same by similarity.
        turns: Number of turns between ask and passage within one talk, -1 elsewhere.
        same_point: Ask and passage stand under points of the same number in letter and reply.
        status_list: The passage stands in a list of how decisions were carried out.
        by_responsible: It is the voice of the party that must act, or names that party in both sides' voice.
        by_asker: It is the voice of the other party alone.
    """

    request: Request
    asked_text: str
    header: Header
    date: str
    passage: Passage
    text: str
    reading: Reading
    cites: Mapping[str, float]
    topic: float
    nearby: float
    before: float
    rare: float
    rare_nearby: float
    words: float
    words_nearby: float
    rare_words: float
    alike: float
    alike_nearby: float
    meaning: float
    meaning_nearby: float
    leads: float
    owns: float
    alike_leads: float
    alike_owns: float
    turns: int
    same_point: bool
    status_list: bool
    by_responsible: bool
    by_asker: bool

    @property
    def may_urge(self) -> bool:
        """Tell whether the voice can press for it: the asker's, both sides', or a report's."""
        return self.passage.party not in ("A", "B") or self.by_asker
