"""The spaCy pipeline over jieba: one tokenisation for all, and components that judge passages.

spaCy's `Doc` is a tool in here and is never stored: segmenters disagree on token borders.
"""

from coordnlp.nlp.judges import HEADING, JUDGED_ACTS, SETTLES, Models, judge_acts, judge_measures, load_models
from coordnlp.nlp.pipeline import Analysed, Context, analyse, load_nlp, set_models, set_taxonomy

__all__ = [
    "HEADING",
    "JUDGED_ACTS",
    "SETTLES",
    "Analysed",
    "Context",
    "Models",
    "analyse",
    "judge_acts",
    "judge_measures",
    "load_models",
    "load_nlp",
    "set_models",
    "set_taxonomy",
]
