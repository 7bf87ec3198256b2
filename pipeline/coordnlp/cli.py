"""The command line: what an office types, and the one place where trouble is told to a person.

Libraries that take seconds to import are imported by the stages that own them, after a command has begun.
"""

from __future__ import annotations

import datetime
import json
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperCommand, TyperGroup, TyperOption

from coordnlp import __version__
from coordnlp.console import INTERRUPTED, complain, progress, say, stay_offline, tell, tolerate_narrow_consoles
from coordnlp.errors import ConfigurationError, NothingReadableError, UsageError
from coordnlp.records import ReportLanguage

Corpus = Annotated[Path, typer.Option(help="放文书的文件夹（默认 corpus）", show_default=False, rich_help_panel="选项")]
Out = Annotated[Path, typer.Option(help="结果文件夹（默认 outputs）", show_default=False, rich_help_panel="选项")]
EncoderOption = Annotated[
    str,
    typer.Option(
        metavar="NAME_OR_PATH",
        help="另用一个本机的句向量模型来比较两句话像不像（默认不用）",
        show_default=False,
        rich_help_panel="选项",
    ),
]

_OUT = Path("outputs")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; no traceback leaves it unless `--debug` asks.

    Args:
        argv: Without the program's name; those of the process if None.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in arguments
    if debug:
        arguments.remove("--debug")
    tolerate_narrow_consoles()
    stay_offline()
    if not (debug or sys.warnoptions):
        warnings.simplefilter("ignore")
    command = typer.main.get_command(build_app())
    try:
        code = command.main(arguments, prog_name="coordnlp", standalone_mode=False)
        if code == INTERRUPTED:
            # What typer makes of Ctrl+C.
            raise KeyboardInterrupt
    # The edge: whatever happened, the user gets plain words and an exit code.
    except BaseException as error:
        return tell(error, debug)
    return code if isinstance(code, int) else 0


def build_app() -> typer.Typer:
    """Return the commands, for `main` and for the test that compares them with the README."""
    app = typer.Typer(cls=_Group, add_completion=False, pretty_exceptions_enable=False)
    app.callback(invoke_without_command=True)(_coordnlp)
    for function in (report, init, teams, explain, evaluate, train, doctor):
        app.command(cls=_Command, rich_help_panel="命令")(function)
    return app


def _coordnlp(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="显示版本", rich_help_panel="选项")] = False,
    debug: Annotated[  # noqa: ARG001 (main takes it out, so that it may stand after the command, too)
        bool, typer.Option("--debug", help="出错时显示完整的技术信息", rich_help_panel="选项")
    ] = False,
) -> None:
    """从往来文书里找出：谁问了没答，谁应了没办。全程在本机运行。"""
    if version:
        say(f"coordnlp {__version__}")
    elif context.invoked_subcommand is None:
        say(context.get_help())


def report(
    corpus: Corpus = Path("corpus"),
    out: Out = _OUT,
    as_of: Annotated[
        str,
        typer.Option(metavar="YYYY-MM-DD", help="算到哪一天（默认今天）", show_default=False, rich_help_panel="选项"),
    ] = "",
    teams: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="双方名单（默认 corpus 里的 teams.toml）",
            show_default=False,
            rich_help_panel="选项",
        ),
    ] = None,
    include_marked: Annotated[
        bool, typer.Option("--include-marked", help="连标有密级的文书一起分析", rich_help_panel="选项")
    ] = False,
    encoder: EncoderOption = "",
    lang: Annotated[
        str,
        typer.Option(
            metavar="zh|en", help="结果用哪种语言：zh 中文（默认），en 英文", show_default=False, rich_help_panel="选项"
        ),
    ] = "zh",
    redact: Annotated[
        bool,
        typer.Option("--redact", help="隐去姓名（王某某），结果写进 outputs-redacted，供外传", rich_help_panel="选项"),
    ] = False,
) -> None:
    """读 corpus 里的文书，把协调缺口写进 outputs。"""
    if redact and out == _OUT:
        out = _OUT.with_name(f"{_OUT.name}-redacted")
    _check_folders(corpus, out)
    day, language = _read_day(as_of), _read_language(lang)
    with progress() as on_stage:
        from coordnlp import run
        from coordnlp.report.terminal import summarise

        outcome = run.report(
            corpus,
            out,
            as_of=day,
            teams_file=teams,
            on_stage=on_stage,
            include_marked=include_marked,
            language=language,
            redacted=redact,
            encoder_name=encoder,
        )
    Console().print(summarise(outcome.dossiers, outcome.written, language))


def init(
    example: Annotated[
        bool | None,
        typer.Option(
            "--example/--no-example",
            help="要不要示例卷宗（默认询问）",
            show_default=False,
            rich_help_panel="选项",
        ),
    ] = None,
) -> None:
    """在当前文件夹里建好 corpus 和 teams.toml，已有的不动。"""
    from coordnlp.starter import lay_out

    if example is None:
        example = not sys.stdin.isatty() or typer.confirm("要不要放一份示例卷宗，先看看效果？", default=True)
    for line in lay_out(Path.cwd(), example=example):
        say(line)


def teams(
    corpus: Corpus = Path("corpus"),
    write: Annotated[
        bool, typer.Option("--write", help="不询问，把推测的名单写成 teams.toml（已有的不动）", rich_help_panel="选项")
    ] = False,
) -> None:
    """显示并检查双方名单；还没有时从文书里推测一份。"""
    from coordnlp.stages.ingest import find_dossiers
    from coordnlp.team_lists import show_teams

    _check_corpus(corpus)
    folders = [folder.path for folder in find_dossiers(corpus)]
    if corpus not in folders and (not folders or (corpus / "teams.toml").is_file()):
        folders.insert(0, corpus)
    ask = _ask if sys.stdin.isatty() and sys.stdout.isatty() else None
    broken = False
    for folder in folders:
        say(f"【{folder}】")
        try:
            show_teams(folder, say, ask=ask, write=write)
        except ConfigurationError as error:
            broken = True
            complain(error.message, error.advice)
    if broken:
        raise typer.Exit(ConfigurationError.exit_code)


def _ask(question: str) -> str:
    return str(typer.prompt(question, default="", show_default=False))


def explain(
    gap_id: Annotated[
        str,
        typer.Argument(
            metavar="GAP_ID",
            help="gaps.csv 第一列的编号，或 data/passages.jsonl 里句子的编号",
            show_default=False,
            rich_help_panel="参数",
        ),
    ],
    out: Out = Path("outputs"),
) -> None:
    """说明一行缺口为什么会列出来，或一句话为什么这样判断。"""
    from coordnlp.explanations import explain as tell_why

    say(tell_why(gap_id, out))


def evaluate(
    dossiers: Annotated[
        list[Path],
        typer.Argument(
            metavar="DOSSIER...", help="带 corpus 和 gold.json 的卷宗文件夹", show_default=False, rich_help_panel="参数"
        ),
    ],
    leave_one_out: Annotated[
        bool, typer.Option("--leave-one-out", help="逐个留出：权重用其余卷宗重新学习", rich_help_panel="选项")
    ] = False,
    encoder: EncoderOption = "",
    worst: Annotated[
        int, typer.Option(min=0, help="每种差错列出几处（默认 5）", show_default=False, rich_help_panel="选项")
    ] = 5,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="另存为 JSON", show_default=False, rich_help_panel="选项"),
    ] = None,
) -> None:
    """拿人工标注的卷宗检验准不准：逐项列出数字、例数和差错。"""
    with progress() as on_stage:
        from coordnlp import evaluation

        found = evaluation.evaluate(dossiers, leave_one_out=leave_one_out, encoder_name=encoder, on_stage=on_stage)
    if json_file:
        json_file.write_text(json.dumps(evaluation.to_json(found), ensure_ascii=False, indent=1), "utf-8")
    for line in evaluation.to_lines(found, worst=worst):
        say(line)


def train(
    material: Annotated[
        Path,
        typer.Argument(help="训练材料的文件夹（默认 models/training）", show_default=False, rich_help_panel="参数"),
    ] = Path("models/training"),
    out: Annotated[
        Path, typer.Option(help="模型写到哪里（默认 models/default）", show_default=False, rich_help_panel="选项")
    ] = Path("models/default"),
) -> None:
    """用标注过的卷宗重新训练判断句子的模型。"""
    if not material.is_dir():
        raise NothingReadableError(f"没有训练材料 {material}。", "请在源码目录里运行，或写明训练材料的文件夹。")
    with progress() as on_stage:
        from coordnlp.training.building import train as build

        trained = build(material, out, on_stage=on_stage)
    for one in trained:
        say(f"{one.folder}：{one.size / 1_000_000:.1f} MB，{len(one.figures)} 个标签，数字见里面的 README.md")


def doctor(corpus: Corpus = Path("corpus"), out: Out = Path("outputs")) -> None:
    """检查运行环境：有什么、缺什么、各有什么用。"""
    from coordnlp.doctor import check_up

    for finding in check_up(corpus, out):
        say(finding)


class _Command(TyperCommand):
    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _translated(super().get_help_option(ctx))


class _Group(TyperGroup):
    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _translated(super().get_help_option(ctx))


def _translated(option: TyperOption | None) -> TyperOption | None:
    """Describe the option `--help`, which typer does in English."""
    if option is not None:
        option.help = "显示这份帮助"
        option.rich_help_panel = "选项"
    return option


def _check_folders(corpus: Path, out: Path) -> None:
    _check_corpus(corpus)
    if not any(path.is_file() for path in corpus.rglob("[!.]*") if path.name != "teams.toml"):
        raise NothingReadableError(
            f"{corpus} 是空的。", "请把往来文书（纪要、函、邮件等）放进去，再运行 coordnlp report。"
        )
    if corpus.resolve() in (out.resolve(), *out.resolve().parents):
        raise UsageError(f"结果文件夹 {out} 不能放在 {corpus} 里面。", "请用 --out 换一个文件夹。")


def _check_corpus(corpus: Path) -> None:
    if corpus.is_file():
        raise UsageError(f"{corpus} 是一个文件，不是文件夹。", "请把它放进文件夹，把文件夹的名字写在 --corpus 后面。")
    if not corpus.is_dir():
        where = "" if corpus.is_absolute() else f"当前文件夹（{Path.cwd()}）里"
        raise NothingReadableError(
            f"{where}没有 {corpus}。", "请先运行 coordnlp init；如果已经建过，请先进入它所在的文件夹。"
        )


def _read_day(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of 后面的 {text} 不是日期。", "请写成 2026-03-31 这样。") from None


def _read_language(text: str) -> ReportLanguage:
    languages: dict[str, ReportLanguage] = {"zh": "zh", "en": "en"}
    if text.lower() not in languages:
        raise UsageError(f"--lang 后面的 {text} 不认识。", "请写 zh（中文）或 en（英文）。")
    return languages[text.lower()]
