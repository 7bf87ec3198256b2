"""Recognise the pages of one file that are pictures, as far as its limits allow, and say what came of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coordnlp.settings import Scans
from coordnlp.stages.ingest.pdf_lines import Page
from coordnlp.stages.ingest.scans.engines import Engine
from coordnlp.stages.ingest.scans.pages import Recogniser, ScannedPage
from coordnlp.stages.ingest.scans.strips import Picture

NO_ENGINE = "这台电脑没有装文字识别，怎么装请看 coordnlp doctor"
_SHOWN = 5  # unsure lines of a page that a note quotes
_LONGEST = 30  # characters of each


class UnusablePictureError(Exception):
    """A picture that is not read; the message says why, in Chinese."""


@dataclass(slots=True)
class Recognised:
    """What came of the pictures of a file.

    Attributes:
        pages: By number; a blank page has no lines.
        unread: Numbers of the pages that were not recognised, by the reason.
        notes: What a person should look at, in Chinese.
    """

    pages: dict[int, Page] = field(default_factory=dict)
    unread: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    notes: list[str] = field(default_factory=list)

    @property
    def unread_pages(self) -> list[int]:
        """The numbers of the pages that were not recognised."""
        return sorted(number for numbers in self.unread.values() for number in numbers)

    @property
    def reasons(self) -> str:
        """Why pages were not recognised."""
        return "；".join(self.unread)


def recognise_pages(pictures: Mapping[int, Callable[[], Picture]], engine: Engine | None, limits: Scans) -> Recognised:
    """Recognise pictures in the order given; one that fails, or comes after a limit, is told and not lost.

    Args:
        pictures: By number of the page, from 1; each is drawn when its turn comes.
        engine: None where there is none.
    """
    done = Recognised()
    if engine is None:
        done.unread[NO_ENGINE].extend(pictures)
        return done
    recogniser = Recogniser(engine, limits)
    found: dict[int, ScannedPage] = {}
    for place, (number, draw) in enumerate(pictures.items()):
        try:
            one = _recognise(recogniser, draw, number, place, limits)
        except UnusablePictureError as error:
            done.unread[str(error)].append(number)
        except Exception as error:  # whatever an engine raises must cost no more than its page
            done.unread[f"识别时出错（{type(error).__name__}）"].append(number)
        else:
            found[number] = one
    done.pages.update({number: one.page for number, one in found.items()})
    done.notes.extend(_notes(found, recogniser.name))
    return done


def _recognise(
    recogniser: Recogniser, draw: Callable[[], Picture], number: int, place: int, limits: Scans
) -> ScannedPage:
    if place >= limits.pages:
        raise UnusablePictureError(f"一个文件只识别 {limits.pages} 页，请拆开后再放入")
    if not recogniser.has_time:
        raise UnusablePictureError(f"一个文件只识别 {limits.seconds // 60} 分钟，请拆开后再放入")
    one = recogniser.recognise(draw(), number)
    if not one.is_readable:
        raise UnusablePictureError("有字迹，但认不出来")
    return one


def _notes(found: Mapping[int, ScannedPage], engine: str) -> Iterator[str]:
    told = [number for number, one in found.items() if one.page.lines]
    blank = [number for number, one in found.items() if not one.page.lines]
    if told:
        yield f"{name_pages(told)}识别自扫描件（{engine}），请核对原件。"
    if blank:
        yield f"{name_pages(blank)}是空白页。"
    for number, one in found.items():
        if one.unsure:
            quoted = "、".join(f"“{_cut(words)}”" for words in one.unsure[:_SHOWN])
            yield f"第{number}页有{len(one.unsure)}行认得没有把握：{quoted}{'等' * (len(one.unsure) > _SHOWN)}。"
        if one.missed:
            yield f"第{number}页有{one.missed}处像是有字，没有认出来。"


def name_pages(numbers: Sequence[int]) -> str:
    """Return pages as a person names them: 第1、2页."""
    return f"第{'、'.join(map(str, numbers))}页"


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
