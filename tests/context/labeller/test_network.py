"""The products of the network, a few words at a time, against the whole product."""

from __future__ import annotations

import numpy as np
import pytest

from framing.context.labeller import second
from framing.context.labeller.labels import LABELS
from framing.context.labeller.second import INPUT_STEPS, Layers, Network

FEATURES, UNITS = 30, 16


def made_up_network() -> Network:
    chance = np.random.default_rng(1)
    shapes = (FEATURES, UNITS), (UNITS,), (UNITS, len(LABELS)), (len(LABELS),)
    return Network([Layers(*((chance.normal(size=shape) / 10).astype(np.float32) for shape in shapes))])


@pytest.mark.parametrize("n", [0, 1, 7, 8, 9, 40])
@pytest.mark.parametrize("at_once", [1, FEATURES * UNITS * 8, 1 << 30])
def test_any_cut_gives_the_same_bits(monkeypatch: pytest.MonkeyPatch, n: int, at_once: int) -> None:
    network = made_up_network()
    steps = np.random.default_rng(2).integers(-INPUT_STEPS, INPUT_STEPS, (FEATURES, 50))
    whole = (steps / INPUT_STEPS).astype(np.float32)
    expected = network(whole)[5 : 5 + n]
    monkeypatch.setattr(second, "MULTIPLICATIONS", at_once)
    assert network(whole[:, 5 : 5 + n]).tobytes() == expected.tobytes()
