"""Sentence encoders that the user brings: any sentence-transformers model, read from this machine alone.

None ships: one small enough to ship told no more than the characters do (docs/accuracy.md, "An encoder").
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from coordnlp.errors import ConfigurationError, ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32
_INSTALL = '请运行 pip install "coordnlp[transformers]"（在源码目录里是 pip install -e ".[transformers]"）。'
_BRING = "请把模型的整个文件夹拷到本机，在 --encoder 后面写它的路径；程序不联网下载。做法见 README“换用句向量模型”。"


class SentenceEncoder:
    """A sentence-transformers model.

    Attributes:
        name: As the user gave it.
    """

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self.name, self._model = name, model

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one vector a text, of shape (n, d), of length 1; 0 for a text that the model knows nothing of."""
        found = self._model.encode(list(texts), batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
        vectors = np.nan_to_num(np.asarray(found, dtype=np.float64))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: np.ndarray = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-9)
        return unit


def load_encoder(name_or_path: str) -> SentenceEncoder:
    """Load a model from a folder, or by name from what sentence-transformers has stored on this machine.

    It runs on a graphics card where there is one. Nothing is fetched, and no code that comes with a model is run.

    Raises:
        ConfigurationError: The extra `transformers` is not installed.
        ModelError: There is no such model, or it cannot be read.
    """
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ConfigurationError("用 --encoder 要先装 sentence-transformers。", _INSTALL) from error
    path = Path(name_or_path).expanduser()
    if path.is_file():
        raise ModelError(f"--encoder 后面的 {name_or_path} 是一个文件，不是模型的文件夹。", _BRING)
    given = str(path) if path.is_dir() else name_or_path
    try:
        # The library greets with bars and notes of its own.
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            model: Any = SentenceTransformer(given, local_files_only=True, trust_remote_code=False)
            SentenceEncoder(name_or_path, model).encode(["试一试"])
    # Whatever a library says of a broken folder: the user learns which model, and what to do.
    except Exception as error:
        where = "读不出来，可能不是 sentence-transformers 的模型，或者文件不全" if path.is_dir() else "本机没有"
        raise ModelError(f"句向量模型 {name_or_path} {where}。", _BRING) from error
    return SentenceEncoder(name_or_path, model)
