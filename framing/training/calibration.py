"""Calibration: make a chance of content mean what it says (Platt 1999)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from framing.context.labeller.labels import BEGIN
from framing.lexicon import load_default
from framing.matching import Matcher, Pattern
from framing.text.fold import fold_many
from framing.training.labelled import Labelled

_EDGE = 1e-5


def fit_mentions(articles: Labelled, content: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return slope and shift for loaded terms outside of quotation marks, shape (1, 2).

    Loaded words are somebody else's more often than words at large. Fitted on the terms of the shipped
    lexicons in the training articles, which are many.

    Parameters
    ----------
    articles
        Labelled paragraphs.
    content
        Calibrated chance of content of each word.
    """
    entries = [e for lexicon in load_default() if lexicon.kind == "framing" for e in lexicon.entries]
    matcher = Matcher([Pattern(form, n) for n, e in enumerate(entries) for form in e.surface_forms()])
    stream = articles.stream
    folded = fold_many([passage.text for passage in articles.passages])
    hits = matcher.find(folded)
    terms = {
        (number, *folded[number].span(start, end))
        for number, start, end in zip(hits.doc.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True)
    }
    odds, true, weight = [], [], []
    for number, start, end in sorted(terms):
        begin, size = int(stream.first[number]), int(stream.size[number])
        first, stop = begin + np.searchsorted(stream.start[begin : begin + size], (start, end))
        if first < stop and not stream.quote[first:stop].any():
            odds.append(float(_odds(content[first:stop].mean())))
            true.append(bool((articles.labels[first:stop] >= BEGIN).any()))
            weight.append(articles.weight[first])
    model = LogisticRegression(C=1e6).fit(np.array(odds)[:, None], true, sample_weight=weight)
    return np.array([[model.coef_[0, 0], model.intercept_[0]]], dtype=np.float16).astype(np.float32)


def fit_words(articles: Labelled, content: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return slope and shift of the log odds of content, outside and inside of quotation marks, shape (2, 2).

    Parameters
    ----------
    articles
        Labelled paragraphs.
    content
        Chance of content of each word, from a first pass that had not seen its article. (The second pass
        had; it is small, and on other articles its chances prove as reliable.)
    """
    stream = articles.stream
    odds = _odds(content)
    true = articles.labels >= BEGIN
    rows = []
    for quoted in (False, True):
        chosen = (stream.paragraph >= 0) & (stream.sign == 0) & ((stream.quote > 0) == quoted)
        model = LogisticRegression(C=1e6)
        model.fit(odds[chosen, None], true[chosen], sample_weight=articles.weight[chosen])
        rows.append((model.coef_[0, 0], model.intercept_[0]))
    return np.array(rows, dtype=np.float16).astype(np.float32)


def _odds(content: NDArray[np.float32]) -> NDArray[np.float32]:
    part = np.clip(content, _EDGE, 1 - _EDGE)
    result: NDArray[np.float32] = np.log(part / (1 - part))
    return result
