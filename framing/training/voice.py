"""Build the voice model that ships, from start to end: one seeded command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from threadpoolctl import threadpool_limits

from framing.archive import write_model
from framing.context.labeller.label import Labeller, LabellerWeights
from framing.context.labeller.lexical import Lexical
from framing.context.labeller.store import NAME, card_of, pack
from framing.corpus.outside import data_file
from framing.lexicon import load_lexicon
from framing.provenance import file_digest
from framing.training.attribution import lexical_tables, train
from framing.training.augment import stripped
from framing.training.clusters import find_clusters
from framing.training.gold import (
    POLNEAR_ARTICLES,
    POLNEAR_ATTRIBUTIONS,
    GoldArticle,
    own_articles,
    polnear,
)
from framing.training.labelled import labelled
from framing.training.short_quotes import fit_short_quotes, read_short_quotes

SEED = 20261122
PLAIN_NEWS = "bench/articles.parquet"
"""Unlabelled news for the clusters of words (Apache License 2.0)."""

OWN_WEIGHT = 1.5
"""Weight of a word of our own articles; PolNeAR is US political news and ten times as large."""

STRIPPED_EVERY = 3
"""One PolNeAR article in so many is learned a second time without commas, apostrophes and quotation marks."""

_COMMAS = 300
"""Our own articles with a comma in so many characters have theirs, and are learned without them too."""


def word_tables(data: Path) -> Lexical:
    """Return what the labeller knows about words: cues of the cue lexicon, clusters of plain news."""
    texts = pd.read_parquet(data_file(data, PLAIN_NEWS), columns=["text"])["text"].tolist()
    return lexical_tables(load_lexicon("cues-en"), find_clusters(texts, seed=SEED))


def train_labeller(
    news: Sequence[GoldArticle], own: Sequence[GoldArticle], lexical: Lexical, *, folds: int = 4
) -> LabellerWeights:
    """Train on PolNeAR articles and our own, some of them a second time without their punctuation."""
    articles, weights = [*news, *own], [1.0] * len(news) + [OWN_WEIGHT] * len(own)
    groups = list(range(len(articles)))
    for number, article in enumerate(list(articles)):
        text = article.document.text
        again = number % STRIPPED_EVERY == 0 if number < len(news) else text.count(",") * _COMMAS > len(text)
        if again:
            articles.append(stripped(article))
            weights.append(1.0)
            groups.append(number)
    return train(labelled(articles, weights, groups), lexical, folds=folds, seed=SEED)


def build_voice(data: Path, folder: Path, *, tell: Callable[[str], None] = print) -> Path:
    """Train and write ``voice.npz`` and ``voice.json`` into a folder.

    The same data, platform and library versions give the same bytes.

    Returns
    -------
    Path
        The file of the arrays.
    """
    # Several threads add up in another order, and other bytes come out.
    with threadpool_limits(limits=1):
        tell("clusters of words from plain news")
        lexical = word_tables(data)
        tell("attribution labeller, two passes (minutes)")
        news, own = polnear(data, "train"), own_articles(data, "training")
        weights = train_labeller(news, own, lexical)
        tell("short quotations")
        quotes = read_short_quotes(data, Labeller(weights))
        short = fit_short_quotes(quotes, seed=SEED)
    raw = pack(weights, short)
    facts = {
        "name": NAME,
        "seed": SEED,
        "libraries": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "trained_on": {
            "polnear train": {"articles": len(news), "role": "labeller, calibration"},
            "own readings (training)": {"articles": len(own), "role": "labeller, calibration"},
            "polnear dev": {"role": "choice of settings, weights of the choice of sources"},
            "own readings (calibration)": {"role": "weights of the choice of sources"},
            "own short quotations (not held back)": {
                "quotations": int((~quotes.held_back).sum()),
                "role": "short quotations",
            },
            "bench": {"role": "clusters and vectors of words, no labels"},
        },
        "data_sha256": {
            name: file_digest(data_file(data, name))
            for name in (POLNEAR_ARTICLES, POLNEAR_ATTRIBUTIONS, PLAIN_NEWS)
        },
        "licence_note": (
            "PolNeAR 1.0.0 states no licence for its data (its loader says MIT); the texts are the "
            "publishers'. The weights are trained on it; no text is in the file."
        ),
    }
    return write_model(folder, NAME, raw, card_of(raw, facts), tell=tell)
