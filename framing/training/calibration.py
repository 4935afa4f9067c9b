"""Calibration: make a chance of content mean what it says (Platt 1999)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from framing.context.labeller.label import Labeller
from framing.context.labeller.labels import BEGIN, INSIDE
from framing.context.labeller.passages import passages_of, pieces
from framing.context.quotes import find_quotes
from framing.lexicon import load_default
from framing.matching import Matcher, Pattern
from framing.text.clean import find_removals, kept_spans
from framing.text.fold import fold
from framing.training.attribution import Labelled
from framing.training.gold import GoldArticle

_EDGE = 1e-5


def fit_mentions(labeller: Labeller, articles: Sequence[GoldArticle]) -> NDArray[np.float32]:
    """Return slope and shift for loaded terms outside of quotation marks.

    Loaded words are somebody else's more often than words at large. Fitted on the mentions of the shipped
    lexicons in articles that the labeller was not trained on.
    """
    entries = [e for lexicon in load_default() if lexicon.kind == "framing" for e in lexicon.entries]
    matcher = Matcher([Pattern(form, n) for n, e in enumerate(entries) for form in e.surface_forms()])
    odds, true = [], []
    for article in articles:
        text = article.document.text
        folded = fold(text)
        hits = matcher.find([folded])
        spans = kept_spans(text, find_removals(text, outlet=article.document.outlet))
        quotes = find_quotes(text, spans).quotes
        spans = pieces(text, spans)
        ends = [span.end for span in spans]
        labels = labeller.label(passages_of(text, spans, quotes))
        content = [c for a in article.in_text for c in a.content]
        for start, end in sorted(
            {folded.span(*hit) for hit in zip(hits.start.tolist(), hits.end.tolist(), strict=True)}
        ):
            number = bisect_right(ends, start)
            if number == len(spans) or spans[number].start > start:
                continue
            own, offset = labels[number], spans[number].start
            first, stop = np.searchsorted(own.start, (start - offset, end - offset)).tolist()
            if first < stop and not own.quote[first:stop].any():
                mean = float(np.clip(own.content[first:stop].mean(), _EDGE, 1 - _EDGE))
                odds.append(np.log(mean / (1 - mean)))
                true.append(any(c.start < end and start < c.end for c in content))
    model = LogisticRegression(C=1e6).fit(np.array(odds)[:, None], true)
    return np.array([[model.coef_[0, 0], model.intercept_[0]]], dtype=np.float16).astype(np.float32)


def fit_platt(labeller: Labeller, articles: Labelled) -> NDArray[np.float32]:
    """Return slope and shift of the log odds of content, outside and inside of quotation marks.

    Fitted on articles that the labeller was not trained on; every word counts once.
    """
    stream = articles.stream
    chances, _ = labeller.chances(stream)
    content = np.clip(chances[:, BEGIN] + chances[:, INSIDE], _EDGE, 1 - _EDGE)
    odds = np.log(content / (1 - content))
    true = (articles.labels == BEGIN) | (articles.labels == INSIDE)
    rows = []
    for quoted in (False, True):
        chosen = (stream.paragraph >= 0) & (stream.sign == 0) & ((stream.quote > 0) == quoted)
        model = LogisticRegression(C=1e6).fit(odds[chosen, None], true[chosen])
        rows.append((model.coef_[0, 0], model.intercept_[0]))
    return np.array(rows, dtype=np.float16).astype(np.float32)
