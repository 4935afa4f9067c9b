"""Compare groups: every difference with its test, corrected for the number of tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_at_least, check_choice, listed
from framing.analysis.correction import benjamini_hochberg
from framing.analysis.intervals import PER_WORDS
from framing.analysis.permutation import FEWEST, permutation_p, permutation_table
from framing.analysis.rates import INTERVAL, groups_without_articles, rate_table
from framing.analysis.units import ArticleMatrix, article_matrix, rows_of
from framing.errors import AnalysisError

REST = "rest"
"""Name of the other side when a group is compared with all other articles."""

COLUMNS = (
    "group", "versus", "feature", "n_articles", "n_words", "n_mentions", "rate", "low", "high", "rate_versus",
    "difference", "ratio", "p", "q", "top_article_share", "note",
)  # fmt: skip

STATISTIC = "difference of rates over its article-clustered standard error; labels of articles are permuted"

_LEAST = 2  # a spread between articles needs two of them


def compare(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    by: str = "outlet",
    target: str | None = None,
    reference: str | None = None,
    min_articles: int = 5,
    permutations: int = 999,
    seed: int = 0,
    voice: str = "own",
    level: str = "category",
    entries: str | Sequence[str] | None = None,
    category: str | None = None,
    duplicates: str = "same-outlet",
    words: str = "voice",
    allow_unmatched: bool = False,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare the rates of groups of articles, each against the rest by default.

    Parameters
    ----------
    documents, counts, by, voice, level, entries, category, duplicates, words, allow_unmatched
        What is counted and in which articles; see :func:`framing.analysis.units.article_matrix`.
    target
        Compare this group only; by default every group.
    reference
        Compare with this group; by default with the articles of all other groups together.
    min_articles
        Groups with fewer articles, on either side, are shown but not tested. At least 2.
    permutations
        Number of shuffles; the smallest p is 1 / (permutations + 1). With many rows a single strong
        difference needs more shuffles to reach a small q: ``attrs["method"]`` says how many.
    seed
        Seed of the shuffles; the same tables and seed give the same p.
    confidence
        Confidence level of ``low`` and ``high``, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row a group and feature:

        group, versus, feature
            Who is compared with whom (``rest`` or the reference) on what.
        n_articles, n_words, n_mentions, rate, low, high, top_article_share
            Of the group, as in :func:`framing.analysis.rates.rates`.
        rate_versus, difference, ratio
            Rate of the other side per 1,000 words, rate minus it, rate over it. A ratio above 1
            means that the group uses the feature more often; missing if the other rate is 0.
        p
            Studentised permutation test with the article as the unit
            (:func:`framing.analysis.permutation.permutation_p`), above 0 and up to 1. Missing for
            rows that are not tested. It says how surprising the difference is if the labels were
            luck, not how large it is.
        q
            p corrected by Benjamini and Hochberg. The family is every tested row of this call, so
            narrower questions have a smaller family. Asking many calls and keeping the best is not
            corrected for.
        note
            Why a value is missing or weak.

        ``attrs["method"]``: statistic, permutations, seed, family_size, smallest_p,
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
    A difference between outlets need not be one of framing: they cover different events. Restrict
    the documents to shared events, or look into the sentences, before saying more than "differs".

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
    >>> counts = build("counts", [(f"{i:02}", "regime", "delegitimisation", "", "own", 2 + i % 3 - i // 8, 0)
    ...                           for i in range(16)])
    >>> table = compare(documents, counts, target="Alpha", reference="Beta", category="delegitimisation")
    >>> table[["rate", "rate_versus", "ratio"]].round(2).to_dict("records")
    [{'rate': 5.75, 'rate_versus': 4.0, 'ratio': 1.44}]
    >>> table.attrs["method"]["family_size"]
    1
    """
    check_at_least("min_articles", min_articles, _LEAST)
    check_at_least("permutations", permutations, FEWEST)
    matrix = article_matrix(
        documents, counts, by=by, voice=voice, level=level, entries=entries, category=category,
        duplicates=duplicates, words=words, allow_unmatched=allow_unmatched,
    )  # fmt: skip
    table = rate_table(matrix, confidence=confidence)
    pairs = _pairs(_all_groups(matrix), target, reference)
    table = table[table["group"].isin(pairs)].reset_index(drop=True)
    table["versus"] = pd.Series([pairs[name] or REST for name in table["group"]], dtype="str")
    sides = _other_sides(matrix, pairs)
    p = _p_values(matrix, pairs, sides, min_articles, permutations, seed)

    at = {name: i for i, name in enumerate(matrix.features)}
    feature = table["feature"].map(at).to_numpy(dtype=np.intp)
    names = table["group"].tolist()
    other_mentions = np.array([sides[g].mentions[f] for g, f in zip(names, feature, strict=True)])
    other_words = np.array([sides[g].words for g in names])
    other_articles = np.array([sides[g].articles for g in names])
    blank = np.full(len(table), np.nan)
    table["rate_versus"] = np.divide(
        other_mentions * PER_WORDS, other_words, out=blank.copy(), where=other_words > 0
    )
    table["difference"] = table["rate"] - table["rate_versus"]
    rate, versus = table["rate"].to_numpy(), table["rate_versus"].to_numpy()
    table["ratio"] = np.divide(rate, versus, out=blank.copy(), where=versus > 0)

    idle = (table["n_mentions"].to_numpy() == 0) & (other_mentions == 0)
    few = table["n_articles"].to_numpy() < min_articles
    other_few = other_articles < min_articles
    tested = ~(idle | few | other_few)
    table["p"] = np.where(tested, [p[g][f] for g, f in zip(names, feature, strict=True)], np.nan)
    table["q"] = benjamini_hochberg(table["p"].to_numpy())

    smallest = 1 / (permutations + 1)
    floor = tested & (table["p"].to_numpy() <= smallest) & (table["q"].to_numpy() >= 0.05)
    reasons = (
        (few, f"fewer than {min_articles} articles: not tested"),
        (other_few & ~few, f"fewer than {min_articles} articles on the other side: not tested"),
        (idle, "no mentions"),
        ((versus == 0) & ~idle, "the other rate is 0: no ratio"),
        (floor, f"p is the smallest that {permutations} permutations can give: use more to settle q"),
    )
    # Notes of the rates table speak of one side only; the pair has its own words for the same.
    kept = table["note"].str.replace(r"^no mentions(; )?", "", regex=True)
    table["note"] = _joined(kept.tolist(), reasons)
    family = int(tested.sum())
    table = table[list(COLUMNS)]
    table.attrs["method"] = {
        "statistic": STATISTIC,
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


class _Side(NamedTuple):
    """Sums over the articles that a group is compared with."""

    articles: int
    words: float
    mentions: NDArray[np.int64]


def _all_groups(matrix: ArticleMatrix) -> list[str]:
    """Return the groups in the order of the rates table, those without words in this voice included."""
    return sorted({*matrix.names, *groups_without_articles(matrix)})


def _pairs(names: list[str], target: str | None, reference: str | None) -> dict[str, str | None]:
    """Return with whom each group is compared; ``None`` stands for the rest."""
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
    return dict.fromkeys(chosen, reference)


def _other_sides(matrix: ArticleMatrix, pairs: dict[str, str | None]) -> dict[str, _Side]:
    rows = rows_of(matrix.groups)
    nobody = np.zeros(0, dtype=np.intp)

    def of(name: str) -> _Side:
        at = rows.get(name, nobody)
        return _Side(len(at), float(matrix.words[at].sum()), matrix.counts[at].sum(axis=0, dtype=np.int64))

    everyone = _Side(len(matrix), float(matrix.words.sum()), matrix.counts.sum(axis=0, dtype=np.int64))

    def rest(name: str) -> _Side:
        own = of(name)
        return _Side(
            everyone.articles - own.articles, everyone.words - own.words, everyone.mentions - own.mentions
        )

    return {group: rest(group) if versus is None else of(versus) for group, versus in pairs.items()}


def _p_values(
    matrix: ArticleMatrix,
    pairs: dict[str, str | None],
    sides: dict[str, _Side],
    min_articles: int,
    permutations: int,
    seed: int,
) -> dict[str, NDArray[np.float64]]:
    """Return p by group and feature; missing where a side has too few articles."""
    found = {name: np.full(len(matrix.features), np.nan) for name in pairs}
    size = {name: len(rows) for name, rows in rows_of(matrix.groups).items()}
    testable = [n for n in pairs if size.get(n, 0) >= min_articles and sides[n].articles >= min_articles]
    if not testable:
        return found
    if None in pairs.values():
        table = permutation_table(matrix, permutations=permutations, seed=seed)
        return {**found, **{name: table[name] for name in testable}}
    for name in testable:
        found[name] = permutation_p(matrix, name, pairs[name], permutations=permutations, seed=seed)
    return found


def _joined(notes: list[str], reasons: Sequence[tuple[NDArray[np.bool_], str]]) -> pd.Series:
    """Return one note a row: what was known, then each reason that holds."""
    lines = [[note] if note else [] for note in notes]
    for holds, text in reasons:
        for at in np.flatnonzero(holds).tolist():
            lines[at].append(text)
    return pd.Series(["; ".join(line) for line in lines], dtype="str")
