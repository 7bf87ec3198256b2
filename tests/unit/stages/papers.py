"""Small invented papers between a town and a forestry station, one block a line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from coordnlp.records import Block, Document, Mail, Member, Parsed, Team, Teams
from coordnlp.stages.parse import parse_dossier

TEAMS = Teams(
    (
        Team(
            "A",
            "青溪镇领导班子",
            aliases=("青溪镇", "青溪镇人民政府", "青溪镇党委", "镇政府", "镇里", "镇上", "我镇"),
            members=(Member("周启山", "书记"), Member("何映雪", "镇长"), Member("杜文清", "办公室主任")),
            domains=("qingxi.example",),
        ),
        Team(
            "B",
            "黑松林场班子",
            aliases=("黑松林场", "林场", "场里", "场部", "我场"),
            members=(Member("罗建川", "场长"), Member("田小满", "副场长"), Member("秦越", "办公室主任")),
            domains=("heisong.example",),
        ),
    ),
    ours="A",
)
MAYOR, MANAGER = ("何映雪", "he@qingxi.example"), ("罗建川", "luo@heisong.example")
STRANGER = ("贺言", "he@third.example")


def paper(text: str, file: str = "来往/文件.txt", *, mail: Mail | None = None) -> Document:
    """Return a document whose paragraphs are the lines of a text; `|` parts the cells of a table row."""
    text = text.strip("\n") + "\n"
    blocks: list[Block] = []
    at, row = 0, 0
    for line in text.splitlines():
        cells = line.split("|")
        row = row + 1 if len(cells) > 1 else 0
        start = at
        for column, cell in enumerate(cells, 1):
            if cell.strip():
                place = (1, row, column) if row else (0, 0, 0)
                blocks.append(Block(start, start + len(cell), _kind(cell, table=row > 0), *place))
            start += len(cell) + 1
        at += len(line) + 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(file, "eml" if mail else "txt", digest, text, tuple(blocks), (), mail)


def _kind(words: str, *, table: bool) -> str:
    return "quote" if words.startswith(">") else "cell" if table else "paragraph"


def mail(
    text: str,
    file: str = "来往/1.eml",
    *,
    subject: str = "防火带的事",
    sender: tuple[str, str] = MAYOR,
    to: Iterable[tuple[str, str]] = (MANAGER,),
    copies: Iterable[tuple[str, str]] = (),
    date: str = "2024-05-08T09:12:00+08:00",
    message_id: str = "<1@qingxi.example>",
    replies_to: Iterable[str] = (),
) -> Document:
    """Return a mail; by default the mayor writes to the manager on 8 May 2024."""
    header = Mail(message_id, tuple(replies_to), subject, sender, tuple(to), tuple(copies), date)
    return paper(text, file, mail=header)


def read(*documents: Document, teams: Teams = TEAMS) -> list[Parsed]:
    """Return documents as parsed, in the order that they were given in."""
    parsed, _ = parse_dossier(documents, teams)
    by_file = {one.header.file: one for one in parsed}
    return [by_file[document.file] for document in documents]


def read_text(text: str, file: str = "来往/文件.txt") -> Parsed:
    """Return one paper as parsed."""
    return read(paper(text, file))[0]
