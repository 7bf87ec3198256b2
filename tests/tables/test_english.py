"""The tables in English: every key of the Chinese ones, the same numbers, no word left in Chinese."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from string import Formatter
from typing import get_args

import pytest

from coordnlp.judgements import load_review_words
from coordnlp.party_names import name_party
from coordnlp.places import PlacePattern, load_places, word_places
from coordnlp.records import Document, Mark, ReportLanguage, Team, Teams
from coordnlp.report.labels import Column, all_labels, load_labels
from coordnlp.tables import Phrase
from coordnlp.taxonomy import extend_taxonomy, load_taxonomy, word_taxonomy

WORDED = (
    "doubt_words",
    "explanations",
    "gap_words",
    "indicator_words",
    "life_words",
    "page",
    "papers",
    "party_names",
    "proposals",
    "report",
    "terminal",
)
# Sheets of a workbook are named after files, whose names are words themselves; widths hang on the words.
_FREE = ("book.sheets", "book.widths", "book.width")
# What links tell of a reply in Chinese.
_LEFT_OUT = {"tied": {"reason"}, "why.tie": {"reason"}}
# `source` may name a Chinese table or its practice.
_NOT_SHOWN = ("source", "language")
_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…—]")


def flat(value: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Yield the keys of a table in dots, with what they hold."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from flat(inner, f"{key}.{name}".lstrip("."))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from flat(inner, f"{key}.{at}")
    else:
        yield key, value


def table(name: str) -> Mapping[str, object]:
    file = resources.files("coordnlp") / "lexicons" / f"{name}.toml"
    return dict(flat(tomllib.loads(file.read_text("utf-8"))))


def names_in(template: object) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(str(template)) if name is not None}


@pytest.mark.parametrize("name", WORDED)
def test_a_twin_has_every_key_and_no_other(name: str) -> None:
    chinese, english = ([key for key in table(one) if not key.startswith(_FREE)] for one in (name, f"{name}_en"))
    assert sorted(english) == sorted(chinese)


@pytest.mark.parametrize("name", WORDED)
def test_a_twin_has_the_same_numbers(name: str) -> None:
    chinese, english = table(name), table(f"{name}_en")
    numbers = {key: value for key, value in chinese.items() if not isinstance(value, str) and not key.startswith(_FREE)}
    assert {key: english[key] for key in numbers} == numbers


@pytest.mark.parametrize("name", [*(f"{one}_en" for one in WORDED), "taxonomy_en"])
def test_nothing_is_left_in_chinese(name: str) -> None:
    shown = {key: value for key, value in table(name).items() if key not in _NOT_SHOWN}
    assert {key: value for key, value in shown.items() if _HAN.search(str(value))} == {}


@pytest.mark.parametrize("name", WORDED)
def test_a_template_names_nothing_that_its_twin_does_not(name: str) -> None:
    chinese, english = table(name), table(f"{name}_en")
    more = {key: names_in(value) - names_in(chinese.get(key)) for key, value in english.items() if key in chinese}
    assert {key: names for key, names in more.items() if names} == {}


@pytest.mark.parametrize("name", WORDED)
def test_what_a_reader_needs_is_in_both(name: str) -> None:
    """A number, a name or a quote that the Chinese tells is told in English; reasons of stages are in Chinese."""
    chinese, english = table(name), table(f"{name}_en")
    less = {
        key: names_in(chinese[key]) - names_in(value) - _LEFT_OUT.get(key, set())
        for key, value in english.items()
        if key in chinese
    }
    assert {key: names for key, names in less.items() if names} == {}


@pytest.mark.parametrize("name", [*(f"{one}_en" for one in WORDED), "taxonomy_en"])
def test_english_is_spelled_as_in_britain(name: str) -> None:
    american = re.compile(r"\b\w*(?:iz(?:e|ed|ing|ation)|yz(?:e|ed|ing)|olor|avor|center|fulfill)\b")
    allowed = {"size", "prize"}
    words = {word for value in table(name).values() for word in american.findall(str(value))} - allowed
    assert words == set()


def test_every_measure_has_advice_and_a_name() -> None:
    measures = word_taxonomy(load_taxonomy(), "en").measure
    assert [one.code for one in measures if _HAN.search(one.name + one.advice) or not one.advice.endswith(".")] == []
    assert len({one.advice for one in measures}) == len(measures)


def test_the_default_taxonomy_is_the_chinese_one() -> None:
    assert word_taxonomy(load_taxonomy(), "zh") == load_taxonomy()


def test_words_of_a_dossiers_own_taxonomy_stay_as_written(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "taxonomy.toml"
    file.write_text(
        '[[measure]]\ncode = "drills"\nname = "应急演练"\ndefinition = "两家一起演练"\nadvice = "先练一次。"\n'
        '[[measure]]\ncode = "visits"\nname = "回访"\nenglish = "Return visits"\ndefinition = "回访对方"\n'
        '[[measure]]\ncode = "liaison"\nadvice = "照本院规定办。"\n'
        '[[measure]]\ncode = "channels"\nname = "走哪条路"\n',
        "utf-8",
    )
    found = word_taxonomy(extend_taxonomy(load_taxonomy(), file), "en").by_code
    assert (found["drills"].name, found["drills"].advice) == ("应急演练", "先练一次。")
    assert found["visits"].name == "Return visits"
    assert (found["liaison"].name, found["liaison"].advice) == ("Liaison", "照本院规定办。")
    assert found["channels"].name == "走哪条路"
    assert found["channels"].advice == word_taxonomy(load_taxonomy(), "en").by_code["channels"].advice


# --- counts, places, parties ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "count", "told"),
    [
        ("{days:day|days} waiting", 1, "1 day waiting"),
        ("{days:day|days} waiting", 2, "2 days waiting"),
        ("{days:day|days} waiting", 0, "0 days waiting"),
        ("{days:day|days} waiting", 21, "21 days waiting"),
        ("{days:day|days} waiting", "1", "1 day waiting"),
        ("已等 {days} 天", 1, "已等 1 天"),
        ("{days:.2f}", 0.5, "0.50"),
    ],
)
def test_a_count_takes_the_right_noun(template: str, count: object, told: str) -> None:
    assert Phrase(template).format(days=count) == told


PLACES = [
    (one, text, found)
    for one in load_places("en").place
    for text, found in (*((text, True) for text in one.examples), *((text, False) for text in one.counter))
]


@pytest.mark.parametrize(("one", "label", "found"), PLACES, ids=[f"{one.name}-{text}" for one, text, _ in PLACES])
def test_a_place_is_known_as_a_whole(one: PlacePattern, label: str, found: bool) -> None:
    assert bool(one.regex.fullmatch(label)) == found


@pytest.mark.parametrize(
    ("label", "worded"),
    [
        ("第2页", "page 2"),
        ("第11行", "line 11"),
        ("表1第2行第3列", "table 1, row 2, column 3"),
        ("工作表“督办台账”第4行", 'sheet "督办台账", row 4'),
        ("00:12:05", "00:12:05"),
        ("附件一", "附件一"),
    ],
)
def test_places_are_told_in_english(label: str, worded: str) -> None:
    document = Document("a.txt", "txt", "", "字", (), (Mark(0, label),))
    assert word_places(document, "en").place(0) == worded
    assert word_places(document, "zh") == document


TEAMS = Teams((Team("A", "区总工会"), Team("B", "船厂工会")))


def test_chinese_names_of_parties_are_those_of_the_records() -> None:
    """Ids are made from the names that the records give: a word changed here must not change an id."""
    parties = ("A", "B", "AB", "X", None)
    assert [name_party(one, TEAMS, "zh") for one in parties] == [TEAMS.name(one) for one in parties]  # type: ignore[arg-type]


def test_teams_keep_their_names_in_english() -> None:
    assert [name_party(one, TEAMS, "en") for one in ("A", "AB", "X", None)] == [  # type: ignore[arg-type]
        "区总工会",
        "Both sides",
        "Other bodies",
        "",
    ]


# --- what the reader of sheets relies on ---------------------------------------------------------


def test_no_title_means_two_things_in_two_languages() -> None:
    columns: tuple[Column, ...] = get_args(Column)
    chinese, english = (set(labels.titles(columns)) for labels in all_labels())
    assert chinese & english == set()


@pytest.mark.parametrize("language", get_args(ReportLanguage))
def test_files_have_names_of_their_own(language: ReportLanguage) -> None:
    names = list(load_labels(language).files.model_dump().values())
    others = [name for each in all_labels() if each.language != language for name in each.files.model_dump().values()]
    assert len({*names, *others}) == len(names) + len(others)
    # The stem before the first hyphen tells what a numbered file belongs to.
    assert not any("-" in name for name in names)


@pytest.mark.parametrize("language", get_args(ReportLanguage))
def test_sheets_fit_excel(language: ReportLanguage) -> None:
    names = load_labels(language).book_sheets
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert len({name.lower() for name in load_labels(language).book.sheets.values()}) == len(
        load_labels(language).book.sheets
    )


@pytest.mark.parametrize("column", ["type", "severity", "change", "responsible"])
def test_a_choice_has_the_same_keys_in_every_language(column: Column) -> None:
    chinese, english = (labels.words_of(column) for labels in all_labels())
    assert list(chinese) == list(english)
    assert len(set(chinese.values())) == len(chinese)
    assert len(set(english.values())) == len(english)


@pytest.mark.parametrize(
    ("typed", "decision"),
    [
        ("Confirmed", "confirmed"),
        ("confirm", "confirmed"),
        ("False alarm", "mistaken"),
        ("FALSE ALARM.", "mistaken"),
        ("false  alarm (see note)", "mistaken"),
        ("Resolved!", "resolved"),
        ("deferred", "deferred"),
        ("Merged into G-ABCDFGHI", "merged"),
        ("merged into g-abcdfghi", "merged"),
        ("Merged into", "none"),
        ("Not confirmed", "none"),
        ("Alarm", "none"),
        ("unresolved", "none"),
        ("Resolved?", "none"),
    ],
)
def test_verdicts_in_english_are_known(typed: str, decision: str) -> None:
    assert load_review_words().decide(typed)[0] == decision


def test_the_list_offers_the_words_of_the_language() -> None:
    words = load_review_words()
    assert words.offers("en") == ("Confirmed", "False alarm", "Resolved", "Deferred", "Merged into")
    assert words.offers("zh") == ("确认", "误报", "已解决", "暂缓", "合并到")
