"""The decoder against trying out every way."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from framing.context.labeller.decode import decode
from framing.context.labeller.labels import FORBIDDEN, INSIDE, LABELS

N = len(LABELS)


def best_by_trying(scores: np.ndarray, moves: np.ndarray) -> list[int]:
    best, found = -np.inf, ()
    for way in product(range(N), repeat=len(scores)):
        total = scores[range(len(way)), way].sum() + (FORBIDDEN if way[0] == INSIDE else 0)
        total += sum(moves[a, b] for a, b in pairwise(way))
        if total > best:
            best, found = total, way
    return list(found)


@pytest.mark.parametrize("seed", range(12))
def test_each_paragraph_gets_its_best_labels(seed: int) -> None:
    chance = np.random.default_rng(seed)
    sizes = chance.integers(1, 6, size=4)
    first = np.cumsum(sizes) - sizes + 3 * np.arange(1, 5)  # rows between paragraphs belong to nobody
    scores = chance.normal(size=(int(first[-1] + sizes[-1] + 3), N)).astype(np.float32)
    moves = chance.normal(size=(N, N)).astype(np.float32)
    found = decode(scores, first, sizes, moves)
    for start, size in zip(first.tolist(), sizes.tolist(), strict=True):
        part = slice(start, start + size)
        assert found[part].tolist() == best_by_trying(scores[part], moves)


def test_no_paragraph_begins_inside_a_content() -> None:
    scores = np.full((3, N), -5, dtype=np.float32)
    scores[:, INSIDE] = 5
    found = decode(scores, np.array([0]), np.array([3]), np.zeros((N, N), dtype=np.float32))
    assert found[0] != INSIDE


def test_nothing_to_decode() -> None:
    empty = np.zeros(0, dtype=np.int64)
    assert len(decode(np.zeros((0, N), np.float32), empty, empty, np.zeros((N, N), np.float32))) == 0


@pytest.mark.parametrize("sizes", [[0], [0, 0], [3, 0], [3, 0, 2], [0, 4]])
def test_paragraphs_without_words_change_nothing(sizes: list[int]) -> None:
    chance = np.random.default_rng(5)
    size = np.array(sizes)
    first = np.cumsum(size) - size + 3 * np.arange(1, len(size) + 1)
    scores = chance.normal(size=(int(first[-1] + size[-1] + 3), N)).astype(np.float32)
    scores[:, INSIDE] += 3
    moves = chance.normal(size=(N, N)).astype(np.float32)
    found = decode(scores, first, size, moves)
    for start, n in zip(first.tolist(), size.tolist(), strict=True):
        if n:
            assert found[start : start + n].tolist() == best_by_trying(scores[start : start + n], moves)


def word_by_word(scores: np.ndarray, moves: np.ndarray) -> list[int]:
    """Return the best way as a textbook finds it: of ways that are equally good, the lowest labels."""
    best = [scores[0] + np.where(np.arange(N) == INSIDE, np.float32(FORBIDDEN), np.float32(0))]
    for row in scores[1:]:
        best.append(row + (best[-1][:, None] + moves).max(axis=0))
    labels = [int(best[-1].argmax())]
    for row in best[-2::-1]:
        labels.append(int((row + moves[:, labels[-1]]).argmax()))
    return labels[::-1]


@pytest.mark.parametrize("seed", range(8))
def test_of_equally_good_ways_the_lowest_labels_win(seed: int) -> None:
    chance = np.random.default_rng(seed)
    sizes = chance.integers(1, 40, size=9)
    first = np.cumsum(sizes) - sizes
    scores = chance.integers(-1, 2, (int(sizes.sum()), N)).astype(np.float32)
    moves = chance.integers(-1, 2, (N, N)).astype(np.float32)
    found = decode(scores, first, sizes, moves)
    for start, size in zip(first.tolist(), sizes.tolist(), strict=True):
        part = slice(start, start + size)
        assert found[part].tolist() == word_by_word(scores[part], moves)
