"""Words of a folded text as numpy arrays, with a 64-bit hash each.

The hash of a word is a polynomial over its code units, taken from one running
sum over the whole text; the inverse power of the base moves it to the origin, so that equal words
hash equally wherever they stand. Any part of a word hashes as cheaply, which serves ``takfir*``.
Arithmetic is modulo 2**64 on purpose.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.text.words import word_edges


U64 = np.uint64
UInts = NDArray[np.uint64]
Ints = NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64


class Tokens(NamedTuple):
    """Words of a text: first unit, one past the last, hash; ``running`` hashes parts of words."""

    start: Ints
    end: Ints
    hash: UInts
    running: UInts


class _Powers(NamedTuple):
    power: UInts
    inverse: UInts


@lru_cache(maxsize=4)
def _powers(size: int) -> _Powers:
    base, inverse = U64(_BASE), U64(pow(_BASE, -1, 2**64))
    tables = []
    for factor in (base, inverse):
        steps = np.full(size, factor, dtype=np.uint64)
        steps[0] = 1
        tables.append(np.multiply.accumulate(steps))
    return _Powers(*tables)


def _table_size(needed: int) -> int:
    return max(1 << 16, 1 << (needed - 1).bit_length())


def part_hash(tokens_running: UInts, start: Ints, end: Ints) -> UInts:
    """Return the hash of the units ``[start, end)``, independent of where they stand."""
    powers = _powers(_table_size(len(tokens_running)))
    hashed: UInts = (tokens_running[end] - tokens_running[start]) * powers.inverse[start]
    return hashed


@lru_cache(maxsize=65536)
def hash_word(word: str) -> int:
    """Return the hash of one folded word (the same that :func:`tokenise` gives it)."""
    total, power = 0, 1
    for char in word:
        total += ord(char) * power
        power = power * _BASE % 2**64
    return total % 2**64


def tokenise(codes: NDArray[np.uint16], word: NDArray[np.bool_]) -> Tokens:
    """Hash the words of folded units (see :func:`framing.text.words.word_edges`)."""
    start, end = word_edges(codes, word)
    running = np.zeros(len(codes) + 1, dtype=np.uint64)
    weighted = _powers(_table_size(len(codes) + 1)).power[: len(codes)] * codes
    np.cumsum(weighted, out=running[1:])
    return Tokens(start, end, part_hash(running, start, end), running)
