"""Link: what happened to each request, by features that each give a value and a reason in words."""

from coordnlp.stages.links.events import link_events

__all__ = ["link_events"]
