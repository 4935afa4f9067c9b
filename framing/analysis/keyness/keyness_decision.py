"""What decides whether two sides differ in a word: tests that take the article as the unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.analysis.keyness.conditional import conditional_p
from framing.analysis.keyness.keyness_measures import pooled_dispersion
from framing.analysis.keyness.sparse_permutation import SparseTest, sparse_permutation_p
from framing.analysis.keyness.welch import welch_p
from framing.analysis.keyness.word_matrix import SparseMatrix
from framing.analysis.ratios import Side
from framing.errors import AnalysisError

_MORE = "labels of articles are permuted{}, more often where few shuffles reach the data"
_FLOOR = "p is at least that of the conditional binomial test of effective occurrences"

_RATES = f"difference of rates over its article-clustered standard error; {_MORE.format('')}; {_FLOOR}"
_STRATA = (
    "occurrences minus those expected in the strata, over its article-clustered standard error; "
    f"{_MORE.format(' inside strata')}; {_FLOOR}"
)
_WELCH = f"Welch's t of the rates of the articles; {_FLOOR}"


def statistic(permutations: int, *, stratified: bool) -> str:
    """Return in words what is tested.

    Examples
    --------
    >>> statistic(0, stratified=False)
    "Welch's t of the rates of the articles; p is at least that of the conditional ..."
    """
    return (_STRATA if stratified else _RATES) if permutations else _WELCH


def untested(features: int) -> SparseTest:
    """Return the outcome when nothing is tested."""
    return SparseTest(np.full(features, np.nan), np.zeros(features, dtype=np.int64))


def decide(
    matrix: SparseMatrix,
    inside: NDArray[np.bool_],
    target: Side,
    reference: Side,
    family: NDArray[np.bool_],
    permutations: int,
    seed: int,
) -> SparseTest:
    """Return the p of each feature; see :func:`framing.analysis.keyness.keyness` for the options.

    Raises
    ------
    AnalysisError
        If there are strata, but no permutations to keep inside them.
    """
    least = conditional_p(
        matrix.counts, matrix.words, inside, pooled_dispersion(target, reference), strata=matrix.strata
    )
    if permutations:
        return sparse_permutation_p(
            matrix.counts, matrix.words, inside, strata=matrix.strata, family=family, at_least=least,
            permutations=permutations, seed=seed,
        )  # fmt: skip
    if matrix.strata is not None:
        raise AnalysisError(
            "Welch's t test knows no strata", where="options permutations and within", got="0 permutations",
            allowed="19 permutations or more, or no strata", fix="leave permutations at 999",
        )  # fmt: skip
    p = np.maximum(welch_p(matrix.counts, matrix.words, inside), least)
    return SparseTest(p, np.zeros(len(family), dtype=np.int64))
