"""Yes-or-no features of mentions as columns of numbers: what stands where around them.

Each feature is hashed into one of :data:`COLUMNS` columns. Features that name a thing alone (this word
right before) stand beside the same with the entry (this word right before *this* entry).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.provenance import digest
from framing.scoring.loaded.columns import Ints, Surroundings
from framing.text.tokens import UInts

COLUMN_BITS = 17
COLUMNS = 1 << COLUMN_BITS

REACH = 12
"""Words and signs before and after a mention that are read."""

NEAR = 6
"""Of these, the ones that are also read together with the entry."""

_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - COLUMN_BITS)
_DENSITIES = (5.0, 10.0, 20.0, 35.0)
_CHANCES = (0.1, 0.3, 0.5, 0.7, 0.9)
_FURTHEST = 4


class Feature(NamedTuple):
    """One feature of all mentions.

    ``name`` says what kind it is; ``place`` is the place of the word that it reads, counted from the
    mention (-1 right before, 1 right after), 0 if it reads no single word.
    """

    name: str
    place: int
    columns: NDArray[np.int64]


def entry_hash(entry_id: str) -> int:
    """Return the number that stands for an entry."""
    return int(digest([entry_id])[:16], 16)


def features(surroundings: Surroundings) -> Iterator[Feature]:
    """Yield every feature, one column of column numbers each; always the same ones in the same order."""
    around = words_around(surroundings)
    for name, place, values in _values(surroundings, around):
        seed = np.uint64(entry_hash(name if place == 0 or "near" in name else f"{name} {place}"))
        mixed = (values ^ seed) * _MIX
        mixed ^= mixed >> np.uint64(29)
        yield Feature(name, place, ((mixed * _MIX) >> _SHIFT).astype(np.int64))


def words_around(surroundings: Surroundings) -> UInts:
    """Return the words before and after each mention, shape (2 * REACH, mentions); 0 beyond its paragraph.

    Row ``REACH - 1`` is the word right before, row ``REACH`` the one right after.
    """
    return _around(surroundings, surroundings.words.hash)


def _around(surroundings: Surroundings, column: NDArray[np.generic]) -> UInts:
    mentions = surroundings.mentions
    found = np.zeros((2 * REACH, len(mentions.first)), dtype=np.uint64)
    for place in range(1, REACH + 1):
        for row, at in (
            (REACH - place, mentions.first - place),
            (REACH + place - 1, mentions.stop + place - 1),
        ):
            inside = (at >= mentions.low) & (at < mentions.high)
            found[row] = column.take(at, mode="clip").astype(np.uint64) * inside
    return found


def _values(surroundings: Surroundings, around: UInts) -> Iterator[tuple[str, int, UInts]]:
    words, mentions = surroundings
    entry, frame = mentions.entry, _kind(mentions.frame, mentions.ambiguous)
    first, last = words.hash[mentions.first], words.hash[mentions.stop - 1]

    def word(place: int) -> UInts:
        found: UInts = around[REACH + place if place < 0 else REACH + place - 1]
        return found

    yield "entry", 0, entry
    yield "category", 0, frame
    yield "intensity", 0, frame + mentions.intensity.astype(np.uint64)
    yield "last word", 0, last
    yield "first word", 0, first
    yield "surface", 0, _pair(first, last)
    for place in (-4, -3, -2, -1, 1, 2, 3, 4):
        yield "word", place, word(place)
    yield "two words before", -1, _pair(word(-2), word(-1))
    yield "two words after", 1, _pair(word(1), word(2))
    yield "words on both sides", -1, _pair(word(-1), word(1))
    for place in (-2, -1, 1, 2):
        yield "entry and word", place, _pair(entry, word(place))
        yield "category and word", place, _pair(frame, word(place))
    for place in (*range(-REACH, 0), *range(1, REACH + 1)):
        yield "near", place, word(place)
        if abs(place) <= NEAR:
            yield "entry and near", place, _pair(entry, word(place))
    shape = words.shape
    written = shape[mentions.first].astype(np.uint64)
    shapes = _around_shapes(surroundings, shape)
    for place, column in shapes.items():
        yield "shape", place, column
    yield "written", 0, written
    yield "entry and written", 0, _pair(entry, written)
    yield "category and written", 0, _pair(frame, written)
    yield "words before in sentence", 0, _distance(surroundings, before=True)
    yield "words after in sentence", 0, _distance(surroundings, before=False)
    voice = mentions.voice.astype(np.uint64)
    chance = np.searchsorted(_CHANCES, mentions.attributed).astype(np.uint64)
    yield "voice", 0, voice
    yield "category and voice", 0, _pair(frame, voice)
    yield "chance attributed", 0, chance
    for name in ("negated", "hedged", "in_title", "scare_quoted"):
        flag = getattr(mentions, name).astype(np.uint64)
        yield name, 0, flag
        yield f"category and {name}", 0, _pair(frame, flag)
    density = np.searchsorted(_DENSITIES, mentions.density).astype(np.uint64)
    yield "density", 0, density


def _kind(frame: Ints, ambiguous: Ints) -> UInts:
    kind: UInts = ((frame + 1) * 8 + ambiguous * 4).astype(np.uint64)
    return kind


def _pair(a: UInts, b: UInts) -> UInts:
    mixed = a * np.uint64(3) ^ (b * _MIX)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _around_shapes(surroundings: Surroundings, shape: NDArray[np.int8]) -> dict[int, UInts]:
    mentions = surroundings.mentions
    found = {}
    for place in (-2, -1, 1, 2):
        at = mentions.first + place if place < 0 else mentions.stop + place - 1
        inside = (at >= mentions.low) & (at < mentions.high)
        found[place] = shape.take(at, mode="clip").astype(np.uint64) * inside
    return found


def _distance(surroundings: Surroundings, *, before: bool) -> UInts:
    mentions = surroundings.mentions
    low, high = sentence_rows(surroundings)
    distance = mentions.first - low if before else high - mentions.stop
    found: UInts = np.clip(distance, 0, _FURTHEST).astype(np.uint64)
    return found


def sentence_rows(surroundings: Surroundings) -> tuple[Ints, Ints]:
    """Return the first row of the sentence of each mention, and one past its last."""
    words, mentions = surroundings
    numbers = words.sentence[mentions.first]
    low = np.maximum(np.searchsorted(words.sentence, numbers), mentions.low)
    high = np.minimum(np.searchsorted(words.sentence, numbers, side="right"), mentions.high)
    return low, np.maximum(high, mentions.stop)
