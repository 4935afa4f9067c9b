"""Where each word stands: in its sentence, among cues, commas and quotation marks."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller.stream import Ints, Stream
from framing.text.tokens import hash_words

Bools = NDArray[np.bool_]
Value = TypeVar("Value", bound=np.generic)

NEARNESS = 13
"""Steps in which a distance in words is told: 0 to 7 exactly, then to 11, 17, 27, 44 and beyond."""

_STEPS = np.concatenate(
    [np.arange(8), np.full(4, 8), np.full(6, 9), np.full(10, 10), np.full(17, 11), [12]]
).astype(np.int64)


def nearness(distance: Ints) -> Ints:
    """Return the step of each distance (0 or more).

    Examples
    --------
    >>> nearness(np.array([0, 7, 8, 20, 999])).tolist()
    [0, 7, 8, 10, 12]
    """
    return _STEPS.take(distance, mode="clip")


class Bounds(NamedTuple):
    """First and last word of the sentence of each word."""

    first: Ints
    last: Ints


def bounds(stream: Stream) -> Bounds:
    """Return the sentence bounds."""
    edges = np.flatnonzero(np.diff(stream.sentence)) + 1
    starts = np.concatenate([[0], edges])
    ends = np.concatenate([edges, [len(stream.sentence)]])
    size = ends - starts
    return Bounds(np.repeat(starts, size), np.repeat(ends - 1, size))


def before(flags: Bools, within: Bounds) -> Ints:
    """Return the nearest flagged word to the left in the same sentence, -1 if there is none.

    ``flags`` may have several rows, one for each kind of word that is looked for.
    """
    marked = np.where(flags, np.arange(flags.shape[-1]), -1)
    last = np.empty_like(marked)
    last[..., 0] = -1
    np.maximum.accumulate(marked[..., :-1], axis=-1, out=last[..., 1:])
    return np.where(last < within.first, -1, last)


def after(flags: Bools, within: Bounds) -> Ints:
    """Return the nearest flagged word to the right in the same sentence, -1 if there is none.

    ``flags`` may have several rows, as in :func:`before`.
    """
    n = flags.shape[-1]
    marked = np.where(flags, np.arange(n), n)
    following = np.empty_like(marked)
    following[..., -1] = n
    following[..., :-1] = np.minimum.accumulate(marked[..., :0:-1], axis=-1)[..., ::-1]
    return np.where(following > within.last, -1, following)


def taken(column: NDArray[Value], places: Ints) -> NDArray[Value]:
    """Return the values at the places; a place of -1 (there is none) gives any value, to be masked."""
    return column.take(places, mode="clip")


def running(flags: Bools) -> Ints:
    """Return how many flagged words there are up to and including each word."""
    return np.cumsum(flags, dtype=np.int64)


def per_sentence(flags: Bools, within: Bounds) -> Ints:
    """Return how many words of the sentence of each word are flagged."""
    total = np.zeros(len(flags) + 1, dtype=np.int64)
    np.cumsum(flags, out=total[1:])
    return taken(total, within.last + 1) - taken(total, within.first)


def shifted(column: NDArray[Value], by: int) -> NDArray[Value]:
    """Return the column with the value of the word ``by`` places further on; zero beyond the ends."""
    moved = np.zeros_like(column)
    if by > 0:
        moved[:-by] = column[by:]
    elif by < 0:
        moved[-by:] = column[:by]
    else:
        moved[:] = column
    return moved


def is_word(stream: Stream, word: str) -> Bools:
    """Return where a word (or a single sign) stands."""
    if len(word) == 1 and not word.isalnum():
        found: Bools = stream.sign == ord(word)
        return found
    same: Bools = stream.hash == hash_words([word])[0]
    return same
