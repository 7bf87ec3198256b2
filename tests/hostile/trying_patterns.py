"""Tries every regular expression that the program compiles on long runs that could make it backtrack.

Run in a process of its own: it listens to the compiler of `re` before the program is loaded, runs the example, and
prints a line of JSON for each pattern that took too long on a run. Each is tried on runs of what papers repeat, and
on runs of what it repeats itself, found in its own tree: the shortest words that lead to a repeat, then the repeat.
"""

from __future__ import annotations

import heapq
import importlib
import itertools
import json
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

RUNS = (
    *(
        "。",
        "《",
        "》",
        "（",
        "）",
        "〔",
        "一",
        "十",
        "1",
        "1.",
        "1,",
        "1年",
        "3月",
        "第",
        "号",
        "年月日",
        "0",
        "9-",
        "a",
        "a@",
        "a.",
        "=",
        "/",
    ),
    *(
        " ",
        "\t",
        "　",
        "\n",
        "\n ",
        " \t",
        "> ",
        ">",
        "-",
        "—",
        "_",
        ",",
        "，",
        "、",
        "；",
        ":",
        "：",
        "“",
        "”",
        '"',
        "<",
        "[",
        "*",
        "#",
        "|",
    ),
    *(
        "请",
        "望",
        "函",
        "关于",
        "收到",
        "复",
        "的",
        "镇",
        "局",
        "局长",
        "张三",
        "张三：",
        "王",
        "发件人：",
        "From: ",
        "On ",
        "附件",
        "委",
        "会",
    ),
    *(
        "2024年",
        "二〇",
        "工作日",
        "前",
        "同意",
        "不",
        "同时，",
        "贵场",
        "我镇",
        "会议",
        "主任",
        "00:",
        "镇函",
        "和",
        "与",
        "及",
        "等",
    ),
)
# What grows as 2^n, or with the fourth power, shows at the first length. Only the slowest runs are tried at the second,
# where the third power shows; what is quadratic takes a blink there, and no sentence that is looked at is much longer.
SHORT, LONG = 200, 1000
SLOWEST = 6
SECONDS = 0.5  # of the processor's time, so that a busy machine makes no pattern slow
_ENDS = ("", "!", "。", "\n", "x")
_MANY = 20  # times; what repeats no more often cannot run away
_CHOICES = 3  # characters of a class that are tried
_MEMBERS = {"DIGIT": "1", "SPACE": " ", "WORD": "一", "NOT_DIGIT": "x", "NOT_SPACE": "x", "NOT_WORD": "!"}
_OTHERS = "的 1x\n。"


class TooLongError(Exception):
    """A pattern is still busy when its time is over; the engine of `re` looks for signals on its way."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooLongError


_WAYS = frozenset({"match", "fullmatch"})
_SEARCHES = frozenset({"search", "finditer", "findall", "split", "sub", "subn"})


@dataclass(slots=True)
class Listener:
    """Stands for a compiled pattern, and notes how it is used; `is_check` where it was compiled to be checked only."""

    compiled: re.Pattern[Any]
    place: str
    is_check: bool
    ways: set[str] = field(default_factory=set)

    def __getattr__(self, name: str) -> Any:
        if name in _WAYS:
            self.ways.add(name)
        elif name in _SEARCHES:
            self.ways.add("search")
        return getattr(self.compiled, name)


def used_patterns() -> list[Listener]:
    """Return the patterns that the program compiles, and how it uses them; loading and running it finds them.

    A pattern that the run did not use is given all ways, one that a table only checked none.
    """
    found: list[Listener] = []
    compiler: Any = sys.modules["re._compiler"]
    compile_ = compiler.compile

    def listen(pattern: Any, flags: int = 0) -> Any:
        compiled = compile_(pattern, flags)
        frame: Any = sys._getframe(1)
        while frame and not str(frame.f_globals.get("__name__", "")).startswith("coordnlp"):
            if frame.f_globals.get("__name__") not in ("re", "functools", __name__):
                return compiled
            frame = frame.f_back
        if frame is None:
            return compiled
        place = f"{frame.f_globals['__name__']}:{frame.f_lineno}"
        found.append(Listener(compiled, place, frame.f_code.co_name.startswith("_compile")))
        return found[-1]

    def take(pattern: Any, flags: int) -> Any:
        """Let `re.sub` and its like take a listener for the pattern that it stands for."""
        return pattern if isinstance(pattern, Listener) else take_(pattern, flags)

    functions: Any = re
    take_ = functions._compile
    compiler.compile, functions._compile = listen, take
    re.purge()
    import coordnlp

    for module in pkgutil.walk_packages(coordnlp.__path__, "coordnlp."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from coordnlp.cli import main

    if main(["report", "--corpus", sys.argv[1], "--out", sys.argv[2]]):
        sys.exit("the example did not run")
    compiler.compile, functions._compile = compile_, take_
    for one in found:
        if not one.ways and not one.is_check:
            one.ways |= {"search", *_WAYS}
    return [one for one in found if one.ways]


def own_runs(source: str | bytes, flags: int) -> set[tuple[str, str]]:
    """Return what leads to each repeat of a pattern, and what it repeats, in a few choices of characters."""
    parser: Any = sys.modules["re._parser"]
    tree = parser.parse(source, flags)
    return {run for choice in range(_CHOICES) for run in _repeats(tree, "", choice) if run[1]}


def _repeats(tree: Any, before: str, choice: int) -> Iterator[tuple[str, str]]:
    """Yield the words before a repeat and those of one turn of it."""
    for item in tree:
        name, value = str(item[0]), item[1]
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            if int(value[1]) >= _MANY:
                yield before, _sample(value[2], choice)
            yield from _repeats(value[2], before, choice)
        for inner in _inner(name, value):
            yield from _repeats(inner, before, choice)
        before += _sample([item], choice)


def _inner(name: str, value: Any) -> list[Any]:
    match name:
        case "SUBPATTERN":
            return [value[3]]
        case "BRANCH":
            return list(value[1])
        case "ATOMIC_GROUP":
            return [value]
        case "ASSERT" | "ASSERT_NOT":
            return [value[1]]
    return []


def _sample(tree: Any, choice: int) -> str:
    """Return short words that a tree matches; of a repeat as few turns as will do, but one."""
    words = ""
    for op, value in tree:
        match str(op):
            case "LITERAL":
                words += chr(value)
            case "NOT_LITERAL" | "ANY":
                words += _OTHERS[choice]
            case "IN":
                words += _member(value, choice)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                words += _sample(value[2], choice) * min(max(int(value[0]), len(tree) == 1), _MANY)
            case "BRANCH":
                words += _sample(value[1][choice % len(value[1])], choice)
            case "SUBPATTERN" | "ATOMIC_GROUP" as name:
                words += _sample(_inner(name, value)[0], choice)
    return words


def _member(members: Any, choice: int) -> str:
    """Return a character of a class."""
    if str(members[0][0]) == "NEGATE":
        refused = {chr(value) for op, value in members if str(op) == "LITERAL"}
        return next(one for one in _OTHERS[choice:] + _OTHERS + "一" if one not in refused)
    op, value = members[choice % len(members)]
    match str(op):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(min(value[0] + choice, value[1]))
        case "CATEGORY":
            return _MEMBERS[str(value).removeprefix("CATEGORY_")]
    return "x"


def slowest(pattern: re.Pattern[Any], ways: Iterable[str]) -> tuple[float, str]:
    """Return the longest that a pattern takes on any run, in seconds of the processor, and the run."""
    actions = [getattr(pattern, way) for way in sorted(ways)]
    runs = {("", run) for run in RUNS} | own_runs(pattern.pattern, pattern.flags)
    timed = []
    for (before, run), end in itertools.product(sorted(runs), _ENDS):
        one = (before, run, end)
        timed.append((_time(actions, _text(pattern, one, SHORT)), one))
        if timed[-1][0] >= SECONDS:
            return SECONDS, repr(one)
    longer = ((_time(actions, _text(pattern, one, LONG)), one) for _, one in heapq.nlargest(SLOWEST, timed))
    worst, one = max(longer)
    return worst, repr(one)


def _text(pattern: re.Pattern[Any], words: tuple[str, str, str], length: int) -> Any:
    before, run, end = words
    text = before + run * (length // len(run)) + end
    return text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text


def _time(actions: Sequence[Callable[[Any], object]], text: Any) -> float:
    """Return the seconds that the slowest way to use a pattern takes on a text, no more than it is given."""
    longest = 0.0
    for act in actions:
        start = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            act(text)
        except TooLongError:
            return SECONDS
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        longest = max(longest, time.process_time() - start)
    return longest


def main() -> None:
    found = used_patterns()
    print(json.dumps({"patterns": len(found)}), flush=True)
    signal.signal(signal.SIGVTALRM, _stop)
    for one in found:
        seconds, run = slowest(one.compiled, one.ways)
        if seconds >= SECONDS:
            told = {"place": one.place, "run": run, "ways": sorted(one.ways), "pattern": str(one.compiled.pattern)}
            print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
