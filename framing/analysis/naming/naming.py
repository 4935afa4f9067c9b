"""Naming choice: of all the times an outlet names a referent, the share of each name.

How often an outlet writes "regime" depends on how often it writes about the country at all. Which
share of its references to the government are by that name does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.correction import benjamini_hochberg
from framing.analysis.naming.named_pairs import NamedPairs, Question, ask, finished, reasons, sides, told
from framing.analysis.naming.references import References
from framing.analysis.units import Choice

COLUMNS = (
    "referent", "group", "versus", "name", "category", "n_articles", "n_articles_versus", "n_references",
    "n_references_versus", "n_name", "n_name_versus", "share", "low", "high", "share_versus", "difference",
    "difference_low", "difference_high", "dispersion", "top_article_share", "p", "q", "note",
)  # fmt: skip

STATISTIC = (
    "difference of shares over its article-clustered standard error; labels of the articles that refer "
    "to the referent are permuted"
)
INTERVAL = (
    "Jeffreys limits of the effective number of references, from the article-clustered variance of the "
    "ratio estimator; difference: square-and-add of both intervals (Newcombe 1998)"
)
STRATIFIED_INTERVAL = INTERVAL.replace(
    "square-and-add of both intervals (Newcombe 1998)",
    "Mantel-Haenszel inside strata, linearised variance",
)


def naming(
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
    confidence: float = 0.95,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Return the share of each name in a group's references to a referent, against the other articles.

    Parameters
    ----------
    documents, counts, choice
        What is counted, in which articles and inside which strata; see
        :func:`framing.analysis.units.article_matrix`. ``counts`` must hold all names, the neutral
        ones as well: score with ``--lexicon referents-en``. ``level``, ``entries`` and ``category``
        are refused: they would leave out names, and shares would no longer be of all references.
    referent
        One or more values of the column ``referent``; by default all that some group refers to in
        ``min_articles`` articles or more, by more than one name.
    names
        ``entry``: a name is an entry of the lexicon. ``category``: names of one category are summed
        (neutral, hostile, favourable). ``loaded``: all names but the neutral ones are summed.
    target
        Compare this group only; by default every group.
    reference
        Compare with this group; by default with the articles of all other groups together.
    min_articles
        Groups with fewer articles that refer to the referent, on either side, are shown but not
        tested. At least 2.
    permutations
        Number of shuffles; the smallest p is 1 / (permutations + 1).
    seed
        Seed of the shuffles; the same tables and seed give the same p.
    confidence
        Confidence level of the limits, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row a referent, group and name: referents and groups in alphabetical order (referents as
        listed if they are), the name that is used most first. Names that neither side uses have no
        row, nor has a group without references unless the referent or the group was asked for.

        referent, group, versus, name, category
            Whose name, who uses it, with whom it is compared (``rest`` or the reference); the
            category of the name in the lexicon.
        n_articles, n_references, n_name
            Articles of the group that refer to the referent, its references in them, those by this
            name. A reference is a mention of an entry with this referent in the chosen voice. A name
            inside a longer mention counts once, at the longest.
        n_articles_versus, n_references_versus, n_name_versus
            The same of the other side.
        share, low, high
            ``n_name / n_references``, 0 to 1, with limits that take the article as the unit
            (:func:`framing.analysis.naming.shares.share_interval`). More means that the group prefers the
            name more. It does not depend on how often the group covers the referent.
        share_versus, difference, difference_low, difference_high
            Share of the other side; share minus it, -1 to 1, with limits. With ``within`` the
            difference is that inside strata (Mantel-Haenszel) and need not agree with the shares,
            which are those of all articles.
        dispersion
            Variance of the share between articles over that of independent references. More than 1:
            articles stick to one name. Missing if it cannot be told.
        top_article_share
            Share of ``n_name`` that stands in the one article with most of them, 0 to 1.
        p
            Studentised permutation test of the difference with the article as the unit, inside
            strata with ``within`` (:func:`framing.analysis.naming.share_statistic.share_tests`), above 0 and
            up to 1. Missing for rows that are not tested.
        q
            p corrected by Benjamini and Hochberg over all tested rows of this call.
        note
            Why a value is missing or weak.

        ``attrs["method"]``: statistic, permutations, seed, family_size, smallest_p,
        permutations_for_one (how many would let one single difference reach q < .05), correction,
        interval, confidence, min_articles, names, n_articles, filter.

    Raises
    ------
    AnalysisError
        If an option is unknown or refused, a referent or group does not occur, or no entry of
        ``counts`` names a referent.
    TableError
        If a table breaks its contract.

    Notes
    -----
    Shares are as complete as the lexicon. What it does not list is not in the denominator: pronouns,
    descriptions ("the authorities") and entries without a referent ("regime" alone, which may name
    any government). An outlet that says "Assad regime" once and "the regime" from then on has fewer
    references here than it makes. The shares of the names of one referent sum to 1 within a group,
    so one that rises makes others fall: read them together, or ask
    :func:`framing.analysis.naming.naming_overall.naming_test`.

    References
    ----------
    Korn, E. L. and Graubard, B. I. (1998). Survey Methodology 24, 193-201.
    Newcombe, R. G. (1998). Statistics in Medicine 17, 873-890.
    Chung, E. and Romano, J. P. (2013). Annals of Statistics 41, 484-507.
    Benjamini, Y. and Hochberg, Y. (1995). Journal of the Royal Statistical Society B 57, 289-300.

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
    >>> table = naming(documents, counts, target="Alpha")
    >>> table[["name", "n_name", "n_references", "share", "share_versus"]].round(2).to_dict("records")
    [{'name': 'assad-regime', 'n_name': 20, 'n_references': 28, 'share': 0.71, 'share_versus': 0.33},
     {'name': 'syrian-government', 'n_name': 8, 'n_references': 28, 'share': 0.29, 'share_versus': 0.67}]
    """
    question = ask(
        documents, counts, choice, referent=referent, names=names, target=target, reference=reference,
        min_articles=min_articles, permutations=permutations, seed=seed, confidence=confidence,
    )  # fmt: skip
    table = pd.concat(
        [_rows(*part, question) for part in question.parts()] or [pd.DataFrame(columns=list(COLUMNS))],
        ignore_index=True,
    )
    p = table["p"].to_numpy(dtype=np.float64)
    table["q"] = benjamini_hochberg(p)
    smallest = 1 / (permutations + 1)
    floor = (p <= smallest) & (table["q"].to_numpy() >= 0.05)
    reason = f"p is the smallest that {permutations} permutations can give: use more to settle q"
    table.loc[floor, "note"] = [f"{note}; {reason}" if note else reason for note in table["note"][floor]]
    stratified = question.corpus.articles.strata is not None
    return finished(
        table, COLUMNS, question, statistic=STATISTIC,
        interval=STRATIFIED_INTERVAL if stratified else INTERVAL, confidence=confidence,
    )  # fmt: skip


def _rows(references: References, found: NamedPairs, question: Question) -> pd.DataFrame:
    width = len(references.matrix.features)
    table = sides(references, found, question)
    table = table.loc[table.index.repeat(width)].reset_index(drop=True)
    used = found.used
    p = np.where(used & (used.sum(axis=1) > 1)[:, None], found.p, np.nan)
    table["name"] = pd.Series(list(references.matrix.features) * len(used), dtype="str")
    table["category"] = pd.Series(list(references.categories) * len(used), dtype="str")
    columns: dict[str, NDArray[np.generic]] = {
        "n_name": found.own.named.astype(np.int64),
        "n_name_versus": found.other.named.astype(np.int64),
        "share": found.shares.share,
        "low": found.shares.low,
        "high": found.shares.high,
        "share_versus": found.other.share,
        "difference": found.difference.difference,
        "difference_low": found.difference.low,
        "difference_high": found.difference.high,
        "dispersion": found.shares.dispersion,
        "top_article_share": found.top_article_share,
        "p": p,
    }
    for column, values in columns.items():
        table[column] = values.ravel()
    table["note"] = told(reasons(references, found, question, p), used.size)
    kept = used & (question.asked | (found.own.references > 0))
    return table[kept.ravel()]
