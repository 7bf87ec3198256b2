"""Linear classifiers of passages: what they see, how they score, where they are kept.

They are fitted by `coordnlp.training`; to score and to be read from disk they need numpy and scipy alone.
"""

from coordnlp.classifiers.blocks import Block, encode, learn_blocks
from coordnlp.classifiers.files import Card, load_classifier, save_classifier
from coordnlp.classifiers.linear import Classifier
from coordnlp.classifiers.neighbours import Neighbour, load_neighbours, nearest, save_neighbours
from coordnlp.classifiers.samples import Sample, fold, widen

__all__ = [
    "Block",
    "Card",
    "Classifier",
    "Neighbour",
    "Sample",
    "encode",
    "fold",
    "learn_blocks",
    "load_classifier",
    "load_neighbours",
    "nearest",
    "save_classifier",
    "save_neighbours",
    "widen",
]
