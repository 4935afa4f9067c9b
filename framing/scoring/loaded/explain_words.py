"""What the known words around mentions say by the table of scores, lenses included, word by word."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.scoring.loaded.blocks import (
    BLOCKS,
    LENSED,
    PLACES,
    SMOOTHING,
    STEPS,
    Stretch,
    columns_of,
    place_rows,
    stretches,
)
from framing.scoring.loaded.columns import Floats, Ints, Surroundings
from framing.scoring.loaded.explain_names import Wording
from framing.scoring.loaded.model import LoadedModel

_NAMED = 3
"""Words that are named for a sentence or a paragraph: those that speak loudest for what it says."""


class WordParts(NamedTuple):
    """What words say for each mention, in log odds before calibration.

    ``places`` has the word at each place, ``mention`` the words of the mention itself; ``stretches`` has
    names and values of its sentence and of its paragraph.
    """

    places: dict[int, list[float]]
    mention: list[float]
    stretches: list[tuple[list[str], list[float]]]


def word_parts(model: LoadedModel, surroundings: Surroundings, wording: Wording) -> WordParts:
    """Return what the words in and around each mention say.

    Parameters
    ----------
    model
        The classifier.
    surroundings
        Mentions and words, as the classifier reads them.
    wording
        The words as they are written.
    """
    rows = model.vocabulary.rows(surroundings.words.hash)
    table = _Table(model, rows)
    edges = stretches(surroundings)
    own = table.members(edges["mention"], edges["mention"])
    lenses = table.lenses(own)
    here = {place: table.scores(place_rows(surroundings, rows, place), place, lenses) for place in PLACES}
    said = own.share * table.scores(rows[own.word], "mention", lenses[own.mention])
    around = []
    for stretch in ("sentence", "paragraph"):
        members = table.members(edges[stretch], edges["mention"])
        scores = members.share * table.scores(rows[members.word], stretch, lenses[members.mention])
        totals = members.sums(scores)
        signed = scores * np.sign(np.array(totals))[members.mention]
        names = [f"words of the {stretch}{names}" for names in _loudest(wording, members, signed)]
        around.append((names, totals))
    return WordParts({place: found.tolist() for place, found in here.items()}, own.sums(said), around)


class _Members(NamedTuple):
    """Words of a stretch of each mention, one after another.

    ``word`` is the row of the word, ``mention`` the mention that it belongs to, ``share`` its part in the
    mean; the words of mention ``i`` are those from ``edges[i]`` to ``edges[i + 1]``.
    """

    word: Ints
    mention: Ints
    share: Floats
    edges: Ints

    def sums(self, values: Floats) -> list[float]:
        """Return the sum for each mention."""
        every = values.tolist()
        return [math.fsum(every[first:stop]) for first, stop in pairwise(self.edges.tolist())]


class _Table:
    """The table of scores, read for words that need not be known."""

    def __init__(self, model: LoadedModel, rows: NDArray[np.int32]) -> None:
        self._table, self._rows = model.weights.table, rows
        self._weight = model.weights.importance.take(rows).astype(np.float64)
        self._lens_columns = np.array([column for column, _ in columns_of("lens")])
        pairs = [*columns_of("block"), *columns_of("lensed")]
        self._columns = {
            block: np.array([column for column, own in pairs if own == block]) for block in BLOCKS
        }

    def members(self, stretch: Stretch, own: Stretch) -> _Members:
        """Return the words of a stretch, and the share that each has in its mean."""
        length = stretch.high - stretch.low
        mention = np.repeat(np.arange(len(length)), length)
        word = np.arange(len(mention)) + np.repeat(stretch.low - (np.cumsum(length) - length), length)
        if stretch.without:
            kept = (word < own.low[mention]) | (word >= own.high[mention])
            word, mention = word[kept], mention[kept]
        weight = self._weight[word]
        total = np.bincount(mention, weights=weight, minlength=len(length)) + SMOOTHING
        edges = np.searchsorted(mention, np.arange(len(length) + 1))
        return _Members(word, mention, weight / total[mention], edges)

    def lenses(self, own: _Members) -> Floats:
        """Return how strongly each lens is at work for each mention, shape (mentions, lenses)."""
        seen = self._table[self._rows[own.word][:, None], self._lens_columns] / STEPS * own.share[:, None]
        found: Floats = np.add.reduceat(seen, own.edges[:-1], axis=0)  # no mention is without a word
        return found

    def scores(self, rows: NDArray[np.int32], block: int | str, lenses: Floats) -> Floats:
        """Return what words say in a block, each seen through the lenses of its mention."""
        columns = self._columns[block]
        plain: Floats = self._table[rows, columns[0]] / STEPS
        if block in LENSED:
            plain += np.einsum("ij,ij->i", self._table[rows[:, None], columns[1:]], lenses) / STEPS
        return plain


def _loudest(wording: Wording, members: _Members, scores: Floats) -> list[str]:
    """Name the words with the highest scores for each mention; nothing where none is above 0.

    Words that differ only in capitals are one, written as the first of them.
    """
    speaks = scores != 0
    word, mention = members.word[speaks], members.mention[speaks]
    kinds = len(wording.words)
    _, first, inverse = np.unique(
        mention * kinds + wording.kind[word], return_index=True, return_inverse=True
    )
    value = np.bincount(inverse, weights=scores[speaks], minlength=len(first))
    order = np.lexsort((first, -value, mention[first]))
    chosen = first[order[value[order] > 0]]
    found: list[list[str]] = [[] for _ in range(len(members.edges) - 1)]
    for number, row in zip(mention[chosen].tolist(), word[chosen].tolist(), strict=True):
        if len(found[number]) < _NAMED:
            found[number].append(wording.quoted(row))
    return [f": {', '.join(names)}" if names else "" for names in found]
