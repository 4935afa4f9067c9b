"""Runs of labels: where sources, cues and contents begin and end, in all paragraphs of a block at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller import BEGIN
from framing.context.labeller.label import Labels

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_JOINED = 2
"""Words or signs that may stand between two parts of one source or cue ("Smith, the chief")."""


class Runs(NamedTuple):
    """Stretches of words from ``first`` to ``last`` (inclusive)."""

    first: Ints
    last: Ints


def runs(flags: Bools) -> Runs:
    """Return the stretches of flagged words.

    Examples
    --------
    >>> runs(np.array([True, True, False, True]))
    Runs(first=array([0, 3]), last=array([1, 3]))
    """
    padded = np.zeros(len(flags) + 2, dtype=np.bool_)
    padded[1:-1] = flags
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return Runs(edges[0::2], edges[1::2] - 1)


def contents(labels: Labels) -> Runs:
    """Return the contents: a new one begins at each BEGIN."""
    inside = labels.label >= BEGIN
    begins = labels.label == BEGIN
    begins[1:] |= inside[1:] & ~inside[:-1]
    begins[:1] |= inside[:1]
    first = np.flatnonzero(begins)
    ends = inside.copy()
    ends[:-1] &= ~inside[1:] | begins[1:]
    return Runs(first, np.flatnonzero(ends))


def counted(flags: Bools) -> Ints:
    """Return how many words before each place are flagged, one more than there are words."""
    total = np.zeros(len(flags) + 1, dtype=np.int64)
    np.cumsum(flags, out=total[1:])
    return total


def joined(found: Runs, labels: Labels) -> Runs:
    """Join runs with only signs or a small word between them, at least one sign and none of it labelled."""
    if len(found.first) < 2:
        return found
    last, following = found.last[:-1], found.first[1:]
    signs, labelled = counted(labels.sign > 0), counted(labels.label > 0)
    together = following - last - 1 <= _JOINED
    together &= labels.sentence[last] == labels.sentence[following]
    together &= signs[following] > signs[last + 1]
    together &= labelled[following] == labelled[last + 1]
    opens = np.concatenate([[True], ~together])
    closes = np.concatenate([~together, [True]])
    return Runs(found.first[opens], found.last[closes])
