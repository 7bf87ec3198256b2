"""From a word in the sheet to the next report, with the real run behind it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from test_report_runs import LETTER

from coordnlp.cli import main
from two_unions import TEAMS

SECOND = """\
临港区总工会
临总函〔2024〕7号
关于商请派员参加技能比武的函
临港船厂工会：
请贵会于2024年4月10日前报送参赛人员名册。
临港区总工会
2024年3月25日
"""
ANSWER = """\
临港船厂工会
船工函〔2024〕5号
关于报送技能比武参赛人员名册的复函
临港区总工会：
《关于商请派员参加技能比武的函》（临总函〔2024〕7号）收悉。现将参赛人员名册报送贵会，请查收。
临港船厂工会
2024年4月8日
"""
RUN = ["report", "--as-of", "2024-06-30"]
BOOK = Path("corpus/judgements.jsonl")


@pytest.fixture(autouse=True)
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "teams.toml").write_text(TEAMS, "utf-8")
    (folder / "函3号.txt").write_text(LETTER, "utf-8")
    (folder / "函7号.txt").write_text(SECOND, "utf-8")
    assert main(RUN) == 0
    assert len(rows()) == 2
    return folder


def rows(name: str = "gaps.csv") -> list[dict[str, str]]:
    if not (Path("outputs") / name).exists():
        return []
    with (Path("outputs") / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def row(about: str, name: str = "gaps.csv") -> dict[str, str]:
    (one,) = [one for one in rows(name) if about in one["原文"]]
    return one


def type_in(about: str, name: str = "gaps.csv", encoding: str = "utf-8-sig", **words: str) -> None:
    lines = [one | (words if about in one["原文"] else {}) for one in rows(name)]
    with (Path("outputs") / name).open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)


def lines() -> list[dict[str, object]]:
    return [json.loads(line) for line in BOOK.read_text("utf-8").splitlines()] if BOOK.exists() else []


def counts() -> dict[str, int]:
    record = json.loads(Path("outputs/run.json").read_text("utf-8"))
    return {key: value for key, value in record["dossiers"][0]["judged"].items() if value}


def test_without_a_word_nothing_is_stored() -> None:
    assert main(RUN) == 0
    assert not BOOK.exists()
    assert counts() == {}


def test_a_false_alarm_is_not_asked_again_and_can_be_looked_up(capsys) -> None:
    id = row("劳模推荐名单")["编号"]
    type_in("劳模推荐名单", encoding="gb18030", 复核结论="误报", 复核说明="已当面答复", 复核人="闻小雨")
    for _ in range(2):
        capsys.readouterr()
        assert main(RUN) == 0
        assert "误报不再列出 1 条" in capsys.readouterr().out
        assert [one["事项"] for one in rows() if "劳模" in one["原文"]] == []
        assert row("劳模推荐名单", "已复核.csv")["复核说明"] == "已当面答复"
        assert len(lines()) == 1
        assert counts() == {"hidden": 1}
    assert main(["explain", id]) == 0
    told = capsys.readouterr().out
    for words in ("闻小雨", "误报，不再列出", "已当面答复", "请贵会于2024年3月20日前函告劳模推荐名单。", "已了结"):
        assert words in told


def test_a_verdict_is_taken_back_where_the_row_stands_now() -> None:
    type_in("劳模推荐名单", 复核结论="误报")
    assert main(RUN) == 0
    type_in("劳模推荐名单", "已复核.csv", 复核结论="")
    assert main(RUN) == 0
    assert row("劳模推荐名单")["变化"] == "仍在"
    assert rows("已复核.csv") == []
    assert [line["decision"] for line in lines()] == ["mistaken", "none"]


def test_a_confirmed_row_whose_gap_goes_stays_with_its_word_over_all_later_runs(corpus: Path) -> None:
    type_in("名册", 复核结论="确认", 复核说明="已催", 复核人="闻小雨")
    assert main(RUN) == 0
    (corpus / "复函.txt").write_text(ANSWER, "utf-8")
    for _ in range(3):
        assert main(RUN) == 0
        gone = row("名册")
        assert (gone["变化"], gone["复核结论"], gone["复核说明"]) == ("已消除", "确认", "已催")
        assert [line["decision"] for line in lines()] == ["confirmed"]
    type_in("名册", 复核说明="已收到名册")
    for _ in range(2):
        assert main(RUN) == 0
        assert row("名册")["复核说明"] == "已收到名册"
        assert len(lines()) == 2


def test_a_row_that_an_older_release_wrote_without_its_time_can_be_read() -> None:
    type_in("名册", 复核结论="确认")
    assert main(RUN) == 0
    record = Path("outputs/data/shown.jsonl")
    bases = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
    bases = [base | ({"saved": "", "judged": "", "is_pending": True} if base["judged"] else {}) for base in bases]
    record.write_text("".join(f"{json.dumps(base, ensure_ascii=False)}\n" for base in bases), "utf-8")
    assert main(RUN) == 0
    assert row("名册")["复核结论"] == "确认"
    assert len(lines()) == 1


def test_what_was_decided_outlives_the_outputs_and_a_new_name(corpus: Path) -> None:
    type_in("劳模推荐名单", 复核结论="误报")
    type_in("名册", 复核结论="确认", 复核人="闻小雨")
    assert main(RUN) == 0
    Path("outputs").rename("旧结果")
    (corpus / "函3号.txt").rename(corpus / "扫描0001.txt")
    text = SECOND.replace("临总函〔2024〕7号", "临总函〔2024〕17号")
    (corpus / "函7号.txt").unlink()
    (corpus / "归档").mkdir()
    (corpus / "归档" / "函17号.txt").write_text(text, "utf-8")
    assert main(RUN) == 0
    (only,) = rows()
    assert (only["复核结论"], only["复核人"], only["把握"]) == ("确认", "闻小雨", "1.0")
    assert only["文件"] == "归档/函17号.txt"
    assert counts() == {"hidden": 1, "kept": 1}
    assert len(lines()) == 2


def test_verdict_and_new_name_between_two_runs(corpus: Path) -> None:
    """The id moves before the word is read: what was shown then finds the row."""
    before = row("劳模推荐名单")["编号"]
    type_in("劳模推荐名单", 复核结论="误报")
    (corpus / "函3号.txt").write_text(LETTER.replace("临总函〔2024〕3号", "临总函〔2024〕13号"), "utf-8")
    assert main(RUN) == 0
    assert len(rows()) == 1
    assert row("劳模推荐名单", "已复核.csv")["编号"] != before
    assert main(RUN) == 0
    assert counts() == {"hidden": 1}
    assert len(lines()) == 1


def test_an_answer_that_a_reviewer_names_closes_the_request(corpus: Path) -> None:
    reply = "临港船厂工会\n便笺\n区总：名单见附件，请收。\n临港船厂工会\n2024年3月18日\n"
    (corpus / "便笺.txt").write_text(reply, "utf-8")
    assert main(RUN) == 0
    type_in("劳模推荐名单", 复核说明="已答复：便笺.txt")
    assert main(RUN) == 0
    assert counts() == {"closed": 1}
    requests = [json.loads(line) for line in Path("outputs/data/requests.jsonl").read_text("utf-8").splitlines()]
    (request,) = [one for one in requests if "劳模推荐名单" in one["text"]]
    assert request["status"] == "answered"
    assert request["events"][-1]["file"] == "便笺.txt"


def test_a_corrected_due_date_and_party_hold_in_later_runs() -> None:
    type_in("名册", 责任方="区总", 时限="2024/6/20")
    for _ in range(2):
        assert main(RUN) == 0
        assert (row("名册")["责任方"], row("名册")["时限"], row("名册")["逾期天数"]) == (
            "临港区总工会",
            "2024-06-20",
            "10",
        )
        assert len(lines()) == 1
    type_in("名册", 时限="2024-07-20")
    assert main(RUN) == 0
    assert row("名册", "已复核.csv")["变化"] == "暂缓"
    assert main(["report", "--as-of", "2024-07-25"]) == 0
    assert row("名册")["逾期天数"] == "5"


def test_a_row_put_off_waits_on_its_own_sheet() -> None:
    type_in("名册", 复核结论="暂缓", 复核说明="2024年9月1日以后再说", 复核日期="2024-06-29")
    assert main(RUN) == 0
    assert "暂缓至 2024-09-01" in row("名册", "待观察.csv")["说明"]
    assert len(rows()) == 1
    assert main(["report", "--as-of", "2024-09-02"]) == 0
    assert row("名册")["复核结论"] == "暂缓"


def test_rows_are_joined(capsys) -> None:
    target = row("名册")["编号"]
    type_in("劳模推荐名单", 复核结论=f"合并到 {target}")
    assert main(RUN) == 0
    (only,) = rows()
    assert only["编号"] == target
    assert "劳模推荐名单" in only["原文"]
    assert "参赛人员名册" in only["原文"]
    assert counts() == {"merged": 1}


def test_a_word_in_the_workbook_counts_as_well() -> None:
    book = openpyxl.load_workbook("outputs/gaps.xlsx")
    sheet = book["缺口"]
    titles = [cell.value for cell in sheet[1]]
    for line in sheet.iter_rows(min_row=2):
        line[titles.index("复核结论")].value = "已解决"
    book.save("outputs/gaps.xlsx")
    assert main(RUN) == 0
    assert rows() == []
    assert counts() == {"closed": 2}
    assert {line["sheet"] for line in lines()} == {"gaps.xlsx"}


def test_an_unknown_word_is_told_and_kept(capsys) -> None:
    type_in("名册", 复核结论="请转科长")
    for _ in range(2):
        capsys.readouterr()
        assert main(RUN) == 0
        assert "复核结论“请转科长”没有认出" in capsys.readouterr().out.replace("\n", "")
        assert row("名册")["复核结论"] == "请转科长"


def test_a_file_of_judgements_that_cannot_be_written_stops_nothing(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    type_in("名册", 复核结论="误报")
    with monkeypatch.context() as patch:
        patch.setattr("coordnlp.reviewing.append_judgements", full)
        assert main(RUN) == 0
    assert "没能存进 judgements.jsonl" in capsys.readouterr().out.replace("\n", "")
    assert row("名册")["复核结论"] == "误报"
    assert main(RUN) == 0
    assert len(rows()) == 1
    assert len(lines()) == 1


def test_a_lost_file_of_judgements_is_made_again_from_the_sheets() -> None:
    type_in("名册", 复核结论="误报")
    assert main(RUN) == 0
    BOOK.unlink()
    assert main(RUN) == 0
    assert len(rows()) == 1
    assert [line["decision"] for line in lines()] == ["mistaken"]


def test_the_same_files_and_judgements_give_the_same_outputs() -> None:
    type_in("名册", 复核结论="确认")
    type_in("劳模推荐名单", 复核结论="误报")
    assert main(RUN) == 0
    assert main(RUN) == 0
    first = {
        path: path.read_bytes() for path in Path("outputs").rglob("*") if path.is_file() and path.name != "run.json"
    }
    assert main(RUN) == 0
    assert {path: path.read_bytes() for path in first} == first


def test_a_column_of_the_offices_own_goes_with_its_row_and_comes_back() -> None:
    lines_ = [one | {"领导批示": "请督办" if "名册" in one["原文"] else ""} for one in rows()]
    with Path("outputs/gaps.csv").open("w", encoding="gb18030", newline="") as stream:
        writer = csv.DictWriter(stream, ["领导批示", *[title for title in lines_[0] if title != "领导批示"]])
        writer.writeheader()
        writer.writerows(lines_)
    assert main(RUN) == 0
    type_in("名册", 复核结论="误报")
    assert main(RUN) == 0
    assert row("名册", "已复核.csv")["领导批示"] == "请督办"
    type_in("名册", "已复核.csv", 复核结论="")
    assert main(RUN) == 0
    assert row("名册")["领导批示"] == "请督办"


def test_every_dossier_keeps_its_own_judgements(corpus: Path) -> None:
    for name, letter in (("甲", LETTER), ("乙", SECOND)):
        (corpus / name).mkdir()
        (corpus / name / "teams.toml").write_text(TEAMS, "utf-8")
        (corpus / name / "函.txt").write_text(letter, "utf-8")
    for file in ("函3号.txt", "函7号.txt"):
        (corpus / file).unlink()
    assert main(RUN) == 0
    type_in("劳模推荐名单", 复核结论="误报")
    type_in("名册", 复核结论="确认")
    for _ in range(2):
        assert main(RUN) == 0
        assert [(one["卷宗"], one["复核结论"]) for one in rows()] == [("乙", "确认")]
        assert [one["卷宗"] for one in rows("已复核.csv")] == ["甲"]
    stored = {name: (corpus / name / "judgements.jsonl").read_text("utf-8").count("\n") for name in ("甲", "乙")}
    assert stored == {"甲": 1, "乙": 1}
    assert not BOOK.exists()


def test_an_empty_sheet_of_an_older_run_takes_nothing_back(corpus: Path) -> None:
    """gaps.csv was open while its words were decided in the workbook; it still shows the row without them."""
    old = Path("outputs/gaps.csv").read_bytes()
    book = openpyxl.load_workbook("outputs/gaps.xlsx")
    sheet = book["缺口"]
    titles = [cell.value for cell in sheet[1]]
    for line in sheet.iter_rows(min_row=2):
        line[titles.index("复核结论")].value = "误报"
    book.save("outputs/gaps.xlsx")
    assert main(RUN) == 0
    Path("outputs/gaps-2.csv").write_bytes(old)
    assert main(RUN) == 0
    assert rows() == []
    assert counts() == {"hidden": 2}


def test_verdicts_enough_move_the_confidence_that_a_row_needs(capsys) -> None:
    def threshold() -> float:
        return json.loads(Path("outputs/run.json").read_text("utf-8"))["dossiers"][0]["claim_threshold"]

    shipped = threshold()
    type_in("名册", 复核结论="误报")
    assert main(RUN) == 0
    assert threshold() == shipped
    (line,) = lines()
    others = [{**line, "shown": {**line["shown"], "gap": f"G-{at}", "request": f"Q-{at}"}} for at in range(9)]
    with BOOK.open("a", encoding="utf-8") as stream:
        stream.writelines(f"{json.dumps(other)}\n" for other in others)
    capsys.readouterr()
    assert main(RUN) == 0
    assert threshold() == pytest.approx(shipped + 0.1)
    assert "照 10 条“确认”“误报”" in capsys.readouterr().out.replace("\n", "")
