"""Sums over stretches of words against plain loops, up to the largest numbers that a table can hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.scoring.loaded import sums
from framing.scoring.loaded.sums import SummedTable

LARGEST = 32_767 * 255  # score times importance of one word


def by_hand(table: np.ndarray, rows: np.ndarray, low: list[int], high: list[int]) -> list[list[int]]:
    return [
        [sum(int(table[row, column]) for row in rows[a:b]) for column in range(table.shape[1])]
        for a, b in zip(low, high, strict=True)
    ]


@given(st.data(), st.integers(1, 19), st.integers(1, 5000))
def test_sums_are_those_of_a_loop(data: st.DataObject, columns: int, words_at_once: int) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    table = rng.integers(-LARGEST, LARGEST, (6, columns))
    table[0] = 0
    rows = rng.integers(0, 6, 60).astype(np.int32)
    edges = data.draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=12))
    low, high = [a for a, _ in edges], [b for _, b in edges]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "_WORDS", words_at_once)
        found = SummedTable(table).sums(rows, np.array(low, np.int64), np.array(high, np.int64))
    assert found.shape == (len(edges), columns)
    assert found.tolist() == by_hand(table, rows, low, high)


def test_a_long_stretch_of_strong_words_does_not_overflow() -> None:
    table = np.array([[0, 0], [LARGEST, -LARGEST]])
    rows = np.ones(1000, dtype=np.int32)
    found = SummedTable(table).sums(rows, np.array([0, 500]), np.array([1000, 501]))
    assert found.tolist() == [[1000 * LARGEST, -1000 * LARGEST], [LARGEST, -LARGEST]]
