"""Does a group name a referent differently at all? One test for all names together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import numpy as np
import pandas as pd

from framing.analysis.correction import benjamini_hochberg
from framing.analysis.naming.named_pairs import NamedPairs, Question, ask, finished, reasons, sides, told
from framing.analysis.naming.references import References
from framing.analysis.units import Choice

COLUMNS = (
    "referent", "group", "versus", "n_articles", "n_articles_versus", "n_references", "n_references_versus",
    "n_names", "distance", "distance_by_chance", "more", "less", "p", "q", "note",
)  # fmt: skip

STATISTIC = (
    "sum over names of the squared studentised differences of shares; labels of the articles that refer "
    "to the referent are permuted"
)


def naming_test(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    referent: str | Sequence[str] | None = None,
    names: str = "entry",
    target: str | None = None,
    reference: str | None = None,
    min_articles: int = 5,
    permutations: int = 999,
    seed: int = 0,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Test whether a group names a referent differently at all: one question for all names together.

    Parameters
    ----------
    documents, counts, referent, names, target, reference, min_articles, permutations, seed, choice
        As in :func:`naming`.

    Returns
    -------
    pandas.DataFrame
        One row a referent and group, in the order of :func:`naming`:

        referent, group, versus, n_articles, n_articles_versus, n_references, n_references_versus
            As in :func:`naming`; ``n_names``: names that either side uses.
        distance
            Half the sum of the absolute differences of the shares, 0 (the same shares) to 1 (no name
            in common): the share of references that would have to be renamed. It is never negative,
            so luck alone makes it larger than 0, the more so the fewer references there are.
        distance_by_chance
            Its mean over the shuffles. Only a distance well beyond it says anything.
        more, less
            The names whose share is most above and most below that of the other side.
        p
            Permutation test of the sum over names of squared studentised differences
            (:func:`framing.analysis.naming.share_statistic.share_tests`), above 0 and up to 1.
        q
            p corrected by Benjamini and Hochberg over all tested rows of this call.
        note
            Why a value is missing or weak.

        ``attrs["method"]`` as in :func:`naming`, without the interval.

    Raises
    ------
    AnalysisError, TableError
        As in :func:`naming`.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (f"{i:02}", "Alpha" if i < 8 else "Beta", "2017-04-04", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in range(16)])
    >>> counts = build("counts", [
    ...     (f"{i:02}", name, category, "syrian-government", "own", "", n, 0) for i in range(16)
    ...     for name, category, n in (("assad-regime", "hostile", 2 + i % 2 - i // 8),
    ...                               ("syrian-government", "neutral", 1 + 2 * (i // 8)))])
    >>> table = naming_test(documents, counts, target="Alpha")
    >>> table[["n_names", "distance", "distance_by_chance", "more", "p"]].round(2).to_dict("records")
    [{'n_names': 2, 'distance': 0.38, 'distance_by_chance': 0.08, 'more': 'assad-regime', 'p': 0.0}]
    """
    question = ask(
        documents, counts, choice, referent=referent, names=names, target=target, reference=reference,
        min_articles=min_articles, permutations=permutations, seed=seed, confidence=0.95,
    )  # fmt: skip
    table = pd.concat(
        [_rows(*part, question) for part in question.parts()] or [pd.DataFrame(columns=list(COLUMNS))],
        ignore_index=True,
    )
    table["q"] = benjamini_hochberg(table["p"].to_numpy(dtype=np.float64))
    return finished(table, COLUMNS, question, statistic=STATISTIC)


def _rows(references: References, found: NamedPairs, question: Question) -> pd.DataFrame:
    used = found.used
    difference = found.difference.difference
    known = ~np.isnan(difference).any(axis=1) & (np.abs(difference).sum(axis=1) > 0)
    names = np.asarray([*references.matrix.features, ""], dtype=np.str_)
    largest, smallest = (
        np.where(known, values.argmax(axis=1), len(names) - 1)
        for values in (np.nan_to_num(difference), -np.nan_to_num(difference))
    )
    tested = used.sum(axis=1) > 1
    p = np.where(tested, found.p_any, np.nan)
    table = sides(references, found, question).assign(
        n_names=used.sum(axis=1),
        distance=np.abs(difference).sum(axis=1) / 2,
        distance_by_chance=np.where(tested, found.distance_by_chance, np.nan),
        more=pd.Series(names[largest], dtype="str"),
        less=pd.Series(names[smallest], dtype="str"),
        p=p,
    )
    table["note"] = told(reasons(references, found, question, p[:, None]), len(table))
    kept = used.any(axis=1) & (question.asked | (found.own.references[:, 0] > 0))
    return table[kept]
