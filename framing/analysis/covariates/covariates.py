"""A difference held against what else differs: date, length, topic (a regression of counts).

Strata compare like with like but need articles of both sides in each; a model also uses articles that
have no exact partner, at the price of assuming that topic, date and length act alike in all groups.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple, Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_at_least, check_share
from framing.analysis.correction import benjamini_hochberg
from framing.analysis.covariates.design import design_of
from framing.analysis.intervals import pooled_dispersion
from framing.analysis.pairs import REST, Pair, pairs_of
from framing.analysis.ratios import rate_ratio, side_of
from framing.analysis.units import ArticleMatrix, Choice, article_matrix, refuse_strata

COLUMNS = (
    "group", "versus", "feature", "n_articles", "n_articles_versus", "n_mentions", "n_mentions_versus",
    "ratio", "adjusted", "adjusted_low", "adjusted_high", "p", "q", "dispersion", "note",
)  # fmt: skip

MODEL = (
    "negative binomial regression of mentions (log link, words as offset); dispersion by the regression of "
    "Cameron and Trivedi (1990); sandwich errors clustered by"
)

_LEAST_MENTIONS = 5  # of a side: with fewer the sandwich errors are too small
_LEAST_CLUSTERS = 10  # of a side, likewise


def adjusted_ratios(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    covariates: Sequence[str] = ("date", "length"),
    cluster: str | None = None,
    target: str | None = None,
    reference: str | None = None,
    min_articles: int = 20,
    confidence: float = 0.95,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Return rate ratios adjusted for covariates of the articles, beside the plain ones.

    Parameters
    ----------
    documents, counts, choice
        What is counted and in which articles; see :func:`framing.analysis.units.article_matrix`.
        ``within`` is not used here: name such columns as covariates.
    covariates
        ``date`` (a smooth curve over the publication date), ``length`` (logarithm of the words of the
        article) and columns of ``documents``: numbers enter as they are, other values as levels, those
        with fewer than five articles together.
    cluster
        Column of ``documents`` whose articles belong together (an event, a day, an author); by default
        each article, and each without a value, stands for itself. With fewer than ten clusters on a
        side nothing is fitted.
    target, reference
        Sides as in :func:`framing.analysis.comparison.compare`.
    min_articles
        Groups with fewer articles on either side are not fitted: sandwich errors of few articles are
        too small. At least 2.
    confidence
        Confidence level of the limits, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row a group and feature:

        n_articles, n_articles_versus, n_mentions, n_mentions_versus, ratio
            As in the comparison, without adjustment; of the articles that have all covariates.
        adjusted, adjusted_low, adjusted_high
            How many times as often the group uses the feature as others would in articles of the same
            date, length, topic. Above 1: more often.
        p, q
            Wald test with sandwich errors, and Benjamini-Hochberg over the fitted rows of this call. With
            few articles or clusters (below about 30) the permutation test of the comparison is the safer
            one.
        dispersion
            Estimated alpha: the variance is mean + alpha x mean squared; 0 or more.
        note
            Why a row was not fitted.

        ``attrs["method"]``: model, covariates, what was left out, family_size and the options.

    Raises
    ------
    AnalysisError
        If an option is unknown or no article has all covariates.

    References
    ----------
    Cameron, A. C. and Trivedi, P. K. (1990). Regression-based tests for overdispersion in the Poisson
    model. Journal of Econometrics 46, 347-364.
    Cameron, A. C. and Trivedi, P. K. (2013). Regression Analysis of Count Data. 2nd ed., Cambridge.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (f"{i:02}", "AB"[i % 2], f"2017-04-{1 + i // 2:02}", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in range(40)])
    >>> counts = build("counts", [
    ...     (f"{i:02}", "regime", "delegitimation", "", "own", "yes", 2 + i % 3 + 3 * (i % 2), 0)
    ...     for i in range(40)])
    >>> table = adjusted_ratios(documents, counts, target="B", reference="A", category="delegitimation",
    ...                         covariates=["date"])
    >>> table[["ratio", "adjusted"]].round(1).to_numpy().tolist()
    [[2.0, 2.0]]
    """
    check_at_least("min_articles", min_articles, 2)
    check_share("confidence", confidence)
    refuse_strata(choice, "name such columns as covariates")
    matrix = article_matrix(documents, counts, **choice)
    pairs = pairs_of(matrix, target, reference)
    design = design_of(documents, matrix, covariates, cluster)
    matrix = matrix.select(design.known)
    shared = pooled_dispersion(matrix.counts, matrix.words, matrix.groups)
    rows = []
    for pair in pairs:
        rows += _rows(matrix, pair, design.columns, design.clusters, shared, min_articles, confidence)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["q"] = benjamini_hochberg(table["p"].to_numpy(dtype=np.float64))
    table = table.astype({"note": "str", "group": "str", "versus": "str", "feature": "str"})
    table.attrs["method"] = {
        "model": f"{MODEL} {cluster or 'article'}",
        "covariates": list(covariates),
        "columns_of_the_design": list(design.names),
        "without_covariates": int((~design.known).sum()),
        "family_size": int(table["p"].notna().sum()),
        "correction": "Benjamini-Hochberg over all fitted rows of this call",
        "min_articles": min_articles,
        "confidence": confidence,
        "n_articles": len(matrix),
        "filter": matrix.filter,
    }
    return table


class _Fit(NamedTuple):
    """Logarithm of the adjusted ratio, its standard error, p and the dispersion."""

    effect: float
    error: float
    p: float
    alpha: float


def _rows(
    matrix: ArticleMatrix,
    pair: Pair,
    columns: NDArray[np.float64],
    clusters: NDArray[np.intp],
    shared: NDArray[np.float64],
    min_articles: int,
    confidence: float,
) -> list[dict[str, Any]]:
    from scipy.stats import norm

    used = np.ones(len(matrix), dtype=bool)
    if pair.versus is not None:
        used = np.isin(matrix.groups, [pair.group, pair.versus])
    part, x, within = matrix.select(used), columns[used], clusters[used]
    inside = part.groups == pair.group
    mine, other = (side_of(part.counts[side], part.words[side]) for side in (inside, ~inside))
    plain = rate_ratio(mine, other, shared, level=confidence).ratio
    z = norm.ppf(0.5 + confidence / 2)
    few = min(len(np.unique(within[side])) for side in (inside, ~inside)) < _LEAST_CLUSTERS
    thin = f"fewer than {_LEAST_CLUSTERS} clusters on a side: not fitted" if few else ""
    rows = []
    for number, feature in enumerate(matrix.features):
        row = {
            "group": pair.group, "versus": REST if pair.versus is None else pair.versus, "feature": feature,
            "n_articles": mine.articles, "n_articles_versus": other.articles,
            "n_mentions": int(mine.mentions[number]), "n_mentions_versus": int(other.mentions[number]),
            "ratio": plain[number], "note": _why_not(mine, other, number, min_articles) or thin,
        }  # fmt: skip
        if not row["note"]:
            found = _fit(part.counts[:, number].astype(np.float64), part.words, inside, x, within)
            if isinstance(found, str):
                row["note"] = found
            else:
                row |= {
                    "adjusted": np.exp(found.effect), "adjusted_low": np.exp(found.effect - z * found.error),
                    "adjusted_high": np.exp(found.effect + z * found.error), "p": found.p,
                    "dispersion": found.alpha,
                }  # fmt: skip
        rows.append(row)
    return rows


def _why_not(mine: Any, other: Any, number: int, min_articles: int) -> str:
    if min(mine.articles, other.articles) < min_articles:
        return f"fewer than {min_articles} articles on a side: not fitted"
    if min(mine.mentions[number], other.mentions[number]) < _LEAST_MENTIONS:
        return f"fewer than {_LEAST_MENTIONS} mentions on a side: not fitted"
    return ""


def _fit(
    y: NDArray[np.float64],
    words: NDArray[np.float64],
    inside: NDArray[np.bool_],
    columns: NDArray[np.float64],
    clusters: NDArray[np.intp],
) -> _Fit | str:
    """Fit the model, or say why it cannot be."""
    import statsmodels.api as sm
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    base = np.column_stack([np.ones(len(y)), columns])
    base = base[:, [0, *(1 + np.flatnonzero(np.ptp(columns, axis=0) > 0))]]
    x = np.column_stack([inside.astype(np.float64), base])
    if np.linalg.matrix_rank(x) == np.linalg.matrix_rank(base):
        return "the covariates tell the groups apart completely: not fitted"
    offset = np.log(words)
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            mean = np.asarray(sm.GLM(y, x, family=sm.families.Poisson(), offset=offset).fit().fittedvalues)
            alpha = max(float(((y - mean) ** 2 - y).sum() / (mean @ mean)), 0.0)
            family = sm.families.NegativeBinomial(alpha=alpha) if alpha > 0 else sm.families.Poisson()
            fit = sm.GLM(y, x, family=family, offset=offset).fit(
                cov_type="cluster", cov_kwds={"groups": clusters}
            )
        except (
            ValueError,
            FloatingPointError,
            np.linalg.LinAlgError,
            RuntimeWarning,
            PerfectSeparationWarning,
        ):
            return "the model did not converge: not fitted"
    effect, error = float(fit.params[0]), float(fit.bse[0])
    if not (np.isfinite(effect) and np.isfinite(error) and error > 0):
        return "the model did not converge: not fitted"
    return _Fit(effect, error, float(fit.pvalues[0]), alpha)
