"""What people decided holds in later runs: files renamed, moved, added, removed, pages added."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cases import Case

from coordnlp.gold.records import load_gold
from coordnlp.ids import normalise
from coordnlp.judgements import Edit, append_judgements, judge_edits, load_judgements, load_review_words, show_rows
from coordnlp.records import Block, Document, Dossier, Judgement, Shown, Skipped
from coordnlp.reviewing import judge
from coordnlp.stages.ingest import read_dossier
from coordnlp.teams import load_teams

if TYPE_CHECKING:
    from spacy.language import Language

FOLDER = Path(__file__).parents[2] / "models/training/museum-tourism"
RUNS = 20
VERDICTS = ("误报", "确认", "已解决", "暂缓")
Read = Sequence[Document | Skipped]


@pytest.fixture(scope="module")
def dossier(nlp: Language) -> Case:
    folder, as_of = FOLDER / "corpus", dt.date.fromisoformat(load_gold(FOLDER).as_of)
    return Case(FOLDER.name, folder, as_of, tuple(read_dossier(folder)), load_teams(folder / "teams.toml"), nlp)


@pytest.fixture(scope="module")
def judgements(dossier: Case) -> list[Judgement]:
    """A verdict on every row, in turn; the last row is joined into the first."""
    before = dossier.before
    rows = list(show_rows(before.gaps, before))
    verdicts = [VERDICTS[at % len(VERDICTS)] for at in range(len(rows))]
    verdicts[-1] = f"合并到 {rows[1].gap}"
    edits = [
        Edit(before.name, row, {"verdict": verdict, "verdict_by": "闻小雨"}, "2026-01-05T09:00:00", "gaps.csv")
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    made, notes = judge_edits(edits, [], rows, before, load_review_words())
    assert notes == []
    assert len(made) == len(rows) > 8
    return made


def renamed(document: Document, number: int, dice: random.Random) -> Document:
    stem, dot, suffix = document.file.rpartition(".")
    name = dice.choice(
        [
            f"归档/{document.file}",
            f"{stem}（盖章）{dot}{suffix}",
            f"2026年整理/{stem}_存{dot}{suffix}",
            f"资料{number:03}{dot}{suffix}",
        ]
    )
    return replace(document, file=name)


def with_a_page_more(document: Document) -> Document:
    """Return a document with a line behind its last: a note of the archive."""
    start = len(document.text)
    line = "（以上由档案室于移交时编页。）"
    text = f"{document.text}{line}\n"
    return replace(document, text=text, blocks=(*document.blocks, Block(start, start + len(line))), simplified="")


def letter(number: int) -> Document:
    """A letter of nobody's concern that came later."""
    text = f"情况通报第{number}期\n\n近期天气转凉，请各部门注意用电安全。第{number}周值班表另发。\n"
    blocks = (Block(0, text.index("\n")), Block(text.index("近期"), len(text) - 1))
    return Document(f"新收/通报{number}.txt", "txt", f"{number:064}", text, blocks, ())


def changed(read: Read, number: int) -> Iterator[Document | Skipped]:
    """Yield the files as some months later: a third renamed, a few with a page more, some gone, some new."""
    dice = random.Random(number)
    for at, one in enumerate(read):
        if isinstance(one, Skipped) or one.parent or one.mail:
            yield one
            continue
        if dice.random() < 0.1:
            continue
        one = renamed(one, at, dice) if dice.random() < 0.4 else one
        yield with_a_page_more(one) if dice.random() < 0.2 else one
    yield from (letter(number * 10 + at) for at in range(dice.randrange(3)))


def shows(dossier: Dossier, judgement: Judgement) -> bool:
    """Return whether a row of the dashboard on such a matter opens with the words that were judged."""
    words, matter = normalise(judgement.shown.quotes[0].text), matter_of(judgement.shown)
    entries = show_rows(dossier.gaps, dossier)
    return any(row.quotes and matter_of(row) == matter and normalise(row.quotes[0].text) == words for row in entries)


def matter_of(row: Shown) -> str:
    """Return what a row is about: one sentence may be a disagreement, and a sign that a side decides alone."""
    return "request" if row.request else "issue" if row.issue else row.type


@pytest.fixture(scope="module")
def later(dossier: Case) -> Callable[[int], Dossier]:
    """The run on the files as some months later, before people's words hold."""
    return cache(lambda number: dossier.run(list(changed(dossier.read, number))))


@pytest.mark.parametrize("number", range(RUNS))
def test_no_verdict_is_lost(later: Callable[[int], Dossier], judgements: list[Judgement], number: int) -> None:
    bare = later(number)
    after = judge(bare, judgements)
    held = {one.judgement.shown.gap: one for one in after.judged}
    for judgement in judgements:
        if judgement.decision == "confirmed":
            # The machine may have lost the row with the paper; while it makes it, people's word stands on it.
            assert not shows(bare, judgement) or held[judgement.shown.gap].outcome == "kept"
        elif judgement.decision != "merged":
            assert not shows(after, judgement), f"{judgement.review.verdict} was asked again"
    assert not [line for line in after.conflicts if "同样对得上" in line]


@pytest.mark.parametrize("number", range(RUNS))
def test_no_verdict_goes_to_another_matter(
    later: Callable[[int], Dossier], judgements: list[Judgement], number: int
) -> None:
    after = judge(later(number), judgements)
    for one in after.judged:
        (row,) = show_rows([one.gap], after)
        judged = {normalise(quote.text) for quote in one.judgement.shown.quotes}
        assert judged & {normalise(quote.text) for quote in row.quotes}


def test_some_rows_came_back_under_another_id(later: Callable[[int], Dossier], judgements: list[Judgement]) -> None:
    """The runs above try what they mean to: ids that moved, and verdicts that moved with them."""
    judged = [one for number in range(RUNS) for one in judge(later(number), judgements).judged]
    assert sum(one.judgement.shown.gap != one.gap.id for one in judged) >= 5


def test_judgements_come_back_from_their_file(tmp_path: Path, judgements: list[Judgement]) -> None:
    append_judgements(tmp_path, judgements[:3])
    append_judgements(tmp_path, judgements[3:])
    assert load_judgements(tmp_path) == (judgements, ())
