"""Try to read, and say why there is nothing where that fails, whatever a damaged file makes a library raise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from coordnlp.errors import CoordnlpError
from coordnlp.stages.ingest.readings import UnreadableError

_Result = TypeVar("_Result")


def attempt(action: Callable[[], _Result]) -> _Result | UnreadableError:
    """Return what an action gives, or why it gives nothing.

    Raises:
        CoordnlpError: What is wrong is the program's own, not the file.
    """
    try:
        return action()
    except UnreadableError as error:
        return error
    except MemoryError:
        return UnreadableError("too_large", "文件太大，内存不够，请拆分后再放入。")
    except CoordnlpError:
        raise
    except Exception as error:  # whatever a damaged file makes a library raise
        detail = f"文件可能已损坏（{type(error).__name__}），请用原来的软件打开检查，另存后再放入。"
        return UnreadableError("damaged", detail)
