"""The spaCy pipeline over jieba: one tokenisation for all, and components that judge passages.

spaCy's `Doc` is a tool in here and is never stored: segmenters disagree on token borders.
"""

from coordnlp.nlp.pipeline import Analysed, Context, analyse, load_nlp

__all__ = ["Analysed", "Context", "analyse", "load_nlp"]
