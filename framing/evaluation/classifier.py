"""The classifier against the readings of two folds that training never saw, beside simple baselines.

``known``: other documents, the same entries. ``unseen``: other documents, and entries that training never
had. Nobody chooses anything by these folds.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.evaluation.lexicon import agreement
from framing.evaluation.report import Figure
from framing.evaluation.sentences import evaluate_sentences
from framing.scoring.loaded import FRAMES, LoadedModel
from framing.scoring.loaded.keys import entry_hash
from framing.scoring.loaded.store import classifier_in, shipped_classifier
from framing.training.loaded.quality import calibration_error, quality
from framing.training.loaded.readings import (
    FRAME_NUMBERS,
    ReadMentions,
    decided,
    read_labels,
    read_mentions,
    read_shares,
)

_ATTRIBUTED = ("direct", "indirect")

COUNT = 3.0
"""Mentions that stand for what readers expect of an entry, in its baseline."""

FIGURES = ("auc", "same_entry_auc", "accuracy", "surest", "ece")


def evaluate_classifier(data: Path, folder: Path | None = None) -> list[Figure]:
    """Return the figures of the shipped classifier, or of one in a folder of your own.

    Figures
    -------
    loaded.known.*, loaded.unseen.*
        AUC; AUC of pairs within one entry (0.5: the context tells nothing); accuracy, of all and of the
        surest 85 %; expected calibration error; error of the share called loaded at the model's threshold.
    loaded.*.prior_*
        The same for what is known of the entry without any context: how often it was loaded in training, and
        what two readers expect of it. Most of the plain AUC of any model is the word itself.
    readings.voice_*
        Own word or somebody else's, as the engine and as the readers have it.
    frames.macro_f1, frames.lexicon_macro_f1
        Frame of loaded mentions of ambiguous entries (known), by the classifier and by the lexicon.
    loaded.alpha_*
        Krippendorff's alpha of the two readings.
    sentences.*, words.*
        Sentences and single words (:mod:`framing.evaluation.sentences`).
    """
    read = read_mentions(data, ["known", "unseen"])
    model = shipped_classifier() if folder is None else classifier_in(folder)
    figures = []
    for fold in ("known", "unseen"):
        figures += _fold(fold, read.take((read.table["fold"] == fold).to_numpy(dtype=np.bool_)), model)
    figures += _voice(read)
    figures += _frames(read.take((read.table["fold"] == "known").to_numpy(dtype=np.bool_)), model)
    return [*figures, *_agreement(), *evaluate_sentences(data)]


def _fold(fold: str, read: ReadMentions, model: LoadedModel) -> list[Figure]:
    entries = read.table["entry_id"].to_numpy(dtype=object)
    chances = model.chances(read.surroundings)
    ours = quality(chances, read.loaded, entries, threshold=0.5)
    prior = quality(entry_shares(read.table), read.loaded, entries, threshold=0.5)
    note = f"{ours.n} mentions of {len(set(entries))} entries, {read.loaded.mean():.0%} loaded"
    figures = [Figure(f"loaded.{fold}.{name}", getattr(ours, name), note=note) for name in FIGURES]
    share = float((chances >= model.threshold).mean() - read.loaded.mean())
    figures.append(Figure(f"loaded.{fold}.share_error", share, note="share called loaded, less read so"))
    return figures + [
        Figure(f"loaded.{fold}.prior_{name}", getattr(prior, name), note="the entry alone")
        for name in FIGURES
    ]


def entry_shares(table: pd.DataFrame) -> NDArray[np.float64]:
    """Return what is known of the entry of each row without any context.

    How often its mentions were loaded in the training fold, smoothed by what two readers expect of the
    entry; where they were not asked, by the training fold as a whole.
    """
    training = decided()
    training = training[training["fold"] == "training"]
    shares, overall = read_shares(), float(training["loaded"].mean())
    base = np.array([shares.get(entry_hash(str(entry)), overall) for entry in table["entry_id"]])
    counts = training.groupby("entry_id")["loaded"].agg(["sum", "size"])
    right = table["entry_id"].map(counts["sum"]).fillna(0).to_numpy(dtype=np.float64)
    size = table["entry_id"].map(counts["size"]).fillna(0).to_numpy(dtype=np.float64)
    found: NDArray[np.float64] = (right + COUNT * base) / (size + COUNT)
    return found


def _voice(read: ReadMentions) -> list[Figure]:
    """Own (scare quotes included) or somebody else's: the engine against the readers, both folds."""
    said, true = read.table["engine_voice"], read.table["voice"]
    chance = read.surroundings.mentions.attributed
    attributed = true.isin(_ATTRIBUTED).to_numpy()
    unknown = (said == "unknown").to_numpy()
    answer = np.where(unknown, chance >= 0.5, said.isin(_ATTRIBUTED).to_numpy())
    right = answer == attributed
    surest = np.argsort(-np.abs(chance - 0.5), kind="stable")[: round(0.8 * len(right))]
    note = f"{len(right)} mentions, {unknown.mean():.1%} unknown"
    return [
        Figure("readings.voice_own_or_not", float(right.mean()), note=note),
        Figure("readings.voice_surest_80", float(right[surest].mean()), note="the surest 80 %"),
        Figure("readings.voice_known", float(right[~unknown].mean()), note="without unknown"),
        Figure("readings.voice_ece", calibration_error(chance, attributed)),
    ]


def _frames(read: ReadMentions, model: LoadedModel) -> list[Figure]:
    from sklearn.metrics import f1_score  # importing sklearn takes seconds

    ambiguous = read.surroundings.mentions.ambiguous == 1
    chosen = read.take(read.loaded & ambiguous & read.table["frame"].isin(FRAMES).to_numpy())
    truth = chosen.table["frame"].map(FRAME_NUMBERS).to_numpy()
    said = model.frame_chances(chosen.surroundings).argmax(axis=1)
    lexicon = chosen.table["category"].map(FRAME_NUMBERS).to_numpy()
    note = f"{len(truth)} loaded mentions of ambiguous entries"
    return [
        Figure("frames.macro_f1", float(f1_score(truth, said, average="macro")), note=note),
        Figure("frames.lexicon_macro_f1", float(f1_score(truth, lexicon, average="macro")),
               note="the category of the entry"),
    ]  # fmt: skip


def _agreement() -> list[Figure]:
    labels = read_labels()
    labels = labels[labels["reader"] != "adjudicator"]
    figures = []
    for name in ("voice", "loaded", "category"):
        rows = labels[labels["loaded"] == "yes"] if name == "category" else labels
        triples = zip(rows["reader"], rows["mention"].astype(str), rows[name], strict=True)
        alpha, equal = agreement(triples)
        figures.append(Figure(f"loaded.alpha_{name}", alpha, note=f"{equal:.0%} equal"))
    return figures
