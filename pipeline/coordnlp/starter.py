"""The first day: the folders that a run expects, a `teams.toml` to fill in, the example to try."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from coordnlp.errors import UsageError
from coordnlp.resources import example_folder
from coordnlp.teams import FILE_NAME, TEMPLATE


def lay_out(folder: Path, *, example: bool) -> Iterator[str]:
    """Make `corpus/` in a folder; what is there stays as it is.

    Args:
        example: Copy the example dossier to `corpus/example`.

    Yields:
        What was done and what to do next, in Chinese, a line each.

    Raises:
        UsageError: `corpus` is there and is no folder, or nothing may be written here.
        TableError: The example is missing from the installation.
    """
    corpus = folder / "corpus"
    if corpus.exists() and not corpus.is_dir():
        raise UsageError(f"{corpus} 已经存在，但不是文件夹。", "请把它改名或移走后再运行。")
    try:
        corpus.mkdir(exist_ok=True)
        yield f"文书文件夹：{corpus}"
        yield _write_template(corpus / FILE_NAME)
        if example:
            yield _copy_example(corpus / "example")
    except PermissionError as error:
        raise UsageError(f"不能在 {folder} 里写文件。", "请换一个自己可以写的文件夹再运行。") from error
    yield ""
    if example:
        yield "现在就可以运行 coordnlp report，先看示例的结果。corpus 里放进自己的文书后，示例不再参与。"
    yield "用自己的文书：一、把文书放进 corpus（可以有子文件夹）；二、运行 coordnlp teams，核对程序找出的往来双方，"
    yield "写进 corpus/teams.toml（也可以自己填）；三、运行 coordnlp report，再用 Excel 打开 outputs/gaps.csv。"


def _write_template(file: Path) -> str:
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(TEMPLATE)
    except FileExistsError:
        return f"双方名单：{file}（已有，没有改动）"
    return f"双方名单：{file}（新建，还是空白的）"


def _copy_example(target: Path) -> str:
    source = example_folder()
    if target.exists():
        return f"示例卷宗：{target}（已有，没有改动）"
    # Copied aside first, so that a copy cut off half-way never passes for the whole.
    with tempfile.TemporaryDirectory(prefix=".", dir=target.parent) as aside:
        shutil.copytree(source, Path(aside) / "example").rename(target)
    return f"示例卷宗：{target}（新建）"
