"""Words that the classifier knows: a table of slots that is read without any search."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.text.tokens import UInts

SLOT_BITS = 18
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF, _CHECK = np.uint64(32), np.uint64(20)


class Vocabulary:
    """Words by their hash; row 0 is for all words that are not known.

    Each word has one slot; of words that share one only the first is known. A second part of the hash tells
    a word from a stranger in its slot (one stranger in 65,000 is taken for it).

    Examples
    --------
    >>> from framing.text.tokens import hash_words
    >>> known = Vocabulary(hash_words(["regime", "storm"]))
    >>> known.rows(hash_words(["storm", "tax", "regime"])).tolist()
    [2, 0, 1]
    """

    def __init__(self, words: UInts) -> None:
        slot, check = _slots(words)
        _, first = np.unique(slot, return_index=True)
        self.kept = np.sort(first)
        """Which of the words have a slot, in order."""
        self._row = np.zeros(1 << SLOT_BITS, dtype=np.int32)
        self._check = np.zeros(1 << SLOT_BITS, dtype=np.uint16)
        self._row[slot[self.kept]] = self.kept + 1
        self._check[slot[self.kept]] = check[self.kept]

    def rows(self, words: UInts) -> NDArray[np.int32]:
        """Return the row of each word, counted from 1; 0 for strangers."""
        slot, check = _slots(words)
        row: NDArray[np.int32] = self._row.take(slot)
        row *= self._check.take(slot) == check
        return row


def _slots(words: UInts) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    mixed = (words ^ (words >> _HALF)) * _MIX
    slot = (mixed >> np.uint64(64 - SLOT_BITS)).astype(np.int64)
    return slot, (mixed >> _CHECK).astype(np.uint16)
