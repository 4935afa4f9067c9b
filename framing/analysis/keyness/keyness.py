"""Keyness: which words, or which entries, separate one outlet from another or from all others."""

from __future__ import annotations

from collections import Counter
from typing import Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_at_least, check_choice, check_share
from framing.analysis.comparison import RATIO, STRATIFIED_RATIO
from framing.analysis.correction import benjamini_hochberg
from framing.analysis.intervals import PER_WORDS
from framing.analysis.keyness.dispersion import deviation_of_proportions
from framing.analysis.keyness.keyness_decision import decide, statistic, untested
from framing.analysis.keyness.keyness_filter import joined, one_article, word_reasons
from framing.analysis.keyness.keyness_measures import log_ratio, side_sums, top_article_share
from framing.analysis.keyness.keyness_sides import matrix_of, sides_of
from framing.analysis.keyness.log_odds import log_odds
from framing.analysis.keyness.sparse_permutation import LEVEL, SparseTest
from framing.analysis.pairs import REST
from framing.analysis.permutation import FEWEST
from framing.analysis.units import Choice

HOUSE_STYLE_CHOICES = ("list", "keep")

HALF = "never on one side: its log ratio counts half an occurrence there"
NO_RATIO = "never on one side of a shared stratum: no log ratio"

COLUMNS = (
    "feature", "n_target", "n_reference", "articles_target", "articles_reference", "rate_target",
    "rate_reference", "log_ratio", "low", "high", "log_odds_z", "dp_target", "dp_reference",
    "top_article_share", "p", "q", "filter", "note",
)  # fmt: skip


def keyness(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    target: str,
    reference: str | None = None,
    min_articles: int = 5,
    house_style: str = "list",
    prior_words: float | None = None,
    permutations: int = 999,
    seed: int = 0,
    confidence: float = 0.95,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Compare how often two sides use each word (or each entry), the article being the unit.

    Parameters
    ----------
    documents
        Documents table.
    counts
        The words table (``Result.words``) with ``level="word"``, the counts table with
        ``level="entry"``.
    target
        Group whose words are looked for.
    reference
        Group that it is compared with; by default the articles of all others together.
    min_articles
        Words that stand in fewer articles of both sides together are left out; ``attrs["method"]``
        counts them. If a side has fewer articles than this, nothing is tested. At least 2.
    house_style
        ``list``: words of house style, parts of the outlet's name and boilerplate are listed with the
        reason in ``filter``, behind all others, and are no part of the family of tests. ``keep``: they
        are treated like any word. It has no effect on entries.
    prior_words
        Weight of the prior of the log odds (:func:`framing.analysis.keyness.log_odds.log_odds`); by
        default the words of the smaller side.
    permutations
        Shuffles for every word; words that hardly any shuffle has beaten get more
        (:func:`framing.analysis.keyness.sparse_permutation.sparse_permutation_p`). 0: no shuffles, but
        Welch's t test of the rates of the articles, which is quick and rougher, and knows no strata.
    seed
        Seed of the shuffles.
    confidence
        Confidence level of ``low`` and ``high``, 0 to 1.
    **choice
        Which articles and voices: ``by``, ``voice`` (own by default), ``duplicates``, ``words`` and
        ``within`` as in :func:`framing.analysis.units.article_matrix`, and ``level``: ``word`` (default)
        or ``entry``. With entries also ``category``, ``entries``, ``measure`` and ``allow_unmatched``.

    Returns
    -------
    pandas.DataFrame
        One row a word. First come the words that differ (q below .05), then the other tested ones, then
        those with a ``filter``; each of the three from the most typical of the target to the most typical
        of the reference by ``log_odds_z``:

        feature
            Word as it is matched (lower case, accents unified), or entry.
        n_target, n_reference, articles_target, articles_reference
            How often it stands on each side, and in how many articles.
        rate_target, rate_reference
            Per 1,000 words of the voice.
        log_ratio, low, high
            Binary logarithm of the ratio of the rates with limits that take the article as the unit: 1
            is twice as often in the target, -1 half as often. Where one side never has it, 0.5 stands
            for its count, and the limit on that side is infinite. With ``within`` it is the
            Mantel-Haenszel ratio (missing where a side has none in a shared stratum).
        log_odds_z
            Log odds with an informative Dirichlet prior over its standard error: RANKS words, above 0
            for the target. It decides nothing. It does not see the strata of ``within``.
        dp_target, dp_reference
            Normalised DP, 0 (as evenly as the words) to 1 (in one place); missing where it never stands.
            Rare words have a high DP whatever happens: compare words of like frequency.
        top_article_share
            Share of the one article with most of it, 0 to 1, on the side with the higher rate.
        p, q
            The article-level test, and its correction (Benjamini and Hochberg) over the tested words
            without a ``filter``: DECIDES whether the sides differ. p is that of the studentised
            permutation (or Welch's t test), or that of
            :func:`framing.analysis.keyness.conditional.conditional_p` if it is larger, which keeps rare words
            honest where one side writes longer articles, or far fewer, than the other.
        filter
            Why a word is no finding: house style, name of the outlet, boilerplate, one article holds
            most of it. Empty for most. Its p is that of any word.
        note
            Why a value is missing or weak.

        ``attrs["method"]``: target, reference, statistic, permutations, most_permutations, seed,
        family_size, filtered, below_min_articles, correction, interval, ranking, dispersion, confidence,
        min_articles, house_style, prior_words, n_articles, n_articles_target, n_articles_reference,
        filter.

    Raises
    ------
    AnalysisError
        If an option, target or reference is unknown, there is no other group, the run did not keep its
        words, or no article is left.
    TableError
        If a table breaks its contract.

    Notes
    -----
    A word that separates outlets need not frame anything: they cover different events. ``within`` an
    event or a month compares like with like. Names of people that one outlet alone writes about stay
    in; the sentences (:mod:`framing.analysis.concordance`) tell what a word does there. The lists of
    house style are English.

    References
    ----------
    Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social
    Science (CASS).
    Monroe, B. L., Colaresi, M. P. and Quinn, K. M. (2008). Political Analysis 16, 372-403.
    Gries, S. Th. (2008). International Journal of Corpus Linguistics 13, 403-437.
    Benjamini, Y. and Hochberg, Y. (1995). Journal of the Royal Statistical Society B 57, 289-300.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (f"{i:02}", "Alpha" if i < 8 else "Beta", "2017-04-04", "", 100, 100, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in range(16)])
    >>> words = build("words", [
    ...     row for i in range(16) for row in (
    ...         (f"{i:02}", "regime" if i < 8 else "government", "own", 4 + i % 3),
    ...         (f"{i:02}", "says" if i < 8 else "said", "own", 5), (f"{i:02}", "city", "own", 1 + i % 2))])
    >>> table = keyness(documents, words, target="Alpha")
    >>> table[["feature", "n_target", "n_reference", "filter"]].to_dict("records")
    [{'feature': 'regime', 'n_target': 39, 'n_reference': 0, 'filter': ''},
     {'feature': 'government', 'n_target': 0, 'n_reference': 40, 'filter': ''},
     {'feature': 'city', 'n_target': 12, 'n_reference': 12, 'filter': ''},
     {'feature': 'says', 'n_target': 40, 'n_reference': 0, 'filter': 'verb of saying'},
     {'feature': 'said', 'n_target': 0, 'n_reference': 40, 'filter': 'verb of saying'}]
    >>> (table["q"] < 0.05).tolist()
    [True, True, False, False, False]
    """
    check_choice("house_style", house_style, HOUSE_STYLE_CHOICES)
    check_at_least("min_articles", min_articles, 2)
    check_share("confidence", confidence)
    if permutations:
        check_at_least("permutations", permutations, FEWEST)
    whole = matrix_of(documents, counts, choice)
    sides, inside = sides_of(whole, target, reference)
    enough = np.diff(sides.counts.indptr) >= min_articles
    matrix = sides.keep(enough)
    both = matrix.select(inside), matrix.select(~inside)
    mine, other = (side_sums(side) for side in both)

    reasons = one_article(matrix)
    if matrix.filter["level"] == "word" and house_style == "list":
        reasons = joined(word_reasons(*both, names=matrix.filter["by"] == "outlet"), reasons)
    family = np.array([reason == "" for reason in reasons], dtype=bool)
    few = min(mine.articles, other.articles) < min_articles
    if few or not len(family):
        found = untested(len(family))
    else:
        found = decide(matrix, inside, mine, other, family, permutations, seed)

    ratio = log_ratio(matrix, inside, mine, other, confidence)
    known = np.asarray(whole.counts.sum(axis=1), dtype=np.float64).ravel() / whole.words.sum()
    # A word that nothing else stands beside would leave the prior no other words.
    prior = np.minimum(known[enough], 1 - 1e-9)
    z = log_odds(
        mine.mentions, other.mentions, prior, words=mine.words, words_reference=other.words,
        prior_words=prior_words,
    ).z  # fmt: skip
    rate, rate_reference = (side.mentions * PER_WORDS / side.words for side in (mine, other))
    share, share_reference = (top_article_share(side) for side in both)
    dp, dp_reference = (deviation_of_proportions(side.counts, side.words).normalised for side in both)
    table = pd.DataFrame(
        {
            "feature": pd.Series(matrix.features.tolist(), dtype="str"),
            "n_target": mine.mentions.astype(np.int64),
            "n_reference": other.mentions.astype(np.int64),
            "articles_target": mine.articles_with.astype(np.int64),
            "articles_reference": other.articles_with.astype(np.int64),
            "rate_target": rate,
            "rate_reference": rate_reference,
            "log_ratio": ratio.ratio,
            "low": ratio.low,
            "high": ratio.high,
            "log_odds_z": z,
            "dp_target": dp,
            "dp_reference": dp_reference,
            "top_article_share": np.where(rate >= rate_reference, share, share_reference),
            "p": found.p,
            "q": benjamini_hochberg(np.where(family, found.p, np.nan)),
            "filter": pd.Series(reasons, dtype="str"),
        }
    )
    stratified = matrix.strata is not None
    absent = np.isnan(ratio.ratio) if stratified else (mine.mentions == 0) | (other.mentions == 0)
    absence = NO_RATIO if stratified else HALF
    table["note"] = _notes(table["q"].to_numpy(), found, absent, absence, min_articles if few else 0)
    differs = (table["q"] < LEVEL).to_numpy(dtype=bool)
    order = np.lexsort([matrix.features.astype(np.str_), -z, ~differs, ~family])
    table = table[list(COLUMNS)].iloc[order].reset_index(drop=True)
    table.attrs["method"] = {
        "target": target,
        "reference": reference or REST,
        "statistic": statistic(permutations, stratified=stratified),
        "permutations": permutations,
        "most_permutations": int(found.shuffles.max(initial=0)),
        "seed": seed,
        "family_size": int((~table["q"].isna()).sum()),
        "filtered": _reasons_counted(reasons),
        "below_min_articles": int((~enough).sum()),
        "correction": "Benjamini-Hochberg over the tested rows without a filter",
        "interval": STRATIFIED_RATIO if stratified else RATIO,
        "ranking": "log odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008)",
        "dispersion": "normalised DP (Gries 2008; Lijffijt and Gries 2012)",
        "confidence": confidence,
        "min_articles": min_articles,
        "house_style": house_style,
        "prior_words": min(mine.words, other.words) if prior_words is None else prior_words,
        "n_articles": len(matrix),
        "n_articles_target": mine.articles,
        "n_articles_reference": other.articles,
        "filter": matrix.filter,
    }
    return table


def _notes(
    q: NDArray[np.float64], found: SparseTest, absent: NDArray[np.bool_], absence: str, too_few: int
) -> pd.Series:
    floor = (found.shuffles > 0) & (found.p <= 1 / (found.shuffles + 1)) & (q >= LEVEL)
    without = np.isnan(found.p) & (not too_few)
    notes = []
    for i, shuffles in enumerate(found.shuffles.tolist()):
        texts = (
            (too_few, f"fewer than {too_few} articles on a side: not tested"),
            (without[i], "nothing to test: no spread, or no shared stratum"),
            (absent[i], absence),
            (floor[i], f"p is the smallest that {shuffles} permutations can give: use more to settle q"),
        )
        notes.append("; ".join(text for holds, text in texts if holds))
    return pd.Series(notes, dtype="str")


def _reasons_counted(reasons: list[str]) -> dict[str, int]:
    """Return how many words are filtered for each reason, without its details."""
    counted = Counter(reason.split(":")[0] for text in reasons for reason in text.split("; ") if reason)
    return dict(sorted(counted.items()))
