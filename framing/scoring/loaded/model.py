"""The trained classifier: is this mention loaded here, and how sure is that.

A logistic regression whose inputs are sums of table look-ups, so that every part of an answer can be
shown: yes-or-no features (:mod:`framing.scoring.loaded.keys`), scores of the words around
(:mod:`framing.scoring.loaded.blocks`) and what is known about the entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.archive import require_shapes
from framing.scoring.loaded import blocks
from framing.scoring.loaded.blocks import STEPS, BlockTables, block_scores
from framing.scoring.loaded.columns import FRAMES, Floats, Ints, Surroundings, batches, sentence_rows
from framing.scoring.loaded.frames import FRAME_STRETCHES, FrameTables, FrameWeights, frame_chances
from framing.scoring.loaded.keys import COLUMNS, KeyTables
from framing.scoring.loaded.vocabulary import Vocabulary
from framing.text.tokens import UInts

KINDS = (len(FRAMES) + 1) * 2 * 4
"""Combinations of frame, ambiguous and intensity, for entries that were never read."""


@dataclass(frozen=True, slots=True, eq=False)
class LoadedWeights:
    """Everything the classifier was trained to, in whole steps where it is added up.

    ``columns`` has a weight for each column of the features; ``words`` the known words, the commonest
    first, ``table`` their scores (:data:`framing.scoring.loaded.blocks.COLUMNS`) and ``importance`` their
    weight in means, both with a row 0 for all other words; ``entries`` the entries that were read, in order
    of their hash, with ``entry_scores``; ``kind_scores`` those of entries that were not; ``platt`` slope and
    shift of the calibration; ``frames`` what tells the frame.
    """

    columns: NDArray[np.int16]
    words: UInts
    table: NDArray[np.int16]
    importance: NDArray[np.uint8]
    entries: UInts
    entry_scores: NDArray[np.int16]
    kind_scores: NDArray[np.int16]
    intercept: float
    platt: tuple[float, float]
    frames: FrameWeights

    def require_shapes(self) -> None:
        """Refuse tables that do not fit together.

        Raises
        ------
        ValueError
            If a table has another shape than the others ask for.
        """
        rows = len(self.words) + 1
        require_shapes(
            {
                "columns": (self.columns, (COLUMNS,)),
                "table": (self.table, (rows, blocks.COLUMNS)),
                "importance": (self.importance, (rows,)),
                "entry_scores": (self.entry_scores, self.entries.shape),
                "kind_scores": (self.kind_scores, (KINDS,)),
                "frame_table": (self.frames.table, (rows, len(FRAME_STRETCHES) * len(FRAMES))),
                "frame_entry_scores": (self.frames.entry_scores, (len(self.frames.entries), len(FRAMES))),
                "frame_category_scores": (self.frames.category_scores, (len(FRAMES) + 1, len(FRAMES))),
            }
        )
        if not len(self.entries) or not len(self.frames.entries):
            raise ValueError("no entry was read")


class LoadedModel:
    """The classifier, ready to answer."""

    def __init__(self, weights: LoadedWeights, card: Mapping[str, object] | None = None) -> None:
        self.weights = weights
        self.card: Mapping[str, object] = card or {}
        self.vocabulary = Vocabulary(weights.words)
        self._keys = KeyTables(weights.columns)
        self._tables = BlockTables(weights.table, weights.importance)
        self._frames = FrameTables(weights.frames, weights.importance)

    def chances(self, surroundings: Surroundings) -> Floats:
        """Return the calibrated chance that each mention is loaded, 0 to 1."""
        return self.calibrated(self.scores(surroundings))

    @property
    def bounds(self) -> tuple[float, float]:
        """The band of chances in which the answer is "unsure"; both 0.5 for a model without a card."""
        band = self.card.get("abstain")
        return (float(band[0]), float(band[1])) if isinstance(band, list) else (0.5, 0.5)

    @property
    def threshold(self) -> float:
        """The chance from which on mentions are counted as loaded, if there must be a yes or no."""
        return float(str(self.card.get("threshold", 0.5)))

    def decide(self, chances: Floats) -> list[str]:
        """Return yes, no or unsure for each chance."""
        low, high = self.bounds
        words = np.array(["no", "unsure", "yes"])
        found: list[str] = words[(chances >= low).astype(int) + (chances >= high)].tolist()
        return found

    @property
    def digest(self) -> str:
        """The sha256 of the arrays, empty for a model that was not read from a file."""
        return str(self.card.get("sha256", ""))

    def frame_chances(self, surroundings: Surroundings) -> Floats:
        """Return the probability of each frame if the mention is loaded, shape (mentions, frames)."""
        return np.concatenate(
            [
                frame_chances(self._frames, some, self.vocabulary.rows(some.words.hash))
                for some in batches(surroundings)
            ]
        )

    def calibrated(self, scores: Floats) -> Floats:
        """Turn scores into chances (Platt 1999)."""
        slope, shift = self.weights.platt
        chances: Floats = 1 / (1 + np.exp(-(slope * scores + shift)))
        return chances

    def scores(self, surroundings: Surroundings) -> Floats:
        """Return the score of each mention before calibration: above 0 speaks for loaded."""
        return np.concatenate([self._scores(some) for some in batches(surroundings)])

    def _scores(self, surroundings: Surroundings) -> Floats:
        sentence = sentence_rows(surroundings)
        total = self.entry_scores(surroundings) + self._keys.scores(surroundings, sentence)
        score: Floats = total / STEPS + self.weights.intercept
        rows = self.vocabulary.rows(surroundings.words.hash)
        for block in block_scores(surroundings, rows, self._tables, sentence):
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
