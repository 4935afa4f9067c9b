"""Runs against a plain reading of the flags."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from framing.context.runs import counted, runs


@given(st.lists(st.booleans(), max_size=40))
def test_runs_are_the_groups_of_flags(flags: list[bool]) -> None:
    wanted, at = [], 0
    for flag, group in groupby(flags):
        size = len(list(group))
        if flag:
            wanted.append((at, at + size - 1))
        at += size
    found = runs(np.array(flags, dtype=np.bool_))
    assert list(zip(found.first.tolist(), found.last.tolist(), strict=True)) == wanted


@given(st.lists(st.booleans(), max_size=40))
def test_counts_are_those_of_the_words_before(flags: list[bool]) -> None:
    total = counted(np.array(flags, dtype=np.bool_)).tolist()
    assert total == [sum(flags[:n]) for n in range(len(flags) + 1)]
