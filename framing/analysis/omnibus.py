"""Do the groups differ at all? One test a feature for all groups together."""

from __future__ import annotations

from typing import Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_at_least
from framing.analysis.correction import benjamini_hochberg
from framing.analysis.intervals import PER_WORDS
from framing.analysis.permutation import FEWEST, permutation_tests
from framing.analysis.units import Choice, article_matrix, rows_of
from framing.errors import AnalysisError

COLUMNS = (
    "feature", "n_groups", "n_articles", "n_mentions", "highest", "highest_rate", "lowest", "lowest_rate",
    "p", "q", "note",
)  # fmt: skip

STATISTIC = (
    "sum over groups of the squared studentised difference from the rest, weighted by the share of "
    "articles outside the group; labels of articles are permuted"
)

_LEAST = 2  # groups, and articles of a group


def omnibus(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    min_articles: int = 5,
    permutations: int = 999,
    seed: int = 0,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Test for each feature whether the rates of more than two groups differ at all.

    Ask this before looking at single pairs: it is one question, whatever the number of groups.

    Parameters
    ----------
    documents, counts, choice
        What is counted, in which articles and inside which strata; see
        :func:`framing.analysis.units.article_matrix`.
    min_articles
        Groups with fewer articles take no part. At least 2.
    permutations, seed
        Number and seed of the shuffles; the smallest p is 1 / (permutations + 1).

    Returns
    -------
    pandas.DataFrame
        One row a feature: n_groups, n_articles and n_mentions that took part; the groups with the
        highest and the lowest rate (mentions per 1,000 words) and these rates; p of "all rates are
        equal"; q over the tested features of this call (Benjamini and Hochberg); note.
        ``attrs["method"]`` as in :func:`framing.analysis.comparison.compare`, and
        ``groups_left_out``, those with too few articles.

    Raises
    ------
    AnalysisError
        If an option is unknown, or fewer than two groups have enough articles.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (f"{i:02}", "ABC"[i // 6], "2017-04-04", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in range(18)])
    >>> counts = build("counts", [
    ...     (f"{i:02}", "regime", "delegitimisation", "", "own", "yes", 1 + i % 2 + 4 * (i // 12), 0)
    ...     for i in range(18)])
    >>> table = omnibus(documents, counts, category="delegitimisation")
    >>> table[["feature", "n_groups", "highest", "p"]].to_dict("records")
    [{'feature': 'delegitimisation', 'n_groups': 3, 'highest': 'C', 'p': 0.001}]
    """
    check_at_least("min_articles", min_articles, _LEAST)
    check_at_least("permutations", permutations, FEWEST)
    whole = article_matrix(documents, counts, **choice)
    size = {name: len(rows) for name, rows in rows_of(whole.groups).items()}
    left_out = sorted(name for name, n in size.items() if n < min_articles)
    matrix = whole.select(~np.isin(whole.groups, left_out))
    if len(matrix.names) < _LEAST:
        raise AnalysisError(
            "a comparison needs two groups", where="option min_articles",
            got=f"{len(matrix.names)} groups with {min_articles} or more articles", allowed="2 or more",
            fix="lower min_articles, or add articles",
        )  # fmt: skip
    p = permutation_tests(matrix, permutations=permutations, seed=seed).overall
    names = np.asarray(matrix.names)
    rows = rows_of(matrix.groups)
    rates = np.array([
        matrix.counts[at].sum(axis=0) * PER_WORDS / matrix.words[at].sum() for at in rows.values()
    ])  # fmt: skip
    mentions = matrix.counts.sum(axis=0, dtype=np.int64)
    idle = mentions == 0
    apart = ~idle & np.isnan(p)
    p = np.where(idle, np.nan, p)
    table = pd.DataFrame(
        {
            "feature": pd.Series(matrix.features, dtype="str"),
            "n_groups": len(names),
            "n_articles": len(matrix),
            "n_mentions": mentions,
            "highest": np.where(idle, "", names[rates.argmax(axis=0)]),
            "highest_rate": rates.max(axis=0),
            "lowest": np.where(idle, "", _lowest(names, rates)),
            "lowest_rate": rates.min(axis=0),
            "p": p,
            "q": benjamini_hochberg(p),
            "note": np.select(
                [idle, apart], ["no mentions", "no stratum with two groups: not tested"], default=""
            ),
        }
    ).astype({"highest": "str", "lowest": "str", "note": "str"})[list(COLUMNS)]
    family = int((~np.isnan(p)).sum())
    table.attrs["method"] = {
        "statistic": STATISTIC + (" inside strata" if matrix.strata is not None else ""),
        "permutations": permutations,
        "seed": seed,
        "family_size": family,
        "smallest_p": 1 / (permutations + 1),
        "correction": "Benjamini-Hochberg over all tested features of this call",
        "min_articles": min_articles,
        "groups_left_out": left_out,
        "n_articles": len(matrix),
        "filter": whole.filter,
    }
    return table


def _lowest(names: NDArray[np.str_], rates: NDArray[np.float64]) -> NDArray[np.str_]:
    """Return the group with the lowest rate of each feature; of equal ones the first, and how many more."""
    least = rates.min(axis=0)
    tied = (rates == least).sum(axis=0)
    first = names[rates.argmin(axis=0)]
    pairs = zip(first.tolist(), tied.tolist(), strict=True)
    return np.array([name if n == 1 else f"{name} and {n - 1} more" for name, n in pairs])
