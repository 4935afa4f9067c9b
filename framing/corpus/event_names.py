"""Name events by the words that weigh most in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

_NAME_WORDS = 3


def name_events(
    cluster: NDArray[np.intp], dates: Sequence[str], vectors: csr_array, words: NDArray[np.object_]
) -> list[str]:
    """Return the name of the event of each row: the date of its first row and three words.

    Parameters
    ----------
    cluster
        First row of the cluster of each row.
    dates
        Date of each row, never decreasing.
    vectors, words
        Weights of the words in each row, and the words.

    Examples
    --------
    >>> weights = csr_array(np.array([[0.8, 0.6, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]))
    >>> words = np.array(["tram", "crash", "cubs"])
    >>> name_events(np.array([0, 1, 0]), ["2016-11-09", "2016-11-10", "2016-11-10"], weights, words)
    ['2016-11-09-crash-tram', '2016-11-10-cubs', '2016-11-09-crash-tram']
    """
    first, code = np.unique(cluster, return_inverse=True)
    labels = label_words(code, len(first), vectors, words, _NAME_WORDS)
    names, seen = [], Counter[str]()
    for row, label in zip(first.tolist(), labels, strict=True):
        name = "-".join([dates[row], *(sorted(label) or ["event"])])
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return [names[i] for i in code.tolist()]


def label_words(
    group: NDArray[np.intp], count: int, vectors: csr_array, words: NDArray[np.object_], most: int
) -> list[list[str]]:
    """Return the words of each group with the largest summed weights, largest first; numbers name nothing."""
    member = csr_array((np.ones(len(group)), (group, np.arange(len(group)))), shape=(count, len(group)))
    total = (member @ vectors).tocoo()
    named = np.array([not word.isdigit() for word in words], dtype=bool)[total.col]
    row, column, weight = total.row[named], total.col[named], np.round(total.data[named], 6)
    order = np.lexsort([column, -weight, row])
    row, column = row[order], column[order]
    top = np.arange(len(row)) - np.searchsorted(row, row) < most
    labels: list[list[str]] = [[] for _ in range(count)]
    for at, word in zip(row[top].tolist(), words[column[top]], strict=True):
        labels[at].append(str(word))
    return labels
