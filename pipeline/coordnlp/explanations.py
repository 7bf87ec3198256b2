"""Why a row stands in the dashboard, and why a passage was judged so: read back from `data/` of the last run."""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coordnlp.classifiers import Block, Neighbour, load_classifier, load_neighbours, nearest
from coordnlp.errors import NothingReadableError, UsageError
from coordnlp.nlp.judges import ACTS, MEASURES
from coordnlp.report.labels import Labels, load_labels
from coordnlp.report.words import Words, load_words
from coordnlp.resources import models_folder
from coordnlp.taxonomy import Taxonomy, load_taxonomy

JsonRecord = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Data:
    """The records of one dossier that explain its rows; documents by file, the others by id."""

    gaps: Mapping[str, JsonRecord]
    requests: Mapping[str, JsonRecord]
    issues: Mapping[str, JsonRecord]
    measures: Mapping[str, JsonRecord]
    documents: Mapping[str, JsonRecord]
    ties: Sequence[JsonRecord]
    judged: Mapping[str, JsonRecord]


def explain(wanted: str, out: Path) -> str:
    """Tell in Chinese why a row is there, or why a passage (`P-…`) was judged as it was.

    Args:
        wanted: An id; case and width do not matter.
        out: Folder that the run wrote.

    Raises:
        NothingReadableError: There are no results in `out`, or they are damaged.
        UsageError: Nothing has this id.
        ModelError: The training passages that a passage is likened to are missing or damaged.
    """
    folded = unicodedata.normalize("NFKC", wanted).strip().upper()
    return explain_passage(folded, out) if folded.startswith("P-") else explain_gap(wanted, out)


def explain_passage(passage_id: str, out: Path) -> str:
    """Tell which acts and measures a passage was judged to have, by which features, and what it is like.

    Raises:
        NothingReadableError: There are no results in `out`, or they are damaged.
        UsageError: No passage has this id.
        ModelError: The training passages are missing or damaged.
    """
    for folder in _data_folders(out):
        try:
            found = next((one for one in _records(folder / "passages.jsonl") if one["id"] == passage_id), None)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(folder, error) from error
        if found is not None:
            trained = {name: _load_trained(models_folder() / name, name) for name in (ACTS, MEASURES)}
            return "\n".join(_judged(found, trained, load_words(), load_taxonomy()))
    raise UsageError(f"{out} 里没有句子 {passage_id}。", "句子的编号在 data/passages.jsonl 里。")


_Trained = tuple[Sequence[Block], Sequence[Neighbour]]
"""What passages are likened by, and the training passages that they are likened to."""


def _load_trained(folder: Path, name: str) -> _Trained:
    return load_classifier(folder, name).blocks, load_neighbours(folder)


def _judged(passage: JsonRecord, trained: Mapping[str, _Trained], words: Words, taxonomy: Taxonomy) -> Iterator[str]:
    yield f"“{' '.join(passage['text'].split())}”〔{passage['file']}〕"
    evidence = {one.code: one.name for one in taxonomy.evidence}
    for heading, found in (("判断", passage), ("没有把握，不算数", passage["unsure"])):
        for act in found["acts"]:
            yield f"{heading}：{words.acts[act['label']]}，得分 {act['score']:.2f}"
            yield from _reasons(act)
            yield from _likenesses(passage["text"], trained[ACTS], act["label"])
        for measure in found["measures"]:
            known = taxonomy.by_code.get(measure["code"])
            name = known.name if known else measure["code"]
            yield f"{heading}：{name}（{evidence[measure['evidence']]}），得分 {measure['score']:.2f}"
            yield from _reasons(measure)
            yield from _likenesses(passage["text"], trained[MEASURES], measure["code"])
    if not any(one[kind] for one in (passage, passage["unsure"]) for kind in ("acts", "measures")):
        yield "判断：没有言语行为，也没有措施。"


def _likenesses(text: str, trained: _Trained, label: str) -> Iterator[str]:
    """Yield the training passages with a label that are most like a text."""
    blocks, neighbours = trained
    for one, score in nearest(text, neighbours, blocks, label=label):
        yield f"    相近的训练句子（{score:.2f}）：“{one.text}”〔{one.source}〕"


def explain_gap(gap_id: str, out: Path) -> str:
    """Tell in Chinese why a row is there: quotes, events with reasons and scores, what stayed undecided.

    Args:
        gap_id: Of a row in `gaps.csv`, or of the request or issue behind it; case and width do not matter.
        out: Folder that the run wrote.

    Raises:
        NothingReadableError: There are no results in `out`, or they are damaged.
        UsageError: No row has this id.
    """
    wanted = unicodedata.normalize("NFKC", gap_id).strip().upper()
    dossiers = [_load(folder) for folder in _data_folders(out)]
    for data in dossiers:
        if any(wanted in some for some in (data.gaps, data.requests, data.issues, data.judged)):
            writer = _Writer(data, load_labels(), load_words())
            return "\n".join(writer.lines(wanted))
    known = [name for data in dossiers for name in (*data.gaps, *data.requests, *data.issues, *data.judged)]
    near = difflib.get_close_matches(wanted, known, 3, 0.5)
    advice = (
        f"相近的有：{'、'.join(near)}。"
        if near
        else "编号在 gaps.csv 里；“变化”写着“已消除”“转待观察”的行这次没有列出，文书改动后编号也可能变了。"
    )
    raise UsageError(f"{out} 里没有编号 {gap_id}。", advice)


class _Writer:
    """Puts the records of one dossier in words."""

    def __init__(self, data: _Data, labels: Labels, words: Words) -> None:
        self.data = data
        self.labels = labels
        self.words = words

    def lines(self, wanted: str) -> Iterator[str]:
        gap, judged = self.data.gaps.get(wanted), self._judged_of(wanted)
        row = gap or judged or {"request": wanted, "issue": wanted}
        request = self.data.requests.get(row["request"] or "")
        issue = self.data.issues.get(row["issue"] or "")
        yield from _told(self.labels.columns["marking"], (gap or request or issue or {}).get("marking", ""))
        if judged is not None:
            yield from self._judged(judged)
        if gap is not None:
            yield from self._gap(gap)
        if request is not None:
            yield from self._request(request, shown=[] if gap is None else gap["quotes"])
            yield from self._events(request)
            yield from self._undecided(request["id"])
            yield from self._outcome(request)
        if issue is not None:
            yield from self._issue(issue)
        if gap is not None and gap["measure"] in self.data.measures:
            yield from self._measure(self.data.measures[gap["measure"]])
        if gap is not None:
            yield f"把握：{gap['confidence']:.2f}（0 到 1，越大越有把握）"
            yield from _told("依据", gap["why"])

    def _judged_of(self, wanted: str) -> JsonRecord | None:
        """Return the judged row that an id is of: its own, or that of the request or issue behind it."""
        by_matter = (one for one in self.data.judged.values() if wanted in (one["request"], one["issue"]))
        return self.data.judged.get(wanted) or next(by_matter, None)

    def _judged(self, judged: JsonRecord) -> Iterator[str]:
        word, review = judged["judgement"], judged["judgement"]["review"]
        verdict = f"“{review['verdict']}”" if review["verdict"] else "没有写结论"
        yield f"{judged['gap']}　{self.labels.gap_types[judged['type']]}　{judged['summary']}"
        yield f"复核：{review['by'] or '未署名'} {word['day']} {verdict}，{self.labels.outcomes[judged['outcome']]}"
        yield from _told("复核说明", review["note"])
        if word["shown"]["gap"] != judged["gap"]:
            yield f"  复核时编号是 {word['shown']['gap']}，编号变了以后按原文找到这一行"
        for quote in word["shown"]["quotes"][:1]:
            yield f"  复核时看到的原文：“{' '.join(quote['text'].split())}”〔{quote['file']}〕"
        if word["into"]:
            yield f"  合并到 {word['into']['gap']}"
        yield from _told("  改定的时限", word["due"])
        yield from _told("  指明的答复文件", word["answer"])

    def _gap(self, gap: JsonRecord) -> Iterator[str]:
        labels = self.labels
        yield f"{gap['id']}　{labels.gap_types[gap['type']]}　{gap['summary']}"
        reason = f"：{gap['severity_reason']}" if gap.get("severity_reason") else ""
        yield f"紧要程度：{labels.severity_word(gap['severity'])}（{gap['severity']} 分）{reason}"
        if not gap["issue"] and gap["measure"] not in self.data.measures:
            yield "原文："
            for quote in gap["quotes"]:
                yield from self._quote(quote)
        yield from _told("建议", gap["suggestion"])

    def _request(self, request: JsonRecord, shown: Sequence[JsonRecord]) -> Iterator[str]:
        kind = self.labels.request_kinds[request["kind"]]
        yield f"{kind} {request['id']}：{request['asked'] or '日期不明'} 提出，得分 {request['score']:.2f}"
        if not any(_is_same_place(request, quote) for quote in shown):
            yield from self._quote(request)
        if request.get("due_written"):
            read = request["due"] or "没有具体日期"
            note = f"（{request['due_note']}）" if request.get("due_note") else ""
            yield f"  时限：原文“{request['due_written']}”，读作 {read}{note}"
        yield from _reasons(request)

    def _events(self, request: JsonRecord) -> Iterator[str]:
        if not request["events"]:
            yield "后来：没有找到对方的回复、催办或其他动静。"
            return
        yield "后来："
        for event in request["events"]:
            word = self.words.events[event["type"]]
            yield f"  {event['date'] or '日期不明'} {word}，得分 {event['score']:.2f}"
            yield from self._quote(event)
            yield from _reasons(event)

    def _undecided(self, request_id: str) -> Iterator[str]:
        ties = [tie for tie in self.data.ties if request_id in tie["candidates"]]
        if ties:
            yield "考虑过、但把握不够或分不清对应哪一件，所以没有算上："
        for tie in ties:
            others = "、".join(name for name in tie["candidates"] if name != request_id)
            elsewhere = f"（另外可能对应 {others}）" if others else ""
            yield f"  {self.words.events[tie['type']]}：{tie['reason']}{elsewhere}"
            yield from self._quote(tie)

    def _outcome(self, request: JsonRecord) -> Iterator[str]:
        status = self.labels.statuses[request["status"]]
        verdict = self.labels.verdicts[request["verdict"]]
        why = f"：{request['why']}" if request.get("why") else ""
        yield f"结论：{status}，{verdict}{why}"

    def _issue(self, issue: JsonRecord) -> Iterator[str]:
        """Yield who said what of a disagreement, in order of time, with what holds it together and what settled it."""
        status = self.labels.issue_statuses[issue["status"]]
        yield f"分歧 {issue['id']}：{issue['label']}，{status}"
        for occasion in issue["occasions"]:
            yield from self._told_by("分歧", occasion, issue["positions"])
        if issue["resolution"]:
            yield from self._told_by("谈妥", issue["resolution"], issue["positions"])
        for near in issue["near"]:
            other = self.data.issues[near["issue"]]
            yield f"  可能是同一件、没有并的：{near['issue']}（{near['score']:.2f}）{other['label']}"

    def _measure(self, measure: JsonRecord) -> Iterator[str]:
        """Yield all that papers say of a measure, in order of time, and why it has its status."""
        yield f"措施“{measure['name']}”：{self.labels.measure_states[measure['status']]}"
        for mention in measure["evidence"]:
            step = self.labels.steps[mention["step"]]
            yield f"  {mention['date'] or '日期不明'} {step}，得分 {mention['score']:.2f}"
            yield from self._quote(mention)
        yield from _reasons(measure)

    def _told_by(self, what: str, occasion: JsonRecord, positions: Sequence[JsonRecord]) -> Iterator[str]:
        own = [one for one in positions if _is_within(one, occasion)]
        yield f"  {occasion['date'] or '日期不明'} {occasion['who']}，{what}，得分 {occasion['score']:.2f}"
        yield from self._quote(occasion)
        for one in own:
            part = "" if _is_same_place(one, occasion) else f"：“{one['text']}”"
            if part or one["moved"]:
                yield f"    {one['who']}{'让步' if one['moved'] else '的说法'}{part}"
        yield from _reasons(occasion)

    def _quote(self, pointer: JsonRecord) -> Iterator[str]:
        document = self.data.documents.get(pointer["file"], {})
        file = self.labels.copies(pointer["file"], document.get("also", ()))
        about = (document.get("number"), document.get("date"), file, pointer.get("place"))
        yield f"  “{' '.join(pointer['text'].split())}”〔{' '.join(part for part in about if part)}〕"


def _is_within(one: JsonRecord, other: JsonRecord) -> bool:
    return bool(one["file"] == other["file"] and other["start"] <= one["start"] and one["end"] <= other["end"])


def _is_same_place(one: JsonRecord, other: JsonRecord) -> bool:
    return all(one[key] == other[key] for key in ("file", "start", "end"))


def _told(label: str, text: str) -> Iterator[str]:
    if text:
        yield f"{label}：{text}"


def _reasons(record: JsonRecord) -> Iterator[str]:
    if record.get("reasons"):
        yield f"    理由：{'；'.join(record['reasons'])}"


def _data_folders(out: Path) -> list[Path]:
    """Return `out/data`, or where there were several dossiers the `data` of each."""
    found = [file.parent for file in sorted(out.glob("data/gaps.jsonl"))]
    found += [file.parent for file in sorted(out.glob("*/data/gaps.jsonl"))]
    if not found:
        raise NothingReadableError(f"{out} 里还没有结果。", "请先运行 coordnlp report。")
    return found


def _load(folder: Path) -> _Data:
    try:
        return _Data(
            gaps={gap["id"]: gap for gap in _records(folder / "gaps.jsonl")},
            requests={request["id"]: request for request in _records(folder / "requests.jsonl")},
            issues={issue["id"]: issue for issue in _records(folder / "issues.jsonl")},
            measures={measure["code"]: measure for measure in _records(folder / "measures.jsonl")},
            documents={document["file"]: document for document in _records(folder / "documents.jsonl")},
            ties=list(_records(folder / "ties.jsonl")),
            judged={one["gap"]: one for one in _records_if_any(folder / "judged.jsonl")},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, error) from error


def _damaged(folder: Path, error: Exception) -> NothingReadableError:
    return NothingReadableError(f"{folder} 里的结果不完整，读不出来（{error}）。", "请重新运行 coordnlp report。")


def _records(file: Path) -> Iterator[JsonRecord]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _records_if_any(file: Path) -> Iterator[JsonRecord]:
    """Yield the records of a file that runs of earlier versions did not write."""
    return _records(file) if file.exists() else iter(())
