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

from framing.scoring.loaded.columns import Edges, Floats, Ints, Surroundings, sentence_rows
from framing.scoring.loaded.sums import SummedTable

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

_IMPORTANCE_BITS = 24
"""Score and importance of a word of a paragraph are added up in one number; the low bits have room for the
importance of 65,000 words, and no paragraph is a tenth as long."""


class Stretch(NamedTuple):
    """Rows of words of each mention, ``without`` those of the mention itself if it is wider than that."""

    low: Ints
    high: Ints
    without: bool


def stretches(surroundings: Surroundings, sentence: Edges | None = None) -> dict[str, Stretch]:
    """Return the edges of the stretches; those of sentences need not be looked for if they are given."""
    mentions = surroundings.mentions
    low, high = sentence or sentence_rows(surroundings)
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


class StretchTables:
    """Scores of words for mentions and their sentences, multiplied with the weights that words have in means.

    Parameters
    ----------
    own, sentence
        Scores of each word in a mention and in the rest of its sentence, shape (1 + vocabulary, columns).
    importance
        Weight of each word in a mean, shape (1 + vocabulary,); row 0 is 0.
    """

    def __init__(
        self, own: NDArray[np.int16], sentence: NDArray[np.int16], importance: NDArray[np.uint8]
    ) -> None:
        weight = importance.astype(np.int32)[:, None]
        around = np.concatenate([sentence * weight, weight], axis=1)
        self._own = SummedTable(np.concatenate([own * weight, around], axis=1))
        self._around = SummedTable(around)
        self._size = own.shape[1]

    def means(self, edges: dict[str, Stretch], rows: NDArray[np.int32]) -> tuple[Floats, Floats]:
        """Return the means of mentions and of the rest of their sentences, shapes (mentions, columns)."""
        own, sentence = edges["mention"], edges["sentence"]
        inner = self._own.sums(rows, own.low, own.high)
        outer = self._around.sums(rows, sentence.low, sentence.high) - inner[:, self._size :]
        return (
            inner[:, : self._size] / (inner[:, -1:] + SMOOTHING),
            outer[:, :-1] / (outer[:, -1:] + SMOOTHING),
        )


class BlockTables:
    """The table of scores, laid out by block so that it is read quickly.

    Parameters
    ----------
    table
        Scores of each word, in :data:`STEPS` of one, shape (1 + vocabulary, columns); row 0 is 0.
    importance
        Weight of each word in a mean, shape (1 + vocabulary,); row 0 is 0.
    """

    def __init__(self, table: NDArray[np.int16], importance: NDArray[np.uint8]) -> None:
        columns: dict[int | str, list[int]] = {block: [] for block in BLOCKS}
        for kind in ("block", "lensed", "lens"):
            for column, block in columns_of(kind):
                columns[block].append(column)
        self.places = {place: np.ascontiguousarray(table[:, columns[place][0]]) for place in PLACES}
        self.lensed = {
            place: np.ascontiguousarray(table[:, columns[place][1:]]) for place in PLACES if place in LENSED
        }
        self.stretches = StretchTables(
            table[:, columns["mention"]], table[:, columns["sentence"]], importance
        )
        score = table[:, columns["paragraph"][0]].astype(np.int64) * importance
        self.paragraph = (score << _IMPORTANCE_BITS) + importance


def block_scores(
    surroundings: Surroundings,
    rows: NDArray[np.int32],
    tables: BlockTables,
    sentence: Edges | None = None,
) -> Floats:
    """Return the score of each block for each mention, and that of all lenses, shape (blocks + 1, mentions).

    ``rows`` has the row of each word in the vocabulary, ``sentence`` the edges of sentences, if known.
    """
    found = np.zeros((len(BLOCKS) + 1, len(surroundings.mentions.first)))
    places = {place: place_rows(surroundings, rows, place) for place in PLACES}
    edges = stretches(surroundings, sentence)
    own, rest = tables.stretches.means(edges, rows)
    for number, place in enumerate(PLACES):
        found[number] = tables.places[place].take(places[place])
    found[len(PLACES)], found[len(PLACES) + 1] = own[:, 0], rest[:, 0]
    found[len(PLACES) + 2] = _paragraph_means(edges, rows, tables.paragraph)
    found /= STEPS
    seen = rest[:, 1:]
    seen += sum(table.take(places[place], axis=0).astype(np.int32) for place, table in tables.lensed.items())
    seen *= own[:, 1:]
    for lens in range(LENSES):  # one after another: numpy adds in another order where there is one mention
        found[-1] += seen[:, lens]
    found[-1] /= STEPS * STEPS
    return found


def _paragraph_means(edges: dict[str, Stretch], rows: NDArray[np.int32], packed: Ints) -> Floats:
    """Return the mean over each paragraph without the mention; ``packed`` holds score and importance."""
    own, whole = edges["mention"], edges["paragraph"]
    total = np.zeros(len(rows) + 1, dtype=np.int64)
    packed.take(rows, out=total[1:], mode="clip")
    np.cumsum(total, out=total)
    around = total.take(whole.high) - total.take(whole.low)
    around -= total.take(own.high) - total.take(own.low)
    size = around & ((1 << _IMPORTANCE_BITS) - 1)
    found: Floats = (around >> _IMPORTANCE_BITS) / (size + SMOOTHING)
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
