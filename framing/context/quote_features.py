"""Features of short quotations: the words in and around the marks, what the labeller says, the article.

All quotations of a block are looked at together, a window of words and signs around each; what one gets
does not depend on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context import article_quotes
from framing.context.article_quotes import ArticleQuotes, is_single
from framing.context.labeller import BEGIN, CUE, INSIDE, SOURCE
from framing.context.labeller.label import Labels
from framing.context.labeller.lexical import DIMENSIONS, Lexical
from framing.context.shortquotes import LONGEST
from framing.context.word_groups import BESIDE, GROUPS, groups_of
from framing.records import Span
from framing.text.tokens import Ints

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

_SIDE, _INNER = 24, 12
"""Words and signs that are looked at on either side, and inside of the marks."""

_LABELLED, _SURFACE = 21, 17
_PLACES = 5
_THOUSAND = 1000

SIZES = {
    "labelled": _LABELLED,
    "surface": _SURFACE,
    "groups": 7 * len(BESIDE) + GROUPS.index("negation") + 6,
    "vectors": 6 * DIMENSIONS,
    "article": article_quotes.N_FEATURES,
}
"""How many features there are of each kind, in order."""


class ShortQuote(NamedTuple):
    """A short quotation: its words in the labels (the marks are the first and the last), its characters.

    ``offset`` is where its paragraph starts in the text.
    """

    first: int
    stop: int
    text: str
    offset: int
    span: Span
    article: ArticleQuotes


class _Windows(NamedTuple):
    """Words before, after and inside of each quotation, a row each, and which of them count.

    ``before`` begins with the nearest word; words beyond the sentence do not count.
    """

    before: Ints
    after: Ints
    inner: Ints
    is_before: Bools
    is_after: Bools
    is_inner: Bools


def quote_features(labels: Labels, quotes: Sequence[ShortQuote], lexical: Lexical) -> Floats:
    """Return one row of features for each short quotation of a block of labels."""
    windows = _windows(labels, quotes)
    parts = [
        _labelled(labels, windows),
        _surface(labels, quotes, windows),
        _groups(labels, windows),
        _vectors(labels, windows, lexical),
        np.stack([quote.article.features(quote.span) for quote in quotes]),
    ]
    return np.hstack(parts).astype(np.float32)


def _windows(labels: Labels, quotes: Sequence[ShortQuote]) -> _Windows:
    first = np.array([quote.first for quote in quotes])[:, None]
    stop = np.array([quote.stop for quote in quotes])[:, None]
    sentence = labels.sentence[first[:, 0]]
    low = np.searchsorted(labels.sentence, sentence)[:, None]
    high = np.searchsorted(labels.sentence, sentence, side="right")[:, None]
    before, after = first - 1 - np.arange(_SIDE), stop + np.arange(_SIDE)
    inner = first + np.arange(_INNER)
    last = len(labels.sign) - 1
    is_inner = (inner < stop) & (labels.sign[inner.clip(max=last)] == 0)
    return _Windows(
        before.clip(min=0), after.clip(max=last), inner.clip(max=last), before >= low, after < high, is_inner
    )


def _mean(values: NDArray[np.generic], chosen: Bools) -> Floats:
    # Whole thousandths add up to the same sum in any order.
    whole = np.rint(values.astype(np.float32) * _THOUSAND).astype(np.int64) * chosen
    found: Floats = (whole.sum(1) / (np.maximum(1, chosen.sum(1)) * _THOUSAND)).astype(np.float32)
    return found


def _labelled(labels: Labels, w: _Windows) -> Floats:
    """Tell what the labeller says about the words inside, beside and around."""
    content = (labels.label == BEGIN) | (labels.label == INSIDE)
    cue, source = labels.label == CUE, labels.label == SOURCE
    near_before, near_after = w.is_before[:, :4], w.is_after[:, :4]
    sides = np.hstack([w.before, w.after]), np.hstack([w.is_before, w.is_after])
    n_inner = w.is_inner.sum(1)
    columns = [
        _mean(labels.content[w.inner], w.is_inner),
        _mean(labels.content[w.before[:, :5]], w.is_before[:, :5]),
        _mean(labels.content[w.after[:, :5]], w.is_after[:, :5]),
        _mean(content[w.inner], w.is_inner),
        content[w.before[:, 0]] & w.is_before[:, 0],
        content[w.after[:, 0]] & w.is_after[:, 0],
        *(n_inner == n for n in range(1, LONGEST + 1)),
        ~w.is_before[:, 0],
        ~w.is_after[:, 1],
        (source[sides[0]] & sides[1]).any(1),
        (cue[sides[0]] & sides[1]).any(1),
        (cue[w.before[:, :4]] & near_before).any(1),
        (source[w.before[:, :4]] & near_before).any(1),
        (cue[w.after[:, :4]] & near_after).any(1),
        (source[w.after[:, :4]] & near_after).any(1),
        ((labels.quote[sides[0]] > 0) & sides[1]).any(1),
        (w.is_before.sum(1) + w.is_after.sum(1)) / 30,
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _surface(labels: Labels, quotes: Sequence[ShortQuote], w: _Windows) -> Floats:
    """Tell what letters and signs say: capitals, stops inside, the sign that follows."""
    sign = np.where(w.is_after[:, 0], labels.sign[w.after[:, 0]], ord("."))
    sign_before = np.where(w.is_before[:, 0], labels.sign[w.before[:, 0]], 0)
    rows = []
    for quote, after, before in zip(quotes, sign.tolist(), sign_before.tolist(), strict=True):
        text, (start, end) = quote.text, quote.span
        surface = text[start:end]
        words = surface.strip("'‘’`\"“”«»").split()
        capital = [word[:1].isupper() for word in words] or [False]
        lead = text[max(0, start - 14) : start].lower()
        rows.append(
            (
                all(capital),
                any(capital[1:]),
                capital[0],
                surface[:-1].rstrip("'’\"”»")[-1:] in (".", ",", "!", "?", "…"),
                is_single(text, start),
                after == 0,
                after in (ord(","), ord("."), ord(";"), ord("!"), ord("?")),
                after in (ord("("), ord("-"), ord(")")),
                before > 0,
                before == ord("("),
                before == ord(","),
                after == ord(","),
                "so-called" in lead,
                lead[-3:] in ("'s ", "’s "),
                any(c.isdigit() for c in surface),
                len(surface) > 2 and surface[1:-1].islower(),
                text[end : end + 1] == " " and text[end + 1 : end + 2].islower(),
            )
        )
    return np.array(rows, dtype=np.float32)


def _beside(w: _Windows) -> tuple[int, Ints, Bools]:
    """Return the two words before, the one after, the first and the last inside."""
    rows = np.arange(len(w.inner))
    first = w.is_inner.argmax(1)
    last = _INNER - 1 - w.is_inner[:, ::-1].argmax(1)
    places = [w.before[:, 1], w.before[:, 0], w.after[:, 0], w.inner[rows, first], w.inner[rows, last]]
    some = w.is_inner.any(1)
    counted = [w.is_before[:, 1], w.is_before[:, 0], w.is_after[:, 0], some, some]
    return len(rows), np.stack(places, axis=1), np.stack(counted, axis=1)


def _groups(labels: Labels, w: _Windows) -> Floats:
    """Tell which groups of words stand beside, around and inside."""
    before = _groups_in(labels, w.before, w.is_before)
    after = _groups_in(labels, w.after, w.is_after)
    inner = _groups_in(labels, w.inner, w.is_inner)
    around, of = slice(len(BESIDE)), GROUPS.index
    first = np.take_along_axis(inner, w.is_inner.argmax(1)[:, None, None], axis=1)[:, 0]
    nearest = [before[:, 0], before[:, 1], before[:, 2], after[:, 0], after[:, 1]]
    columns = [
        *(part[:, around] for part in nearest),
        (_some(before) | _some(after))[:, around],
        _some(before[:, :6, around]),
        first[:, : of("negation") + 1],
        _some(inner[:, :, of("be")])[:, None],
        _some(_some(inner[:, :, [of("i"), of("we"), of("you")]]))[:, None],
        _some((labels.sign[w.after] == ord("?")) & w.is_after)[:, None],
        before[:, :1, of("and")],
        after[:, :1, of("and")],
    ]
    return np.hstack(columns).astype(np.float32)


def _some(flags: Bools) -> Bools:
    found: Bools = np.logical_or.reduce(flags, axis=1)
    return found


def _groups_in(labels: Labels, words: Ints, counted: Bools) -> Bools:
    found = groups_of(labels.hash[words])
    found &= counted[:, :, None]
    return found


def _vectors(labels: Labels, w: _Windows, lexical: Lexical) -> Floats:
    """Return the vectors of the words beside, and the mean of those inside and around."""
    rows, places, counted = _beside(w)
    every = [places, w.inner, w.before, w.after]
    flags = [counted, w.is_inner, w.is_before, w.is_after]
    chosen = np.hstack(flags)
    found = lexical.vectors_of(labels.hash[np.hstack(every)].ravel()).reshape(DIMENSIONS, rows, -1) * chosen
    inner, sides = slice(_PLACES, _PLACES + _INNER), slice(_PLACES + _INNER, None)
    columns = [found[:, :, place] for place in (0, 1, 2, 4)]
    for part in (inner, sides):
        # Vectors are in 128ths, and their sums are exact in any order.
        columns.append(found[:, :, part].sum(2) / np.maximum(1, chosen[:, part].sum(1)).astype(np.float32))
    return np.concatenate(columns).T
