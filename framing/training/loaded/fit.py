"""Fit the classifier: a logistic regression, written down as tables of look-ups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from framing.scoring.loaded import LoadedWeights, Surroundings
from framing.scoring.loaded.blocks import (
    BLOCKS,
    COLUMNS,
    LENSED,
    LENSES,
    SMOOTHING,
    STEPS,
    place_rows,
    stretches,
)
from framing.scoring.loaded.frames import FrameWeights
from framing.scoring.loaded.keys import COLUMNS as KEYS
from framing.scoring.loaded.keys import features
from framing.scoring.loaded.vocabulary import Vocabulary
from framing.training.loaded.priors import Priors, find_priors
from framing.training.loaded.readings import ReadMentions, read_shares
from framing.training.loaded.vectors import Vectors

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

STRENGTH = 0.05
"""Inverse of the regularisation."""

FOLDS, INNER_FOLDS = 5, 8
"""Folds of documents for the answers of the validation, and for what entries are known to be."""

PRIOR_SCALE = 0.5
"""Size of the input that says how often an entry is loaded."""

BLOCK_SCALE: dict[int | str, float] = {"mention": 1.5, "sentence": 3.0, "paragraph": 4.0}
"""Means of many vectors are short: these bring them to the size of a single one."""

CONTEXT_PARTS, LENS_SIZE = 16, 0.5


class Tables(NamedTuple):
    """Vectors as the model reads them: with a row 0 for all words that are not known."""

    vocabulary: Vocabulary
    words: NDArray[np.uint64]
    vectors: Singles
    importance: NDArray[np.uint8]


class Lens(NamedTuple):
    """Directions of the vectors of mentions, and of those of the words around them."""

    mention: Singles
    context: dict[int | str, Singles]


class Fitted(NamedTuple):
    """A fitted classifier; scores of models that never saw the document, and their folds.

    ``entry_alone`` is the chance that such a model gives the entry of each mention, before it looks at the
    text.
    """

    weights: LoadedWeights
    out_of_fold: Floats
    entry_alone: Floats
    fold: NDArray[np.int64]


def tables_of(vectors: Vectors) -> Tables:
    """Keep the words that have a slot, and add the row of the others."""
    kept = Vocabulary(vectors.words).kept
    words = vectors.words[kept]
    size = vectors.vectors.shape[1]
    return Tables(
        Vocabulary(words),
        words,
        np.concatenate([np.zeros((1, size), np.float32), vectors.vectors[kept]]),
        np.concatenate([np.zeros(1, np.uint8), vectors.importance[kept]]),
    )


def block_vectors(surroundings: Surroundings, tables: Tables) -> dict[int | str, Singles]:
    """Return the vector of each block of each mention, brought to a similar size."""
    rows = tables.vocabulary.rows(surroundings.words.hash)
    found: dict[int | str, Singles] = {}
    weight = tables.importance[rows].astype(np.float64)
    weights = np.concatenate([[0.0], np.cumsum(weight)])
    total = np.zeros((len(rows) + 1, tables.vectors.shape[1]))
    np.cumsum(tables.vectors[rows] * weight[:, None], axis=0, out=total[1:])
    edges = stretches(surroundings)
    own = edges["mention"]
    for block in BLOCKS:
        if isinstance(block, int):
            found[block] = tables.vectors[place_rows(surroundings, rows, block)]
            continue
        edge = edges[block]
        value, size = total[edge.high] - total[edge.low], weights[edge.high] - weights[edge.low]
        if edge.without:
            value -= total[own.high] - total[own.low]
            size = size - (weights[own.high] - weights[own.low])
        mean = value / (size + SMOOTHING)[:, None] * BLOCK_SCALE[block]
        found[block] = mean.astype(np.float32)
    return found


def key_matrix(surroundings: Surroundings) -> csr_matrix:
    """Return the yes-or-no features, one row a mention."""
    columns = np.stack([feature.columns for feature in features(surroundings)], axis=1)
    n, width = columns.shape
    ones = np.ones(columns.size, dtype=np.float32)
    matrix = csr_matrix((ones, columns.ravel(), np.arange(n + 1) * width), shape=(n, KEYS))
    matrix.sum_duplicates()
    return matrix


def find_lenses(vectors: dict[int | str, Singles]) -> Lens:
    """Return the main directions of the mentions and of what stands around them."""
    return Lens(
        _directions(vectors["mention"], LENSES), {b: _directions(vectors[b], CONTEXT_PARTS) for b in LENSED}
    )


def _directions(vectors: Singles, n: int) -> Singles:
    """Return the main directions, each scaled so that what is seen through it has one size."""
    values, directions = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    order = np.argsort(-values)[:n]
    chosen = directions[:, order] * np.sign(directions[np.abs(directions[:, order]).argmax(axis=0), order])
    size = np.sqrt(values[order] / len(vectors)) + 1e-9
    found: Singles = (chosen / size * LENS_SIZE).astype(np.float32)
    return found


def _seen(vectors: dict[int | str, Singles], lens: Lens) -> Singles:
    """Return the products of each lens with what stands around, one block after another."""
    own = vectors["mention"] @ lens.mention
    parts = [
        (own[:, :, None] * (vectors[b] @ lens.context[b])[:, None, :]).reshape(len(own), -1) for b in LENSED
    ]
    return np.concatenate(parts, axis=1)


class Design(NamedTuple):
    """The matrix of a logistic regression without what is known of entries, and what it was made with."""

    matrix: csr_matrix
    lens: Lens


def design(surroundings: Surroundings, tables: Tables) -> Design:
    """Return keys, vectors of blocks and lensed products, one row a mention."""
    vectors = block_vectors(surroundings, tables)
    lens = find_lenses(vectors)
    dense = np.concatenate([*(vectors[block] for block in BLOCKS), _seen(vectors, lens)], axis=1)
    return Design(hstack([key_matrix(surroundings), csr_matrix(dense)]).tocsr(), lens)


def fit(read: ReadMentions, tables: Tables, frames: FrameWeights, *, validate: bool = True) -> Fitted:
    """Fit on mentions; with ``validate`` each is also scored by a model that never saw its document."""
    matrix, lens = design(read.surroundings, tables)
    loaded, documents, shares = read.loaded, read.documents, read_shares()
    scores, odds = np.full((2, len(loaded)), np.nan)
    fold = np.zeros(len(loaded), dtype=np.int64)
    if validate:
        for number, (rest, held) in enumerate(GroupKFold(FOLDS).split(loaded, groups=documents)):
            fold[held] = number
            model, priors = _fit_rows(read, matrix, rest, shares)
            odds[held] = priors.of(_rows(read.surroundings, held))
            scores[held] = model.decision_function(_with_prior(matrix[held], odds[held]))
    model, priors = _fit_rows(read, matrix, np.arange(len(loaded)), shares)
    weights = _as_tables(model, priors, tables, lens, frames)
    return Fitted(weights, scores, 1 / (1 + np.exp(-odds)), fold)


def _rows(surroundings: Surroundings, rows: NDArray[np.int64]) -> Surroundings:
    return Surroundings(surroundings.words, surroundings.mentions.take(rows))


def _with_prior(matrix: csr_matrix, prior: Floats) -> csr_matrix:
    return hstack([matrix, csr_matrix((prior * PRIOR_SCALE).astype(np.float32)[:, None])]).tocsr()


def _fit_rows(
    read: ReadMentions, matrix: csr_matrix, rows: NDArray[np.int64], shares: Mapping[int, float]
) -> tuple[LogisticRegression, Priors]:
    """Fit on some rows. What is known of an entry comes from other documents than the mention's own."""
    around, loaded, documents = _rows(read.surroundings, rows), read.loaded[rows], read.documents[rows]
    prior = np.zeros(len(rows))
    for rest, held in GroupKFold(INNER_FOLDS).split(loaded, groups=documents):
        prior[held] = find_priors(_rows(around, rest), loaded[rest], shares).of(_rows(around, held))
    model = LogisticRegression(C=STRENGTH, max_iter=400).fit(_with_prior(matrix[rows], prior), loaded)
    return model, find_priors(around, loaded, shares)


def _as_tables(
    model: LogisticRegression, priors: Priors, tables: Tables, lens: Lens, frames: FrameWeights
) -> LoadedWeights:
    """Write the weights of vectors and lenses as scores of words."""
    weights = model.coef_[0]
    size = tables.vectors.shape[1]
    found = np.zeros((len(tables.vectors), COLUMNS))
    at = KEYS
    for number, block in enumerate(BLOCKS):
        scale = 1.0 if isinstance(block, int) else BLOCK_SCALE[block]
        found[:, number] = tables.vectors @ weights[at : at + size] * scale
        at += size
    for number, block in enumerate(LENSED):
        own = weights[at : at + LENSES * CONTEXT_PARTS].reshape(LENSES, CONTEXT_PARTS)
        at += LENSES * CONTEXT_PARTS
        scale = 1.0 if isinstance(block, int) else BLOCK_SCALE[block]
        first = len(BLOCKS) + number * LENSES
        found[:, first : first + LENSES] = tables.vectors @ lens.context[block] @ own.T * scale
    found[:, -LENSES:] = tables.vectors @ lens.mention * BLOCK_SCALE["mention"]
    prior = weights[-1] * PRIOR_SCALE
    return LoadedWeights(
        columns=steps(weights[:KEYS]),
        words=tables.words,
        table=coarse(found),
        importance=tables.importance,
        entries=priors.entries,
        entry_scores=steps(priors.odds * prior),
        kind_scores=steps(priors.kinds * prior),
        intercept=float(model.intercept_[0]),
        platt=(1.0, 0.0),
        frames=frames,
    )


def steps(values: Floats, others: NDArray[np.floating] | float = 0.0) -> NDArray[np.int16]:
    """Return values as whole steps, added to others that are in steps already."""
    found: NDArray[np.int16] = np.rint(np.clip(values * STEPS + others, -32_000, 32_000)).astype(np.int16)
    return found


def coarse(table: Floats) -> NDArray[np.int16]:
    """Round each column to 127 whole multiples of a step up and down: the file then needs one byte each."""
    return coarse_steps(table * STEPS)


def coarse_steps(table: Floats) -> NDArray[np.int16]:
    """Do the same with a table that is in steps already."""
    table = np.clip(table, -32_000, 32_000)
    unit = np.maximum(np.ceil(np.abs(table).max(axis=0) / 127), 1)
    found: NDArray[np.int16] = (np.rint(table / unit) * unit).astype(np.int16)
    return found


def calibrated(weights: LoadedWeights, scores: Floats, loaded: NDArray[np.bool_]) -> LoadedWeights:
    """Fit slope and shift so that chances mean what they say (Platt 1999)."""
    model = LogisticRegression(C=1e6).fit(scores[:, None], loaded)
    return replace(weights, platt=(float(model.coef_[0, 0]), float(model.intercept_[0])))
