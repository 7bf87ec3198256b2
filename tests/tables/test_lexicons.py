"""Every lexicon loads; what is broken in one is told by file, key and reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from pathlib import Path

import pytest

from coordnlp.concepts import Concepts
from coordnlp.dates.lexicon import DateWords
from coordnlp.errors import TableError
from coordnlp.judgements import ReviewWords
from coordnlp.layout.chat_words import ChatWords, NoticePattern, QuotePattern, load_chat_words
from coordnlp.layout.grids import ColumnTable
from coordnlp.layout.lexicon import DocumentWords, load_document_words
from coordnlp.names import NameWords, Voices, load_voices
from coordnlp.nlp.cues import ActCues
from coordnlp.nlp.terms import TermWords
from coordnlp.party_names import PartyNames
from coordnlp.places import Places
from coordnlp.proposals import ProposalWords
from coordnlp.report.labels import Labels
from coordnlp.report.page.words import PageWords
from coordnlp.report.papers.layout import PaperLayout
from coordnlp.report.papers.words import PaperWords
from coordnlp.report.terminal_words import TerminalWords
from coordnlp.report.words import Words
from coordnlp.settings import Settings, load_settings
from coordnlp.stages.asks.features import CUED, FACTS, JUDGED
from coordnlp.stages.asks.table import load_ask_table
from coordnlp.stages.asks.words import AskWords, load_ask_words
from coordnlp.stages.coverage.table import CoverageWords
from coordnlp.stages.coverage.wording import DoubtWords
from coordnlp.stages.disagreements.table import IssueTable, load_issue_scorer
from coordnlp.stages.disagreements.words import DisagreementWords, load_disagreement_words
from coordnlp.stages.doubles.table import DoubleWords
from coordnlp.stages.gaps.sentences import GapWords, load_gap_words
from coordnlp.stages.gaps.table import GapTable
from coordnlp.stages.indicators import (
    INDICATORS,
    IndicatorTable,
    IndicatorWords,
    load_indicator_table,
    load_indicator_words,
)
from coordnlp.stages.ingest.encodings import CharacterTable
from coordnlp.stages.ingest.quote_table import QuoteTable
from coordnlp.stages.ingest.skips import SkippedTable
from coordnlp.stages.links.side_events import SideEvents, load_side_events
from coordnlp.stages.links.table import LinkTable, load_linking
from coordnlp.stages.lives import ClaimTable, load_claim_table
from coordnlp.stages.lives.wording import LifeWords
from coordnlp.stages.markings.table import MarkingWords
from coordnlp.stages.measures import load_status_table
from coordnlp.stages.measures.words import MeasureWords, load_measure_words
from coordnlp.stages.parties.words import PartyWords, load_party_words
from coordnlp.tables import Table, TriedPattern, load_table, parse_table
from coordnlp.taxonomy import Advice, Taxonomy, load_taxonomy
from coordnlp.training.problems import Recipes
from coordnlp.training.tables import write_table

# What people read stands in a table a language, of the same schema: NAME.toml and NAME_en.toml.
WORDED: Mapping[str, type[Table]] = {
    "doubt_words": DoubtWords,
    "explanations": Words,
    "gap_words": GapWords,
    "indicator_words": IndicatorWords,
    "life_words": LifeWords,
    "page": PageWords,
    "papers": PaperWords,
    "party_names": PartyNames,
    "proposals": ProposalWords,
    "report": Labels,
    "terminal": TerminalWords,
}
SCHEMAS: Mapping[str, type[Table]] = {
    **WORDED,
    **{f"{name}_en": schema for name, schema in WORDED.items()},
    "acts": ActCues,
    "asks": AskWords,
    "chats": ChatWords,
    "classifiers": Recipes,
    "columns": ColumnTable,
    "common_characters": CharacterTable,
    "concepts": Concepts,
    "coverage": CoverageWords,
    "dates": DateWords,
    "disagreements": DisagreementWords,
    "documents": DocumentWords,
    "doubles": DoubleWords,
    "gaps": GapTable,
    "indicators": IndicatorTable,
    "markings": MarkingWords,
    "mail_quotes": QuoteTable,
    "measures": MeasureWords,
    "names": NameWords,
    "paper_layout": PaperLayout,
    "parties": PartyWords,
    "places_en": Places,
    "reviews": ReviewWords,
    "settings": Settings,
    "side_events": SideEvents,
    "skipped": SkippedTable,
    "taxonomy": Taxonomy,
    "taxonomy_en": Advice,
    "terms": TermWords,
    "voices": Voices,
}
FOLDER = resources.files("coordnlp") / "lexicons"


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text("utf-8")


def test_every_lexicon_has_a_schema() -> None:
    assert sorted(SCHEMAS) == sorted(file.name.removesuffix(".toml") for file in FOLDER.iterdir() if file.is_file())


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_lexicon_loads(name: str) -> None:
    assert isinstance(load_table(name, SCHEMAS[name]), SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_lexicon_says_where_its_knowledge_is_from(name: str) -> None:
    assert re.search(r"^\s*source = |# .*(?:Sources?:|source|origin|Source)", text_of(name), re.MULTILINE)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_key_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(TableError, match=rf"lexicons/{name}\.toml.*nobody_knows"):
        parse_table(f"lexicons/{name}.toml", f'nobody_knows = "x"\n{text_of(name)}', SCHEMAS[name])


# --- broken tables -------------------------------------------------------------------------------

CUE = """
[[cue]]
act = "request"
name = "请"
pattern = '请'
weight = 0.5
examples = ["请办"]
counter = ["不办"]
"""
GOOD = CUE + CUE.replace("[[cue]]", "[[veto]]")


def test_the_good_table_is_good() -> None:
    assert len(parse_table("acts.toml", GOOD, ActCues).cue) == 1


@pytest.mark.parametrize(
    ("right", "wrong", "key", "reason"),
    [
        ("weight = 0.5", "weight = 0.5\nwieght = 0.5", "cue.0.wieght", "not permitted"),
        ("weight = 0.5", "", "cue.0.weight", "required"),
        ("weight = 0.5", "weight = 0", "cue.0.weight", "between 0 and 1"),
        ("weight = 0.5", "weight = 1", "cue.0.weight", "between 0 and 1"),
        ("weight = 0.5", "weight = -0.2", "cue.0.weight", "between 0 and 1"),
        ("weight = 0.5", 'weight = "much"', "cue.0.weight", "number"),
        ('act = "request"', 'act = "wish"', "cue.0.act", "request"),
        ("pattern = '请'", "pattern = '请('", "cue.0.pattern", "missing )"),
        ("pattern = '请'", "pattern = 7", "cue.0.pattern", "string"),
        ('examples = ["请办"]', "examples = []", "cue.0.examples", "empty"),
        ('counter = ["不办"]', "counter = []", "cue.0.counter", "empty"),
        ('counter = ["不办"]', 'counter = "不办"', "cue.0.counter", "tuple"),
    ],
)
def test_a_broken_table_is_told_by_file_key_and_reason(right: str, wrong: str, key: str, reason: str) -> None:
    with pytest.raises(TableError) as caught:
        parse_table("lexicons/acts.toml", GOOD.replace(right, wrong, 1), ActCues)
    assert f"词表 lexicons/acts.toml 的 {key} 有误：" in caught.value.message
    assert reason in caught.value.message
    assert caught.value.advice
    assert caught.value.exit_code == 4


def test_a_broken_veto_is_told_as_such() -> None:
    with pytest.raises(TableError, match=r"veto\.0\.weight"):
        parse_table("acts.toml", CUE + CUE.replace("[[cue]]", "[[veto]]").replace("0.5", "2"), ActCues)


@pytest.mark.parametrize("text", ["cue = [", "cue = 1\ncue = 2", "[[cue]\n", "=", '"""'])
def test_what_is_no_toml_is_told_as_such(text: str) -> None:
    with pytest.raises(TableError, match=r"acts\.toml 不是有效的 TOML"):
        parse_table("acts.toml", text, ActCues)


def test_words_that_a_pattern_names_must_be_there() -> None:
    with pytest.raises(TableError, match=r"asks\.toml.*no words of this name: handed"):
        parse_table("asks.toml", text_of("asks").replace("\nhanded = ", "\nhandled = "), AskWords)


@pytest.mark.parametrize(("right", "wrong"), [('name = "以下几项"\n', ""), ("[words]\n", ""), ("[[along]]", "[along]")])
def test_a_broken_table_of_patterns_with_words_is_told(right: str, wrong: str) -> None:
    with pytest.raises(TableError, match=r"asks\.toml"):
        parse_table("asks.toml", text_of("asks").replace(right, wrong, 1), AskWords)


def test_a_missing_table_is_told_as_such() -> None:
    with pytest.raises(TableError, match=r"缺少词表 lexicons/no_such\.toml") as caught:
        load_table("no_such", ActCues)
    assert caught.value.advice


def test_a_gap_of_no_type_is_refused() -> None:
    entry = "[type.forgotten]\nbase = 1\nmeasures = []\n"
    with pytest.raises(TableError, match=r"gaps\.toml 的 type\.forgotten"):
        parse_table("gaps.toml", text_of("gaps") + entry, GapTable)


def test_tables_cannot_be_changed_once_loaded() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().waiting.answer_days = 3  # type: ignore[misc]


# --- what must hold across tables ----------------------------------------------------------------


def test_a_weight_of_asks_names_a_fact_a_cue_or_a_judgement() -> None:
    assert set(load_ask_table().weight) <= {*FACTS, *CUED, *JUDGED}


def load_links() -> LinkTable:
    return load_linking().table


def load_issues() -> IssueTable:
    return load_issue_scorer().table


def test_least_scores_are_in_order() -> None:
    links = load_linking().table
    assert 0 < load_ask_table().threshold < 1
    for part in (links.reaction, links.urge):
        assert 0 < part.possible <= part.threshold < 1
    claims = load_claim_table()
    assert 0.5 <= claims.least("acknowledged") <= claims.least("unanswered") < 1
    assert all(0 <= value <= 1 for value in load_settings().thresholds.model_dump().values())


@pytest.mark.parametrize("load", [load_ask_table, load_links, load_issues, load_claim_table, load_status_table])
def test_a_fitted_table_survives_writing(tmp_path: Path, load: Callable[[], Table]) -> None:
    loaded = load()
    file = tmp_path / "table.toml"
    write_table(file, loaded, "words\nabove")
    assert parse_table("table.toml", file.read_text("utf-8"), type(loaded)) == loaded


@pytest.mark.parametrize("change", ["unknown", "missing"])
def test_a_fitted_table_names_every_feature_and_no_other(change: str) -> None:
    claims = load_claim_table()
    weight = claims.weight | {"shares_nothing": 1.0}
    if change == "missing":
        weight = dict(list(claims.weight.items())[1:])
    with pytest.raises(ValueError, match="unknown or missing feature"):
        ClaimTable(source="x", bias=0.0, threshold=0.5, accusing=0.0, weight=weight)


TRIED = [
    (one, text, found)
    for group in (
        *(group for _, group in load_ask_words() if isinstance(group, tuple)),
        *(group for _, group in load_side_events() if isinstance(group, tuple)),
        load_party_words().passing,
        load_party_words().bodies,
        *load_disagreement_words().settling.values(),
        load_disagreement_words().holds,
        load_disagreement_words().yields,
        load_measure_words().lapses,
        load_measure_words().rates,
        load_measure_words().institutes,
        load_measure_words().promises,
        load_indicator_table().cadence,
        load_indicator_table().gathering,
        load_indicator_table().named,
        load_indicator_table().consults,
    )
    for one in group
    for texts, found in ((one.examples, True), (one.counter, False))
    for text in texts
]


@pytest.mark.parametrize(("one", "text", "found"), TRIED, ids=[f"{one.name}-{text}" for one, text, _ in TRIED])
def test_a_pattern_matches_its_examples_and_no_counter_example(one: TriedPattern, text: str, found: bool) -> None:
    assert bool(one.regex.search(text)) == found


def test_every_indicator_has_its_function_and_known_measures() -> None:
    table = load_indicator_table()
    assert [one.code for one in table.indicator] == list(INDICATORS)
    assert {code for one in table.indicator for code in one.measures} <= load_taxonomy().by_code.keys()
    words = load_indicator_words("zh").indicator
    assert list(words) == list(INDICATORS)
    assert all(one.definition.endswith("。") for one in words.values())


def test_every_measure_has_advice() -> None:
    assert [one.code for one in load_taxonomy().measure if not one.advice.endswith("。")] == []


def test_a_label_of_headers_has_one_meaning() -> None:
    groups = load_document_words().labels
    words = [word for group in groups.values() for word in group]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []


def test_an_ending_of_titles_has_one_kind() -> None:
    endings = [ending for entry in load_document_words().kind for ending in entry.endings]
    assert sorted(ending for ending in set(endings) if endings.count(ending) > 1) == []


@pytest.mark.parametrize("word", ["我国", "我省", "本月", "本次会议", "本周", "本人", "本着", "我市场部"])
def test_words_with_me_in_them_are_no_address(word: str) -> None:
    assert not load_voices().own_side.search(word)


@pytest.mark.parametrize("word", ["我方", "我单位", "本单位", "我镇", "我场", "本院", "我们", "敝公司"])
def test_forms_of_address_of_the_own_side(word: str) -> None:
    assert load_voices().own_side.search(word)


@pytest.mark.parametrize("word", ["贵方", "你单位", "贵镇", "您局", "你看", "你们"])
def test_forms_of_address_of_the_other_side(word: str) -> None:
    assert load_voices().other_side.search(word)


@pytest.mark.parametrize("word", ["昂贵", "贵重物品", "价格太贵。", "我方"])
def test_words_with_dear_in_them_are_no_address(word: str) -> None:
    assert not load_voices().other_side.search(word)


@pytest.mark.parametrize("entry", load_chat_words().notice, ids=lambda entry: entry.name)
def test_a_notice_matches_its_examples_and_nothing_that_is_said(entry: NoticePattern) -> None:
    assert [text for text in entry.examples if not entry.regex.fullmatch(text)] == []
    assert [text for text in entry.counter if load_chat_words().is_notice(text)] == []


@pytest.mark.parametrize("entry", load_chat_words().quote, ids=lambda entry: entry.name)
def test_a_quotation_matches_its_examples_only(entry: QuotePattern) -> None:
    assert [text for text in entry.examples if not entry.regex.match(text)] == []
    assert [text for text in entry.counter if entry.regex.match(text)] == []


# --- punctuation ---------------------------------------------------------------------------------

# Words of these keys are met in texts as they stand, or are patterns.
_AS_MET = re.compile(
    r"^(?:pattern|lunar|openings|reply_subject|label|joiners|pairs|words|after|before|endings|suffixes|dress|versions|term|beside|never|behind|line|absent|away|talks|former|yours)$"
)
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”][,;:!?](?![/\\])|[,;:!?][\u4e00-\u9fff]")


def strings(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key)
    elif isinstance(value, str) and not _AS_MET.match(key):
        yield value


@pytest.mark.parametrize(
    "name", sorted(name for name in SCHEMAS if name not in ("dates", "chats", "taxonomy") and not name.endswith("_en"))
)
def test_chinese_sentences_have_chinese_punctuation(name: str) -> None:
    told = strings(tomllib.loads(text_of(name)))
    assert [text for text in told if "{" not in text and "(?" not in text and _HALF_WIDTH.search(text)] == []


def test_templates_have_chinese_punctuation() -> None:
    table = load_gap_words("zh")
    told = [text for entry in table.type.values() for text in (entry.summary, entry.suggestion)]
    assert [text for text in told if re.search(r"[,;:!?()]", re.sub(r"\{\w+\}", "", text))] == []
    assert all(entry.suggestion.endswith(("。", "{advice}")) for entry in table.type.values())
