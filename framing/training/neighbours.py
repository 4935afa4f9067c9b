"""Words and what stands beside them, counted in plain, unlabelled texts.

The commonest words are numbered by rank; how often each stands beside each of the commonest neighbours is
turned into positive pointwise mutual information (Levy and Goldberg 2014).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from framing.text.fold import fold_many
from framing.text.tokens import UInts, tokenise

_AT_ONCE = 500
_SMOOTHING = 0.75
_BLANK = ord(" ")


class Ranked(NamedTuple):
    """Words and signs of texts: the hash of each, the commonest first, its count, and the texts in ranks.

    ``ranks`` has the rank, from 0, of each word of the texts in order.
    """

    words: UInts
    counts: NDArray[np.int64]
    ranks: NDArray[np.int32]


def ranked(texts: Sequence[str]) -> Ranked:
    """Number the words and signs of texts by how common they are; equally common ones by their hash.

    Examples
    --------
    >>> found = ranked(["the storm, and the rain, and the wind,"])
    >>> found.counts.tolist()  # the, comma, and, storm, rain, wind
    [3, 3, 2, 1, 1, 1]
    >>> (found.ranks[[0, 4, 8]] == found.ranks[0]).all()
    np.True_
    """
    stream = np.concatenate(list(words_and_signs(texts)))
    kinds, inverse, counts = np.unique(stream, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(kinds), dtype=np.int32)
    rank[order] = np.arange(len(kinds), dtype=np.int32)
    return Ranked(kinds[order], counts[order], rank[inverse])


def words_and_signs(texts: Sequence[str]) -> Iterator[UInts]:
    """Yield word hashes in order, with the sign that follows a word as a word of its own."""
    for begin in range(0, len(texts), _AT_ONCE):
        folded = fold_many(texts[begin : begin + _AT_ONCE])
        blank = np.zeros(1, dtype=np.uint16)
        codes = np.concatenate([part for f in folded for part in (f.codes, blank)])
        word = np.concatenate([part for f in folded for part in (f.word, blank > 0)])
        tokens = tokenise(codes, word)
        following = codes[np.minimum(tokens.end, len(codes) - 1)].astype(np.uint64)
        both = np.empty(2 * len(tokens.hash), dtype=np.uint64)
        both[0::2], both[1::2] = tokens.hash, following + np.uint64(1)
        keep = np.ones(len(both), dtype=np.bool_)
        keep[1::2] = following != _BLANK
        yield both[keep]


def counted(
    words: NDArray[np.int32],
    neighbours: NDArray[np.int32],
    shape: tuple[int, int],
    weight: float = 1.0,
) -> csr_matrix:
    """Add up a weight for each time that a word has a neighbour.

    Parameters
    ----------
    words, neighbours
        Ranks of words and of what stands beside them, pair by pair.
    shape
        How many of the commonest words and neighbours count; pairs of others are left out.
    weight
        What each pair counts.

    Examples
    --------
    >>> ranks = np.array([0, 1, 0, 2, 0], dtype=np.int32)
    >>> counted(ranks[1:], ranks[:-1], (3, 2)).toarray().tolist()
    [[0.0, 1.0], [1.0, 0.0], [1.0, 0.0]]
    """
    chosen = (words < shape[0]) & (neighbours < shape[1])
    each = np.full(int(chosen.sum()), weight, dtype=np.float32)
    matrix = csr_matrix((each, (words[chosen], neighbours[chosen])), shape=shape)
    matrix.sum_duplicates()
    return matrix


def information(counts: csr_matrix) -> csr_matrix:
    """Return the positive pointwise mutual information of a matrix of counts, rare neighbours smoothed."""
    total = float(counts.sum())
    rows = np.asarray(counts.sum(axis=1)).ravel()
    columns = np.asarray(counts.sum(axis=0)).ravel() ** _SMOOTHING
    columns *= total / columns.sum()
    entries = counts.tocoo()
    value = np.log(entries.data * total / (rows[entries.row] * columns[entries.col]))
    kept = value > 0
    return csr_matrix((value[kept], (entries.row[kept], entries.col[kept])), shape=counts.shape)
