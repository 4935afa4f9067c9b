"""Studentised permutation of article labels: how often would luck make such a difference.

If outlets did not differ, any article could have come from any of them. So the outlet labels are
shuffled over the articles many times, and the observed difference is held against those of the
shuffles. Dividing each difference by its own standard error keeps the test honest when the groups
differ in size or spread (Janssen 1997; Chung and Romano 2013).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from framing.analysis.choices import check_at_least, check_choice
from framing.analysis.stratified import StratifiedStatistic, in_mixed_strata
from framing.analysis.studentised import ROUNDING, RateStatistic
from framing.analysis.units import ArticleMatrix
from framing.errors import AnalysisError

_FEATURES_AT_ONCE = 64
_TARGET, _REST = "1", "2"

FEWEST = 19
"""Permutations at the least: with fewer no p can reach .05."""


def permutation_p(
    matrix: ArticleMatrix,
    group: str,
    reference: str | None = None,
    *,
    permutations: int = 999,
    seed: int = 0,
) -> NDArray[np.float64]:
    """Return the two-sided p-value of each feature for one group against another or the rest.

    Parameters
    ----------
    matrix
        Articles of all groups; their order does not matter. With strata, labels are shuffled inside them.
    group
        The group whose rate is compared.
    reference
        Compare with this group only; by default with all other articles.
    permutations
        Number of shuffles B. The smallest p is 1 / (B + 1).
    seed
        Seed of the shuffles: the same seed gives the same p.

    Returns
    -------
    numpy.ndarray
        p by feature, above 0 and up to 1: the share of shuffles (the data themselves included)
        with a difference at least as large relative to its standard error. A feature that neither
        side uses has p = 1.

    Raises
    ------
    AnalysisError
        If a group is unknown, both groups are the same, or one side has fewer than two articles.

    Notes
    -----
    The statistic is the difference of the two rates (mentions per word) over its standard error.
    Each side has a variance of its own: the common rate over its words, times its dispersion, which
    is the linearised variance of the ratio (with n/(n-1) for n articles) over that of a Poisson
    count, averaged with the dispersion of all articles as if that were two further mentions.
    Without that average a side with no or few mentions looks certain: groups with few mentions and
    longer or shorter articles than others came out as different in 9 per cent of simulations where
    they were not, and true differences upwards were missed, since a shuffle that leaves one side
    empty beats them.

    The test is exact if the labels are exchangeable. If only the rates are equal, the error at .05
    was .04 to .08 in simulations (unequal lengths or spread, 30 articles and 15 mentions or more),
    and up to .16 with fewer than 15 expected mentions in a group that is also four times as
    dispersed. It does not hold when articles of one event or one agency stand together in a group:
    compare inside events then, and drop copies.

    References
    ----------
    Janssen, A. (1997). Studentized permutation tests for non-i.i.d. hypotheses and the generalized
    Behrens-Fisher problem. Statistics and Probability Letters 36, 9-21.
    Chung, E. and Romano, J. P. (2013). Exact and asymptotically robust permutation tests. Annals of
    Statistics 41, 484-507.
    Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical
    Applications in Genetics and Molecular Biology 9, 39.

    Examples
    --------
    >>> matrix = ArticleMatrix(
    ...     groups=np.repeat(["a", "b"], 6), doc_ids=np.arange(12).astype(str), words=np.full(12, 400.0),
    ...     counts=np.array([[4], [6], [5], [7], [3], [5], [1], [0], [2], [0], [1], [1]], dtype=np.int32),
    ...     features=("regime",), filter={})
    >>> bool(permutation_p(matrix, "a", "b")[0] < 0.01)
    True
    """
    for side in (group, reference):
        if side is not None:
            check_choice("group", side, matrix.names)
    if group == reference:
        raise AnalysisError(
            "a group cannot be compared with itself", where="option reference", got=repr(reference),
            allowed="another group, or none for the rest", fix="name two different groups",
        )  # fmt: skip
    if reference is not None:
        matrix = matrix.select(np.isin(matrix.groups, [group, reference]))
    size = int((matrix.groups == group).sum())
    for side, articles in ((group, size), (reference or "the rest", len(matrix) - size)):
        if articles < 2:
            raise AnalysisError(
                "too few articles to compare", where=f"group {side}", got=f"{articles} articles",
                allowed="2 or more", fix="add articles, or leave the group out",
            )  # fmt: skip
    # Two sides instead of all groups: the same shuffles, fewer sums.
    sides = replace(matrix, groups=np.where(matrix.groups == group, _TARGET, _REST))
    return permutation_table(sides, permutations=permutations, seed=seed)[_TARGET]


def permutation_table(
    matrix: ArticleMatrix, *, permutations: int = 999, seed: int = 0
) -> dict[str, NDArray[np.float64]]:
    """Return the p-values of every group against the rest of the articles, from the same shuffles.

    Each row equals :func:`permutation_p` of that group; doing them together costs little more than
    doing one. Groups that leave fewer than two articles on a side have missing values.

    Raises
    ------
    AnalysisError
        If there are fewer than 19 permutations, which could not give p = .05.
    """
    return permutation_tests(matrix, permutations=permutations, seed=seed).groups


class ByGroup(NamedTuple):
    """p-values by feature: of each group against the rest, and of any difference between the groups."""

    groups: dict[str, NDArray[np.float64]]
    overall: NDArray[np.float64]


def permutation_tests(matrix: ArticleMatrix, *, permutations: int = 999, seed: int = 0) -> ByGroup:
    """Return the p-values of :func:`permutation_table` and one for all groups together.

    ``overall`` tests whether the rates of the groups differ at all (an omnibus test): the squared
    statistics of the groups are summed, each weighted by the share of articles outside the group,
    as in a chi-squared test, and held against the same sum of the shuffles.

    With strata labels are shuffled inside each stratum, and the statistic is that of
    :class:`framing.analysis.stratified.StratifiedStatistic`; groups that share no stratum with
    another group have missing values.

    Raises
    ------
    AnalysisError
        If there are fewer than 19 permutations, which could not give p = .05.
    """
    check_at_least("permutations", permutations, FEWEST)
    check_at_least("seed", seed, 0)
    names = np.asarray(matrix.names, dtype=np.str_)
    if matrix.strata is None:
        order = np.argsort(matrix.doc_ids, kind="stable")
        labels = np.searchsorted(names, matrix.groups[order]).astype(np.int32)
        whole = RateStatistic(matrix.counts[order], matrix.words[order], labels, len(names))
        return _tests(matrix.names, [whole], labels, [slice(0, len(labels))], permutations, seed)
    order = np.lexsort([matrix.doc_ids, matrix.strata])
    labels = np.searchsorted(names, matrix.groups[order]).astype(np.int32)
    strata = np.unique(matrix.strata[order], return_inverse=True)[1].astype(np.intp)
    mixed = in_mixed_strata(strata, labels)
    if not mixed.any():
        unknown = np.full(len(matrix.features), np.nan)
        return ByGroup(dict.fromkeys(matrix.names, unknown), unknown)
    kept, labels, strata = order[mixed], labels[mixed], np.unique(strata[mixed], return_inverse=True)[1]
    bounds = np.flatnonzero(np.diff(strata, prepend=-1, append=-2)).tolist()
    # Residuals are full columns, unlike counts: some features at a time keep memory flat.
    parts = [
        StratifiedStatistic(
            matrix.counts[kept, at : at + _FEATURES_AT_ONCE], matrix.words[kept], labels, strata, len(names)
        )
        for at in range(0, len(matrix.features), _FEATURES_AT_ONCE)
    ]
    return _tests(
        matrix.names, parts, labels, [slice(*ends) for ends in pairwise(bounds)], permutations, seed
    )


class _Statistic(Protocol):
    """Statistic by shuffle, group and feature."""

    @property
    def at_once(self) -> int: ...

    def of(self, labels: NDArray[np.int32]) -> NDArray[np.float64]: ...


def _tests(
    names: Sequence[str],
    statistics: Sequence[_Statistic],
    labels: NDArray[np.int32],
    exchangeable: Sequence[slice],
    permutations: int,
    seed: int,
) -> ByGroup:
    sizes = np.bincount(labels, minlength=len(names)).astype(np.float64)
    weight = 1 - sizes / max(sizes.sum(), 1.0)
    found = [_share_of_shuffles(s, weight, labels, exchangeable, permutations, seed) for s in statistics]
    groups = np.concatenate([part[0] for part in found], axis=1)
    return ByGroup(
        dict(zip(names, groups, strict=True)), np.asarray(np.concatenate([part[1] for part in found]))
    )


def _share_of_shuffles(
    statistic: _Statistic,
    weight: NDArray[np.float64],
    labels: NDArray[np.int32],
    exchangeable: Sequence[slice],
    permutations: int,
    seed: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the share of shuffles that reach the observed statistic: by group, and of all groups."""
    observed = statistic.of(labels[None, :])
    together = _together(observed, weight)[0]
    single = observed[0]
    # A shuffle that makes the same split in another order of summing must count as equal.
    reach, reach_all = (x - ROUNDING * np.maximum(x, 1.0) for x in (single, together))
    hits, hits_all = np.zeros(single.shape, dtype=np.int64), np.zeros(together.shape, dtype=np.int64)
    # A generator for each stratum, so that the shuffles do not depend on how many are done at once.
    first = np.random.default_rng(seed)
    generators = [first] if len(exchangeable) == 1 else first.spawn(len(exchangeable))
    for start in range(0, permutations, statistic.at_once):
        block = np.tile(labels, (min(statistic.at_once, permutations - start), 1))
        for rows, rng in zip(exchangeable, generators, strict=True):
            block[:, rows] = rng.permuted(block[:, rows], axis=1)
        values = statistic.of(block)
        hits += (values >= reach).sum(axis=0)
        hits_all += (_together(values, weight) >= reach_all).sum(axis=0)
    p = np.where(np.isnan(single), np.nan, (hits + 1) / (permutations + 1))
    return p, np.where(np.isnan(together), np.nan, (hits_all + 1) / (permutations + 1))


def _together(values: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum the squared statistics of the groups; missing where no group has one."""
    known = ~np.isnan(values)
    total = np.einsum("sgf,g->sf", np.where(known, values, 0.0) ** 2, weight)
    return np.where(known.any(axis=1), total, np.nan)
