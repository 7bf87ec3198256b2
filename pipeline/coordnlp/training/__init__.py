"""Train: fit the classifiers of passages and the weights of the scorers on dossiers with gold."""

from coordnlp.training.dossiers import Annotated, annotate_dossier
from coordnlp.training.requests import fit_scorers

__all__ = ["Annotated", "annotate_dossier", "fit_scorers"]
