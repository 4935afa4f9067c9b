"""Words of a folded text as numpy arrays, with a 64-bit hash each.

A word is read eight bytes at a time: one 64-bit number holds eight Latin letters, so that most words
are hashed by one look-up, one mask and one multiplication, wherever they stand. The high bytes of the
code units are a second plane that only texts with letters beyond Latin have; a plane of zeros hashes to
zero, so that a word hashes the same in any batch. Any part of a word hashes as cheaply, which serves
``takfir*``. Arithmetic is modulo 2**64 on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.text.words import word_edges

U64 = np.uint64
UInts = NDArray[np.uint64]
Ints = NDArray[np.int64]

_FACTOR = U64(0x9E3779B97F4A7C15)  # odd: words of up to eight Latin letters never share a hash
_PLANE = U64(0xE7037ED1A0B428DB)
_HALF = U64(32)
_LANE = 8
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_LANE + 1)], dtype=np.uint64)
_LONG = 2 * _LANE
"""The few longer words (addresses, compounds) are hashed one by one."""


class Units(NamedTuple):
    """Code units of a text, and windows of eight of their low and of their high bytes (``None``: all 0)."""

    codes: NDArray[np.uint16]
    low: UInts
    high: UInts | None


class Tokens(NamedTuple):
    """Words of a text: first unit, one past the last, hash.

    ``head`` holds the low bytes of the first eight units, ``units`` serves to hash parts of words.
    """

    start: Ints
    end: Ints
    hash: UInts
    head: UInts
    units: Units


def tokenise(codes: NDArray[np.uint16], word: NDArray[np.bool_]) -> Tokens:
    """Hash the words of folded units (see :func:`framing.text.words.word_edges`)."""
    start, end = word_edges(codes, word)
    beyond_latin = codes.max(initial=0) > 255 and bool(((codes > 255) & word).any())
    units = _units(codes, beyond_latin=beyond_latin)
    head = units.low[start]
    return Tokens(start, end, _hash(units, head, start, end), head, units)


def part_hash(units: Units, start: Ints, end: Ints) -> UInts:
    """Return the hash of the units ``[start, end)``, independent of where they stand."""
    return _hash(units, units.low[start], start, end)


def hash_words(words: Sequence[str]) -> UInts:
    """Return the hashes of folded words (the same that :func:`tokenise` gives them)."""
    codes = np.frombuffer("\0".join(words).encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    length = np.array([len(word) for word in words], dtype=np.int64)
    end = np.cumsum(length + 1) - 1
    return part_hash(_units(codes, beyond_latin=bool((codes > 255).any())), end - length, end)


def _units(codes: NDArray[np.uint16], *, beyond_latin: bool) -> Units:
    return Units(codes, _windows(codes), _windows(codes >> np.uint16(8)) if beyond_latin else None)


def _windows(codes: NDArray[np.uint16]) -> UInts:
    """Return the low bytes of the units as a view: number ``i`` holds the eight from ``i`` on."""
    low = np.zeros(len(codes) + 2 * _LANE, dtype=np.uint8)
    np.copyto(low[: len(codes)], codes, casting="unsafe")
    return np.ndarray(len(codes) + _LANE, dtype="<u8", buffer=low, strides=(1,))


def _hash(units: Units, head: UInts, start: Ints, end: Ints) -> UInts:
    length = end - start
    longer = np.flatnonzero(length > _LANE)
    hashed = _hash_plane(units.low, head, start, length, longer)
    if units.high is not None:
        beyond = _hash_plane(units.high, units.high[start], start, length, longer)
        hashed += (beyond ^ (beyond >> _HALF)) * _PLANE
    for index in longer[length[longer] > _LONG].tolist():
        content = units.codes[start[index] : end[index]].tobytes()
        hashed[index] = int.from_bytes(blake2b(content, digest_size=8).digest(), "little")
    return hashed


def _hash_plane(windows: UInts, head: UInts, start: Ints, length: Ints, longer: Ints) -> UInts:
    """Hash the first eight bytes (``head``) and, of the ``longer`` words, the next eight."""
    hashed: UInts = (head & _MASKS.take(length, mode="clip")) * _FACTOR
    tail = windows[start[longer] + _LANE] & _MASKS.take(length[longer] - _LANE, mode="clip")
    before = hashed[longer]
    hashed[longer] = ((before ^ (before >> _HALF)) + tail) * _FACTOR
    return hashed
