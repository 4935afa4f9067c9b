"""Copies of articles as some corpora hold them: without commas, apostrophes and quotation marks."""

from __future__ import annotations

import numpy as np

from framing.records import Document, Span
from framing.training.gold import GoldArticle, GoldAttribution

LOST = frozenset(",'’‘\"“”")


def stripped(article: GoldArticle) -> GoldArticle:
    """Return the article without the signs of :data:`LOST`, its labels moved along.

    Examples
    --------
    >>> one = GoldArticle(Document("a", "He's ill, they say."),
    ...                   (GoldAttribution((Span(10, 14),), (Span(15, 18),), (Span(0, 8),)),))
    >>> copy = stripped(one)
    >>> copy.document.text, copy.in_text[0].content
    ('Hes ill they say.', (Span(start=0, end=7),))
    """
    document = article.document
    text, in_text = _without(document.text, article.in_text)
    title, in_title = _without(document.title, article.in_title)
    return GoldArticle(
        Document(document.doc_id, text, document.outlet, document.published, title), in_text, in_title
    )


def _without(text: str, attributions: tuple[GoldAttribution, ...]) -> tuple[str, tuple[GoldAttribution, ...]]:
    kept = np.array([char not in LOST for char in text], dtype=np.int64)
    place = np.concatenate([[0], np.cumsum(kept)])
    moved = [
        GoldAttribution(*(tuple(Span(int(place[s]), int(place[e])) for s, e in part) for part in attribution))
        for attribution in attributions
    ]
    return "".join(char for char in text if char not in LOST), tuple(moved)
