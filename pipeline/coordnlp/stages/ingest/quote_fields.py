"""Read the fields of a quoted mail, line by line: 发件人：, 发送时间：, 收件人：, 主题：."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordnlp.records import Mail
from coordnlp.stages.ingest.hard_wraps import display_width
from coordnlp.stages.ingest.mail_dates import find_mail_date
from coordnlp.stages.ingest.mail_headers import read_address, split_addresses
from coordnlp.stages.ingest.quote_table import FieldNames, load_quote_table

LONGEST_HEAD = 40
"""Lines; a head with more is none."""

_WIDEST_SUBJECT = 60  # columns; a subject that fills them may go on in the next line
_LEAST_FIELDS = 3  # without a title between rules, so many make a head
_BRACKETS = str.maketrans("〈〉＜＞《》", "<><><>")


@dataclass(frozen=True, slots=True)
class FieldBlock:
    """Fields that stand together: how many lines they take, and their kinds in order."""

    count: int
    mail: Mail
    kinds: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether the fields make a head by themselves: the sender first, and two more."""
        return self.kinds[0] == "sender" and len(set(self.kinds) - {"others"}) >= _LEAST_FIELDS


def read_fields(lines: Sequence[str], index: int) -> FieldBlock | None:
    """Read the fields that begin at a line, None if none does there."""
    fields: dict[str, str] = {}
    last, count = "", index
    while index < min(len(lines), LONGEST_HEAD):
        kind, value = _read_field(lines[index])
        if kind and (kind not in fields or kind == "others"):
            fields[kind] = value
            last, count = kind, index + 1
            index = _next_field(lines, count, fields)
        elif not kind and last and _goes_on(lines, index, last, fields[last]):
            fields[last] = f"{fields[last]} {lines[index].strip()}"
            count = index = index + 1
        else:
            break
    return FieldBlock(count, make_mail(fields), tuple(fields)) if fields else None


def _read_field(line: str) -> tuple[str, str]:
    """Return kind and value of a field line, ('', '') for any other."""
    found = load_quote_table().field_line.match(line)
    if not found:
        return "", ""
    kind = next(kind for kind in FieldNames.model_fields if found[kind] is not None)
    return kind, found["value"].strip().removesuffix("|").strip()


def _next_field(lines: Sequence[str], index: int, fields: Mapping[str, str]) -> int:
    """Return the line to go on with: pages leave blank lines between fields, and the body too may begin with 附件：."""
    below = skip_blank(lines, index)
    if below == index or below >= len(lines):
        return index
    kind, _ = _read_field(lines[below])
    return below if kind not in {"", "others", *fields} else index


def _goes_on(lines: Sequence[str], index: int, kind: str, value: str) -> bool:
    """Tell whether a line carries on the field before it: a long list, an address alone, a full subject line."""
    line = lines[index].strip()
    if not line:
        return False
    if kind in {"to", "copies"}:
        return value.endswith((";", ",", "，", "；", "、")) or re.match(r"[<〈＜]", line) is not None
    if kind == "sender":
        return re.match(r"[<〈＜\[]", line) is not None
    below = index + 1 < len(lines) and _read_field(lines[index + 1])[0] != ""
    return kind == "subject" and below and display_width(lines[index - 1]) >= _WIDEST_SUBJECT


def make_mail(fields: Mapping[str, str]) -> Mail:
    """Return what the values of fields tell, by kind; '' for those that are not there."""
    date = find_mail_date(fields.get("date", ""))
    senders = _read_list(fields.get("sender", ""))
    return Mail(
        message_id="",
        in_reply_to=(),
        subject=fields.get("subject", ""),
        sender=senders[0] if senders else ("", ""),
        to=_read_list(fields.get("to", "")),
        copies=_read_list(fields.get("copies", "")),
        date=date.iso if date else "",
    )


def _read_list(value: str) -> tuple[tuple[str, str], ...]:
    """Read addresses as quotes show them: 张三 〈a@b〉; "李四" [mailto:c@d]."""
    parts = split_addresses(plain_addresses(value))
    return tuple(pair for part in parts if (pair := read_address(part)) != ("", ""))


def plain_addresses(value: str) -> str:
    """Return a list of addresses with all of them in <>."""
    value = re.sub(r"\[(?:mailto:|smtp:)?([^\[\]\s]+@[^\[\]\s]+)\]", r"<\1>", value.translate(_BRACKETS))
    return re.sub(r"<mailto:([^<>]+)>", r"<\1>", value)


def skip_blank(lines: Sequence[str], index: int) -> int:
    """Return the first line from an index on that is not blank, or the number of lines."""
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index
