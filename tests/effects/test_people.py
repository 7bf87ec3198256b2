"""What people are called changes no finding."""

from __future__ import annotations

from collections.abc import Mapping

import people
from cases import Case
from comparing import MOST, SCORES, Rows, by_place, changed, decided, differences, kept, only, without
from rewriting import rename_in_document, rename_in_teams, rename_people

# How jieba cuts a name is its own affair.
_LEFT_OUT = ("annotation.terms", *SCORES)


def _both(case: Case, names: Mapping[str, str]) -> tuple[Rows, Rows]:
    """Return the records of a run with the old names changed afterwards, and of one on papers with the new ones."""
    read = [rename_in_document(one, names) for one in case.documents]
    after = case.run(read, teams=rename_in_teams(case.teams, names))
    files = [one.file for one in read]
    before = changed(by_place(case.before, files), lambda text: rename_people(text, names))
    found = by_place(after, files)
    return decided(without(before, *_LEFT_OUT)), decided(without(found, *_LEFT_OUT))


def test_other_names_give_the_same_findings(case: Case):
    names = people.other_names(case.name, case.teams)
    texts = "".join(one.text for one in case.documents)
    assert not [old for old in names if old in rename_people(texts, names)]
    assert not [new for new in names.values() if new in texts]
    before, after = _both(case, names)
    assert kept(before, after) >= MOST
    assert kept(only(before, "document"), only(after, "document")) >= 0.95


def test_short_forms_are_renamed_with_the_person():
    names = {"梁海燕": "谭文君", "高嵩": "邓岷", "欧阳珊": "司徒琳"}
    text = "海燕镇长和梁副书记在场，老高没来，高总说高温天欧阳老师请假。"
    assert rename_people(text, names) == "文君镇长和谭副书记在场，老邓没来，邓总说高温天司徒老师请假。"


def test_rare_surnames_are_people_too(cases: dict[str, Case]):
    before, after = _both(cases["institute-factory"], people.COMMON_FOR_RARE)
    assert kept(before, after) >= MOST
    assert differences(only(before, "document"), only(after, "document")) == []
