"""`coordnlp explain`, from hand-made `data/` files."""

import json
from pathlib import Path

import pytest

from coordnlp.cli import main
from coordnlp.errors import NothingReadableError, UsageError
from coordnlp.explanations import explain, explain_gap

GAP = {
    "id": "G-7KQM2XAB",
    "type": "partly_answered",
    "severity": 80,
    "severity_reason": "逾期20天",
    "summary": "答复经费分担",
    "quotes": [{"file": "收文/函3号.txt", "start": 5, "end": 14, "text": "请于3月底前\n函复", "place": "第3行"}],
    "suggestion": "电话催办",
    "confidence": 0.8,
    "why": "没有找到全部答复",
    "request": "Q-ABCDEFGH",
    "issue": None,
    "measure": None,
}
REQUEST = {
    "id": "Q-ABCDEFGH",
    "kind": "request",
    "asked": "2024-03-05",
    "due": "2024-03-31",
    "due_written": "3月底前",
    "due_note": "月底作最后一天",
    "status": "partial",
    "verdict": "gap",
    "why": "期限已过",
    "file": "收文/函3号.txt",
    "start": 5,
    "end": 14,
    "text": "请于3月底前函复",
    "place": "第3行",
    "score": 0.93,
    "reasons": ["请…函复"],
    "events": [
        {
            "type": "partial_answer",
            "file": "发文/复函.docx",
            "start": 0,
            "end": 4,
            "text": "先答一半",
            "place": "第2段",
            "date": "2024-03-20",
            "score": 0.71,
            "reasons": ["引用了来函文号", "词语相近"],
        },
        {
            "type": "urge",
            "file": "收文/催办.txt",
            "start": 0,
            "end": 4,
            "text": "再请函复",
            "place": "第1行",
            "date": None,
            "score": 0.6,
            "reasons": [],
        },
    ],
}
QUIET = {
    **REQUEST,
    "id": "Q-ZZZZZZZZ",
    "verdict": "pending",
    "events": [],
    "due_written": None,
    "reasons": [],
}
TIE = {
    "type": "answer",
    "file": "邮件/回.eml",
    "start": 0,
    "end": 2,
    "text": "同意",
    "place": "第1行",
    "candidates": ["Q-ABCDEFGH", "Q-ZZZZZZZZ"],
    "reason": "两件事一样近",
}
ISSUE = {
    "id": "I-ABCDEFGH",
    "label": "养护费由谁承担",
    "status": "reopened",
    "occasions": [
        {
            "file": "纪要.txt",
            "start": 0,
            "end": 30,
            "text": "镇里坚持由林场承担，林场认为应当共担",
            "place": "第4行",
            "date": "2024-05-06",
            "who": "双方",
            "score": 0.9,
            "reasons": ["读来像分歧 0.90"],
        }
    ],
    "positions": [
        {"file": "纪要.txt", "start": 0, "end": 9, "text": "镇里坚持由林场承担", "who": "镇里", "moved": False},
        {"file": "纪要.txt", "start": 10, "end": 18, "text": "林场认为应当共担", "who": "林场", "moved": True},
    ],
    "resolution": {
        "file": "纪要.txt",
        "start": 40,
        "end": 44,
        "text": "各半承担",
        "place": "第9行",
        "date": "2024-06-01",
        "who": "双方",
        "score": 0.7,
        "reasons": ["读来像一致（+1.00）"],
    },
    "near": [{"issue": "I-ZZZZZZZZ", "score": 0.16}],
}
DOCUMENT = {"file": "收文/函3号.txt", "number": "古街函〔2024〕3号", "date": "2024-03-05"}


def _write(folder: Path, **records: list[dict[str, object]]) -> None:
    folder.mkdir(parents=True)
    for name in ("gaps", "requests", "issues", "measures", "ties", "documents"):
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records.get(name, []))
        (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    _write(tmp_path / "data", gaps=[GAP], requests=[REQUEST, QUIET], ties=[TIE], documents=[DOCUMENT])
    return tmp_path


def test_a_row_is_told_from_quote_to_confidence_in_order(out: Path):
    told = explain_gap("G-7KQM2XAB", out)
    expected = [
        "只答一部分　答复经费分担",
        "80 分）：逾期20天",
        "“请于3月底前 函复”〔古街函〔2024〕3号 2024-03-05 收文/函3号.txt 第3行〕",
        "2024-03-05 提出，得分 0.93",
        "原文“3月底前”，读作 2024-03-31（月底作最后一天）",
        "理由：请…函复",
        "2024-03-20 部分答复，得分 0.71",
        "“先答一半”〔发文/复函.docx 第2段〕",
        "引用了来函文号；词语相近",
        "日期不明 催办",
        "两件事一样近（另外可能对应 Q-ZZZZZZZZ）",
        "“同意”",
        "结论：部分答复，缺口：期限已过",
        "把握：0.80",
        "依据：没有找到全部答复",
    ]
    at = [told.index(words) for words in expected]
    assert at == sorted(at)


def test_the_request_behind_a_row_and_one_without_a_row_can_be_asked_for(out: Path):
    assert "先答一半" in explain_gap("Q-ABCDEFGH", out)
    told = explain_gap("Q-ZZZZZZZZ", out)
    assert "没有找到对方的回复" in told
    assert "未到期" in told
    assert "把握：" not in told


def test_a_row_without_a_request(tmp_path: Path):
    _write(tmp_path / "data", gaps=[{**GAP, "request": None}])
    told = explain_gap("G-7KQM2XAB", tmp_path)
    assert "请于3月底前 函复" in told
    assert "后来" not in told


def test_a_disagreement_tells_who_said_what_why_it_is_one_and_what_settled_it(tmp_path: Path):
    row = GAP | {"type": "reopened", "request": None, "issue": "I-ABCDEFGH"}
    other = ISSUE | {"id": "I-ZZZZZZZZ", "label": "界线以何证为准", "near": [], "resolution": None}
    _write(tmp_path / "data", gaps=[row], issues=[ISSUE, other])
    told = explain_gap("G-7KQM2XAB", tmp_path)
    expected = [
        "养护费由谁承担，谈妥后又起",
        "2024-05-06 双方，分歧，得分 0.90",
        "镇里的说法：“镇里坚持由林场承担”",
        "林场让步：“林场认为应当共担”",
        "理由：读来像分歧 0.90",
        "2024-06-01 双方，谈妥，得分 0.70",
        "理由：读来像一致（+1.00）",
        "没有并的：I-ZZZZZZZZ（0.16）界线以何证为准",
    ]
    at = [told.index(words) for words in expected]
    assert at == sorted(at)
    assert explain_gap("i-abcdefgh", tmp_path) in told


MEASURE = {
    "code": "regular_meetings",
    "name": "定期沟通机制",
    "status": "lapsed",
    "reasons": ["最后的话说停了、断了 +2.0"],
    "evidence": [
        {"file": "a.txt", "start": 0, "end": 6, "text": "每季开一次会", "place": "第2行", "date": "2024-01-05"}
        | {"step": "promised", "score": 0.9},
        {"file": "b.txt", "start": 0, "end": 6, "text": "会停了两季", "place": "第3行", "date": "2024-09-05"}
        | {"step": "lapsed", "score": 0.8},
    ],
}


def test_a_measure_tells_all_that_was_said_of_it(tmp_path: Path):
    row = GAP | {"type": "measure_lapsed", "request": None, "measure": "regular_meetings"}
    _write(tmp_path / "data", gaps=[row], measures=[MEASURE])
    told = explain_gap("G-7KQM2XAB", tmp_path)
    expected = [
        "措施“定期沟通机制”：中断",
        "2024-01-05 承诺，得分 0.90",
        "“每季开一次会”〔a.txt 第2行〕",
        "2024-09-05 中断，得分 0.80",
        "最后的话说停了",
    ]
    at = [told.index(words) for words in expected]
    assert at == sorted(at)


@pytest.mark.parametrize("typed", [" g-7kqm2xab ", "Ｇ－７ＫＱＭ２ＸＡＢ"])
def test_case_and_width_do_not_matter(out: Path, typed: str):
    assert "答复经费分担" in explain_gap(typed, out)


def test_several_dossiers_are_searched(tmp_path: Path):
    _write(tmp_path / "甲" / "data")
    _write(tmp_path / "乙" / "data", gaps=[GAP], requests=[REQUEST])
    assert "答复经费分担" in explain_gap("G-7KQM2XAB", tmp_path)


def test_an_unknown_id_names_those_near_it(out: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["explain", "G-7KQM2XAC", "--out", str(out)]) == 2
    assert "G-7KQM2XAB" in capsys.readouterr().err
    assert main(["explain", "！", "--out", str(out)]) == 2
    err = capsys.readouterr().err
    assert "相近" not in err
    assert "gaps.csv" in err


def test_no_results_and_damaged_results_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["explain", "G-7KQM2XAB", "--out", str(tmp_path)]) == 3
    assert "coordnlp report" in capsys.readouterr().err
    _write(tmp_path / "data", gaps=[GAP])
    (tmp_path / "data/requests.jsonl").write_text('{"id": "Q-', "utf-8")
    assert main(["explain", "G-7KQM2XAB", "--out", str(tmp_path)]) == 3
    assert "重新运行" in capsys.readouterr().err


def test_the_command_prints_brackets_as_they_are(out: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["explain", "G-7KQM2XAB", "--out", str(out)]) == 0
    assert "〔古街函〔2024〕3号" in capsys.readouterr().out


def test_where_else_a_paper_lies_and_its_mark_are_told(tmp_path: Path):
    document = DOCUMENT | {"also": ["函3号.pdf", "重打.txt"]}
    _write(tmp_path / "data", gaps=[GAP | {"marking": "机密"}], requests=[REQUEST], documents=[document])
    told = explain_gap("G-7KQM2XAB", tmp_path)
    assert told.startswith("密级：机密\n")
    assert "收文/函3号.txt（另存于：函3号.pdf、重打.txt） 第3行〕" in told


def test_without_a_mark_none_is_told(out: Path):
    assert "密级" not in explain_gap("G-7KQM2XAB", out)


def _passages(out: Path, *records: dict[str, object]) -> None:
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    (out / "data" / "passages.jsonl").write_text(lines, "utf-8")


def test_a_passage_tells_its_acts_its_measures_and_what_it_is_like(out: Path) -> None:
    act = {"label": "urge", "score": 0.91, "reasons": ["有“至今”（+1.20）"]}
    measure = {"code": "feedback", "evidence": "lacking", "score": 0.8, "reasons": []}
    judged = {"acts": [act], "measures": [measure], "unsure": {"acts": [], "measures": []}}
    _passages(out, {"id": "P-ABCDEFGH", "text": "两次去函，至今未见回复。", "file": "函.txt"} | judged)
    told = explain("p-abcdefgh", out)
    assert "催办，得分 0.91" in told
    assert "有“至今”" in told
    assert "反馈与跟进机制（缺失）" in told
    assert told.count("相近的训练句子") == 4


def test_a_passage_that_carries_nothing_says_so(out: Path) -> None:
    nothing = {"acts": [], "measures": []}
    _passages(out, {"id": "P-ABCDEFGH", "text": "便道三公里。", "file": "函.txt", "unsure": nothing} | nothing)
    assert "没有言语行为" in explain("P-ABCDEFGH", out)


def test_an_unknown_passage_is_a_slip_of_the_user(out: Path) -> None:
    _passages(out)
    with pytest.raises(UsageError):
        explain("P-ZZZZZZZZ", out)


def test_damaged_passages_are_told(out: Path) -> None:
    (out / "data" / "passages.jsonl").write_text("{", "utf-8")
    with pytest.raises(NothingReadableError):
        explain("P-ABCDEFGH", out)
