"""Viterbi decoding of many paragraphs at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller.labels import FORBIDDEN, INSIDE


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
    word = first[np.arange(ends[-1]) - np.repeat(ends - going, going)] + np.repeat(np.arange(steps), going)
    best = np.ascontiguousarray(scores.take(word, axis=0).T)
    if n_labels > INSIDE:
        best[INSIDE, : len(first)] += FORBIDDEN
    edges = [0, *ends.tolist()]
    _forward(best, edges, moves)
    labels[word] = _backward(best, edges, moves)
    return labels


def _forward(best: NDArray[np.float32], edges: list[int], moves: NDArray[np.float32]) -> None:
    """Turn the scores into those of the best way up to each word, in place."""
    ways = [np.ascontiguousarray(row[:, None]) for row in moves]
    for before, begin, end in zip(edges, edges[1:], edges[2:], strict=False):
        earlier = best[:, before : before + end - begin]
        top = earlier[0] + ways[0]
        for label in range(1, len(ways)):
            np.maximum(top, earlier[label] + ways[label], out=top)
        best[:, begin:end] += top


def _backward(best: NDArray[np.float32], edges: list[int], moves: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return the labels along the best ways, from the last words back."""
    found = np.empty(best.shape[1], dtype=np.int8)
    current = best[:, edges[-2] :].argmax(axis=0)
    found[edges[-2] :] = current
    for begin, end in zip(edges[-3::-1], edges[-2:0:-1], strict=True):
        step = best[:, begin:end]
        longer = len(current)  # of the paragraphs here, so many go on; the others end with their best label
        now = np.empty(end - begin, dtype=np.int64)
        now[:longer] = (step[:, :longer] + moves[:, current]).argmax(axis=0)
        now[longer:] = step[:, longer:].argmax(axis=0)
        found[begin:end] = current = now
    return found
