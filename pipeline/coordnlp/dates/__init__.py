"""Dates in Chinese office prose: on signature lines, in running text, in file names, and deadlines.

The vocabulary is `lexicons/dates.toml`. `grammar.py` composes patterns from it and `resolve.py` says which
days an expression means. `deadlines.py`, `spans.py` and `feasts.py` find what may be a deadline,
`due.py` chooses.
"""

from coordnlp.dates.calendar import WorkCalendar
from coordnlp.dates.due import find_cell_due, find_due
from coordnlp.dates.mentions import DateMention, find_dates
from coordnlp.dates.whole import file_name_date, read_date

__all__ = ["DateMention", "WorkCalendar", "file_name_date", "find_cell_due", "find_dates", "find_due", "read_date"]
