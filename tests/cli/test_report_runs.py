"""`coordnlp report` with the real run behind it: a letter in, a row out, and each way of ending."""

import csv
import json
from pathlib import Path

import pytest
from PIL import Image

from coordnlp.cli import main
from coordnlp.stages.ingest.scans import Engine, Strip
from coordnlp.stages.ingest.scans.strips import box
from scanned_pages import as_png
from tiny_encoder import make_tiny_encoder
from two_unions import TEAMS

LETTER = """\
临港区总工会
临总函〔2024〕3号
关于商请提供劳模名单的函
临港船厂工会：
请贵会于2024年3月20日前函告劳模推荐名单。
临港区总工会
2024年3月5日
"""


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "corpus"
    (folder / "发文").mkdir(parents=True)
    (folder / "teams.toml").write_text(TEAMS, "gb18030")
    (folder / "发文" / "函3号.txt").write_text(LETTER, "utf-8")
    return folder


def _rows(out: Path) -> list[dict[str, str]]:
    with (out / "gaps.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_an_unanswered_letter_becomes_a_row_that_can_be_explained(corpus: Path, capsys):
    assert main(["report", "--as-of", "2024-06-30"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "gaps.csv" in captured.out
    rows = [row for row in _rows(Path("outputs")) if "名单" in row["原文"]]
    assert [(row["责任方"], row["时限"]) for row in rows] == [("临港船厂工会", "2024-03-20")]
    assert main(["explain", rows[0]["编号"]]) == 0
    assert "请贵会于2024年3月20日前函告劳模推荐名单。" in capsys.readouterr().out


def test_a_letter_that_was_scanned_says_so_in_its_row_and_on_the_screen(corpus: Path, capsys, monkeypatch):
    (corpus / "发文" / "函3号.txt").unlink()
    (corpus / "发文" / "函3号.png").write_bytes(as_png(Image.new("RGB", (1240, 1754), (255, 255, 255))))
    lines = LETTER.splitlines()
    strips = [Strip(line, 0.97, box(200, 60 * at, 200 + 30 * len(line), 60 * at + 40)) for at, line in enumerate(lines)]
    monkeypatch.setattr("coordnlp.stages.ingest.read_picture.find_engine", lambda: Engine("试验", lambda _: strips))
    # It is read here, where that engine is, not in a process of its own.
    monkeypatch.setattr("coordnlp.stages.ingest.reading_process._start", lambda _: None)
    assert main(["report", "--as-of", "2024-06-30"]) == 0
    (row,) = [row for row in _rows(Path("outputs")) if "名单" in row["原文"]]
    assert "“发文/函3号.png”识别自扫描件" in row["依据"]
    assert "第1页识别自扫描件（试验），请核对原件" in capsys.readouterr().out.replace("\n", "")


def test_before_its_due_date_it_is_no_row(corpus: Path):
    assert main(["report", "--as-of", "2024-03-10", "--out", "三月"]) == 0
    assert not [row for row in _rows(Path("三月")) if "名单" in row["原文"]]


def test_without_teams_an_unsure_guess_accuses_nobody(corpus: Path, capsys):
    (corpus / "teams.toml").unlink()
    assert main(["report", "--as-of", "2024-06-30"]) == 0
    out = capsys.readouterr().out.replace("\n", "")
    assert "没有填好的 teams.toml" in out
    assert "要看的是不是“临港区总工会”与“临港船厂工会”这两家？" in out
    assert "coordnlp teams" in out
    assert _rows(Path("outputs")) == []
    assert "请先运行 coordnlp teams 确认双方" in (Path("outputs") / "待观察.csv").read_text("utf-8-sig")


def _note(sender: str, stem: str, to: str, day: int) -> str:
    return f"{sender}\n{stem}〔2024〕1{day}号\n关于近期工作的函\n{to}：\n特此告知。\n{sender}\n2024年3月{day}日\n"


def test_without_teams_a_sure_guess_is_used(corpus: Path, capsys):
    (corpus / "teams.toml").unlink()
    for day in (6, 7, 8):
        ours = _note("临港区总工会", "临总函", "临港船厂工会", day)
        theirs = _note("临港船厂工会", "船工函", "临港区总工会", day)
        (corpus / "发文" / f"函1{day}号.txt").write_text(ours, "utf-8")
        (corpus / f"来1{day}号.txt").write_text(theirs, "utf-8")
    assert main(["report", "--as-of", "2024-06-30"]) == 0
    assert "双方是从文书里推测的，有把握" in capsys.readouterr().out.replace("\n", "")
    rows = [row for row in _rows(Path("outputs")) if "名单" in row["原文"]]
    assert [row["责任方"] for row in rows] == ["临港船厂工会"]


def test_without_teams_and_without_two_units_the_user_is_told_what_was_seen(corpus: Path, capsys):
    (corpus / "teams.toml").unlink()
    alone = "临港区总工会\n工作总结\n今年办了三件事。\n临港区总工会\n2024年3月5日\n"
    (corpus / "发文" / "函3号.txt").write_text(alone, "utf-8")
    assert main(["report"]) == 5
    err = capsys.readouterr().err
    assert "没有 teams.toml" in err
    assert "临港区总工会" in err
    assert "coordnlp teams" in err


def test_a_file_of_teams_elsewhere_takes_its_place(corpus: Path):
    (corpus / "teams.toml").rename(corpus.parent / "双方.toml")
    assert main(["report", "--teams", "双方.toml"]) == 0
    assert main(["report", "--teams", "不在.toml"]) == 2


def test_a_corpus_without_a_readable_file_ends_with_3(corpus: Path, capsys):
    (corpus / "发文" / "函3号.txt").write_bytes(b"")
    assert main(["report"]) == 3
    assert "Traceback" not in capsys.readouterr().err


def test_results_that_cannot_be_written_end_with_2(corpus: Path, capsys):
    Path("outputs").write_text("不是文件夹", "utf-8")
    assert main(["report"]) == 2
    assert "outputs" in capsys.readouterr().err
    assert Path("outputs").read_text("utf-8") == "不是文件夹"


def _skipped(out: Path) -> dict[str, str]:
    with (out / "skipped.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["文件"]: row["原因"] for row in csv.DictReader(stream)}


def test_a_letter_kept_twice_asks_once_and_tells_where(corpus: Path, capsys):
    (corpus / "收文").mkdir()
    (corpus / "收文" / "3号 重打.txt").write_text(LETTER.replace("：", ":").replace("\n", "\n\n"), "utf-8")
    assert main(["report", "--as-of", "2024-06-30"]) == 0
    assert "另有 1 份是同一文书的重复件" in capsys.readouterr().out
    (row,) = [row for row in _rows(Path("outputs")) if "名单" in row["原文"]]
    assert row["文件"] == "发文/函3号.txt（另存于：收文/3号 重打.txt）"
    assert _skipped(Path("outputs")) == {"收文/3号 重打.txt": "内容重复"}
    assert main(["explain", row["编号"]]) == 0
    assert "发文/函3号.txt（另存于：收文/3号 重打.txt）" in capsys.readouterr().out


REPLY = """\
秘密★1年
临港船厂工会
船工函〔2024〕5号
关于劳模推荐名单的复函
临港区总工会：
你会临总函〔2024〕3号函收悉。现将劳模推荐名单函复如下：焊工车间王海、船体车间赵波。
临港船厂工会
2024年3月18日
"""


def test_a_marked_paper_is_held_back_and_may_be_the_answer(corpus: Path, capsys):
    (corpus / "复函.txt").write_text(REPLY, "utf-8")
    assert main(["report", "--as-of", "2024-06-30"]) == 0
    assert "标有“秘密★1年”，没有分析；确需分析请加 --include-marked" in capsys.readouterr().out.replace(
        " \n", " "
    ).replace("\n", "")
    assert _skipped(Path("outputs")) == {"复函.txt": "标有密级"}
    assert not [row for row in _rows(Path("outputs")) if "名单" in row["原文"]]
    assert "标有密级、没有分析的文件可能就是答复：复函.txt" in (Path("outputs") / "待观察.csv").read_text("utf-8-sig")
    assert "王海" not in "".join(path.read_text("utf-8") for path in Path("outputs/data").iterdir())


def test_asked_for_marked_papers_mark_every_output(corpus: Path, capsys):
    (corpus / "复函.txt").write_text(REPLY, "utf-8")
    (corpus / "报表.xyz").write_bytes(b"\x00\x01")
    assert main(["report", "--as-of", "2024-06-30", "--include-marked"]) == 0
    assert "密级：秘密" in capsys.readouterr().out
    for sheet in ("gaps.csv", "skipped.csv"):
        assert (Path("outputs") / sheet).read_text("utf-8-sig").startswith("密级,")
    lines = [line for path in Path("outputs/data").iterdir() for line in path.read_text("utf-8").splitlines()]
    assert lines
    assert all('"marking": "秘密"' in line for line in lines)
    assert '"marking": "秘密"' in (Path("outputs") / "run.json").read_text("utf-8")


def test_a_reviewed_row_that_cannot_be_told_any_more_is_not_called_closed(corpus: Path, capsys):
    assert main(["report", "--as-of", "2024-06-30"]) == 0
    assert "未读的文件" not in capsys.readouterr().out
    sheet = Path("outputs/gaps.csv")
    (row,) = [row for row in _rows(Path("outputs")) if "名单" in row["原文"]]
    with sheet.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow(row | {"复核说明": "已打电话"})
    (corpus / "扫描件.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert main(["report", "--as-of", "2024-06-30"]) == 0
    assert "未读的文件可能正是答复" in capsys.readouterr().out
    assert [(row["变化"], row["复核说明"]) for row in _rows(Path("outputs"))] == [("转待观察", "已打电话")]
    (corpus / "扫描件.png").rename("扫描件.png")
    assert main(["report", "--as-of", "2024-06-30"]) == 0
    assert [(row["变化"], row["复核说明"]) for row in _rows(Path("outputs"))] == [("仍在", "已打电话")]


def test_a_list_of_teams_that_no_paper_mentions_is_told(corpus: Path, capsys):
    assert main(["report"]) == 0
    assert "一次也没有出现" not in capsys.readouterr().out
    (corpus / "teams.toml").write_text(TEAMS.replace("船厂工会", "海港中学"), "utf-8")
    assert main(["report"]) == 0
    out = capsys.readouterr().out
    assert "名单里的临港海港中学在文书里一次也没有出现" in out
    assert "名单里的临港区总工会" not in out


def test_a_file_in_place_of_the_folder_ends_with_2(corpus: Path, capsys):
    assert main(["report", "--corpus", str(corpus / "发文" / "函3号.txt")]) == 2
    assert "是一个文件，不是文件夹" in capsys.readouterr().err.replace("\n", "")


@pytest.mark.transformers
def test_an_encoder_of_ones_own_takes_part_and_is_told_in_the_record(corpus: Path, tmp_path: Path) -> None:
    model = make_tiny_encoder(tmp_path / "小模型")
    assert main(["report", "--as-of", "2024-06-30", "--encoder", str(model)]) == 0
    assert len(_rows(Path("outputs"))) == 1
    assert json.loads(Path("outputs/run.json").read_text("utf-8"))["encoder"] == str(model)


@pytest.mark.transformers
def test_an_encoder_that_is_not_there_ends_the_run_before_anything_is_written(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "--encoder", "没有这个模型"]) == 4
    assert "本机没有" in capsys.readouterr().err
    assert not Path("outputs").exists()


def test_without_an_encoder_the_record_tells_none(corpus: Path) -> None:
    assert main(["report", "--as-of", "2024-06-30"]) == 0
    assert json.loads(Path("outputs/run.json").read_text("utf-8"))["encoder"] == ""
