"""Training material: what gold and fragments say of a passage, and what they leave open."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from coordnlp.nlp import SETTLES, load_nlp
from coordnlp.training.material import Labelled, read_material
from two_unions import TEAMS

SPLIT = "我会不同意由我会一家承担场地费。"
SETTLED = "经两家面商，场地费各担一半，双方均予接受。"
AGREED = "会议同意下次会议改在周五召开。"
MINUTES = f"联席会议纪要\n2024年5月8日\n{SPLIT}\n{SETTLED}\n{AGREED}\n"
GOLD: Mapping[str, Any] = {
    "as_of": "2024-06-30",
    "documents": [{"file": "纪要.txt", "date": "2024-05-08", "kind": "minutes", "from": "AB", "to": "AB"}],
    "disagreements": [
        {
            "id": "D1",
            "status": "resolved",
            "recurring": False,
            "occasions": [{"file": "纪要.txt", "quote": SPLIT, "party": "A"}],
            "resolution": {"file": "纪要.txt", "quote": SETTLED},
        }
    ],
    "acts": [
        {"file": "纪要.txt", "quote": SPLIT, "labels": ["disagreement"]},
        {"file": "纪要.txt", "quote": SETTLED, "labels": ["agreement"]},
        {"file": "纪要.txt", "quote": AGREED, "labels": ["agreement"]},
    ],
    "exhaustive": ["纪要.txt"],
}
HEAD = {
    "teams": {
        "A": {"name": "甲镇工会", "aliases": [], "members": []},
        "B": {"name": "乙镇工会", "aliases": [], "members": []},
    }
}


def read(
    folder: Path,
    gold: Mapping[str, Any] = GOLD,
    fragments: Sequence[Mapping[str, Any]] = (),
    text: str = MINUTES,
) -> list[Labelled]:
    corpus = folder / "some/corpus"
    corpus.mkdir(parents=True)
    (corpus / gold["documents"][0]["file"]).write_text(text, "utf-8")
    (corpus / "teams.toml").write_text(TEAMS, "utf-8")
    (folder / "some/gold.json").write_text(json.dumps(gold), "utf-8")
    (folder / "fragments").mkdir()
    lines = "".join(json.dumps(line) + "\n" for line in fragments)
    (folder / "fragments/f.jsonl").write_text(lines, "utf-8") if fragments else None
    return list(read_material(folder, load_nlp(judging=False)).rows)


def settles(rows: Sequence[Labelled], text: str) -> bool | None:
    (answer,) = (row.acts for row in rows if row.text == text)
    assert answer
    return answer.holds(SETTLES)


def test_what_resolves_an_issue_settles_and_another_agreement_does_not(tmp_path: Path) -> None:
    rows = read(tmp_path)
    assert [settles(rows, text) for text in (SPLIT, SETTLED, AGREED)] == [False, True, False]


def test_where_labels_are_not_complete_other_passages_are_unknown(tmp_path: Path) -> None:
    rows = read(tmp_path, {**GOLD, "exhaustive": []})
    assert settles(rows, SETTLED)
    assert settles(rows, AGREED) is None


REPLY = """乙镇工会
乙工函〔2024〕5号
关于场地费有关事项的复函
甲镇工会：
{receipt}
场地费我会已于5月6日付清。
乙镇工会
2024年5月8日
"""
CHAT = "联席会议记录\n时间：2024年5月8日\n韩立冬：\n先放一放。\n何春梅：\n那就六月再说。\n韩立冬：\n散会。\n"


def labelled(folder: Path, text: str, quote: str, label: str) -> dict[str, bool | None]:
    """Return by passage whether it has a label that gold gives one quote."""
    file = "文.txt"
    kind = "reply" if "复函" in text else "transcript"
    gold = {
        "as_of": "2024-06-30",
        "documents": [{"file": file, "date": "2024-05-08", "kind": kind, "from": "B", "to": "A"}],
        "acts": [{"file": file, "quote": quote, "labels": [label]}],
        "exhaustive": [file],
    }
    return {row.text: row.acts.holds(label) for row in read(folder, gold, text=text) if row.acts}


@pytest.mark.parametrize("receipt", ["贵会甲工函〔2024〕3号收悉。", "贵会《关于场地费有关事项的函》收悉。"])
def test_what_cites_a_letter_is_not_the_number_or_the_title_of_its_own(tmp_path: Path, receipt: str) -> None:
    found = labelled(tmp_path, REPLY.format(receipt=receipt), receipt, "acknowledgement")
    assert [text for text, holds in found.items() if holds] == [receipt]


def test_a_quote_of_two_sentences_is_told_by_both(tmp_path: Path) -> None:
    quote = "贵会来函收悉。场地费我会已于5月6日付清。"
    text = REPLY.format(receipt="贵会来函收悉。").replace("收悉。\n", "收悉。")
    found = labelled(tmp_path, text, quote, "answer")
    assert [text for text, holds in found.items() if holds] == ["贵会来函收悉。", "场地费我会已于5月6日付清。"]


def test_a_line_that_only_names_who_speaks_says_nothing(tmp_path: Path) -> None:
    found = labelled(tmp_path, CHAT, "韩立冬：先放一放", "refusal")
    assert not any(holds for text, holds in found.items() if "先放一放" not in text)
    assert any(found.values())


def fragment(*sentences: Mapping[str, Any]) -> Mapping[str, Any]:
    whole = [{"party": "AB", "acts": [], "measures": [], **one} for one in sentences]
    return {"kind": "minutes", "from": "AB", "heading": "", "sentences": whole}


@pytest.mark.parametrize("marked", [True, False])
def test_fragments_say_what_settles_only_where_they_mark_it(tmp_path: Path, marked: bool) -> None:
    ended = {"text": "这事就这么了了。", "acts": ["agreement"], **({"settles": True} if marked else {})}
    asked = {"text": "请贵会报名单。", "acts": ["request"]}
    accepted = {"text": "周五开会我们没意见。", "acts": ["agreement"]}
    head = {**HEAD, "settlements": True} if marked else HEAD
    rows = read(tmp_path, fragments=[head, fragment(ended, asked, accepted)])
    assert settles(rows, ended["text"]) is (True if marked else None)
    assert settles(rows, accepted["text"]) is (False if marked else None)
    assert settles(rows, asked["text"]) is False
