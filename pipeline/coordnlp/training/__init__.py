"""Train: fit the weights of the scorers on dossiers with gold."""

from coordnlp.training.asks import fit_asks
from coordnlp.training.dossiers import Annotated, annotate_dossier
from coordnlp.training.links import fit_links

__all__ = ["Annotated", "annotate_dossier", "fit_asks", "fit_links"]
