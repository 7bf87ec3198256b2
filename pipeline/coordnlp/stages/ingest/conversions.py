"""Turn old and foreign office files into .docx and .xlsx with LibreOffice, many in one call: it starts in a second.

It runs without a window, with a profile of its own that ends with the batch: macros do not run, links to pictures
elsewhere are not followed, the user's own settings and open windows stay as they are.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

TO_SHEET = frozenset({".xls", ".et", ".ods", ".uos", ".xlsb", ".xmlss"})
"""Kinds that become a workbook; all others become a text."""
_TARGETS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
# What a file is called for LibreOffice where its kind is a name of ours.
_SUFFIXES = {".xmlss": ".xml", ".wordml": ".xml", ".wps": ".doc", ".et": ".xls"}
_STARTING, _EACH = 60, 5  # seconds that a call may take, and more for each file
_MOST_HUNG = 2  # calls that ran out of time, after which no other is tried
_MOST_VAIN = 3  # files that it refused while it has not yet converted any
_LARGEST = 300 * 1024 * 1024  # bytes of a file that came out
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SECURITY = "Office.Common/Security/Scripting"
_SAFE = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Office.Writer/Content/Update", "Link", "0"),
    # Whatever would go out all the same meets a proxy that is not there.
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def target_of(kind: str) -> str:
    """Return the kind that a file of a kind is turned into: `.xlsx` or `.docx`."""
    return ".xlsx" if kind in TO_SHEET else ".docx"


@dataclass(slots=True)
class Office:
    """LibreOffice as it was found on this machine; `program` is '' where it is not.

    One that hangs, or makes nothing of the first files, is not asked again.
    """

    program: str
    hung: int = 0
    vain: int = 0
    converted: int = 0

    @property
    def usable(self) -> bool:
        """Whether it is worth asking."""
        return bool(self.program) and self.hung < _MOST_HUNG and (self.converted > 0 or self.vain < _MOST_VAIN)

    def convert(self, files: Sequence[tuple[str, bytes]]) -> list[bytes | None]:
        """Return the files, given as (kind, content), as .docx or .xlsx; None for one that does not come out.

        All of a target go in one call; those that do not come out of it are tried alone, since one file can spoil a
        call for the others.
        """
        results: list[bytes | None] = [None] * len(files)
        for target in _TARGETS:
            wanted = [index for index, (kind, _) in enumerate(files) if target_of(kind) == target]
            calls = [wanted, *([index] for index in wanted)] if len(wanted) > 1 else [wanted]
            for call in calls:
                left = [index for index in call if results[index] is None]
                if left and self.usable:
                    for index, content in zip(left, self._call([files[at] for at in left], target), strict=True):
                        results[index] = content
        return results

    def _call(self, files: Sequence[tuple[str, bytes]], target: str) -> list[bytes | None]:
        with TemporaryDirectory(prefix="coordnlp-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            paths = _lay_out(folder, files)
            command = [self.program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
            command += ["--norestore", "--nologo", "--nolockcheck", "--nodefault"]
            command += ["--convert-to", _TARGETS[target], "--outdir", str(folder / "out"), *map(str, paths)]
            self.hung += not _run(command, _STARTING + _EACH * len(files))
            results = [_take(folder / "out" / f"{path.stem}{target}") for path in paths]
        self.converted += sum(result is not None for result in results)
        self.vain += len(files) == 1 and results == [None]
        return results


def _lay_out(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Write the profile and the files under names that no program stumbles over."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SAFE)
    settings.write_text(_SETTINGS.format(items=items), "utf-8")
    (folder / "in").mkdir()
    (folder / "out").mkdir()
    paths = []
    for number, (kind, content) in enumerate(files, 1):
        paths.append(folder / "in" / f"{number:04}{_SUFFIXES.get(kind, kind)}")
        paths[-1].write_bytes(content)
    return paths


def _take(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if 0 < path.stat().st_size <= _LARGEST else None
    except OSError:
        return None


def _run(command: Sequence[str], seconds: float) -> bool:
    """Run a program to its end, and tell whether it came to it in time; what it started ends with it."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return True
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it started: soffice is a mere starter of the program that works."""
    if process.poll() is not None:
        return
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
