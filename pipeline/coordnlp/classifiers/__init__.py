"""Classifiers of passages, linear ones and a convolution: what they see, how they score, where they are kept.

They are fitted by `coordnlp.training`; to score and to be read from disk they need numpy and scipy alone.
"""

from coordnlp.classifiers.blocks import Block, encode, learn_blocks
from coordnlp.classifiers.convolution import Convolution
from coordnlp.classifiers.files import load_classifier, load_convolution, save_classifier, save_convolution
from coordnlp.classifiers.linear import Classifier
from coordnlp.classifiers.neighbours import Neighbour, load_neighbours, nearest, save_neighbours
from coordnlp.classifiers.samples import Sample, fold, widen
from coordnlp.classifiers.storage import Card

__all__ = [
    "Block",
    "Card",
    "Classifier",
    "Convolution",
    "Neighbour",
    "Sample",
    "encode",
    "fold",
    "learn_blocks",
    "load_classifier",
    "load_convolution",
    "load_neighbours",
    "nearest",
    "save_classifier",
    "save_convolution",
    "save_neighbours",
    "widen",
]
