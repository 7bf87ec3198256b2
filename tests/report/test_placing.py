"""Locks, cut-off runs, and files of others in the outputs folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from handmade import dossier, quiet

from coordnlp.errors import UsageError
from coordnlp.report import check_writable, repair, write_outputs

Read = Callable[[Path], list[dict[str, str]]]
Save = Callable[..., None]
Lock = Callable[..., None]


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# --- before the work starts ----------------------------------------------------------------------


def test_a_new_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    assert check_writable(tmp_path / "a" / "b") == ()
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_old_outputs_that_are_free_give_no_note(tmp_path: Path) -> None:
    write_outputs(tmp_path, [dossier()], {})
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    assert check_writable(tmp_path) == ()
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_outputs_that_are_a_file_are_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("别人的")
    for refused in (check_writable, lambda out: write_outputs(out, [dossier()], {})):
        with pytest.raises(UsageError) as caught:
            refused(tmp_path / place)
        assert caught.value.advice
    assert (tmp_path / "file").read_text() == "别人的"


def test_a_folder_without_permission_is_refused(tmp_path: Path, lock: Lock) -> None:
    lock("probe.coordnlp-part")
    with pytest.raises(UsageError, match="Permission denied"):
        check_writable(tmp_path)


def test_an_open_sheet_is_told_before_the_work(tmp_path: Path, lock: Lock) -> None:
    write_outputs(tmp_path, [dossier()], {})
    lock("gaps.csv")
    (note,) = check_writable(tmp_path)
    assert "gaps.csv" in note
    assert "gaps-2.csv" in note


# --- locked --------------------------------------------------------------------------------------


def test_while_the_dashboard_is_open_the_new_one_stands_beside_it(
    tmp_path: Path, lock: Lock, read_csv: Read, save_csv: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_outputs(tmp_path, [dossier()], {})
    rows = [row | {"复核结论": "确认"} for row in read_csv(tmp_path / "gaps.csv")]
    save_csv(tmp_path / "gaps.csv", rows)
    before = (tmp_path / "gaps.csv").read_bytes()
    lock("gaps.csv")
    written = write_outputs(tmp_path, [dossier()], {})
    assert written.dashboard == tmp_path / "gaps-2.csv"
    assert "gaps-2.csv" in written.notes[0]
    assert (tmp_path / "gaps.csv").read_bytes() == before
    assert read_csv(tmp_path / "gaps-2.csv")[0]["复核结论"] == "确认"
    monkeypatch.undo()
    written = write_outputs(tmp_path, [dossier()], {})
    assert written.dashboard == tmp_path / "gaps.csv"
    assert not (tmp_path / "gaps-2.csv").exists()
    assert read_csv(tmp_path / "gaps.csv")[0]["复核结论"] == "确认"


def test_two_runs_while_it_is_open_leave_one_sheet_beside_it(tmp_path: Path, lock: Lock) -> None:
    write_outputs(tmp_path, [dossier()], {})
    lock("gaps.csv")
    write_outputs(tmp_path, [dossier()], {})
    written = write_outputs(tmp_path, [dossier()], {})
    assert written.dashboard == tmp_path / "gaps-3.csv"
    assert {path.name for path in tmp_path.glob("gaps*")} == {"gaps.csv", "gaps-3.csv", "gaps.xlsx"}


def test_a_dashboard_that_cannot_even_be_read_says_so(tmp_path: Path, lock: Lock) -> None:
    write_outputs(tmp_path, [dossier()], {})
    lock("gaps.csv", reading=True)
    written = write_outputs(tmp_path, [dossier()], {})
    assert written.dashboard == tmp_path / "gaps-2.csv"
    assert "没有读到" in written.notes[0]


def test_a_workbook_that_is_open_is_found_before_the_work_and_dodged(tmp_path: Path, lock: Lock) -> None:
    write_outputs(tmp_path, [dossier()], {})
    lock("gaps.xlsx")
    (note,) = check_writable(tmp_path)
    assert "gaps-2.xlsx" in note
    written = write_outputs(tmp_path, [dossier()], {})
    assert written.dashboard == tmp_path / "gaps.csv"
    assert {path.name for path in tmp_path.glob("gaps*")} == {"gaps.csv", "gaps.xlsx", "gaps-2.xlsx"}
    assert "两份会合成一份" in written.notes[0]


def test_two_workbooks_become_one(tmp_path: Path, lock: Lock, monkeypatch: pytest.MonkeyPatch) -> None:
    write_outputs(tmp_path, [dossier()], {})
    lock("gaps.xlsx")
    write_outputs(tmp_path, [dossier()], {})
    monkeypatch.undo()
    (note,) = write_outputs(tmp_path, [dossier()], {}).notes
    assert "gaps-旧-1.xlsx" in note
    assert {path.name for path in tmp_path.glob("gaps*")} == {"gaps.csv", "gaps.xlsx", "gaps-旧-1.xlsx"}
    assert write_outputs(tmp_path, [dossier()], {}).notes == ()


def test_another_open_sheet_is_dodged_as_well(tmp_path: Path, lock: Lock, read_csv: Read) -> None:
    write_outputs(tmp_path, [dossier()], {})
    lock("待观察.csv")
    written = write_outputs(tmp_path, [dossier()], {})
    assert written.dashboard == tmp_path / "gaps.csv"
    assert len(read_csv(tmp_path / "待观察-2.csv")) == 2


def test_an_open_sheet_that_is_stale_is_named(tmp_path: Path, lock: Lock) -> None:
    write_outputs(tmp_path, [dossier()], {})
    lock("skipped.csv")
    written = write_outputs(tmp_path, [quiet()], {})
    assert ["skipped.csv" in note for note in written.notes] == [True]


@pytest.mark.parametrize("name", ["requests.jsonl", "run.json"])
def test_a_data_file_that_is_held_stops_the_run_with_advice(tmp_path: Path, lock: Lock, name: str) -> None:
    write_outputs(tmp_path, [dossier()], {})
    lock(name)
    with pytest.raises(UsageError, match=name) as caught:
        write_outputs(tmp_path, [dossier()], {})
    assert "关闭" in caught.value.advice
    assert not [name for name in names(tmp_path) if name.endswith("-part")]


# --- cut off -------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_run_cut_off_while_placing_has_no_mark_and_is_repaired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_csv: Read
) -> None:
    write_outputs(tmp_path, [dossier()], {})
    real, done = os.replace, []

    def cut(source: object, target: object) -> None:
        if len(done) == 3:
            os._exit(9)
        done.append(target)
        real(source, target)  # type: ignore[call-overload]

    child = os.fork()
    if child == 0:
        monkeypatch.setattr(os, "replace", cut)
        write_outputs(tmp_path, [dossier()], {})
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert not (tmp_path / "run.json").exists()
    assert [name for name in names(tmp_path) if name.endswith("-part")]
    removed = repair(tmp_path)
    assert removed
    assert not [name for name in names(tmp_path) if name.endswith("-part")]
    write_outputs(tmp_path, [dossier()], {})
    assert (tmp_path / "run.json").exists()
    assert read_csv(tmp_path / "gaps.csv")[0]["变化"] == "仍在"


def test_a_failure_while_writing_aside_leaves_the_old_outputs_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_outputs(tmp_path, [dossier()], {})
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        write_outputs(tmp_path, [quiet()], {})
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def test_repair_removes_our_leftovers_only(tmp_path: Path) -> None:
    (tmp_path / "甲" / "data").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    ours = ["gaps.csv.coordnlp-part", "data/gaps.jsonl.coordnlp-part", "甲/data/gaps.jsonl.coordnlp-part"]
    others = ["gaps.csv", "gaps.csv.tmp", "~$gaps.csv", "data/x.part", "甲/自己的.coordnlp-part.txt"]
    for name in (*ours, *others):
        (tmp_path / name).write_text(name)
    assert {path.relative_to(tmp_path).as_posix() for path in repair(tmp_path)} == set(ours)
    assert names(tmp_path) == set(others)


def test_repair_of_a_folder_that_is_not_there_does_nothing(tmp_path: Path) -> None:
    assert repair(tmp_path / "nowhere") == ()
    assert not (tmp_path / "nowhere").exists()


# --- files of others -----------------------------------------------------------------------------


def test_files_of_others_are_never_touched(tmp_path: Path) -> None:
    others = [
        "说明.txt",
        "gaps-备份.xlsx",
        "gaps-备份.csv",
        "data/自己的.jsonl",
        "data/deep/gaps.jsonl",
        "甲/批注.csv",
    ]
    for name in others:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    write_outputs(tmp_path, [dossier()], {})
    write_outputs(tmp_path, [dossier("甲"), quiet("乙")], {})
    write_outputs(tmp_path, [quiet()], {})
    repair(tmp_path)
    assert {name: (tmp_path / name).read_text() for name in others} == {name: name for name in others}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("data/requests.jsonl", "data/requests-旧-1.jsonl"),
        ("run.json", "run-旧-1.json"),
        ("gaps.xlsx", "gaps-旧-1.xlsx"),
        ("skipped.csv", "skipped-旧-1.csv"),
        ("待观察.csv", "待观察-旧-1.csv"),
    ],
)
def test_a_file_of_others_under_our_name_gets_another_name(tmp_path: Path, name: str, kept: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / name).write_text('{"id": "别人的"}\n')
    written = write_outputs(tmp_path, [dossier()], {})
    assert (tmp_path / kept).read_text() == '{"id": "别人的"}\n'
    assert [Path(kept).name in note for note in written.notes] == [True]


@pytest.mark.parametrize("name", ["../outside.csv", "/outside.csv", "..\\outside.csv", "C:outside.csv", 7])
def test_a_record_that_points_outside_is_not_followed(tmp_path: Path, name: object) -> None:
    out = tmp_path / "outputs"
    write_outputs(out, [quiet()], {})
    (tmp_path / "outside.csv").write_text("别人的")
    record = json.loads((out / "run.json").read_text("utf-8"))
    record["files"].append({"file": name, "sha256": ""})
    (out / "run.json").write_text(json.dumps(record), "utf-8")
    write_outputs(out, [quiet()], {})
    assert (tmp_path / "outside.csv").read_text() == "别人的"


@pytest.mark.parametrize("content", ["", "[]", '{"files": 3}', '{"files": [1, {}, {"file": null}]}'])
def test_a_broken_record_does_no_harm(tmp_path: Path, content: str, read_csv: Read) -> None:
    write_outputs(tmp_path, [dossier()], {})
    (tmp_path / "run.json").write_text(content)
    write_outputs(tmp_path, [dossier()], {})
    assert read_csv(tmp_path / "gaps.csv")[0]["变化"] == "仍在"
