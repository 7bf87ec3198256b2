"""Zone the lines of a mail: own words, quoted mail, signature, disclaimer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coordnlp.records import BlockKind
from coordnlp.stages.ingest.hard_wraps import display_width

_REST_IS_QUOTED = re.compile(
    r"^\s*(?:-{2,}|—{2,}|_{2,}|={3,})\s*(?:原始邮件|原邮件|邮件原件|转发邮件信息|转发邮件|转发的邮件|回复的原邮件|回复的邮件|回复邮件|"
    r"original\s+message|original\s+mail|forwarded\s+message|forwarded\s+mail|origin(?:al)?\s+e-?mail|"
    r"begin\s+forwarded\s+message)\s*(?:-{2,}|—{2,}|_{2,}|={3,}|:)?\s*$",
    re.I,
)
_WROTE = re.compile(r"(?:写道|寫道|wrote)\s*[:：]\s*$", re.I)
_WROTE_HEAD = re.compile(r"^\s*(?:在|于|於|On\b|At\b|(?:19|20)\d{2}\s*[-年/.])", re.I)
_WROTE_INSIDE = re.compile(r"@|(?:19|20)\d{2}\s*[-年/.]\s*\d{1,2}")
_FIELD = re.compile(
    r"^\s*[*]{0,2}(?P<name>发\s*件\s*人|发\s*送\s*时\s*间|发\s*送\s*日\s*期|日\s*期|时\s*间|收\s*件\s*人|抄\s*送|主\s*题|"
    r"寄件者|寄件者|寄件日期|收件者|副本|主旨|from|sent|date|to|cc|subject)[*]{0,2}\s*[:：]",
    re.I,
)
_SENDER = re.compile(r"^(?:发件人|寄件者|from)$", re.I)
_RULE = re.compile(r"^\s*_{8,}\s*$|^\s*-{20,}\s*$")
_QUOTED = re.compile(r"^[ \t]*(?:[>＞]\s?)+")
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
_LONGEST_HEAD = 200  # characters of the first line of 在…写道：
_LONGEST_CLOSING = 8  # lines
_WIDEST_CLOSING = 60  # columns
_LONGEST_SIGNATURE = 12  # lines after a line of dashes
_LONGEST_DISCLAIMER = 15


def zone_lines(lines: Sequence[str], quoted: Sequence[bool], sender: str) -> tuple[list[BlockKind], list[int]]:
    """Tell of each line of a mail what it is.

    Args:
        quoted: Of each line, whether the HTML sets it apart as quoted.
        sender: Display name of the sender; a closing line is a signature if it is part of it.

    Returns:
        The kind of block of each line, and the offset at which its words begin, after any quote marks.
    """
    kinds: list[BlockKind] = ["paragraph"] * len(lines)
    offsets = [0] * len(lines)
    for index, line in enumerate(lines):
        mark = _QUOTED.match(line)
        if mark:
            offsets[index] = mark.end()
        if mark or quoted[index]:
            kinds[index] = "quote"
    _zone_quotes(lines, kinds)
    own = [index for index, kind in enumerate(kinds) if kind == "paragraph"]
    own = _zone_disclaimer(lines, kinds, own)
    _zone_signature(lines, kinds, own, sender)
    return kinds, offsets


def _zone_quotes(lines: Sequence[str], kinds: list[BlockKind]) -> None:
    """Mark the heads of quoted mails, and what stands under them."""
    for index, line in enumerate(lines):
        if kinds[index] == "quote":
            continue
        if _REST_IS_QUOTED.match(line) or _opens_field_block(lines, index):
            kinds[index:] = ["quote"] * (len(lines) - index)
            return
        if _WROTE.search(line) and (first := _wrote_start(lines, index)) is not None:
            kinds[first : index + 1] = ["quote"] * (index + 1 - first)
            below = next((step for step in range(index + 1, len(lines)) if lines[step].strip()), None)
            if below is not None and kinds[below] != "quote":
                kinds[index:] = ["quote"] * (len(lines) - index)
                return


def _wrote_start(lines: Sequence[str], index: int) -> int | None:
    """Return the line at which 在…写道： begins (it may be broken in two), or None if it is a sentence."""
    above = lines[index - 1] if index else ""
    if _WROTE_HEAD.match(lines[index]):
        return index
    if _WROTE_HEAD.match(above) and len(above) < _LONGEST_HEAD and not _STOP.search(above):
        return index - 1
    return index if _WROTE_INSIDE.search(lines[index]) else None


def _opens_field_block(lines: Sequence[str], index: int) -> bool:
    """Tell whether an Outlook head (发件人：, 发送时间：, 主题：) begins here, perhaps with a rule."""
    if _RULE.match(lines[index]):
        below = [step for step in range(index + 1, min(index + 4, len(lines))) if lines[step].strip()]
        return bool(below) and _opens_field_block(lines, below[0])
    found = _FIELD.match(lines[index])
    if not found or not _SENDER.match(re.sub(r"\s", "", found["name"])):
        return False
    near = [line for line in lines[index + 1 : index + 8] if line.strip()][:4]
    return sum(_FIELD.match(line) is not None for line in near) >= 2


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
