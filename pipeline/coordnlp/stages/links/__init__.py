"""Link: what happened to each request, by features that each give a value and a reason in words."""

from coordnlp.stages.links.events import link_events
from coordnlp.stages.links.table import LinkTable, load_link_table

__all__ = ["LinkTable", "link_events", "load_link_table"]
