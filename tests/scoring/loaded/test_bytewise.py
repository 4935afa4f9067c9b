"""Tables in one byte a number come back as they were; what does not fit is refused."""

from __future__ import annotations

import numpy as np
import pytest

from framing.scoring.loaded.bytewise import from_bytes, in_bytes


def test_columns_in_bytes_come_back_and_others_are_refused() -> None:
    random = np.random.default_rng(2)
    units = np.array([1, 7, 250, 30])
    table = (random.integers(-127, 128, (50, 4)) * units).astype(np.int16)
    table[:, 3] = 0
    multiples, found = in_bytes(table)
    assert (multiples.dtype, multiples.nbytes) == (np.dtype(np.int8), table.size)
    assert (from_bytes(multiples, found) == table).all()
    assert found.tolist()[1:] == [7, 250, 1]
    with pytest.raises(ValueError, match="more than 127 units"):
        in_bytes(np.array([[1], [300]], dtype=np.int16))
    with pytest.raises(ValueError, match="more than 127 units"):
        in_bytes(np.array([[1], [-32_768]], dtype=np.int16))


@pytest.mark.parametrize("shapes", [((4, 3), (4,)), ((4, 1), (3,)), ((4,), (4,)), ((2, 3), (2, 3))])
def test_units_that_do_not_belong_to_the_columns_are_refused(
    shapes: tuple[tuple[int, ...], tuple[int, ...]],
) -> None:
    with pytest.raises(ValueError, match="units for a table"):
        from_bytes(np.ones(shapes[0], np.int8), np.ones(shapes[1], np.int16))
