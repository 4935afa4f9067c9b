"""Numbers that stand for features: hashes of their values, mixed with a number for their name."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.provenance import digest
from framing.text.tokens import UInts

COLUMN_BITS = 17
COLUMNS = 1 << COLUMN_BITS

_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - COLUMN_BITS)
_AT_ONCE = 12
"""Features that are mixed together: with the mentions of a batch they fit into the cache."""


def entry_hash(entry_id: str) -> int:
    """Return the number that stands for an entry."""
    return int(digest([entry_id])[:16], 16)


@lru_cache(maxsize=256)
def seed(name: str, place: int) -> np.uint64:
    """Return the number that tells a feature from all others; near words are one, wherever they stand."""
    return np.uint64(entry_hash(name if place == 0 or "near" in name else f"{name} {place}"))


def pair(a: UInts, b: UInts) -> UInts:
    """Return one number for two."""
    mixed = b * _MIX
    mixed ^= a * np.uint64(3)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def columns_of(seeded: UInts) -> NDArray[np.int64]:
    """Turn values into column numbers, in place.

    ``seeded`` has a row for each feature: its values, joined with its :func:`seed` by "exclusive or".
    """
    for first in range(0, len(seeded), _AT_ONCE):
        mixed = seeded[first : first + _AT_ONCE]
        mixed *= _MIX
        mixed ^= mixed >> np.uint64(29)
        mixed *= _MIX
        mixed >>= _SHIFT
    return seeded.view(np.int64)
