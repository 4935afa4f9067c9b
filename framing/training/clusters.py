"""Words that keep the same company: clusters from plain, unlabelled news.

A word is described by the words and signs right before and right after it
(:mod:`framing.training.neighbours`), reduced by a truncated singular value decomposition and grouped
by k-means. The first dimensions are kept as a vector of each word. The labeller so learns about words
that its labelled articles never had.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from framing.context.labeller.lexical import COARSE, DIMENSIONS, FINE, STEPS
from framing.text.tokens import UInts
from framing.training.neighbours import counted, information, ranked

WORDS, NEIGHBOURS, _DIMENSIONS = 20_000, 3_000, 64


class Clusters(NamedTuple):
    """Word hashes in order; the coarse and the fine cluster (from 1) and the vector of each."""

    words: UInts
    coarse: NDArray[np.uint8]
    fine: NDArray[np.uint16]
    vectors: NDArray[np.int8]


def find_clusters(texts: Sequence[str], *, seed: int) -> Clusters:
    """Cluster the commonest words of the texts."""
    kinds, _, ranks = ranked(texts)
    words = kinds[:WORDS]
    shape = (len(words), NEIGHBOURS)
    sides = (counted(ranks[1:], ranks[:-1], shape), counted(ranks[:-1], ranks[1:], shape))
    together = hstack(sides).tocsr()
    reduced = TruncatedSVD(_DIMENSIONS, random_state=seed).fit_transform(information(together))
    vectors = normalize(reduced)
    by_hash = np.argsort(words)
    found = [
        MiniBatchKMeans(k, random_state=seed, batch_size=4096, n_init=3).fit_predict(vectors)[by_hash] + 1
        for k in (COARSE - 1, FINE - 1)
    ]
    short = np.clip(np.rint(normalize(reduced[:, :DIMENSIONS])[by_hash] * STEPS), -STEPS + 1, STEPS - 1)
    return Clusters(
        words[by_hash], found[0].astype(np.uint8), found[1].astype(np.uint16), short.astype(np.int8)
    )
