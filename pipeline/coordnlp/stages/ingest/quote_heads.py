"""How a quoted mail begins: the heads that mail programs put before the words they quote.

Three forms: a title between rules (-----原始邮件-----), fields line by line (发件人：, 发送时间：, 主题：), and a
sentence (在……，……写道：). The first may stand alone or before the second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coordnlp.records import Mail
from coordnlp.stages.ingest.mail_dates import find_mail_date
from coordnlp.stages.ingest.mail_headers import read_address
from coordnlp.stages.ingest.quote_fields import make_mail, plain_addresses, read_fields, skip_blank
from coordnlp.stages.ingest.quote_table import QuoteTable, load_quote_table

_BARE_RULE = re.compile(r"^\s*_{8,}\s*$|^\s*-{20,}\s*$")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w")
_LIKE_DATE = re.compile(r"\d{1,4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,4}")
_STOP = re.compile(r"[。！？!?；;]")
_NO_NAME = re.compile(r"[。；！？!?：:]")
_LONGEST_LINE = 200  # characters of the sentence 在……写道：
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a quoted mail: how many lines it takes, what it tells, and whether all below is quoted.

    Of a sentence (在……写道：) the words may also be those set apart below it, so that more of one's own may follow.
    """

    count: int
    mail: Mail
    rest: bool


def read_head(lines: Sequence[str]) -> Head | None:
    """Read the head with which lines begin, None if they begin with none.

    Args:
        lines: Without quote marks; those after the head do no harm.

    Returns:
        `mail` holds what the head tells, '' elsewhere; all is empty for a title between rules that stands alone.
    """
    if not lines or not lines[0].strip():
        return None
    titled = load_quote_table().title.match(lines[0]) is not None
    ruled = titled or _BARE_RULE.match(lines[0]) is not None
    block = read_fields(lines, skip_blank(lines, 1) if ruled else 0)
    if block and (titled or block.is_whole):
        return Head(block.count, block.mail, True)
    return Head(1, make_mail({}), True) if titled else _read_sentence(lines)


def _read_sentence(lines: Sequence[str]) -> Head | None:
    """Read 在……，……写道：, which may be broken into three lines."""
    words = load_quote_table()
    for count in range(1, min(3, len(lines)) + 1):
        if words.verb.search(lines[count - 1]):
            whole = " ".join(line.strip() for line in lines[:count])
            return _parse_sentence(whole, count)
        if not _may_go_on(lines[count - 1], words, first=count == 1):
            return None
    return None


def _may_go_on(line: str, words: QuoteTable, *, first: bool) -> bool:
    """Tell whether a line without the verb may be the beginning of the sentence."""
    if not line.strip() or _STOP.search(line) or len(line) > _LONGEST_LINE:
        return False
    dated, addressed = find_mail_date(line) is not None, _ADDRESS.search(line) is not None
    if not first:
        return dated or addressed
    opened = words.opening.match(line) is not None
    return (opened and (dated or not line.rstrip().endswith((",", "，")))) or (dated and addressed)


def _parse_sentence(whole: str, count: int) -> Head | None:
    """Read date and author of the sentence; None where it is a sentence of the mail itself."""
    words, date = load_quote_table(), find_mail_date(whole)
    if len(whole) > _LONGEST_LINE or (date and words.narrative.match(whole[date.end :])):
        return None
    if date is None and not _ADDRESS.search(whole):
        return Head(count, make_mail({}), False) if words.opening.match(whole) and _LIKE_DATE.search(whole) else None
    rest = words.verb.sub("", whole)
    if date:
        rest = f"{rest[: date.start]} {rest[date.end :]}"
    author = _read_author(words.around.sub(" ", rest))
    return Head(count, Mail("", (), "", author, (), (), date.iso if date else ""), False)


def _read_author(words: str) -> tuple[str, str]:
    """Return the author in what is left of the sentence; a name that reads as none is left out."""
    name, address = read_address(plain_addresses(words).strip(" ,，、\t\u3000"))
    name = name.strip(" ,，、")
    return (name, address) if len(name) <= _LONGEST_NAME and not _NO_NAME.search(name) else ("", address)
