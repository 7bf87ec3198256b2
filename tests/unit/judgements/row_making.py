"""Rows and judgements in few words."""

from __future__ import annotations

from coordnlp.judgements import load_review_words
from coordnlp.records import Judgement, Review, Shown, ShownQuote

ASK = "请贵会于3月20日前提供三季度床位数据。"


def shown(
    gap: str,
    text: str = ASK,
    *,
    file: str = "a.txt",
    before: str = "",
    after: str = "",
    date: str = "2024-03-05",
    request: str | None = None,
    issue: str = "",
    kind: str = "unanswered",
    measure: str = "",
    confidence: float = 0.7,
) -> Shown:
    about = f"Q-{gap[2:]}" if request is None else request
    quote = ShownQuote(file, text, before, after)
    return Shown(gap, kind, about, issue, measure, date, confidence, (quote,))


def judgement(
    row: Shown, verdict: str = "误报", *, note: str = "", day: str = "2024-07-01", into: str = ""
) -> Judgement:
    decision, target = load_review_words().decide(verdict)
    return Judgement(
        shown=row,
        review=Review(verdict, note, "闻小雨", ""),
        decision=decision,
        day=day,
        saved=f"{day}T09:00:00",
        sheet="gaps.csv",
        into=Shown(into or target) if into or target else None,
    )
