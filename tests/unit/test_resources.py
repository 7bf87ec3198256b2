"""The packaged folders, or those of the checkout."""

from pathlib import Path

import pytest

from coordnlp import resources
from coordnlp.errors import TableError


def _layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *folders: str) -> Path:
    package = tmp_path / "root" / "pipeline" / "coordnlp"
    package.mkdir(parents=True)
    for folder in folders:
        (tmp_path / "root" / folder).mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    return tmp_path / "root"


def test_the_packaged_folders_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    packaged = ("pipeline/coordnlp/_example", "pipeline/coordnlp/_models")
    root = _layout(tmp_path, monkeypatch, "corpus/example", "models/default", *packaged)
    assert resources.example_folder() == root / packaged[0]
    assert resources.models_folder() == root / packaged[1]


def test_a_checkout_has_them_at_its_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = _layout(tmp_path, monkeypatch, "corpus/example", "models/default")
    assert resources.example_folder() == root / "corpus/example"
    assert resources.models_folder() == root / "models/default"


def test_nothing_there_is_an_error_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _layout(tmp_path, monkeypatch)
    with pytest.raises(TableError, match="示例") as caught:
        resources.example_folder()
    assert caught.value.exit_code == 4
    assert caught.value.advice
    with pytest.raises(TableError):
        resources.models_folder()
