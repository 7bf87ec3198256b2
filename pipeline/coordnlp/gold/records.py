"""Dossiers with gold: what people say is in their documents (docs/design.md, "Gold")."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coordnlp.errors import ConfigurationError
from coordnlp.records import Act, EventType, Evidence, Kind, Party, RequestKind, RequestStatus

FILE_NAME = "gold.json"
REACTIONS = frozenset({"answer", "partial_answer", "refusal", "acknowledgement", "withdrawal"})
"""Types of events that change the status of a request."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldQuote(_Record):
    """Words of a document, exact and unique in it."""

    file: str
    quote: str


class GoldDocument(_Record):
    """What a document says of itself."""

    file: str
    date: str
    kind: Kind
    number: str | None = None
    sender: Party | None = Field(default=None, alias="from")


class GoldEvent(GoldQuote):
    """Something that happened to a request."""

    type: EventType


class GoldRequest(GoldQuote):
    """A tracked item, with its life by the as-of date."""

    id: str
    kind: RequestKind
    asker: Party = Field(alias="from")
    asked: Party = Field(alias="to")
    due: str | None = None
    status: RequestStatus
    overdue: bool
    events: tuple[GoldEvent, ...] = ()
    also: tuple[GoldQuote, ...] = ()


class GoldOccasion(GoldQuote):
    """A passage in which a disagreement shows."""

    party: Party | None = None


class GoldIssue(_Record):
    """A disagreement with its occasions."""

    id: str
    issue: str = ""
    status: str
    recurring: bool
    occasions: tuple[GoldOccasion, ...]
    resolution: GoldQuote | None = None


class GoldMeasure(_Record):
    """A measure that a passage carries."""

    code: str
    evidence: Evidence


class GoldMeasures(GoldQuote):
    """The measures of a passage."""

    labels: tuple[GoldMeasure, ...]


class GoldActs(GoldQuote):
    """The speech acts of a passage."""

    labels: tuple[Act, ...]


class GoldStatus(_Record):
    """What became of a measure by the as-of date."""

    code: str
    status: str


class Gold(_Record):
    """The gold of one dossier; labels are complete in the files named `exhaustive`."""

    as_of: str
    documents: tuple[GoldDocument, ...]
    requests: tuple[GoldRequest, ...] = ()
    disagreements: tuple[GoldIssue, ...] = ()
    measures: tuple[GoldMeasures, ...] = ()
    acts: tuple[GoldActs, ...] = ()
    measure_status: tuple[GoldStatus, ...] = ()
    exhaustive: tuple[str, ...] = ()


def load_gold(dossier: Path) -> Gold:
    """Load the `gold.json` of a dossier folder.

    Raises:
        ConfigurationError: It is missing, no JSON, or does not fit the format.
    """
    path = dossier / FILE_NAME
    advice = "格式见 docs/design.md 的 Gold 一节。"
    try:
        return Gold.model_validate(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise ConfigurationError(f"{dossier} 里没有 {FILE_NAME}。", advice) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(f"{path} 的 {key} 有误：{first['msg']}。", advice) from error
    except ValueError as error:
        raise ConfigurationError(f"{path} 不是有效的 JSON：{error}。", advice) from error
