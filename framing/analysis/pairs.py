"""Who is compared with whom: pairs of groups with their sums, ratios and p-values."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.analysis.choices import check_choice, listed
from framing.analysis.intervals import pooled_dispersion
from framing.analysis.mantel_haenszel import stratified_ratio
from framing.analysis.permutation import permutation_p, permutation_table
from framing.analysis.rates import groups_without_articles
from framing.analysis.ratios import Ratio, Side, rate_ratio, side_of
from framing.analysis.units import ArticleMatrix, rows_of
from framing.errors import AnalysisError

REST = "rest"
"""Name of the other side when a group is compared with all other articles."""

_LEAST = 2  # groups that a comparison needs


class Pair(NamedTuple):
    """A group and the one it is compared with; ``None`` stands for all other articles."""

    group: str
    versus: str | None


class Compared(NamedTuple):
    """What is known of a pair, by feature: sums of the other side, ratio with limits, p.

    ``shared`` is the number of articles, on the side with fewer, that stand in strata of both sides.
    """

    other: Side
    ratio: Ratio
    p: NDArray[np.float64]
    shared: int


def all_groups(matrix: ArticleMatrix) -> list[str]:
    """Return the groups in the order of the rates table, those without words in this voice included."""
    return sorted({*matrix.names, *groups_without_articles(matrix)})


def pairs_of(matrix: ArticleMatrix, target: str | None, reference: str | None) -> list[Pair]:
    """Return each group against the reference or the rest, or only the target.

    Raises
    ------
    AnalysisError
        If a group is unknown, both are the same, or there is only one group.
    """
    names = all_groups(matrix)
    for option, value in (("target", target), ("reference", reference)):
        if value is not None:
            check_choice(option, value, names)
    if len(names) < _LEAST or (target is not None and target == reference):
        raise AnalysisError(
            "a comparison needs two groups", where="options target and reference",
            got=listed(names) if len(names) < _LEAST else f"{target!r} twice", allowed="two different groups",
            fix="name another group, choose another column by, or add articles",
        )  # fmt: skip
    chosen = [target] if target is not None else [name for name in names if name != reference]
    return [Pair(name, reference) for name in chosen]


def all_pairs(matrix: ArticleMatrix) -> list[Pair]:
    """Return every two groups once, in alphabetical order (raises AnalysisError if there is only one)."""
    pairs_of(matrix, None, None)
    return [Pair(first, second) for first, second in combinations(all_groups(matrix), 2)]


def compared(
    matrix: ArticleMatrix,
    pairs: list[Pair],
    *,
    min_articles: int,
    permutations: int,
    seed: int,
    confidence: float,
) -> dict[Pair, Compared]:
    """Return sums, ratio and p of each pair; p is missing where a side has too few articles."""
    rows = rows_of(matrix.groups)
    nobody = np.zeros(0, dtype=np.intp)
    sides = {
        name: side_of(matrix.counts[at], matrix.words[at])
        for name in all_groups(matrix)
        for at in [rows.get(name, nobody)]
    }
    everyone = side_of(matrix.counts, matrix.words)
    shared = pooled_dispersion(matrix.counts, matrix.words, matrix.groups)
    unknown = np.full(len(matrix.features), np.nan)
    together = None
    found = {}
    for pair in pairs:
        own = sides[pair.group]
        other = everyone.without(own) if pair.versus is None else sides[pair.versus]
        if matrix.strata is None:
            ratio = rate_ratio(own, other, shared, level=confidence)
        else:
            ratio = _inside_strata(matrix, rows, pair, shared, confidence)
        p = unknown
        alike = _in_shared_strata(matrix, pair, min(own.articles, other.articles))
        if alike >= min_articles:
            if pair.versus is not None or len(pairs) == 1:
                p = permutation_p(matrix, *pair, permutations=permutations, seed=seed)
            else:
                together = together or permutation_table(matrix, permutations=permutations, seed=seed)
                p = together[pair.group]
        found[pair] = Compared(other, ratio, p, alike)
    return found


def _in_shared_strata(matrix: ArticleMatrix, pair: Pair, articles: int) -> int:
    """Return the articles of the smaller side that can be compared; all of them without strata."""
    if matrix.strata is None:
        return articles
    inside = matrix.groups == pair.group
    other = ~inside if pair.versus is None else matrix.groups == pair.versus
    shared = np.intersect1d(matrix.strata[inside], matrix.strata[other])
    alike = np.isin(matrix.strata, shared)
    return min(int((inside & alike).sum()), int((other & alike).sum()))


def _inside_strata(
    matrix: ArticleMatrix,
    rows: dict[str, NDArray[np.intp]],
    pair: Pair,
    shared: NDArray[np.float64],
    confidence: float,
) -> Ratio:
    blank = np.full(len(matrix.features), np.nan)
    group, versus = pair
    if group not in rows or (versus is not None and versus not in rows):
        return Ratio(blank, blank, blank)
    part = matrix if versus is None else matrix.select(np.isin(matrix.groups, [group, versus]))
    strata = part.strata
    if strata is None:
        raise AssertionError("a matrix with strata has lost them")
    return stratified_ratio(
        part.counts, part.words, part.groups == pair.group, strata, shared, level=confidence
    )
