"""End programs that were started, with what they have started themselves."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess


def end_program(process: subprocess.Popen[bytes]) -> None:
    """End a program that leads a session of its own, and all in that; one that has ended already is left alone."""
    if process.poll() is not None:
        return
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
