"""What the user sees when a run has ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

from coordnlp.proposals import summarise_proposal
from coordnlp.records import Dossier, Gap, MeasureState, Outcome, Party, RequestStatus
from coordnlp.report.cells import clean
from coordnlp.report.labels import Labels, load_labels
from coordnlp.report.outputs import Written
from coordnlp.report.sheets import sort_gaps, sort_skipped

if TYPE_CHECKING:
    from rich.console import RenderableType

_ROWS_SHOWN = 10
_SUMMARY_SHOWN = 100


def summarise(dossiers: Sequence[Dossier], written: Written) -> RenderableType:
    """Return what a run found and where to look next, for `rich.console.Console.print`."""
    from rich.console import Group

    labels = load_labels()
    parts: list[RenderableType] = []
    for dossier in dossiers:
        parts += _dossier_parts(dossier, written.dashboard.name, labels)
    parts += [_text(f"注意：{note}", "yellow") for note in written.notes]
    folder = written.dashboard.parent
    if any(dossier.gaps for dossier in dossiers):
        book = written.dashboard.with_suffix(".xlsx")
        either = f"{written.dashboard} 或 {book.name}" if book in written.files else str(written.dashboard)
        parts.append(_text(f"请用 Excel 或 WPS 打开 {either}，在复核各列里填写意见；下次运行会保留，并照着办。"))
        parts.append(_text("要看某一条的来由，用 coordnlp explain 编号。"))
    parts.append(_text(f"其余各表、给领导看的 report.docx、会前清单 agenda.docx 和数据在 {folder}。"))
    return Group(*parts)


def _dossier_parts(dossier: Dossier, sheet: str, labels: Labels) -> Iterator[RenderableType]:
    first, second = dossier.teams.teams
    title = "" if dossier.name in ("", ".") else f"卷宗 {dossier.name}："
    yield _text(f"{title}{first.name} 与 {second.name}，截至 {dossier.as_of}", "bold")
    if dossier.proposal:
        yield from (_text(line, "yellow") for line in summarise_proposal(dossier.proposal))
    if dossier.marking:
        yield _text(
            f"密级：{dossier.marking}。本次分析了标有密级的文书，所有结果请按{dossier.marking}保管。", "bold red"
        )
    yield _text(_counts(dossier))
    if dossier.judged or dossier.conflicts:
        yield _text(_judged_counts(dossier))
    yield from (_text(f"复核意见：{line}", "yellow") for line in dossier.conflicts)
    unread = [_text(f"未读：{line}", "yellow") for line in _skipped_lines(dossier, labels)]
    yield from unread
    if unread and any(life.verdict == "cannot_tell" for life in dossier.lives):
        yield _text(
            "未读的文件可能正是答复：有关事项写成“无法判断”，没有列为缺口。换成能读的格式再运行，就能判断。", "yellow"
        )
    if dossier.requests:
        yield _status_table(dossier, labels)
    if dossier.measures:
        yield _measure_table(dossier, labels)
    for gap in sort_gaps(dossier.gaps)[:_ROWS_SHOWN]:
        yield _text(_who_owes(gap, dossier, labels), "bold")
        yield _indented(_cut(clean(gap.summary)))
    if len(dossier.gaps) > _ROWS_SHOWN:
        yield _text(f"另有 {len(dossier.gaps) - _ROWS_SHOWN} 条，见 {sheet}。")
    yield from (_text(f"说明：{note}") for note in dossier.notes)
    yield _text("")


def _counts(dossier: Dossier) -> str:
    doubles = sum(one.reason == "duplicate" for one in dossier.skipped)
    counts = [
        f"读了 {len(dossier.documents)} 份文件",
        *([f"另有 {doubles} 份是同一文书的重复件，已并入，见 skipped.csv"] if doubles else []),
        f"跳过 {len(dossier.skipped) - doubles} 份",
        f"请求、承诺和议定任务 {len(dossier.requests)} 件",
        f"缺口 {len(dossier.gaps)} 条",
    ]
    ambiguous = sum(len(tie.candidates) > 1 for tie in dossier.ties)
    doubted = sum(life.verdict == "cannot_tell" for life in dossier.lives)
    if ambiguous:
        counts.append(f"有 {ambiguous} 处回复同样对得上几件，没有硬配")
    if doubted:
        counts.append(f"有 {doubted} 件拿不准，列在 待观察.csv，没有算作缺口")
    return "，".join(counts) + "。"


def _judged_counts(dossier: Dossier) -> str:
    """Say what people's judgements did to the rows."""
    counts = Counter(one.outcome for one in dossier.judged)
    told: Sequence[tuple[Outcome, str]] = (
        ("hidden", "误报不再列出 {} 条"),
        ("closed", "已解决 {} 条"),
        ("deferred", "暂缓 {} 条"),
        ("merged", "并入别的行 {} 条"),
        ("kept", "留在清单里 {} 条"),
    )
    parts = [words.format(counts[outcome]) for outcome, words in told if counts[outcome]]
    parts += [f"有 {len(dossier.conflicts)} 处没有照办，请看下面"] if dossier.conflicts else []
    return f"按复核意见：{'，'.join(parts)}。"


def _skipped_lines(dossier: Dossier, labels: Labels) -> Iterator[str]:
    for skipped in sort_skipped([one for one in dossier.skipped if one.reason != "duplicate"]):
        reason = labels.skip_reasons[skipped.reason]
        yield f"{skipped.file}（{reason}）{skipped.detail}"


def _status_table(dossier: Dossier, labels: Labels) -> RenderableType:
    counts = Counter(life.status for life in dossier.lives)
    rows = [(labels.statuses[status], str(counts[status])) for status in get_args(RequestStatus) if counts[status]]
    return _table(labels.titles(("status", "count")), rows)


def _measure_table(dossier: Dossier, labels: Labels) -> RenderableType:
    """Return how many measures of each dimension have which status: counts, no index."""
    counts = Counter((one.dimension, one.status) for one in dossier.measures)
    states = [state for state in get_args(MeasureState) if any(one.status == state for one in dossier.measures)]
    rows = [
        (dimension, *(str(counts[dimension, state] or "") for state in states))
        for dimension in dict.fromkeys(one.dimension for one in dossier.measures)
    ]
    titles = (labels.columns["measure"], *(labels.measure_states[state] for state in states))
    return _table(titles, rows)


def _who_owes(gap: Gap, dossier: Dossier, labels: Labels) -> str:
    responsible, owed_to = dossier.teams.name(gap.responsible), dossier.teams.name(_owed_to(gap))
    parts = [f"[{labels.severity_word(gap.severity)}] {labels.gap_types[gap.type]}"]
    if responsible and owed_to:
        parts.append(labels.phrases.owed.format(responsible=responsible, owed_to=owed_to))
    if gap.days_waiting:
        parts.append(labels.phrases.waiting.format(days=gap.days_waiting))
    if gap.days_overdue:
        parts.append(labels.phrases.overdue.format(days=gap.days_overdue))
    return "，".join(parts)


def _owed_to(gap: Gap) -> Party | None:
    return gap.asker if gap.responsible == gap.asked else gap.asked


def _cut(words: str) -> str:
    return words if len(words) <= _SUMMARY_SHOWN else words[: _SUMMARY_SHOWN - 1] + "…"


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    """Return a table whose columns after the first are numbers."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    for title in titles:
        table.add_column(title, justify="left" if title == titles[0] else "right")
    for row in rows:
        table.add_row(*(_text(cell) for cell in row))
    return table


def _indented(words: str) -> RenderableType:
    from rich.padding import Padding

    return Padding(_text(words), (0, 0, 0, 5))


def _text(words: str, style: str = "") -> RenderableType:
    """Return words as they are: no markup of theirs is obeyed, no control character reaches the terminal."""
    from rich.text import Text

    return Text(clean(words).replace("\n", " "), style=style)
