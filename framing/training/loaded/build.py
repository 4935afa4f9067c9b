"""Build the classifier that ships, from start to end: one seeded command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from framing.corpus.outside import data_file
from framing.provenance import file_digest
from framing.scoring.loaded import LoadedModel, LoadedWeights
from framing.scoring.loaded.store import NAME, card_of, pack
from framing.training.loaded.fit import calibrated, fit, tables_of
from framing.training.loaded.frames import fit_frames
from framing.training.loaded.quality import abstain_band, error_rates, quality, share_threshold
from framing.training.loaded.readings import ReadMentions, read_mentions
from framing.training.loaded.sentences import build_sentences
from framing.training.loaded.vectors import PLAIN_TEXTS, SEED, find_vectors


def build_loaded(data: Path, folder: Path, *, tell: Callable[[str], None] = print) -> Path:
    """Train and write ``loaded.npz`` and ``loaded.json`` into a folder.

    The same data, platform and library versions give the same bytes.

    Returns
    -------
    Path
        The file of the arrays.
    """
    with threadpool_limits(limits=1):  # several threads add up in another order
        tell("vectors of words from plain news")
        texts = [
            text
            for name in PLAIN_TEXTS
            for text in pd.read_parquet(data_file(data, name), columns=["text"])["text"].tolist()
        ]
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
        "trained_on": {
            "own readings (training)": {
                "mentions": len(read.table),
                "entries": int(read.table["entry_id"].nunique()),
                "documents": len(set(read.documents.tolist())),
                "role": "weights; calibration, threshold and error rates out of fold",
            },
            "bench, middle_east, annolexical": {"role": "vectors of words, no labels"},
        },
        "data_sha256": {name: file_digest(data_file(data, name)) for name in PLAIN_TEXTS},
        **validation(read, weights, fitted.out_of_fold, stratified, fold=fitted.fold),
    }
    target = write(weights, folder, facts, tell=tell)
    tell("sentences and words that no entry covers")
    build_sentences(data, folder, tell=tell)
    return target


def validation(
    read: ReadMentions,
    weights: LoadedWeights,
    scores: NDArray[np.float64],
    rows: NDArray[np.bool_],
    *,
    fold: NDArray[np.int64],
) -> dict[str, object]:
    """Return threshold, abstain band, figures and error rates, each mention scored without its document.

    Pairs of mentions of one entry are compared within a fold: models of two folds know the entry differently.
    """
    chance = LoadedModel(weights).calibrated(scores)[rows]
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
        "validation": quality(chance, loaded, entries, threshold=0.5)._asdict(),
        "error_rates": {name: error_rates(said[own], loaded[own]) for name, own in groups.items()},
    }


def write(
    weights: LoadedWeights, folder: Path, facts: dict[str, object], *, tell: Callable[[str], None] = print
) -> Path:
    """Write arrays and card; return the file of the arrays."""
    raw = pack(weights)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{NAME}.npz"
    target.write_bytes(raw)
    card = json.dumps(card_of(raw, facts), indent=1, sort_keys=True)
    (folder / f"{NAME}.json").write_text(card + "\n", encoding="utf-8")
    tell(f"written: {target} ({len(raw):,} bytes)")
    return target
