"""Vectors of words from plain, unlabelled news: words that keep the same company lie close together.

A word is described by the words and signs up to six places around it, nearer ones counting more (positive
pointwise mutual information, Levy and Goldberg 2014), reduced by a truncated singular value decomposition.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from framing.text.tokens import UInts
from framing.training.clusters import information, words_and_signs

SEED = 20261122
PLAIN_TEXTS = ("bench/articles.parquet", "middle_east/articles.parquet", "annolexical/train.parquet")
"""Texts for the vectors of words; their labels, where they have some, are not read."""

WORDS, NEIGHBOURS, WINDOW = 30_000, 8_000, 6
DIMENSIONS = 100
COMMON, FINENESS = 4.0, 16
"""A word of more than one in e^4 counts nothing in a mean; parts of one that importance is rounded to."""


class Vectors(NamedTuple):
    """Words, the commonest first; a vector of length 1 and the importance in a mean of each."""

    words: UInts
    vectors: NDArray[np.float32]
    importance: NDArray[np.uint8]


def find_vectors(texts: Sequence[str], *, seed: int) -> Vectors:
    """Return vectors of the commonest words and signs of the texts."""
    stream = np.concatenate(list(words_and_signs(texts)))
    kinds, inverse, counts = np.unique(stream, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(kinds), dtype=np.int32)
    rank[order] = np.arange(len(kinds), dtype=np.int32)
    ranks, n = rank[inverse], min(WORDS, len(kinds))
    together = csr_matrix((n, NEIGHBOURS), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        for word, neighbour in ((ranks[distance:], ranks[:-distance]), (ranks[:-distance], ranks[distance:])):
            together += _counted(word, neighbour, n, 1 / distance)
    left, singular, _ = randomized_svd(information(together), DIMENSIONS, random_state=seed, n_iter=3)
    vectors = normalize(left * np.sqrt(singular)).astype(np.float32)
    rarity = np.log(counts.sum() / counts[order[:n]]) - COMMON
    importance = np.rint(np.clip(rarity, 0, None) * FINENESS).clip(max=255).astype(np.uint8)
    return Vectors(kinds[order[:n]], vectors, importance)


def _counted(words: NDArray[np.int32], neighbours: NDArray[np.int32], n: int, weight: float) -> csr_matrix:
    chosen = (words < n) & (neighbours < NEIGHBOURS)
    matrix = csr_matrix(
        (np.full(int(chosen.sum()), weight, dtype=np.float32), (words[chosen], neighbours[chosen])),
        shape=(n, NEIGHBOURS),
    )
    matrix.sum_duplicates()
    return matrix
