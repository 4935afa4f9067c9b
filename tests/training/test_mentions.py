"""Fitting the weights of mentions, on made-up evidence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.training.mentions import BY_HAND, LEAN, Labelled, fit_weights


def drawn(shift: float, n: int = 4000) -> Labelled:
    """Return mentions whose log odds are twice the evidence plus a shift; "noise" tells nothing."""
    chance = np.random.default_rng(7)
    evidence = pd.DataFrame({"odds": chance.normal(size=n), "noise": chance.normal(size=n)})
    likely = 1 / (1 + np.exp(-(2 * evidence["odds"].to_numpy() + shift)))
    return Labelled(evidence, chance.random(n) < likely, ["a/1"] * n)


def test_weights_come_from_the_readings_and_the_constant_from_both() -> None:
    weights = fit_weights(drawn(-2), drawn(0))
    assert weights["odds"] == pytest.approx(2, abs=0.3)
    assert weights["noise"] == pytest.approx(0, abs=0.1)
    assert weights["constant"] == pytest.approx(-1 + LEAN, abs=0.2)


def test_what_is_set_by_hand_is_not_fitted() -> None:
    weights = fit_weights(drawn(0), drawn(0))
    assert {name: weights[name] for name in BY_HAND} == BY_HAND
