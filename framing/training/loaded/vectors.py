"""Vectors of words from plain, unlabelled news: words that keep the same company lie close together.

A word is described by the words and signs up to six places around it, nearer ones counting more
(:mod:`framing.training.neighbours`), reduced by a truncated singular value decomposition.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from framing.corpus.outside import data_file
from framing.text.tokens import UInts
from framing.training.neighbours import counted, information, ranked

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


def plain_texts(data: Path) -> list[str]:
    """Return the texts of :data:`PLAIN_TEXTS` in a folder of corpora.

    Raises
    ------
    InputError
        If one of the files is missing.
    """
    tables = [pd.read_parquet(data_file(data, name), columns=["text"]) for name in PLAIN_TEXTS]
    texts: list[str] = [text for table in tables for text in table["text"].tolist()]
    return texts


def find_vectors(texts: Sequence[str], *, seed: int) -> Vectors:
    """Return vectors of the commonest words and signs of the texts."""
    kinds, counts, ranks = ranked(texts)
    n = min(WORDS, len(kinds))
    together = csr_matrix((n, NEIGHBOURS), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        for word, neighbour in ((ranks[distance:], ranks[:-distance]), (ranks[:-distance], ranks[distance:])):
            together += counted(word, neighbour, (n, NEIGHBOURS), 1 / distance)
    left, singular, _ = randomized_svd(information(together), DIMENSIONS, random_state=seed, n_iter=3)
    vectors = normalize(left * np.sqrt(singular)).astype(np.float32)
    rarity = np.log(counts.sum() / counts[:n]) - COMMON
    importance = np.rint(np.clip(rarity, 0, None) * FINENESS).clip(max=255).astype(np.uint8)
    return Vectors(kinds[:n], vectors, importance)
