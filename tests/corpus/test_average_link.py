from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array
from scipy.spatial.distance import squareform

from framing.corpus.average_link import Pairs, average_link, similar_pairs

EVER = 10_000


def vectors_of(rng: np.random.Generator, rows: int, topics: int = 6, words: int = 80) -> csr_array:
    """Draw sparse vectors of length 1 around a few topics."""
    centre = rng.random((topics, words)) * (rng.random((topics, words)) < 0.15)
    table = centre[rng.integers(0, topics, rows)] + rng.random((rows, words)) * (
        rng.random((rows, words)) < 0.1
    )
    return csr_array(table / np.linalg.norm(table, axis=1, keepdims=True))


def every_pair(vectors: csr_array, days: np.ndarray, window: int, least: float) -> set[tuple[int, int]]:
    table = (vectors @ vectors.T).toarray()
    count = len(days)
    return {
        (i, j)
        for i in range(count)
        for j in range(i + 1, count)
        if days[j] - days[i] <= window and table[i, j] >= least
    }


def clusters(vectors: csr_array, days: np.ndarray, window: int, least: float) -> np.ndarray:
    pairs = similar_pairs(vectors, days, window=window, similarity=least)
    return average_link(vectors, days, pairs, window=window, similarity=least)


def partition(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == name).tolist()) for name in set(labels.tolist())}


@pytest.mark.parametrize("cells", [1, 300, 10**6])
def test_pairs_in_blocks_are_those_of_the_whole_table(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framing.corpus.average_link._CELLS_AT_ONCE", cells)
    rng = np.random.default_rng(1)
    vectors, days = vectors_of(rng, 70), np.sort(rng.integers(0, 25, 70))
    found = similar_pairs(vectors, days, window=3, similarity=0.5)
    pairs = list(zip(found.first.tolist(), found.second.tolist(), strict=True))
    expected = every_pair(vectors, days, 3, 0.5)
    assert len(expected) > 20
    assert set(pairs) == expected
    assert len(pairs) == len(expected)
    table = (vectors @ vectors.T).toarray()
    assert found.similarity == pytest.approx([table[i, j] for i, j in pairs])


def test_the_most_similar_pairs_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    vectors, days = vectors_of(rng, 40, topics=1), np.zeros(40, dtype=np.int64)
    whole = similar_pairs(vectors, days, window=0, similarity=0.3)
    monkeypatch.setattr("framing.corpus.average_link._MOST_PAIRS", 4)
    found = similar_pairs(vectors, days, window=0, similarity=0.3)
    for row in range(36):
        kept, every = (np.sort(p.similarity[p.first == row]) for p in (found, whole))
        assert kept == pytest.approx(every[-4:])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("least", [0.3, 0.5, 0.7])
def test_agrees_with_scipy_without_a_window(seed: int, least: float) -> None:
    vectors = vectors_of(np.random.default_rng(seed), 60)
    days = np.zeros(60, dtype=np.int64)
    distance = 1 - (vectors @ vectors.T).toarray()
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), method="average")
    expected = fcluster(tree, 1 - least, criterion="distance")
    found = clusters(vectors, days, EVER, least)
    assert len(partition(expected)) < 60
    assert partition(found) == partition(expected)


def test_no_cluster_outlasts_the_window() -> None:
    vectors = csr_array(np.ones((30, 1)))
    days = np.arange(30, dtype=np.int64)
    found = clusters(vectors, days, 3, 0.5)
    spans = [days[list(c)].max() - days[list(c)].min() for c in map(list, partition(found))]
    assert max(spans) == 3
    assert len(spans) < 15


def test_a_chain_is_not_one_cluster() -> None:
    """Each row resembles the next one only: single link would join all of them."""
    angles = np.arange(10) * 0.6
    vectors = csr_array(np.column_stack([np.cos(angles), np.sin(angles)]))
    days = np.zeros(10, dtype=np.int64)
    pairs = similar_pairs(vectors, days, window=0, similarity=0.8)
    assert {(i, i + 1) for i in range(9)} <= set(
        zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    )
    found = partition(average_link(vectors, days, pairs, window=0, similarity=0.8))
    assert max(map(len, found)) == 2


def test_labels_are_first_rows_and_order_of_pairs_means_nothing() -> None:
    rng = np.random.default_rng(3)
    vectors, days = vectors_of(rng, 50), np.sort(rng.integers(0, 5, 50))
    pairs = similar_pairs(vectors, days, window=2, similarity=0.4)
    found = average_link(vectors, days, pairs, window=2, similarity=0.4)
    assert all(min(np.flatnonzero(found == name)) == name for name in set(found.tolist()))
    order = rng.permutation(len(pairs.first))
    mixed = Pairs(*(part[order] for part in pairs))
    assert np.array_equal(average_link(vectors, days, mixed, window=2, similarity=0.4), found)


def test_nothing_to_join() -> None:
    empty = csr_array((0, 4))
    assert clusters(empty, np.zeros(0, dtype=np.int64), 3, 0.5).tolist() == []
    apart = csr_array(np.eye(3))
    assert clusters(apart, np.zeros(3, dtype=np.int64), 3, 0.5).tolist() == [0, 1, 2]
