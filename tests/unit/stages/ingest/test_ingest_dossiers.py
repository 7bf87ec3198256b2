from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_files import LETTER, mail_file, pdf_file, read_one, saved, skip_one, word_file

from coordnlp.errors import TableError
from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest import find_dossiers, read_dossier
from coordnlp.stages.ingest.file_names import find_suffix, guess_date, guess_number
from coordnlp.stages.ingest.skips import SkippedTable, advise
from coordnlp.tables import load_table, parse_table


def put(folder: Path, *files: str, text: str = "请函复。") -> None:
    """Write text files, each with words of its own."""
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{file}：{text}", "utf-8")


def names(corpus: Path) -> list[str]:
    return [folder.name for folder in find_dossiers(corpus)]


def reasons(records: list[Document | Skipped]) -> dict[str, str]:
    return {record.file: record.reason if isinstance(record, Skipped) else "" for record in records}


# --- folders -------------------------------------------------------------------------------------


def test_the_corpus_is_one_dossier_with_its_folders(tmp_path: Path) -> None:
    put(tmp_path, "收文/2024/函.txt", "发文/函.txt")
    assert names(tmp_path) == ["."]
    assert [record.file for record in read_dossier(tmp_path)] == ["发文/函.txt", "收文/2024/函.txt"]


def test_a_folder_with_teams_is_a_dossier_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, "函.txt", "乙/teams.toml", "乙/函.txt", "甲/teams.toml", "甲/来文/函.txt", "teams.toml")
    assert names(tmp_path) == [".", "乙", "甲"]
    assert [record.file for record in read_dossier(tmp_path)] == ["函.txt"]
    assert [record.file for record in read_dossier(tmp_path / "甲")] == ["来文/函.txt"]


def test_a_corpus_of_sub_dossiers_only_has_no_own(tmp_path: Path) -> None:
    put(tmp_path, "甲/teams.toml", "甲/函.txt", "甲/乙/teams.toml", "甲/乙/函.txt")
    assert names(tmp_path) == ["甲", "甲/乙"]
    assert [record.file for record in read_dossier(tmp_path / "甲")] == ["函.txt"]


@pytest.mark.parametrize(
    "beside", [(), ("README.md",), ("说明.txt",), ("说明（先读我）.txt", "teams.toml", ".gitkeep")]
)
def test_the_example_counts_while_nothing_else_is_there(tmp_path: Path, beside: tuple[str, ...]) -> None:
    put(tmp_path, "example/teams.toml", "example/收文/函.txt", *beside)
    assert names(tmp_path) == ["example"]


@pytest.mark.parametrize("beside", ["函.txt", "收文/函.wps", "甲/teams.toml", "说明会纪要.txt"])
def test_the_example_steps_back(tmp_path: Path, beside: str) -> None:
    put(tmp_path, "example/teams.toml", "example/收文/函.txt", beside, "甲/函.txt")
    assert "example" not in names(tmp_path)
    files = [record.file for folder in find_dossiers(tmp_path) for record in read_dossier(folder.path)]
    assert not any("example" in file for file in files)


def test_an_example_without_teams_never_joins_the_corpus(tmp_path: Path) -> None:
    put(tmp_path, "example/函.txt")
    assert names(tmp_path) == ["example"]


def test_nothing_there(tmp_path: Path) -> None:
    put(tmp_path, ".hidden/函.txt", "teams.toml", "desktop.ini")
    assert find_dossiers(tmp_path) == []
    assert find_dossiers(tmp_path / "missing") == []


# --- files ---------------------------------------------------------------------------------------


def test_system_files_are_passed_over_and_temporary_ones_told(tmp_path: Path) -> None:
    put(
        tmp_path,
        "函.txt",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "__MACOSX/函.txt",
        ".git/config",
        "teams.toml",
    )
    put(tmp_path, "~$樟委函2号.docx", ".~lock.函.docx#", "收文/~$函.docx")
    assert reasons(read_dossier(tmp_path)) == {
        ".~lock.函.docx#": "temporary",
        "函.txt": "",
        "收文/~$函.docx": "temporary",
        "~$樟委函2号.docx": "temporary",
    }


def test_names_are_nfc(tmp_path: Path) -> None:
    put(tmp_path, unicodedata.normalize("NFD", "Café 函（第1次）.txt"))
    assert read_dossier(tmp_path)[0].file == unicodedata.normalize("NFC", "Café 函（第1次）.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names in bytes")
def test_a_name_in_gbk_bytes_becomes_readable(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), "樟委函2号.txt".encode("gbk"))  # noqa: PTH118
    with open(path, "wb") as file:  # noqa: PTH123
        file.write("请函复。".encode())
    (record,) = read_dossier(tmp_path)
    assert record.file == "樟委函2号.txt"


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "函.docx").symlink_to(tmp_path / "nowhere.docx")
    assert reasons(read_dossier(tmp_path)) == {"函.docx": "unreadable"}


@pytest.mark.parametrize(
    ("file", "advice"),
    [
        ("a.doc", "另存为 .docx"),
        ("a.WPS", "另存为 .docx"),
        ("a.xls", "另存为 .xlsx"),
        ("a.JPG", "图片"),
        ("a.rar", "解压"),
        ("a.json", "数据"),
        ("a.rtf", "另存为 .docx"),
        ("a.pst", ".eml"),
        ("a.mp3", "录音"),
        ("a.ceb", "版式"),
        ("a.uof", "LibreOffice"),
        ("a.ass", ".srt"),
        ("a.xyz", "本版不能读取"),
    ],
)
def test_other_suffixes_are_skipped_with_advice(file: str, advice: str) -> None:
    skipped = skip_one(f"收文/樟委函〔2024〕2号 {file}", b"\x01\x02 something")
    assert (skipped.reason, skipped.number) == ("unsupported", "樟委函〔2024〕2号")
    assert advice in skipped.detail


@pytest.mark.parametrize("file", ["a.msg", "a.ofd", "a.odt", "a.ods", "a.srt", "a.vtt", "a.docx", "a.pdf"])
def test_a_format_with_a_firm_beginning_is_damaged_without_it(file: str) -> None:
    skipped = skip_one(file, b"\x01\x02 something")
    assert (skipped.reason, "重新取得原件" in skipped.detail) == ("damaged", True)


def test_content_goes_before_a_wrong_suffix() -> None:
    word = saved(word_file("请函复。"))
    for file, content, format_ in [
        ("a.doc", word, "docx"),
        ("a", word, "docx"),
        ("纪要2024.3.5", "请函复。".encode(), "txt"),
        ("a.txt", pdf_file(LETTER), "pdf"),
        ("a.docx", pdf_file(LETTER), "pdf"),
        ("a.docx", "国有林场：请于3月15日前函复。".encode("gb18030"), "txt"),
        ("a.wps", "国有林场：请于3月15日前函复。".encode(), "txt"),
    ]:
        document = read_one(file, content)
        assert document.format == format_
        assert "按内容" in document.notes[0]


def test_a_right_suffix_leaves_no_note() -> None:
    for file in ("a.txt", "a.TXT", "a.log"):
        assert read_one(file, "请函复。".encode()).notes == ()
    assert read_one("a.docm", saved(word_file("请函复。"))).notes == ()


@pytest.mark.parametrize(
    ("file", "content", "word"),
    [
        ("a.docx", b"\x89PNG\r\n\x1a\n" + bytes(99), "图片"),
        ("a.txt", b"Rar!\x1a\x07\x00" + bytes(99), "压缩包"),
        ("a.pdf", b"<!DOCTYPE html><html><body>x</body></html>", "网页"),
        ("a.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "表格"),
    ],
)
def test_what_no_reader_takes_gets_the_advice_for_its_content(file: str, content: bytes, word: str) -> None:
    skipped = skip_one(file, content)
    assert skipped.reason == "unsupported"
    assert word in skipped.detail


def test_html_pasted_into_a_text_file_is_text() -> None:
    assert read_one("a.txt", b"<html> is a tag").format == "txt"


def test_an_empty_file_is_empty_whatever_its_name() -> None:
    for file in ("a.docx", "a.pdf", "a.txt", "a.eml", "a.xyz"):
        assert skip_one(file, b"").reason == "empty"


def test_documents_and_skipped_make_up_all_files(tmp_path: Path) -> None:
    contents = {
        "1.txt": "请函复。".encode(),
        "2.docx": saved(word_file("请函复。")),
        "3.docx": saved(word_file("x"))[:90],
        "4.pdf": pdf_file(LETTER),
        "5.eml": mail_file("请函复。"),
        "6.xls": b"\x01\x02 something",
        "7.md": b"",
    }
    for file, content in contents.items():
        (tmp_path / file).write_bytes(content)
    records = read_dossier(tmp_path)
    assert [record.file for record in records] == sorted(contents)
    assert [isinstance(record, Document) for record in records] == [
        True,
        True,
        False,
        True,
        True,
        False,
        False,
    ]
    assert records == read_dossier(tmp_path)


@settings(deadline=None)  # the first of a kind loads its reader
@given(
    st.sampled_from(["a.docx", "a.pdf", "a.eml", "a.md", "a.doc", "a.msg", "a.vtt", "a"]),
    st.binary(max_size=400),
    st.integers(0, 5),
)
def test_no_bytes_escape_as_an_exception(file: str, tail: bytes, head: int) -> None:
    from coordnlp.stages.ingest.read_file import read_content

    heads = (
        b"",
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"From: a\nTo: b\n",
        b"\xff\xfe",
    )
    records = list(read_content(file, heads[head] + tail))
    assert records
    assert all(isinstance(record, Document | Skipped) for record in records)


# --- file names ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("樟委函〔2024〕2号.pdf", "樟委函〔2024〕2号"),
        ("樟委函[2024]2号.pdf", "樟委函〔2024〕2号"),
        ("樟委函（2024）第２号.pdf", "樟委函〔2024〕2号"),
        ("2024-03-05 樟委函【2024】 12号 催办.doc", "樟委函〔2024〕12号"),
        ("关于樟委函〔2024〕2号的复函.doc", "樟委函〔2024〕2号"),
        ("2024-01-09 樟委函2号.txt", "樟委函2号"),
        ("云政办发〔2024〕58号.pdf", "云政办发〔2024〕58号"),
        ("6号苗圃.jpg", ""),
        ("3月15日会议纪要.doc", ""),
        ("K2+100路段.pdf", ""),
    ],
)
def test_numbers_in_names(name: str, number: str) -> None:
    assert guess_number(name) == number


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("2024-03-05 函.pdf", "2024-03-05"),
        ("扫描20240305.pdf", "2024-03-05"),
        ("2024年3月5日来函.pdf", "2024-03-05"),
        ("纪要2024.3.5.pdf", "2024-03-05"),
        ("2024_03_05.pdf", "2024-03-05"),
        ("２０２４年３月５日.pdf", "2024-03-05"),
        ("收文2024-03-05/扫描0001.pdf", "2024-03-05"),
        ("2024-02-30.pdf", ""),
        ("2024-13-01 20240105.pdf", "2024-01-05"),
        ("1234567890123.pdf", ""),
        ("樟委函〔2024〕2号.pdf", ""),
        ("2024年工作.pdf", ""),
    ],
)
def test_dates_in_names(path: str, date: str) -> None:
    assert guess_date(path) == date


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("函.DOCX", ".docx"), ("纪要2024.3.5", ""), ("函", ""), ("a.7z", ".7z"), ("第1次. 纪要", "")],
)
def test_suffixes(name: str, suffix: str) -> None:
    assert find_suffix(name) == suffix


# --- tables and imports --------------------------------------------------------------------------


def test_every_suffix_has_one_advice() -> None:
    table = load_table("skipped", SkippedTable)
    suffixes = [suffix for row in table.advice for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)
    assert all(row.detail.endswith("。") for row in table.advice)
    assert advise(".none") == table.fallback


def test_a_broken_table_is_told() -> None:
    with pytest.raises(TableError):
        parse_table("skipped.toml", "fallback = 1", SkippedTable)


def test_importing_the_stage_loads_no_reader() -> None:
    code = (
        "import sys, coordnlp.stages.ingest\n"
        "heavy = {'lxml', 'pypdfium2', 'docx2python', 'docx', 'email', 'zipfile'} & set(sys.modules)\n"
        "assert not heavy - {'email', 'zipfile'}, heavy"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
