"""A reading process whose readers never end, take all memory, or end it; run by `test_reading_process.py`."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NoReturn

from coordnlp.errors import TableError
from coordnlp.stages.ingest import reading_process
from coordnlp.stages.ingest.read_text import read_text
from coordnlp.stages.ingest.readers import read_as
from coordnlp.stages.ingest.readings import Draft, Reading

_CHILD = "import sys, time; pipe = open(sys.argv[1], 'wb', 0); pipe.write(b'x'); time.sleep(600)"


def loop(_: bytes) -> NoReturn:
    while True:
        pass


def wait_for_a_program(content: bytes) -> NoReturn:
    """Start a program that holds a pipe open, and would outlive this one."""
    subprocess.run([sys.executable, "-c", _CHILD, content.decode().split()[-1]], check=False)
    sys.exit()


def take_all_memory(_: bytes) -> NoReturn:
    taken = bytes(1 << 40)
    sys.exit(len(taken))


def crash(_: bytes) -> NoReturn:
    os.abort()


def leave(_: bytes) -> NoReturn:
    sys.exit()


def fail(_: bytes) -> NoReturn:
    raise KeyError("a word of the paper")


def lack(_: bytes) -> NoReturn:
    raise TableError("no such table")


def chatter(content: bytes) -> Reading:
    """Print as some libraries do, and read what is not meant for them."""
    print("noise", flush=True)  # noqa: T201
    os.write(1, b"noise")
    assert os.read(0, 10) == b""
    return read_text(content)


def halve(_: bytes) -> Reading:
    """Give a text with halves of characters, as old Word files have them."""
    draft = Draft()
    draft.add_block("\ud83d" + "\ude00好\udfff")
    return draft.finish(["\udc80"])


BAD = {
    ".csv": loop,
    ".odt": wait_for_a_program,
    ".ods": take_all_memory,
    ".rtf": crash,
    ".ofd": leave,
    ".msg": fail,
    ".xls": lack,
    ".html": chatter,
    ".srt": halve,
}


def read_badly(kind: str, content: bytes) -> Reading:
    """Read with the bad reader of a kind, if it has one."""
    return BAD[kind](content) if kind in BAD else read_as(kind, content)


if __name__ == "__main__":
    reading_process.read_as = read_badly
    reading_process.main()
