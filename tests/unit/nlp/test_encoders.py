"""Encoders that a user brings: a folder of sentence-transformers, read without a network."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from coordnlp.encoders import load_encoder
from coordnlp.errors import ConfigurationError, ModelError
from tiny_encoder import TABLE, make_tiny_encoder


@pytest.fixture(scope="module")
def static_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_encoder(tmp_path_factory.mktemp("models") / "小模型")


@pytest.mark.transformers
def test_a_folder_gives_the_vectors_that_its_table_holds(static_model: Path) -> None:
    found = load_encoder(str(static_model)).encode(["机房 温控 数据", "食堂"])
    mean = TABLE[1:4].mean(axis=0)
    assert found == pytest.approx(np.array([mean / np.linalg.norm(mean), TABLE[6]]), abs=1e-6)


@pytest.mark.transformers
def test_a_text_that_the_model_knows_nothing_of_is_zero(static_model: Path) -> None:
    found = load_encoder(str(static_model)).encode(["函", "", "机房"])
    assert np.isfinite(found).all()
    assert np.linalg.norm(found, axis=1).tolist() == pytest.approx([0.0, 0.0, 1.0])


@pytest.mark.transformers
@pytest.mark.parametrize("name", ["本机没有的模型", "nobody/no-such-model", "./no-such-folder"])
def test_what_is_not_on_this_machine_is_not_fetched(name: str) -> None:
    with pytest.raises(ModelError, match="本机没有") as caught:
        load_encoder(name)
    assert "不联网" in caught.value.advice


@pytest.mark.transformers
def test_a_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{", "utf-8")
    with pytest.raises(ModelError, match="读不出来"):
        load_encoder(str(tmp_path))
    with pytest.raises(ModelError, match="是一个文件"):
        load_encoder(str(tmp_path / "config.json"))


@pytest.mark.transformers
def test_a_model_cut_short_is_told(static_model: Path, tmp_path: Path) -> None:
    import shutil

    cut = tmp_path / "cut"
    shutil.copytree(static_model, cut)
    weights = next(cut.rglob("*.safetensors"))
    weights.write_bytes(weights.read_bytes()[:40])
    with pytest.raises(ModelError, match="读不出来"):
        load_encoder(str(cut))


def test_without_the_extra_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ConfigurationError) as caught:
        load_encoder("任何模型")
    assert "coordnlp[transformers]" in caught.value.advice
