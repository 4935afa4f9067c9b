"""Find exact and near copies among articles: wire copy, updates, double exports.

Exact copies share every word. Near copies are found with MinHash signatures (Broder 1997) of word
5-shingles and locality-sensitive bands, then kept if the estimated Jaccard similarity of the
shingles reaches the threshold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.text.fold import fold_many
from framing.text.tokens import tokenise

SHINGLE = 5
MIN_WORDS = 30
"""Shorter texts (headlines, briefs) are compared for equality only: few shingles estimate nothing."""

_HASHES, _BANDS = 64, 16
_CHUNK = 64
_SHINGLES_AT_ONCE = 4096  # keeps the table of hashes in the cache, and a long text out of the memory


def find_duplicates(
    texts: Sequence[str], doc_ids: Sequence[str], published: Sequence[str], *, threshold: float = 0.8
) -> list[str]:
    """Return for each text the doc_id of the copy that stands for it, empty if it stands for itself.

    The representative of a group of copies is the earliest by date (unknown dates last), then the
    smallest ``doc_id``, so that the order of the corpus does not matter.

    Parameters
    ----------
    texts, doc_ids, published
        One of each per article; ``published`` are ISO dates or empty. Empty texts have no copies.
    threshold
        Estimated Jaccard similarity (0 to 1) from which two texts are near copies; 1 for exact only.

    Examples
    --------
    >>> find_duplicates(["The same words.", "the SAME words", "Other."], ["b", "a", "c"], ["", "", ""])
    ['a', '', '']
    """
    count = len(texts)
    exact = np.zeros(count, dtype=np.uint64)
    signatures = np.zeros((count, _HASHES), dtype=np.uint64)
    n_words = np.zeros(count, dtype=np.int64)
    for first in range(0, count, _CHUNK):
        for i, folded in enumerate(fold_many(texts[first : first + _CHUNK]), start=first):
            words = tokenise(folded.codes, folded.word).hash
            n_words[i] = len(words)
            if len(words):
                exact[i] = _chain(words)
            if len(words) >= MIN_WORDS and threshold < 1:
                signatures[i] = _signature(words)
    groups = _Groups(count)
    by_hash: dict[tuple[int, int], int] = {}
    # One fixed order: nearness is not transitive, and the order of the corpus must not decide.
    order = sorted(range(count), key=lambda i: (published[i] or "9999", doc_ids[i]))
    for i in order:
        if n_words[i]:
            groups.join(by_hash.setdefault((int(exact[i]), int(n_words[i])), i), i)
    if threshold < 1:
        _join_near(groups, signatures, [i for i in order if n_words[i] >= MIN_WORDS], threshold)
    first_of: dict[int, int] = {}
    result = [""] * count
    for i in order:
        best = first_of.setdefault(groups.find(i), i)
        result[i] = "" if best == i else doc_ids[best]
    return result


def _chain(words: NDArray[np.uint64]) -> np.uint64:
    """Hash a sequence of word hashes with their places."""
    places = np.arange(1, len(words) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) | np.uint64(1)
    return np.uint64(((words ^ (words >> np.uint64(31))) * places).sum(dtype=np.uint64))


def _signature(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    shingles = words[: len(words) - SHINGLE + 1].copy()
    for offset in range(1, SHINGLE):
        shingles = (shingles ^ (shingles >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        shingles += words[offset : len(words) - SHINGLE + 1 + offset]
    shingles ^= shingles >> np.uint64(32)
    factors = np.random.default_rng(7).integers(1, 2**63, size=(_HASHES, 1), dtype=np.uint64) * np.uint64(
        2
    ) + np.uint64(1)
    smallest = np.full(_HASHES, np.iinfo(np.uint64).max, dtype=np.uint64)
    for first in range(0, len(shingles), _SHINGLES_AT_ONCE):
        mixed = shingles[None, first : first + _SHINGLES_AT_ONCE] * factors
        np.minimum(smallest, (mixed ^ (mixed >> np.uint64(33))).min(axis=1), out=smallest)
    return smallest


def _join_near(
    groups: _Groups, signatures: NDArray[np.uint64], rows: Sequence[int], threshold: float
) -> None:
    width = _HASHES // _BANDS
    for band in range(_BANDS):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        part = signatures[:, band * width : (band + 1) * width]
        for i in rows:
            bucket = buckets[part[i].tobytes()]
            # A representative of each group in the bucket is enough: groups are transitive.
            for other in bucket:
                if (
                    groups.find(other) != groups.find(i)
                    and (signatures[other] == signatures[i]).mean() >= threshold
                ):
                    groups.join(other, i)
            if not any(groups.find(other) == groups.find(i) for other in bucket):
                bucket.append(i)


class _Groups:
    """Disjoint sets with path halving."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, a: int, b: int) -> None:
        self._parent[self.find(b)] = self.find(a)
