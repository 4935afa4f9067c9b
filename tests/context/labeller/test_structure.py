"""The nearest flagged words of a sentence, against looking at one word after another."""

from __future__ import annotations

import numpy as np
import pytest

from framing.context.labeller.structure import Bounds, after, before


def by_looking(flags: list[bool], first: list[int], last: list[int]) -> tuple[list[int], list[int]]:
    left, right = [], []
    for i in range(len(flags)):
        left.append(max((j for j in range(first[i], i) if flags[j]), default=-1))
        right.append(min((j for j in range(i + 1, last[i] + 1) if flags[j]), default=-1))
    return left, right


@pytest.mark.parametrize("seed", range(6))
def test_one_row_or_several_find_the_nearest_words_of_the_sentence(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = chance.integers(1, 9, 12)
    starts = np.cumsum(size) - size
    within = Bounds(np.repeat(starts, size), np.repeat(starts + size - 1, size))
    flags = chance.random((3, int(size.sum()))) < 0.3
    together = before(flags, within), after(flags, within)
    for row, own in enumerate(flags):
        left, right = by_looking(own.tolist(), within.first.tolist(), within.last.tolist())
        assert before(own, within).tolist() == together[0][row].tolist() == left
        assert after(own, within).tolist() == together[1][row].tolist() == right
