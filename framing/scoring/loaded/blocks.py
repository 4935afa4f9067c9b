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


class BlockTables:
    """The table of scores, laid out so that a column of it is read quickly.

    Parameters
    ----------
    table
        Scores of each word, in :data:`STEPS` of one, shape (1 + vocabulary, columns); row 0 is 0.
    importance
        Weight of each word in a mean, shape (1 + vocabulary,); row 0 is 0.
    """

    def __init__(self, table: NDArray[np.int16], importance: NDArray[np.uint8]) -> None:
        self.scores = np.ascontiguousarray(table.T)
        self.weighted = self.scores.astype(np.int32) * importance.astype(np.int32)
        self.importance = importance.astype(np.int32)


def block_scores(surroundings: Surroundings, rows: NDArray[np.int32], tables: BlockTables) -> Floats:
    """Return the score of each block for each mention, and that of all lenses, shape (blocks + 1, mentions).

    ``rows`` has the row of each word in the vocabulary.
    """
    found = np.zeros((len(BLOCKS) + 1, len(surroundings.mentions.first)))
    places = {place: place_rows(surroundings, rows, place) for place in PLACES}
    means = Means(surroundings, rows, tables.importance)

    def score(block: int | str, column: int) -> Floats:
        if isinstance(block, int):
            here: Floats = tables.scores[column].take(places[block]) / STEPS
            return here
        mean: Floats = means.of(block, tables.weighted[column]) / STEPS
        return mean

    for number, block in enumerate(BLOCKS):
        found[number] = score(block, number)
    for lens in range(LENSES):
        seen = np.zeros(found.shape[1])
        for number, block in enumerate(LENSED):
            seen += score(block, len(BLOCKS) + number * LENSES + lens)
        found[-1] += seen * score("mention", len(BLOCKS) + len(LENSED) * LENSES + lens)
    return found


class Means:
    """Weighted means over the words of stretches; those of the mention do not count in wider ones."""

    def __init__(
        self, surroundings: Surroundings, rows: NDArray[np.int32], importance: NDArray[np.int32]
    ) -> None:
        edges = stretches(surroundings)
        self._words = {name: _Words(edges[name], rows) for name in ("mention", "sentence")}
        self._rows, self._paragraph, self._own = rows, edges["paragraph"], edges["mention"]
        self._sizes = {name: self._sum(name, importance) + SMOOTHING for name in STRETCHES}

    def of(self, stretch: str, weighted: NDArray[np.int32]) -> Floats:
        """Return the mean of a column of scores that were multiplied with their weights."""
        found: Floats = self._sum(stretch, weighted) / self._sizes[stretch]
        return found

    def _sum(self, stretch: str, weighted: NDArray[np.int32]) -> Ints:
        if stretch == "paragraph":
            return self._around(weighted)
        total = self._words[stretch].sum(weighted)
        return total - self._words["mention"].sum(weighted) if stretch == "sentence" else total

    def _around(self, weighted: NDArray[np.int32]) -> Ints:
        """Return the sum over the paragraph without the mention."""
        own, whole = self._own, self._paragraph
        total = np.zeros(len(self._rows) + 1, dtype=np.int64)
        np.cumsum(weighted.take(self._rows), out=total[1:])
        outer = total.take(whole.high) - total.take(whole.low)
        found: Ints = outer - (total.take(own.high) - total.take(own.low))
        return found


class _Words:
    """The words of a short stretch of each mention, one after another."""

    def __init__(self, edges: Stretch, rows: NDArray[np.int32]) -> None:
        length = edges.high - edges.low
        self._first = np.cumsum(length) - length
        self._rows = rows.take(np.arange(int(length.sum())) + np.repeat(edges.low - self._first, length))

    def sum(self, weighted: NDArray[np.int32]) -> Ints:
        """Return the sum of a column over the words of each mention."""
        if not len(self._first):
            return np.zeros(0, dtype=np.int64)
        found: Ints = np.add.reduceat(weighted.take(self._rows), self._first, dtype=np.int64)
        return found


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
