"""Disagree: what the two parties keep disagreeing about, one issue a question."""

from coordnlp.stages.disagreements.issues import find_issues
from coordnlp.stages.disagreements.table import IssueTable, load_issue_table

__all__ = ["IssueTable", "find_issues", "load_issue_table"]
