"""Short forms that a text defines itself: 云渡市古城保护管理委员会（以下简称“古管委”）."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORT_FORM = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{3,24})[（(]\s*(?:(?:以下|下文)?(?:统一)?(?:简称|统称|称)|下称)(?:为)?\s*[：:]?\s*[“\"「]?(?P<short>[\u4e00-\u9fff]{1,8})[”\"」]?\s*[）)]"
)
# 甲方指县农业农村局, 甲方：沈立群, 县农业农村局（甲方）.
_CONTRACT = re.compile(
    r"(?P<short>[甲乙]方)\s*(?:指|为|是|系|即|[：:])\s*(?P<name>[\u4e00-\u9fff]{3,24})"
    r"|(?P<before>[\u4e00-\u9fff]{3,24})\s*[（(]\s*(?P<behind>[甲乙]方)\s*[）)]"
)


def find_short_forms(text: str) -> Iterator[tuple[str, str]]:
    """Yield (the words that name it, short form); forms of address such as 我局 are left out.

    甲方 and 乙方 count as short forms: the two sides of one dossier mostly keep their places.
    """
    for match in _SHORT_FORM.finditer(text):
        if not re.match(r"[我贵你本]", match["short"]):
            yield match["name"], match["short"]
    for match in _CONTRACT.finditer(text):
        yield match["name"] or match["before"], match["short"] or match["behind"]
