from __future__ import annotations

import numpy as np
import pytest
from made_up_naming import choices
from scipy import stats

from framing.analysis.naming.shares import (
    ShareSums,
    pooled_likeness,
    share_interval,
    share_limits,
    share_sums,
)
from framing.errors import AnalysisError


def test_a_name_that_never_occurs_has_jeffreys_upper_limit() -> None:
    found = share_interval([0] * 12, [1] * 12)
    assert (found.share, found.low) == (0, 0)
    assert found.high == pytest.approx(stats.beta.ppf(0.975, 0.5, 12.5))
    assert np.isnan(found.dispersion)
    always = share_interval([1] * 12, [1] * 12)
    assert (always.share, always.high) == (1, 1)
    assert always.low == pytest.approx(1 - found.high)


def test_articles_that_repeat_themselves_count_once() -> None:
    """Ten references by one name in each article are worth one reference, if articles are alike."""
    repeated = share_interval([0] * 12, [10] * 12, likeness=1.0)
    assert repeated.high == pytest.approx(share_interval([0] * 12, [1] * 12).high)
    assert share_interval([0] * 12, [10] * 12, likeness=0.0).high < repeated.high / 5


def test_limits_agree_with_the_formula_by_hand() -> None:
    y, t = np.array([3, 0, 1, 2, 0, 0, 1, 2]), np.array([3, 2, 1, 4, 2, 1, 1, 5])
    found = share_interval(y, t, likeness=0.2)
    n, total = len(y), t.sum()
    p = y.sum() / total
    observed = n / (n - 1) * sum((a - p * b) ** 2 for a, b in zip(y, t, strict=True)) / (total * p * (1 - p))
    expected = 1 + 0.2 * (sum(b * b for b in t) / total - 1)
    informative = min(5, 6, n - 1) * total**2 / (n * sum(b * b for b in t))  # 5 with, 6 without the name
    part = informative / (informative + 2)
    widen = (stats.t.ppf(0.975, informative + 2) / stats.norm.ppf(0.975)) ** 2
    effect = (part * observed + (1 - part) * expected) * (1 + part * (widen - 1))
    effective = total / effect
    assert found.share == p
    assert found.dispersion == pytest.approx(observed)
    limits = stats.beta.ppf([0.025, 0.975], p * effective + 0.5, (1 - p) * effective + 0.5)
    assert [found.low, found.high] == pytest.approx(limits)


def test_share_of_the_other_names_mirrors_the_limits() -> None:
    y, t = np.array([3, 0, 1, 2, 0, 0, 1, 2]), np.array([3, 2, 1, 4, 2, 1, 1, 5])
    one, other = share_interval(y, t), share_interval(t - y, t)
    assert [one.low, one.high] == pytest.approx([1 - other.high, 1 - other.low])


@pytest.mark.parametrize("likeness", [0.0, 0.4, 0.8])
def test_likeness_is_the_intraclass_correlation(likeness: float) -> None:
    rng = np.random.default_rng(3)
    groups = np.repeat([0, 1], 3000).astype(np.int32)
    references = rng.geometric(0.4, len(groups))
    y = choices(rng, np.where(groups == 0, 0.3, 0.6), references, likeness)
    sums = share_sums(y[:, None], references.astype(float), groups, 2)
    assert pooled_likeness(sums)[0] == pytest.approx(likeness, abs=0.05)


def test_likeness_of_a_few_articles_is_the_typical_one() -> None:
    sums = share_sums(np.array([[1], [0]]), np.array([1.0, 1.0]), np.zeros(2, dtype=np.int32), 1)
    assert pooled_likeness(sums).tolist() == [0.35]


@pytest.mark.parametrize(
    ("articles", "share", "likeness", "least", "most"),
    [
        (12, 0.3, 0.5, 0.93, 0.99),
        (40, 0.5, 0.3, 0.93, 0.97),
        (40, 0.1, 0.0, 0.93, 0.99),
        (8, 0.03, 0.3, 0.97, 1.0),
    ],
)
def test_limits_cover_the_true_share(
    articles: int, share: float, likeness: float, least: float, most: float
) -> None:
    """Columns are 2,000 corpora with the same articles."""
    rng = np.random.default_rng(8)
    groups = np.repeat(np.arange(5), [articles, 20, 30, 40, 50]).astype(np.int32)
    true = np.array([share, 0.2, 0.4, 0.5, 0.7])[groups]
    references = rng.geometric(0.4, len(groups))
    y = choices(rng, np.repeat(true[:, None], 2000, axis=1), references[:, None], likeness)
    sums = share_sums(y, references.astype(float), groups, 5)
    found = share_limits(ShareSums(*(value[:1] for value in sums)), pooled_likeness(sums))
    covered = ((found.low <= share) & (share <= found.high)).mean()
    assert least <= covered <= most


def test_sums_of_a_part_can_be_taken_away() -> None:
    rng = np.random.default_rng(2)
    references = rng.integers(1, 5, 20).astype(float)
    named = rng.integers(0, 2, (20, 3))
    labels = np.repeat([0, 1], 10).astype(np.int32)
    both = share_sums(named, references, labels, 2)
    whole = share_sums(named, references, np.zeros(20, dtype=np.int32), 1)
    rest = whole.without(ShareSums(*(value[:1] for value in both)))
    for value, expected in zip(rest, both, strict=True):
        assert value.tolist() == expected[1:].tolist()


def test_limits_stay_between_0_and_1_around_the_share() -> None:
    rng = np.random.default_rng(4)
    references = rng.geometric(0.3, 400).astype(float)
    named = rng.binomial(references[:, None].astype(int), rng.beta(0.3, 0.3, (400, 20)))
    sums = share_sums(named, references, rng.integers(0, 80, 400).astype(np.int32), 90)
    found = share_limits(sums, pooled_likeness(sums))
    known = ~np.isnan(found.share)
    assert known.sum() >= 70 * 20
    assert np.isnan(found.low[~known]).all()
    ordered = (found.low >= 0) & (found.low <= found.share) & (found.share <= found.high) & (found.high <= 1)
    assert ordered[known].all()


def test_more_confidence_is_wider() -> None:
    y, t = [2, 0, 1, 1], [2, 2, 3, 1]
    narrow, wide = share_interval(y, t, level=0.8), share_interval(y, t, level=0.99)
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(
    ("named", "references", "message"),
    [
        ([1, 2], [1], "do not belong together"),
        ([], [], "do not belong together"),
        ([2], [1], "more often than its referent"),
        ([0], [0], "more often than its referent"),
    ],
)
def test_impossible_numbers_are_refused(named: list[int], references: list[int], message: str) -> None:
    with pytest.raises(AnalysisError, match=message):
        share_interval(named, references)


def test_impossible_options_are_refused() -> None:
    with pytest.raises(AnalysisError, match="likeness"):
        share_interval([1], [2], likeness=1.5)
    with pytest.raises(AnalysisError, match="level"):
        share_interval([1], [2], level=95)
