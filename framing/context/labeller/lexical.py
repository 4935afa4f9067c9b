"""What the labeller knows about single words: which can be cues, and which keep the same company."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller.stream import Ints, Stream
from framing.text.tokens import UInts

COARSE, FINE = 256, 1024
"""Clusters of words, 0 for the words in none."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexical:
    """Tables by word hash, each in order of the hash.

    ``cue_kinds`` are numbers from 1; ``speech[kind]`` tells whether cues of a kind attribute content.
    """

    cue_words: UInts
    cue_kinds: Ints
    speech: NDArray[np.bool_]
    cluster_words: UInts
    coarse: NDArray[np.uint8]
    fine: NDArray[np.uint16]

    def cue(self, stream: Stream) -> Ints:
        """Return the kind of cue that each word can be, 0 for none."""
        place, known = _find(self.cue_words, stream.hash)
        return np.where(known, self.cue_kinds[place], 0)

    def clusters(self, words: UInts) -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
        """Return the coarse and the fine cluster of each word, 0 for none."""
        place, known = _find(self.cluster_words, words)
        return self.coarse[place] * known, self.fine[place] * known


def _find(table: UInts, words: UInts) -> tuple[Ints, NDArray[np.bool_]]:
    place = np.searchsorted(table, words).clip(max=len(table) - 1)
    return place, table[place] == words
