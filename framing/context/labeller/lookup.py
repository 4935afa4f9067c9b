"""Find many 32-bit keys at once: open addressing in numpy arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_FREE = -1


class Lookup:
    """Keys in order of insertion, each with its row number.

    Examples
    --------
    >>> table = Lookup(bits=4)
    >>> table.add(np.array([7, 9], dtype=np.uint64))
    >>> table.find(np.array([9, 8, 7], dtype=np.uint64)).tolist()
    [1, -1, 0]
    """

    def __init__(self, *, bits: int) -> None:
        self._mask = (1 << bits) - 1
        self._shift = np.uint64(64 - bits)
        self._row = np.full(1 << bits, _FREE, dtype=np.int32)
        self._keys = np.zeros(0, dtype=np.uint64)

    def __len__(self) -> int:
        return len(self._keys)

    def _home(self, keys: NDArray[np.uint64]) -> Ints:
        return ((keys * np.uint64(0x9E3779B97F4A7C15)) >> self._shift).astype(np.int64)

    def add(self, keys: NDArray[np.uint64]) -> None:
        """Add keys that are not there yet, all different; at most half of the places may be taken."""
        first = len(self._keys)
        self._keys = np.concatenate([self._keys, keys])
        waiting = np.arange(first, len(self._keys), dtype=np.int32)
        place = self._home(keys)
        while len(waiting):
            free = self._row[place] == _FREE
            self._row[place[free]] = waiting[free]  # of two for one place the last one stays
            lost = self._row[place] != waiting
            waiting, place = waiting[lost], (place[lost] + 1) & self._mask

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Return the row of each key, -1 for those that are not there."""
        if not len(self._keys):
            return np.full(len(keys), _FREE, dtype=np.int32)
        place = self._home(keys)
        row = self._row.take(place, mode="clip")
        wrong = np.flatnonzero((row != _FREE) & (self._keys.take(row, mode="clip") != keys))
        if not len(wrong):
            return row
        at, wanted = place[wrong], keys[wrong]
        while len(wrong):
            at = (at + 1) & self._mask
            now = self._row.take(at, mode="clip")
            row[wrong] = now
            on = np.flatnonzero((now != _FREE) & (self._keys.take(now, mode="clip") != wanted))
            wrong, at, wanted = wrong[on], at[on], wanted[on]
        return row
