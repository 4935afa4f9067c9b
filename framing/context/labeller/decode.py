"""Viterbi decoding of many paragraphs at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller.labels import FORBIDDEN, INSIDE

_AT_ONCE = 1 << 14
"""Words that are looked at together where the order of steps does not matter."""


def decode(
    scores: NDArray[np.float32], first: NDArray[np.int64], size: NDArray[np.int64], moves: NDArray[np.float32]
) -> NDArray[np.int8]:
    """Return the best labels of each paragraph.

    All paragraphs take their n-th step together, the longest first, so that numpy works on whole
    columns. A paragraph never begins inside a content.

    Parameters
    ----------
    scores
        Log score of each label of each word, shape (words, labels).
    first, size
        Where each paragraph starts among the words and how many it has.
    moves
        Log weight of each label (column) after each other (row).

    Examples
    --------
    >>> scores = np.log(np.array([[0.9, 0.1], [0.4, 0.6], [0.9, 0.1]], np.float32))
    >>> stay = np.log(np.array([[0.9, 0.1], [0.1, 0.9]], np.float32))
    >>> decode(scores, np.array([0]), np.array([3]), stay).tolist()
    [0, 0, 0]
    """
    n_labels = scores.shape[1]
    labels = np.zeros(len(scores), dtype=np.int8)
    some = size > 0
    first, size = first[some], size[some]
    if not len(size):
        return labels
    order = np.argsort(-size, kind="stable")
    first, size = first[order], size[order]
    steps = int(size[0])
    # Words in the order of the steps: all first words, then all second words, the longest paragraph first.
    going = np.searchsorted(-size, -np.arange(steps), side="left")
    ends = np.cumsum(going)
    begins = ends - going
    word = first[np.arange(ends[-1]) - np.repeat(begins, going)] + np.repeat(np.arange(steps), going)
    best = np.ascontiguousarray(scores.take(word, axis=0).T)
    if n_labels > INSIDE:
        best[INSIDE, : len(first)] += FORBIDDEN
    edges = [0, *ends.tolist()]
    _forward(best, edges, moves)
    last = best.take(begins[size - 1] + np.arange(len(size)), axis=1).argmax(axis=0)
    labels[word] = _backward(_before(best, moves), edges, last)
    return labels


def _forward(best: NDArray[np.float32], edges: list[int], moves: NDArray[np.float32]) -> None:
    """Turn the scores into those of the best way up to each word, in place."""
    n = len(moves)
    each, every = moves[:, :, None], np.empty((n, n, edges[1]), dtype=best.dtype)
    for before, begin, end in zip(edges, edges[1:], edges[2:], strict=False):
        ways = every[:, :, : end - begin]
        np.add(best[:, None, before : before + end - begin], each, out=ways)
        best[:, begin:end] += np.maximum.reduce(ways, axis=0)


def _before(best: NDArray[np.float32], moves: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the label that a word has on the best way to each label of the next, shape (words, labels).

    Of all words at once, not step by step: no step needs to know which way will be taken in the end.
    """
    found = np.empty((best.shape[1], len(moves)), dtype=np.int64)
    for start in range(0, len(found), _AT_ONCE):
        here = best[:, start : start + _AT_ONCE]
        label = np.zeros(here.shape, dtype=np.int8)
        top = here[0] + moves[0][:, None]
        for number in range(1, len(moves)):
            way = here[number] + moves[number][:, None]
            np.copyto(label, number, where=way > top)
            np.maximum(top, way, out=top)
        found[start : start + _AT_ONCE] = label.T
    return found


def _backward(before: NDArray[np.int64], edges: list[int], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the labels along the best ways, from the ``last`` word of each paragraph back."""
    labels, row = before.ravel(), np.arange(0, before.size, before.shape[1])
    found = np.empty(len(before), dtype=np.int64)
    following = last[:0]
    for begin, end in zip(edges[-2::-1], edges[:0:-1], strict=True):
        now, on = found[begin:end], len(following)  # so many paragraphs go on; the others end here
        labels.take(row[begin : begin + on] + following, out=now[:on], mode="clip")
        now[on:] = last[on : end - begin]
        following = now
    return found
