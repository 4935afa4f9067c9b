"""The labels of the attribution labeller and how they may follow each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LABELS = ("outside", "source", "cue", "begin", "inside")
"""Outlet's own words; source; cue; first word of a content; further words of a content."""

OUTSIDE, SOURCE, CUE, BEGIN, INSIDE = range(5)

FORBIDDEN = -1e4
"""Log weight of what may not be: a content goes on only where one has begun."""


def count_transitions(labels: NDArray[np.int64], paragraph: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the log probability of each label after each other, counted within paragraphs.

    Half a count is added everywhere; a content that goes on after anything but content is forbidden.

    Examples
    --------
    >>> counted = count_transitions(np.array([0, 3, 4, 4]), np.zeros(4, np.int64))
    >>> counted.shape, bool(counted[OUTSIDE, INSIDE] == FORBIDDEN)
    ((5, 5), True)
    """
    counts = np.full((len(LABELS), len(LABELS)), 0.5)
    same = paragraph[1:] == paragraph[:-1]
    np.add.at(counts, (labels[:-1][same], labels[1:][same]), 1)
    logs: NDArray[np.float64] = np.log(counts / counts.sum(axis=1, keepdims=True))
    logs[[OUTSIDE, SOURCE, CUE], INSIDE] = FORBIDDEN
    return logs
