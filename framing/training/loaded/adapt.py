"""Adapt the shipped classifier to a user's own labels.

The score of the shipped classifier becomes one input of a new logistic regression; its other inputs are the
yes-or-no features. With few labels little changes; with many the model learns what the user's coders mean.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from framing.config import Config
from framing.corpus.columns import canonical
from framing.corpus.documents import documents_of
from framing.corpus.read import read_corpus
from framing.errors import InputError
from framing.pipeline.engine import Engine
from framing.provenance import file_digest
from framing.scoring.loaded import LoadedModel, LoadedWeights
from framing.scoring.loaded.blocks import LENSES
from framing.scoring.loaded.store import shipped_classifier
from framing.spreadsheet import unescaped
from framing.training.loaded.build import validation, write
from framing.training.loaded.fit import calibrated, coarse_steps, key_matrix, steps
from framing.training.loaded.quality import quality
from framing.training.loaded.readings import ReadMentions, seen_mentions

FEWEST, FOLDS = 100, 5
"""Labelled mentions that are needed, and at least so many of each answer times ten."""

STRENGTH, SCORE_SCALE = 0.02, 3.0
"""Inverse of the regularisation; how much more freely the weight of the shipped score may move."""

COLUMNS = ("doc_id", "in_title", "start", "end", "entry_id", "passage_sha256", "voice", "loaded", "category")


def adapt_to_labels(labels: Path, corpus: Path, folder: Path, *, tell: Callable[[str], None] = print) -> Path:
    """Adapt the shipped classifier to labels and write the new one into a folder.

    Parameters
    ----------
    labels
        CSV of ``framing label join``: where each mention stands, and what was decided.
    corpus
        The articles that the labels belong to.
    folder
        For ``loaded.npz`` and ``loaded.json``.
    tell
        Gets a line for each step.

    Returns
    -------
    Path
        The file of the arrays.

    Raises
    ------
    InputError
        If columns are missing, labels are too few or all alike, or do not fit the articles.
    """
    rows = read_own_labels(labels)
    documents = documents_of(canonical(read_corpus(corpus), columns=None))
    wanted = set(rows["doc_id"])
    engine = Engine(config=Config(words_by_voice=False))
    read = seen_mentions(engine, [d for d in documents if d.doc_id in wanted], rows, where=str(corpus))
    _require_enough(read, labels)
    base = shipped_classifier()
    with threadpool_limits(limits=1):
        weights, scores, fold = adapt(base, read)
        chances = cross_calibrated(scores, read.loaded, fold)
    everything = np.ones(len(read.loaded), dtype=np.bool_)
    weights = calibrated(weights, scores, read.loaded)
    entries = read.table["entry_id"].to_numpy(dtype=object)
    before = quality(base.chances(read.surroundings), read.loaded, entries, threshold=0.5)
    after = quality(chances, read.loaded, entries, threshold=0.5)
    tell(f"{len(read.table)} labelled mentions, {read.lost} of the labels not found by the lexicons")
    for name, figures in (("shipped", before), ("adapted, out of fold", after)):
        tell(
            f"{name}: AUC {figures.auc:.3f}, same entry {figures.same_entry_auc:.3f}, "
            f"accuracy {figures.accuracy:.3f}, calibration error {figures.ece:.3f}"
        )
    if weights.platt[0] <= 0 or after.auc <= before.auc:
        tell("warning: adapting did not help: the shipped classifier tells these labels as well (AUC)")
    facts: dict[str, object] = {
        "name": "adapted to own labels",
        "base": base.digest,
        "labels_sha256": file_digest(labels),
        "corpus_sha256": file_digest(corpus),
        "trained_on": {"own labels": {"mentions": len(read.table), "entries": len(set(entries))}},
        "shipped_on_these_labels": before._asdict(),
        **validation(read, weights, scores, everything, fold=fold),
    }
    return write(weights, folder, facts, tell=tell)


def read_own_labels(path: Path) -> pd.DataFrame:
    """Return the labels of ``framing label join`` with ``loaded`` and ``in_title`` as yes or no.

    Raises
    ------
    InputError
        If a column is missing or ``loaded`` has another value than yes and no.
    """
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise InputError(
            "the labels lack columns", where=str(path), got=", ".join(table.columns),
            allowed=", ".join(COLUMNS), fix="write them with framing label join",
        )  # fmt: skip
    for name in ("loaded", "in_title"):
        bad = ~table[name].isin(["yes", "no"])
        if bad.any():
            line = int(np.flatnonzero(bad)[0]) + 2
            raise InputError(
                "a label is neither yes nor no", where=f"{path}:{line}, column {name}",
                got=repr(table[name][bad].iloc[0]), allowed="yes, no",
            )  # fmt: skip
    return table.assign(
        doc_id=table["doc_id"].map(unescaped),
        loaded=table["loaded"] == "yes",
        in_title=table["in_title"] == "yes",
        start=table["start"].astype(int),
        end=table["end"].astype(int),
        frame=table["category"],
        corpus="own",
    ).drop(columns="category")


def _require_enough(read: ReadMentions, labels: Path) -> None:
    yes = int(read.loaded.sum())
    if len(read.loaded) < FEWEST or min(yes, len(read.loaded) - yes) < FEWEST // 10:
        raise InputError(
            "there are too few labels to adapt to", where=str(labels),
            got=f"{yes} loaded and {len(read.loaded) - yes} not",
            allowed=f"at least {FEWEST} in all and {FEWEST // 10} of each", fix="code more mentions",
        )  # fmt: skip
    if len(set(read.documents.tolist())) < FOLDS:
        raise InputError(
            "the labels come from too few articles", where=str(labels),
            allowed=f"at least {FOLDS} articles", fix="code mentions of more articles",
        )  # fmt: skip


def cross_calibrated(
    scores: NDArray[np.float64], loaded: NDArray[np.bool_], fold: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return a chance for each score, calibrated on the mentions of the other folds."""
    chances = np.zeros(len(scores))
    for number in np.unique(fold):
        held = fold == number
        if len(np.unique(loaded[~held])) < 2:
            chances[held] = loaded[~held].mean()
            continue
        model = LogisticRegression(C=1e6).fit(scores[~held, None], loaded[~held])
        chances[held] = model.predict_proba(scores[held, None])[:, 1]
    return chances


def adapt(
    base: LoadedModel, read: ReadMentions
) -> tuple[LoadedWeights, NDArray[np.float64], NDArray[np.int64]]:
    """Return adapted weights, the score of each mention by a model without its document, and its fold."""
    score = base.scores(read.surroundings)
    matrix = hstack(
        [key_matrix(read.surroundings), csr_matrix((score * SCORE_SCALE).astype(np.float32)[:, None])]
    ).tocsr()
    loaded, held_out = read.loaded, np.zeros(len(score))
    fold = np.zeros(len(score), dtype=np.int64)
    for number, (rest, held) in enumerate(GroupKFold(FOLDS).split(loaded, groups=read.documents)):
        fold[held] = number
        held_out[held] = _model().fit(matrix[rest], loaded[rest]).decision_function(matrix[held])
    model = _model().fit(matrix, loaded)
    factor = float(model.coef_[0, -1]) * SCORE_SCALE
    old = base.weights
    table = old.table.astype(np.float64)
    table[:, :-LENSES] *= factor  # what is seen through a lens is scaled, not the lens as well
    weights = replace(
        old,
        columns=steps(model.coef_[0, :-1], old.columns * factor),
        table=coarse_steps(table),
        entry_scores=steps(np.zeros(1), old.entry_scores * factor),
        kind_scores=steps(np.zeros(1), old.kind_scores * factor),
        intercept=old.intercept * factor + float(model.intercept_[0]),
        platt=(1.0, 0.0),
    )
    return weights, held_out, fold


def _model() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=400)
