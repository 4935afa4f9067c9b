"""What a whole article tells about its short quotations: how it uses the marks, and where the words recur.

One outlet puts every other term in quotation marks to keep its distance, another quotes whole sentences of
sources and a word of theirs now and then. A phrase that also stands unquoted is hardly a scare quote; one
that stands in a long quotation as well is likely a word of that source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log, log1p

import numpy as np
from numpy.typing import NDArray

from framing.context import recurring
from framing.context.quotes import QuoteScan
from framing.context.recurring import LONG, OWN, REMOVED, SHORT, Recurrence
from framing.context.shortquotes import LONGEST
from framing.context.word_groups import GROUPS, count_groups
from framing.records import Span
from framing.text.fold import fold
from framing.text.tokens import tokenise
from framing.text.words import words_in

FEWEST = 40
"""A text with fewer words of its own (a headline) has no habits; nothing is told about its quotations."""

_SINGLE_MARKS, _DOUBLED = "'‘’`‚‛´", ("''", "``")

_TONE = tuple(
    GROUPS.index(name)
    for name in ("i", "we", "you", "speech", "opinion", "hedge", "that", "present", "past", "negation")
)
_NEAR, _AROUND = 25, 1_500
"""Characters within which another short quotation is beside this one, or around it."""

N_FEATURES = 10 + len(_TONE) + 11 + recurring.N_FEATURES


@dataclass(frozen=True, slots=True, eq=False)
class ArticleQuotes:
    """The outer quotations of a text in order, its paragraphs, and what both have in common.

    ``habits`` are the features that all quotations share; there are none in a text that is too short.
    """

    begin: list[int]
    end: list[int]
    words: list[list[int]]
    short_begin: list[int]
    short_end: list[int]
    short_before: list[int]
    single: list[bool]
    paragraphs: Sequence[Span]
    starts: list[int]
    habits: tuple[float, ...]
    recurrence: Recurrence | None

    def features(self, span: Span) -> NDArray[np.float32]:
        """Return the features of one of the short quotations; all NaN if the text is too short.

        What a quotation gets does not depend on which others are asked for.
        """
        if self.recurrence is None:
            return np.full(N_FEATURES, np.nan, dtype=np.float32)
        own = bisect_right(self.begin, span.start) - 1
        first, stop = self.words[own]
        again = self.recurrence.features(first, stop) if stop > first else [0.0] * recurring.N_FEATURES
        return np.array([*self.habits, *self._place(own), *again], dtype=np.float32)

    def _place(self, own: int) -> list[float]:
        """Tell where a quotation stands in the text, and what other quotations stand around it."""
        start = self.begin[own]
        number = bisect_right(self.starts, start) - 1
        low, high = self.paragraphs[number]
        last = len(self.paragraphs) - 1
        inside = range(bisect_left(self.begin, low), bisect_left(self.begin, high))
        first, stop = inside.start, inside.stop
        n_short = self.short_before[stop] - self.short_before[first]
        single = float(self.single[own])
        return [
            single,
            abs(single - self.habits[0]),
            number / max(1, last),
            float(number == 0),
            float(number < 3),
            float(number >= last - 1),
            (high - low) / 1000,
            float(n_short > 1),
            float(n_short < stop - first),
            float(self._short_within(own, _NEAR) > 0),
            float(self._short_within(own, _AROUND)),
        ]

    def _short_within(self, own: int, distance: int) -> int:
        """Count the other short quotations that many characters or fewer away; outer ones never overlap."""
        begins_before = bisect_left(self.short_begin, self.end[own] + distance)
        ended_before = bisect_right(self.short_end, self.begin[own] - distance)
        return max(begins_before - ended_before - 1, 0)


def is_single(text: str, at: int) -> bool:
    """Tell whether the mark at a place is a single one; two apostrophes are a double mark."""
    return text[at] in _SINGLE_MARKS and text[at : at + 2] not in _DOUBLED


def read_article(text: str, paragraphs: Sequence[Span], scan: QuoteScan) -> ArticleQuotes:
    """Look at the words and quotations of a text; only its paragraphs count."""
    folded = fold(text)
    tokens = tokenise(folded.codes, folded.word)
    start = tokens.start if folded.origin is None else folded.origin[tokens.start]
    outer = [quote for quote in scan.quotes if quote.depth == 0]
    words = words_in(start, [quote.span for quote in outer]).tolist()
    short = [
        stop - first <= LONGEST and not quote.continued
        for (first, stop), quote in zip(words, outer, strict=True)
    ]
    state = np.full(len(start), REMOVED, dtype=np.int8)
    for first, stop in words_in(start, paragraphs).tolist():
        state[first:stop] = OWN
    for (first, stop), is_short in zip(words, short, strict=True):
        state[first:stop] = SHORT if is_short else LONG
    begin = [quote.span.start for quote in outer]
    single = [is_single(text, at) for at in begin]
    chosen = [quote for quote, is_short in zip(outer, short, strict=True) if is_short]
    capital = [text[quote.inner.start : quote.inner.start + 1].isupper() for quote in chosen]
    habits: tuple[float, ...] = ()
    recurrence = None
    if np.count_nonzero(state == OWN) >= FEWEST:
        # A quotation of nothing but signs has no first word.
        firsts = [
            first for (first, stop), is_short in zip(words, short, strict=True) if is_short and first < stop
        ]
        recurrence = Recurrence(tokens.hash, state, firsts)
        habits = _habits(state, count_groups(recurrence.unquoted), single, capital, len(paragraphs))
    return ArticleQuotes(
        begin, [quote.span.end for quote in outer], words,
        [quote.span.start for quote in chosen], [quote.span.end for quote in chosen],
        [0, *accumulate(short)], single, paragraphs, [span.start for span in paragraphs], habits, recurrence,
    )  # fmt: skip


def _habits(
    state: NDArray[np.int8], counts: list[int], single: list[bool], capital: list[bool], paragraphs: int
) -> tuple[float, ...]:
    """Return how the text as a whole quotes and speaks; rates are for a hundred words of its own."""
    where = np.bincount(state, minlength=4).tolist()
    n, n_quotes, n_short = where[OWN], len(single), len(capital)
    return (
        sum(single) / max(1, n_quotes),
        1000 * n_short / n,
        1000 * (n_quotes - n_short) / n,
        log1p(n_short),
        log1p(n_quotes - n_short),
        n_short / max(1, n_quotes),
        (where[SHORT] + where[LONG]) / sum(where[OWN:]),
        sum(capital) / max(1, n_short),
        log(n),
        100 * paragraphs / n,
        *(100 * counts[group] / n for group in _TONE),
    )
