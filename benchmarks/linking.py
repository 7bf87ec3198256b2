"""How the cost of a run grows with the papers: seconds a stage on invented letters and their replies.

Usage: PYTHONPATH=pipeline python benchmarks/linking.py [PAPERS ...]

Two offices write to each other for years: letters that ask for one or two things, replies that cite them, urges, and
replies that name nothing. Matters are drawn at random from places and objects, so that many look alike.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from coordnlp.analysis import analyse
from coordnlp.nlp import load_nlp
from coordnlp.records import Team, Teams
from coordnlp.stages.ingest import read_dossier

_PLACES = [a + b for a in "青黑白红南北东西上下" for b in "溪松石桥岭湾塘坝沟坪"]
_THINGS = [
    "防火带界线图", "便道养护费", "巡护记录", "油锯", "灭火机", "界桩坐标", "林权证复印件", "水位观测数据", "桥头护栏",
    "排水沟", "宣传栏", "值班电话表", "培训名单", "苗木清单", "病虫害调查表", "监控点位图", "物资台账", "施工方案",
]  # fmt: skip
_ASKS = [
    "请贵方于{due}前提供{matter}。",
    "烦请贵方将{matter}于{due}前函告我方。",
    "{matter}至今没有见到，盼贵方早日提供。",
]
_ANSWERS = [
    "{matter}随函附上，请查收。",
    "{matter}正在整理，月底前另行函送。",
    "{matter}已于日前移交。",
    "{matter}恕难提供。",
]
TEAMS = Teams((Team("A", "青溪镇人民政府", aliases=("我镇",)), Team("B", "黑松林场", aliases=("我场",))), ours="A")


def write_dossier(folder: Path, papers: int, seed: int = 5) -> None:
    """Write so many letters, replies and urges into a folder."""
    draw = random.Random(seed)
    day = dt.date(2015, 1, 5)
    open_asks: list[tuple[str, str, str]] = []
    for at in range(papers):
        day += dt.timedelta(days=draw.randint(0, 1))
        side = draw.choice("AB")
        name, other = ("青溪镇人民政府", "黑松林场") if side == "A" else ("黑松林场", "青溪镇人民政府")
        prefix = "青政函" if side == "A" else "黑林函"
        code = f"{prefix}〔{day.year}〕{at + 1}号"
        mine = [one for one in open_asks if one[0] != side]
        if mine and draw.random() < 0.5:
            asked = draw.choice(mine)
            open_asks.remove(asked)
            title, body = "复函", f"贵方{asked[1]}来函收悉。\n{draw.choice(_ANSWERS).format(matter=asked[2])}"
        else:
            asks = list(_draw_asks(draw, day, 1 + (draw.random() < 0.3)))
            open_asks += [(side, code, matter) for matter, _ in asks]
            title, body = "函", "\n".join(words for _, words in asks)
        date = f"{day.year}年{day.month}月{day.day}日"
        text = f"{name}\n{code}\n关于有关工作的{title}\n{other}：\n{body}\n特此函达。\n{name}\n{date}\n"
        (folder / f"{at:05}.txt").write_text(text, "utf-8")


def _draw_asks(draw: random.Random, day: dt.date, count: int) -> Iterator[tuple[str, str]]:
    for _ in range(count):
        matter = f"{draw.choice(_PLACES)}{draw.choice(_PLACES)}{draw.randint(2, 99)}号{draw.choice(_THINGS)}"
        due = day + dt.timedelta(days=draw.randint(7, 40))
        yield matter, draw.choice(_ASKS).format(matter=matter, due=f"{due.month}月{due.day}日")


def main() -> None:
    """Print a row a size."""
    nlp = load_nlp()
    for papers in [int(size) for size in sys.argv[1:]] or [625, 1250, 2500, 5000]:
        with TemporaryDirectory() as name:
            write_dossier(Path(name), papers)
            read = read_dossier(Path(name))
        timings: dict[str, float] = {}
        found = analyse("benchmark", read, TEAMS, as_of=dt.date(2035, 1, 1), nlp=nlp, timings=timings)
        told = "　".join(f"{stage} {seconds:.1f}" for stage, seconds in timings.items())
        print(f"{papers} papers, {len(found.requests)} requests, {len(found.events)} events: {told}", flush=True)


if __name__ == "__main__":
    main()
