"""Whole writings of hand-made dossiers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import ASK, LETTER, TEAMS, assessed, document, dossier, gap, header, life, quiet, request

from coordnlp.records import Document, Dossier, Gap, Quote, Skipped, Team
from coordnlp.report import write_outputs
from coordnlp.report.views import VIEWS

Read = Callable[[Path], list[dict[str, str]]]
ReadJson = Callable[[Path], list[dict[str, object]]]
MANIFEST = {"version": "0.1", "as_of": "2024-06-30"}
HEADER = (
    "编号,类型,紧要程度,变化,责任方,提出方,对方,事项,原文,文件,位置,日期,时限,已等天数,逾期天数,提出次数,"
    "最近反应,相关措施,建议,把握,依据,复核结论,复核说明,复核人,复核日期"
)
HOSTILE = '他说"好,的"\r\n=1+1\t\x00\ud800😀\u202e\u200f结束'


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# --- what stands in the files --------------------------------------------------------------------


def test_what_may_be_the_answer_stands_beside_what_cannot_be_told(tmp_path: Path, read_csv: Read) -> None:
    one = dossier()
    (tie,) = one.ties
    write_outputs(tmp_path, [replace(one, ties=(replace(tie, candidates=("Q-CCCC",)),))], MANIFEST)
    told = {row["编号"]: row["说明"] for row in read_csv(tmp_path / "待观察.csv")}
    assert told["Q-CCCC"].startswith("有文件没有读；可能是答复的话：“")
    assert "〔" in told["Q-CCCC"]
    assert "〔" not in told["Q-BBBB"]


def test_the_dashboard_reads_as_an_office_expects(tmp_path: Path, read_csv: Read) -> None:
    written = write_outputs(tmp_path, [assessed(dossier())], MANIFEST)
    data = written.dashboard.read_bytes()
    assert data.decode("utf-8-sig").split("\r\n")[0] == HEADER
    (row,) = read_csv(written.dashboard)
    assert row == {
        "编号": "G-AAAA",
        "类型": "未答复",
        "紧要程度": "高",
        "变化": "新增",
        "责任方": "港务集团工会",
        "提出方": "临港区总工会",
        "对方": "港务集团工会",
        "事项": "提供三季度床位数据",
        "原文": f"{ASK}〔发文/a.txt 第2行〕",
        "文件": "发文/a.txt",
        "位置": "第2行",
        "日期": "2024-03-05",
        "时限": "2024-03-20",
        "已等天数": "40",
        "逾期天数": "12",
        "提出次数": "2",
        "最近反应": "收悉",
        "相关措施": "反馈与跟进机制、new_code",
        "建议": "再发一函催办",
        "把握": "0.877",
        "依据": "未见答复\n紧要程度：逾期12天",
        "复核结论": "",
        "复核说明": "",
        "复核人": "",
        "复核日期": "",
    }


def test_measures_and_figures_have_sheets(tmp_path: Path, read_csv: Read, read_jsonl: ReadJson) -> None:
    write_outputs(tmp_path, [assessed(dossier())], MANIFEST)
    (measure,) = read_csv(tmp_path / "措施.csv")
    assert (measure["措施"], measure["状态"], measure["最近"]) == ("反馈与跟进机制", "只见反映问题", "2024-03-08")
    assert measure["各方自己的说法"] == "港务集团工会：只见反映问题"
    assert measure["最后的话"] == "2024-03-08 反映问题：来函收悉〔收文/b.txt 第2行〕"
    assert measure["经过（每一步最早见到的话）"] == measure["最后的话"]
    assert (measure["把握"], measure["依据"]) == ("中（0.70）", "共1处说到：反映问题1")
    assert measure["建议"] == "约定答复时限。"
    (figure,) = read_csv(tmp_path / "指标.csv")
    assert (figure["指标"], figure["数值"], figure["单位"], figure["件数"]) == ("答复率", "66.7", "%", "3")
    assert (figure["哪一方"], figure["提醒"], figure["相关措施"]) == (
        "港务集团工会",
        "件数少，只供参考",
        "反馈与跟进机制",
    )
    (record,) = read_jsonl(tmp_path / "data/measures.jsonl")
    assert (record["status"], record["by_party"]) == ("lacking", {"B": "lacking"})
    assert record["indicators"] == [{"code": "answered_share", "party": "B", "value": 66.7}]


def test_what_is_practised_needs_no_advice(tmp_path: Path, read_csv: Read) -> None:
    one = assessed(dossier())
    well = replace(one.measures[0], status="practised")
    write_outputs(tmp_path, [replace(one, measures=(well,))], MANIFEST)
    assert read_csv(tmp_path / "措施.csv")[0]["建议"] == ""


def test_several_quotes_stand_on_lines_of_their_own(tmp_path: Path, read_csv: Read) -> None:
    quotes = (Quote("D-AAAA", 0, 8), Quote("D-BBBB", 3, 7))
    written = write_outputs(tmp_path, [dossier(gaps=(gap("G-AAAA", quotes=quotes),))], MANIFEST)
    (row,) = read_csv(written.dashboard)
    assert row["原文"] == "关于提供数据的函〔发文/a.txt 第1行〕\n来函收悉〔收文/b.txt 第2行〕"
    assert (row["文件"], row["位置"]) == ("发文/a.txt", "第1行")


def test_a_gap_without_quotes_or_parties_has_empty_cells(tmp_path: Path, read_csv: Read) -> None:
    bare = replace(gap("G-AAAA"), quotes=(), asker=None, asked="AB", responsible="X", severity_reason="", why="缺复函")
    written = write_outputs(tmp_path, [dossier(gaps=(bare,))], MANIFEST)
    (row,) = read_csv(written.dashboard)
    assert [row[title] for title in ("原文", "文件", "位置", "提出方")] == ["", "", "", ""]
    assert [row[title] for title in ("对方", "责任方", "依据")] == ["双方", "其他单位", "缺复函"]


def test_the_gravest_stand_first_then_the_oldest(tmp_path: Path, read_csv: Read) -> None:
    gaps = (
        replace(gap("G-1", severity=20), date="2023-01-01"),
        replace(gap("G-2", severity=80), date="2024-02-01"),
        replace(gap("G-4", severity=80), date="2024-01-01"),
        replace(gap("G-3", severity=80), date="2024-01-01"),
    )
    written = write_outputs(tmp_path, [dossier(gaps=gaps)], MANIFEST)
    assert [row["编号"] for row in read_csv(written.dashboard)] == ["G-3", "G-4", "G-2", "G-1"]


def test_what_is_not_due_or_cannot_be_told_has_its_own_sheet(tmp_path: Path, read_csv: Read) -> None:
    write_outputs(tmp_path, [dossier()], MANIFEST)
    rows = read_csv(tmp_path / "待观察.csv")
    assert [(row["编号"], row["类别"], row["时限"]) for row in rows] == [
        ("Q-BBBB", "未到期", "四月底前"),
        ("Q-CCCC", "无法判断", ""),
    ]
    assert list(rows[0]) == ["编号", "类别", "责任方", "事项", "原文", "文件", "位置", "日期", "时限", "说明"]
    assert rows[1]["事项"] == "请求（关于提供数据的函）"
    assert rows[1]["说明"] == "有文件没有读"


def test_skipped_files_have_a_sheet_with_the_reason(tmp_path: Path, read_csv: Read) -> None:
    write_outputs(tmp_path, [dossier()], MANIFEST)
    assert read_csv(tmp_path / "skipped.csv") == [{"文件": "坏.pdf", "原因": "文件损坏", "说明": "请重新导出。"}]


def kept_twice(*others: str) -> Dossier:
    one = dossier()
    return replace(one, documents=tuple(replace(d, also=others) if "a.txt" in d.file else d for d in one.documents))


def test_where_else_a_paper_lies_stands_beside_its_file(tmp_path: Path, read_csv: Read, read_jsonl: ReadJson) -> None:
    write_outputs(tmp_path, [kept_twice("函.pdf", "草稿/a.docx")], MANIFEST)
    shown = "发文/a.txt（另存于：函.pdf、草稿/a.docx）"
    assert {row["文件"] for row in read_csv(tmp_path / "gaps.csv")} == {shown}
    assert {row["文件"] for row in read_csv(tmp_path / "待观察.csv")} == {shown}
    records = {record["file"]: record["also"] for record in read_jsonl(tmp_path / "data" / "documents.jsonl")}
    assert records == {"发文/a.txt": ["函.pdf", "草稿/a.docx"], "收文/b.txt": []}


def test_of_many_copies_the_first_few_are_named(tmp_path: Path, read_csv: Read) -> None:
    write_outputs(tmp_path, [kept_twice(*(f"{n}.pdf" for n in range(5)))], MANIFEST)
    (row,) = read_csv(tmp_path / "gaps.csv")
    assert row["文件"] == "发文/a.txt（另存于：0.pdf、1.pdf、2.pdf等5处）"


def test_what_is_drawn_from_marked_papers_bears_their_mark(
    tmp_path: Path, read_csv: Read, read_jsonl: ReadJson
) -> None:
    write_outputs(tmp_path, [replace(dossier(), marking="秘密")], MANIFEST)
    for sheet in ("gaps.csv", "待观察.csv", "skipped.csv"):
        rows = read_csv(tmp_path / sheet)
        assert next(iter(rows[0])) == "密级"
        assert {row["密级"] for row in rows} == {"秘密"}
    records = [one for path in (tmp_path / "data").iterdir() for one in read_jsonl(path)]
    assert records
    assert {one["marking"] for one in records} == {"秘密"}


def test_without_a_mark_nothing_speaks_of_one(tmp_path: Path, read_jsonl: ReadJson) -> None:
    write_outputs(tmp_path, [dossier()], MANIFEST)
    for sheet in ("gaps.csv", "待观察.csv", "skipped.csv"):
        assert "密级" not in (tmp_path / sheet).read_text("utf-8-sig")
    assert not any("marking" in one for path in (tmp_path / "data").iterdir() for one in read_jsonl(path))


def test_of_two_dossiers_only_the_marked_one_bears_a_mark(tmp_path: Path, read_csv: Read) -> None:
    second = replace(dossier("乙", gaps=(gap("G-BBBB"),)), marking="机密")
    write_outputs(tmp_path, [dossier("甲"), second], MANIFEST)
    rows = read_csv(tmp_path / "gaps.csv")
    assert list(rows[0])[:3] == ["密级", "卷宗", "编号"]
    assert {row["卷宗"]: row["密级"] for row in rows} == {"甲": "", "乙": "机密"}


def test_a_reviewed_row_of_a_marked_paper_keeps_its_mark(
    tmp_path: Path, read_csv: Read, save_csv: Callable[..., None]
) -> None:
    write_outputs(tmp_path, [replace(dossier(), marking="秘密")], MANIFEST)
    rows = [row | {"复核结论": "确认"} for row in read_csv(tmp_path / "gaps.csv")]
    save_csv(tmp_path / "gaps.csv", rows)
    write_outputs(tmp_path, [dossier(gaps=())], MANIFEST)
    (row,) = read_csv(tmp_path / "gaps.csv")
    assert next(iter(row)) == "密级"
    assert (row["密级"], row["复核结论"], row["变化"]) == ("秘密", "确认", "已消除")


def test_no_sheet_without_rows_and_a_stale_one_goes(tmp_path: Path) -> None:
    write_outputs(tmp_path, [dossier()], MANIFEST)
    written = write_outputs(tmp_path, [quiet()], MANIFEST)
    assert {path.name for path in tmp_path.iterdir()} == {"gaps.csv", "gaps.xlsx", "data", "run.json", *VIEWS}
    assert written.notes == ()


def test_a_stale_sheet_that_people_wrote_in_keeps_a_name(tmp_path: Path) -> None:
    write_outputs(tmp_path, [dossier()], MANIFEST)
    sheet = tmp_path / "待观察.csv"
    sheet.write_bytes(sheet.read_bytes() + "我写的\r\n".encode())
    written = write_outputs(tmp_path, [quiet()], MANIFEST)
    assert not sheet.exists()
    assert "我写的" in (tmp_path / "待观察-旧-1.csv").read_text("utf-8-sig")
    assert any("待观察-旧-1.csv" in note for note in written.notes)


def test_a_sheet_without_review_columns_that_people_wrote_in_is_kept(tmp_path: Path, read_csv: Read) -> None:
    write_outputs(tmp_path, [dossier()], MANIFEST)
    sheet = tmp_path / "待观察.csv"
    sheet.write_bytes(sheet.read_bytes() + "我写的\r\n".encode())
    written = write_outputs(tmp_path, [dossier()], MANIFEST)
    assert len(read_csv(sheet)) == 2
    assert "我写的" in (tmp_path / "待观察-旧-1.csv").read_text("utf-8-sig")
    assert ["待观察-旧-1.csv" in note for note in written.notes] == [True]
    assert write_outputs(tmp_path, [dossier()], MANIFEST).notes == ()


def test_data_files_point_at_words_by_offset(tmp_path: Path, read_jsonl: ReadJson) -> None:
    given = dossier()
    write_outputs(tmp_path, [given], MANIFEST)
    texts = {one.file: one.text for one in given.documents}
    requests = read_jsonl(tmp_path / "data/requests.jsonl")
    gaps = read_jsonl(tmp_path / "data/gaps.jsonl")
    pointers = [*read_jsonl(tmp_path / "data/passages.jsonl"), *requests]
    pointers += [event for one in requests for event in one["events"]]  # type: ignore[attr-defined]
    pointers += [quote for one in gaps for quote in one["quotes"]]  # type: ignore[attr-defined]
    pointers += read_jsonl(tmp_path / "data/ties.jsonl")
    assert len(pointers) == 9
    for one in pointers:
        assert one["text"] == texts[str(one["file"])][one["start"] : one["end"]]  # type: ignore[misc]


def test_data_files_have_the_promised_fields(tmp_path: Path, read_jsonl: ReadJson) -> None:
    write_outputs(tmp_path, [dossier()], MANIFEST)
    fields = {
        "documents": "id file kind title number date sender addressees",
        "passages": "id document file start end text party acts measures",
        "requests": "id kind from to asked due due_written status verdict overdue file start end text score events",
        "gaps": "id type severity change from to responsible summary quotes date due days_waiting "
        "days_overdue raised reaction measures suggestion confidence why request issue",
        "skipped": "file reason detail",
        "ties": "type file start end text candidates reason",
    }
    for stem, names in fields.items():
        for record in read_jsonl(tmp_path / "data" / f"{stem}.jsonl"):
            assert set(names.split()) <= set(record), stem
    assert (tmp_path / "data/issues.jsonl").read_bytes() == b""
    assert (tmp_path / "data/measures.jsonl").read_bytes() == b""


def test_requests_tell_direction_dates_and_events_in_order(tmp_path: Path, read_jsonl: ReadJson) -> None:
    write_outputs(tmp_path, [dossier()], MANIFEST)
    dated, vague, none = read_jsonl(tmp_path / "data/requests.jsonl")
    assert (dated["from"], dated["to"], dated["asked"], dated["score"]) == ("A", "B", "2024-03-05", 0.912)
    assert (dated["due"], vague["due"], none["due"]) == ("2024-03-20", None, None)
    assert (dated["due_written"], vague["due_written"], none["due_written"]) == (
        "3月20日前",
        "四月底前",
        None,
    )
    assert [event["type"] for event in dated["events"]] == ["acknowledgement", "urge"]  # type: ignore[attr-defined]
    assert (vague["verdict"], none["verdict"]) == ("pending", "cannot_tell")


def test_documents_are_sorted_and_an_unknown_sender_is_null(tmp_path: Path, read_jsonl: ReadJson) -> None:
    write_outputs(tmp_path, [dossier()], MANIFEST)
    documents = read_jsonl(tmp_path / "data/documents.jsonl")
    assert [(one["file"], one["sender"]) for one in documents] == [("发文/a.txt", "A"), ("收文/b.txt", None)]


def test_run_json_lists_every_other_file_with_its_digest(tmp_path: Path) -> None:
    written = write_outputs(tmp_path, [dossier()], MANIFEST)
    record = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert record | {"files": None} == {**MANIFEST, "files": None}
    assert written.files[-1] == tmp_path / "run.json"
    assert [tmp_path / one["file"] for one in record["files"]] == list(written.files[:-1])
    for one in record["files"]:
        assert one["sha256"] == hashlib.sha256((tmp_path / one["file"]).read_bytes()).hexdigest()
    assert set(snapshot(tmp_path)) == {path.relative_to(tmp_path).as_posix() for path in written.files}


def test_a_manifest_that_json_cannot_tell_leaves_everything_alone(tmp_path: Path) -> None:
    write_outputs(tmp_path, [dossier()], MANIFEST)
    before = snapshot(tmp_path)
    with pytest.raises(TypeError):
        write_outputs(tmp_path, [quiet()], {"folder": tmp_path})
    assert snapshot(tmp_path) == before


# --- hostile text --------------------------------------------------------------------------------


def hostile_dossier() -> Dossier:
    text = HOSTILE + "\n"
    file = "=cmd|\udce9.txt"
    given = dossier(gaps=(replace(gap("G-AAAA", summary=HOSTILE), quotes=(Quote("D-AAAA", 0, len(HOSTILE)),)),))
    ask = replace(given.requests[0], id="Q-CCCC", start=0, end=len(HOSTILE))
    return replace(
        given,
        documents=(document(file, text),),
        headers=(header("D-AAAA", file, "2024-03-05", title=HOSTILE),),
        passages=(),
        requests=(ask,),
        events=(),
        ties=(),
        teams=replace(TEAMS, teams=(Team("A", "=甲"), Team("B", "@乙\u2028"))),
        lives=(life("Q-CCCC", "pending", why="-1"),),
        skipped=(Skipped(file, "damaged", "\t=1"),),
    )


def test_hostile_text_opens_again_in_every_sheet(tmp_path: Path, read_csv: Read) -> None:
    write_outputs(tmp_path, [hostile_dossier()], MANIFEST)
    (row,) = read_csv(tmp_path / "gaps.csv")
    assert row["原文"] == '他说"好,的"\n=1+1\t\ufffd\ufffd😀\u200f结束〔=cmd|\ufffd.txt 第1行〕'
    assert (row["文件"], row["责任方"], row["提出方"]) == ("'=cmd|\ufffd.txt", "'@乙\n", "'=甲")
    (pending,) = read_csv(tmp_path / "待观察.csv")
    assert pending["说明"] == "'-1"
    assert read_csv(tmp_path / "skipped.csv")[0] == {
        "文件": "'=cmd|\ufffd.txt",
        "原因": "文件损坏",
        "说明": "'\t=1",
    }


def test_hostile_text_is_exact_in_the_data(tmp_path: Path, read_jsonl: ReadJson) -> None:
    write_outputs(tmp_path, [hostile_dossier()], MANIFEST)
    (record,) = read_jsonl(tmp_path / "data/requests.jsonl")
    assert (record["text"], record["file"]) == (HOSTILE, "=cmd|\udce9.txt")
    (one,) = read_jsonl(tmp_path / "data/gaps.jsonl")
    assert one["summary"] == HOSTILE


# --- the same again, and several dossiers --------------------------------------------------------


def test_the_same_input_gives_the_same_bytes_in_any_order_of_records(tmp_path: Path) -> None:
    given = dossier(gaps=(gap("G-AAAA"), gap("G-BBBB", severity=10)))
    turned = replace(
        given,
        documents=given.documents[::-1],
        headers=given.headers[::-1],
        passages=given.passages[::-1],
        requests=given.requests[::-1],
        events=given.events[::-1],
        lives=given.lives[::-1],
        gaps=given.gaps[::-1],
        timings=(("读取", 1.0),),
    )
    write_outputs(tmp_path / "1", [given], MANIFEST)
    write_outputs(tmp_path / "2", [turned], MANIFEST)
    assert snapshot(tmp_path / "1") == snapshot(tmp_path / "2")


def test_a_third_run_changes_nothing(tmp_path: Path) -> None:
    write_outputs(tmp_path, [dossier()], MANIFEST)
    write_outputs(tmp_path, [dossier()], MANIFEST)
    second = snapshot(tmp_path)
    write_outputs(tmp_path, [dossier()], MANIFEST)
    assert snapshot(tmp_path) == second


def test_several_dossiers_share_sheets_and_have_data_of_their_own(
    tmp_path: Path, read_csv: Read, read_jsonl: ReadJson
) -> None:
    written = write_outputs(tmp_path, [dossier("甲"), dossier("乙", gaps=())], MANIFEST)
    assert [(row["卷宗"], row["编号"]) for row in read_csv(tmp_path / "gaps.csv")] == [("甲", "G-AAAA")]
    assert [row["卷宗"] for row in read_csv(tmp_path / "待观察.csv")] == ["甲", "甲", "乙", "乙"]
    assert [row["卷宗"] for row in read_csv(tmp_path / "skipped.csv")] == ["甲", "乙"]
    assert len(read_jsonl(tmp_path / "甲/data/gaps.jsonl")) == 1
    assert read_jsonl(tmp_path / "乙/data/gaps.jsonl") == []
    assert not (tmp_path / "data").exists()
    assert written.dashboard == tmp_path / "gaps.csv"


def test_from_one_dossier_to_several_and_back_leaves_nothing_stale(tmp_path: Path) -> None:
    write_outputs(tmp_path, [quiet("甲")], MANIFEST)
    write_outputs(tmp_path, [quiet("甲"), quiet("乙")], MANIFEST)
    assert {path.name for path in tmp_path.iterdir()} == {"gaps.csv", "gaps.xlsx", "甲", "乙", "run.json"}
    write_outputs(tmp_path, [quiet("甲")], MANIFEST)
    assert {path.name for path in tmp_path.iterdir()} == {"gaps.csv", "gaps.xlsx", "data", "run.json", *VIEWS}


@pytest.mark.parametrize(
    ("names", "folders"),
    [
        (["甲", "乙"], ["甲", "乙"]),
        (["a/b", "a\\b"], ["a_b", "a_b-2"]),
        (["Ab", "aB"], ["Ab", "aB-2"]),
        (["..", "甲"], ["未命名", "甲"]),
        (["data", "run.json"], ["data-2", "run.json-2"]),
        (["CON", "nul.txt"], ["CON_", "nul.txt_"]),
        (["卷" * 300, "尾点. "], ["卷" * 60, "尾点"]),
        (["x\x00\n\udce9y", '<>:"|?*'], ["x___y", "_______"]),
        (["é", "e\u0301"], ["é", "e\u0301-2"]),
    ],
)
def test_folders_have_names_that_every_system_accepts(tmp_path: Path, names: list[str], folders: list[str]) -> None:
    write_outputs(tmp_path, [quiet(name) for name in names], MANIFEST)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == sorted(folders)


def test_a_dossier_named_like_a_file_that_is_there_gets_another_folder(tmp_path: Path) -> None:
    (tmp_path / "甲").write_text("别人的")
    write_outputs(tmp_path, [quiet("甲"), quiet("乙")], MANIFEST)
    assert (tmp_path / "甲").read_text() == "别人的"
    assert (tmp_path / "甲-2/data/gaps.jsonl").exists()


def test_two_files_under_one_id_do_not_stop_the_report(tmp_path: Path, read_csv: Read) -> None:
    given = dossier()
    twin: Document = replace(given.documents[1], file="发文/a.docx")
    headers = (*given.headers, replace(given.headers[1], file="发文/a.docx"))
    write_outputs(tmp_path, [replace(given, documents=(*given.documents, twin), headers=headers)], MANIFEST)
    assert read_csv(tmp_path / "gaps.csv")[0]["文件"] == "发文/a.docx"


def test_many_rows_open_again(tmp_path: Path, read_csv: Read, read_jsonl: ReadJson) -> None:
    gaps: tuple[Gap, ...] = tuple(gap(f"G-{n:04}", summary=f"{LETTER}{n}") for n in range(500))
    write_outputs(tmp_path, [dossier(gaps=gaps)], MANIFEST)
    sheet = [row["编号"] for row in read_csv(tmp_path / "gaps.csv")]
    assert sheet == [one["id"] for one in read_jsonl(tmp_path / "data/gaps.jsonl")]
    assert len(sheet) == 500


def test_requests_without_a_title_are_named_by_their_kind(tmp_path: Path, read_csv: Read) -> None:
    given = dossier()
    headers = tuple(replace(one, title="") for one in given.headers)
    requests = (replace(request("Q-BBBB"), kind="commitment"),)
    given = replace(given, headers=headers, requests=requests, events=(), lives=(life("Q-BBBB", "pending"),))
    write_outputs(tmp_path, [given], MANIFEST)
    (row,) = read_csv(tmp_path / "待观察.csv")
    assert (row["事项"], row["责任方"]) == ("承诺", "临港区总工会")
