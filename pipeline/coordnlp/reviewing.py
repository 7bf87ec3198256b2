"""What reviewers typed: stored with the papers, and obeyed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coordnlp.judgements import (
    FILE_NAME,
    Edit,
    append_judgements,
    correct_records,
    decide_rows,
    judge_edits,
    load_review_words,
    move_threshold,
    settle_rulings,
    show_rows,
)
from coordnlp.records import Dossier, Gap, Judgement
from coordnlp.settings import load_settings
from coordnlp.stages.gaps import find_gaps
from coordnlp.stages.lives import ClaimTable, load_claim_table


def adapt_claims(known: Sequence[Judgement], edits: Sequence[Edit]) -> tuple[ClaimTable, tuple[str, ...]]:
    """Return the weights of claims with the threshold that this dossier's verdicts ask for, and a note if it moved."""
    table = load_claim_table()
    threshold, count = move_threshold(table.threshold, known, edits, load_review_words())
    if threshold == table.threshold:
        return table, ()
    note = f"照 {count} 条“确认”“误报”，列入缺口的把握界限由 {table.threshold:.3f} 调到 {threshold:.3f}"
    return table.model_copy(update={"threshold": threshold}), (note,)


def review(dossier: Dossier, folder: Path, known: Sequence[Judgement], edits: Sequence[Edit]) -> Dossier:
    """Store what reviewers changed in the sheets of the last run, and let every judgement of the dossier hold.

    What cannot be stored does not hold yet: it stays in the sheet, and the next run tries again.

    Args:
        folder: Of the dossier; `judgements.jsonl` lies in it.
        known: What is in that file.
        edits: Of all dossiers.
    """
    if not known and not edits:
        return dossier
    words = load_review_words()
    possible = _possible_rows(dossier)
    ids = {gap.id for gap in possible} | {one.shown.gap for one in known}
    own = [edit for edit in edits if edit.dossier == dossier.name or (not edit.dossier and edit.shown.gap in ids)]
    new, unread = judge_edits(own, known, list(show_rows(possible, dossier)), dossier, words)
    try:
        append_judgements(folder, new)
    except OSError as error:
        why = error.strerror or str(error)
        unread = [*unread, f"复核意见没能存进 {FILE_NAME}（{why}），仍在表里；请检查该文件夹的权限，再运行一次"]
        new = []
    judged = judge(dossier, [*known, *new], possible)
    return replace(judged, notes=(*judged.notes, *unread))


def judge(dossier: Dossier, judgements: Sequence[Judgement], possible: Sequence[Gap] | None = None) -> Dossier:
    """Return a dossier as people have judged it; where the two teams are an unsure guess, nothing is done.

    Args:
        judgements: Of this dossier, oldest first.
        possible: Its rows and those that only doubt keeps away; None works them out.
    """
    if not judgements or _is_unsure(dossier):
        return dossier
    possible = _possible_rows(dossier) if possible is None else possible
    rulings = settle_rulings(judgements, possible, dossier, load_review_words())
    corrected = correct_records(dossier, rulings)
    return decide_rows(replace(corrected, gaps=tuple(find_gaps(corrected))), rulings)


def _possible_rows(dossier: Dossier) -> list[Gap]:
    """Return the rows that there are, and those that only doubt keeps from the dashboard."""
    lives = (replace(life, verdict="gap") if life.verdict == "cannot_tell" else life for life in dossier.lives)
    return find_gaps(replace(dossier, lives=tuple(lives)))


def _is_unsure(dossier: Dossier) -> bool:
    return dossier.proposal is not None and dossier.proposal.confidence < load_settings().parties.accuse
