"""Train the model of short quotations on our own readings of them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from framing.context.labeller.label import Labeller
from framing.context.labeller.passages import passages_of, pieces
from framing.context.quotes import find_quotes
from framing.context.shortquotes import CLASSES, ShortQuoteWeights, quote_features
from framing.corpus.outside import data_file
from framing.corpus.read import read_corpus
from framing.errors import InputError
from framing.provenance import digest
from framing.records import Span
from framing.resources import reading_file
from framing.text.sentences import paragraphs

HELD_BACK = 3
"""Of the quotations read twice, those of one document in so many are held back (digest of its id)."""


class ReadQuotes(NamedTuple):
    """Short quotations that were read: features, labels by reader (empty: not read), which are held back."""

    features: NDArray[np.float32]
    labels: dict[str, list[str]]
    held_back: NDArray[np.bool_]


class _Place(NamedTuple):
    corpus: str
    doc_id: str
    start: int
    end: int
    passage_sha256: str


def read_short_quotes(data: Path, labeller: Labeller) -> ReadQuotes:
    """Return the quotations of the readings with their features.

    Raises
    ------
    InputError
        If a corpus is missing or a passage is not the one that was read.
    """
    listed = pd.read_csv(str(reading_file("short_quotations.csv")), dtype={"doc_id": str})
    keys = ["corpus", "doc_id", "start", "end", "passage_sha256", "draw"]
    table = listed.pivot_table(index=keys, columns="reader", values="label", aggfunc="first").reset_index()
    texts = {
        name: read_corpus(data_file(data, f"{name}/articles.parquet")).set_index("doc_id")["text"]
        for name in sorted(table["corpus"].unique())
    }
    features = []
    for row in table.to_dict("records"):
        place = _Place(*(row[name] for name in _Place._fields))
        features.append(_features(str(texts[place.corpus].loc[place.doc_id]), place, labeller))
    drawn = [int(digest([d])[:8], 16) % HELD_BACK == 0 for d in table["doc_id"]]
    held = np.array(drawn) & table["b"].notna().to_numpy()
    labels = {reader: table[reader].fillna("").tolist() for reader in ("a", "b")}
    return ReadQuotes(np.array(features), labels, held)


def _features(text: str, place: _Place, labeller: Labeller) -> NDArray[np.float32]:
    start, end = place.start, place.end
    whole = paragraphs(text)
    paragraph = next(p for p in whole if p.start <= start < p.end)
    if digest([text[paragraph.start : paragraph.end]]) != place.passage_sha256:
        raise InputError(
            "a passage is not the one that was read",
            where=f"{place.corpus}, doc_id {place.doc_id}",
            fix="restore the corpus: labels hold for one version of the text",
        )
    spans = pieces(text, whole)
    number = next(i for i, p in enumerate(spans) if p.start <= start < p.end)
    span = spans[number]
    passage = passages_of(text, spans, find_quotes(text, whole).quotes)[number]
    labels = labeller.label([passage])[0]
    rows = quote_features(text, span.start, labels, [Span(start, end)], labeller.weights.lexical)
    only: NDArray[np.float32] = rows[0]
    return only


def fit_short_quotes(quotes: ReadQuotes, *, seed: int) -> ShortQuoteWeights:
    """Fit the model on the quotations that are not held back and on which the readers do not differ."""
    a, b = quotes.labels["a"], quotes.labels["b"]
    agreed = [x if y in ("", x) else "" for x, y in zip(a, b, strict=True)]
    chosen = np.array([label in CLASSES for label in agreed]) & ~quotes.held_back
    target = np.array([CLASSES.index(label) if label in CLASSES else 0 for label in agreed])
    model = LogisticRegression(C=0.3, max_iter=3000, random_state=seed)
    model.fit(quotes.features[chosen], target[chosen])
    return ShortQuoteWeights(
        model.coef_.T.astype(np.float16).astype(np.float32), model.intercept_.astype(np.float32)
    )
