"""What is there on this machine, and what each thing is good for."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from rich.cells import cell_len, set_cell_size

from coordnlp import __version__, resources
from coordnlp.errors import CoordnlpError
from coordnlp.stages.ingest.office_programs import find_antiword, find_soffice, find_tesseract
from coordnlp.teams import find_teams_file, load_teams

_LIBRARIES = (
    ("spacy", "处理文书的流水线"),
    ("jieba", "中文分词"),
    ("opencc", "把繁体字的文书转成简体来分析"),
    ("pypinyin", "从邮箱的拼音认出是哪个单位"),
    ("scikit-learn", "比较两句话说的是不是一件事"),
    ("olefile", "读 .doc .msg .xls"),
    ("xlrd", "读 .xls .et"),
    ("safetensors", "读取判断句子的模型"),
    ("xlsxwriter", "写 gaps.xlsx"),
    ("sentence-transformers", "可选：换用别的句向量模型（安装时写 coordnlp[transformers]）"),
)
# What each is good for where it is there, and what to do where it is not.
_OFFICE = (
    "可选：读 .doc .wps .uof 时先用它转成 .docx，复杂的表格和编号才全",
    "没有也能读 .doc .wps，但复杂的表格和编号可能有缺失，也读不了 .uof；"
    "请从 libreoffice.org 下载安装，装好即可，不用设置"
    "（Linux：apt install libreoffice-writer-nogui libreoffice-calc-nogui）",
)
_ANTIWORD = (
    "可选：读 Word 6、Word 95 的 .doc",
    "只有 Word 95 和更早的 .doc 才用得上；Linux：apt install antiword，其他系统请把这种文件另存为 .docx",
)
_OCR = (
    "可选：识别扫描件和图片里的文字，模型随它安装，不联网",
    "要读扫描的 .pdf 和图片（.jpg .png .tif .bmp .webp）时才用得上；"
    '请运行 pip install "coordnlp[ocr]"（约 310 MB；在源码目录里是 pip install -e ".[ocr]"）',
)
_TESSERACT = (
    "可选：没有装 rapidocr 时，用它识别扫描件和图片，错字多一些",
    "装了 rapidocr 就用不上；要用它，连同简体中文数据 chi_sim 一起装"
    "（Linux：apt install tesseract-ocr tesseract-ocr-chi-sim）；识别图片文件还要 pip install pillow",
)
_WIDTH = 18


def check_up(corpus: Path, out: Path) -> Iterator[str]:
    """Yield a line for each thing that a run uses or could use: 有 or 缺, what was found, what it is for."""
    yield _line(True, "Python", platform.python_version(), "运行环境，需要 3.11 以上")
    yield _line(True, "coordnlp", __version__, "本程序")
    for name, use in _LIBRARIES:
        version = _version(name)
        yield _line(bool(version), name, version, use)
    rapid = _version("rapidocr") if _version("onnxruntime") else ""
    yield _line(bool(rapid), "rapidocr", rapid, _OCR[not rapid])
    for name, path, (use, advice) in (
        ("LibreOffice", find_soffice(), _OFFICE),
        ("antiword", find_antiword(), _ANTIWORD),
        ("tesseract", find_tesseract(), _TESSERACT),
    ):
        yield _line(bool(path), name, path, use if path else advice)
    for name, find in (("模型", resources.models_folder), ("示例卷宗", resources.example_folder)):
        try:
            yield _line(True, name, str(find()), "随程序安装")
        except CoordnlpError as error:
            yield _line(False, name, error.message, error.advice)
    yield _corpus(corpus)
    yield _teams(corpus)
    yield _writable(out)


def _line(found: bool, name: str, detail: str, use: str) -> str:
    mark = "有" if found else "缺"
    shown = detail if cell_len(detail) > _WIDTH else set_cell_size(detail, _WIDTH)
    return f"{mark}  {set_cell_size(name, 22)} {shown} {use}".rstrip()


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def _corpus(corpus: Path) -> str:
    found = corpus.is_dir()
    return _line(found, "文书文件夹", str(corpus), "放文书的地方" if found else "请先运行 coordnlp init")


def _teams(corpus: Path) -> str:
    try:
        file = find_teams_file(corpus)
        if file is None:
            return _line(False, "双方名单", "", "运行 coordnlp teams，从文书里找出双方")
        load_teams(file)
    except CoordnlpError as error:
        return _line(False, "双方名单", error.message, error.advice)
    return _line(True, "双方名单", str(file), "认出是哪一方说的话")


def _writable(out: Path) -> str:
    at = next(path for path in (out.absolute(), *out.absolute().parents) if path.exists())
    found = at.is_dir() and os.access(at, os.W_OK)
    return _line(found, "结果文件夹", str(out), "可以写入" if found else "不能写入，请用 --out 换一个")
