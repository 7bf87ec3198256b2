"""Evaluate: how well runs agree with dossiers whose gold people have written."""

from coordnlp.evaluation.printing import to_json, to_lines
from coordnlp.evaluation.runs import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate", "to_json", "to_lines"]
