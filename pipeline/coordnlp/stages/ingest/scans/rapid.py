"""Read pictures with RapidOCR: the models lie in its package, nothing is fetched."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from coordnlp.stages.ingest.scans.strips import Picture, Strip, corners_of

# No line is dropped for a low score: it is flagged (docs/design.md, "Scans"). Whether the page stands on its head is
# found for the page as a whole, not line by line. Pictures come at the right size: none is enlarged or made smaller.
_SETTINGS = {
    "Global.log_level": "critical",
    "Global.text_score": 0.0,
    "Global.use_cls": False,
    "Global.max_side_len": 100_000,
    "Det.limit_type": "max",
    "Det.limit_side_len": 100_000,
}


class RapidReader:
    """The engine, whose models are loaded once, for the first picture."""

    def read(self, picture: Picture) -> list[Strip]:
        """Return the strips of a picture."""
        # It takes blue before red, as OpenCV does.
        found = self._engine(np.ascontiguousarray(picture[:, :, ::-1]))
        if found.txts is None or found.boxes is None:
            return []
        return [
            Strip(words, round(float(score), 3), corners_of((float(x), float(y)) for x, y in corners))
            for words, score, corners in zip(found.txts, found.scores, found.boxes, strict=True)
        ]

    @cached_property
    def _engine(self) -> Any:
        from rapidocr import RapidOCR

        return RapidOCR(params=_SETTINGS)
