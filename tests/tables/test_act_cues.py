"""Every cue and veto of `lexicons/acts.toml` matches its examples and leaves its counter-examples alone."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from coordnlp.nlp.cues import Cue, load_cues

CUES = load_cues()
ENTRIES = [("cue", cue) for cue in CUES.cue] + [("veto", veto) for veto in CUES.veto]
ROLES = ("<S>", "<O>", "<A>", "<B>", "<D>", "<T>")


def rows(field: str) -> list[object]:
    return [
        pytest.param(entry, text, id=f"{part}-{entry.act}-{entry.name}-{text}")
        for part, entry in ENTRIES
        for text in getattr(entry, field)
    ]


@pytest.mark.parametrize(("entry", "text"), rows("examples"))
def test_an_example_matches(entry: Cue, text: str) -> None:
    assert entry.regex.search(text)


@pytest.mark.parametrize(("entry", "text"), rows("counter"))
def test_a_counter_example_does_not_match(entry: Cue, text: str) -> None:
    assert not entry.regex.search(text)


def test_no_two_entries_of_an_act_have_one_name() -> None:
    counts = Counter((part, entry.act, entry.name) for part, entry in ENTRIES)
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("entry", [entry for _, entry in ENTRIES], ids=[f"{e.act}-{e.name}" for _, e in ENTRIES])
def test_patterns_know_only_the_roles_that_there_are(entry: Cue) -> None:
    assert set(re.findall(r"<[A-Z]>", entry.pattern)) <= set(ROLES)


def test_a_veto_is_against_an_act_that_has_cues() -> None:
    assert {veto.act for veto in CUES.veto} <= {cue.act for cue in CUES.cue}
