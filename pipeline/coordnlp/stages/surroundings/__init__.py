"""Surroundings: what a passage does, judged once more by what stands around it and by what it was linked to.

“行，月底给你” is a receipt behind an ask and an agreement behind an offer: the first round sees the sentence as words,
the second one sees what the judge made of its neighbours, and whether it fits a request of the other side.

Source: stacked sequential learning (Cohen & Carvalho 2005).
"""

from coordnlp.stages.surroundings.judging import look_again
from coordnlp.stages.surroundings.table import ActLook, ActTable, load_act_look

__all__ = ["ActLook", "ActTable", "load_act_look", "look_again"]
