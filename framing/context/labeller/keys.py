"""32-bit keys of features: a name and values in, one number out, the same on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from framing.text.tokens import UInts

Keys = NDArray[np.uint32]

_U = np.uint64
_GOLDEN = _U(0x9E3779B97F4A7C15)


def mixed(values: UInts) -> UInts:
    """Spread the bits of each number over all 64 (the finaliser of splitmix64)."""
    values = (values ^ (values >> _U(30))) * _U(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> _U(27))) * _U(0x94D049BB133111EB)
    return values ^ (values >> _U(31))


@lru_cache(maxsize=256)
def salt(name: str) -> np.uint64:
    """Return a fixed number for a name."""
    return _U(int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little"))


def key(name: str, *columns: NDArray[np.generic]) -> Keys:
    """Return the keys of one feature: a hash of its name and of one value of each column.

    Examples
    --------
    >>> one = key("pair", np.array([1, 1]), np.array([2, 3]))
    >>> bool(one[0] == one[1]), bool(one[0] == key("pair", np.array([1]), np.array([2]))[0])
    (False, True)
    """
    joined: UInts = np.full(len(columns[0]), salt(name), dtype=np.uint64)
    for column in columns:
        joined = (joined + column.astype(np.uint64)) * _GOLDEN
        joined ^= joined >> _U(32)
    return (mixed(joined) >> _U(32)).astype(np.uint32)


def keys_of(features: Mapping[str, tuple[NDArray[np.generic], ...]]) -> dict[str, Keys]:
    """Return the keys of several features of the same words: what :func:`key` gives for each, much faster.

    Examples
    --------
    >>> columns = {"word": (np.array([7]),), "pair": (np.array([1]), np.array([2]))}
    >>> keys_of(columns) == {name: key(name, *values) for name, values in columns.items()}
    True
    """
    names = sorted(features, key=lambda name: -len(features[name]))
    widths = [len(features[name]) for name in names]
    joined = np.empty((len(names), len(features[names[0]][0])), dtype=np.uint64)
    joined[:] = np.array([salt(name) for name in names])[:, None]
    for place in range(widths[0]):
        some = joined[: sum(width > place for width in widths)]
        for row, name in zip(some, names, strict=False):
            row += _bits(features[name][place])
        some *= _GOLDEN
        some ^= some >> _U(32)
    found = dict(zip(names, (mixed(joined) >> _U(32)).astype(np.uint32), strict=True))
    return {name: found[name] for name in features}


def _bits(column: NDArray[np.generic]) -> UInts:
    """Return whole numbers as unsigned ones, without a copy where they have the size already."""
    bits: UInts = column.view(np.uint64) if column.dtype.itemsize == 8 else column.astype(np.uint64)
    return bits
