"""What the labeller knows about single words: which can be cues, and which keep the same company."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller.stream import Ints, Stream
from framing.text.tokens import UInts

COARSE, FINE = 256, 1024
"""Clusters of words, 0 for the words in none."""

DIMENSIONS, STEPS = 16, 128
"""Numbers in the vector of a word, and the parts of one that they are rounded to."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexical:
    """Tables by word hash, each in order of the hash.

    ``cue_kinds`` are numbers from 1; ``speech[kind]`` tells whether cues of a kind attribute content.
    ``vectors`` has a row of :data:`DIMENSIONS` numbers, in :data:`STEPS` of one, for each clustered word.
    """

    cue_words: UInts
    cue_kinds: Ints
    speech: NDArray[np.bool_]
    cluster_words: UInts
    coarse: NDArray[np.uint8]
    fine: NDArray[np.uint16]
    vectors: NDArray[np.int8]

    def cue(self, stream: Stream) -> Ints:
        """Return the kind of cue that each word can be, 0 for none."""
        place, known = _find(self.cue_words, stream.hash)
        return np.where(known, self.cue_kinds[place], 0)

    def clusters(self, words: UInts) -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
        """Return the coarse and the fine cluster of each word, 0 for none."""
        place, known = _find(self.cluster_words, words)
        return self.coarse[place] * known, self.fine[place] * known

    def vectors_of(self, words: UInts) -> NDArray[np.float32]:
        """Return the vector of each word, one column each; zeros for words that have none."""
        place, known = _find(self.cluster_words, words)
        found = self.vectors.take(place, axis=0, mode="clip").astype(np.float32)
        found *= (known / STEPS).astype(np.float32)[:, None]
        return np.ascontiguousarray(found.T)


def _find(table: UInts, words: UInts) -> tuple[Ints, NDArray[np.bool_]]:
    place = np.searchsorted(table, words).clip(max=len(table) - 1)
    return place, table.take(place, mode="clip") == words
