"""Which frame a loaded mention carries: the category of its entry, or another one here.

A multinomial logistic regression over what the entry carried when it was read, the category that the
lexicon gives it, and the words of the mention and of its sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.scoring.loaded.blocks import STEPS, StretchTables, stretches
from framing.scoring.loaded.columns import Floats, Surroundings
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


class FrameTables:
    """The scores of words, laid out so that those of a stretch are read quickly."""

    def __init__(self, weights: FrameWeights, importance: NDArray[np.uint8]) -> None:
        self.weights = weights
        own, sentence = np.hsplit(weights.table, len(FRAME_STRETCHES))
        self.stretches = StretchTables(own, sentence, importance)


def frame_chances(tables: FrameTables, surroundings: Surroundings, rows: NDArray[np.int32]) -> Floats:
    """Return the probability of each frame, if the mention is loaded, shape (mentions, frames).

    ``rows`` has the row of each word in the vocabulary.
    """
    weights, mentions = tables.weights, surroundings.mentions
    place = np.searchsorted(weights.entries, mentions.entry).clip(max=len(weights.entries) - 1)
    known = (weights.entries[place] == mentions.entry)[:, None]
    logits = np.where(known, weights.entry_scores[place], weights.category_scores[mentions.frame]) / STEPS
    for means in tables.stretches.means(stretches(surroundings), rows):
        logits += means / STEPS
    logits -= logits.max(axis=1, keepdims=True)
    odds = np.exp(logits)
    chances: Floats = odds / odds.sum(axis=1, keepdims=True)
    return chances
