"""Tries every regular expression that the program compiles on long runs that could make it backtrack.

Run in a process of its own: it listens to the compiler of `re` before the program is loaded, runs the example, and
prints a line of JSON for each pattern that took too long on a run.
"""

from __future__ import annotations

import importlib
import itertools
import json
import pkgutil
import re
import sys
import time
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
# What grows as 2^n shows at the first length and must not be tried at the next.
LENGTHS = (24, 200, 1500)
_ENDS = ("", "!", "。", "\n", "x")


def compiled_patterns() -> dict[tuple[str | bytes, int], str]:
    """Return the patterns that the program compiles, with the module that does; loading and running it finds them."""
    found: dict[tuple[str | bytes, int], str] = {}
    compiler: Any = (
        sys.modules["re._compiler"] if "re._compiler" in sys.modules else importlib.import_module("sre_compile")
    )
    compile_ = compiler.compile

    def listen(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        frame: Any = sys._getframe(1)
        while frame and not str(frame.f_globals.get("__name__", "")).startswith("coordnlp"):
            if frame.f_globals.get("__name__") not in ("re", "functools"):
                return compile_(pattern, flags)
            frame = frame.f_back
        if frame:
            found[pattern, int(flags)] = f"{frame.f_globals['__name__']}:{frame.f_lineno}"
        return compile_(pattern, flags)

    compiler.compile = listen
    re.purge()
    import coordnlp

    for module in pkgutil.walk_packages(coordnlp.__path__, "coordnlp."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from coordnlp.cli import main

    main(["report", "--corpus", sys.argv[1], "--out", sys.argv[2]])
    compiler.compile = compile_
    return found


def slowest(pattern: re.Pattern[Any], is_bytes: bool) -> tuple[float, str]:
    """Return the longest that a pattern takes on any run, in seconds, and the run."""
    worst = (0.0, "")
    for length, run, end in itertools.product(LENGTHS, RUNS, _ENDS):
        text: Any = run * (length // len(run)) + end
        if is_bytes:
            text = text.encode()
        for way in (pattern.search, pattern.fullmatch):
            start = time.perf_counter()
            way(text)
            worst = max(worst, (time.perf_counter() - start, f"{run!r} {end!r} {way.__name__} {length}"))
            if worst[0] > 1:
                return worst
    return worst


def main() -> None:
    limit = float(sys.argv[3])
    found = compiled_patterns()
    print(json.dumps({"patterns": len(found)}))
    for (source, flags), place in found.items():
        seconds, run = slowest(re.compile(source, flags), isinstance(source, bytes))
        if seconds > limit:
            print(
                json.dumps(
                    {"place": place, "seconds": round(seconds, 3), "run": run, "pattern": str(source)[:300]},
                    ensure_ascii=False,
                ),
                flush=True,
            )


if __name__ == "__main__":
    main()
