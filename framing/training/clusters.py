"""Words that keep the same company: clusters from plain, unlabelled news.

A word is described by the words and signs right before and right after it (positive pointwise mutual
information, Levy and Goldberg 2014), reduced by a truncated singular value decomposition and grouped
by k-means. The first dimensions are kept as a vector of each word. The labeller so learns about words
that its labelled articles never had.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from framing.context.labeller.lexical import COARSE, DIMENSIONS, FINE, STEPS
from framing.text.fold import fold_many
from framing.text.tokens import UInts, tokenise

WORDS, NEIGHBOURS, _DIMENSIONS = 20_000, 3_000, 64
_AT_ONCE = 500
_SMOOTHING = 0.75
_BLANK = ord(" ")


class Clusters(NamedTuple):
    """Word hashes in order; the coarse and the fine cluster (from 1) and the vector of each."""

    words: UInts
    coarse: NDArray[np.uint8]
    fine: NDArray[np.uint16]
    vectors: NDArray[np.int8]


def find_clusters(texts: Sequence[str], *, seed: int) -> Clusters:
    """Cluster the commonest words of the texts."""
    stream = np.concatenate(list(words_and_signs(texts)))
    kinds, inverse, counts = np.unique(stream, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(kinds), dtype=np.int64)
    rank[order] = np.arange(len(kinds))
    ranks = rank[inverse]
    n = min(WORDS, len(kinds))
    together = hstack([_pairs(ranks[1:], ranks[:-1], n), _pairs(ranks[:-1], ranks[1:], n)]).tocsr()
    reduced = TruncatedSVD(_DIMENSIONS, random_state=seed).fit_transform(information(together))
    vectors = normalize(reduced)
    words = kinds[order[:n]]
    by_hash = np.argsort(words)
    found = [
        MiniBatchKMeans(k, random_state=seed, batch_size=4096, n_init=3).fit_predict(vectors)[by_hash] + 1
        for k in (COARSE - 1, FINE - 1)
    ]
    short = np.clip(np.rint(normalize(reduced[:, :DIMENSIONS])[by_hash] * STEPS), -STEPS + 1, STEPS - 1)
    return Clusters(
        words[by_hash], found[0].astype(np.uint8), found[1].astype(np.uint16), short.astype(np.int8)
    )


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


def _pairs(words: NDArray[np.int64], neighbours: NDArray[np.int64], n: int) -> csr_matrix:
    """Count how often each word has each of the commonest neighbours."""
    chosen = (words < n) & (neighbours < NEIGHBOURS)
    matrix = csr_matrix(
        (np.ones(int(chosen.sum()), dtype=np.float32), (words[chosen], neighbours[chosen])),
        shape=(n, NEIGHBOURS),
    )
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
