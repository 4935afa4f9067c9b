"""How honest and how sharp are the intervals and tests? Simulated articles whose truth is known.

Usage: python benchmarks/inference.py [coverage | power | speed | events FOLDER ...]

``events`` needs folders that ``framing score`` and ``framing events`` wrote: outlets inside each event get
random names, so that nothing differs, and the test inside events is run on articles of whole events.

Articles have 50 to some thousand words (log-normal); mentions are gamma-Poisson counts whose variance is
``dispersion`` times their mean, as in news (2.3 to 3.9).
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import ttest_ind

from framing.analysis.comparison import compare
from framing.analysis.correction import benjamini_hochberg
from framing.analysis.intervals import pooled_dispersion, rate_intervals
from framing.analysis.permutation import permutation_p, permutation_tests
from framing.analysis.ratios import rate_ratio, side_of
from framing.analysis.units import ArticleMatrix, article_matrix
from framing.pipeline import Result
from framing.tables import build

FEATURES = 200
REPEATS = 10


def simulate(
    rng: np.random.Generator, articles: int, rate: float, dispersion: float, features: int = FEATURES
) -> tuple[np.ndarray, np.ndarray]:
    words = np.round(np.exp(rng.normal(6, 0.6, articles))) + 50
    mean = np.repeat(rate * words[:, None] / 1000, features, axis=1)
    if dispersion > 1:
        mean = rng.gamma(mean / (dispersion - 1), dispersion - 1)
    return words, rng.poisson(mean).astype(np.int32)


def coverage() -> pd.DataFrame:
    """Share of 95 % intervals that hold the truth: rate of one group of six, ratio of two groups."""
    rng = np.random.default_rng(0)
    rows = []
    for articles in (10, 30, 100, 300):
        for dispersion in (1.0, 3.0, 6.0):
            for rate in (0.5, 2.0, 6.0):
                inside, ratio = [], []
                for _ in range(REPEATS):
                    groups = [simulate(rng, articles, rate, dispersion) for _ in range(6)]
                    names = np.repeat(list("abcdef"), articles)
                    words = np.concatenate([w for w, _ in groups])
                    prior = pooled_dispersion(np.vstack([y for _, y in groups]), words, names)
                    (w, y), (v, x) = groups[:2]
                    found = rate_intervals(y, w, dispersion=prior)
                    inside.append((found.low <= rate) & (rate <= found.high))
                    versus = rate_ratio(side_of(y, w), side_of(x, v), prior)
                    ratio.append(~((versus.low > 1) | (versus.high < 1)))
                expected = rate * float(words.sum()) / 6 / 1000
                rows.append((articles, dispersion, rate, round(expected), np.mean(inside), np.mean(ratio)))
    columns = ["articles", "dispersion", "rate", "expected mentions", "rate covered", "ratio covered"]
    return pd.DataFrame(rows, columns=columns).round(3)


def power() -> pd.DataFrame:
    """Share of planted differences found at .05, beside a Welch t-test of the articles' rates."""
    rng = np.random.default_rng(1)
    rows = []
    for articles in (15, 30, 100):
        for ratio in (1.0, 1.5, 2.0, 3.0):
            found, welch = [], []
            for _ in range(REPEATS):
                w, y = simulate(rng, articles, 2 * ratio, 3.0, features=40)
                v, x = simulate(rng, articles, 2, 3.0, features=40)
                matrix = ArticleMatrix(
                    np.repeat(["a", "b"], articles), np.array([f"{i:04}" for i in range(2 * articles)]),
                    np.concatenate([w, v]), np.vstack([y, x]), tuple(f"f{i}" for i in range(40)), {},
                )  # fmt: skip
                found.append(permutation_p(matrix, "a", "b", permutations=499) <= 0.05)
                welch.append(ttest_ind(y / w[:, None], x / v[:, None], equal_var=False).pvalue <= 0.05)
            rows.append((articles, ratio, np.mean(found), np.mean(welch)))
    columns = ["articles a side", "true ratio", "permutation", "Welch t of article rates"]
    return pd.DataFrame(rows, columns=columns).round(3)


def speed() -> pd.DataFrame:
    """Time and memory of one comparison: 100,000 articles, 14 frames, 30 outlets, 999 permutations."""
    rng = np.random.default_rng(2)
    articles, frames = 100_000, 14
    words, counts = simulate(rng, articles, 0.6, 2.5, features=frames)
    ids = np.array([f"d{i:06}" for i in range(articles)])
    number = words.astype(int)
    documents = pd.DataFrame(
        {name: pd.Series([], dtype=kind) for name, kind in build("documents", []).dtypes.items()}
    )
    documents = documents.reindex(range(articles)).assign(
        doc_id=ids, outlet=[f"o{i:02}" for i in rng.integers(0, 30, articles)], published="2017-04-04",
        title="", n_words=number, n_words_own=number, n_words_quoted=0, n_words_reported=0,
        n_words_unknown=0, n_words_removed=0, n_mentions=0, duplicate_of="", status="ok", message="",
    )  # fmt: skip
    row, column = np.nonzero(counts)
    table = pd.DataFrame(
        {
            "doc_id": ids[row], "entry_id": [f"e{c}" for c in column], "category": [f"f{c}" for c in column],
            "referent": "", "voice": "own", "loaded": "yes", "n": counts[row, column], "n_nested": 0,
        }
    )  # fmt: skip
    begin, used = time.perf_counter(), time.process_time()
    compare(documents, table, permutations=999)
    rows = [(time.perf_counter() - begin, time.process_time() - used,
             resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)]  # fmt: skip
    return pd.DataFrame(rows, columns=["seconds", "processor seconds", "peak GB"]).round(2)


def events(folders: list[str]) -> pd.DataFrame:
    """Share of tests inside events that reject at .05 where names inside events are random."""
    rng = np.random.default_rng(5)
    rows = []
    for folder in folders:
        result = Result.load(folder)
        matrix = article_matrix(result.documents, result.counts, within="event", duplicates="drop")
        place, size = np.unique(matrix.strata, return_inverse=True, return_counts=True)[1:]
        shared = np.flatnonzero(size > 1)
        for arm in (15, 30, 100):
            rejected, any_discovery = [], []
            for _ in range(200):
                order = rng.permutation(shared)
                stop = int(np.searchsorted(size[order].cumsum(), 2 * arm)) + 1
                part = matrix.select(np.flatnonzero(np.isin(place, order[:stop])))
                names = np.empty(len(part), dtype="<U1")
                for event in np.unique(part.strata):
                    here = rng.permutation(np.flatnonzero(part.strata == event))
                    names[here] = np.roll(["a", "b"], rng.integers(2))[np.arange(len(here)) % 2]
                tests = permutation_tests(
                    replace(part, groups=names), permutations=199, seed=int(rng.integers(2**30))
                )
                p, mentions = tests.groups["a"], part.counts.sum(axis=0)
                rejected += (p[mentions >= 5] <= 0.05).tolist()
                q = benjamini_hochberg(np.where(mentions > 0, p, np.nan))
                any_discovery.append(bool((q < 0.05).any()))
            rows.append((Path(folder).name, arm, len(rejected), np.mean(rejected), np.mean(any_discovery)))
    columns = ["corpus", "articles an arm", "tests", "rejected", "any discovery"]
    return pd.DataFrame(rows, columns=columns).round(3)


if __name__ == "__main__":
    if sys.argv[1:2] == ["events"]:
        print(events(sys.argv[2:]).to_string(index=False))
        sys.exit()
    parts = {"coverage": coverage, "power": power, "speed": speed}
    for name in sys.argv[1:] or parts:
        print(f"\n{name}\n{parts[name]().to_string(index=False)}")
