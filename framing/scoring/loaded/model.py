"""The trained classifier: is this mention loaded here, and how sure is that?

A logistic regression whose inputs are sums of table look-ups, so that every part of an answer can be
shown: yes-or-no features (:mod:`framing.scoring.loaded.keys`), scores of the words around
(:mod:`framing.scoring.loaded.blocks`) and what is known about the entry.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.scoring.loaded.blocks import STEPS, block_scores
from framing.scoring.loaded.columns import FRAMES, Floats, Ints, Surroundings
from framing.scoring.loaded.keys import features
from framing.scoring.loaded.vocabulary import Vocabulary
from framing.text.tokens import UInts

KINDS = (len(FRAMES) + 1) * 2 * 4
"""Combinations of frame, ambiguous and intensity, for entries that were never read."""


@dataclass(frozen=True, slots=True, eq=False)
class LoadedWeights:
    """Everything the classifier was trained to, in whole steps of :data:`STEPS` where it is added up.

    ``columns`` has a weight for each column of the features; ``words`` the known words, the commonest
    first, ``scores`` their scores by block and ``importance`` their weight in means, both with a row 0 for
    all other words; ``entries`` the entries that were read, in order of their hash, with ``entry_scores``;
    ``kind_scores`` those of entries that were not; ``platt`` slope and shift of the calibration.
    """

    columns: NDArray[np.int16]
    words: UInts
    scores: NDArray[np.int16]
    importance: NDArray[np.uint8]
    entries: UInts
    entry_scores: NDArray[np.int16]
    kind_scores: NDArray[np.int16]
    intercept: float
    platt: tuple[float, float]


class LoadedModel:
    """The classifier, ready to answer."""

    def __init__(self, weights: LoadedWeights) -> None:
        self.weights = weights
        self.vocabulary = Vocabulary(weights.words)

    def chances(self, surroundings: Surroundings) -> Floats:
        """Return the calibrated chance that each mention is loaded, 0 to 1."""
        return self.calibrated(self.scores(surroundings))

    def calibrated(self, scores: Floats) -> Floats:
        """Turn scores into chances (Platt 1999)."""
        slope, shift = self.weights.platt
        chances: Floats = 1 / (1 + np.exp(-(slope * scores + shift)))
        return chances

    def scores(self, surroundings: Surroundings) -> Floats:
        """Return the score of each mention before calibration: above 0 speaks for loaded."""
        weights = self.weights
        total = self.entry_scores(surroundings).astype(np.int64)
        for feature in features(surroundings):
            total += weights.columns.take(feature.columns)
        score: Floats = total / STEPS + weights.intercept
        rows = self.vocabulary.rows(surroundings.words.hash)
        for block in block_scores(surroundings, rows, weights.scores, weights.importance):
            score += block
        return score

    def entry_scores(self, surroundings: Surroundings) -> Ints:
        """Return what each entry adds: how often it was loaded when it was read, else its kind."""
        weights, mentions = self.weights, surroundings.mentions
        kind = kind_of(mentions.frame, mentions.ambiguous, mentions.intensity)
        place = np.searchsorted(weights.entries, mentions.entry).clip(max=len(weights.entries) - 1)
        known = weights.entries[place] == mentions.entry
        found: Ints = np.where(known, weights.entry_scores[place], weights.kind_scores[kind]).astype(np.int64)
        return found


def kind_of(frame: Ints, ambiguous: Ints, intensity: Ints) -> Ints:
    """Return the number of the kind of an entry."""
    return (frame * 2 + ambiguous) * 4 + intensity
