"""Boilerplate, found in nothing but counts of words.

"Sign up for daily newsletters", "Click here for reprint permission", "Image copyright": such lines stand
in many articles of an outlet, each word as often as the others. Words of running text do not keep step
like that: even "Angela" and "Merkel" part when an article names her twice.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

IN_STEP = 0.7
"""Overlap of two words' counts (smaller over larger, summed over articles) from which they keep step."""

FEWEST_ARTICLES, FEWEST_SHARE = 10, 0.05
"""A line is boilerplate of an outlet if it stands in so many articles, and in this share of them."""

FEWEST_WORDS = 4
"""Words that keep step make a line; three do if they stand in a quarter of the articles, and two if one of
them is known from such lines ("caption", "copyright")."""

_FEW_WORDS, _THEN_SHARE = 3, 0.25
_ALONG = 0.97
"""A frequent word belongs to a line if it stands in this share of its articles, at least as often ..."""
_ELSEWHERE = 0.5
"""... and in at most this share of the outlet's other articles."""


class Line(NamedTuple):
    """Words (numbers of features) of one line of boilerplate, and how often each stands there for it."""

    features: NDArray[np.intp]
    occurrences: float
    core: NDArray[np.intp]


def boilerplate(
    counts: csr_array, candidates: NDArray[np.bool_], anchors: NDArray[np.bool_] | None = None
) -> list[Line]:
    """Return the lines of boilerplate of one outlet.

    Parameters
    ----------
    counts
        How often each word stands in each article of the outlet, words x articles.
    candidates
        Words that may belong to a line: function words keep step with each other in any text.
    anchors
        Words that are known from such lines: one other that keeps step with them is enough.

    Returns
    -------
    list of Line
        ``core``: words that keep step; ``features``: these and the frequent words that always come
        with them ("sign up *for*"); ``occurrences``: articles with the line, or more if it repeats in one.

    Examples
    --------
    >>> line = np.tile([1, 0, 1], 10)
    >>> rng = np.random.default_rng(0)
    >>> words = [line, line, line, line, rng.poisson(2, 30), rng.poisson(2, 30)]
    >>> found = boilerplate(csr_array(np.array(words)), np.ones(6, dtype=bool))
    >>> [(x.core.tolist(), x.features.tolist(), x.occurrences) for x in found]
    [([0, 1, 2, 3], [0, 1, 2, 3], 20.0)]
    """
    articles = counts.shape[1]
    spread = np.diff(counts.indptr)
    chosen = np.flatnonzero(candidates & (spread >= max(FEWEST_ARTICLES, FEWEST_SHARE * articles)))
    if not len(chosen):
        return []
    known = np.zeros(len(chosen), dtype=bool) if anchors is None else anchors[chosen]
    table = csr_array(counts[chosen])
    left, right = _in_step(table)
    graph = csr_array((np.ones(len(left)), (left, right)), shape=(len(chosen), len(chosen)))
    group = connected_components(graph, directed=False)[1]
    lines = []
    for number in np.flatnonzero(np.bincount(group) > 1).tolist():
        core = np.flatnonzero(group == number)
        # How often the line itself stands in each article: what most of its words agree on.
        often = np.floor(np.median(table[core].toarray(), axis=0))
        with_line = often > 0
        enough = len(core) >= FEWEST_WORDS or bool(known[core].any())
        enough |= len(core) >= _FEW_WORDS and bool(with_line.mean() >= _THEN_SHARE)
        if not enough or with_line.sum() < FEWEST_ARTICLES:
            continue
        along = _along(table, often)
        along[core] = True
        lines.append(Line(chosen[along], float(often.sum()), chosen[core]))
    return lines


def _usual(table: csr_array) -> NDArray[np.float64]:
    """Return for each word how often it stands in an article most of the time, if it does at all."""
    word = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr)).astype(np.int64)
    width = int(table.data.max(initial=1)) + 1
    kinds, times = np.unique(word * width + table.data, return_counts=True)
    order = np.lexsort([kinds % width, -times, kinds // width])
    first = order[np.flatnonzero(np.diff(kinds[order] // width, prepend=-1))]
    usual = np.ones(table.shape[0])
    usual[kinds[first] // width] = kinds[first] % width
    return usual


def _in_step(table: csr_array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs of words whose counts, each by its usual number in an article, overlap."""
    present = csr_array((np.ones(table.nnz), table.indices, table.indptr), shape=table.shape)
    spread = np.diff(table.indptr)
    together = (present @ present.T).tocoo()
    left, right = together.coords
    kept = (left < right) & (together.data >= IN_STEP * (spread[left] + spread[right] - together.data))
    left, right = left[kept], right[kept]
    scaled = csr_array(
        (table.data / np.repeat(_usual(table), spread), table.indices, table.indptr), table.shape
    )
    used = np.unique(np.concatenate([left, right]))
    full = scaled[used].toarray()
    a, b = np.searchsorted(used, left), np.searchsorted(used, right)
    overlap = np.zeros(len(a))
    step = max(1, 2_000_000 // max(1, table.shape[1]))
    for at in range(0, len(a), step):
        pair = full[a[at : at + step]], full[b[at : at + step]]
        overlap[at : at + step] = np.minimum(*pair).sum(axis=1) / np.maximum(*pair).sum(axis=1)
    near = overlap >= IN_STEP
    return left[near], right[near]


def _along(table: csr_array, often: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return the words that stand wherever the line does, as often, and seldom elsewhere."""
    word = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    line = often[table.indices]
    enough = np.bincount(word[(line > 0) & (table.data >= line)], minlength=table.shape[0])
    elsewhere = np.bincount(word[line == 0], minlength=table.shape[0])
    with_line = int((often > 0).sum())
    without = max(1, len(often) - with_line)
    return np.asarray((enough >= _ALONG * with_line) & (elsewhere <= _ELSEWHERE * without))
