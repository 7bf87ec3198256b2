"""The taxonomy of coordination measures: the table that ships, and what a dossier's `taxonomy.toml` changes in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError, field_validator, model_validator

from coordnlp.configuration import read_source
from coordnlp.records import Evidence, ReportLanguage
from coordnlp.tables import Table, load_table

FILE_NAME = "taxonomy.toml"
_ADVICE = "写法见 README 的“自己的措施”一节；改好后再运行。"
_CODE = re.compile(r"[a-z][a-z0-9_]*")


class _Cued(Table):
    """An entry that is known by cues: patterns on plain text, with texts that they must find and must not find."""

    code: str
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()

    @field_validator("cues")
    @classmethod
    def _compile(cls, cues: tuple[str, ...]) -> tuple[str, ...]:
        for cue in cues:
            try:
                re.compile(cue)
            except re.error as error:
                raise ValueError(f"{cue}：{error}") from error
        return cues

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The compiled cues."""
        return tuple(re.compile(cue) for cue in self.cues)

    def shown(self, text: str) -> list[re.Match[str]]:
        """Return where a text shows the cues, the first place of each."""
        return [match for pattern in self.patterns if (match := pattern.search(text))]


class Dimension(Table):
    """A group of measures."""

    code: str
    name: str
    english: str


class Measure(_Cued):
    """A way of coordinating that two teams should practise.

    `sources` are section.item of the source article; `advice` says what helps where it is missing.
    """

    code: str
    name: str
    english: str = ""
    dimension: str = "mechanism"
    definition: str
    advice: str = ""
    sources: tuple[str, ...] = ()

    @field_validator("code")
    @classmethod
    def _is_code(cls, code: str) -> str:
        if not _CODE.fullmatch(code):
            raise ValueError(f"代号 {code} 只能用小写英文字母、数字和下划线")
        return code


class EvidenceCues(_Cued):
    """Words that tell whether a measure is planned, practised or lacking."""

    code: Evidence
    name: str


class Taxonomy(Table):
    """`lexicons/taxonomy.toml`, perhaps changed by a dossier's own."""

    dimension: tuple[Dimension, ...]
    measure: tuple[Measure, ...]
    evidence: tuple[EvidenceCues, ...]

    @model_validator(mode="after")
    def _is_sound(self) -> Taxonomy:
        codes = [measure.code for measure in self.measure]
        if len(set(codes)) < len(codes):
            raise ValueError("同一个代号写了两次")
        known = {dimension.code for dimension in self.dimension}
        for measure in self.measure:
            if measure.dimension not in known:
                raise ValueError(f"{measure.code} 的 dimension 没有这一类：{measure.dimension}")
        return self

    @cached_property
    def entries(self) -> tuple[Measure | EvidenceCues, ...]:
        """Everything that is known by cues."""
        return (*self.measure, *self.evidence)

    @cached_property
    def by_code(self) -> Mapping[str, Measure]:
        """The measures by code."""
        return {measure.code: measure for measure in self.measure}

    def dimension_name(self, measure: Measure) -> str:
        """Return the name of the group that a measure is in."""
        return next(one.name for one in self.dimension if one.code == measure.dimension)


def load_taxonomy(dossier: Path | None = None) -> Taxonomy:
    """Load the taxonomy that ships, with what a dossier's `taxonomy.toml` adds or changes.

    A `[[measure]]` with a known code replaces the fields that it names; one with a new code needs `name` and
    `definition`. A `[[dimension]]` may be added.

    Raises:
        TableError: The table that ships is missing or broken.
        ConfigurationError: The dossier's own is broken.
    """
    shipped = load_table("taxonomy", Taxonomy)
    file = dossier / FILE_NAME if dossier else None
    return extend_taxonomy(shipped, file) if file and file.is_file() else shipped


class Advice(Table):
    """`lexicons/taxonomy_en.toml`: what helps where a measure is missing, by code, in another language."""

    source: str
    advice: Mapping[str, str]


def word_taxonomy(taxonomy: Taxonomy, language: ReportLanguage) -> Taxonomy:
    """Return a taxonomy with names and advice in a language; what a dossier's own table changed stays as written."""
    if language == "zh":
        return taxonomy
    shipped, advice = load_taxonomy().by_code, load_table("taxonomy", Advice, language).advice
    measures = [_in_english(one, shipped.get(one.code), advice) for one in taxonomy.measure]
    dimensions = [one.model_copy(update={"name": one.english}) for one in taxonomy.dimension]
    return taxonomy.model_copy(update={"measure": tuple(measures), "dimension": tuple(dimensions)})


def _in_english(measure: Measure, shipped: Measure | None, advice: Mapping[str, str]) -> Measure:
    is_renamed = shipped is not None and measure.name != shipped.name and measure.english == shipped.english
    name = measure.name if is_renamed else measure.english or measure.name
    is_ours = shipped is not None and measure.advice == shipped.advice
    return measure.model_copy(update={"name": name, "advice": advice[measure.code] if is_ours else measure.advice})


def extend_taxonomy(shipped: Taxonomy, file: Path) -> Taxonomy:
    """Return the taxonomy with the entries of a user's file laid over it.

    Raises:
        ConfigurationError: The file is no TOML, or an entry is incomplete or unknown.
    """
    source = read_source(file, _ADVICE)
    data = shipped.model_dump()
    own = source.data()
    for key, entries in own.items():
        if key not in ("dimension", "measure", "evidence") or not isinstance(entries, list):
            raise source.error(f"不认识“{key}”，这里只能写 [[measure]]、[[dimension]] 或 [[evidence]]")
        known = {one["code"]: dict(one) for one in data[key]}
        for entry in entries:
            code = str(entry.get("code", ""))
            known[code] = known.get(code, {}) | entry
        data[key] = tuple(known.values())
    try:
        return Taxonomy.model_validate(data)
    except ValidationError as error:
        raise source.error(_reason(error, data)) from error


def _reason(error: ValidationError, data: Mapping[str, tuple[Mapping[str, object], ...]]) -> str:
    first = error.errors()[0]
    message = "缺少这一项" if first["type"] == "missing" else first["msg"].removeprefix("Value error, ")
    match first["loc"]:
        case (str(key), int(at), *rest):
            entry = data[key][at]
            return (
                f"{entry.get('code') or entry.get('name') or '没有代号的一条'} 的 {'.'.join(map(str, rest))}：{message}"
            )
        case _:
            return message
