"""Build the classifier that ships, from start to end: one seeded command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from framing.archive import write_model
from framing.scoring.loaded import LoadedModel, LoadedWeights
from framing.scoring.loaded.store import NAME, card_of, pack, read_loaded
from framing.training.loaded.card import write_page
from framing.training.loaded.facts import SHIPPED, data_facts
from framing.training.loaded.fit import calibrated, fit, tables_of
from framing.training.loaded.frames import fit_frames
from framing.training.loaded.quality import abstain_band, by_slice, error_rates, quality, share_threshold
from framing.training.loaded.readings import ReadMentions, read_mentions
from framing.training.loaded.sentences import Learned, build_sentences
from framing.training.loaded.vectors import SEED, find_vectors, plain_texts


def build_loaded(data: Path, folder: Path, *, tell: Callable[[str], None] = print) -> Path:
    """Train and write the classifier, its card as a page, and the model of sentences into a folder.

    Files: ``loaded.npz``, ``loaded.json``, ``loaded.md``, ``sentences.npz`` and ``sentences.json``. The same
    data, platform and library versions give the same bytes.

    Returns
    -------
    Path
        The file of the arrays of the classifier.
    """
    with threadpool_limits(limits=1):  # several threads add up in another order
        tell("vectors of words from plain news")
        texts = plain_texts(data)
        tables = tables_of(find_vectors(texts, seed=SEED))
        tell("mentions that were read (a minute)")
        read = read_mentions(data, ["training"])
        tell("frames")
        frames = fit_frames(read, tables)
        tell("loaded or not, with the validation (minutes)")
        fitted = fit(read, tables, frames)
        stratified = (read.table["draw"] == "stratified").to_numpy(dtype=np.bool_)
        weights = calibrated(fitted.weights, fitted.out_of_fold[stratified], read.loaded[stratified])
    facts: dict[str, object] = {
        "name": NAME,
        "seed": SEED,
        "libraries": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        **SHIPPED,
        **data_facts(data, read),
        **validation(
            read, weights, fitted.out_of_fold, stratified, fold=fitted.fold, baseline=fitted.entry_alone
        ),
    }
    target = write(weights, folder, facts, tell=tell)
    tell("sentences and words that no entry covers")
    classifier = read_loaded(target, target.with_suffix(".json"))
    chances = classifier.calibrated(fitted.out_of_fold)
    build_sentences(data, folder, Learned(texts, tables, read, classifier, chances), tell=tell)
    return target


def validation(
    read: ReadMentions,
    weights: LoadedWeights,
    scores: NDArray[np.float64],
    rows: NDArray[np.bool_],
    *,
    fold: NDArray[np.int64],
    baseline: NDArray[np.float64],
) -> dict[str, object]:
    """Return threshold, abstain band, figures and error rates, each mention scored without its document.

    Pairs of mentions of one entry are compared within a fold: models of two folds know the entry differently.

    Parameters
    ----------
    read
        The mentions.
    weights
        Slope and shift of the calibration are read from them.
    scores, fold
        The score of each mention by a model that never saw its document, and the number of that model.
    rows
        The mentions that count.
    baseline
        Chance of each mention by something simpler, which stands beside the figures.
    """
    chance, simple = LoadedModel(weights).calibrated(scores)[rows], baseline[rows]
    loaded, table = read.loaded[rows], read.table[rows]
    threshold = share_threshold(chance, loaded)
    low, high = abstain_band(chance, loaded, threshold)
    said = chance >= threshold
    entries = (
        table["entry_id"] + pd.Series(fold[rows], index=table.index).map(" in fold {}".format)
    ).to_numpy()
    groups = {"all": np.ones(len(loaded), dtype=np.bool_)}
    groups |= {f"category {c}": (table["category"] == c).to_numpy() for c in sorted(set(table["category"]))}
    groups |= {f"corpus {c}": (table["corpus"] == c).to_numpy() for c in sorted(set(table["corpus"]))}
    return {
        "threshold": threshold,
        "abstain": [low, high],
        "criterion": "threshold: as many called loaded as readers call loaded, out of fold; "
        "abstain: strips beside it in which over 35 % of the answers are wrong",
        "validation": quality(chance, loaded, entries, threshold=0.5).facts(),
        "validation_of_baseline": quality(simple, loaded, entries, threshold=0.5).facts(),
        "slices": by_slice({"classifier": chance, "baseline": simple}, loaded, groups),
        "error_rates": {name: error_rates(said[own], loaded[own]) for name, own in groups.items()},
    }


def write(
    weights: LoadedWeights, folder: Path, facts: dict[str, object], *, tell: Callable[[str], None] = print
) -> Path:
    """Write arrays, card, and the card as a page; return the file of the arrays."""
    raw = pack(weights)
    target = write_model(folder, NAME, raw, card_of(raw, facts), tell=tell)
    write_page(target.with_suffix(".json"))
    return target
