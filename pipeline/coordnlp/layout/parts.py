"""Where header, body, signature and imprint of a document stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from coordnlp.dates import read_date
from coordnlp.layout.lexicon import TRAILING_BRACKETS, DocumentWords, first_number
from coordnlp.layout.lines import Line, own_lines, squeeze
from coordnlp.layout.stamps import read_day_line
from coordnlp.names import Names
from coordnlp.records import ROLES

_HEADER_LINES = 40
_TITLE_LINES = 14
_SIGNATURE_LINES = 14
# Between title and body: at most so many lines of units before the day of issue, none longer than this.
_ISSUERS = 2
_LONGEST_ISSUE = 60
_ATTACHED = re.compile(r"^附\s*+件?\s*+[\d一二三四五六]*+[.．]?\s*+[：:]?$")
_FIELD_BREAK = re.compile(r"\s{2,}|\u3000|\t")
# So many characters may stand beside a 发文字号 in its field.
_BESIDE_NUMBER = 22
_TOPIC = re.compile(r"^议[题程]")
_POINT = re.compile(r"^(?:[一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．)）])")
_CLOCK = re.compile(r"^\[?\s*(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s+)?\d{1,2}[:：]\d{2}")
_SENTENCE_END = re.compile(r"[。！？!?；;]")
_DAY_ALONE = re.compile(r"\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:[清凌早]?晨|早|上午|午前|中午|午后|下午|傍晚|晚|深?夜)?")
_DATE_TAIL = re.compile(r"[（(]?\s*[\d〇○零一二三四五六七八九十０-９OoＯ]{2,4}\s*[年./-].{3,12}$")


@dataclass(frozen=True, slots=True)
class Label:
    """A header line `label：value` with the lines that continue it."""

    group: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Ordinals of lines; `body` and `signature` bound half-open ranges.

    Attributes:
        title: The title, joined over its lines, or ''.
        number: Ordinal of the line that is the 发文字号, or -1.
        labels: Header lines by label, in order.
        addressee: Ordinal of the 主送 line, or -1.
        body: First line of the body.
        signature: First line of the signature; equal to `imprint` if there is none.
        imprint: First line of the 版记 and what stands behind the signature date.
    """

    title: str
    number: int
    labels: tuple[Label, ...]
    addressee: int
    body: int
    signature: int
    imprint: int

    def values(self, group: str) -> list[str]:
        """Return the values of all header lines of a group."""
        return [label.value for label in self.labels if label.group == group]


def lay_out(
    lines: Sequence[Line], words: DocumentWords, names: Names, *, mail: bool, messages: Collection[int] = ()
) -> Layout:
    """Find the parts of a document among its lines.

    Args:
        mail: The subject is the title, and the text is its body from the first line on.
        messages: Ordinals, among its own lines, of those that open a message or turn; the header ends at the first.
    """
    own = own_lines(lines)
    head = own[: min(messages, default=len(own))]
    number = _number_line(own)
    labels = _labels(head, words, names)
    start, title = (0, "") if mail else _title(head, words, names, number)
    addressee = _addressee_line(head, start, words)
    if any(label.group in ROLES and label.line <= addressee for label in labels):
        # 项目组成员： behind 参会人员 heads a list of people, not a letter.
        addressee = -1
    # Behind the addressee stands the letter: a 联系人 line or a number beside the signature opens no header.
    top = addressee if addressee >= 0 else len(own)
    above = [label.line for label in labels if label.line < top]
    body = max(
        addressee + 1,
        start,
        *(line + 1 for line in above),
        number + 1 if not mail and number < min(top, _TITLE_LINES) else 0,
    )
    body = _behind_date(own, min(messages, default=len(own)), body, words)
    signature, imprint = _signature(own, body, words, names)
    if any(ordinal >= signature for ordinal in messages):
        # Whoever speaks below a date line signs nothing above it.
        signature, imprint = len(own), len(own)
    title = title or next((label.value for label in labels if label.group == "title"), "")
    return Layout(title, number, tuple(labels), addressee, body, signature, imprint)


def _behind_date(lines: Sequence[Line], talk: int, body: int, words: DocumentWords) -> int:
    """Return the line behind the date under the title, and behind the units that issue the paper on that day.

    A date with nothing but an imprint behind it is the signature's.

    Args:
        talk: The line of the first message or turn; whoever stands there speaks.
    """
    last = min(_imprint(lines, body, words), talk + 1)
    for ordinal in range(body, min(body + _ISSUERS + 1, last - 1)):
        line = lines[ordinal]
        text = line.text.strip("（）()")
        if line.table or len(text) > _LONGEST_ISSUE or _SENTENCE_END.search(text) or _POINT.match(text):
            break
        if is_date_line(text) or any(word in text for word in words.imprint.issued):
            return ordinal + 1
    return body


def _number_line(lines: Sequence[Line]) -> int:
    """Return the line that holds little else than a 发文字号: in the head, else beside the signature or below it."""
    count = len(lines)
    ordinals: list[int] = [*range(min(_TITLE_LINES, count)), *range(max(_TITLE_LINES, count - _TITLE_LINES), count)]
    return next((ordinal for ordinal in ordinals if _is_number(lines[ordinal].text)), -1)


def _is_number(text: str) -> bool:
    """Tell whether a line is a 发文字号, alone or among fields parted by blanks: 第5期　某函〔2022〕5号　4月8日."""
    if _SENTENCE_END.search(text) or "关于" in text or "》" in text:
        return False
    for piece in _FIELD_BREAK.split(text):
        number = first_number(piece)
        if number and len(re.sub(r"\s", "", piece)) - (number.end - number.start) <= _BESIDE_NUMBER:
            return True
    return False


def _labels(lines: Sequence[Line], words: DocumentWords, names: Names) -> list[Label]:
    found: list[Label] = []
    last = 0
    for ordinal, line in enumerate(lines[:_HEADER_LINES]):
        fields = list(_fields(lines, ordinal, words)) or _team_list(line.text, ordinal, names)
        if fields and (ordinal - last <= 8 or not found):
            found += fields
            last = ordinal
        if _POINT.match(line.text) or _CLOCK.match(line.text):
            break
        if not found and len(line.text) > 60 and _SENTENCE_END.search(line.text):
            break
    return _with_continuations(lines, found, names)


def _fields(lines: Sequence[Line], ordinal: int, words: DocumentWords) -> Iterator[Label]:
    """Yield the header fields of a line: `label：value`, several side by side, or label and value in two cells."""
    line = lines[ordinal]
    word = squeeze(line.text).rstrip("：:")
    if line.table and word in words.label_group and ordinal + 1 < len(lines):
        value = lines[ordinal + 1]
        group = words.label_group[word]
        fits = (value.table, value.row) == (line.table, line.row) and squeeze(value.text) not in words.label_group
        if fits and (group not in ("number", "date") or re.search(r"\d|年", value.text)):
            yield Label(group, value.text, ordinal + 1)
        return
    heads = TRAILING_BRACKETS.sub("", word)
    if line.kind == "heading" and words.label_group.get(heads) in ROLES:
        yield Label(words.label_group[heads], "", ordinal)
        return
    matches = list(words.label.finditer(line.text))
    if not matches or matches[0].start() > 0:
        return
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        end = following.start() if following else len(line.text)
        group = words.label_group[re.sub(r"\s", "", match["label"])]
        yield Label(group, line.text[match.end() : end].strip(), ordinal)


def _team_list(text: str, ordinal: int, names: Names) -> list[Label]:
    """Return a line `上坪村：廖开贵、廖水根` as the list of that team's people."""
    unit, colon, people = text.partition("：")
    listed = re.split(r"[、，,\s]+", people.strip())
    if colon and 2 <= len(unit) <= 14 and len(listed) >= 2 and all(1 < len(one) <= 12 for one in listed):
        mentions = names.find(unit)
        if mentions and not any(mention.person for mention in mentions):
            return [Label("present", f"{unit} {people.strip()}", ordinal)]
    return []


def _with_continuations(lines: Sequence[Line], labels: list[Label], names: Names) -> list[Label]:
    """Join to lists of people the lines that go on with them (林场班子 梁宗岳…), and cells beside a label."""
    joined = []
    taken = {label.line for label in labels}
    for label in labels:
        value, ordinal = label.value, label.line + 1
        while ordinal < len(lines) and ordinal not in taken and _continues(lines[ordinal], label, value, names):
            value = f"{value}；{lines[ordinal].text}" if value else lines[ordinal].text
            ordinal += 1
        joined.append(Label(label.group, value, ordinal - 1))
    return joined


def _continues(line: Line, label: Label, value: str, names: Names) -> bool:
    people = label.group in ROLES
    text = line.text
    if _SENTENCE_END.search(text.rstrip("。；;")) or _POINT.match(text) or len(text) > 160:
        return False
    if text.endswith("。") and not _holds_person(text, names):
        return False
    if not value:
        return people or len(text) <= 40
    if people and names.words.is_person(text):
        return True
    return people and bool(re.search(r"[、，,（(]|[\u4e00-\u9fff]\s+[\u4e00-\u9fff]", text)) and "：" not in text[6:]


def _holds_person(text: str, names: Names) -> bool:
    """Tell whether a piece of a list is a person's name, posts in brackets set aside."""
    pieces = re.split(r"[、，,；;：:。\s]+", re.sub(r"[（(][^（()）]*[）)]", "", text))
    return any(piece in names.people or names.words.is_person(piece) for piece in pieces)


def _title(lines: Sequence[Line], words: DocumentWords, names: Names, number: int) -> tuple[int, str]:
    """Return the ordinal behind the title, and the title.

    A line that begins 关于 or ends as a kind does is the title; a red head (unit name, 文件) is not.
    """
    best: tuple[int, int, str] | None = None
    for ordinal, line in enumerate(lines[:_TITLE_LINES]):
        if ordinal == number or words.label.match(line.text) or read_date(line.text) or _POINT.match(line.text):
            continue
        if _TOPIC.match(line.text):
            continue
        if _ends_header(line, best is not None):
            break
        for span in (1, 2, 3):
            joined = squeeze("".join(piece.text for piece in lines[ordinal : ordinal + span]))
            if len(joined) > 90 or (span > 1 and lines[ordinal + span - 1 : ordinal + span] and _colon(joined)):
                break
            # 关于《便道管理办法 goes on in the next line.
            whole = joined.count("《") <= joined.count("》")
            if whole and words.kind_of_title(joined) and not _colon(joined):
                about = "关于" in joined[:30]
                if best is None or (about and "关于" not in best[2]):
                    best = (ordinal, ordinal + span, joined)
                break
            if "关于" not in lines[ordinal].text:
                break
    if best:
        return best[1], best[2]
    return _first_title(lines, words, names, number)


def _colon(text: str) -> bool:
    return text.rstrip().endswith(("：", ":"))


def _ends_header(line: Line, titled: bool) -> bool:
    text = line.text
    return (_colon(text) and titled) or bool(_CLOCK.match(text)) or len(text) > 100


def _first_title(lines: Sequence[Line], words: DocumentWords, names: Names, number: int) -> tuple[int, str]:
    """Return the first short line that is no unit name, when none ends as a title does."""
    for ordinal, line in enumerate(lines[:4]):
        text = squeeze(line.text)
        if ordinal == number or words.label.match(text) or _colon(text) or read_date(text) or read_day_line(text):
            continue
        if _CLOCK.match(text):
            continue
        if len(text) > 50 or _SENTENCE_END.search(text):
            return 0, ""
        mentions = names.find(text)
        if mentions and mentions[0].end - mentions[0].start >= len(text) - 4:
            continue
        return ordinal + 1, text
    return 0, ""


def _addressee_line(lines: Sequence[Line], start: int, words: DocumentWords) -> int:
    for ordinal, line in enumerate(lines[start : start + 6], start):
        text = line.text
        if words.label.match(text) and not _colon(text):
            continue
        if _colon(text) and 2 <= len(text) <= 70 and not _POINT.match(text) and not _SENTENCE_END.search(text):
            # 来单所提一事，回复如下： opens the text.
            return -1 if re.sub(r"\s", "", text).rstrip("：:").endswith("如下") else ordinal
        if len(text) > 60:
            return -1
    return -1


def _signature(lines: Sequence[Line], body: int, words: DocumentWords, names: Names) -> tuple[int, int]:
    """Return the first line of the signature and the first line of the imprint."""
    count = len(lines)
    if (signed := _before_attachment(lines, body, words, names)) >= 0:
        return _first_signer(lines, signed, body, words, names), signed + 1
    imprint = _imprint(lines, body, words)
    for ordinal in range(imprint - 1, max(body, imprint - _SIGNATURE_LINES) - 1, -1):
        line = lines[ordinal]
        dated = is_date_line(line.text) or re.search(words.signature.lunar, squeeze(line.text))
        if dated and not line.table:
            return _first_signer(lines, ordinal, body, words, names), min(ordinal + 1, count)
    return _first_signer(lines, imprint, body, words, names), imprint


def _before_attachment(lines: Sequence[Line], body: int, words: DocumentWords, names: Names) -> int:
    """Return the line of the signature date behind which the text of an attachment begins, -1 if there is none."""
    for ordinal in range(body + 1, len(lines) - 1):
        line, above, below = lines[ordinal], lines[ordinal - 1], lines[ordinal + 1]
        attached = bool(_ATTACHED.match(below.text)) and not line.table
        if attached and read_date(line.text) and (_is_short(above) or _is_unit(above, words, names)):
            return ordinal
    return -1


def _first_signer(lines: Sequence[Line], below: int, body: int, words: DocumentWords, names: Names) -> int:
    """Return the first of the short lines above a signature date that name units or people."""
    start = below
    while start > body and below - start < 4:
        above = lines[start - 1]
        signs = _is_unit(above, words, names)
        beneath_unit = _is_short(above) and start - 1 > body and _is_unit(lines[start - 2], words, names)
        if not (signs or beneath_unit):
            break
        start -= 1
    return start


def _imprint(lines: Sequence[Line], body: int, words: DocumentWords) -> int:
    """Return the first line of the run of imprint lines at the end."""
    ordinal = len(lines)
    while ordinal > body:
        line = lines[ordinal - 1]
        short = len(line.text) <= 120
        opening = line.text.startswith(words.imprint.openings) or re.match(r"^[（(]?联系人", line.text)
        issued = any(word in line.text for word in words.imprint.issued) and len(line.text) <= 60
        if not (short and (opening or issued)):
            break
        ordinal -= 1
    return ordinal


def is_date_line(text: str) -> bool:
    """Tell whether a line is a date, or a short unit name with a date behind it."""
    if read_date(text):
        return True
    if len(text) > 40 or _SENTENCE_END.search(text):
        return False
    tail = _DATE_TAIL.search(text)
    return bool(tail and read_date(tail.group())) or bool(_DAY_ALONE.fullmatch(text.strip()))


def signature_date_text(text: str) -> str:
    """Return the date part of a signature line."""
    if read_date(text):
        return text
    tail = _DATE_TAIL.search(text)
    return tail.group() if tail else text


def _is_short(line: Line) -> bool:
    text = re.sub(r"\s", "", line.text)
    return 2 <= len(text) <= 20 and not _SENTENCE_END.search(text) and not _POINT.match(text) and not line.table


def _is_unit(line: Line, words: DocumentWords, names: Names) -> bool:
    text = re.sub(r"\s", "", line.text)
    if not 2 <= len(text) <= 34 or _SENTENCE_END.search(text) or _POINT.match(text) or line.table:
        return False
    if text.startswith(("附件", "附：", "附:")) or "：" in text[:4]:
        return False
    return bool(names.find(text)) or text.endswith(words.signature.unit_endings) or names.signer(line.text) is not None
