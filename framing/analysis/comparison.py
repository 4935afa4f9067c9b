"""Compare groups: every difference with its test, corrected for the number of tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_at_least
from framing.analysis.correction import benjamini_hochberg
from framing.analysis.intervals import PER_WORDS
from framing.analysis.pairs import REST, Compared, Pair, all_pairs, compared, pairs_of
from framing.analysis.permutation import FEWEST
from framing.analysis.rates import INTERVAL, rate_table
from framing.analysis.units import Choice, article_matrix
from framing.errors import AnalysisError

COLUMNS = (
    "group", "versus", "feature", "n_articles", "n_articles_versus", "n_words", "n_mentions",
    "n_mentions_versus", "rate", "low", "high", "rate_versus", "difference", "ratio", "ratio_low",
    "ratio_high", "p", "q", "top_article_share", "note",
)  # fmt: skip

STATISTIC = "difference of rates over its article-clustered standard error; labels of articles are permuted"
STRATIFIED = (
    "observed minus expected mentions inside strata over its standard error; "
    "labels of articles are permuted inside strata"
)
RATIO = "ratio of rates; Jeffreys limits of effective mentions from the article-clustered variance"
STRATIFIED_RATIO = "Mantel-Haenszel ratio of rates inside strata; linearised variance of its logarithm"

ALPHA = 0.05
"""Level at which notes call a test and an interval of the same row in disagreement."""

_LEAST = 2  # a spread between articles needs two of them


def compare(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    target: str | None = None,
    reference: str | None = None,
    every_pair: bool = False,
    min_articles: int = 5,
    permutations: int = 999,
    seed: int = 0,
    confidence: float = 0.95,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Compare the rates of groups of articles, each against the rest by default.

    Parameters
    ----------
    documents, counts, choice
        What is counted, in which articles and inside which strata; see
        :func:`framing.analysis.units.article_matrix`.
    target
        Compare this group only; by default every group.
    reference
        Compare with this group; by default with the articles of all other groups together.
    every_pair
        Compare every two groups, instead of each with one side; excludes target and reference.
    min_articles
        Groups with fewer articles, on either side, are shown but not tested. At least 2.
    permutations
        Number of shuffles; the smallest p is 1 / (permutations + 1). With many rows a single strong
        difference needs more shuffles to reach a small q: ``attrs["method"]`` says how many.
    seed
        Seed of the shuffles; the same tables and seed give the same p.
    confidence
        Confidence level of the limits, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row a group and feature:

        group, versus, feature
            Who is compared with whom (``rest`` or the reference) on what.
        n_articles, n_words, n_mentions, rate, low, high, top_article_share
            Of the group, as in :func:`framing.analysis.rates.rates`.
        n_articles_versus, n_mentions_versus, rate_versus
            Of the other side.
        difference
            Rate of the group minus that of the other side, per 1,000 words.
        ratio, ratio_low, ratio_high
            How many times as often the group uses the feature, with article-clustered limits
            (:func:`framing.analysis.ratios.rate_ratio`). Above 1: more often. Without mentions on
            the other side there is no ratio and no upper limit. With ``within`` it compares inside
            strata only (:func:`framing.analysis.mantel_haenszel.stratified_ratio`) and need not
            agree with the rates, which are those of all articles.
        p
            Studentised permutation test with the article as the unit
            (:func:`framing.analysis.permutation.permutation_p`), inside strata with ``within``,
            above 0 and up to 1. Missing for rows that are not tested. It says how surprising the
            difference is if the labels were luck, not how large it is.
        q
            p corrected by Benjamini and Hochberg. The family is every tested row of this call, so
            narrower questions have a smaller family. Asking many calls and keeping the best is not
            corrected for.
        note
            Why a value is missing or weak.

        ``attrs["method"]``: statistic, ratio, permutations, seed, family_size, smallest_p,
        permutations_for_one (how many would let one single difference reach q < .05), correction,
        interval, confidence, min_articles, n_articles, filter.

    Raises
    ------
    AnalysisError
        If an option, target or reference is unknown, or there is only one group.
    TableError
        If a table breaks its contract.

    Notes
    -----
    A difference between outlets need not be one of framing: they cover different events. Compare
    inside events or topics (``within``) and look into the sentences before saying more than "differs".

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Journal of the Royal Statistical Society B 57, 289-300.
    Chung, E. and Romano, J. P. (2013). Annals of Statistics 41, 484-507.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (f"{i:02}", "Alpha" if i < 8 else "Beta", "2017-04-04", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in range(16)])
    >>> counts = build("counts", [
    ...     (f"{i:02}", "regime", "delegitimisation", "", "own", "yes", 2 + i % 3 - i // 8, 0)
    ...     for i in range(16)])
    >>> table = compare(documents, counts, target="Alpha", reference="Beta", category="delegitimisation")
    >>> table[["rate", "rate_versus", "ratio"]].round(2).to_dict("records")
    [{'rate': 5.75, 'rate_versus': 4.0, 'ratio': 1.44}]
    >>> table.attrs["method"]["family_size"]
    1
    """
    check_at_least("min_articles", min_articles, _LEAST)
    check_at_least("permutations", permutations, FEWEST)
    if every_pair and not (target is None and reference is None):
        raise AnalysisError(
            "every pair and one side exclude each other", where="option every_pair",
            got=f"target {target!r}, reference {reference!r}", allowed="neither target nor reference",
            fix="leave out target and reference, or every_pair",
        )  # fmt: skip
    matrix = article_matrix(documents, counts, **choice)
    pairs = all_pairs(matrix) if every_pair else pairs_of(matrix, target, reference)
    found = compared(
        matrix, pairs, min_articles=min_articles, permutations=permutations, seed=seed, confidence=confidence
    )
    rates = rate_table(matrix, confidence=confidence)
    by_group = dict(iter(rates.groupby("group", sort=False)))
    # A name of a group may be "rest" as well: rows are joined by position, never by that name.
    table = pd.concat(
        [_rows(by_group.get(pair.group, rates.head(0)), pair, found[pair]) for pair in pairs],
        ignore_index=True,
    )
    few, other_few = (table[c].to_numpy() < min_articles for c in ("n_articles", "n_articles_versus"))
    idle = (table["n_mentions"].to_numpy() == 0) & (table["n_mentions_versus"].to_numpy() == 0)
    thin = table.pop("shared").to_numpy() < min_articles
    apart = ~few & ~other_few & ~idle & thin
    tested = ~(idle | few | other_few | apart)
    table["p"] = table["p"].where(tested)
    table["q"] = benjamini_hochberg(table["p"].to_numpy())

    stratified = matrix.strata is not None
    no_ratio = table["ratio"].isna().to_numpy() & ~idle
    no_limits = table["ratio_low"].isna().to_numpy() & ~no_ratio & ~idle
    smallest = 1 / (permutations + 1)
    floor = tested & (table["p"].to_numpy() <= smallest) & (table["q"].to_numpy() >= ALPHA)
    reasons = (
        (few, f"fewer than {min_articles} articles: not tested"),
        (other_few & ~few, f"fewer than {min_articles} articles on the other side: not tested"),
        (idle, "no mentions"),
        (apart, f"fewer than {min_articles} articles of a side in strata of both: not tested"),
        (no_ratio & ~stratified, "the other rate is 0: no ratio"),
        (no_ratio & stratified, "no mention of the other side in a shared stratum: no ratio"),
        (no_limits, "no mention of the group in a shared stratum: no limits"),
        (tested & ((table["p"].to_numpy() < ALPHA) == _holds_one(table)), "test and interval disagree"),
        (floor, f"p is the smallest that {permutations} permutations can give: use more to settle q"),
    )
    # Notes of the rates table speak of one side only; the pair has its own words for the same.
    kept = table["note"].str.replace(r"^no mentions(; )?", "", regex=True)
    table["note"] = _joined(kept.tolist(), reasons)
    family = int(tested.sum())
    table = table[list(COLUMNS)]
    table.attrs["method"] = {
        "statistic": STRATIFIED if stratified else STATISTIC,
        "ratio": STRATIFIED_RATIO if stratified else RATIO,
        "permutations": permutations,
        "seed": seed,
        "family_size": family,
        "smallest_p": smallest,
        "permutations_for_one": max(19, 20 * family),
        "correction": "Benjamini-Hochberg over all tested rows of this call",
        "interval": INTERVAL,
        "confidence": confidence,
        "min_articles": min_articles,
        "n_articles": len(matrix),
        "filter": matrix.filter,
    }
    return table


def _rows(rates: pd.DataFrame, pair: Pair, found: Compared) -> pd.DataFrame:
    """Return the rows of a pair, one a feature in the order of the rates."""
    other = found.other
    with np.errstate(divide="ignore", invalid="ignore"):
        versus = other.mentions * PER_WORDS / other.words if other.words else np.full(len(rates), np.nan)
    return rates.assign(
        versus=pd.Series(
            [REST if pair.versus is None else pair.versus] * len(rates), index=rates.index, dtype="str"
        ),
        n_articles_versus=other.articles,
        n_mentions_versus=other.mentions.astype(np.int64),
        rate_versus=versus,
        difference=rates["rate"].to_numpy() - versus,
        ratio=found.ratio.ratio,
        ratio_low=found.ratio.low,
        ratio_high=found.ratio.high,
        p=found.p,
        shared=found.shared,
    )


def _holds_one(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Return whether the limits of the ratio allow equal rates; limits that are missing allow anything."""
    low, high = (table[name].to_numpy(dtype=np.float64) for name in ("ratio_low", "ratio_high"))
    return ~((low > 1) | (high < 1))


def _joined(notes: list[str], reasons: Sequence[tuple[NDArray[np.bool_], str]]) -> pd.Series:
    """Return one note a row: what was known, then each reason that holds."""
    lines = [[note] if note else [] for note in notes]
    for holds, text in reasons:
        for at in np.flatnonzero(holds).tolist():
            lines[at].append(text)
    return pd.Series(["; ".join(line) for line in lines], dtype="str")
