"""Disagree: what the two parties keep disagreeing about, one issue a question."""

from coordnlp.stages.disagreements.issues import find_issues
from coordnlp.stages.disagreements.table import IssueScorer, load_issue_scorer

__all__ = ["IssueScorer", "find_issues", "load_issue_scorer"]
