"""Files that LibreOffice opens: in one call, safely, and never at the price of the others."""

from __future__ import annotations

import http.server
import io
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from ingest_files import LETTER, kinds, mixed_mail, saved, skip_one, word_file, words
from odf_files import odt_file, paragraphs
from ole_files import old_word_file
from sheet_files import FOLLOW_UP, rows_of, sheet_file
from test_ingest_odf import CHINESE, listed
from test_ingest_rtf import escaped, lines, rtf

from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest import conversions, office_programs
from coordnlp.stages.ingest.conversions import Office
from coordnlp.stages.ingest.read_doc import read_older
from coordnlp.stages.ingest.read_file import read_content, read_files
from coordnlp.stages.ingest.readers import read_as

UOF = '<?xml version="1.0" encoding="UTF-8"?>\n<uof:UOF xmlns:uof="x" uof:mimetype="vnd.uof.text">{}</uof:UOF>'
SHEET_XML = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="台账"><Table>{}</Table></Worksheet>'
    "</Workbook>"
)
FAKE = '''#!{python}
"""Stands for LibreOffice: gives a fixed .docx or .xlsx for each file, unless its words say otherwise."""
import json, shutil, subprocess, sys, time
from pathlib import Path

here = Path(__file__).parent
out = Path(sys.argv[sys.argv.index("--outdir") + 1])
target = sys.argv[sys.argv.index("--convert-to") + 1].partition(":")[0]
files = [Path(name) for name in sys.argv[sys.argv.index("--outdir") + 2 :]]
profile = next(one for one in sys.argv if one.startswith("-env:UserInstallation=file://"))
settings = Path(profile.partition("file://")[2]) / "user" / "registrymodifications.xcu"
with (here / "calls").open("a") as log:
    log.write(json.dumps([sys.argv[1:], [one.suffix for one in files], settings.read_text("utf-8")]) + "\\n")
for file in files:
    content = file.read_bytes()
    if "挂起".encode("utf-16-le") in content:
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        (here / "child").write_text(str(child.pid))
        time.sleep(60)
    if "出错".encode("utf-16-le") in content:
        continue
    if "乱码".encode("utf-16-le") in content:
        (out / (file.stem + "." + target)).write_bytes(b"noise")
        continue
    shutil.copy(here / ("made." + target), out / (file.stem + "." + target))
'''


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program that stands for LibreOffice on the PATH, and return its folder."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "soffice").write_text(FAKE.replace("{python}", sys.executable), "utf-8")
    (folder / "soffice").chmod(0o755)
    (folder / "made.docx").write_bytes(saved(word_file("由办公软件转成")))
    (folder / "made.xlsx").write_bytes(sheet_file(FOLLOW_UP))
    monkeypatch.setenv("PATH", str(folder))
    return folder


def calls(folder: Path) -> list[tuple[list[str], list[str], str]]:
    log = folder / "calls"
    return [tuple(json.loads(line)) for line in log.read_text("utf-8").splitlines()] if log.exists() else []


def letter(*texts: str, **more: object) -> bytes:
    return old_word_file(*((f"{text}\r", 0, b"") for text in texts), **more)


def read(files: Sequence[tuple[str, bytes]]) -> dict[str, Document | Skipped]:
    return {one.file: one for one in read_files(files, read_as)}


def texts(found: dict[str, Document | Skipped]) -> dict[str, str]:
    return {file: one.text if isinstance(one, Document) else one.reason for file, one in found.items()}


MADE = "由办公软件转成"


def packed(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def test_all_of_a_kind_go_in_one_call_wherever_they_lie(fake: Path) -> None:
    files = [
        ("1.doc", letter("甲")),
        ("2.txt", "乙。".encode()),
        ("3.zip", packed(("内/3.wps", letter("丙")), ("4.txt", "丁。".encode()))),
        ("5.eml", mixed_mail("见附件。", ('Content-Type: application/msword; name="戊.doc"', letter("戊")))),
    ]
    found = read(files)
    assert texts(found) == {
        **{"1.doc": MADE, "2.txt": "乙。", "3.zip/内/3.wps": MADE, "3.zip/4.txt": "丁。"},
        **{"5.eml": "见附件。", "5.eml/戊.doc": MADE},
    }
    assert [suffixes for _, suffixes, _ in calls(fake)] == [[".doc"] * 3]
    one = found["3.zip/内/3.wps"]
    assert isinstance(one, Document)
    assert (one.format, one.parent, one.notes) == ("doc", "3.zip", ("由 LibreOffice 转成 .docx 后读取。",))
    assert len({document.digest for document in found.values() if isinstance(document, Document)}) == 6


def test_records_keep_the_order_of_the_files(fake: Path) -> None:
    files = [(f"{number}.{suffix}", letter(str(number)) if suffix == "doc" else b"text") for number, suffix in
             enumerate(["doc", "txt"] * 50)]  # fmt: skip
    assert list(read(files)) == [file for file, _ in files]
    assert [len(suffixes) for _, suffixes, _ in calls(fake)] == [40, 10]


def test_the_call_is_safe(fake: Path, tmp_path: Path) -> None:
    read([("a.doc", letter("甲"))])
    ((arguments, _, settings),) = calls(fake)
    for wanted in ("--headless", "--norestore", "--infilter=MS Word 97"):
        assert wanted in arguments
    profile = Path(arguments[0].partition("file://")[2])
    assert not profile.parent.exists()
    for wanted in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "ooInetProxyType"):
        assert wanted in settings


@pytest.mark.parametrize(
    ("file", "content", "filter_", "format_"),
    [
        ("a.uof", UOF.format("甲").encode(), "UOF text", "uot"),
        ("a.xls", SHEET_XML.format("").encode(), "MS Excel 2003 XML", "xmlss"),
        ("a.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "MS Word 2003 XML", "wordml"),
        ("a.xlsb", packed(("xl/workbook.bin", b"x")), "Calc MS Excel 2007 Binary", "xlsb"),
    ],
)
def test_what_only_libreoffice_knows(fake: Path, file: str, content: bytes, filter_: str, format_: str) -> None:
    (document,) = read_content(file, content)
    assert isinstance(document, Document)
    assert document.format == format_
    assert f"--infilter={filter_}" in calls(fake)[0][0]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.rtf", b"{\\rtf1"),
        ("a.odt", odt_file(paragraphs("请函复。"), more={"content.xml": b"<broken"})),
        ("a.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00noise"),
    ],
)
def test_what_our_reader_cannot_read_libreoffice_may(fake: Path, file: str, content: bytes) -> None:
    (record,) = read_content(file, content)
    if file == "a.rtf":  # that it is empty is no damage
        assert isinstance(record, Skipped)
        assert calls(fake) == []
        return
    assert isinstance(record, Document)
    assert "有损坏" in record.notes[0]


def test_one_that_fails_is_tried_alone_and_then_read_as_far_as_it_goes(fake: Path) -> None:
    found = read(
        [("1.doc", letter("甲")), ("2.doc", letter("出错")), ("3.doc", letter("乱码")), ("4.doc", letter("丁"))]
    )
    assert texts(found) == {"1.doc": MADE, "2.doc": "出错", "3.doc": "乱码", "4.doc": MADE}
    assert [len(suffixes) for _, suffixes, _ in calls(fake)] == [4, 1]
    for file in ("2.doc", "3.doc"):
        one = found[file]
        assert isinstance(one, Document)
        assert "没有经过 LibreOffice 转换" in one.notes[0]


def is_running(number: int) -> bool:
    stat = Path(f"/proc/{number}/stat")
    return stat.exists() and stat.read_text("utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(os.name == "nt", reason="the program of the test is a Unix script")
def test_one_that_hangs_is_ended_with_all_that_it_started(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversions, "_STARTING", 4)
    monkeypatch.setattr(conversions, "_EACH", 0)
    begin = time.monotonic()
    found = read([("1.doc", letter("甲")), ("2.doc", letter("挂起")), ("3.doc", letter("丙"))])
    assert time.monotonic() - begin < 40
    assert texts(found) == {"1.doc": MADE, "2.doc": "挂起", "3.doc": "丙"}
    # The whole batch, then the one that hung alone: after that nobody asks again.
    assert [len(suffixes) for _, suffixes, _ in calls(fake)] == [3, 1]
    if sys.platform == "linux":
        assert not is_running(int((fake / "child").read_text("utf-8")))


def test_a_program_that_makes_nothing_is_soon_left_alone(fake: Path) -> None:
    (fake / "made.docx").unlink()
    found = read([(f"{number}.doc", letter(f"第{number}件")) for number in range(9)])
    assert set(texts(found).values()) == {f"第{number}件" for number in range(9)}
    assert len(calls(fake)) == 4


def test_a_program_that_cannot_be_started_is_no_crash() -> None:
    assert Office("/nowhere/soffice").convert([(".doc", b"x"), (".xls", b"y")]) == [None, None]


def test_locked_files_are_not_sent(fake: Path) -> None:
    assert skip_one("a.doc", letter("甲", flags=0x0100)).reason == "encrypted"
    assert calls(fake) == []


def test_without_the_program_the_advice_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordnlp.stages.ingest.read_file.find_soffice", lambda: "")
    for file, content in (("a.uof", UOF.format("甲").encode()), ("a.xls", SHEET_XML.format("").encode())):
        skipped = skip_one(file, content)
        assert (skipped.reason, "LibreOffice" in skipped.detail) == ("unsupported", True)


def test_the_program_is_looked_for_where_installers_put_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office_programs, "_PLACES", ("$PLACE/soffice", "$OTHER/soffice"))
    assert office_programs.find_soffice() == ""
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "soffice").touch()
    monkeypatch.setenv("OTHER", str(tmp_path / "there"))
    assert office_programs.find_soffice() == str(tmp_path / "there" / "soffice")


# --- with LibreOffice itself ---------------------------------------------------------------------

SOFFICE = office_programs.find_soffice()
HAS = {name: bool(SOFFICE) and any(Path(SOFFICE).resolve().parent.glob(f"*{name}lo*")) for name in ("sw", "sc")}
needs_writer = pytest.mark.skipif(not HAS["sw"], reason="LibreOffice Writer is not installed")
needs_calc = pytest.mark.skipif(not HAS["sc"], reason="LibreOffice Calc is not installed")


def exported(content: bytes, suffix: str, target: str, folder: Path) -> bytes:
    """Return a file as LibreOffice saves it in another format."""
    source = folder / f"source{suffix}"
    source.write_bytes(content)
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", target, "--outdir", str(folder / "exported"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "exported" / f"source.{target}").read_bytes()


def numbered_letter() -> bytes:
    document = word_file(LETTER[2])
    document.paragraphs[0].insert_paragraph_before(LETTER[0], style="Heading 1")
    for text in ("请于3月5日前报送名单。", "请派人参加。"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(rows=2, cols=2)
    for at, text in enumerate(("事项", "单位", "", "林场")):
        table.cell(at // 2, at % 2).text = text
    document.add_paragraph("专此函达。")
    return saved(document)


CHINESE_LETTER = listed(
    paragraphs("请求") + listed(paragraphs("报名单"), paragraphs("派人"), style=""), paragraphs("时限")
)
NUMBERED = [LETTER[0], LETTER[2], "1.请于3月5日前报送名单。", "2.请派人参加。", "事项", "单位", "林场", "专此函达。"]


@needs_writer
@pytest.mark.parametrize("target", ["doc", "rtf", "odt", "uot"])
def test_libreoffice_keeps_numbers_and_tables(target: str, tmp_path: Path) -> None:
    (document,) = read_content(f"函.{target}", exported(numbered_letter(), ".docx", target, tmp_path))
    assert isinstance(document, Document)
    assert words(document) == NUMBERED
    assert [kind for kind, _ in kinds(document)] == ["heading", *["paragraph"] * 3, *["cell"] * 3, "paragraph"]
    assert bool(document.notes) == (target in {"doc", "uot"})


@needs_writer
@pytest.mark.parametrize("content", ["numbered", "chinese"])
def test_an_old_letter_reads_the_same_without_it(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = {
        "numbered": (numbered_letter(), ".docx"),
        "chinese": (odt_file(CHINESE_LETTER, automatic=CHINESE), ".odt"),
    }[content]
    letter = exported(*made, "doc", tmp_path)
    (converted,) = read_content("函.doc", letter)
    monkeypatch.setattr("coordnlp.stages.ingest.read_file.find_soffice", lambda: "")
    (own,) = read_content("函.doc", letter)
    assert isinstance(converted, Document)
    assert isinstance(own, Document)
    assert (own.text, own.blocks) == (converted.text, converted.blocks)
    assert "一、请求\n（一）报名单" in own.text or content == "numbered"


@needs_calc
@pytest.mark.parametrize("target", ["xls", "ods"])
def test_old_and_open_workbooks_of_libreoffice_read_as_new_ones(target: str, tmp_path: Path) -> None:
    (document,) = read_content(f"台账.{target}", exported(sheet_file(FOLLOW_UP), ".xlsx", target, tmp_path))
    (new,) = read_content("台账.xlsx", sheet_file(FOLLOW_UP))
    assert isinstance(document, Document)
    assert isinstance(new, Document)
    assert (rows_of(document), document.notes) == (rows_of(new), ())


@needs_calc
def test_a_workbook_in_xml_is_read() -> None:
    cells = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in ("修路", "林场"))
    (document,) = read_content("台账.xls", SHEET_XML.format(f"<Row>{cells}</Row>").encode())
    assert isinstance(document, Document)
    assert rows_of(document) == [["修路", "林场"]]


@needs_writer
def test_noise_does_not_come_out_as_text() -> None:
    noise = old_word_file(("x\r", 0, b""))[:1536] + os.urandom(9000)
    assert Office(SOFFICE).convert([(".doc", noise), (".odt", b"PK\x03\x04" + noise)]) == [None, None]


@pytest.fixture
def hits() -> Iterator[tuple[int, list[str]]]:
    """Serve nothing on this machine, and note what is asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, asked
    server.shutdown()


@needs_writer
def test_nothing_is_fetched_from_elsewhere(hits: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    port, asked = hits
    image = f'<draw:image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://127.0.0.1:{port}/a.png"/>'
    text = odt_file(f"<text:p>请函复。<draw:frame>{image}</draw:frame></text:p>")
    assert Office(SOFFICE).convert([(".odt", text)]) != [None]
    assert asked == []
    monkeypatch.setattr(conversions, "_SAFE", ())  # so that the test could fail
    Office(SOFFICE).convert([(".odt", text)])
    assert "/a.png" in asked


@needs_writer
@pytest.mark.skipif(not office_programs.find_antiword(), reason="antiword is not installed")
def test_the_command_line_of_antiword_is_right(tmp_path: Path) -> None:
    reading = read_older(exported(numbered_letter(), ".docx", "doc", tmp_path))
    assert reading
    assert reading.text.split()[:2] == [LETTER[0], LETTER[2]]
    assert any(line.startswith("|事项") for line in reading.text.splitlines())


def test_an_rtf_file_needs_no_libreoffice(fake: Path) -> None:
    (document,) = read_content("a.rtf", rtf(lines(escaped("请函复。"))))
    assert isinstance(document, Document)
    assert (document.text, calls(fake)) == ("请函复。", [])
