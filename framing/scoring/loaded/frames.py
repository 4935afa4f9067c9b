"""Which frame a loaded mention carries: the category of its entry, or another one here.

A multinomial logistic regression over what the entry carried when it was read, the category that the
lexicon gives it, and the words of the mention and of its sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.scoring.loaded.blocks import SMOOTHING, STEPS, stretches
from framing.scoring.loaded.columns import FRAMES, Floats, Surroundings
from framing.text.tokens import UInts

FRAME_STRETCHES = ("mention", "sentence")


@dataclass(frozen=True, slots=True, eq=False)
class FrameWeights:
    """Scores of each frame: of entries that were read, of the categories of others, of words.

    Shapes: entries (n,), ``entry_scores`` (n, frames), ``category_scores`` (frames + 1, frames),
    ``table`` (1 + vocabulary, stretches x frames). All in steps of :data:`STEPS`.
    """

    entries: UInts
    entry_scores: NDArray[np.int16]
    category_scores: NDArray[np.int16]
    table: NDArray[np.int16]


def frame_chances(
    weights: FrameWeights,
    surroundings: Surroundings,
    rows: NDArray[np.int32],
    importance: NDArray[np.uint8],
) -> Floats:
    """Return the probability of each frame, if the mention is loaded, shape (mentions, frames).

    Parameters
    ----------
    weights
        The fitted scores.
    surroundings
        Mentions and words.
    rows
        Row of each word in the vocabulary.
    importance
        Weight of each word in a mean, shape (1 + vocabulary,).
    """
    mentions, size = surroundings.mentions, len(FRAMES)
    place = np.searchsorted(weights.entries, mentions.entry).clip(max=len(weights.entries) - 1)
    known = (weights.entries[place] == mentions.entry)[:, None]
    logits = np.where(known, weights.entry_scores[place], weights.category_scores[mentions.frame]) / STEPS
    weight = importance.take(rows).astype(np.int64)
    weights_total = np.concatenate([[0], np.cumsum(weight)])
    edges = stretches(surroundings)
    own = edges["mention"]
    for number, name in enumerate(FRAME_STRETCHES):
        scores = weights.table[:, number * size : (number + 1) * size].take(rows, axis=0)
        total = np.zeros((len(rows) + 1, size), dtype=np.int64)
        np.cumsum(scores * weight[:, None], axis=0, out=total[1:])
        edge = edges[name]
        value, words = total[edge.high] - total[edge.low], weights_total[edge.high] - weights_total[edge.low]
        if edge.without:
            value -= total[own.high] - total[own.low]
            words = words - (weights_total[own.high] - weights_total[own.low])
        logits += value / (words + SMOOTHING)[:, None] / STEPS
    logits -= logits.max(axis=1, keepdims=True)
    odds = np.exp(logits)
    chances: Floats = odds / odds.sum(axis=1, keepdims=True)
    return chances
