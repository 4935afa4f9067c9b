"""Scores of known words by where they stand: right around a mention, in it, in its sentence, its paragraph.

A block is a place or a stretch. The score of a stretch is the mean of those of its words, rare words
counting more. Everything is in whole numbers until the last step, so that a mention gets the same score,
bit for bit, whatever else is in the batch.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.scoring.loaded.columns import Floats, Ints, Surroundings
from framing.scoring.loaded.keys import sentence_rows

PLACES = (-2, -1, 1, 2)
STRETCHES = ("mention", "sentence", "paragraph")
BLOCKS = len(PLACES) + len(STRETCHES)

SENTENCE_SMOOTHING, STEPS = 64, 2048
"""Weight of nothing in a mean, so that one word alone is no strong sign; parts of one that scores are in."""


class Stretches(NamedTuple):
    """Rows of words of each mention: the mention, the rest of its sentence and of its paragraph."""

    low: tuple[Ints, ...]
    high: tuple[Ints, ...]


def stretches(surroundings: Surroundings) -> Stretches:
    """Return the edges of the stretches, in the order of :data:`STRETCHES`."""
    mentions = surroundings.mentions
    low, high = sentence_rows(surroundings)
    return Stretches((mentions.first, low, mentions.low), (mentions.stop, high, mentions.high))


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
    scores: NDArray[np.int16],
    importance: NDArray[np.uint8],
) -> Floats:
    """Return the score of each block for each mention, shape (blocks, mentions).

    Parameters
    ----------
    surroundings
        Mentions and words.
    rows
        Row of each word in the vocabulary.
    scores
        Score of each word in each block, in :data:`STEPS` of one, shape (1 + vocabulary, blocks); row 0 is 0.
    importance
        Weight of each word in a mean, shape (1 + vocabulary,); row 0 is 0.
    """
    found = np.zeros((BLOCKS, len(surroundings.mentions.first)))
    for number, place in enumerate(PLACES):
        found[number] = scores[place_rows(surroundings, rows, place), number]
    own, rest = stretches(surroundings), len(PLACES)
    weight = importance.take(rows).astype(np.int64)
    weights = _totals(weight)
    inner = own.low[0], own.high[0]
    for number in range(len(STRETCHES)):
        total = _totals(scores[:, rest + number].take(rows).astype(np.int64) * weight)
        low, high = own.low[number], own.high[number]
        value, size = total[high] - total[low], weights[high] - weights[low]
        if number:  # the words of the mention itself do not count in the stretches around it
            value -= total[inner[1]] - total[inner[0]]
            size -= weights[inner[1]] - weights[inner[0]]
        found[rest + number] = value / (size + SENTENCE_SMOOTHING)
    return found / STEPS


def _totals(values: Ints) -> Ints:
    total = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=total[1:])
    return total
