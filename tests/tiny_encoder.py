"""A sentence encoder of seven words, as sentence-transformers saves one: a tokenizer and a table of vectors."""

from pathlib import Path

import numpy as np
import pytest

WORDS = ["[UNK]", "机房", "温控", "数据", "空调", "记录", "食堂"]
TABLE = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 1, 0.2], [1, 1, 0.1], [0, 0, 1]], dtype=np.float32)


def make_tiny_encoder(folder: Path) -> Path:
    """Write the model into a folder, and return that."""
    pytest.importorskip("sentence_transformers")
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    static = StaticEmbedding(tokenizer, embedding_weights=torch.from_numpy(TABLE))
    SentenceTransformer(modules=[static], device="cpu").save(str(folder))
    return folder
