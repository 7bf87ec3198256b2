"""Set the punctuation between Chinese characters as it is printed: engines give it in half width."""

from __future__ import annotations

import re

_HAN = r"\u3400-\u9fff\u3001-\u303f\uff01-\uffee"
_FULL = str.maketrans(",:;?!()", "，：；？！（）")
_LOOSE = re.compile(rf" +(?=[,:;，。、：；）])|(?<=[{_HAN}]) +(?=[（(])|(?<=[，。、：；（]) +")
_BEHIND = re.compile(rf"(?<=[{_HAN}])[,:;?!()]")
_BEFORE = re.compile(rf"[(](?=[{_HAN}])|(?<=[%％\d])[,;](?=[{_HAN}]|$)")


def set_punctuation(line: str) -> str:
    """Return a line with full-width marks beside Chinese characters; those within numbers and Latin words stay."""
    full = _LOOSE.sub("", line)
    for place in (_BEHIND, _BEFORE):
        full = place.sub(lambda found: found[0].translate(_FULL), full)
    if full.count("（") > full.count("）"):
        full = full.replace(")", "）")
    return _LOOSE.sub("", full)
