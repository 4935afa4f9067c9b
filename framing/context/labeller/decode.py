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
        Where each paragraph starts among the words and how many it has (at least one).
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
    order = np.argsort(-size, kind="stable")
    first, size = first[order], size[order]
    longest = int(size[0]) if len(size) else 0
    labels = np.zeros(len(scores), dtype=np.int8)
    came_from = np.zeros((len(scores), n_labels), dtype=np.int8)
    # going[t]: paragraphs that have a word number t
    going = np.searchsorted(-size, -np.arange(longest), side="left").tolist()
    best = scores[first].copy()
    if n_labels > INSIDE:
        best[:, INSIDE] += FORBIDDEN
    ways = np.ascontiguousarray(moves.T)
    for step in range(1, longest):
        going[step] = alive = int(np.searchsorted(-size, -step, side="left"))
        at = first[:alive] + step
        total = best[:alive, None, :] + ways
        chosen = total.argmax(axis=2)
        came_from[at] = chosen
        best[:alive] = np.take_along_axis(total, chosen[:, :, None], axis=2)[:, :, 0] + scores[at]
    current = best.argmax(axis=1)
    for step in range(longest - 1, -1, -1):
        alive = int(np.searchsorted(-size, -step, side="left"))
        at = first[:alive] + step
        labels[at] = current[:alive]
        if step:
            current[:alive] = came_from[at, current[:alive]]
    return labels
