"""Train the attribution labeller: logistic regression, then a small network that reads its scores.

The second pass learns from what a first pass says about articles that it has not seen: the training
articles are cut into folds, and each is labelled by a model of the others.
"""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import SGDClassifier
from sklearn.neural_network import MLPClassifier

from framing.context.labeller import first
from framing.context.labeller.first import PAIR_PLACES, first_features
from framing.context.labeller.label import LabellerWeights, platt
from framing.context.labeller.labels import BEGIN, FORBIDDEN, INSIDE, LABELS, count_transitions
from framing.context.labeller.lexical import Lexical
from framing.context.labeller.model import Weights
from framing.context.labeller.second import Layers, Network, chance, second_features
from framing.context.labeller.stream import CUES, Ints
from framing.lexicon import Lexicon
from framing.text.tokens import UInts, hash_words
from framing.training.calibration import fit_mentions, fit_words
from framing.training.clusters import Clusters
from framing.training.labelled import Labelled
from framing.training.matrix import (
    Block,
    group_columns,
    keyed_columns,
    sparse_rows,
    vocabulary,
)

N = len(LABELS)
KEPT = 100_000
"""Keyed features that the shipped model keeps."""

HIDDEN, NETWORKS = 64, 1
RATES = (2e-3, 2e-3, 1e-3, 1e-3, 5e-4, 5e-4, 2e-4, 1e-4)
"""Learning rate of each round of the network over the articles."""

SMOOTHING = 0.3
"""Weight of how labels follow each other: the probabilities know most of it already."""

LEAN = 0.1
"""Added to the log chance of content; chosen on PolNeAR dev so that the attributed share is right."""

SPEECH = (
    "say_verb", "doubt_verb", "factive_verb", "directive_verb", "accuse_verb", "reaction_verb", "naming_verb",
    "belief_verb", "according_phrase", "attribution_noun",
)  # fmt: skip
"""Categories of the cue lexicon whose words attribute content."""

_PARTICLES = frozenset({"that", "to", "of", "by"})


class _Pass(NamedTuple):
    model: SGDClassifier
    known: UInts
    counts: Ints
    blocks: list[Block]
    n_grouped: int


def lexical_tables(lexicon: Lexicon, clusters: Clusters) -> Lexical:
    """Return the words that can be cues ("charged that" counts as "charged") and the clusters."""
    kinds = {
        name: number for number, name in enumerate(sorted({e.category for e in lexicon.entries}), start=1)
    }
    found: dict[str, int] = {}
    for entry in lexicon.entries:
        for form in entry.surface_forms():
            words = form.split()
            alone = len(words) == 1 or (len(words) == 2 and words[1] in _PARTICLES)
            if alone and words[0].isalpha():
                found.setdefault(words[0].lower(), kinds[entry.category])
    names = sorted(found)
    hashed = hash_words(names)
    order = np.argsort(hashed)
    speech = np.zeros(CUES, dtype=np.bool_)
    speech[[kinds[name] for name in SPEECH if name in kinds]] = True
    return Lexical(
        cue_words=hashed[order],
        cue_kinds=np.array([found[name] for name in names])[order],
        speech=speech,
        cluster_words=clusters.words,
        coarse=clusters.coarse,
        fine=clusters.fine,
        vectors=clusters.vectors,
    )


def train(articles: Labelled, lexical: Lexical, *, folds: int = 4, seed: int = 20261122) -> LabellerWeights:
    """Train both passes.

    Parameters
    ----------
    articles
        Labelled paragraphs.
    lexical
        What is known about single words.
    folds
        Parts of the articles for the first pass that the second learns from.
    seed
        Seed of the gradient descent.

    Returns
    -------
    LabellerWeights
        Pruned and rounded as they ship.
    """
    stream = articles.stream
    rows = np.flatnonzero(stream.paragraph >= 0)
    target, weight, article = articles.labels[rows], articles.weight[rows], articles.article[rows]
    cue = lexical.cue(stream)
    features = first_features(stream, cue, lexical.speech)
    keyed = keyed_columns(stream, features, lexical, cue)
    grouped, blocks, n_grouped = group_columns(stream, features, first.GROUPS)
    known, counts = vocabulary(keyed)
    matrix = sparse_rows(keyed, grouped, n_grouped, known)
    del keyed, grouped
    unseen = np.zeros((len(stream.hash), N), dtype=np.float32)
    for fold in range(folds):
        inside, outside = np.flatnonzero(article % folds == fold), np.flatnonzero(article % folds != fold)
        model = _fit(matrix[outside], target[outside], weight[outside], seed)
        unseen[rows[inside]] = model.decision_function(matrix[inside])
    whole = _Pass(_fit(matrix, target, weight, seed), known, counts, blocks, n_grouped)
    del matrix
    counted = count_transitions(np.where(stream.paragraph >= 0, articles.labels, 0), stream.paragraph)
    moves = _rounded(np.maximum(counted * SMOOTHING, FORBIDDEN))
    chances = chance(unseen)
    inputs = second_features(stream, lexical, cue, unseen, chances)
    network = _network(inputs[:, rows].T, target, seed)
    second = network(inputs)
    content = second[:, BEGIN] + second[:, INSIDE]
    words = fit_words(articles, content)
    terms = fit_mentions(articles, platt(content, words[(stream.quote > 0).astype(np.int64)].T))
    weights, pair_keys, pairs = _first_weights(whole)
    return LabellerWeights(
        first=weights,
        pair_keys=pair_keys,
        pairs=pairs,
        second=network,
        moves=moves,
        lean=LEAN,
        platt=np.concatenate([words, terms]),
        lexical=lexical,
    )


def _network(inputs: NDArray[np.float32], target: Ints, seed: int) -> Network:
    members = []
    for number in range(NETWORKS):
        model = MLPClassifier(
            (HIDDEN,), alpha=1e-4, batch_size=1024, max_iter=1, warm_start=True, random_state=seed + number
        )
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", ConvergenceWarning
            )  # one round each, at a falling rate, on purpose
            for rate in RATES:
                model.learning_rate_init = rate
                model.fit(inputs, target)
        (hidden, output), (hidden_bias, output_bias) = model.coefs_, model.intercepts_
        members.append(Layers(*map(_rounded, (hidden, hidden_bias, output, output_bias))))
    return Network(members)


def _fit(matrix: csr_matrix, target: Ints, weight: NDArray[np.float64], seed: int) -> SGDClassifier:
    model = SGDClassifier(
        loss="log_loss", alpha=3e-6, max_iter=6, tol=None, average=True, random_state=seed, n_jobs=2
    )
    return model.fit(matrix, target, sample_weight=weight)


def _kept(trained: _Pass, most: int) -> Ints:
    """Return the keyed features that matter most: a large weight that many words feel."""
    own = trained.model.coef_[:, trained.n_grouped : trained.n_grouped + len(trained.known)]
    importance = np.abs(own).max(axis=0) * np.sqrt(np.minimum(trained.counts, 50))
    return np.sort(np.argsort(-importance, kind="stable")[:most])


def _rounded(weights: NDArray[np.float64]) -> NDArray[np.float32]:
    """Round weights to half precision, which is what the file holds."""
    return np.ascontiguousarray(weights).astype(np.float16).astype(np.float32)


def _weights(trained: _Pass, kept: Ints) -> Weights:
    coefficients = trained.model.coef_
    tables: dict[str, list[NDArray[np.float32]]] = {name: [] for name in first.GROUPS}
    for block in trained.blocks:
        tables[block.group].append(_rounded(coefficients[:, block.start : block.start + block.size].T))
    own = coefficients[:, trained.n_grouped + kept].T
    return Weights(
        keys=trained.known[kept].astype(np.uint32),
        hashed=_rounded(own),
        groups=tables,
        intercept=trained.model.intercept_.astype(np.float32),
    )


def _first_weights(trained: _Pass) -> tuple[Weights, NDArray[np.uint32], NDArray[np.float32]]:
    """Return the weights of the first pass, the pairs apart: one row with a block for each place."""
    kept = _kept(trained, KEPT)
    place = (trained.known[kept] >> np.uint64(32)).astype(np.int64)
    weights = _weights(trained, kept[place == 0])
    of_pairs = kept[place > 0]
    keys, row = np.unique(trained.known[of_pairs].astype(np.uint32), return_inverse=True)
    pairs = np.zeros((len(keys), len(PAIR_PLACES), N), dtype=np.float32)
    pairs[row, place[place > 0] - 1] = _rounded(trained.model.coef_[:, trained.n_grouped + of_pairs].T)
    return weights, keys, pairs.reshape(len(keys), -1)
