"""Settle: the status of every request, how sure that is, and the verdict."""

from coordnlp.stages.lives.cases import list_cases
from coordnlp.stages.lives.settle import settle_requests
from coordnlp.stages.lives.status import OPEN, status_of
from coordnlp.stages.lives.table import ClaimTable, load_claim_table

__all__ = ["OPEN", "ClaimTable", "list_cases", "load_claim_table", "settle_requests", "status_of"]
