"""Open addressing against a dict."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from framing.context.labeller.lookup import Lookup

KEYS = st.lists(st.integers(0, 2**64 - 1), unique=True, max_size=60)


@given(KEYS, KEYS, st.integers(1, 3))
def test_it_finds_what_a_dict_finds(known: list[int], asked: list[int], parts: int) -> None:
    table = Lookup(bits=7)
    for part in range(parts):  # added in several goes
        table.add(np.array(known[part::parts], dtype=np.uint64))
    order = [key for part in range(parts) for key in known[part::parts]]
    rows = {key: number for number, key in enumerate(order)}
    wanted = [*asked, *known]
    found = table.find(np.array(wanted, dtype=np.uint64)).tolist()
    assert found == [rows.get(key, -1) for key in wanted]


def test_keys_that_share_a_place_are_all_found() -> None:
    table = Lookup(bits=3)
    keys = np.array([8, 16, 24, 32], dtype=np.uint64)
    table.add(keys)
    assert table.find(keys).tolist() == [0, 1, 2, 3]
    assert len(table) == 4
