"""Read files in a process of its own, which may be ended: the limits of time and memory of every reader.

Libraries in C cannot be stopped from within: two forms that draw each other keep PDFium busy for years, and a crash
would take the run with it. A reader in Python that never ends cannot be stopped from within on every system either.
"""

from __future__ import annotations

import faulthandler
import io
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import coordnlp
from coordnlp.errors import CoordnlpError
from coordnlp.records import SkipReason
from coordnlp.settings import load_settings
from coordnlp.stages.ingest.attempts import attempt
from coordnlp.stages.ingest.child_programs import end_program
from coordnlp.stages.ingest.readers import read_as
from coordnlp.stages.ingest.readings import Reading, UnreadableError

_HEAD = struct.Struct("<8sdQ")  # kind, seconds and size of what follows
_SIZE = struct.Struct("<Q")
_LONGEST = 120.0  # seconds without recognising scans; 500 pages take some ten on a slow machine
_MOST_MEMORY = 4 << 30  # bytes
_GRACE = 30.0  # seconds after which a process ends by itself whose time is over and that nobody has ended
_PICTURES = frozenset({".png", ".jpg", ".bmp", ".tif", ".webp"})
_PLAIN = frozenset({".txt", ".md"})
_SMALL = 64 * 1024  # bytes of a plain text that is read here: less than a process costs
_SLOW = "读了{:.0f}秒还没有读完，像是损坏的或有意做成的，没有读取；{}"
_CRASHED = "文件已损坏，读的时候出错，{}"
_AGAIN = "请用原来的软件打开检查，另存后再放入。"
_AGAIN_PDF = "请用 PDF 阅读器打开检查，另存或打印成新的 PDF 后再放入。"
_ANSWERED = frozenset({"coordnlp.records.documents", "coordnlp.stages.ingest.readings"})
_MODULE = "coordnlp.stages.ingest.reading_process"

_SCANS_BEGIN = ((0,), b"")
"""What the process says when a PDF has pages to recognise: these have a limit of time of their own."""

_Answer = Reading | tuple[SkipReason, str] | None
"""A reading, why there is none, or None where the trouble is the program's own."""


@dataclass(slots=True)
class ReadingProcess:
    """Reads files one after another; the process begins with the first, and anew after one that ended it.

    Attributes:
        seconds: That a file may take; pages that are recognised have a limit of their own besides.
        module: What the process runs.
    """

    seconds: float = _LONGEST
    module: str = _MODULE
    process: subprocess.Popen[bytes] | None = None

    def read(self, kind: str, content: bytes) -> Reading:
        """Read a file, as `read_as` does.

        Raises:
            UnreadableError: As the reader raises it; `too_large` where it takes too much time or memory, `damaged`
                where it ends the process.
        """
        if kind in _PLAIN and len(content) <= _SMALL:
            return read_as(kind, content)
        if self.process is None:
            self.process = _start(self.module)
        if self.process is None:
            return read_as(kind, content)
        match self._ask(self.process, kind, content):
            case Reading() as reading:
                return reading
            case (reason, detail):
                raise UnreadableError(reason, detail)
            case _:
                return read_as(kind, content)

    def _ask(self, process: subprocess.Popen[bytes], kind: str, content: bytes) -> _Answer:
        clock = _Clock(process)
        clock.allow(self.seconds + (_seconds_for_scans() if kind in _PICTURES else 0))
        try:
            _send(_stream(process.stdin), _HEAD.pack(kind.encode(), clock.seconds, len(content)), content)
            while (answer := _receive(_stream(process.stdout), _SIZE)) == _SCANS_BEGIN:
                clock.allow(clock.seconds + _seconds_for_scans())
        except OSError:
            answer = None
        finally:
            clock.stop()
        if answer is None:
            self.close()
            again = _AGAIN_PDF if kind == ".pdf" else _AGAIN
            if clock.is_over:
                raise UnreadableError("too_large", _SLOW.format(clock.seconds, again))
            raise UnreadableError("damaged", _CRASHED.format(again))
        return _load(answer[1])

    def close(self) -> None:
        """End the process."""
        if self.process is not None:
            end_program(self.process)
            for stream in (self.process.stdin, self.process.stdout):
                with suppress(OSError):
                    _stream(stream).close()
            self.process = None


@dataclass(slots=True)
class _Clock:
    """Ends a process when its time is over."""

    process: subprocess.Popen[bytes]
    seconds: float = 0.0
    is_over: bool = False
    timer: threading.Timer | None = None

    def allow(self, seconds: float) -> None:
        """Give it so many seconds from now on."""
        self.stop()
        self.seconds = seconds
        self.timer = threading.Timer(seconds, self._end)
        self.timer.daemon = True
        self.timer.start()

    def stop(self) -> None:
        """Let it be."""
        if self.timer:
            self.timer.cancel()

    def _end(self) -> None:
        self.is_over = True
        end_program(self.process)


def _seconds_for_scans() -> float:
    from coordnlp.stages.ingest.scans import may_find_engine

    return load_settings().scans.seconds if may_find_engine() else 0.0


def _start(module: str) -> subprocess.Popen[bytes] | None:
    """Start the process, None where this machine starts none.

    Its modules are those of this program, and none that lie in the working folder among the documents (-P).
    """
    roots = [str(Path(coordnlp.__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(roots)},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None


def _stream(stream: object) -> BinaryIO:
    """Return a pipe of the process, which it has by the way it was started."""
    return stream  # type: ignore[return-value]


def _send(stream: BinaryIO, *parts: bytes) -> None:
    for part in parts:
        stream.write(part)
    stream.flush()


def _receive(stream: BinaryIO, head: struct.Struct) -> tuple[tuple[Any, ...], bytes] | None:
    """Return the next message, its head and what follows; None where the other side has ended before its end."""
    packed = stream.read(head.size)
    if len(packed) < head.size:
        return None
    fields = head.unpack(packed)
    content = stream.read(fields[-1])
    return (fields, content) if len(content) == fields[-1] else None


class _Unpickler(pickle.Unpickler):
    """Makes records only: JSON would join two halves of a character that a file parts, and move what follows."""

    def find_class(self, module: str, name: str) -> object:
        """Return a class of records."""
        if module not in _ANSWERED:
            raise pickle.UnpicklingError(module)
        return super().find_class(module, name)


def _load(content: bytes) -> _Answer:
    answer: _Answer = _Unpickler(io.BytesIO(content)).load()
    return answer


# --- in the process ------------------------------------------------------------------------------


def _answer(kind: str, content: bytes, on_scans: Callable[[], None]) -> bytes:
    """Return what becomes of a file, to be sent."""

    def read() -> bytes:
        if kind != ".pdf":
            return pickle.dumps(read_as(kind, content), pickle.HIGHEST_PROTOCOL)
        from coordnlp.stages.ingest.read_pdf import read_pdf

        return pickle.dumps(read_pdf(content, on_scans=on_scans), pickle.HIGHEST_PROTOCOL)

    try:
        answer = attempt(read)
    except CoordnlpError:
        return pickle.dumps(None)
    return answer if isinstance(answer, bytes) else pickle.dumps((answer.reason, answer.detail))


def _limit_memory() -> None:
    """Bound the memory of this process, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return standard input and output, and leave nothing there for libraries and programs to read or write."""
    streams = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return streams


def main() -> None:
    """Answer for each file on standard input, until that ends."""
    _limit_memory()
    questions, answers = _take_streams()
    with Path(os.devnull).open("w") as nowhere:

        def end_after(seconds: float) -> None:
            """End by itself: where the program that asked is gone, nobody else ends this one."""
            faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=nowhere)

        while question := _receive(questions, _HEAD):
            (kind, seconds, _), content = question

            def begin_scans(seconds: float = seconds) -> None:
                end_after(seconds + _seconds_for_scans())
                _send(answers, _SIZE.pack(0))

            end_after(seconds)
            answer = _answer(kind.rstrip(b"\0").decode(), content, begin_scans)
            faulthandler.cancel_dump_traceback_later()
            _send(answers, _SIZE.pack(len(answer)), answer)


if __name__ == "__main__":
    main()
