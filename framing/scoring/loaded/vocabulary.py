"""Words that the classifier knows: a table of slots that is read without any search."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.text.tokens import UInts

SLOT_BITS = 18
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF, _CHECK, _SLOT = np.uint64(32), np.uint64(20), np.uint64(64 - SLOT_BITS)
_CHECK_BITS = 16

_AT_ONCE = 1 << 16
"""Words that are looked up in one go: few enough for the cache, enough to hide the overhead of numpy."""


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
        # Row and second part in one number: one look-up finds both.
        size = np.uint32 if len(words) < 1 << 16 else np.uint64
        self._entries = np.zeros(1 << SLOT_BITS, dtype=size)
        self._entries[slot[self.kept]] = (self.kept + 1) << _CHECK_BITS | check[self.kept]

    def rows(self, words: UInts) -> NDArray[np.int32]:
        """Return the row of each word, counted from 1; 0 for strangers."""
        found = np.empty(len(words), dtype=np.int32)
        for start in range(0, len(words), _AT_ONCE):
            slot, check = _slots(words[start : start + _AT_ONCE])
            entry = self._entries.take(slot, mode="clip")
            strangers = np.flatnonzero(entry.astype(np.uint16) != check)
            row = found[start : start + _AT_ONCE]
            np.right_shift(entry, _CHECK_BITS, out=row, casting="unsafe")
            row[strangers] = 0
        return found


def _slots(words: UInts) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    mixed = words >> _HALF
    mixed ^= words
    mixed *= _MIX
    check = (mixed >> _CHECK).astype(np.uint16)
    mixed >>= _SLOT
    return mixed.view(np.int64), check
