"""Fit which words are loaded where they stand, from the words of our readings.

What a word is, is learned from loaded mentions against plain ones and words that no entry covers; where it
stands, from loaded against plain mentions, with how often its word is loaded elsewhere held apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from framing.scoring.loaded import sentences as scoring
from framing.scoring.loaded.blocks import STEPS
from framing.scoring.loaded.sentence_words import SIGN, SUFFIX, SentenceWords
from framing.scoring.loaded.sentences import SentenceModel, SentenceWeights
from framing.text.fold import fold_many
from framing.text.tokens import UInts, part_hash, tokenise
from framing.training.loaded.fit import Tables, coarse, steps
from framing.training.loaded.readings import ReadMentions
from framing.training.loaded.vectors import SEED

STRENGTH, CONTEXT = 0.03, 2.0
"""Inverse of the regularisation; weight of where a word stands against what it is. Chosen by our marks of
loaded spans, and by pairs of one word in documents that were held out."""

REST, IDENTITY, RARITY = 3.0, 0.5, 100.0
"""Sizes that bring the inputs to one scale."""

OTHERS, INNER_FOLDS, COUNT = 60_000, 8, 3.0
"""Words drawn that no entry covers; folds for, and mentions that stand for, how often a word is loaded."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class ReadWords(NamedTuple):
    """Words of the paragraphs that were read; ``at`` are the rows to learn from.

    ``loaded`` says whether they belong to a loaded mention, ``other`` whether no entry covers them,
    ``weight`` how many words each stands for, ``group`` is the document.
    """

    words: SentenceWords
    at: NDArray[np.int64]
    loaded: Bools
    other: Bools
    weight: Floats
    group: NDArray[np.int64]


def words_of(read: ReadMentions, endings: tuple[UInts, UInts], tables: Tables) -> ReadWords:
    """Return the words of loaded mentions, of plain ones, and some around them that no entry covers."""
    own, mentions = read.surroundings
    n = len(own.hash)
    place = np.searchsorted(endings[0], own.hash).clip(max=len(endings[0]) - 1)
    suffix = np.where(endings[0][place] == own.hash, endings[1][place], np.uint64(0))
    nowhere = np.zeros(n, dtype=np.int64)
    words = SentenceWords(
        own.hash, suffix, np.minimum(own.shape.astype(np.int64), SIGN), own.sentence, nowhere, nowhere,
        int(own.sentence.max()) + 1,
    )  # fmt: skip
    label, group = np.full(n, -1), np.zeros(n, dtype=np.int64)
    documents = np.unique(read.documents, return_inverse=True)[1]
    columns = (mentions.first, mentions.stop, mentions.low, mentions.high, read.loaded, documents)
    for first, stop, low, high, loaded, document in zip(*(c.tolist() for c in columns), strict=True):
        label[first:stop] = np.maximum(label[first:stop], int(loaded))
        group[low:high] = document
    content = scoring.content(words, tables.vocabulary.rows(words.hash))
    mention = np.flatnonzero((label >= 0) & content)
    # Words of some mention elsewhere may stand in a mention that was not read: they say nothing.
    others = np.flatnonzero((label < 0) & content & ~np.isin(words.hash, np.unique(words.hash[label >= 0])))
    drawn = np.sort(np.random.default_rng(SEED).permutation(others)[:OTHERS])
    at = np.concatenate([mention, drawn])
    other = np.arange(len(at)) >= len(mention)
    weight = np.where(other, len(others) / max(len(drawn), 1), 1.0)
    return ReadWords(words, at, label[at] == 1, other, weight, group[at])


def fit_words(
    weights: SentenceWeights, read: ReadWords, tables: Tables, chosen: NDArray[np.int64]
) -> SentenceWeights:
    """Fit the score of words on some of the rows, on top of the score of sentences."""
    words, at, loaded = read.words, read.at[chosen], read.loaded[chosen]
    rows, n = tables.vocabulary.rows(words.hash), len(at)
    size, ones, each = tables.vectors.shape[1], np.ones(n, dtype=np.float32), np.arange(n)
    hashed = (weights.columns[scoring.hash_column(words.hash, 1, scoring.COLUMN_BITS)] / STEPS)[at]
    static = weights.table[rows[at], scoring.STATIC] / STEPS
    form = csr_matrix((ones, (each, scoring.written(words)[at])), shape=(n, scoring.WRITTEN))
    ending = scoring.hash_column(words.suffix[at], 7, scoring.SUFFIX_BITS)
    suffix = csr_matrix((ones, (each, ending)), shape=(n, 1 << scoring.SUFFIX_BITS))
    identity = csr_matrix((ones * IDENTITY, (each, rows[at])), shape=(n, len(tables.vectors)))
    rarity = tables.importance[rows[at]] / RARITY
    dense = np.column_stack([tables.vectors[rows[at]], static, rarity, hashed, np.maximum(hashed, 0)])
    model = LogisticRegression(C=STRENGTH, max_iter=200)
    model.fit(hstack([csr_matrix(dense.astype(np.float32)), form, suffix, identity]).tocsr(), loaded)
    what, shift = model.coef_[0], float(model.intercept_[0])
    dense, form_at = what[: size + 4], size + 4
    suffix_at = form_at + scoring.WRITTEN
    identity_at = suffix_at + (1 << scoring.SUFFIX_BITS)
    where = _fit_places(weights, read, tables, chosen)
    table = weights.table / STEPS
    table[:, scoring.OWN] = (
        tables.vectors @ dense[:size] + table[:, scoring.STATIC] * dense[size]
        + tables.importance / RARITY * dense[size + 1] + what[identity_at:] * IDENTITY
    )  # fmt: skip
    for number in range(len(scoring.PLACES) + 1):  # the last is the rest of the sentence
        own = where[number * size : (number + 1) * size] * (REST if number == len(scoring.PLACES) else 1)
        table[:, 2 + number] = tables.vectors @ own * CONTEXT
    sentence, product, hashed_product, *forms = where[(len(scoring.PLACES) + 1) * size : -1] * CONTEXT
    return replace(
        weights,
        table=np.concatenate([weights.table[:, :1], coarse(table[:, 1:7]), weights.table[:, 7:]], axis=1),
        suffixes=steps(what[suffix_at:identity_at]),
        written=steps(what[form_at:suffix_at] + np.array(forms)),
        numbers=np.array([weights.numbers[0], shift, *dense[size + 2 :], sentence, product, hashed_product,
                          1.0, 0.0]),
    )  # fmt: skip


def _fit_places(
    weights: SentenceWeights, read: ReadWords, tables: Tables, chosen: NDArray[np.int64]
) -> Floats:
    """Return the weights of what stands around words of mentions; the last is that of the word's prior."""
    chosen = chosen[~read.other[chosen]]
    words, at, loaded = read.words, read.at[chosen], read.loaded[chosen]
    rows = tables.vocabulary.rows(words.hash)
    parts = [tables.vectors[scoring.neighbour(words, rows, place)[at]] for place in scoring.PLACES]
    weight = tables.importance[rows].astype(np.float64)
    together = csr_matrix((weight, (words.sentence, rows)), shape=(words.n, len(tables.vectors)))
    total = np.bincount(words.sentence, weights=weight, minlength=words.n)[words.sentence[at]] - weight[at]
    mean = (together @ tables.vectors)[words.sentence[at]] - tables.vectors[rows[at]] * weight[at][:, None]
    parts.append(mean / (total + scoring.SMOOTHING)[:, None] * REST)
    hashed = (weights.columns[scoring.hash_column(words.hash, 1, scoring.COLUMN_BITS)] / STEPS)[at]
    static = weights.table[rows[at], scoring.STATIC] / STEPS
    sentence = SentenceModel(weights).scores(words)[words.sentence[at]]
    prior = np.zeros(len(at))
    for rest, held in GroupKFold(INNER_FOLDS).split(at, groups=read.group[chosen]):
        kinds, inverse = np.unique(words.hash[at], return_inverse=True)
        right = np.bincount(inverse[rest], weights=loaded[rest], minlength=len(kinds))
        share = (right + COUNT * loaded.mean()) / (np.bincount(inverse[rest], minlength=len(kinds)) + COUNT)
        prior[held] = np.log(share / (1 - share))[inverse[held]] / 2
    form = np.eye(scoring.WRITTEN)[scoring.written(words)[at]]
    scalars = [sentence, sentence * static, sentence * hashed]
    inputs = np.column_stack([*parts, *scalars, form, prior]).astype(np.float32)
    found: Floats = LogisticRegression(C=STRENGTH, max_iter=300).fit(inputs, loaded).coef_[0]
    return found


def calibrated(weights: SentenceWeights, read: ReadWords, held: NDArray[np.int64]) -> SentenceWeights:
    """Fit slope and shift on words that were held out, so that chances mean what they say (Platt 1999)."""
    score = SentenceModel(weights).word_scores(read.words)[read.at[held]]
    model = LogisticRegression(C=1e6).fit(score[:, None], read.loaded[held], sample_weight=read.weight[held])
    platt = [float(model.coef_[0, 0]), float(model.intercept_[0])]
    return replace(weights, numbers=np.append(weights.numbers[:7], platt))


def endings_of(texts: Sequence[str]) -> tuple[UInts, UInts]:
    """Return the words of texts in the order of their hashes, and the hashes of their endings."""
    words, endings = [], []
    for begin in range(0, len(texts), 500):
        blank = np.zeros(1, dtype=np.uint16)
        folded = fold_many(texts[begin : begin + 500])
        codes = np.concatenate([part for f in folded for part in (f.codes, blank)])
        tokens = tokenise(codes, np.concatenate([part for f in folded for part in (f.word, blank > 0)]))
        kinds, first = np.unique(tokens.hash, return_index=True)
        start, end = tokens.start[first], tokens.end[first]
        words.append(kinds)
        endings.append(part_hash(tokens.units, np.maximum(end - SUFFIX, start), end))
    kinds, first = np.unique(np.concatenate(words), return_index=True)
    return kinds, np.concatenate(endings)[first]
