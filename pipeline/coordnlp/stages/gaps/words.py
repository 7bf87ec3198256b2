"""Words that rows have in common."""

from __future__ import annotations

import re

_LONGEST_SUMMARY_QUOTE = 60
_NUMBERING = re.compile(r"^(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d{1,2}[.、．)）](?!\d))")


def shorten(quote: str) -> str:
    """Return a quote on one line without its numbering, cut at a comma or at 60 characters."""
    line = _NUMBERING.sub("", re.sub(r"\s+", "", quote))
    if len(line) <= _LONGEST_SUMMARY_QUOTE:
        return line
    cut = max(line.rfind(mark, 20, _LONGEST_SUMMARY_QUOTE) for mark in "，；,;")
    return line[: cut if cut > 0 else _LONGEST_SUMMARY_QUOTE] + "…"
