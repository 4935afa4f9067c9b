from __future__ import annotations

import math

import numpy as np
import pytest

from framing.analysis.keyness.log_odds import log_odds
from framing.errors import AnalysisError


def by_formula(y: float, n: float, y_other: float, n_other: float, alpha: float, alpha_0: float) -> float:
    """Equations 16, 20 and 22 of Monroe, Colaresi and Quinn (2008), one word at a time."""
    omega = (y + alpha) / (n + alpha_0 - y - alpha)
    omega_other = (y_other + alpha) / (n_other + alpha_0 - y_other - alpha)
    delta = math.log(omega) - math.log(omega_other)
    variance = 1 / (y + alpha) + 1 / (y_other + alpha)
    return delta / math.sqrt(variance)


def test_z_agrees_with_the_formula() -> None:
    rng = np.random.default_rng(4)
    target, reference = rng.poisson(20, 50), rng.poisson(60, 50)
    share = (target + reference + 1) / 9_000
    found = log_odds(target, reference, share, words=2_000, words_reference=6_000, prior_words=300)
    for i in range(50):
        expected = by_formula(target[i], 2_000, reference[i], 6_000, 300 * share[i], 300)
        assert found.z[i] == pytest.approx(expected, rel=1e-12)


def test_worked_by_hand() -> None:
    # prior .02 x 500 = 10: 40/1460 against 20/1480, so ln 2 + ln(1480/1460) = .7068; 1/40 + 1/20 = .075
    found = log_odds([30], [10], [0.02], words=1000, words_reference=1000, prior_words=500)
    assert found.delta[0] == pytest.approx(0.69315 + 0.01361, abs=1e-5)
    assert found.z[0] == pytest.approx(0.70675 / math.sqrt(0.075), abs=1e-4)


def test_the_prior_weighs_as_much_as_the_smaller_side() -> None:
    by_default = log_odds([30], [10], [0.02], words=1000, words_reference=4000)
    said = log_odds([30], [10], [0.02], words=1000, words_reference=4000, prior_words=1000)
    assert by_default.z[0] == said.z[0]


def test_sides_swapped_change_the_sign_only() -> None:
    share = [0.01, 0.002]
    there = log_odds([3, 8], [5, 1], share, words=900, words_reference=1500)
    back = log_odds([5, 1], [3, 8], share, words=1500, words_reference=900)
    assert np.allclose(there.z, -back.z)


def test_a_heavier_prior_draws_towards_no_difference() -> None:
    deltas = [
        float(log_odds([4], [0], [0.002], words=1000, words_reference=1000, prior_words=w).delta[0])
        for w in (10, 500, 50_000)
    ]
    assert deltas == sorted(deltas, reverse=True)
    assert 0 < deltas[-1] < 0.05


def test_a_word_that_one_side_never_uses_can_rank_high() -> None:
    light, usual = (
        log_odds([40], [0], [0.004], words=5000, words_reference=5000, prior_words=w).z[0] for w in (5, None)
    )
    assert light < 1.5 < 3 < usual


def test_frequent_and_marked_ranks_before_rare_and_extreme() -> None:
    found = log_odds([200, 3], [100, 0], [0.01, 0.0001], words=15_000, words_reference=15_000)
    assert found.delta[1] > found.delta[0]
    assert found.z[0] > found.z[1]


@pytest.mark.parametrize(("share", "prior"), [([0.0], 500), ([0.1], 0), ([1.0], 500)])
def test_a_prior_that_knows_nothing_is_refused(share: list[float], prior: float) -> None:
    with pytest.raises(AnalysisError, match="prior must know every feature"):
        log_odds([1], [1], share, words=10, words_reference=10, prior_words=prior)
