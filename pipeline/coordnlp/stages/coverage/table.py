"""The table `lexicons/coverage.toml`: what names tell of papers that were not read."""

from __future__ import annotations

import re
from functools import cache, cached_property

from coordnlp.tables import Table, load_table

_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


class _Stock(Table):
    words: tuple[str, ...]


class CoverageWords(Table):
    """`lexicons/coverage.toml`."""

    source: str
    stock: _Stock
    clear: float
    unlike: float
    least_topic: int
    reply: float
    soon: float
    one_matter: tuple[str, ...]
    pictures: tuple[str, ...]

    def tells(self, title: str) -> bool:
        """Tell whether a title says what a paper is: 扫描件001 and IMG_20241212 do not."""
        return _HAN.search(self._picture.sub("", title)) is not None

    @cached_property
    def _picture(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.pictures)))


@cache
def load_coverage_words() -> CoverageWords:
    """Load `lexicons/coverage.toml`."""
    return load_table("coverage", CoverageWords)
