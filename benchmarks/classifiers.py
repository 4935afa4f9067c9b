"""Other classifiers on the readings that the shipped one is trained on, all judged the same way.

    OPENBLAS_NUM_THREADS=1 python benchmarks/classifiers.py --data ../shared/data

Only the fold "training" is read: the two folds that the shipped classifier is evaluated on choose nothing.
Each mention is scored by a model that never saw its document; slope and shift of the chances (Platt 1999)
are fitted in the same way for all; the figures are on the mentions that were drawn stratified. Pairs of one
entry are pairs of one fold too: what is known of an entry differs between folds, and is lower in the fold
whose held-out mentions are loaded more often, so that pairs across folds would count against it. Prints a
table in Markdown, which takes some minutes on one core.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import PCA
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from framing.scoring.loaded import Surroundings
from framing.scoring.loaded.blocks import BLOCKS
from framing.scoring.loaded.keys import COLUMNS as KEYS
from framing.training.loaded.fit import FOLDS, INNER_FOLDS, PRIOR_SCALE, STRENGTH, design, tables_of
from framing.training.loaded.priors import find_priors
from framing.training.loaded.quality import Quality, quality
from framing.training.loaded.readings import ReadMentions, read_mentions, read_shares
from framing.training.loaded.vectors import SEED, Vectors, find_vectors, plain_texts

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

SHIPPED, BOOSTED = "logistic: keys, vectors, lenses, prior (shipped)", "HistGradientBoosting"
STACK = "mean of the log odds: shipped and HistGradientBoosting"
SVM_STRENGTH = 0.002
"""The best of .001, .002, .005, .01 and .02 in the first fold."""

PARTS, ROUNDS = 40, 120
"""Principal components of the dense part that the trees see, and trees."""

PLAIN = ("frame", "intensity", "ambiguous", "voice", "attributed", "negated", "hedged", "in_title",
         "scare_quoted", "density")  # fmt: skip
"""Columns of a mention that the trees see as numbers."""

DRAWS = 1000
"""Times that the documents are drawn anew for an interval."""


class Inputs(NamedTuple):
    """What all models are made from: the sparse design, the same for trees, and where the vectors end."""

    matrix: csr_matrix
    trees: NDArray[np.float32]
    vectors_end: int


class Fold(NamedTuple):
    """Rows to fit on and rows to score, and how often their entries are loaded as other documents have it."""

    inputs: Inputs
    loaded: NDArray[np.bool_]
    rest: Rows
    held: Rows
    prior_rest: Floats
    prior_held: Floats

    def sparse(self, rows: Rows, prior: Floats | None, width: int | None = None) -> csr_matrix:
        """Return the first columns of the design for some rows, and the prior if it is given."""
        matrix = self.inputs.matrix[rows][:, :width]
        if prior is None:
            return matrix
        return hstack([matrix, csr_matrix((prior * PRIOR_SCALE).astype(np.float32)[:, None])]).tocsr()

    def dense(self, rows: Rows, prior: Floats) -> NDArray[np.float32]:
        """Return the columns for trees."""
        return np.column_stack([self.inputs.trees[rows], prior]).astype(np.float32)


Score = Callable[[Fold], Floats]


def entry_alone(fold: Fold) -> Floats:
    """Score by how often the entry is loaded."""
    return fold.prior_held


def logistic(*, width: int | None, prior: bool) -> Score:
    """Return a logistic regression on the first columns of the design."""
    return linear(lambda n: LogisticRegression(C=STRENGTH, max_iter=400), width=width, prior=prior)


def linear(
    make: Callable[[int], LogisticRegression | SGDClassifier | LinearSVC],
    *,
    width: int | None = None,
    prior: bool = True,
) -> Score:
    """Return a linear model; ``make`` gets the number of mentions that it is fitted on."""

    def score(fold: Fold) -> Floats:
        given, asked = (fold.prior_rest, fold.prior_held) if prior else (None, None)
        model = make(len(fold.rest)).fit(fold.sparse(fold.rest, given, width), fold.loaded[fold.rest])
        found: Floats = model.decision_function(fold.sparse(fold.held, asked, width))
        return found

    return score


def stochastic(n: int) -> SGDClassifier:
    """Return the same logistic regression, fitted by stochastic gradient descent."""
    return SGDClassifier(loss="log_loss", alpha=1 / (STRENGTH * n), average=True, max_iter=50, random_state=1)


def boosted(fold: Fold) -> Floats:
    """Score by boosted trees on the dense part, the columns of the mention and the prior."""
    model = HistGradientBoostingClassifier(
        max_iter=ROUNDS, learning_rate=0.06, max_leaf_nodes=15, min_samples_leaf=40, l2_regularization=1.0,
        max_features=0.3, early_stopping=False, random_state=1,
    )  # fmt: skip
    model.fit(fold.dense(fold.rest, fold.prior_rest), fold.loaded[fold.rest])
    found: Floats = model.decision_function(fold.dense(fold.held, fold.prior_held))
    return found


def models(vectors_end: int) -> dict[str, Score]:
    """Return every model by its name."""
    return {
        "prior of the entry alone": entry_alone,
        "logistic: keys": logistic(width=KEYS, prior=False),
        "logistic: keys, vectors": logistic(width=vectors_end, prior=False),
        "logistic: keys, vectors, lenses": logistic(width=None, prior=False),
        "logistic: keys, prior": logistic(width=KEYS, prior=True),
        SHIPPED: logistic(width=None, prior=True),
        "SGDClassifier (log loss), same design": linear(stochastic),
        "LinearSVC, same design": linear(lambda n: LinearSVC(C=SVM_STRENGTH, random_state=1)),
        BOOSTED: boosted,
    }


def inputs_of(read: ReadMentions, vectors: Vectors) -> Inputs:
    """Return the inputs of all mentions; nothing of it has seen a label."""
    tables = tables_of(vectors)
    matrix = design(read.surroundings, tables).matrix
    parts = PCA(PARTS, random_state=1).fit_transform(matrix[:, KEYS:].toarray())
    mentions = read.surroundings.mentions
    plain = np.column_stack([getattr(mentions, name) for name in PLAIN])
    trees = np.column_stack([parts, plain]).astype(np.float32)
    return Inputs(matrix, trees, KEYS + len(BLOCKS) * tables.vectors.shape[1])


def folds_of(read: ReadMentions, inputs: Inputs) -> Iterator[Fold]:
    """Yield the folds of documents; priors of rows to fit on come from other documents than their own."""
    loaded, documents, shares = read.loaded, read.documents, read_shares()
    for rest, held in GroupKFold(FOLDS).split(loaded, groups=documents):
        prior = np.zeros(len(rest))
        for others, own in GroupKFold(INNER_FOLDS).split(rest, groups=documents[rest]):
            prior[own] = _prior(read, rest[others], rest[own], shares)
        yield Fold(inputs, loaded, rest, held, prior, _prior(read, rest, held, shares))


def _prior(read: ReadMentions, known: Rows, asked: Rows, shares: Mapping[int, float]) -> Floats:
    words, mentions = read.surroundings
    priors = find_priors(Surroundings(words, mentions.take(known)), read.loaded[known], shares)
    return priors.of(Surroundings(words, mentions.take(asked)))


class Scores(NamedTuple):
    """Scores of every mention and CPU seconds of all folds by model; the fold of each mention."""

    by_model: dict[str, Floats]
    seconds: dict[str, float]
    fold: Rows


def out_of_fold(read: ReadMentions, inputs: Inputs) -> Scores:
    """Score every mention by models that never saw its document."""
    asked = models(inputs.vectors_end)
    scores = {name: np.full(len(read.loaded), np.nan) for name in asked}
    seconds = dict.fromkeys(asked, 0.0)
    folds = np.zeros(len(read.loaded), dtype=np.int64)
    for number, fold in enumerate(folds_of(read, inputs), start=1):
        folds[fold.held] = number
        for name, score in asked.items():
            begin = time.process_time()
            scores[name][fold.held] = score(fold)
            seconds[name] += time.process_time() - begin
        print(f"fold {number} of {FOLDS}", file=sys.stderr)
    scores[STACK] = stack(scores, read.loaded)
    seconds[STACK] = seconds[SHIPPED] + seconds[BOOSTED]
    return Scores(scores, seconds, folds)


def chances_of(score: Floats, loaded: NDArray[np.bool_]) -> Floats:
    """Turn scores into chances."""
    model = LogisticRegression(C=1e6).fit(score[:, None], loaded)
    found: Floats = model.predict_proba(score[:, None])[:, 1]
    return found


def interval(ours: NDArray[np.bool_], theirs: NDArray[np.bool_], documents: NDArray[np.object_]) -> str:
    """Return by how much the share of right answers differs, with the 95 % interval over documents."""
    _, group = np.unique(documents, return_inverse=True)
    size = np.bincount(group).astype(np.float64)
    more = np.bincount(group, weights=ours.astype(np.float64) - theirs)
    chance = np.random.default_rng(1)
    drawn = chance.integers(len(size), size=(DRAWS, len(size)))
    low, high = np.quantile(more[drawn].sum(axis=1) / size[drawn].sum(axis=1), [0.025, 0.975]) * 100
    return f"{more.sum() / size.sum() * 100:+.1f} ({low:+.1f} to {high:+.1f})"


def table(read: ReadMentions, scores: Scores) -> Iterator[str]:
    """Yield the lines of the table."""
    rows = (read.table["draw"] == "stratified").to_numpy(dtype=np.bool_)
    loaded, documents = read.loaded[rows], read.documents[rows]
    in_fold = (read.table["entry_id"] + "/" + scores.fold.astype(str)).to_numpy(dtype=object)[rows]
    chances = {name: chances_of(score[rows], loaded) for name, score in scores.by_model.items()}
    right = {name: (chance >= 0.5) == loaded for name, chance in chances.items()}
    yield f"{len(loaded):,} mentions, {loaded.mean():.1%} loaded, of {len(read.loaded):,} that were fitted on"
    yield ""
    yield (
        "| model | AUC | same entry | accuracy | surest 85 % | calibration error "
        "| accuracy less shipped, points | CPU s |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for name, chance in chances.items():
        found = quality(chance, loaded, in_fold, threshold=0.5)
        less = interval(right[name], right[SHIPPED], documents) if name != SHIPPED else ""
        yield f"| {name} | {_figures(found)} | {less} | {scores.seconds[name]:.0f} |"


def _figures(found: Quality) -> str:
    values = (found.auc, found.same_entry_auc, found.accuracy, found.surest, found.ece)
    return " | ".join(f"{value:.3f}" for value in values)


def stack(scores: Mapping[str, Floats], loaded: NDArray[np.bool_]) -> Floats:
    """Return the mean of the log odds of two models."""
    chances = [np.clip(chances_of(scores[name], loaded), 1e-6, 1 - 1e-6) for name in (SHIPPED, BOOSTED)]
    found: Floats = np.mean([np.log(chance / (1 - chance)) for chance in chances], axis=0)
    return found


def vectors_of(data: Path) -> Vectors:
    """Return the vectors of words as the shipped classifier has them."""
    return find_vectors(plain_texts(data), seed=SEED)


def main() -> None:
    """Read, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    with threadpool_limits(limits=1):
        read = read_mentions(options.data, ["training"])
        scores = out_of_fold(read, inputs_of(read, vectors_of(options.data)))
        print("\n".join(table(read, scores)))


if __name__ == "__main__":
    main()
