"""Link: what happened to each request, by features that each give a value and a reason in words."""

from coordnlp.stages.links.events import Linked, link_events, link_requests
from coordnlp.stages.links.table import Linking, load_linking

__all__ = ["Linked", "Linking", "link_events", "link_requests", "load_linking"]
