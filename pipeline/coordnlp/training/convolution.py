"""Fit the convolution. This file owns torch, which comes with the extra `train`: nothing else needs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
import torch
from torch import Tensor, nn

from coordnlp.classifiers import Convolution
from coordnlp.classifiers.convolution import FIRST, PADDING, Filters, Layer, Texts, number_rows, read_texts, whole
from coordnlp.training.problems import ConvolutionRecipe, Problem

_SEED = 0
# A fact of fewer passages is a quirk of a dossier.
_FACT = 10
_BEFORE_WIDTH = 3
# Batches are cut from so many of them put in order of length, so that little is padded.
_SORTED = 64
# A longer step is cut: one odd batch would undo many.
_LONGEST_STEP = 2.0
_SPREAD = 0.1


def fit_convolution(problem: Problem, recipe: ConvolutionRecipe) -> Convolution:
    """Fit a convolution on all rows of a problem; a label that nobody knows of a row weighs nothing there.

    The same rows give the same network on one machine.
    """
    torch.manual_seed(_SEED)
    samples = problem.samples
    characters, pairs = _vocabularies([whole(sample.role_text) for sample in samples], recipe)
    facts = _frequent(chain.from_iterable(sample.facts for sample in samples), _FACT)
    net = _Net(len(characters), len(pairs), len(facts), len(problem.labels), recipe)
    truth = torch.tensor(problem.truth, dtype=torch.float32)
    weights = torch.tensor(problem.weights, dtype=torch.float32)[:, None] * (truth >= 0)
    batches = list(_batches([len(sample.role_text) for sample in samples], recipe))
    optimiser = torch.optim.AdamW(net.parameters(), lr=recipe.rate, weight_decay=recipe.decay, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=len(batches))
    loss = nn.BCEWithLogitsLoss(reduction="none")
    for rows in batches:
        texts = read_texts([samples[at] for at in rows], characters, pairs, facts)
        wrong = loss(net(texts), truth[rows].clamp(min=0)) * weights[rows]
        optimiser.zero_grad()
        (wrong.sum() / len(rows)).backward()
        nn.utils.clip_grad_norm_(net.parameters(), _LONGEST_STEP)
        optimiser.step()
        schedule.step()
    return net.freeze(problem.labels, characters, pairs, facts)


def _vocabularies(texts: Sequence[str], recipe: ConvolutionRecipe) -> tuple[dict[str, int], dict[str, int]]:
    """Return the rows of the characters and of the most frequent pairs."""
    characters = _frequent(chain.from_iterable(map(set, texts)), recipe.least)
    counts = Counter(text[at : at + 2] for text in texts for at in range(len(text) - 1))
    often = sorted((-count, pair) for pair, count in counts.items() if count >= recipe.least)
    return number_rows(characters), number_rows(sorted(pair for _, pair in often[: recipe.pairs]))


def _frequent(names: Iterable[str], least: int) -> tuple[str, ...]:
    return tuple(sorted(name for name, count in Counter(names).items() if count >= least))


def _batches(lengths: Sequence[int], recipe: ConvolutionRecipe) -> Iterator[np.ndarray]:
    """Yield the rows of each batch, every row once a round, in an order that hangs on the seed alone."""
    random, size = np.random.default_rng(_SEED), recipe.batch
    for _ in range(recipe.rounds):
        order = random.permutation(len(lengths))
        some = [order[at : at + size * _SORTED] for at in range(0, len(order), size * _SORTED)]
        like = np.concatenate([part[np.argsort(np.array(lengths)[part], kind="stable")] for part in some])
        batches = [like[at : at + size] for at in range(0, len(like), size)]
        yield from (batches[at] for at in random.permutation(len(batches)))


class _Net(nn.Module):
    """What `Convolution` computes, with what is left out at random while it learns."""

    def __init__(self, characters: int, pairs: int, facts: int, labels: int, recipe: ConvolutionRecipe) -> None:
        super().__init__()
        size, kinds = recipe.vector, recipe.filters * len(recipe.widths)
        self.characters = _table(characters, size)
        self.pairs = _table(pairs, size)
        self.own = nn.ModuleList(_filters(size, recipe.filters, width) for width in recipe.widths)
        self.before = _filters(size, recipe.before, _BEFORE_WIDTH)
        self.facts = nn.Linear(facts, recipe.facts)
        self.hidden = nn.Linear(kinds + recipe.before + 2 * size + recipe.facts, recipe.units)
        self.out = nn.Linear(recipe.units + kinds, labels)
        self.some_vectors = nn.Dropout(recipe.vector_dropout)
        self.some = nn.Dropout(recipe.dropout)

    def forward(self, texts: Texts) -> Tensor:
        """Return the margins of n passages, of shape (n, labels)."""
        (own, known), (before, told), (heading, named) = self._look_up(texts.own, texts.before, texts.heading)
        facts = torch.tensor(texts.facts, dtype=torch.float32)
        strongest = torch.cat([_strongest(filters, own, known) for filters in self.own], 1)
        read = [
            strongest,
            _strongest(self.before, before, told),
            _mean(own, known),
            _mean(heading, named),
            torch.relu(self.facts(facts)),
        ]
        units = torch.relu(self.hidden(self.some(torch.cat(read, 1))))
        margins: Tensor = self.out(self.some(torch.cat([units, strongest], 1)))
        return margins

    def _look_up(self, *texts: tuple[np.ndarray, np.ndarray]) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the vectors of n texts each, and where each has not ended.

        All are looked up at once, since every look-up costs a gradient of the whole table.
        """
        characters, pairs = (torch.from_numpy(np.hstack(rows)) for rows in zip(*texts, strict=True))
        vectors = self.some_vectors(self.characters(characters) + self.pairs(pairs))
        lengths = [rows.shape[1] for rows, _ in texts]
        return zip(torch.split(vectors, lengths, 1), torch.split(characters != PADDING, lengths, 1), strict=True)

    def freeze(
        self, labels: tuple[str, ...], characters: dict[str, int], pairs: dict[str, int], facts: tuple[str, ...]
    ) -> Convolution:
        """Return what was learnt."""
        return Convolution(
            labels=labels,
            characters=characters,
            pairs=pairs,
            facts=facts,
            character_vectors=_numbers(self.characters.weight),
            pair_vectors=_numbers(self.pairs.weight),
            own=tuple(_freeze_filters(filters) for filters in self.own),
            before=_freeze_filters(self.before),
            fact_layer=_freeze_layer(self.facts),
            hidden=_freeze_layer(self.hidden),
            out=_freeze_layer(self.out),
        )


def _table(rows: int, size: int) -> nn.Embedding:
    table = nn.Embedding(FIRST + rows, size, padding_idx=PADDING)
    nn.init.normal_(table.weight, std=_SPREAD)
    with torch.no_grad():
        table.weight[PADDING].zero_()
    return table


def _filters(size: int, count: int, width: int) -> nn.Conv1d:
    return nn.Conv1d(size, count, width, padding=width // 2)


def _strongest(filters: nn.Module, text: Tensor, known: Tensor) -> Tensor:
    # A batch may hold no text at all, such as one of passages that open their zones: a place of padding stands for it.
    if not text.shape[1]:
        text, known = text.new_zeros(len(text), 1, text.shape[2]), known.new_zeros(len(text), 1)
    answers: Tensor = torch.relu(filters(text.transpose(1, 2))).masked_fill(~known[:, None, :], 0.0)
    return answers.amax(2)


def _mean(text: Tensor, known: Tensor) -> Tensor:
    return text.sum(1) / known.sum(1, keepdim=True).clamp(min=1)


def _freeze_filters(filters: nn.Module) -> Filters:
    return Filters(_numbers(filters.weight, turned=True), _numbers(filters.bias))


def _freeze_layer(layer: nn.Linear) -> Layer:
    return Layer(_numbers(layer.weight, turned=True), _numbers(layer.bias))


def _numbers(values: object, *, turned: bool = False) -> np.ndarray:
    """Return values as they will be read from disk, in their order in memory, too, so that thresholds fit what ships.

    Args:
        turned: With the axes in the opposite order.
    """
    assert isinstance(values, Tensor)
    found: np.ndarray = values.detach().numpy()
    return (found.T if turned else found).astype(np.float16, order="C").astype(np.float64)
