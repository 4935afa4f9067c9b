"""The weights of the labeller and how they answer: tables of floats, looked up and added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller.first import PAIR_PLACES, REACH, WINDOWS, properties
from framing.context.labeller.keys import Keys, key
from framing.context.labeller.labels import LABELS
from framing.context.labeller.lexical import Lexical
from framing.context.labeller.lookup import Lookup
from framing.context.labeller.stream import Ints, Stream

Floats = NDArray[np.float32]
Groups = Mapping[str, tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]]

N = len(LABELS)
_PLACES = 2 * REACH + 1
_MOST_TYPES = 1 << 16


def place_name(name: str, place: int) -> str:
    """Return the name of the feature that a property is at a place."""
    return f"{name}@{place}"


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Weights of one pass: ``keys`` with a row of ``hashed`` each, one table for each feature of a group."""

    keys: Keys
    hashed: Floats
    groups: dict[str, list[Floats]]
    intercept: Floats


class KeyedWeights:
    """Rows of weights by key; row 0 is zeros, for keys without weights."""

    def __init__(self, keys: Keys, weights: Floats) -> None:
        bits = max(4, int(2 * len(keys)).bit_length())
        self._lookup = Lookup(bits=bits)
        self._lookup.add(keys.astype(np.uint64))
        self.rows = np.concatenate([np.zeros((1, weights.shape[1]), np.float32), weights])

    def find(self, keys: Keys) -> NDArray[np.int32]:
        """Return the row number of each key."""
        return self._lookup.find(keys.astype(np.uint64)) + np.int32(1)

    def places(self, keys: Keys) -> NDArray[np.int32]:
        """Return the row number of each key; neighbours mostly share one, which is looked up once."""
        new = np.ones(len(keys), dtype=np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=new[1:])
        return self.find(keys[new]).take(np.cumsum(new) - 1, mode="clip")

    def __getitem__(self, keys: Keys) -> Floats:
        """Return the weights of each key."""
        return taken(self.rows, self.places(keys))


def taken(table: Floats, rows: NDArray[np.integer]) -> Floats:
    """Return rows of a table; all must be there (numpy is four times faster if it need not complain)."""
    return table.take(rows, axis=0, mode="clip")


def joint_tables(groups: Groups, weights: Mapping[str, list[Floats]]) -> dict[str, Floats]:
    """Sum the features of each group into one table over all of its axes."""
    tables = {}
    for name, (sizes, features) in groups.items():
        table = np.zeros((*sizes, N), dtype=np.float32)
        for axes, own in zip(features, weights[name], strict=True):
            shape = [size if axis in axes else 1 for axis, size in enumerate(sizes)]
            table += own.reshape(*shape, N)
        tables[name] = table.reshape(-1, N)
    return tables


def joint_index(sizes: tuple[int, ...], columns: tuple[Ints, ...]) -> Ints:
    """Return the row of a joint table for one column of values an axis."""
    index = columns[0].copy()
    for size, column in zip(sizes[1:], columns[1:], strict=True):
        index *= size
        index += column
    return index


class TypeCache:
    """What each kind of word (its letters and its shape) adds to the words around it, worked out once.

    A row depends on the word alone; keeping it changes speed and nothing else.
    """

    def __init__(self, weights: KeyedWeights, lexical: Lexical) -> None:
        self._weights = weights
        self._lexical = lexical
        self._types = Lookup(bits=18)
        self._rows = np.zeros((1024, _PLACES * N), dtype=np.float32)

    def rows(self, stream: Stream, cue: Ints) -> Floats:
        """Return one row for each word: weights by place (of the word that is labelled) and label."""
        kind = stream.hash ^ (stream.shape.astype(np.uint64) * np.uint64(0xD6E8FEB86659FD93))
        found = self._types.find(kind)
        missing = np.flatnonzero(found < 0)
        if not len(missing):
            return taken(self._rows, found)
        new, where, back = np.unique(kind[missing], return_index=True, return_inverse=True)
        fresh = self._work_out(stream, cue, missing[where])
        known = len(self._types)
        if known + len(new) <= _MOST_TYPES:
            self._types.add(new)
            while known + len(new) > len(self._rows):
                self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            self._rows[known : known + len(new)] = fresh
            found[missing] = known + back
            return taken(self._rows, found)
        rows = taken(self._rows, found)
        rows[missing] = fresh[back]
        return rows

    def _work_out(self, stream: Stream, cue: Ints, at: Ints) -> Floats:
        rows = np.zeros((len(at), _PLACES, N), dtype=np.float32)
        for name, values in properties(stream, self._lexical, cue, at).items():
            for place in WINDOWS[name]:
                # Seen from the word to be labelled this word is at ``place``.
                rows[:, place + REACH] += self._weights[key(place_name(name, place), values)]
        return rows.reshape(len(at), -1)


def window_sums(rows: Floats) -> Floats:
    """Add up what the words around each word add to it; the outermost words have nobody around."""
    n = len(rows)
    sums = np.zeros((n, N), dtype=np.float32)
    item = rows.itemsize
    # Word i takes part p of the row of word i + p - REACH: a view that steps through rows and parts at once.
    view = np.lib.stride_tricks.as_strided(
        rows,
        (n - 2 * REACH, _PLACES, N),
        (rows.shape[1] * item, (rows.shape[1] + N) * item, item),
        writeable=False,
    )
    sums[REACH : n - REACH] = view[:, 0]
    for part in range(1, _PLACES):
        sums[REACH : n - REACH] += view[:, part]
    return sums


def pair_sums(found: NDArray[np.int32], rows: Floats) -> Floats:
    """Add the weights of the pairs around each word; ``rows`` hold one block for each place."""
    n = len(found)
    sums = np.zeros((n, N), dtype=np.float32)
    hit = np.flatnonzero(found)
    added = taken(rows, found[hit])
    for number, place in enumerate(PAIR_PLACES):
        target = hit - place
        keep = slice(*np.searchsorted(target, (0, n)).tolist())
        sums[target[keep]] += added[keep, number * N : (number + 1) * N]
    return sums
