"""Folders in a few lines, one paper a line.

    甲局 > 乙局、丙局          a letter, with letterhead, addressee and signature
    通知 市府 > 甲局、乙局     another kind of paper: 通知, 请示, 报告, 备忘
    甲局：张伟、李强 | 乙局：王敏      minutes with an attendee list
    会 甲局与乙局              minutes that only their title gives to two units
    群 张伟（甲）、王敏（乙）  a chat between these nicknames
    ~ 张伟@jia.example > 王敏@yi.example / 甲局办公室      a mail, with a signature block
    # 甲局（以下简称“甲”）……    a paper that nobody signs, with these words; \\n parts its lines

Words in 〔〕 at the end of a line are the folder it lies in, words in “”: “……” behind ` = ` its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from papers import mail, paper

from coordnlp.records import Document

_KINDS = {"通知": "通知", "请示": "请示", "报告": "报告", "备忘": "备忘录", "": "函"}


def folder(text: str) -> list[Document]:
    """Return the papers of a folder; each is dated a day after the one before."""
    return list(_papers(line for line in text.strip().splitlines() if line.strip()))


def _papers(lines: Iterator[str]) -> Iterator[Document]:
    for day, line in enumerate(lines):
        words, _, body = line.strip().partition(" = ")
        words, place = re.match(r"(.*?)(?:〔(.*)〕)?$", words.strip()).groups()  # type: ignore[union-attr]
        document = _paper(words.strip(), body or "现将有关事项告知如下。请予支持。", day)
        yield replace(document, file=f"{place}/{document.file}" if place else document.file)


def _paper(words: str, body: str, day: int) -> Document:
    date = f"2024年{1 + day // 28}月{1 + day % 28}日"
    file = f"{day:02d}.txt"
    match words[0]:
        case "~":
            return _mail(words[1:].strip(), body, day)
        case "#":
            return paper(words[1:].strip().replace("\\n", "\n") + f"\n{date}", file)
        case "会":
            return paper(f"{words[1:].strip()}联席会议纪要\n时间：{date}\n一、有关事项\n{body}", file)
        case "群":
            said = "\n".join(f"09:0{at} {who.strip()}：收到" for at, who in enumerate(words[1:].split("、") * 2))
            return paper(f"工作群聊天记录\n{date}\n{said}", file)
    if ">" not in words:
        sides = words.replace("|", "；")
        return paper(f"工作会议纪要\n时间：{date}\n出席：{sides}\n一、有关事项\n{body}", file)
    sender, _, to = (word.strip() for word in words.partition(">"))
    kind = next((kind for kind in _KINDS if kind and sender.startswith(kind + " ")), "")
    sender = sender.removeprefix(kind).strip()
    return paper(f"{sender}\n关于近期工作的{_KINDS[kind]}\n{to}：\n{body}\n{sender}\n{date}", file)


def _mail(words: str, body: str, day: int) -> Document:
    exchange, _, block = words.partition("/")
    sender, to = (_address(one) for one in exchange.split(">"))
    text = f"您好：\n{body}\n{sender[0]}\n{block.strip()}"
    date = f"2024-{1 + day // 28:02d}-{1 + day % 28:02d}T09:00:00+08:00"
    return mail(text, f"{day:02d}.eml", subject="近期工作", sender=sender, to=[to], date=date)


def _address(word: str) -> tuple[str, str]:
    name, _, host = word.strip().partition("@")
    return name, f"user@{host}"
