"""Hand-made dossiers: a few letters with their requests, gaps and skipped files."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from coordnlp.records import (
    ActScore,
    Annotation,
    Document,
    Dossier,
    Due,
    Event,
    Gap,
    Header,
    Indicator,
    Life,
    Mark,
    MeasureStatus,
    Mention,
    Passage,
    Quote,
    Request,
    Skipped,
    Team,
    Teams,
    Tie,
    Verdict,
)

TEAMS = Teams((Team("A", "临港区总工会"), Team("B", "港务集团工会")), ours="A")
ASK = "请贵会于3月20日前提供三季度床位数据。"
PROMISE = "我会将于四月底前送交名册。"
LETTER = f"关于提供数据的函\n{ASK}\n{PROMISE}\n"
RECEIPT = "复函\n来函收悉，正在研究。\n"


def document(file: str, text: str) -> Document:
    marks = tuple(Mark(start, f"第{row}行") for row, start in enumerate(_line_starts(text), start=1))
    return Document(file, "txt", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), text, (), marks)


def header(id: str, file: str, date: str, *, title: str = "", sender: str | None = "A") -> Header:
    return Header(
        id=id,
        file=file,
        kind="letter",
        title=title,
        number="临工函〔2024〕12号",
        date=date,
        date_source="header",
        sender=sender,  # type: ignore[arg-type]
        addressees=("B",),
        copies=(),
        references=(),
        attendees=(),
        body=(0, 1),
    )


def request(id: str, words: str = ASK, *, due: Due | None = None) -> Request:
    start = LETTER.index(words)
    return Request(
        id,
        "request",
        "A",
        "B",
        "D-AAAA",
        "P-1",
        start,
        start + len(words),
        "2024-03-05",
        due,
        0.91234,
        ("请",),
    )


def life(request: str, verdict: Verdict = "gap", *, status: str = "unanswered", why: str = "全卷未见答复") -> Life:
    return Life(request, status, verdict, True, 40, 12, 2, why)  # type: ignore[arg-type]


def gap(id: str, summary: str = "提供三季度床位数据", *, severity: int = 80, quotes: tuple[Quote, ...] = ()) -> Gap:
    start = LETTER.index(ASK)
    return Gap(
        id=id,
        type="unanswered",
        severity=severity,
        severity_reason="逾期12天",
        asker="A",
        asked="B",
        responsible="B",
        summary=summary,
        quotes=quotes or (Quote("D-AAAA", start, start + len(ASK)),),
        date="2024-03-05",
        due="2024-03-20",
        days_waiting=40,
        days_overdue=12,
        raised=2,
        reaction="收悉",
        measures=("feedback", "new_code"),
        suggestion="再发一函催办",
        confidence=0.87654,
        why="未见答复",
        request="Q-AAAA",
    )


_SAID = Mention("P-2", "D-BBBB", 3, 7, "2024-03-08", "B", "lacking", "complained", 0.81)
FEEDBACK = MeasureStatus(
    code="feedback",
    name="反馈与跟进机制",
    dimension="机制建设",
    advice="约定答复时限。",
    status="lacking",
    confidence=0.7,
    reasons=("最后说到它的文书多是说缺（+1.10）",),
    mentions=(_SAID,),
    since="2024-03-08",
    by_party=(("B", "lacking"),),
)
ANSWERS = Indicator(
    code="answered_share",
    party="B",
    value=66.7,
    cases=3,
    words="收到请求3件，有答复或明确回绝的2件",
    quotes=(Quote("D-AAAA", 0, 8),),
    caution="件数少，只供参考",
    measures=("feedback",),
)


def dossier(name: str = "示例", *, gaps: tuple[Gap, ...] | None = None) -> Dossier:
    """One letter, one receipt; a gap, a pending request, an unclear one, a tie and a skipped file."""
    receipt = RECEIPT.index("来函")
    return Dossier(
        name=name,
        as_of="2024-06-30",
        teams=TEAMS,
        documents=(document("收文/b.txt", RECEIPT), document("发文/a.txt", LETTER)),
        headers=(
            header("D-BBBB", "收文/b.txt", "2024-03-08", sender=None),
            header("D-AAAA", "发文/a.txt", "2024-03-05", title="关于提供数据的函"),
        ),
        passages=(
            Passage("P-2", "D-BBBB", receipt, len(RECEIPT) - 1, "body", "B", "A", 1),
            Passage("P-1", "D-AAAA", LETTER.index(ASK), LETTER.index(ASK) + len(ASK), "body", "A", "B", 1),
        ),
        annotations=(Annotation("P-1", (ActScore("request", 0.98765),), ("床位",)),),
        requests=(
            request("Q-CCCC"),
            request("Q-BBBB", PROMISE, due=Due("四月底前", "")),
            request("Q-AAAA", due=Due("3月20日前", "2024-03-20")),
        ),
        events=(
            Event("Q-AAAA", "urge", "D-AAAA", "P-1", 0, 4, "2024-04-01", 0.9, ("催",)),
            Event("Q-AAAA", "acknowledgement", "D-BBBB", "P-2", receipt, receipt + 4, "2024-03-08", 0.8, ()),
        ),
        ties=(Tie("answer", "D-BBBB", "P-2", receipt, receipt + 4, ("Q-AAAA", "Q-CCCC"), "两件都合"),),
        lives=(life("Q-AAAA"), life("Q-BBBB", "pending"), life("Q-CCCC", "cannot_tell", why="有文件没有读")),
        issues=(),
        gaps=(gap("G-AAAA"),) if gaps is None else gaps,
        skipped=(Skipped("坏.pdf", "damaged", "请重新导出。", date="2024-04-01"),),
    )


def quiet(name: str = "示例") -> Dossier:
    """A dossier in which nothing is open and nothing was skipped."""
    lives = tuple(replace(life, verdict="closed", status="answered") for life in dossier().lives)
    return replace(dossier(name), gaps=(), skipped=(), ties=(), lives=lives)


def _line_starts(text: str) -> list[int]:
    return [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]


def assessed(one: Dossier) -> Dossier:
    """Return a dossier with a measure and a figure."""
    return replace(one, measures=(FEEDBACK,), indicators=(ANSWERS,))
