"""Yes-or-no features of mentions as columns of numbers: what stands where around them.

Each feature is hashed into one of :data:`COLUMNS` columns. Features that name a thing alone (this word
right before) stand beside the same with the entry (this word right before *this* entry).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.scoring.loaded.columns import Edges, Surroundings
from framing.scoring.loaded.columns import sentence_rows as sentence_rows
from framing.scoring.loaded.facts import Facts, FactTables, fact_features, facts, kind
from framing.scoring.loaded.mixing import COLUMNS as COLUMNS
from framing.scoring.loaded.mixing import columns_of, pair, seed
from framing.scoring.loaded.mixing import entry_hash as entry_hash
from framing.text.tokens import UInts

REACH = 12
"""Words and signs before and after a mention that are read."""

NEAR, BESIDE = 6, 2
"""Of these, the ones that are also read together with the entry, and with its category."""

_PLACES = (*range(-REACH, 0), *range(1, REACH + 1))
_WORD_FEATURES = (
    *(("near", place) for place in _PLACES),
    *(("word", place) for place in _PLACES if abs(place) <= 4),
    *(("entry and near", place) for place in _PLACES if abs(place) <= NEAR),
    *(("entry and word", place) for place in _PLACES if abs(place) <= BESIDE),
    *(("category and word", place) for place in _PLACES if abs(place) <= BESIDE),
    ("two words before", -1), ("words on both sides", -1), ("two words after", 1),
    ("entry", 0), ("last word", 0), ("first word", 0), ("surface", 0), ("entry and written", 0),
)  # fmt: skip
"""Names and places of the features that read words or the entry, in order."""

_SEEDS = np.array([seed(name, place) for name, place in _WORD_FEATURES])[:, None]


class Feature(NamedTuple):
    """One feature of all mentions.

    ``name`` says what kind it is; ``place`` is the place of the word that it reads, counted from the
    mention (-1 right before, 1 right after), 0 if it reads no single word.
    """

    name: str
    place: int
    columns: NDArray[np.int64]


def features(surroundings: Surroundings) -> Iterator[Feature]:
    """Yield every feature, one column of column numbers each; always the same ones in the same order."""
    known = facts(surroundings, sentence_rows(surroundings))
    for (name, place), columns in zip(_WORD_FEATURES, _word_columns(surroundings, known), strict=True):
        yield Feature(name, place, columns)
    for name, place, _, values in fact_features(known):
        yield Feature(name, place, columns_of((values ^ seed(name, place))[None])[0])


class KeyTables:
    """The weights of the features, one for each column; ready to be added up for many mentions."""

    def __init__(self, weights: NDArray[np.int16]) -> None:
        self._weights = weights
        self._facts = FactTables(weights)

    def scores(self, surroundings: Surroundings, sentence: Edges) -> NDArray[np.int32]:
        """Return the sum of the weights of all features of each mention."""
        known = facts(surroundings, sentence)
        found = self._weights.take(_word_columns(surroundings, known), mode="clip")
        total: NDArray[np.int32] = found.sum(axis=0, dtype=np.int32)
        total += self._facts.scores(known)
        return total


def words_around(surroundings: Surroundings) -> UInts:
    """Return the words before and after each mention, shape (2 * REACH, mentions); 0 beyond its paragraph.

    Row ``REACH - 1`` is the word right before, row ``REACH`` the one right after.
    """
    words, mentions = surroundings
    found = np.empty((2 * REACH, len(mentions.first)), dtype=np.uint64)
    step = np.arange(REACH)[:, None]
    before, after = mentions.first - REACH + step, mentions.stop + step
    words.hash.take(before, out=found[:REACH], mode="clip")
    words.hash.take(after, out=found[REACH:], mode="clip")
    found[:REACH] *= before >= mentions.low
    found[REACH:] *= after < mentions.high
    return found


def _word_columns(surroundings: Surroundings, known: Facts) -> NDArray[np.int64]:
    """Return the columns of :data:`_WORD_FEATURES`, shape (features, mentions)."""
    words, mentions = surroundings
    around = words_around(surroundings)
    beside, near = _within(around, BESIDE), _within(around, NEAR)
    first, last = words.hash.take(mentions.first), words.hash.take(mentions.stop - 1)
    entry_and = pair(mentions.entry, near)
    found = np.empty((len(_WORD_FEATURES), len(mentions.first)), dtype=np.uint64)
    row = 0
    for values in (
        around,
        _within(around, 4),
        entry_and,
        _within(entry_and, BESIDE),
        pair(kind(known), beside),
        pair(beside[:-1], beside[1:]),
        mentions.entry[None],
        last[None],
        first[None],
        pair(first, last)[None],
        pair(mentions.entry, known["written"].astype(np.uint64))[None],
    ):
        some = slice(row, row + len(values))
        np.bitwise_xor(values, _SEEDS[some], out=found[some])
        row += len(values)
    return columns_of(found)


def _within(around: UInts, reach: int) -> UInts:
    """Return the rows of the so many words next to the mention on either side."""
    middle = len(around) // 2
    return around[middle - reach : middle + reach]
