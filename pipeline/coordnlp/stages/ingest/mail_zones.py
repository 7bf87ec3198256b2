"""Zone the lines of a mail: own words, quoted mail, signature, disclaimer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coordnlp.records import BlockKind
from coordnlp.stages.ingest.hard_wraps import display_width
from coordnlp.stages.ingest.quote_fields import LONGEST_HEAD
from coordnlp.stages.ingest.quote_heads import read_head

QUOTE_MARKS = re.compile(r"^[ \t]*(?:[>＞]\s?)+")
"""The marks before a quoted line, one for each mail that is quoted."""
_DASHES = re.compile(r"^\s*(?:--|—{1,6}|-{2,40}|_{2,7}|={3,40}|\*{3,40})\s*$")
_DISCLAIMER = re.compile(
    r"本(?:邮件|电子邮件|信件)(?:及其?|和|以及|中|所|或).{0,30}(?:保密|机密|秘密|专有|特权|仅供|收件人)|^\W*(?:免责声明|保密声明|保密提示|保密须知)|"
    r"\b(?:this|the)\s+(?:e-?mail|message|communication|information|transmission)\b.{0,160}"
    r"\b(?:confidential|privileged|intended)\b|^\W*(?:disclaimer|confidentiality notice)\b|"
    r"(?:请|請).{0,10}(?:环保|環保|环境|環境).{0,20}(?:打印|列印)|consider the environment",
    re.I,
)
_CONTACT = re.compile(
    r"电\s*话|手\s*机|座\s*机|传\s*真|邮\s*箱|邮\s*编|地\s*址|微信|网\s*址|電話|手機|傳真|地址|"
    r"\b(?:tel|phone|mobile|mob|fax|e-?mail|mail|addr|address|web|qq|add)\b\s*[.:：]|"
    r"https?://|www\.|[\w.+-]+@[\w-]+\.\w|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[-—－ ]\d{7,8}(?!\d)",
    re.I,
)
_SENT_FROM = re.compile(
    r"^\s*(?:发送?自|来自|從|从)\s?(?:我的|.{0,8}邮箱|.{0,8}手机|iPhone|Android|Outlook)[^。！？；，]{0,20}$|"
    r"^\s*(?:sent from|get outlook for)\s.{1,40}$",
    re.I,
)
_STOP = re.compile(r"[。！？!?；;，,]\s*$|[。！？!?；;]")
_DATE_LINE = re.compile(
    r"^\s*(?:[12〇○零一二三四五六七八九十\d]{2,4}\s*年)?\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*$|"
    r"^\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s*$"
)
_NAME_LINE = re.compile(r"^\s*[一-鿿·]{2,4}(?:[ \u3000]+[一-鿿·]{1,12})?\s*$|^\s*[一-鿿（）()、 \u3000]{4,30}$")
_SAYS = re.compile(r"同意|收到|好的|可以|知悉|已阅|照办|谢|祝|顺颂|此致|敬礼|敬上|不|请|是|附件|如下|以上|无")
_LONGEST_CLOSING = 8  # lines
_WIDEST_CLOSING = 60  # columns
_LONGEST_SIGNATURE = 12  # lines after a line of dashes
_LONGEST_DISCLAIMER = 15


@dataclass(frozen=True, slots=True)
class MailLine:
    """A line of the body of a mail.

    `quoted`: the HTML sets it apart as quoted; `depth`: in how many quotes of the HTML it stands, 0 also for the head
    of a quote.
    """

    words: str
    quoted: bool = False
    depth: int = 0


def zone_lines(body: Sequence[MailLine], sender: str) -> tuple[list[BlockKind], list[int]]:
    """Tell of each line of a mail what it is.

    Args:
        sender: Display name of the sender; a closing line is a signature if it is part of it.

    Returns:
        The kind of block of each line, and the offset at which its words begin, after any quote marks.
    """
    lines = [line.words for line in body]
    kinds: list[BlockKind] = ["paragraph"] * len(lines)
    offsets = [0] * len(lines)
    for index, line in enumerate(lines):
        mark = QUOTE_MARKS.match(line)
        if mark:
            offsets[index] = mark.end()
        if mark or body[index].quoted:
            kinds[index] = "quote"
    _zone_quotes(lines, kinds, [line.depth for line in body])
    own = [index for index, kind in enumerate(kinds) if kind == "paragraph"]
    own = _zone_disclaimer(lines, kinds, own)
    _zone_signature(lines, kinds, own, sender)
    return kinds, offsets


def _zone_quotes(lines: Sequence[str], kinds: list[BlockKind], depths: Sequence[int]) -> None:
    """Mark the heads of quoted mails, and what stands under them."""
    index = 0
    while index < len(lines):
        apart = kinds[index] == "quote" and (depths[index] > 0 or QUOTE_MARKS.match(lines[index]) is not None)
        head = None if apart else read_head(lines[index : index + LONGEST_HEAD])
        if head is None:
            index += 1
            continue
        end = index + head.count
        below = next((step for step in range(end, len(lines)) if lines[step].strip()), len(lines) - 1)
        if head.rest or kinds[below] != "quote":
            kinds[index:] = ["quote"] * (len(lines) - index)
            return
        kinds[index:end] = ["quote"] * head.count
        index = end


def _zone_disclaimer(lines: Sequence[str], kinds: list[BlockKind], own: Sequence[int]) -> list[int]:
    """Mark the disclaimer at the end of the own words, and return the lines before it."""
    tail = own[-_LONGEST_DISCLAIMER:]
    first = next((index for index in tail if _DISCLAIMER.search(lines[index])), None)
    if first is None:
        return list(own)
    for index in own:
        if index >= first:
            kinds[index] = "disclaimer"
    return [index for index in own if index < first]


def _zone_signature(lines: Sequence[str], kinds: list[BlockKind], own: Sequence[int], sender: str) -> None:
    filled = [index for index in own if lines[index].strip()]
    for index in filled:
        if _SENT_FROM.match(lines[index]) and index >= filled[-1] - 3:
            kinds[index] = "signature"
    filled = [index for index in filled if kinds[index] == "paragraph"]
    for position in range(max(0, len(filled) - _LONGEST_SIGNATURE - 1), len(filled)):
        if _opens_signature(lines, filled[position:], sender):
            for index in filled[position:]:
                kinds[index] = "signature"
            filled = filled[:position]
            break
    for index in _closing_block(lines, filled, sender):
        kinds[index] = "signature"


def _opens_signature(lines: Sequence[str], indexes: Sequence[int], sender: str) -> bool:
    """Tell whether a signature begins with a line of dashes; any but "--" may be a mere rule."""
    rule, below = lines[indexes[0]], [lines[index] for index in indexes[1:]]
    if not _DASHES.match(rule) or any(display_width(line) > 2 * _WIDEST_CLOSING for line in below):
        return False
    return rule.strip() == "--" or all(_is_closing_line(line, sender) for line in below)


def _closing_block(lines: Sequence[str], filled: Sequence[int], sender: str) -> list[int]:
    """Return the lines of name, post, date and telephone that close a mail; an 附件 list may follow."""
    block = list(filled)
    while block and re.match(r"\s*(?:附件|附：|附:|\d{1,2}[.．、])", lines[block[-1]]):
        block.pop()
    if len(block) != len(filled) and not any(re.match(r"\s*附", lines[i]) for i in filled[len(block) :]):
        block = list(filled)
    closing: list[int] = []
    for index in reversed(block[1:]):
        if len(closing) == _LONGEST_CLOSING or not _is_closing_line(lines[index], sender):
            break
        closing.insert(0, index)
    telling = any(
        _CONTACT.search(lines[index]) or _DATE_LINE.match(lines[index]) or _is_of_sender(lines[index], sender)
        for index in closing
    )
    return closing if telling else []


def _is_closing_line(line: str, sender: str) -> bool:
    if display_width(line.strip()) > _WIDEST_CLOSING:
        return False
    if _DATE_LINE.match(line) or _is_of_sender(line, sender):
        return True
    if _STOP.search(line) or _SAYS.search(line):
        return False
    return bool(_CONTACT.search(line) or _NAME_LINE.match(line))


def _is_of_sender(line: str, sender: str) -> bool:
    """Tell whether a line is the sender's name or the given name, with or without a post."""
    name = re.sub(r"\W", "", line)
    return len(name) >= 2 and (name in sender or (bool(sender) and sender in name and len(name) <= len(sender) + 8))
