"""Train the model of short quotations on our own readings of them."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold

from framing.context.completion import complete
from framing.context.labeller.label import Labeller
from framing.context.quote_features import SIZES, ShortQuote, quote_features
from framing.context.shortquotes import CLASSES, ShortQuoteWeights, scaled
from framing.context.voice import open_reading
from framing.corpus.outside import data_file
from framing.corpus.read import read_corpus
from framing.errors import InputError
from framing.provenance import digest
from framing.records import Span
from framing.resources import reading_file
from framing.text.clean import find_removals, kept_spans
from framing.text.sentences import paragraphs

HELD_BACK = 3
"""Of the quotations read twice, those of one document in so many are held back (digest of its id)."""

STRENGTH, FOLDS, FEWEST = 0.1, 5, 10
"""Inverse of the regularisation, folds of documents, and quotations that a yes-or-no feature is seen in."""

PARTS = {"groups": 0.3, "vectors": 0.15, "article": 0.3}
"""Size of a standard deviation of the features that are scaled: the smaller, the less they may weigh."""

IMPORTANCE = (0.5, 1.0, 0.25)
"""What the F1 of each class counts in the choice of the factors."""


class ReadQuotes(NamedTuple):
    """Short quotations that were read: features, labels by reader (empty: not read), which are held back."""

    documents: list[str]
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
    return ReadQuotes(table["doc_id"].tolist(), np.array(features), labels, held)


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
    kept = kept_spans(text, find_removals(text, spans=whole), whole)
    # A quotation that stands in what is removed was read all the same.
    stands = any(p.start <= start and end <= p.end for p in kept)
    reading = open_reading(text, kept if stands else whole)
    number = next(i for i, p in enumerate(reading.paragraphs) if p.start <= start < p.end)
    offset = reading.paragraphs[number].start
    block = complete(next(labeller.blocks([reading.passage(number)])))
    at, size = int(block.first[0]), int(block.size[0])
    edges = np.searchsorted(block.labels.start[at : at + size], [start - offset, end - offset]) + at
    quote = ShortQuote(int(edges[0]), int(edges[1]), text, offset, Span(start, end), reading.article)
    only: NDArray[np.float32] = quote_features(block.labels, [quote], labeller.weights.lexical)[0]
    return only


def fit_short_quotes(quotes: ReadQuotes, *, seed: int) -> ShortQuoteWeights:
    """Fit the model on the quotations that are not held back and on which the readers do not differ."""
    a, b = quotes.labels["a"], quotes.labels["b"]
    agreed = [x if y in ("", x) else "" for x, y in zip(a, b, strict=True)]
    chosen = np.flatnonzero(np.array([label in CLASSES for label in agreed]) & ~quotes.held_back)
    target = np.array([CLASSES.index(agreed[i]) for i in chosen])
    documents = np.array(quotes.documents)[chosen]
    features = quotes.features[chosen]
    mean, scale = fit_scale(features)
    used = scaled(features, mean, scale)
    chances = np.zeros((len(used), len(CLASSES)))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for train, test in folds.split(used, target, documents):
        chances[test] = _model(seed).fit(used[train], target[train]).predict_proba(used[test])
    model = _model(seed).fit(used, target)
    return ShortQuoteWeights(
        model.coef_.T.astype(np.float16).astype(np.float32),
        model.intercept_.astype(np.float32),
        mean,
        scale,
        tune_factors(chances, target),
    )


def _model(seed: int) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=300, random_state=seed)


def fit_scale(features: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return what is subtracted from each feature, and what it is multiplied with (0: it is not used)."""
    means, spreads = np.nanmean(features, axis=0), np.nanstd(features, axis=0) + 1e-3
    frequent = (features > 0).sum(axis=0) >= FEWEST
    mean, scale = [], []
    at = 0
    for kind, size in SIZES.items():
        some = slice(at, at + size)
        at += size
        part = PARTS.get(kind)
        mean.append(means[some] if part else np.zeros(size))
        scale.append(part / spreads[some] if part else frequent[some])
    return np.concatenate(mean).astype(np.float32), np.concatenate(scale).astype(np.float32)


def tune_factors(chances: NDArray[np.float64], target: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the factors of the classes with which scare quotes, then the others, are told best."""

    def quality(factors: tuple[float, ...]) -> float:
        said = (chances * factors).argmax(axis=1)
        scores = f1_score(target, said, labels=range(len(CLASSES)), average=None, zero_division=0)
        return float(np.dot(IMPORTANCE, scores))

    tried = product((1.0,), np.arange(0.6, 3.05, 0.1).round(1).tolist(), (0.8, 1.0, 1.2, 1.5, 1.8))
    return np.array(max(tried, key=quality), dtype=np.float32)
