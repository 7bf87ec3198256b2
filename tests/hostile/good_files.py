"""A whole file of each format that is read, to be broken by the tests."""

from __future__ import annotations

import csv
import io
import zipfile

import xlwt
from ingest_files import LETTER, mail_file, mixed_mail, pdf_file, saved, word_file
from odf_files import ods_file, odt_file, paragraphs, row, table
from ofd_files import ofd_file, paragraph
from ole_files import message_file, old_word_file
from sheet_files import FOLLOW_UP, sheet_file, with_shared_strings

TEXT = "\n".join(LETTER)
ATTACHED = "Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=a.txt"


def good_files() -> dict[str, bytes]:
    """Return the bytes of a letter or table by suffix."""
    return {
        ".txt": TEXT.encode("gb18030"),
        ".md": f"# {TEXT}".encode(),
        ".docx": saved(word_file(*LETTER)),
        ".doc": old_word_file(*((f"{line}\r", 0, b"") for line in LETTER)),
        ".rtf": _rtf(),
        ".odt": odt_file(paragraphs(*LETTER)),
        ".ods": ods_file(table(*(row(*map(str, cells)) for cells in FOLLOW_UP))),
        ".xlsx": with_shared_strings(sheet_file(FOLLOW_UP)),
        ".xls": _xls(),
        ".csv": _csv(),
        ".pdf": pdf_file(LETTER),
        ".ofd": ofd_file(paragraph(30, LETTER[2])[0]),
        ".eml": mixed_mail(f"{LETTER[2]}\r\n\r\n> {LETTER[3]}\r\n", (ATTACHED, TEXT.encode())),
        ".mbox": b"\n".join(b"From a@b Tue Feb 27 16:28:41 2024\n" + mail_file(line) for line in LETTER[2:4]),
        ".msg": message_file({0x0037: LETTER[0], 0x1000: TEXT, 0x0C1A: "邓春生"}),
        ".html": f"<html><body><p>{'</p><p>'.join(LETTER)}</p></body></html>".encode(),
        ".mht": f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>{LETTER[2]}</p>".encode(),
        ".srt": f"1\n00:00:01,000 --> 00:00:04,000\n张三：{LETTER[2]}\n\n2\n00:00:05,000 --> 00:00:07,000\n好。\n".encode(),
        ".vtt": f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v 张三>{LETTER[2]}\n".encode(),
        ".zip": zipped({"收文/函.txt": TEXT.encode(), "台账.xlsx": sheet_file(FOLLOW_UP)}),
    }


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _rtf() -> bytes:
    words = "".join(
        "".join(f"\\u{ord(letter) if ord(letter) < 32768 else ord(letter) - 65536}?" for letter in line) + "\\par\n"
        for line in LETTER
    )
    return f"{{\\rtf1\\ansi\\ansicpg936 {words}}}".encode()


def _xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    for number, cells in enumerate(FOLLOW_UP):
        for column, value in enumerate(cells):
            sheet.write(number, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _csv() -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(FOLLOW_UP)
    return stream.getvalue().encode("gb18030")
