"""What things are called: the words that fields of records may hold."""

from __future__ import annotations

from typing import Literal

ReportLanguage = Literal["zh", "en"]
"""In which what the program itself says is worded; words of documents are never translated."""
Side = Literal["A", "B"]
Party = Literal["A", "B", "AB", "X"]
"""`A`, `B`: the two leadership teams; `AB`: both together; `X`: anyone else."""
Kind = Literal["minutes", "transcript", "letter", "reply", "petition", "notice", "report", "email", "memo", "other"]
BlockKind = Literal["paragraph", "heading", "cell", "signature", "quote", "disclaimer"]
Zone = Literal["header", "body", "quote", "signature", "imprint", "disclaimer", "register"]
DateSource = Literal["header", "signature", "imprint", "mail", "body", "file_name", "none"]
ReferenceKind = Literal["number", "title", "dated", "message"]
Act = Literal[
    "request",
    "commitment",
    "assignment",
    "answer",
    "partial_answer",
    "acknowledgement",
    "refusal",
    "withdrawal",
    "disagreement",
    "agreement",
    "urge",
]
Evidence = Literal["planned", "practised", "lacking"]
Level = Literal["found", "unsure", "low"]
RequestKind = Literal["request", "commitment", "assignment"]
EventType = Literal[
    "answer",
    "partial_answer",
    "acknowledgement",
    "refusal",
    "withdrawal",
    "urge",
    "extension",
    "clarification",
    "forwarded",
]
RequestStatus = Literal["answered", "declined", "partial", "acknowledged", "unanswered", "withdrawn"]
Verdict = Literal["gap", "pending", "cannot_tell", "closed"]
IssueStatus = Literal["open", "resolved", "reopened"]
MeasureState = Literal["practised", "promised", "lapsed", "lacking", "contested", "unseen", "cannot_tell"]
Step = Literal["proposed", "promised", "instituted", "practised", "complained", "lapsed"]
"""How far a measure has come where a passage speaks of it: 倡议, 承诺, 制度, 执行, 反映缺失, 中断."""
GapType = Literal[
    "unanswered",
    "acknowledged_only",
    "partly_answered",
    "commitment_unkept",
    "assignment_undone",
    "recurring",
    "reopened",
    "measure_lapsed",
    "measure_lacking",
    "one_sided",
    "missing_document",
    "ambiguous_reply",
]
SkipReason = Literal[
    "empty",
    "encrypted",
    "damaged",
    "no_text",
    "binary",
    "too_large",
    "unsupported",
    "unreadable",
    "temporary",
    "duplicate",
    "marked",
]
UnseenKind = Literal["skipped", "marked", "registered", "cited"]
Decision = Literal["confirmed", "mistaken", "resolved", "deferred", "merged", "none"]
"""What a reviewer's 复核结论 means; `none`: nothing that the program acts on, or the word was taken back."""
Outcome = Literal["kept", "hidden", "closed", "deferred", "merged"]
"""Where a judged row went; only `kept` ones stand in the dashboard."""
