from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from framing.analysis.intervals import pooled_dispersion
from framing.analysis.trends.series import likely_borders, series_of

DAYS = np.array(["2016-11-03", "2016-11-20", "2016-12-31", "2017-03-01", "2017-03-31"], dtype="datetime64[D]")


def test_sums_by_period_leave_gaps_out() -> None:
    counts = np.array([[1, 0], [2, 1], [0, 0], [3, 0], [1, 5]], dtype=np.int32)
    words = np.array([100.0, 200, 300, 400, 500])
    series, period = series_of(counts, words, DAYS, "month")
    assert period.tolist() == [0, 0, 1, 2, 2]
    assert series.starts.astype(str).tolist() == ["2016-11-01", "2016-12-01", "2017-03-01"]
    # The change into March may have come in January already.
    assert series.gaps.astype(str).tolist() == ["2016-11-01", "2016-12-01", "2017-01-01"]
    assert series.articles.tolist() == [2, 1, 2]
    assert series.words.tolist() == [300, 300, 900]
    assert series.mentions.tolist() == [[3, 1], [0, 0], [4, 5]]
    labels = np.array(["1", "1", "2", "3", "3"])
    assert series.dispersion.tolist() == pooled_dispersion(counts, words, labels).tolist()


@pytest.mark.parametrize(("least", "possible"), [(1, True), (2, True), (3, False)])
def test_whether_a_series_can_be_cut(least: int, possible: bool) -> None:
    series, _ = series_of(np.zeros((5, 1), dtype=np.int32), np.full(5, 100.0), DAYS, "month")
    assert series.can_be_cut(least) is possible


def test_likely_borders_are_those_of_the_likelihood() -> None:
    """statsmodels: the log likelihood of a Poisson model with a step at each border."""
    rng = np.random.default_rng(3)
    days = np.repeat(np.arange("2012-01", "2014-01", dtype="datetime64[M]"), 6).astype("datetime64[D]")
    words = rng.integers(100, 900, len(days)).astype(float)
    month = np.repeat(np.arange(24), 6)
    counts = rng.poisson(np.where(month < 14, 3, 5) * words / 1000)[:, None].astype(np.int32)
    series, _ = series_of(counts, words, days, "month")
    fits = {}
    for border in range(1, 24):
        step = sm.add_constant((np.arange(24) >= border).astype(float))
        model = sm.GLM(series.mentions[:, 0], step, family=sm.families.Poisson(), offset=np.log(series.words))
        fits[border] = model.fit().llf
    best = max(fits, key=lambda border: fits[border])
    for confidence in (0.5, 0.95):
        limit = -np.log(1 - np.sqrt(confidence)) * series.dispersion[0]
        close = [border for border, value in fits.items() if value >= fits[best] - limit]
        assert likely_borders(series, 0, (0, best, 24), 5, confidence) == (min(close), max(close))
    assert likely_borders(series, 0, (0, best, 24), 30, 0.95)[0] >= 5
    assert likely_borders(series, 0, (best - 2, best, best + 1), 5, 0.95)[1] <= best
