"""Contrast sets and fragments: labelled passages that stand in no dossier."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coordnlp.errors import ConfigurationError
from coordnlp.names import Names, gather_names, load_voices
from coordnlp.nlp import SETTLES, Context, analyse
from coordnlp.nlp.roles import to_role_text
from coordnlp.records import Header, Kind, Member, Party, Passage, Team, Teams
from coordnlp.stages.annotations import describe_passage
from coordnlp.training.passages import Answer, Labelled

if TYPE_CHECKING:
    from spacy.language import Language

_KINDS: Mapping[str, Kind] = {"mail": "email", "chat": "transcript"}
_NOBODY = Teams((Team("A", "甲方"), Team("B", "乙方")))


def read_contrast(folder: Path, nlp: Language) -> Iterator[Labelled]:
    """Yield the rows of the contrast sets: passages that carry one label, and near misses that do not.

    Args:
        folder: Holds `acts/LABEL.jsonl` and `measures/LABEL.jsonl`.
    """
    names = gather_names(_NOBODY)
    for family in ("acts", "measures"):
        for file in sorted((folder / family).glob("*.jsonl")):
            rows = _lines(file)
            contexts = [_contrast_context(row, names) for row in rows]
            for row, found in zip(rows, analyse(nlp, contexts), strict=True):
                label = frozenset([file.stem])
                answer = Answer(label if row["carries"] else frozenset(), asked=label)
                yield Labelled(
                    text=row["text"],
                    sample=found.sample,
                    source=f"contrast/{family}/{file.stem}",
                    graded=False,
                    acts=answer if family == "acts" else None,
                    measures=answer if family == "measures" else None,
                    evidence={file.stem: row["evidence"]} if family == "measures" and row["carries"] else {},
                )


def _contrast_context(row: Mapping[str, Any], names: Names) -> tuple[str, Context]:
    register = row["register"]
    kind = _KINDS.get(register, register)
    party: Party = "AB" if kind == "minutes" else "A"
    role_text = to_role_text(row["text"], party, names, load_voices()).text
    return row["text"], Context(role_text, facts=_facts(row["text"], kind, party, "A"))


def read_fragments(folder: Path, nlp: Language) -> Iterator[Labelled]:
    """Yield the sentences of fragments of documents, each with the one before it.

    Args:
        folder: Holds files whose first line names the teams, and whose further lines are a fragment each. Where that
            line says `settlements`, what settles a disagreement is marked by `settles`, and nothing else does.
    """
    for file in sorted(folder.glob("*.jsonl")):
        head, *fragments = _lines(file)
        names = gather_names(_teams(head["teams"]))
        rows = [(sentence, context) for fragment in fragments for sentence, context in _sentences(fragment, names)]
        found = analyse(nlp, [(sentence["text"], context) for sentence, context in rows])
        for (sentence, _), analysed in zip(rows, found, strict=True):
            evidence = {one["code"]: one["evidence"] for one in sentence["measures"]}
            yield Labelled(
                text=sentence["text"],
                sample=analysed.sample,
                source=f"fragments/{file.stem}",
                graded=False,
                acts=_acts(sentence, settlements=head.get("settlements", False)),
                measures=Answer(frozenset(evidence)),
                evidence=evidence,
            )


def _acts(sentence: Mapping[str, Any], *, settlements: bool) -> Answer:
    acts = frozenset(sentence["acts"])
    if settlements:
        return Answer(acts | {SETTLES} if sentence.get("settles") else acts)
    ends = "agreement" in acts or any(one["code"] == "dispute_resolution" for one in sentence["measures"])
    return Answer(acts, frozenset([SETTLES]) if ends else frozenset())


def _sentences(fragment: Mapping[str, Any], names: Names) -> Iterator[tuple[Mapping[str, Any], Context]]:
    before = ""
    for sentence in fragment["sentences"]:
        party: Party = sentence["party"]
        role_text = to_role_text(sentence["text"], party, names, load_voices()).text
        facts = _facts(sentence["text"], fragment["kind"], party, fragment["from"])
        yield sentence, Context(role_text, before, fragment.get("heading", ""), facts)
        before = role_text


def _facts(text: str, kind: Kind, party: Party, sender: Party) -> dict[str, float]:
    """Return the facts that a sentence without its document shows."""
    other: Party | None = {"A": "B", "B": "A"}.get(party)  # type: ignore[assignment]
    turn = 0 if kind == "transcript" else None
    passage = Passage("", "", 0, len(text), "body", party, other, 0, turn=turn)
    addressees: tuple[Party, ...] = {"A": ("B",), "B": ("A",)}.get(sender, ())  # type: ignore[assignment]
    header = Header("", "", kind, "", "", "", "none", sender, addressees, (), (), (), (0, 0))
    return describe_passage(passage, header)


def _teams(data: Mapping[str, Any]) -> Teams:
    a, b = (_team(side, data[side]) for side in ("A", "B"))
    return Teams((a, b))


def _team(side: Any, data: Mapping[str, Any]) -> Team:
    members = tuple(Member(name, post) for name, _, post in (one.partition(" ") for one in data["members"]))
    return Team(side, data["name"], tuple(data["aliases"]), members)


def _lines(file: Path) -> Sequence[Mapping[str, Any]]:
    try:
        return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"训练材料 {file} 读不出来（{error}）。", "请核对这个文件。") from error
