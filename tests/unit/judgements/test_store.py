"""The file of judgements: lines are added, none is ever changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from row_making import judgement, shown

from coordnlp.errors import UsageError
from coordnlp.judgements import FILE_NAME, append_judgements, load_judgements
from coordnlp.stages.ingest import find_dossiers, read_dossier

ONE, TWO = judgement(shown("G-1"), note="见\n会议记录"), judgement(shown("G-2"), "合并到", into="G-1")


def test_what_was_stored_comes_back(tmp_path: Path) -> None:
    assert load_judgements(tmp_path) == ([], ())
    append_judgements(tmp_path, [ONE])
    first = (tmp_path / FILE_NAME).read_bytes()
    append_judgements(tmp_path, [TWO])
    assert (tmp_path / FILE_NAME).read_bytes().startswith(first)
    assert load_judgements(tmp_path) == ([ONE, TWO], ())


def test_one_line_a_decision_for_other_programs(tmp_path: Path) -> None:
    append_judgements(tmp_path, [ONE, TWO])
    records = [json.loads(line) for line in (tmp_path / FILE_NAME).read_text("utf-8").splitlines()]
    assert [record["review"]["verdict"] for record in records] == ["误报", "合并到"]
    assert records[0]["shown"]["quotes"][0]["file"] == "a.txt"


def test_nothing_to_store_makes_no_file(tmp_path: Path) -> None:
    append_judgements(tmp_path, [])
    assert list(tmp_path.iterdir()) == []


def test_a_line_cut_off_is_told_and_the_next_stands_alone(tmp_path: Path) -> None:
    append_judgements(tmp_path, [ONE])
    whole = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(whole + whole[:50])
    append_judgements(tmp_path, [TWO])
    read, (note,) = load_judgements(tmp_path)
    assert read == [ONE, TWO]
    assert "第 2 行" in note


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_saved_by_notepad_is_read(tmp_path: Path, encoding: str) -> None:
    append_judgements(tmp_path, [ONE, TWO])
    text = (tmp_path / FILE_NAME).read_text("utf-8")
    (tmp_path / FILE_NAME).write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert load_judgements(tmp_path) == ([ONE, TWO], ())


def test_a_later_version_may_say_more(tmp_path: Path) -> None:
    append_judgements(tmp_path, [ONE])
    record = json.loads((tmp_path / FILE_NAME).read_text("utf-8")) | {"mood": "好"}
    (tmp_path / FILE_NAME).write_text(json.dumps(record) + "\n", "utf-8")
    assert load_judgements(tmp_path) == ([ONE], ())


def test_a_file_that_cannot_be_opened_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(UsageError, match=FILE_NAME):
        load_judgements(tmp_path)


def test_it_is_no_document(tmp_path: Path) -> None:
    append_judgements(tmp_path, [ONE])
    assert find_dossiers(tmp_path) == []
    (tmp_path / "子文件夹").mkdir()
    append_judgements(tmp_path / "子文件夹", [ONE])
    assert read_dossier(tmp_path) == []
