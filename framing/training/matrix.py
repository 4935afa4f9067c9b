"""Features as a sparse matrix: one row a word, one column a feature that was seen often enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from framing.context.labeller import structure as at
from framing.context.labeller.first import PAIR_PLACES, WINDOWS, Features, properties
from framing.context.labeller.keys import key
from framing.context.labeller.lexical import Lexical
from framing.context.labeller.model import Groups, joint_index, place_name
from framing.context.labeller.stream import Ints, Stream

RAREST = 3
"""A keyed feature that fewer words have is left out: its weight would be chance."""

_PLACE_BITS = np.uint64(32)


class Block(NamedTuple):
    """Where the weights of one feature of a group are among the columns."""

    group: str
    axes: tuple[int, ...]
    start: int
    size: int


def keyed_columns(
    stream: Stream, features: Features, lexical: Lexical, cue: Ints
) -> list[NDArray[np.uint64]]:
    """Return the keyed features of all words that are not empty; pairs carry their place above bit 32."""
    rows = np.flatnonzero(stream.paragraph >= 0)
    columns = []
    for name, values in properties(stream, lexical, cue, np.arange(len(stream.hash))).items():
        columns += [
            at.shifted(key(place_name(name, place), values), place)[rows].astype(np.uint64)
            for place in WINDOWS[name]
        ]
    for number, place in enumerate(PAIR_PLACES, start=1):
        moved = at.shifted(features.pairs, place)[rows].astype(np.uint64)
        columns.append(moved | (np.uint64(number) << _PLACE_BITS))
    columns += [keys[rows].astype(np.uint64) for keys in features.hashed.values()]
    return columns


def group_columns(stream: Stream, features: Features, groups: Groups) -> tuple[list[Ints], list[Block], int]:
    """Return a column of positions for each feature of each group, the blocks, and how many there are."""
    rows = np.flatnonzero(stream.paragraph >= 0)
    columns, blocks, start = [], [], 0
    for name, (sizes, parts) in groups.items():
        values = features.groups[name]
        for value, size in zip(values, sizes, strict=True):
            if value.min() < 0 or value.max() >= size:
                raise ValueError(f"group {name}: a value outside of its {size} steps")
        for axes in parts:
            own = tuple(sizes[a] for a in axes)
            columns.append(joint_index(own, tuple(values[a] for a in axes))[rows] + start)
            size = int(np.prod(own))
            blocks.append(Block(name, axes, start, size))
            start += size
    return columns, blocks, start


def vocabulary(columns: Sequence[NDArray[np.uint64]]) -> tuple[NDArray[np.uint64], Ints]:
    """Return the keys that at least :data:`RAREST` words have, in order, and their counts."""
    counted = [np.unique(column, return_counts=True) for column in columns]
    keys = np.concatenate([found for found, _ in counted])
    counts = np.concatenate([count for _, count in counted])
    order = np.argsort(keys, kind="stable")
    keys, first = np.unique(keys[order], return_index=True)
    counts = np.add.reduceat(counts[order], first)
    often = counts >= RAREST
    return keys[often], counts[often].astype(np.int64)


def sparse_rows(
    keyed: Sequence[NDArray[np.uint64]],
    grouped: Sequence[Ints],
    n_grouped: int,
    known: NDArray[np.uint64],
) -> csr_matrix:
    """Return the matrix: columns of the groups, then the known keys."""
    n = len(grouped[0])
    width = len(grouped) + len(keyed)
    index = np.empty((n, width), dtype=np.int32)
    used = np.ones((n, width), dtype=np.bool_)
    for number, place in enumerate(grouped):
        index[:, number] = place
    for number, column in enumerate(keyed, start=len(grouped)):
        found = np.searchsorted(known, column).clip(max=len(known) - 1)
        index[:, number] = n_grouped + found
        used[:, number] = known[found] == column
    ends = np.concatenate([[0], np.cumsum(used.sum(axis=1))])
    flat = index[used]
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(n, n_grouped + len(known)))
