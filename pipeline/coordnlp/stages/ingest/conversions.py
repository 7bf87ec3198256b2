"""Turn old and foreign office files into .docx and .xlsx with LibreOffice, many in one call: it starts in a second.

It runs without a window, with a profile of its own that ends with the batch: macros do not run, links to pictures
elsewhere are not followed, the user's own settings and open windows stay as they are.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from coordnlp.stages.ingest.child_programs import end_program

FILTERS = {
    ".doc": ("MS Word 97", ".docx"),
    ".rtf": ("Rich Text Format", ".docx"),
    ".odt": ("writer8", ".docx"),
    ".uot": ("UOF text", ".docx"),
    ".wordml": ("MS Word 2003 XML", ".docx"),
    ".xls": ("MS Excel 97", ".xlsx"),
    ".ods": ("calc8", ".xlsx"),
    ".xlsb": ("Calc MS Excel 2007 Binary", ".xlsx"),
    ".xmlss": ("MS Excel 2003 XML", ".xlsx"),
}
"""What LibreOffice calls each kind, and what it becomes. Left to guess, it opens a broken file as a text of noise."""
_OUT_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
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
        """Return the files, given as (kind, content), in their new kinds; None for one that does not come out.

        All of a kind go in one call; those that do not come out of it are tried alone, since one file can spoil a call
        for the others.
        """
        results: list[bytes | None] = [None] * len(files)
        for kind in dict.fromkeys(kind for kind, _ in files):
            wanted = [index for index, file in enumerate(files) if file[0] == kind]
            calls = [wanted, *([index] for index in wanted)] if len(wanted) > 1 else [wanted]
            for call in calls:
                left = [index for index in call if results[index] is None]
                if left and self.usable:
                    made = self._call(kind, [files[index][1] for index in left])
                    for index, content in zip(left, made, strict=True):
                        results[index] = content
        return results

    def _call(self, kind: str, contents: Sequence[bytes]) -> list[bytes | None]:
        name, target = FILTERS[kind]
        with TemporaryDirectory(prefix="coordnlp-", ignore_cleanup_errors=True) as place:
            folder = Path(place)
            paths = _lay_out(folder, kind, contents)
            command = [self.program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
            command += ["--norestore", "--nologo", "--nolockcheck", "--nodefault", f"--infilter={name}"]
            command += ["--convert-to", _OUT_FILTERS[target], "--outdir", str(folder / "out"), *map(str, paths)]
            self.hung += not _run(command, _STARTING + _EACH * len(contents))
            results = [_take(folder / "out" / f"{path.stem}{target}") for path in paths]
        self.converted += sum(result is not None for result in results)
        self.vain += results == [None]
        return results


def _lay_out(folder: Path, kind: str, contents: Sequence[bytes]) -> list[Path]:
    """Write the profile and the files under names that no program stumbles over."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SAFE)
    settings.write_text(_SETTINGS.format(items=items), "utf-8")
    (folder / "in").mkdir()
    (folder / "out").mkdir()
    paths = [folder / "in" / f"{number:04}{kind}" for number in range(1, len(contents) + 1)]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
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
        end_program(process)
    return True
