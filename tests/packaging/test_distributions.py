"""What goes into sdist and wheel, and that the wheel works away from the checkout."""

import csv
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[2]
# Spelt in halves, so that it does not stand in this file, which the sdist carries.
SECRET = "绝密标记" + "八七三一"
PLANTED = (
    "corpus/机密.txt",
    "corpus/teams.toml",
    "corpus/收文/2024/机密.txt",
    "corpus/example2/机密.txt",
    "我的文书/机密.txt",
    "结果/gaps.csv",
    "outputs/gaps.csv",
    "outputs/data/passages.jsonl",
    "outputs/coordnlp-x.log",
)
_LEFT_OUT = shutil.ignore_patterns(
    ".git",
    ".venv*",
    "venv",
    "outputs",
    "build",
    "dist",
    "*.egg-info",
    "__pycache__",
    ".*_cache",
    ".hypothesis",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build sdist, and wheel out of the sdist, from a copy of the tree with secrets planted."""
    tree = tmp_path_factory.mktemp("build") / "tree"
    shutil.copytree(ROOT, tree, ignore=_LEFT_OUT)
    for name in PLANTED:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(SECRET, "utf-8")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tree / "dist"), str(tree)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
    return tree / "dist"


def _sdist(built: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                yield member.name.partition("/")[2], file.read()


def _wheel(built: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


@pytest.mark.parametrize("members", [_sdist, _wheel])
def test_nobody_s_documents_are_packed(built: Path, members):
    found = dict(members(built))
    assert found
    assert not [name for name, content in found.items() if SECRET.encode() in content]
    assert not [name for name in found if "机密" in name or name.startswith(("outputs/", "结果/"))]
    corpus = [name for name in found if name.startswith("corpus/")]
    assert all(name.startswith("corpus/example/") for name in corpus)


def test_the_sdist_carries_sources_example_and_models(built: Path):
    names = {name for name, _ in _sdist(built)}
    assert {"LICENSE", "README.md", "pyproject.toml", "pipeline/coordnlp/cli.py"} <= names
    assert "corpus/example/teams.toml" in names
    assert any(name.startswith("models/default/") for name in names)


def test_the_wheel_carries_all_that_a_run_needs(built: Path):
    names = {name for name, _ in _wheel(built)}
    source = ROOT / "pipeline" / "coordnlp"
    tables = {f"coordnlp/lexicons/{file.name}" for file in (source / "lexicons").glob("*.toml")}
    assert tables <= names
    assert {"coordnlp/py.typed", "coordnlp/_example/teams.toml"} <= names
    assert any(name.startswith("coordnlp/_models/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert all(name.startswith(("coordnlp/", "coordnlp-")) for name in names)


def test_the_wheel_works_from_another_folder(built: Path, tmp_path: Path):
    site, folder = tmp_path / "site", tmp_path / "办公室 的文件夹"
    folder.mkdir()
    wheel = next(built.glob("*.whl"))
    _python(
        folder,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
        str(wheel),
    )

    where = _python(folder, "-c", "import coordnlp; print(coordnlp.__file__)", PYTHONPATH=str(site))
    assert Path(where.strip()).is_relative_to(site)

    _python(folder, "-m", "coordnlp", "init", PYTHONPATH=str(site))
    _python(folder, "-m", "coordnlp", "report", "--as-of", "2025-12-31", PYTHONPATH=str(site))
    with (folder / "outputs" / "gaps.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    told = _python(folder, "-m", "coordnlp", "explain", rows[0]["编号"], PYTHONPATH=str(site))
    assert rows[0]["编号"] in told


def _python(folder: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8")
