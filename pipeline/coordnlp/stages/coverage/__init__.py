"""Coverage: what the dossier holds and what it lacks, and which claims of silence that forbids."""

from coordnlp.stages.coverage.doubts import doubt_requests
from coordnlp.stages.coverage.ledger import take_stock

__all__ = ["doubt_requests", "take_stock"]
