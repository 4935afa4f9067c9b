"""Labelled articles as words: a label, a group and a weight for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller.labels import BEGIN, CUE, INSIDE, SOURCE
from framing.context.labeller.passages import passages_of, pieces
from framing.context.labeller.stream import Ints, Passage, Stream, read_stream
from framing.context.quotes import find_quotes
from framing.records import Span
from framing.text.clean import find_removals, kept_spans
from framing.text.sentences import paragraphs
from framing.training.gold import GoldArticle, GoldAttribution


class Labelled(NamedTuple):
    """Paragraphs with a label for each word, the group of its article, and its weight in training."""

    passages: list[Passage]
    stream: Stream
    labels: Ints
    article: Ints
    weight: NDArray[np.float64]


def labelled(
    articles: Sequence[GoldArticle],
    weights: Sequence[float] | None = None,
    groups: Sequence[int] | None = None,
) -> Labelled:
    """Put the labels of the articles on the words of their paragraphs, titles included.

    Articles of one group (one by one if left out) never stand on both sides of a fold.
    """
    passages: list[Passage] = []
    gold: list[tuple[int, tuple[GoldAttribution, ...]]] = []
    owner: list[int] = []
    for number, article in enumerate(articles):
        for text, spans, attributions in _parts(article):
            quotes = find_quotes(text, spans).quotes
            spans = pieces(text, spans)
            passages += passages_of(text, spans, quotes)
            gold += [(span.start, attributions) for span in spans]
            owner += [number] * len(spans)
    stream = read_stream(passages)
    labels = np.zeros(len(stream.hash), dtype=np.int64)
    for number, (offset, attributions) in enumerate(gold):
        begin, size = int(stream.first[number]), int(stream.size[number])
        view = labels[begin : begin + size]
        starts = stream.start[begin : begin + size] + offset
        for label, span in _marks(attributions):
            low, high = np.searchsorted(starts, span).tolist()
            view[low:high] = INSIDE if label == BEGIN else label
            if label == BEGIN and low < high:
                view[low] = BEGIN
    article_of = np.array([*owner, 0])[stream.paragraph]
    group = np.arange(len(articles)) if groups is None else np.asarray(groups)
    weight = np.ones(len(articles)) if weights is None else np.asarray(weights, dtype=np.float64)
    return Labelled(passages, stream, labels, group[article_of], weight[article_of])


def _parts(article: GoldArticle) -> Iterator[tuple[str, list[Span], tuple[GoldAttribution, ...]]]:
    document = article.document
    removals = find_removals(document.text, outlet=document.outlet, title=document.title)
    yield document.text, kept_spans(document.text, removals), article.in_text
    if document.title.strip():
        yield document.title, paragraphs(document.title), article.in_title


def _marks(attributions: Sequence[GoldAttribution]) -> Iterator[tuple[int, Span]]:
    """Yield what to label in order: content last, it wins over a source or cue inside of it."""
    for attribution in attributions:
        yield from ((SOURCE, span) for span in attribution.source)
        yield from ((CUE, span) for span in attribution.cue)
    for attribution in attributions:
        yield from ((BEGIN, span) for span in attribution.content)
