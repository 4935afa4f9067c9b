"""Words that the trained model calls loaded although no entry covers them: candidates for new entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.lexicon import Lexicon
from framing.pipeline import Result
from framing.scoring.loaded.sentence_store import shipped_sentences
from framing.scoring.loaded.sentence_words import PLAIN, read_sentences
from framing.scoring.loaded.sentences import SentenceModel, content
from framing.text.fold import fold
from framing.text.sentences import paragraphs, sentences
from framing.workbench.spotter import Spotter
from framing.workbench.suggest import own_articles
from framing.workbench.words import MIN_LETTERS, NAME_SHARE

UNLISTED_COLUMNS = ("term", "n", "n_articles", "p", "example")
MIN_ARTICLES = 3
BOUND = 0.5
"""Share of the places of one of its words from which two words are a phrase."""
AROUND = 50
"""Characters of the example on both sides."""

_AT_ONCE = 200
"""Articles that are read together."""

_SPOTTED = 100
"""Terms that are looked up in the lexicons together."""

_MIX = np.uint64(0x9E3779B97F4A7C15)


class _Terms(NamedTuple):
    """Places of words, and of pairs of words (``left`` and ``right``), one row each."""

    term: NDArray[np.uint64]
    left: NDArray[np.uint64]
    right: NDArray[np.uint64]
    chance: NDArray[np.float64]
    name: NDArray[np.bool_]
    article: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> _Terms:
        return _Terms(*(column[rows] for column in self))  # type: ignore[arg-type]


def unlisted(
    result: Result,
    lexicons: Sequence[Lexicon],
    top: int = 50,
    *,
    min_articles: int = MIN_ARTICLES,
    model: SentenceModel | None = None,
) -> pd.DataFrame:
    """Return words and phrases of two words that no entry covers, likely to be loaded where they stand.

    Parameters
    ----------
    result
        A run over the corpus with its texts; duplicates and refused articles are left out.
    lexicons
        Lexicons whose words are covered already.
    top
        Rows returned.
    min_articles
        Articles that must hold the term.
    model
        The model of sentences and words; the one that ships if left out.

    Returns
    -------
    DataFrame
        term; n and n_articles; p, the mean chance of its words to be loaded, 0 to 1, over all places of the
        term; example, the place with the highest chance. A phrase is listed only if it makes up half of the
        places of one of its words. Names (words that mostly have a capital) are not.

    Raises
    ------
    AnalysisError
        If the texts were not kept.
    """
    articles = own_articles(result)
    texts = articles["text"].tolist()
    covered = _covered(result, articles["doc_id"].tolist())
    places = list(_places(texts, covered, model or shipped_sentences()))
    if not places:
        return pd.DataFrame(columns=list(UNLISTED_COLUMNS))
    every = _Terms(*(np.concatenate(column) for column in zip(*places, strict=True)))
    kinds, first, number = np.unique(every.term, return_index=True, return_inverse=True)
    n = np.bincount(number)
    p = np.bincount(number, weights=every.chance) / n
    pairs = np.unique(number * np.int64(len(texts)) + every.article)
    spread = np.bincount(pairs // len(texts), minlength=len(kinds))
    named = np.bincount(number, weights=every.name) / n >= NAME_SHARE
    kept = (spread >= min_articles) & ~named & ~_weak_phrase(every.take(first), kinds, n, named)
    ranked = np.flatnonzero(kept)
    ranked = ranked[np.lexsort((kinds[ranked], -p[ranked]))]
    examples = every.take(_loudest(number, every.chance)[ranked])
    rows: list[tuple[str, int, int, float, str]] = []
    for row, term in _unknown(examples, texts, [Spotter(lexicon) for lexicon in lexicons]):
        if len(rows) == top:
            break
        kind = ranked[row]
        text = texts[examples.article[row]]
        line = text[max(0, examples.start[row] - AROUND) : examples.end[row] + AROUND]
        rows.append((term, int(n[kind]), int(spread[kind]), float(p[kind]), " ".join(line.split())))
    return pd.DataFrame(rows, columns=list(UNLISTED_COLUMNS))


def _loudest(number: NDArray[np.int64], chance: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the place of each term with the highest chance, the first of them if there are several."""
    order = np.lexsort((-chance, number))
    _, first = np.unique(number[order], return_index=True)
    found: NDArray[np.int64] = order[first]
    return found


def _unknown(places: _Terms, texts: Sequence[str], spotters: Sequence[Spotter]) -> Iterator[tuple[int, str]]:
    """Yield the number and the folded words of each place in which no lexicon finds anything.

    Some are looked at together: few are wanted of many, and one at a time takes ten times as long.
    """
    for begin in range(0, len(places.article), _SPOTTED):
        rows = range(begin, min(begin + _SPOTTED, len(places.article)))
        terms = [texts[places.article[row]][places.start[row] : places.end[row]] for row in rows]
        folded = [" ".join(fold(term).text().split()) for term in terms]
        # Raw hits: a word that an exception of an entry names has been thought of as well.
        found = [spotter.raw(folded) for spotter in spotters]
        for at, row in enumerate(rows):
            if not any(hits[at] for hits in found):
                yield row, folded[at]


def _weak_phrase(
    first: _Terms, kinds: NDArray[np.uint64], n: NDArray[np.int64], named: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Say which terms are phrases that hold a name, or whose words mostly stand apart."""
    left, right = (np.searchsorted(kinds, side) for side in (first.left, first.right))  # both are terms too
    loose = n < BOUND * np.minimum(n[left], n[right])
    weak: NDArray[np.bool_] = (left != right) & (named[left] | named[right] | loose)
    return weak


def _covered(result: Result, doc_ids: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Return the spans of the mentions of each article, in order."""
    body = result.mentions[~result.mentions["in_title"]]
    spans: dict[str, list[tuple[int, int]]] = {}
    for doc_id, start, end in zip(*(body[c].tolist() for c in ("doc_id", "start", "end")), strict=True):
        spans.setdefault(doc_id, []).append((start, end))
    return [sorted(spans.get(doc_id, ())) for doc_id in doc_ids]


def _places(
    texts: Sequence[str], covered: Sequence[list[tuple[int, int]]], model: SentenceModel
) -> Iterator[_Terms]:
    """Yield the places of content words that no mention covers, and of two of them in a row."""
    for begin in range(0, len(texts), _AT_ONCE):
        batch = range(begin, min(begin + _AT_ONCE, len(texts)))
        found = [(i, *s) for i in batch for line in paragraphs(texts[i]) for s in sentences(texts[i], line)]
        words = read_sentences([texts[i][start:end] for i, start, end in found])
        which, offset = (np.array([row[c] for row in found], dtype=np.int64) for c in (0, 1))
        article = which[words.sentence] if found else words.sentence
        start, end = (e + offset[words.sentence] if found else e for e in (words.start, words.end))
        chance = model.word_chances(words)
        free = content(words, model.vocabulary.rows(words.hash)) & (words.end - words.start >= MIN_LETTERS)
        for i in batch:
            low, high = np.searchsorted(article, [i, i + 1]).tolist()
            free[low:high] &= ~_touched(start[low:high], end[low:high], covered[i])
        name = words.shape != PLAIN
        at = np.flatnonzero(free)
        own = words.hash[at]
        yield _Terms(own, own, own, chance[at], name[at], article[at], start[at], end[at])
        a = np.flatnonzero(free[:-1] & free[1:] & (words.sentence[:-1] == words.sentence[1:])
                           & (words.hash[:-1] != words.hash[1:]))  # fmt: skip
        b = a + 1
        pair = (words.hash[a] * np.uint64(3)) ^ (words.hash[b] * _MIX)
        yield _Terms(
            pair ^ (pair >> np.uint64(31)), words.hash[a], words.hash[b], (chance[a] + chance[b]) / 2,
            name[a] | name[b], article[a], start[a], end[b],
        )  # fmt: skip


def _touched(
    start: NDArray[np.int64], end: NDArray[np.int64], spans: Sequence[tuple[int, int]]
) -> NDArray[np.bool_]:
    """Say which words share a character with one of the spans, which are in order of their start."""
    if not spans:
        return np.zeros(len(start), dtype=np.bool_)
    first, stop = np.array(spans, dtype=np.int64).T
    reached = np.concatenate([[-1], np.maximum.accumulate(stop)])
    touched: NDArray[np.bool_] = reached[np.searchsorted(first, end)] > start
    return touched
