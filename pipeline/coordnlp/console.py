"""What is told to a person at the terminal, and how trouble is put in plain words."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import typer
from rich.console import Console

from coordnlp import __version__
from coordnlp.errors import CoordnlpError

INTERRUPTED = 130
_CAUTION = "里面只有程序的位置，没有文书的文字。"
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "WANDB_MODE": "offline",
}
_USAGE = (
    (r"No such option:? '?([^\s']+)'?.*", r"没有选项 \1。"),
    (r"No such command '(.+?)'.*", r"没有命令 \1。"),
    (r"Missing argument '(.+?)'.*", r"缺少 \1。"),
    (r"Option '(.+?)' requires an argument.*", r"选项 \1 后面要写内容。"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\).*", r"多写了 \1。"),
)


def say(text: str) -> None:
    """Print lines as they are, unwrapped, to standard output."""
    Console(highlight=False).print(text, markup=False, soft_wrap=True)


def complain(message: str, advice: str = "") -> None:
    """Print what is wrong and what to do, to standard error."""
    text = f"{message}\n{advice}" if advice else message
    Console(stderr=True, highlight=False).print(text, markup=False, soft_wrap=True)


def tolerate_narrow_consoles() -> None:
    """Print a question mark for a character that a GBK console lacks, rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def stay_offline() -> None:
    """Tell every library that could ask the network not to; it holds for the programs that are started, too."""
    os.environ.update(_OFFLINE)


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show what the run is at, on a terminal; elsewhere keep quiet."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("正在启动…", spinner="line") as status:
        yield lambda stage: status.update(f"{stage}…")


def tell(error: BaseException, debug: bool) -> int:
    """Tell the user what stopped the command, and return the exit code."""
    if debug:
        complain("".join(_trace(error)))
    match error:
        case CoordnlpError():
            complain(f"错误：{error.message}", error.advice)
            return error.exit_code
        case typer.TyperException():
            complain(f"用法有误：{_in_chinese(error.format_message())}", "运行 coordnlp --help 查看用法。")
            return error.exit_code
        case KeyboardInterrupt() | typer.Abort():
            complain("已中断。")
            return INTERRUPTED
        case SystemExit(code=int(code)):
            return code
        case _:
            what = traceback.TracebackException.from_exception(error).stack
            place = f"（{Path(what[-1].filename).name} 第{what[-1].lineno}行）" if what else ""
            complain(
                f"程序出错了：{type(error).__name__}{place}",
                f"详细记录在 {_write_log(error)}，请交给维护人员；{_CAUTION}",
            )
            return 1


def _trace(error: BaseException) -> Iterator[str]:
    """Yield where in the program an error arose, without its words: those of a library quote what it was given."""
    chain = [error]
    while (before := chain[-1].__cause__ or chain[-1].__context__) and before not in chain:
        chain.append(before)
    for one in reversed(chain):
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(one.__traceback__)
        system = f" [Errno {one.errno}] {one.strerror}" if isinstance(one, OSError) else ""
        yield f"{type(one).__name__}{system}\n"


def _write_log(error: BaseException) -> Path:
    folder = Path("outputs")
    with contextlib.suppress(OSError):
        return _write_log_to(folder, error) if folder.is_dir() else _write_log_to(None, error)
    return _write_log_to(None, error)


def _write_log_to(folder: Path | None, error: BaseException) -> Path:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="coordnlp-", suffix=".log", dir=folder, delete=False
    ) as file:
        file.write(f"coordnlp {__version__}, Python {sys.version}\n")
        file.writelines(_trace(error))
    return Path(file.name)


def _in_chinese(message: str) -> str:
    for pattern, chinese in _USAGE:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, chinese, message, flags=re.DOTALL)
    return message
