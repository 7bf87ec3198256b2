"""Knowledge as data: TOML files in `lexicons/`, checked when they are loaded.

A table is a frozen pydantic model with unknown keys forbidden. What is wrong in a file is reported with the
file, the key and the reason, never as a traceback.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cached_property
from importlib import resources
from string import Formatter
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, field_validator

from coordnlp.errors import TableError
from coordnlp.records import ReportLanguage


class Table(BaseModel):
    """A group of entries in a lexicon file; `source` says where its knowledge comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TriedPattern(Table):
    """A named regular expression with texts that it must match and others that it must not; the tests try them."""

    name: str
    pattern: str
    examples: tuple[str, ...]
    counter: tuple[str, ...]

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(str(error)) from error
        return pattern

    @field_validator("examples", "counter")
    @classmethod
    def _not_empty(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        if not texts:
            raise ValueError("must not be empty")
        return texts

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)


def first_match(patterns: Iterable[TriedPattern], text: str) -> re.Match[str] | None:
    """Return the first match of the first pattern that matches a text."""
    return next((found for one in patterns if (found := one.regex.search(text))), None)


class _Counting(Formatter):
    """Fills braces; a form with `|` in it is the noun of a count, for one and for others."""

    def format_field(self, value: object, form: str) -> str:
        one, mark, others = form.partition("|")
        return f"{value} {one if str(value) == '1' else others}" if mark else str(super().format_field(value, form))


class Phrase(str):
    """A template whose counts take the right noun: `{days:day|days}` gives 1 day and 2 days."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """Return the template with its braces filled in."""
        return _Counting().vformat(self, args, values)


Template = Annotated[str, AfterValidator(Phrase)]
"""A field of a table that holds a `Phrase`."""

T = TypeVar("T", bound=Table)


def load_table(name: str, schema: type[T], language: ReportLanguage = "zh") -> T:
    """Load `lexicons/NAME.toml` into its schema, or its twin in another language: `lexicons/NAME_en.toml`.

    Raises:
        TableError: The file is missing, is not TOML, or does not fit the schema.
    """
    name = name if language == "zh" else f"{name}_{language}"
    file = resources.files("coordnlp") / "lexicons" / f"{name}.toml"
    try:
        return parse_table(f"lexicons/{name}.toml", file.read_text("utf-8"), schema)
    except FileNotFoundError as error:
        raise TableError(f"缺少词表 lexicons/{name}.toml。", "请重新安装 coordnlp。") from error


def parse_table(file: str, text: str, schema: type[T]) -> T:
    """Check the text of a lexicon file against its schema.

    Args:
        file: Name for messages.

    Raises:
        TableError: With file, key and reason.
    """
    try:
        return schema.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"词表 {file} 不是有效的 TOML：{error}。", "请重新安装 coordnlp。") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise TableError(f"词表 {file} 的 {key} 有误：{first['msg']}。", "请重新安装 coordnlp。") from error
