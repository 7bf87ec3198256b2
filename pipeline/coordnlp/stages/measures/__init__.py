"""Assess: which measures the two teams practise, only promise, let lapse, complain of, or never mention."""

from coordnlp.stages.measures.assess import assess_measures
from coordnlp.stages.measures.table import StatusTable, load_status_table

__all__ = ["StatusTable", "assess_measures", "load_status_table"]
