"""Candidates for new entries from a corpus: words that mark an outlet, words beside known entries.

Candidates are ranked for reading; nothing becomes an entry by itself. The third list, words that the
trained model calls loaded although no entry covers them, is made in :mod:`framing.workbench.unlisted`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.correction import benjamini_hochberg
from framing.errors import AnalysisError
from framing.lexicon import Lexicon
from framing.pipeline import Result
from framing.workbench.spotter import Spotter
from framing.workbench.words import MIN_LETTERS, NAME_SHARE, WordCounts, count_words

KEYWORD_COLUMNS = ("term", "outlet", "n", "n_articles", "z", "q", "example")
COLLOCATION_COLUMNS = ("term", "entry_id", "n", "n_articles", "g2", "pmi", "example")
PRIOR_WORDS = 500.0
"""Weight of the Dirichlet prior, in words: the whole corpus counts as much as so many more words."""
COMMON = 0.5
"""Share of the articles from which a word is a function word or house style, not a candidate."""


def keywords(
    result: Result, lexicons: Sequence[Lexicon], *, min_articles: int = 5, q: float = 0.05, top: int = 20
) -> pd.DataFrame:
    """Return the uncovered words that mark an outlet against all others.

    Ranked by the log-odds ratio with an informative Dirichlet prior (z of Monroe, Colaresi and Quinn
    2008); kept only if the article-level rates differ too (Welch's t over articles, corrected after
    Benjamini and Hochberg over all words of an outlet), because the z alone calls half of a
    random split different.

    Parameters
    ----------
    result
        A run over the corpus with its texts; duplicates and refused articles are left out.
    lexicons
        Lexicons whose words are covered already.
    min_articles
        Articles that must hold the word.
    q
        Largest q-value kept, 0 to 1.
    top
        Words kept for each outlet.

    Returns
    -------
    DataFrame
        term; outlet; n and n_articles in that outlet; z (above 0: more than elsewhere); q; example.

    Raises
    ------
    AnalysisError
        If there are fewer than two outlets with five articles, or the texts were not kept.
    """
    articles = own_articles(result)
    outlets = articles["outlet"].value_counts()
    compared = sorted(outlets.index[outlets >= 5])
    if len(compared) < 2:
        raise AnalysisError(
            "keywords need two outlets with at least five articles each", got=f"{len(compared)}",
            fix="use a larger corpus, or look at the collocations alone",
        )  # fmt: skip
    texts = articles["text"].tolist()
    words = count_words(texts, min_articles=min_articles)
    candidate = _candidates(words, lexicons)
    rows = []
    for outlet in compared:
        inside = (articles["outlet"] == outlet).to_numpy()
        z = log_odds(words, inside)
        p = article_p(words, inside)
        p[~candidate] = np.nan
        qs = benjamini_hochberg(p)
        n = _sums(words, inside)
        spread = np.bincount(words.word[inside[words.article]], minlength=len(words.vocabulary))
        kept = np.flatnonzero((qs <= q) & (z > 0) & (spread >= min_articles))
        for word in kept[np.argsort(-z[kept], kind="stable")][:top]:
            term = words.vocabulary[word]
            example = _example(term, texts, np.flatnonzero(inside))
            rows.append(
                (term, outlet, int(n[word]), int(spread[word]), float(z[word]), float(qs[word]), example)
            )
    return pd.DataFrame(rows, columns=list(KEYWORD_COLUMNS))


def log_odds(words: WordCounts, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return z of the log-odds ratio of each word, articles ``inside`` against the others.

    Monroe, B., Colaresi, M. and Quinn, K. (2008). Fightin' Words. Political Analysis 16(4), equations
    16 to 22, with the whole corpus as the prior, scaled to :data:`PRIOR_WORDS` words.
    """
    target, rest = _sums(words, inside), _sums(words, ~inside)
    everything = target + rest
    prior = PRIOR_WORDS * (everything + 0.5) / words.length.sum()
    totals = words.length[inside].sum(), words.length[~inside].sum()
    odds = [
        np.log(y + prior) - np.log(total + PRIOR_WORDS - y - prior)
        for y, total in zip((target, rest), totals, strict=True)
    ]
    spread: NDArray[np.float64] = np.sqrt(1 / (target + prior) + 1 / (rest + prior))
    z: NDArray[np.float64] = (odds[0] - odds[1]) / spread
    return z


def article_p(words: WordCounts, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the two-sided p of Welch's t between the per-article rates of each word.

    Missing where a word has no spread on either side.
    """
    from scipy.stats import t as student

    rate = words.times / words.length[words.article]
    means, variances, sizes = [], [], []
    for side in (inside, ~inside):
        here = side[words.article]
        n = int(side.sum())
        total = np.bincount(words.word[here], weights=rate[here], minlength=len(words.vocabulary))
        square = np.bincount(words.word[here], weights=rate[here] ** 2, minlength=len(words.vocabulary))
        means.append(total / n)
        variances.append(np.maximum(square - total**2 / n, 0) / max(n - 1, 1) / n)
        sizes.append(n)
    spread = variances[0] + variances[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.abs(means[0] - means[1]) / np.sqrt(spread)
        freedom = spread**2 / sum(v**2 / max(n - 1, 1) for v, n in zip(variances, sizes, strict=True))
        p: NDArray[np.float64] = 2 * student.sf(statistic, freedom)
    p[spread == 0] = np.nan
    return p


def collocations(
    result: Result, lexicons: Sequence[Lexicon], *, min_articles: int = 3, top: int = 50
) -> pd.DataFrame:
    """Return words that stand right before or after known entries more than chance has it.

    G2 and pointwise mutual information from nltk (``BigramAssocMeasures``), over pairs of a word and
    an entry; pairs that an entry covers already are left out.

    Returns
    -------
    DataFrame
        term (the two together); entry_id; n; n_articles; g2 and pmi (0: as chance); example.
    """
    from nltk.metrics.association import BigramAssocMeasures  # importing nltk takes seconds

    articles = own_articles(result).set_index("doc_id")["text"]
    words = count_words(articles.tolist(), min_articles=1)
    total = int(words.length.sum())
    frequency = dict(zip(words.vocabulary, _sums(words, np.ones(len(words.length), bool)), strict=True))
    common = {
        w for w, n in zip(words.vocabulary, words.n_articles(), strict=True) if n > COMMON * len(articles)
    }
    pairs: dict[tuple[str, str, str], list[tuple[str, int, int]]] = defaultdict(list)
    entry_n: Counter[str] = Counter()
    for doc_id, start, end, in_title, entry_id, surface in result.mentions[
        ["doc_id", "start", "end", "in_title", "entry_id", "surface"]
    ].itertuples(index=False, name=None):
        if in_title or doc_id not in articles.index:
            continue
        entry_n[entry_id] += 1
        text = articles[doc_id]
        before, after = text[max(0, start - 30) : start], text[end : end + 30]
        left = before.rsplit(None, 1)[-1].casefold() if before[-1:].isspace() and before.strip() else ""
        right = after.split(None, 1)[0].casefold() if after[:1].isspace() and after.strip() else ""
        folded = " ".join(surface.casefold().split())
        for word, term in ((left, f"{left} {folded}"), (right, f"{folded} {right}")):
            if len(word) >= MIN_LETTERS and word.isalpha() and word not in common and word in frequency:
                pairs[word, entry_id, term].append((doc_id, start, end))
    spotter = [Spotter(lexicon) for lexicon in lexicons if lexicon.kind == "framing"]
    rows = []
    for (word, entry_id, term), places in pairs.items():
        spread = len({doc_id for doc_id, _, _ in places})
        if spread < min_articles or _covers_whole(spotter, term):
            continue
        marginals = (len(places), (max(int(frequency[word]), len(places)), entry_n[entry_id]), total)
        pmi = BigramAssocMeasures.pmi(*marginals)
        if pmi <= 0:
            continue
        g2 = BigramAssocMeasures.likelihood_ratio(*marginals)
        doc_id, start, end = places[0]
        line = " ".join(articles[doc_id][max(0, start - 50) : end + 50].split())
        rows.append((term, entry_id, len(places), spread, float(g2), float(pmi), line))
    table = pd.DataFrame(rows, columns=list(COLLOCATION_COLUMNS))
    return table.sort_values(["g2", "term"], ascending=[False, True]).head(top).reset_index(drop=True)


def own_articles(result: Result) -> pd.DataFrame:
    """Return the scored articles that are no copies, with their texts."""
    if result.texts.empty and len(result.documents):
        raise AnalysisError("suggestions need the texts", got="a result without texts",
                            fix="score the corpus again without --no-texts")  # fmt: skip
    kept = result.documents[(result.documents["n_words"] > 0) & (result.documents["duplicate_of"] == "")]
    return kept[["doc_id", "outlet"]].merge(result.texts, on="doc_id", how="inner")


def _candidates(words: WordCounts, lexicons: Sequence[Lexicon]) -> NDArray[np.bool_]:
    """Say which words may be suggested: no names, no words of the entries, not in half of the articles."""
    covered = np.zeros(len(words.vocabulary), dtype=np.bool_)
    for lexicon in lexicons:
        covered |= np.array([bool(hits) for hits in Spotter(lexicon).raw(words.vocabulary)], dtype=np.bool_)
    rare = words.n_articles() <= COMMON * len(words.length)
    return ~covered & rare & (words.capital < NAME_SHARE)


def _sums(words: WordCounts, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    here = inside[words.article]
    weights = words.times[here]
    return np.bincount(words.word[here], weights=weights, minlength=len(words.vocabulary)).astype(np.float64)


def _covers_whole(spotters: Sequence[Spotter], term: str) -> bool:
    return any(s.span == (0, len(term)) for spotter in spotters for s in spotter.spot([term])[0])


def _example(term: str, texts: Sequence[str], where: NDArray[np.int64]) -> str:
    for article in where.tolist():
        at = texts[article].casefold().find(term)
        if at >= 0:
            return " ".join(texts[article][max(0, at - 50) : at + len(term) + 50].split())
    return ""
