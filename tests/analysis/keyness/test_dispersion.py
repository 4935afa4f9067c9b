from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from framing.analysis.keyness.dispersion import deviation_of_proportions
from framing.errors import AnalysisError

# The toy corpus of Gries (2008): five parts, whose words are the letters.
PARTS = ("bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat")


def slowly(counts: np.ndarray, words: np.ndarray) -> tuple[float, float]:
    expected = words / words.sum()
    dp = sum(abs(n / counts.sum() - s) for n, s in zip(counts, expected, strict=True)) / 2
    return dp, dp / (1 - expected.min())


def test_published_example_by_hand() -> None:
    # a: 1, 2, 3, 4, 5 times in parts of 9, 10, 10, 10 and 11 of 50 words. Expected .18 .20 .20 .20 .22,
    # observed 1/15 to 5/15; the differences sum to .113 + .067 + 0 + .067 + .113 = .36, half of it is .18.
    words = [len(part) for part in PARTS]
    found = deviation_of_proportions([[part.count(x) for part in PARTS] for x in "abx"], words)
    assert words == [9, 10, 10, 10, 11]
    assert found.dp[0] == pytest.approx(0.18, abs=1e-12)
    assert found.normalised[0] == pytest.approx(0.18 / 0.82, abs=1e-12)
    # x stands once, in the part with 11 of 50 words: all but .22 of the words are elsewhere.
    assert found.dp[2] == pytest.approx(0.78)


def test_agrees_with_a_loop() -> None:
    rng = np.random.default_rng(8)
    words = rng.integers(100, 900, 40).astype(float)
    counts = rng.poisson(0.6, (25, 40))
    counts[:, 0] += 1
    found = deviation_of_proportions(csr_array(counts), words)
    for i, row in enumerate(counts):
        assert (found.dp[i], found.normalised[i]) == pytest.approx(slowly(row, words))


def test_even_is_nought_and_one_place_is_one() -> None:
    words = np.array([200.0, 400.0, 600.0])
    found = deviation_of_proportions([[1, 2, 3], [9, 0, 0], [0, 0, 0]], words)
    assert found.dp[0] == pytest.approx(0, abs=1e-12)
    assert found.normalised[1] == pytest.approx(1)  # the smallest article has it all: the worst case
    assert np.isnan(found.dp[2])
    assert np.isnan(found.normalised[2])


def test_a_single_article_cannot_be_uneven() -> None:
    found = deviation_of_proportions([[3]], [500])
    assert found.dp.tolist() == [0.0]
    assert np.isnan(found.normalised[0])


@pytest.mark.parametrize("words", [[500.0], [500.0, 0.0]])
def test_every_article_needs_words(words: list[float]) -> None:
    with pytest.raises(AnalysisError, match="number of words"):
        deviation_of_proportions([[1, 2]], words)
