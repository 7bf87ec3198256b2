"""Read PDFs in a process of its own, which may be ended.

PDFium is a large library in C: some files keep it busy for years (forms that draw themselves, twice), some end it, and
neither can be stopped from within. Python's readers need no such thing; their limits are their own.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter

import coordnlp
from coordnlp.records import SkipReason
from coordnlp.settings import load_settings
from coordnlp.stages.ingest.read_pdf import read_pdf
from coordnlp.stages.ingest.readings import Reading, UnreadableError
from coordnlp.stages.ingest.scans import may_find_engine

_SIZE = struct.Struct("<Q")
_LONGEST = 120.0  # seconds without recognising scans; 500 pages take some ten on a slow machine
_MOST_MEMORY = 4 << 30  # bytes
_SLOW = "读了{:.0f}秒还没有读完，像是损坏的或有意做成的，没有读取；请用 PDF 阅读器打开，另存或打印成新的 PDF 后再放入。"
_CRASHED = "文件已损坏，读的时候出错，请用 PDF 阅读器打开检查，另存或打印成新的 PDF 后再放入。"
_LARGE = "文件太大，内存不够，请拆分后再放入。"


def _longest() -> float:
    """Return how many seconds a file may take: pages without text are recognised within a limit of their own."""
    return _LONGEST + (load_settings().scans.seconds if may_find_engine() else 0)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the process makes of a file: a reading, or the reason why there is none."""

    reading: Reading | None
    reason: SkipReason = "damaged"
    detail: str = ""


@dataclass(slots=True)
class PdfReader:
    """Reads PDFs one after another; the process begins with the first, and anew after one that ended it."""

    seconds: float = field(default_factory=_longest)
    process: subprocess.Popen[bytes] | None = None

    def read(self, content: bytes) -> Reading:
        """Read a PDF, as `read_pdf` does.

        Raises:
            UnreadableError: As `read_pdf` raises it; `too_large` where it takes too long, `damaged` where it ends the
                process.
        """
        if self.process is None:
            self.process = _start()
        if self.process is None:
            return read_pdf(content)
        answer = _adapter().validate_json(self._ask(self.process, content))
        if answer.reading is None:
            raise UnreadableError(answer.reason, answer.detail)
        return answer.reading

    def _ask(self, process: subprocess.Popen[bytes], content: bytes) -> bytes:
        timer = threading.Timer(self.seconds, process.kill)
        timer.start()
        try:
            _send(_stream(process.stdin), content)
            answer = _receive(_stream(process.stdout))
        except OSError:
            answer = b""
        finally:
            is_late = not timer.is_alive()
            timer.cancel()
        if not answer:
            self.close()
            detail = _SLOW.format(self.seconds) if is_late else _CRASHED
            raise UnreadableError("too_large" if is_late else "damaged", detail)
        return answer

    def close(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for stream in (self.process.stdin, self.process.stdout):
                with suppress(OSError):
                    _stream(stream).close()
            self.process = None


def _start() -> subprocess.Popen[bytes] | None:
    """Start the process, None where this machine starts none.

    Its modules are those of this program, and none that lie in the working folder among the documents (-P).
    """
    roots = [str(Path(coordnlp.__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "coordnlp.stages.ingest.pdf_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(roots)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None


def _stream(stream: object) -> BinaryIO:
    """Return a pipe of the process, which it has by the way it was started."""
    return stream  # type: ignore[return-value]


def _send(stream: BinaryIO, content: bytes) -> None:
    stream.write(_SIZE.pack(len(content)))
    stream.write(content)
    stream.flush()


def _receive(stream: BinaryIO) -> bytes:
    """Return the next message, b"" where the other side has ended before its end."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return b""
    size = _SIZE.unpack(head)[0]
    content = stream.read(size)
    return content if len(content) == size else b""


@cache
def _adapter() -> TypeAdapter[_Answer]:
    return TypeAdapter(_Answer)


def _answer(content: bytes) -> _Answer:
    try:
        return _Answer(read_pdf(content))
    except UnreadableError as error:
        return _Answer(None, error.reason, error.detail)
    except MemoryError:
        return _Answer(None, "too_large", _LARGE)
    except Exception:  # whatever a damaged file makes the library raise
        return _Answer(None, "damaged", _CRASHED)


def _limit_memory() -> None:
    """Bound the memory of this process, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def main() -> None:
    """Answer for each PDF on standard input, until that ends."""
    _limit_memory()
    while content := _receive(sys.stdin.buffer):
        _send(sys.stdout.buffer, _adapter().dump_json(_answer(content)))


if __name__ == "__main__":
    main()
