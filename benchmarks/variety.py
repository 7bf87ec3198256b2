"""Print how unlike itself the training material is: near doubles, openings, cues, lengths, layouts.

Usage: PYTHONPATH=pipeline python benchmarks/variety.py models/training

A sentence of at least ten characters is a near double if a sentence of another dossier shares with it at least 0.8 of
their character pairs (Dice). Positives with a cue are the gold sentences of an act that hold one of its cues in
`acts.toml`.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from coordnlp.analysis import sift
from coordnlp.dates import WorkCalendar
from coordnlp.gold.matching import LEAST_OVERLAP, overlap
from coordnlp.gold.records import GoldActs, load_gold
from coordnlp.names import load_voices
from coordnlp.nlp import load_nlp
from coordnlp.records import Annotation, Parsed
from coordnlp.stages.annotations import annotate_passages
from coordnlp.stages.ingest import read_dossier
from coordnlp.stages.parse import parse_dossier
from coordnlp.teams import load_teams

SHORTEST = 10
NEAR = 0.8


def pairs(text: str) -> frozenset[str]:
    """Return the character pairs of a sentence, punctuation aside."""
    bare = re.sub(r"\W", "", text)
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1))


def near_doubles(texts: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield sentences with the most alike sentence of another group, where they are near doubles."""
    every = [(group, text, pairs(text)) for group, found in texts.items() for text in found if len(text) >= SHORTEST]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, (_, _, own) in enumerate(every):
        for pair in own:
            holders[pair].append(at)
    for group, text, own in every:
        shared = Counter(at for pair in own for at in holders[pair] if every[at][0] != group)
        for at, count in shared.most_common(5):
            if 2 * count / (len(own) + len(every[at][2])) >= NEAR:
                yield text, every[at][1]
                break


def openings(texts: Iterable[str]) -> tuple[int, int]:
    """Return how many sentences there are, and how many distinct first four characters they have."""
    found = [re.sub(r"^\W+", "", text)[:4] for text in texts if len(text) >= SHORTEST]
    return len(found), len(set(found))


def sentences(parsed: Sequence[Parsed]) -> list[str]:
    """Return the sentences of the bodies of a dossier."""
    return [one.words(p) for one in parsed for p in one.passages if p.zone == "body" and not p.label]


def cue_shares(
    folder: Path, parsed: Sequence[Parsed], annotations: Mapping[str, Annotation]
) -> Iterator[tuple[str, bool]]:
    """Yield each act of each gold sentence, with whether a cue of the act is in it."""
    gold = load_gold(folder)
    passages = {(one.header.file, p.id): one.words(p) for one in parsed for p in one.passages}
    for entry in gold.acts:
        here = [annotations[id] for (file, id), words in passages.items() if file == entry.file and _fits(entry, words)]
        for label in entry.labels:
            yield label, any(one.reasons(label) for one in here)


def _fits(entry: GoldActs, words: str) -> bool:
    return overlap(entry.quote, words) >= LEAST_OVERLAP


def print_dossiers(root: Path) -> None:
    """Print the figures of the dossiers."""
    nlp, texts, cues, lengths = load_nlp(), {}, [], {}
    for folder in sorted(path.parent for path in root.glob("*/gold.json")):
        teams = load_teams(folder / "corpus/teams.toml")
        parsed, names = parse_dossier(sift(read_dossier(folder / "corpus")).documents, teams)
        annotations = annotate_passages(parsed, names, load_voices(), nlp, WorkCalendar())
        texts[folder.name] = sentences(parsed)
        cues += list(cue_shares(folder, parsed, annotations))
        lengths[folder.name] = [len(one.document.text) for one in parsed]
        kinds = Counter(one.header.kind for one in parsed)
        shape = {
            "tables": sum(any(p.row for p in one.passages) for one in parsed),
            "turns": sum(any(p.turn is not None for p in one.passages) for one in parsed),
            "points": sum(any(p.item for p in one.passages) for one in parsed),
        }
        print(f"{folder.name}: {len(parsed)} documents, {dict(kinds.most_common())}, with {shape}")
    every = [length for found in lengths.values() for length in found]
    quartiles = statistics.quantiles(every, n=4)
    print(f"lengths: {min(every)} to {max(every)}, quartiles {[round(q) for q in quartiles]}")
    doubles = list(near_doubles(texts))
    long = sum(len(text) >= SHORTEST for found in texts.values() for text in found)
    print(f"near doubles in another dossier: {len(doubles)} of {long} sentences = {len(doubles) / long:.4f}")
    for text, other in doubles[:10]:
        print(f"    {text} ~ {other}")
    count, distinct = openings(text for found in texts.values() for text in found)
    print(f"openings of four characters: {distinct} distinct of {count} = {distinct / count:.3f}")
    print_cues(cues)


def print_cues(cues: Sequence[tuple[str, bool]]) -> None:
    """Print the share of positives that hold a cue of their label."""
    total, held = Counter(label for label, _ in cues), Counter(label for label, has in cues if has)
    for label in sorted(total):
        print(f"positives with a cue, {label}: {held[label]} of {total[label]} = {held[label] / total[label]:.2f}")
    print(f"positives with a cue, all: {sum(held.values())} of {len(cues)} = {sum(held.values()) / len(cues):.2f}")


def print_contrast(root: Path) -> None:
    """Print the figures of the contrast sets."""
    texts: dict[str, list[str]] = {}
    for path in sorted(root.glob("contrast/*/*.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        carries = sum(row["carries"] for row in rows)
        registers = Counter(row["register"] for row in rows)
        texts[path.stem] = [row["text"] for row in rows]
        print(
            f"{path.parent.name}/{path.stem}: {carries} carry it, {len(rows) - carries} near misses, {dict(registers)}"
        )
    if texts:
        count, distinct = openings(text for found in texts.values() for text in found)
        print(f"contrast sets: {sum(map(len, texts.values()))} passages, {distinct} distinct openings of {count}")
        print(f"near doubles in another set: {len(list(near_doubles(texts)))}")


def main() -> None:
    """Print all."""
    root = Path(sys.argv[1])
    print_dossiers(root)
    print_contrast(root)


if __name__ == "__main__":
    main()
