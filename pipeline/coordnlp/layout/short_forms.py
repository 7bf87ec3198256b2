"""Short forms that a text defines itself: 云渡市古城保护管理委员会（以下简称“古管委”）."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORT_FORM = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{3,24})[（(]\s*(?:(?:以下|下文)?(?:统一)?(?:简称|统称|称)|下称)(?:为)?\s*[：:]?\s*[“\"「]?(?P<short>[\u4e00-\u9fff]{1,8})[”\"」]?\s*[）)]"
)


def find_short_forms(text: str) -> Iterator[tuple[str, str]]:
    """Yield (words before the bracket, short form) in order; forms of address such as 我局 are left out."""
    for match in _SHORT_FORM.finditer(text):
        if not re.match(r"[我贵你本]", match["short"]):
            yield match["name"], match["short"]
