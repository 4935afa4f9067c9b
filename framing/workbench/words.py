"""Words of a corpus by article: what ``suggest`` counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.text.fold import fold
from framing.text.words import word_edges

MIN_LETTERS = 4
"""Shorter words are almost all function words and abbreviations."""
NAME_SHARE = 0.7
"""Share of occurrences with a capital from which a word is taken for a name."""


class WordCounts(NamedTuple):
    """Counts of words by article (coordinates), and what is known of each word.

    ``article[i]``, ``word[i]``, ``times[i]`` say that a word stands so many times in an article;
    ``length`` is the number of words of each article; ``capital`` the share of each word's
    occurrences that begin with a capital.
    """

    vocabulary: tuple[str, ...]
    article: NDArray[np.int64]
    word: NDArray[np.int64]
    times: NDArray[np.float64]
    length: NDArray[np.float64]
    capital: NDArray[np.float64]

    def n_articles(self) -> NDArray[np.int64]:
        """Return in how many articles each word stands."""
        return np.bincount(self.word, minlength=len(self.vocabulary))


def count_words(texts: Sequence[str], *, min_articles: int) -> WordCounts:
    """Count the folded words of at least four letters that stand in at least ``min_articles`` texts.

    Examples
    --------
    >>> counted = count_words(["Brutal rulers, brutal men.", "A brutal day in Damascus"], min_articles=2)
    >>> counted.vocabulary, counted.times.tolist(), counted.length.tolist()
    (('brutal',), [2.0, 1.0], [4.0, 5.0])
    """
    by_article: list[Counter[str]] = []
    lengths = []
    capitals: dict[str, int] = defaultdict(int)
    spread: Counter[str] = Counter()
    for text in texts:
        counter, length = _words(text, capitals)
        by_article.append(counter)
        lengths.append(length)
        spread.update(counter.keys())
    vocabulary = tuple(sorted(w for w, n in spread.items() if n >= min_articles))
    number = {word: index for index, word in enumerate(vocabulary)}
    cells = [
        (article, number[word], count)
        for article, counter in enumerate(by_article)
        for word, count in counter.items()
        if word in number
    ]
    table = np.array(cells, dtype=np.int64).reshape(-1, 3)
    total = np.bincount(table[:, 1], weights=table[:, 2], minlength=len(vocabulary))
    return WordCounts(
        vocabulary,
        table[:, 0],
        table[:, 1],
        table[:, 2].astype(np.float64),
        np.array(lengths, dtype=np.float64),
        np.array([capitals[w] for w in vocabulary], dtype=np.float64) / np.maximum(total, 1),
    )


def _words(text: str, capitals: dict[str, int]) -> tuple[Counter[str], int]:
    folded = fold(text)
    string = folded.text()
    start, end = word_edges(folded.codes, folded.word)
    counter: Counter[str] = Counter()
    for first, last in zip(start.tolist(), end.tolist(), strict=True):
        word = string[first:last]
        if last - first < MIN_LETTERS or not word.isalpha():
            continue
        counter[word] += 1
        if text[folded.span(first, last).start].isupper():
            capitals[word] += 1
    return counter, len(start)
