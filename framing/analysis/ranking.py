"""Groups in the order of their rates, with how sure that order is."""

from __future__ import annotations

from typing import Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_share
from framing.analysis.intervals import PER_WORDS, design_effect, pooled_dispersion
from framing.analysis.rates import INTERVAL, rate_table
from framing.analysis.units import Choice, article_matrix, refuse_strata

COLUMNS = (
    "feature", "rank", "rank_low", "rank_high", "group", "n_articles", "n_words", "n_mentions", "rate",
    "low", "high", "low_joint", "high_joint", "shrunk", "note",
)  # fmt: skip

JOINT = "Sidak: each limit at confidence to the power of 1 over the number of groups"
SHRUNK = "empirical Bayes, gamma prior by moments over the effective mentions of the groups (Marshall 1991)"


def ranking(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    confidence: float = 0.95,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Rank the groups by rate, and say between which places each group may really stand.

    The top of a long list is partly luck: small groups have the most extreme rates. So each rate
    comes with limits that hold for all groups at once, with the places that they leave open, and
    with an estimate drawn towards the mean of all groups, the more the less the group tells.

    Parameters
    ----------
    documents, counts, choice
        What is counted and in which articles; see :func:`framing.analysis.units.article_matrix`.
    confidence
        Confidence level, 0 to 1; of ``low`` and ``high`` for each group alone, of the joint limits
        for all groups together.

    Returns
    -------
    pandas.DataFrame
        One row a feature and group, highest rate first:

        rank, rank_low, rank_high
            Place by rate, 1 for the highest, and the best and worst place that the joint limits
            leave open: 1 more than the number of groups that lie above for sure, and the number of
            groups that do not lie below for sure.
        rate, low, high, n_articles, n_words, n_mentions, note
            As in :func:`framing.analysis.rates.rates`.
        low_joint, high_joint
            Limits that hold for all groups of the feature at once.
        shrunk
            Rate per 1,000 words drawn towards that of all groups. Use it to rank or map, not to
            report the rate of one group.

        Groups without words in this voice stand last, without a place. ``attrs["method"]`` holds
        the options.

    Raises
    ------
    AnalysisError
        If an option is unknown or no article is left.

    References
    ----------
    Sidak, Z. (1967). Rectangular confidence regions for the means of multivariate normal
    distributions. Journal of the American Statistical Association 62, 626-633.
    Marshall, R. J. (1991). Mapping disease and mortality rates using empirical Bayes estimators.
    Applied Statistics 40, 283-294.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (f"{i:02}", "ABC"[i // 6], "2017-04-04", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in range(18)])
    >>> counts = build("counts", [
    ...     (f"{i:02}", "regime", "delegitimisation", "", "own", "yes", 1 + i % 2 + 6 * (i // 12), 0)
    ...     for i in range(18)])
    >>> table = ranking(documents, counts, category="delegitimisation")
    >>> table[["group", "rank", "rank_low", "rank_high"]].to_numpy().tolist()
    [['C', 1, 1, 1], ['A', 2, 2, 3], ['B', 2, 2, 3]]
    """
    check_share("confidence", confidence)
    refuse_strata(choice, "compare inside strata instead: framing.compare(..., within=...)")
    matrix = article_matrix(documents, counts, **choice)
    table = rate_table(matrix, confidence=confidence)
    groups = max(len(matrix.names), 1)
    joint = rate_table(matrix, confidence=confidence ** (1 / groups))
    table["low_joint"], table["high_joint"] = joint["low"], joint["high"]
    shared = dict(
        zip(
            matrix.features,
            pooled_dispersion(matrix.counts, matrix.words, matrix.groups).tolist(),
            strict=True,
        )
    )
    parts = [_placed(part, shared[str(name)]) for name, part in table.groupby("feature", sort=False)]
    empty = table.assign(rank=0, rank_low=0, rank_high=0, shrunk=0.0)
    ranked = pd.concat(parts, ignore_index=True) if parts else empty
    ranked = ranked[list(COLUMNS)]
    ranked.attrs["method"] = {
        "interval": INTERVAL,
        "joint": JOINT,
        "shrunk": SHRUNK,
        "confidence": confidence,
        "n_articles": len(matrix),
        "filter": matrix.filter,
    }
    return ranked


def _placed(part: pd.DataFrame, dispersion: float) -> pd.DataFrame:
    """Order the groups of one feature and add their places and shrunken rates."""
    known = part["rate"].notna().to_numpy(dtype=bool)
    ordered = part.assign(idle=~known).sort_values(
        ["idle", "rate", "group"], ascending=[True, False, True], kind="stable"
    )
    n = int(known.sum())
    low, high = (ordered[c].to_numpy(dtype=np.float64)[:n] for c in ("low_joint", "high_joint"))
    above = (low[None, :] > high[:, None]).sum(axis=1)
    below = (high[None, :] < low[:, None]).sum(axis=1)
    blank = [None] * (len(ordered) - n)
    rate = ordered["rate"].to_numpy(dtype=np.float64)[:n]
    place = 1 + (rate[None, :] > rate[:, None]).sum(axis=1)
    shrunk = np.full(len(ordered), np.nan)
    shrunk[:n] = _shrunk(ordered.iloc[:n], dispersion)
    return ordered.assign(
        rank=pd.array([*place.tolist(), *blank], dtype="Int64"),
        rank_low=pd.array([*(above + 1).tolist(), *blank], dtype="Int64"),
        rank_high=pd.array([*(n - below).tolist(), *blank], dtype="Int64"),
        shrunk=shrunk,
    ).drop(columns="idle")


def _shrunk(part: pd.DataFrame, shared: float) -> NDArray[np.float64]:
    """Return rates per 1,000 words drawn towards their mean, by how much they tell."""
    mentions, words, articles, articles_with = (
        part[c].to_numpy(dtype=np.float64) for c in ("n_mentions", "n_words", "n_articles", "n_articles_with")
    )
    weight = np.minimum(articles - 1, articles_with)
    prior = np.full(len(part), shared)
    effect = design_effect(part["dispersion"].fillna(0.0).to_numpy(), weight, prior, 0.95)
    effect = np.where(mentions > 0, effect, shared)
    counted, exposure = mentions / effect, words / effect
    mean = counted.sum() / exposure.sum()
    spread = exposure.sum() - (exposure**2).sum() / exposure.sum()
    between = 0.0
    if spread > 0:
        excess = (exposure * (mentions / words - mean) ** 2).sum() - (len(part) - 1) * mean
        between = max(float(excess / spread), 0.0)
    if mean == 0 or between == 0:
        return np.full(len(part), mean * PER_WORDS)
    shape, scale = mean**2 / between, mean / between
    return np.asarray((counted + shape) / (exposure + scale) * PER_WORDS)
