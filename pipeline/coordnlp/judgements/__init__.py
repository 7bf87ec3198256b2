"""Judgements: what people decided about rows, kept beside the papers, found again, and obeyed."""

from coordnlp.judgements.applying import Rulings, correct_records, decide_rows, settle_rulings
from coordnlp.judgements.days import readings
from coordnlp.judgements.reading import REVIEW_CELLS, Edit, ReviewCell, judge_edits
from coordnlp.judgements.showing import show_rows
from coordnlp.judgements.store import FILE_NAME, append_judgements, load_judgements
from coordnlp.judgements.table import ReviewWords, load_review_words
from coordnlp.judgements.threshold import move_threshold

__all__ = [
    "FILE_NAME",
    "REVIEW_CELLS",
    "Edit",
    "ReviewCell",
    "ReviewWords",
    "Rulings",
    "append_judgements",
    "correct_records",
    "decide_rows",
    "judge_edits",
    "load_judgements",
    "load_review_words",
    "move_threshold",
    "readings",
    "settle_rulings",
    "show_rows",
]
