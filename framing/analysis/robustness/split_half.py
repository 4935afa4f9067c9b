"""A/A check: split one group at random in two, where nothing differs, and count what is "found".

A test that takes articles as the unit finds a difference at .05 in about five of a hundred such splits,
one that takes words as the unit in many more: mentions come in clusters. The check does not see what
articles of one event or one agency have in common, for random halves share them: compare inside events.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import xlogy
from scipy.stats import chi2

from framing.analysis.choices import check_at_least, check_choice, check_share
from framing.analysis.correction import benjamini_hochberg
from framing.analysis.permutation import FEWEST, permutation_p
from framing.analysis.units import ArticleMatrix, Choice, article_matrix, rows_of
from framing.errors import AnalysisError

COLUMNS = (
    "feature", "n_splits", "n_articles", "n_mentions", "rejected", "low", "high", "rejected_by_words", "note",
)  # fmt: skip

_LEAST = 2  # articles of an arm
_FEW_MENTIONS = 5


def split_half(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    group: str | None = None,
    arm: int | None = None,
    splits: int = 200,
    permutations: int = 199,
    seed: int = 0,
    alpha: float = 0.05,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Split a group at random many times and report how often each feature "differs".

    Parameters
    ----------
    documents, counts, choice
        As in the comparison to be checked; see :func:`framing.analysis.units.article_matrix`.
    group
        The group to split; by default each split takes the next of the groups that are large enough.
    arm
        Articles of each half; by default half of the group.
    splits
        Number of random splits.
    permutations, seed
        Shuffles of each test, and the seed of splits and shuffles.
    alpha
        Level of the tests, 0 to 1: the share that should be rejected.

    Returns
    -------
    pandas.DataFrame
        One row a feature that occurs in the groups that were split:

        n_splits, n_articles, n_mentions
            Splits in which the feature occurred, and means of articles (both halves) and mentions.
        rejected, low, high
            Share of these splits with p at or below ``alpha``, and its 95 % limits (Wilson; splits of
            one group overlap, so that the true ones are somewhat wider). It should be near ``alpha``.
        rejected_by_words
            The same for the usual test that takes each word as independent (log-likelihood G2), for
            contrast.
        note
            Says so if mentions are too few to tell: with under five a split a test can hardly reject.

        ``attrs["method"]`` also has ``any_discovery`` and ``any_discovery_by_words``: the share of
        splits with at least one q below ``alpha``.

    Raises
    ------
    AnalysisError
        If an option is unknown or no group has two arms of articles.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22, 209-212.
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
    Computational Linguistics 19, 61-74.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (f"{i:02}", "A", "2017-04-04", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "") for i in range(20)])
    >>> counts = build("counts", [
    ...     (f"{i:02}", "regime", "delegitimisation", "", "own", "yes", 1 + i % 3, 0) for i in range(20)])
    >>> table = split_half(documents, counts, splits=50, category="delegitimisation")
    >>> table["n_splits"].tolist(), bool(table["rejected"].iloc[0] < 0.2)
    ([50], True)
    """
    check_at_least("splits", splits, 1)
    check_at_least("permutations", permutations, FEWEST)
    check_at_least("seed", seed, 0)
    if arm is not None:
        check_at_least("arm", arm, _LEAST)
    check_share("alpha", alpha)
    matrix = article_matrix(documents, counts, **choice)
    rows = rows_of(matrix.groups)
    if group is not None:
        check_choice("group", group, matrix.names)
        rows = {group: rows[group]}
    need = 2 * max(arm or _LEAST, _LEAST)
    rows = {name: at for name, at in rows.items() if len(at) >= need}
    if not rows:
        raise AnalysisError(
            "no group is large enough to be split", where="option arm", got=f"{need // 2} articles an arm",
            allowed="groups with twice as many articles", fix="lower arm, or add articles",
        )  # fmt: skip
    rng = np.random.default_rng(seed)
    found = [
        _one(matrix, at, arm or len(at) // 2, permutations, rng)
        for _, at in zip(range(splits), _in_turn(list(rows.values())), strict=False)
    ]
    p, by_words, mentions, articles = (np.array(column) for column in zip(*found, strict=True))
    table = _table(matrix.features, p, by_words, mentions, articles, alpha)
    table.attrs["method"] = {
        "statistic": "random halves of one group, compared like two groups",
        "splits": splits,
        "permutations": permutations,
        "seed": seed,
        "alpha": alpha,
        "groups": list(rows),
        "any_discovery": _any(p, alpha),
        "any_discovery_by_words": _any(by_words, alpha),
        "n_articles": len(matrix),
        "filter": matrix.filter,
    }
    return table


def _in_turn(rows: list[NDArray[np.intp]]) -> Iterator[NDArray[np.intp]]:
    while True:
        yield from rows


def _one(
    matrix: ArticleMatrix, rows: NDArray[np.intp], arm: int, permutations: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], int]:
    """Return p, p by words, mentions and articles of one random split."""
    chosen = rng.permutation(rows)[: 2 * arm]
    part = matrix.select(chosen)
    labels = np.repeat(np.array(["first", "second"]), arm)
    halves = ArticleMatrix(
        labels, part.doc_ids, part.words, part.counts, part.features, part.filter, part.strata
    )
    mentions = part.counts.sum(axis=0, dtype=np.int64)
    p = permutation_p(halves, "first", "second", permutations=permutations, seed=int(rng.integers(2**32)))
    used = mentions > 0
    return np.where(used, p, np.nan), np.where(used, _by_words(halves), np.nan), mentions, len(chosen)


def _by_words(halves: ArticleMatrix) -> NDArray[np.float64]:
    """Return p of the log-likelihood ratio of two rates, as if each word were drawn on its own."""
    first = halves.groups == "first"
    observed = np.array([halves.counts[side].sum(axis=0) for side in (first, ~first)], dtype=np.float64)
    words = np.array([halves.words[side].sum() for side in (first, ~first)])
    expected = observed.sum(axis=0) * (words / words.sum())[:, None]
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=expected > 0)
    g2 = 2 * xlogy(observed, ratio).sum(axis=0)
    return np.asarray(chi2.sf(np.maximum(g2, 0.0), 1))


def _any(p: NDArray[np.float64], alpha: float) -> float:
    return float(np.mean([bool((benjamini_hochberg(row) < alpha).any()) for row in p]))


def _table(
    features: tuple[str, ...],
    p: NDArray[np.float64],
    by_words: NDArray[np.float64],
    mentions: NDArray[np.int64],
    articles: NDArray[np.int64],
    alpha: float,
) -> pd.DataFrame:
    tested = ~np.isnan(p)
    n = tested.sum(axis=0)
    shown = n > 0
    share, words_share = (
        np.divide(((x <= alpha) & tested).sum(axis=0), n, out=np.full(len(n), np.nan), where=shown)
        for x in (p, by_words)
    )
    low, high = wilson(share, n)
    mean = np.divide(np.where(tested, mentions, 0).sum(axis=0), n, out=np.zeros(len(n)), where=shown)
    table = pd.DataFrame(
        {
            "feature": pd.Series(features, dtype="str"),
            "n_splits": n,
            "n_articles": float(articles.mean()),
            "n_mentions": mean,
            "rejected": share,
            "low": low,
            "high": high,
            "rejected_by_words": words_share,
            "note": pd.Series(
                np.where(mean < _FEW_MENTIONS, f"fewer than {_FEW_MENTIONS} mentions a split", ""),
                dtype="str",
            ),
        }
    )
    kept: pd.DataFrame = table.loc[shown, list(COLUMNS)]
    return kept.reset_index(drop=True)


def wilson(
    share: NDArray[np.float64], n: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the 95 % limits of a share of ``n`` independent trials.

    Examples
    --------
    >>> low, high = wilson(np.array([0.05]), np.array([200]))
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.027, 0.09)
    """
    z = 1.959964
    size = np.maximum(n, 1)
    middle = (share + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z / (1 + z**2 / size) * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)
