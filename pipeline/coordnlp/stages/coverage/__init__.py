"""Coverage: what the dossier holds and what it lacks, and which claims of silence that forbids."""

from coordnlp.stages.coverage.doubts import doubt_requests
from coordnlp.stages.coverage.ledger import take_stock
from coordnlp.stages.coverage.wording import load_doubt_words

__all__ = ["doubt_requests", "load_doubt_words", "take_stock"]
