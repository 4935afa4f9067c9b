"""Scores of known words by where they stand: right around a mention, in it, in its sentence, its paragraph.

A block is a place or a stretch of words. The score of a stretch is the mean of those of its words, rare
words counting more. Some blocks are also read through lenses: how much a word speaks for "loaded" then
depends on what kind of term the mention is ("monster" beside "storm", "claim" beside "responsibility").
Everything is added up in whole numbers, so that a mention gets the same score, bit for bit, whatever else
is in the batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.scoring.loaded.columns import Floats, Ints, Surroundings
from framing.scoring.loaded.keys import sentence_rows

PLACES = (-2, -1, 1, 2)
STRETCHES = ("mention", "sentence", "paragraph")
BLOCKS: tuple[int | str, ...] = (*PLACES, *STRETCHES)

LENSED: tuple[int | str, ...] = (-1, 1, "sentence")
"""Blocks that are read through lenses too."""

LENSES = 8
COLUMNS = len(BLOCKS) + LENSES * (len(LENSED) + 1)
"""Columns of the table of scores: the blocks, then each lensed block by lens, then the lenses themselves."""

SMOOTHING, STEPS = 64, 2048
"""Weight of nothing in a mean, so that one word alone is no strong sign; parts of one that scores are in."""


class Stretch(NamedTuple):
    """Rows of words of each mention, ``without`` those of the mention itself if it is wider than that."""

    low: Ints
    high: Ints
    without: bool


def stretches(surroundings: Surroundings) -> dict[str, Stretch]:
    """Return the edges of the stretches."""
    mentions = surroundings.mentions
    low, high = sentence_rows(surroundings)
    return {
        "mention": Stretch(mentions.first, mentions.stop, without=False),
        "sentence": Stretch(low, high, without=True),
        "paragraph": Stretch(mentions.low, mentions.high, without=True),
    }


def place_rows(surroundings: Surroundings, rows: NDArray[np.int32], place: int) -> NDArray[np.int32]:
    """Return the row in the vocabulary of the word at a place, 0 beyond the paragraph."""
    mentions = surroundings.mentions
    at = mentions.first + place if place < 0 else mentions.stop + place - 1
    inside = (at >= mentions.low) & (at < mentions.high)
    found: NDArray[np.int32] = rows.take(at, mode="clip") * inside
    return found


def block_scores(
    surroundings: Surroundings,
    rows: NDArray[np.int32],
    table: NDArray[np.int16],
    importance: NDArray[np.uint8],
) -> Floats:
    """Return the score of each block for each mention, and that of all lenses, shape (blocks + 1, mentions).

    Parameters
    ----------
    surroundings
        Mentions and words.
    rows
        Row of each word in the vocabulary.
    table
        Scores of each word, in :data:`STEPS` of one, shape (1 + vocabulary, :data:`COLUMNS`); row 0 is 0.
    importance
        Weight of each word in a mean, shape (1 + vocabulary,); row 0 is 0.
    """
    found = np.zeros((len(BLOCKS) + 1, len(surroundings.mentions.first)))
    reader = _Reader(surroundings, rows, table, importance)
    for number, block in enumerate(BLOCKS):
        found[number] = reader.score(block, number)
    for lens in range(LENSES):
        seen = np.zeros(found.shape[1])
        for number, block in enumerate(LENSED):
            seen += reader.score(block, len(BLOCKS) + number * LENSES + lens)
        found[-1] += seen * reader.score("mention", len(BLOCKS) + len(LENSED) * LENSES + lens)
    return found


class _Reader:
    """Scores of blocks in single columns of the table."""

    def __init__(
        self,
        surroundings: Surroundings,
        rows: NDArray[np.int32],
        table: NDArray[np.int16],
        importance: NDArray[np.uint8],
    ) -> None:
        self._rows, self._table = rows, table
        self._places = {place: place_rows(surroundings, rows, place) for place in PLACES}
        self._stretches = stretches(surroundings)
        self._weight = importance.take(rows).astype(np.int64)
        weights = _totals(self._weight)
        self._size = {name: self._sum(weights, s) + SMOOTHING for name, s in self._stretches.items()}

    def score(self, block: int | str, column: int) -> Floats:
        """Return the score of a block by one column of the table."""
        scores = self._table[:, column]
        if isinstance(block, int):
            return scores.take(self._places[block]) / STEPS
        total = _totals(scores.take(self._rows).astype(np.int64) * self._weight)
        found: Floats = self._sum(total, self._stretches[block]) / self._size[block] / STEPS
        return found

    def _sum(self, total: Ints, stretch: Stretch) -> Ints:
        found: Ints = total.take(stretch.high) - total.take(stretch.low)
        if stretch.without:
            own = self._stretches["mention"]
            found -= total.take(own.high) - total.take(own.low)
        return found


def _totals(values: Ints) -> Ints:
    total = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=total[1:])
    return total


def columns_of(kind: str) -> Iterator[tuple[int, int | str]]:
    """Yield the columns of the table of one kind (``block``, ``lensed``, ``lens``) with their blocks."""
    if kind == "block":
        yield from enumerate(BLOCKS)
    elif kind == "lensed":
        for number, block in enumerate(LENSED):
            for lens in range(LENSES):
                yield len(BLOCKS) + number * LENSES + lens, block
    else:
        for lens in range(LENSES):
            yield len(BLOCKS) + len(LENSED) * LENSES + lens, "mention"
