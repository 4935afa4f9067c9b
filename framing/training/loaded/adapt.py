"""Adapt the shipped classifier to a user's own labels.

The score of the shipped classifier becomes one input of a new logistic regression; its other inputs are the
yes-or-no features and, for entries that the shipped one never read, how often they were loaded in the labels.
With few labels little changes; with many the model learns what the user's coders mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from framing.corpus.documents import corpus_digest, documents_of
from framing.corpus.read import read_corpus
from framing.errors import InputError
from framing.lexicon import Lexicon
from framing.pipeline.engine import Engine
from framing.pipeline.trained_with import lexicon_facts
from framing.provenance import file_digest
from framing.scoring.loaded import LoadedModel, LoadedWeights
from framing.scoring.loaded.blocks import LENSES, STEPS
from framing.scoring.loaded.store import shipped_classifier
from framing.spreadsheet import unescaped
from framing.training.loaded.build import validation, write
from framing.training.loaded.facts import ADAPTED
from framing.training.loaded.fit import calibrated, coarse_steps, key_matrix, steps
from framing.training.loaded.own_entries import (
    OwnEntries,
    find_own_entries,
    of_other_documents,
    with_own_entries,
)
from framing.training.loaded.quality import quality
from framing.training.loaded.readings import ReadMentions, seen_mentions

FEWEST, FOLDS = 100, 5
"""Labelled mentions that are needed, and at least so many of each answer times ten."""

STRENGTH, SCORE_SCALE = 0.02, 3.0
"""Inverse of the regularisation; how much more freely the weight of the shipped score may move."""

_SHOWN = 5
"""Entries that a message names."""

_SAME_LEXICONS = "give the lexicons that the articles were scored with (--lexicon, --add-lexicon)"

COLUMNS = ("doc_id", "in_title", "start", "end", "entry_id", "passage_sha256", "voice", "loaded", "category")


def adapt_to_labels(
    labels: Path,
    corpus: Path,
    folder: Path,
    *,
    lexicons: Sequence[Lexicon] | None = None,
    columns: Mapping[str, str] | None = None,
    tell: Callable[[str], None] = print,
) -> Path:
    """Adapt the shipped classifier to labels and write the new one into a folder.

    Parameters
    ----------
    labels
        CSV of ``framing label join``: where each mention stands, and what was decided.
    corpus
        The articles that the labels belong to.
    folder
        For ``loaded.npz`` and ``loaded.json``.
    lexicons, columns
        As for :func:`framing.analyze`, and as the corpus was scored with: labels of entries that are in none
        of the lexicons are lost.
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
    documents = documents_of(canonical(read_corpus(corpus, columns=columns), columns=None))
    wanted = set(rows["doc_id"])
    engine = Engine(lexicons, Config(words_by_voice=False))
    strangers = _of_other_lexicons(rows, engine.lexicons, labels)
    if strangers:
        tell(f"note: {strangers} labels are of entries that none of the lexicons has; {_SAME_LEXICONS}")
    read = seen_mentions(engine, [d for d in documents if d.doc_id in wanted], rows, where=str(corpus))
    _require_enough(read, labels)
    base = shipped_classifier()
    with threadpool_limits(limits=1):
        weights, scores, fold = adapt(base, read)
        chances = cross_calibrated(scores, read.loaded, fold)
    everything = np.ones(len(read.loaded), dtype=np.bool_)
    weights = calibrated(weights, scores, read.loaded)
    entries = read.table["entry_id"].to_numpy(dtype=object)
    simple = base.chances(read.surroundings)
    # Pairs of mentions of one entry are compared within a fold: models of two folds know it differently.
    in_fold = (read.table["entry_id"] + pd.Series(fold).map(" in fold {}".format)).to_numpy(dtype=object)
    before = quality(simple, read.loaded, in_fold, threshold=0.5)
    after = quality(chances, read.loaded, in_fold, threshold=0.5)
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
        "corpus_sha256": corpus_digest(documents),
        "lexicons": lexicon_facts(engine.lexicons),
        "trained_on": {"own labels": {"mentions": len(read.table), "entries": len(set(entries))}},
        "shipped_on_these_labels": before.facts(),
        **ADAPTED,
        **validation(read, weights, scores, everything, fold=fold, baseline=simple),
    }
    return write(weights, folder, facts, tell=tell)


def read_own_labels(path: Path) -> pd.DataFrame:
    """Return the labels of ``framing label join`` with ``loaded`` and ``in_title`` as yes or no.

    Raises
    ------
    InputError
        If a column is missing or ``loaded`` has another value than yes and no.
    """
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise InputError(
            "the labels cannot be read", where=str(path), got=str(error).strip(),
            allowed="a CSV file in UTF-8", fix="write them with framing label join",
        ) from error  # fmt: skip
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise InputError(
            "the labels lack columns", where=str(path), got=", ".join(table.columns),
            allowed=", ".join(COLUMNS), fix="write them with framing label join",
        )  # fmt: skip
    for name in ("loaded", "in_title"):
        _require(
            table[name].isin(["yes", "no"]), table, name, path, "a label is neither yes nor no", "yes, no"
        )
    return table.assign(
        doc_id=table["doc_id"].map(unescaped),
        loaded=table["loaded"] == "yes",
        in_title=table["in_title"] == "yes",
        start=_whole(table, "start", path),
        end=_whole(table, "end", path),
        frame=table["category"],
        corpus="own",
    ).drop(columns="category")


def _whole(table: pd.DataFrame, name: str, path: Path) -> pd.Series[int]:
    good = table[name].str.fullmatch("[0-9]{1,15}")
    _require(
        good, table, name, path, "a place is not a whole number", "characters from the start of the text"
    )
    return table[name].astype("int64")


def _require(
    good: pd.Series[bool], table: pd.DataFrame, name: str, path: Path, what: str, allowed: str
) -> None:
    """Refuse a column in which not every cell is good, and name the first that is not."""
    if not good.all():
        line = int(np.flatnonzero(~good)[0])
        raise InputError(
            what, where=f"{path}:{line + 2}, column {name}", got=repr(table[name].iloc[line]),
            allowed=allowed, fix="write the labels again with framing label join",
        )  # fmt: skip


def _of_other_lexicons(rows: pd.DataFrame, lexicons: Sequence[Lexicon], labels: Path) -> int:
    """Return how many labels are of entries that the lexicons do not have; refuse labels that all are."""
    used = [lexicon for lexicon in lexicons if lexicon.kind != "cues"]
    known = {entry.entry_id for lexicon in used for entry in lexicon.entries}
    strange = rows.loc[~rows["entry_id"].isin(known), "entry_id"]
    if len(strange) == len(rows):
        raise InputError(
            "none of the labels is of an entry of the lexicons", where=str(labels),
            got=", ".join(sorted(set(strange))[:_SHOWN]) or "no label at all",
            allowed=f"entries of {', '.join(lexicon.lexicon_id for lexicon in used)}", fix=_SAME_LEXICONS,
        )  # fmt: skip
    return len(strange)


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
    inputs = _Inputs(base, read)
    held_out, fold = np.zeros(len(read.loaded)), np.zeros(len(read.loaded), dtype=np.int64)
    for number, (rest, held) in enumerate(GroupKFold(FOLDS).split(read.loaded, groups=read.documents)):
        fold[held] = number
        model, own = inputs.fit(rest)
        held_out[held] = model.decision_function(inputs.matrix(held, own.of(inputs.entry[held])))
    model, own = inputs.fit(np.arange(len(read.loaded)))
    weight, factor = float(model.coef_[0, -2]), float(model.coef_[0, -1]) * SCORE_SCALE
    old = base.weights
    table = old.table.astype(np.float64)
    table[:, :-LENSES] *= factor  # what is seen through a lens is scaled, not the lens as well
    entries, scores = with_own_entries(
        old, read.surroundings.mentions, own, base=factor, weight=weight * STEPS
    )
    weights = replace(
        old,
        columns=steps(model.coef_[0, :-2], old.columns * factor),
        table=coarse_steps(table),
        entries=entries,
        entry_scores=steps(np.zeros(1), scores),
        kind_scores=steps(np.zeros(1), old.kind_scores * factor),
        intercept=old.intercept * factor + float(model.intercept_[0]),
        platt=(1.0, 0.0),
    )
    return weights, held_out, fold


class _Inputs:
    """What the new regression reads: features, what labels say of a user's own entries, the shipped score."""

    def __init__(self, base: LoadedModel, read: ReadMentions) -> None:
        score = base.scores(read.surroundings)
        self.entry, self._known = read.surroundings.mentions.entry, base.weights.entries
        self._loaded, self._documents = read.loaded, read.documents
        self._chances = base.calibrated(score)
        self._score = csr_matrix((score * SCORE_SCALE).astype(np.float32)[:, None])
        self._keys = key_matrix(read.surroundings)

    def matrix(self, rows: NDArray[np.int64], own: NDArray[np.float64]) -> csr_matrix:
        """Return the inputs of some mentions; ``own`` is what labels say of their entries."""
        column = csr_matrix(own.astype(np.float32)[:, None])
        return hstack([self._keys[rows], column, self._score[rows]]).tocsr()

    def fit(self, rows: NDArray[np.int64]) -> tuple[LogisticRegression, OwnEntries]:
        """Fit on some mentions; what labels say of an entry comes from other documents than the mention's."""
        labelled = self.entry[rows], self._loaded[rows], self._chances[rows], self._known
        own = of_other_documents(*labelled, documents=self._documents[rows])
        model = LogisticRegression(C=STRENGTH, max_iter=400).fit(self.matrix(rows, own), self._loaded[rows])
        return model, find_own_entries(*labelled)
