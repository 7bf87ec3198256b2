"""TOML files that office staff write by hand: read whatever Notepad saved, and say what is wrong where.

A message names file and line and shows the line, since the reader has never heard of TOML.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from coordnlp.errors import ConfigurationError

_HALF_WIDTH = dict(zip("＝“”＂‘’，［］【】、。＃：；", '="""\'\',[][],.#:;', strict=True))
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
# A comment that is set off by blanks would only hide what matters in a message.
_COMMENT = re.compile(r"\s{2,}#.*")
_LINE_NUMBER = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_REASONS = (
    ("Cannot overwrite a value", "同一个名称写了两次"),
    ("Cannot declare", "同一个名称写了两次"),
    ("Expected '='", "缺少等号"),
    ("Unclosed array", "缺少右方括号 ]"),
    ("Illegal character", "引号没有成对"),
    ("Unterminated string", "引号没有成对"),
    ("Unescaped", "反斜杠 \\ 要写成 \\\\"),
    ("Invalid value", "等号后面的文字要放在英文引号里"),
    ("Expected newline", "这一行后面多了内容"),
    ("Expected ']", "方括号没有成对"),
    ("Invalid statement", "这一行不是“英文名称 = 内容”的写法"),
)


class Source:
    """The text of a configuration file, with the words to complain about it.

    Args:
        file: Name for messages.
        advice: What to do about anything that is wrong in it.
    """

    def __init__(self, file: str, text: str, advice: str) -> None:
        self.file = file
        self.advice = advice
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.lines = self.text.split("\n")

    def data(self) -> Mapping[str, object]:
        """Return what the file says.

        Raises:
            ConfigurationError: It is not TOML.
        """
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise self._syntax_error(str(error)) from error

    def error(self, reason: str, line: int = 0) -> ConfigurationError:
        """Return the error for what stands in a line, from 1; 0 when it stands in none."""
        where = f"{self.file} 第{line}行" if line else self.file
        words = _COMMENT.sub("", self.lines[line - 1]).strip() if line else ""
        shown = f"（{words}）" if words else ""
        return ConfigurationError(f"{where}：{reason}{shown}。", self.advice)

    def _syntax_error(self, message: str) -> ConfigurationError:
        found = _LINE_NUMBER.search(message)
        number = int(found[1]) if found and found[1] else len(self.text.rstrip().split("\n"))
        outside = _STRINGS.sub("", self.lines[number - 1]).split("#")[0]
        wide = next((char for char in outside if char in _HALF_WIDTH), "")
        if wide:
            return self.error(f"用了全角符号“{wide}”，要改成英文半角的 {_HALF_WIDTH[wide]}", number)
        plain = _LINE_NUMBER.sub("", message)
        return self.error(next((text for start, text in _REASONS if plain.startswith(start)), plain), number)


def read_source(path: Path, advice: str) -> Source:
    """Read a file saved as UTF-8, UTF-16 or GB18030, with or without BOM.

    Raises:
        ConfigurationError: It cannot be opened, or is in none of these encodings.
    """
    try:
        return Source(str(path), _decode(path.read_bytes()), advice)
    except OSError as error:
        reason = f"打不开 {path}：{error.strerror}。"
        raise ConfigurationError(reason, "请检查文件是否被占用、有没有读取权限。") from error
    except UnicodeDecodeError as error:
        reason = f"{path} 的文字编码认不出来。"
        raise ConfigurationError(reason, "请用记事本打开，另存为 UTF-8 后再运行。") from error


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    if b"\0" in data[:200]:
        # Every ASCII letter of UTF-16 has a zero byte: before it in big endian, after it in little endian.
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")
