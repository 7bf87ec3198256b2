"""Broken and hostile files of every kind, made here; none is anybody's.

Sizes are those of a fast test: what must trip a limit is as small as trips it.
"""

from __future__ import annotations

import base64
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from good_files import TEXT, good_files, zipped
from ingest_files import LETTER, mail_file, mixed_mail, with_part
from odf_files import ods_file, odt_file, paragraphs, row, table
from ofd_files import ofd_file
from ole_files import message_file, ole_file
from sheet_files import sheet_file
from trying_patterns import RUNS

CANARY = "CANARY-OF-ANOTHER-FILE"
"""Stands in a file outside the dossier; where it shows, something was followed."""
ASK = "请贵场于3月15日前函复。"


def hostile_files(canary: str) -> dict[str, bytes]:
    """Return content by name; `canary` is the path of a file outside the dossier that the files try to get at."""
    groups = (_entities(canary), _archives(), _texts(), _backtracks(), _pages(), _mails(), _pdfs(canary), _sheets())
    more = (_papers(), _compounds(), _cues(), _broken())
    return dict(pair for group in (*groups, *more) for pair in group)


def _entities(canary: str) -> Iterator[tuple[str, bytes]]:
    """XML that names other files, blows up, nests deep, or hides its definitions in another encoding."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    long = "x" * 20_000
    attacks = {
        "xxe": f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{canary}">]><x>&e;</x>'.encode(),
        "parameter": f'<!DOCTYPE x [<!ENTITY % e SYSTEM "file://{canary}"> %e;]><x/>'.encode(),
        "dtd": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
        "laughs": f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><x>&a11;</x>'.encode(),
        "quadratic": f'<!DOCTYPE x [<!ENTITY a "{long}">]><x>{"&a;" * 20_000}</x>'.encode(),
        "utf16": f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{canary}">]><x>&e;</x>'.encode(
            "utf-16"
        ),
        "deep": b"<x>" * 200_000 + b"</x>" * 200_000,
        "include": f'<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file://{canary}" parse="text"/></x>'.encode(),
    }
    good = good_files()
    parts = {
        ".docx": "word/document.xml",
        ".xlsx": "xl/sharedStrings.xml",
        ".odt": "content.xml",
        ".ods": "content.xml",
        ".ofd": "Doc_0/Document.xml",
    }
    for suffix, part in parts.items():
        for name, content in attacks.items():
            yield f"xml-{name}{suffix}", with_part(good[suffix], {part: content})
    yield "xml-xxe.html", attacks["xxe"]
    yield "xml-laughs.html", attacks["laughs"]
    yield "xml-xxe.xml", attacks["xxe"]


def _archives() -> Iterator[tuple[str, bytes]]:
    letter = TEXT.encode()
    bomb = bytes(30 * 1024 * 1024)
    yield "zip-bomb.zip", zipped({"a.txt": bomb})
    yield "zip-bomb-of-bombs.zip", zipped({f"{n}.zip": zipped({"a.txt": bomb}) for n in range(5)})
    yield (
        "zip-bomb.docx",
        with_part(good_files()[".docx"], {"word/document.xml": b"<w>" + b" " * 90 * 1024 * 1024 + b"</w>"}),
    )
    yield "zip-bomb.ods", with_part(good_files()[".ods"], {"content.xml": b"<w>" + b" " * 90 * 1024 * 1024 + b"</w>"})
    yield (
        "zip-lying.docx",
        _lying(good_files()[".docx"], "word/document.xml", b"<w>" + b" " * 90 * 1024 * 1024 + b"</w>"),
    )
    yield (
        "zip-lying.xlsx",
        _lying(good_files()[".xlsx"], "xl/worksheets/sheet1.xml", b"<w>" + b" " * 90 * 1024 * 1024 + b"</w>"),
    )
    yield "zip-many.zip", zipped({f"{n}.dat": b"\x01" for n in range(5200)}, zipfile.ZIP_STORED)
    paths = (
        "../../outside.txt",
        "/etc/cron.d/x.txt",
        "C:\\Windows\\x.txt",
        "..\\..\\y.txt",
        "a/../../../z.txt",
        "~/.ssh/k.txt",
    )
    yield "zip-paths.zip", zipped(dict.fromkeys(paths, letter))
    odd = (
        "-rf.txt",
        "=cmd|' /C calc'!A0.txt",
        "a\nb.txt",
        "\x1b[2J\x1b]0;x\x07.txt",
        "😀.txt",
        "长" * 300 + ".txt",
        "gpj\u202etxt.exe",
        "<script>alert(1)</script>.txt",
        "CON.txt",
        ".txt",
        " .txt",
        "a\x00b.txt",
    )
    yield "zip-names.zip", zipped(dict.fromkeys(odd, letter))
    nested = letter
    for depth in range(12):
        nested = zipped({f"{depth}.zip" if depth else "a.txt": nested})
    yield "zip-nested.zip", nested
    yield "zip-link.zip", _with_link()
    yield "zip-encrypted.zip", _flagged(zipped({"a.txt": letter}), 0x1)
    yield "zip-unknown-method.zip", _method(zipped({"a.txt": letter}), 99)
    yield "zip-empty.zip", zipped({})
    yield "zip-twice.zip", _twice(letter)
    yield "zip-overlapping.zip", _overlapping()
    yield "zip-prefixed.zip", b"MZ" + bytes(500) + zipped({"a.txt": letter})
    yield "zip-wrong-sum.zip", zipped({"a.txt": letter}, zipfile.ZIP_STORED).replace(letter[:20], bytes(20), 1)
    yield "zip-as-letter.txt", zipped({"a.txt": letter})


def _lying(package: bytes, part: str, content: bytes) -> bytes:
    """Return a package whose head says that a large part is a small one."""
    data = bytearray(with_part(package, {part: content}))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.find(signature)
        while place >= 0:
            if struct.unpack_from("<I", data, place + at)[0] == len(content):
                struct.pack_into("<I", data, place + at, 1000)
            place = data.find(signature, place + 4)
    return bytes(data)


def _with_link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def _flagged(content: bytes, flag: int) -> bytes:
    data = bytearray(content)
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(signature) + at] |= flag
    return bytes(data)


def _method(content: bytes, number: int) -> bytes:
    data = bytearray(content)
    for signature, at in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        data[data.find(signature) + at] = number
    return bytes(data)


def _twice(letter: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", letter)
        archive.writestr("b.txt", letter[:60])
    return stream.getvalue().replace(b"b.txt", b"a.txt")


def _overlapping() -> bytes:
    """Return an archive of two hundred entries that all name the bytes of one."""
    content = zlib.compress(bytes(1_000_000))[2:-4]
    head = struct.pack(
        "<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(bytes(1_000_000)), len(content), 1_000_000, 5, 0
    )
    local = head + b"a.txt" + content
    entry = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\x01\x02",
        20,
        20,
        0,
        8,
        0,
        0,
        zlib.crc32(bytes(1_000_000)),
        len(content),
        1_000_000,
        5,
        0,
        0,
        0,
        0,
        0,
        0,
    )
    listed = (entry + b"a.txt") * 200
    return local + listed + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 200, 200, len(listed), len(local), 0)


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "text-nul.txt", "\0".join(TEXT).encode()
    yield "text-controls.txt", "".join(f"{chr(n)}{ASK}" for n in range(32)).encode()
    yield "text-escapes.txt", f"\x1b[31m{TEXT}\x1b]0;title\x07\x1b[2J\x9b2J\n".encode()
    yield "text-bidi.txt", f"\u202e{TEXT}\u2066\u200f\u061c".encode()
    yield "text-surrogates.txt", b"\xff\xfe" + b"\x00\xd8" * 500 + TEXT.encode("utf-16-le")
    yield "text-odd-utf16.txt", b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x01"
    yield "text-only-bom.txt", b"\xef\xbb\xbf"
    yield "text-invalid.txt", TEXT.encode()[:-1] + b"\xff\xfe\xc0\x80"
    yield "text-mixed.txt", TEXT.encode("gb18030") + TEXT.encode() + TEXT.encode("big5", "ignore")
    yield "text-noise.txt", random.Random(1).randbytes(50_000)
    yield "text-noise.docx", random.Random(2).randbytes(50_000)
    yield "text-noise.pdf", b"%PDF-1.7\n" + random.Random(3).randbytes(50_000)
    yield "text-noise", random.Random(4).randbytes(5000)
    yield "text-too-large.txt", ASK.encode() * 700_000
    yield "text-combining.txt", (ASK + "\u0301" * 20_000).encode()
    yield "text-nonsense.txt", "".join(chr(n) for n in range(0x20, 0x3000) if not 0xD800 <= n <= 0xDFFF).encode()
    yield "text-formula.txt", f"=cmd|' /C calc'!A0\n+1+1\n-1\n@SUM(A1)\n＝1\n{ASK}".encode()
    yield "text-markup.txt", f"<script>alert(1)</script><img src=x onerror=alert(1)>{{{{7*7}}}}${{7*7}}{ASK}".encode()
    yield "text-one-line.txt", (ASK.rstrip("。") * 20_000).encode()
    yield "text-blank-lines.txt", ("\n" * 300_000 + ASK).encode()
    yield "text-deep.md", (">" * 5000 + "- " * 5000 + "#" * 500 + ASK).encode()
    yield "text-table.md", ("|" * 20_000 + "\n" + "|-" * 10_000 + "\n" + f"|{ASK}" * 1000).encode()


def _backtracks() -> Iterator[tuple[str, bytes]]:
    """Long runs of what patterns repeat, ended by what breaks the match: each is a try at one that backtracks."""
    ends = {"": 6000, "!": 6000, "x": 2000}
    for number, run in enumerate(RUNS):
        lines = [run * (count // len(run)) + end for end, count in ends.items()]
        yield f"runs-{number:02}.txt", "\n".join([*LETTER[:2], *lines, ASK]).encode()
        if number % 4 == 0:
            yield (
                f"runs-{number:02}.eml",
                mail_file(
                    "\r\n".join(lines),
                    f"Subject: {run * 400}".replace("\n", " "),
                    f"From: {run * 400} <a@b>".replace("\n", " "),
                ),
            )


def _pages() -> Iterator[tuple[str, bytes]]:
    yield "page-deep.html", ("<div>" * 100_000 + ASK).encode()
    yield "page-deep-tables.html", ("<table><tr><td>" * 600 + ASK).encode()
    yield "page-deep-lists.html", ("<ul><li>" * 3000 + ASK).encode()
    yield "page-deep-quotes.html", ("<blockquote>" * 3000 + ASK).encode()
    yield (
        "page-spans.html",
        f"<table><tr><td rowspan=99999999 colspan=99999999>{ASK}</td></tr><tr><td>b</td></tr></table>".encode(),
    )
    yield (
        "page-many-spans.html",
        ("<table>" + f"<tr>{f'<td rowspan=1000 colspan=1000>{ASK}</td>' * 50}</tr>" * 200 + "</table>").encode(),
    )
    yield "page-attributes.html", ("<p " + " ".join(f"a{n}=b" for n in range(50_000)) + f">{ASK}</p>").encode()
    yield "page-script.html", f"<script>{'x' * 100_000}</script><svg onload=alert(1)></svg><p>{ASK}</p>".encode()
    yield (
        "page-remote.html",
        f"<link rel=stylesheet href=http://127.0.0.1:9/x><img src=http://127.0.0.1:9/y><iframe src=file:///etc/passwd></iframe><p>{ASK}</p>".encode(),
    )
    yield "page-numbers.html", f"<ol start=99999999999999999999><li value={'9' * 5000}>{ASK}</ol>".encode()
    yield "page-entities.html", ("&#1114112;&#xD800;&#0;&nosuch;" * 5000 + ASK).encode()
    yield "page-nul.html", f"<p>\0{ASK}\0</p>\0".encode()
    yield "page-charset.html", f'<meta charset="bz2_codec"><p>{ASK}</p>'.encode()
    yield "page-comment.html", f"<!--{'-' * 100_000}<p>{ASK}</p>".encode()
    yield "page-nest.mht", _nested_parts(200, b"text/html")


def _nested_parts(depth: int, kind: bytes = b"text/plain") -> bytes:
    inner = b"Content-Type: " + kind + b"; charset=utf-8\r\n\r\n" + ASK.encode() + b"\r\n"
    for number in range(depth):
        border = f"B{number}".encode()
        inner = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n%s--%s--\r\n' % (
            border,
            border,
            inner,
            border,
        )
    return b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n" + inner


def _mails() -> Iterator[tuple[str, bytes]]:
    yield "mail-nest.eml", _nested_parts(90)
    yield "mail-nest-deep.eml", _nested_parts(3000)
    inner = mail_file(ASK)
    for _ in range(30):
        inner = b"From: a@b.example\r\nSubject: x\r\nContent-Type: message/rfc822\r\n\r\n" + inner
    yield "mail-in-mail.eml", inner
    deep = mail_file(ASK)
    for _ in range(2000):
        deep = b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" + deep
    yield "mail-in-mail-deep.eml", deep
    yield (
        "mail-same-border.eml",
        mail_file(
            "--X\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n" * 500,
            "Content-Type: multipart/mixed; boundary=X",
        ),
    )
    yield "mail-no-border.eml", mail_file(ASK, "Content-Type: multipart/mixed")
    yield "mail-charset.eml", mail_file(ASK.encode(), "Content-Type: text/plain; charset=../../etc/passwd")
    for codec in ("zip", "bz2_codec", "hex", "rot13", "idna", "unicode_escape", "undefined", "utf-7"):
        yield (
            f"mail-codec-{codec}.eml",
            mail_file(ASK.encode(), f"Content-Type: text/plain; charset={codec}", f"Subject: =?{codec}?B?AAAA?="),
        )
    yield (
        "mail-base64.eml",
        mail_file("====!!!!" * 1000, "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64"),
    )
    yield (
        "mail-quoted.eml",
        mail_file(
            "=Z=\r\n=" * 1000, "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"
        ),
    )
    yield (
        "mail-uu.eml",
        mail_file(
            "begin 644 x\r\n" + "M" * 60 + "\r\n",
            "Content-Type: application/octet-stream",
            "Content-Transfer-Encoding: x-uuencode",
        ),
    )
    yield "mail-fields.eml", mail_file(ASK, *(f"X-{n}: y" for n in range(20_000)))
    yield "mail-recipients.eml", mail_file(ASK, "To: " + ", ".join(f"n{n} <n{n}@x.example>" for n in range(20_000)))
    yield "mail-references.eml", mail_file(ASK, "References: " + " ".join(f"<{n}@x>" for n in range(20_000)))
    yield "mail-words.eml", mail_file(ASK, "Subject: " + "=?utf-8?B?5Lit?= " * 5000)
    yield "mail-half-word.eml", mail_file(ASK, "Subject: =?utf-8?B?" + "A" * 9999, "From: =?gb2312?Q?=C4?= <a@b>")
    yield "mail-quotes.eml", mail_file("\r\n".join(">" * n + f" {ASK}" for n in range(1, 1500)))
    heads = (
        f"-----原始邮件-----\r\n发件人: a{n} <a{n}@x.example>\r\n发送时间: 2024年3月{n % 28 + 1}日 10:00\r\n主题: 函\r\n\r\n{ASK}{n}"
        for n in range(1000)
    )
    yield "mail-chain.eml", mail_file("\r\n".join(heads))
    yield "mail-dates.eml", mail_file(ASK, "Date: Thu, 99 Foo 99999 99:99:99 +9999")
    yield "mail-old-date.eml", mail_file(ASK, "Date: Mon, 1 Jan 0001 00:00:00 +2359")
    yield (
        "mail-name.eml",
        mixed_mail(
            ASK,
            ('Content-Type: text/plain; name="../../../x.txt"', TEXT.encode()),
            ("Content-Disposition: attachment; filename*=bz2_codec''%41%42.txt", TEXT.encode()),
        ),
    )
    yield (
        "mail-bomb.eml",
        mixed_mail(
            ASK, ("Content-Disposition: attachment; filename=b.zip", zipped({"a.txt": bytes(30 * 1024 * 1024)}))
        ),
    )
    yield "mail-charset-nul.eml", mail_file(ASK, b"Content-Type: text/plain; charset=\xff\0")
    yield "mail-no-body.eml", b"From: a@b.example\r\nSubject: x\r\nDate: y"
    yield "mail-folded.eml", mail_file(ASK, "Subject: x" + "\r\n y" * 20_000)
    yield "mails-many.mbox", b"From a@b Tue Feb 27 16:28:41 2024\nFrom: a@b\nSubject: x\n\ny\n\n" * 6000
    yield "mails-froms.mbox", b"From \n" * 50_000
    yield (
        "mails-self.mbox",
        b"From a@b Tue Feb 27 16:28:41 2024\n"
        + mixed_mail(
            ASK,
            (
                "Content-Disposition: attachment; filename=b.mbox",
                b"From a@b Tue Feb 27 16:28:41 2024\n" + mail_file(ASK),
            ),
        ),
    )


def _pdf(*objects: str, trailer: str = "/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, numbered from 1."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body.encode("latin-1") + b"\nendobj\n"
    table = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        data
        + table.encode()
        + f"trailer << {trailer} /Size {len(places) + 1} >>\nstartxref\n{len(data)}\n%%EOF".encode()
    )


def _stream(content: bytes, more: str = "") -> str:
    return f"<< /Length {len(content)} {more} >>\nstream\n{content.decode('latin-1')}\nendstream"


def _pdfs(canary: str) -> Iterator[tuple[str, bytes]]:
    catalog, pages = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> /Font << /A << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    words = _stream(b"BT /A 12 Tf 72 700 Td (Please answer by March 15, thank you very much indeed.) Tj ET")
    form = _stream(
        b"/F Do /F Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>"
    )
    bomb = bytes(60 * 1024 * 1024)
    packed = zlib.compress(zlib.compress(zlib.compress(bomb)))
    yield "pdf-page-loop.pdf", _pdf(catalog, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99 >>")
    yield "pdf-count.pdf", _pdf(catalog, "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", page, words, form)
    yield (
        "pdf-count-kids.pdf",
        _pdf(catalog, f"<< /Type /Pages /Kids [{'3 0 R ' * 30_000}] /Count 30000 >>", page, words, form),
    )
    yield "pdf-form-loop.pdf", _pdf(catalog, pages, page, _stream(b"/F Do"), form)
    yield (
        "pdf-forms-square.pdf",
        _pdf(
            catalog,
            pages,
            page,
            _stream(b"/F Do " * 200_000),
            _stream(b"0 0 m ", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"),
        ),
    )
    yield (
        "pdf-bomb.pdf",
        _pdf(catalog, pages, page, _stream(packed, "/Filter [/FlateDecode /FlateDecode /FlateDecode]"), form),
    )
    yield (
        "pdf-words.pdf",
        _pdf(
            catalog,
            pages,
            page,
            _stream(
                zlib.compress(b"BT /A 12 Tf 72 700 Td " + b"(aaaaaaaaaaaaaaaaaaaa) Tj " * 100_000 + b"ET"),
                "/Filter /FlateDecode",
            ),
            form,
        ),
    )
    yield (
        "pdf-lines.pdf",
        _pdf(
            catalog,
            pages,
            page,
            _stream(
                zlib.compress(b"BT /A 1 Tf 72 700 Td " + b"(ab) Tj 0 -3 Td " * 60_000 + b"ET"), "/Filter /FlateDecode"
            ),
            form,
        ),
    )
    yield "pdf-box.pdf", _pdf(catalog, pages, page.replace("0 0 595 842", "0 0 1e30 -1e30"), words, form)
    yield (
        "pdf-nan.pdf",
        _pdf(catalog, pages, page, _stream(b"BT /A 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (abcdefghijklmnop) Tj ET"), form),
    )
    yield "pdf-rotate.pdf", _pdf(catalog, pages, page.replace("/Type /Page ", "/Type /Page /Rotate 37 "), words, form)
    yield (
        "pdf-script.pdf",
        _pdf(
            "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
            pages,
            page,
            words,
            form,
        ),
    )
    yield (
        "pdf-launch.pdf",
        _pdf("<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >> >>", pages, page, words, form),
    )
    yield "pdf-foreign.pdf", _pdf(catalog, pages, page, f"<< /Length 0 /F ({canary}) >>\nstream\n\nendstream", form)
    yield "pdf-length.pdf", _pdf(catalog, pages, page, words.replace("/Length", "/Length 99999999999 /L"), form)
    yield "pdf-self-length.pdf", _pdf(catalog, pages, page, words.replace("/Length", "/Length 4 0 R /L"), form)
    yield "pdf-prev-loop.pdf", _pdf(catalog, pages, page, words, form, trailer="/Root 1 0 R /Prev 9")
    yield "pdf-no-root.pdf", _pdf(catalog, pages, page, words, form, trailer="/Root 99 0 R")
    yield "pdf-deep.pdf", _pdf(catalog + " " + "[" * 50_000, pages, page, words, form)
    yield (
        "pdf-encrypted.pdf",
        _pdf(catalog, pages, page, words, form, trailer="/Root 1 0 R /Encrypt << /Filter /Standard /V 9 /R 9 >>"),
    )
    yield "pdf-head-only.pdf", b"%PDF-1.7\n"


def _sheets() -> Iterator[tuple[str, bytes]]:
    good = good_files()[".xlsx"]
    sheet, strings, space = (
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
    )

    def book(rows: str, more: str = "", **parts: bytes) -> bytes:
        changes = {sheet: f"<worksheet {space}><sheetData>{rows}</sheetData>{more}</worksheet>".encode()}
        return with_part(good, {**changes, **({strings: parts["strings"]} if parts else {})})

    cell = f'<c r="A1" t="inlineStr"><is><t>{ASK}</t></is></c>'
    yield "sheet-far.xlsx", book(f'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>{ASK}</t></is></c></row>')
    yield "sheet-row-number.xlsx", book(f'<row r="{"9" * 5000}">{cell}</row>')
    yield "sheet-column.xlsx", book(f'<row r="1"><c r="{"Z" * 5000}1" t="inlineStr"><is><t>{ASK}</t></is></c></row>')
    yield (
        "sheet-merge.xlsx",
        book(
            f'<row r="1">{cell}</row><row r="9">{cell}</row>',
            '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
    )
    merges = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 5000))
    yield (
        "sheet-merges.xlsx",
        book(
            "".join(f'<row r="{n}">{cell.replace("A1", f"A{n}")}</row>' for n in range(1, 5000)),
            f"<mergeCells>{merges}</mergeCells>",
        ),
    )
    yield (
        "sheet-columns.xlsx",
        book(f'<row r="1">{cell}</row>', '<cols><col min="1" max="999999999" hidden="1"/></cols>' * 1000),
    )
    yield (
        "sheet-string-index.xlsx",
        book('<row><c t="s"><v>-1</v></c><c t="s"><v>999999</v></c><c t="s"><v>x</v></c></row>'),
    )
    yield (
        "sheet-style-index.xlsx",
        book('<row><c s="-5"><v>45356</v></c><c s="99999"><v>1e308</v></c><c><v>NaN</v></c><c><v>1e999</v></c></row>'),
    )
    shared = '<c t="s"><v>0</v></c>'
    large = f"<sst {space}><si><t>{'大' * 100_000}</t></si></sst>".encode()
    yield (
        "sheet-one-string.xlsx",
        book("".join(f'<row r="{n}">{shared * 100}</row>' for n in range(1, 300)), strings=large),
    )
    yield "sheet-formula.xlsx", sheet_file((("=cmd|' /C calc'!A0", "+1", "@x"), (ASK, '=HYPERLINK("http://x")', "-1")))
    yield "sheet-entities.xlsx", book(f"<row r='1'><c t='inlineStr'><is><t>{'_x0000_' * 5000}{ASK}</t></is></c></row>")
    yield "sheet-macro.xlsm", with_part(good, {"xl/vbaProject.bin": b"Auto_Open shell calc"})
    yield (
        "sheet-links.xlsx",
        with_part(
            good,
            {
                "xl/externalLinks/externalLink1.xml": b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
            },
        ),
    )
    yield (
        "sheet-repeated.ods",
        ods_file(
            table(
                row(
                    f'<table:table-cell table:number-columns-repeated="999999999"><text:p>{ASK}</text:p></table:table-cell>',
                    more='table:number-rows-repeated="999999999"',
                )
            )
        ),
    )
    yield (
        "sheet-repeated-rows.ods",
        ods_file(table(*(row(ASK, more='table:number-rows-repeated="1048576"') for _ in range(30)))),
    )
    yield (
        "sheet-spaces.ods",
        ods_file(
            table(row(f'<table:table-cell><text:p>{ASK}<text:s text:c="999999999"/></text:p></table:table-cell>'))
        ),
    )
    yield "table-wide.csv", (",".join(["a"] * 100_000) + f"\n{ASK},b\n" * 20).encode()
    yield "table-open-quote.csv", ('a,b\n"' + f"{ASK},\n" * 50_000).encode()
    yield "table-field.csv", f'a,b\n"{"大" * 300_000}",{ASK}\n'.encode()
    yield "table-quotes.csv", ('"' * 300_000 + f",{ASK}\n").encode()
    yield "table-formula.csv", f"事项,单位\n=cmd|' /C calc'!A0,{ASK}\n@SUM(1),-2+3\n".encode()
    yield "table-nul.csv", f"a,b\0,c\n{ASK},\0,d\n".encode()


def _papers() -> Iterator[tuple[str, bytes]]:
    good = good_files()[".docx"]
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def paper(body: str, **more: bytes) -> bytes:
        return with_part(
            good, {"word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>".encode(), **more}
        )

    words = f"<w:p><w:r><w:t>{ASK}</w:t></w:r></w:p>"
    yield "paper-deep-tables.docx", paper("<w:tbl><w:tr><w:tc>" * 80 + words + "</w:tc></w:tr></w:tbl>" * 80)
    yield "paper-deeper-tables.docx", paper("<w:tbl><w:tr><w:tc>" * 2000 + words + "</w:tc></w:tr></w:tbl>" * 2000)
    yield (
        "paper-span.docx",
        paper(f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{words}</w:tc></w:tr></w:tbl>'),
    )
    yield (
        "paper-number.docx",
        paper(
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="99999999999"/><w:numId w:val="-1"/></w:numPr></w:pPr><w:r><w:t>{ASK}</w:t></w:r></w:p>'
        ),
    )
    styles = "".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 50}"/></w:style>' for n in range(50))
    yield (
        "paper-style-loop.docx",
        with_part(
            paper(f'<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>{ASK}</w:t></w:r></w:p>'),
            {"word/styles.xml": f"<w:styles {space}>{styles}</w:styles>".encode()},
        ),
    )
    yield "paper-empty-runs.docx", paper(f"<w:p>{'<w:r/>' * 100_000}<w:r><w:t>{ASK}</w:t></w:r></w:p>")
    yield "paper-macro.docm", with_part(good, {"word/vbaProject.bin": b"AutoOpen shell calc"})
    yield (
        "paper-template.docx",
        with_part(
            good,
            {
                "word/_rels/settings.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>'
            },
        ),
    )
    yield (
        "paper-relations.docx",
        with_part(
            good,
            {
                "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="../../../../etc/passwd"/></Relationships>'
            },
        ),
    )
    yield "paper-spaces.odt", odt_file(f'<text:p>{ASK}<text:s text:c="999999999"/></text:p>')
    yield "paper-deep.odt", odt_file("<text:section>" * 3000 + paragraphs(ASK) + "</text:section>" * 3000)
    yield (
        "paper-list.odt",
        odt_file("<text:list><text:list-item>" * 120 + paragraphs(ASK) + "</text:list-item></text:list>" * 120),
    )
    yield "paper-deep.rtf", b"{\\rtf1 " + b"{" * 300_000 + ASK.encode("gb18030") + b"}" * 300_000
    yield "paper-open.rtf", b"{\\rtf1 " + b"}" * 50_000 + ASK.encode("gb18030")
    yield "paper-bin.rtf", b"{\\rtf1 {\\pict\\bin2147483647 xx}" + ASK.encode("gb18030") + b"\\par}"
    yield "paper-numbers.rtf", b"{\\rtf1\\uc999999999 \\u99999999999 \\u-99999 " + ASK.encode("gb18030") + b"\\par}"
    yield (
        "paper-object.rtf",
        b"{\\rtf1 {\\object\\objdata " + b"d0cf11e0" * 50_000 + b"}" + ASK.encode("gb18030") + b"\\par}",
    )
    yield "paper-cells.rtf", b"{\\rtf1 " + b"\\trowd\\cellx1" * 2 + b"\\intbl a\\cell" * 50_000 + b"\\row}"
    many = "".join(
        f'<ofd:TextObject ID="{n}" Boundary="0 0 9 9" Size="1e30"><ofd:TextCode X="1e308" Y="nan" DeltaX="g 999999999 1">{ASK}</ofd:TextCode></ofd:TextObject>'
        for n in range(50)
    )
    yield "paper-places.ofd", ofd_file(many)
    yield "paper-root-loop.ofd", ofd_file("", root="OFD.xml")
    yield "paper-root-out.ofd", ofd_file("", root="../../../../etc/passwd")
    template = {
        "Doc_0/Tpls/Tpl_0/Content.xml": b'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Template TemplateID="50"/></ofd:Page>'
    }
    yield "paper-template-loop.ofd", ofd_file("", template="x", more=template)


def _compounds() -> Iterator[tuple[str, bytes]]:
    """Compound files whose tables lead in circles or nowhere."""
    letter, message = good_files()[".doc"], good_files()[".msg"]
    for suffix, content in ((".doc", letter), (".msg", message), (".xls", good_files()[".xls"])):
        for at, value in ((30, 0xFFFF), (44, 0x7FFFFFFF), (48, 0), (60, 1), (68, 0), (72, 0x7FFFFFFF)):
            data = bytearray(content)
            struct.pack_into("<H" if at == 30 else "<I", data, at, value)
            yield f"compound-{at}{suffix}", bytes(data)
        data = bytearray(content)
        for place in range(512, 1024, 4):
            struct.pack_into("<I", data, place, 1)
        yield f"compound-circle{suffix}", bytes(data)
    yield (
        "compound-noise.doc",
        ole_file({"WordDocument": random.Random(5).randbytes(20_000), "1Table": random.Random(6).randbytes(9000)}),
    )
    yield "compound-noise.xls", ole_file({"Workbook": random.Random(7).randbytes(20_000)})
    yield "compound-noise.msg", ole_file({"__properties_version1.0": random.Random(8).randbytes(900)})
    yield "compound-empty.msg", message_file({})
    nested: dict[str, bytes] = {"__substg1.0_1000001F": ASK.encode("utf-16-le"), "__properties_version1.0": bytes(32)}
    for _ in range(6):
        nested = {
            f"__attach_version1.0_#00000000/__substg1.0_3701000D/{name}": data for name, data in nested.items()
        } | {"__properties_version1.0": bytes(32)}
    yield "compound-nested.msg", ole_file(nested)
    head = struct.pack("<II4sIHH", 18 + 12, 0x7FFFFFFF, b"LZFu", 0, 0, 0)
    yield "compound-rtf-size.msg", message_file({0x1009: head + bytes(30)})


def _cues() -> Iterator[tuple[str, bytes]]:
    yield (
        "cues-times.srt",
        (
            "1\n99999999999:99:99,999 --> -1:00:00,000\n"
            + f"张三：{ASK}\n\n"
            + "1\n00:00:01,000 --> 00:00:02,000\n好。\n"
        ).encode(),
    )
    yield "cues-many.srt", "".join(f"{n}\n00:00:01,000 --> 00:00:02,000\n{ASK}\n\n" for n in range(5000)).encode()
    yield "cues-tags.vtt", ("WEBVTT\n\n00:01.000 --> 00:04.000\n" + "<v 张三>" * 5000 + ASK + "\n").encode()
    yield "cues-open-tag.vtt", ("WEBVTT\n\n00:01.000 --> 00:04.000\n" + "<" * 20_000 + ASK + "\n").encode()
    picture = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    yield "picture.txt", picture
    yield "picture.pdf", picture


def _broken() -> Iterator[tuple[str, bytes]]:
    """Yield every format cut off at three places, and with bits turned over in four ways."""
    for suffix, content in good_files().items():
        for share in (10, 50, 95):
            yield f"cut-{share}{suffix}", content[: max(1, len(content) * share // 100)]
        for seed in range(4):
            yield f"flipped-{seed}{suffix}", flip_bits(content, random.Random(seed), count=1 + 12 * seed)


def flip_bits(content: bytes, chance: random.Random, *, count: int) -> bytes:
    """Return bytes with so many bits turned over."""
    data = bytearray(content)
    for _ in range(count):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)
