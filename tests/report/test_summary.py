from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from handmade import TEAMS, dossier, gap, quiet
from rich.cells import cell_len
from rich.console import Console

from coordnlp.records import Dossier, Skipped, Team
from coordnlp.report import Written, summarise


def shown(*dossiers: Dossier, notes: tuple[str, ...] = (), sheet: str = "gaps.csv", width: int = 140) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=False)
    console.print(summarise(dossiers, Written(Path("outputs") / sheet, (), notes)))
    return stream.getvalue()


def unpadded(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def line(text: str, word: str) -> str:
    return next(line for line in text.splitlines() if word in line)


def test_it_tells_counts_teams_and_the_day() -> None:
    text = shown(dossier())
    assert "临港区总工会 与 港务集团工会，截至 2024-06-30" in text
    assert "读了 2 份文件，跳过 1 份" in text
    assert "缺口 1 条，有 1 处回复同样对得上几件" in text
    assert line(text, "未答复").split()[-1] == "3"
    assert str(Path("outputs/gaps.csv")) in text


def test_copies_of_a_paper_are_counted_and_are_not_unread() -> None:
    copy = Skipped("函.pdf", "duplicate", "与“函.docx”是同一份文书。")
    text = shown(replace(dossier(), skipped=(*dossier().skipped, copy)))
    assert "另有 1 份是同一文书的重复件，已并入，见 skipped.csv，跳过 1 份" in text
    assert "函.pdf" not in text


def test_the_mark_of_marked_papers_stands_on_top() -> None:
    assert "密级：机密。本次分析了标有密级的文书" in shown(replace(dossier(), marking="机密"))
    assert "密级" not in shown(dossier())


def test_it_tells_who_owes_whom_what_for_how_long() -> None:
    text = shown(dossier())
    assert (
        "[高] 未答复，港务集团工会 对 临港区总工会，已等 40 天，逾期 12 天，G-AAAA\n     提供三季度床位数据\n"
        in unpadded(text)
    )


def test_a_promise_is_owed_to_the_one_it_was_made_to() -> None:
    promise = replace(gap("G-AAAA"), type="commitment_unkept", responsible="A", days_overdue=0)
    text = shown(dossier(gaps=(promise,)))
    assert "[高] 承诺未兑现，临港区总工会 对 港务集团工会，已等 40 天，G-AAAA\n" in unpadded(text)


def test_a_gap_without_parties_names_none() -> None:
    nobody = replace(gap("G-AAAA"), type="missing_document", responsible=None, asker=None, asked=None)
    assert "[高] 缺文件，已等 40 天，逾期 12 天，G-AAAA\n" in unpadded(shown(dossier(gaps=(nobody,))))


def test_a_long_summary_is_cut_and_fits_a_narrow_terminal() -> None:
    text = shown(dossier(gaps=(gap("G-AAAA", summary="长" * 300),)), width=80)
    assert text.count("长") == 99
    assert "…" in text
    assert all(cell_len(line) <= 80 for line in text.splitlines())


def test_only_the_gravest_rows_are_shown_and_the_rest_is_counted() -> None:
    gaps = tuple(gap(f"G-{n:02}", summary=f"事项{n:02}", severity=n) for n in range(13))
    text = shown(dossier(gaps=gaps), sheet="gaps-2.csv")
    assert "事项12" in text
    assert "事项02" not in text
    assert "另有 3 条，见 gaps-2.csv" in text


def test_every_skipped_file_has_a_line_of_its_own() -> None:
    skipped = tuple(Skipped(f"{n}.pdf", "encrypted", "请\n去掉密码。") for n in range(30))
    text = shown(replace(dossier(), skipped=skipped))
    assert sum("（有密码）请 去掉密码。" in line for line in text.splitlines()) == 30


def test_notes_of_dossier_and_writing_are_shown() -> None:
    text = shown(replace(quiet(), notes=("按 teams.toml 认定双方",)), notes=("gaps.csv 正被打开",))
    assert "按 teams.toml 认定双方" in text
    assert "gaps.csv 正被打开" in text


def test_a_quiet_dossier_has_no_table_of_gaps_and_several_stand_apart() -> None:
    text = shown(quiet("甲"), dossier("乙"))
    assert text.index("卷宗 甲") < text.index("卷宗 乙") < text.index("提供三季度床位数据")
    assert "提供三季度床位数据" not in shown(quiet())


def test_words_of_a_file_are_neither_markup_nor_control_sequences() -> None:
    nasty = "[bold]粗[/bold]\x1b]0;title\x07[/]"
    teams = replace(TEAMS, teams=(Team("A", nasty), Team("B", "乙")))
    given = replace(
        dossier(gaps=(gap("G-AAAA", summary=nasty),)),
        teams=teams,
        skipped=(Skipped(nasty, "damaged", nasty),),
    )
    text = shown(given, notes=(nasty,))
    assert text.count("[bold]粗[/bold]\ufffd]0;title\ufffd[/]") >= 4
    assert "\x1b" not in text
    assert "\x07" not in text


def test_rich_is_loaded_only_when_something_is_shown() -> None:
    code = "import sys, coordnlp.report; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}).returncode == 0
