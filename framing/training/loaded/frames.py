"""Fit which frame a loaded mention carries."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from framing.scoring.loaded import FRAMES, Surroundings
from framing.scoring.loaded.frames import FRAME_STRETCHES, FrameWeights
from framing.training.loaded.fit import BLOCK_SCALE, Tables, block_vectors, coarse, steps
from framing.training.loaded.readings import FRAME_NUMBERS, ReadMentions

STRENGTH, INNER_FOLDS = 0.05, 8
ENTRY_COUNT, SMALL, PRIOR_SCALE = 4.5, 0.2, 0.5
"""Counts that stand for the category of an entry, for each frame of a category; size of the prior input."""

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]


def fit_frames(read: ReadMentions, tables: Tables) -> FrameWeights:
    """Fit on the loaded mentions."""
    kept = read.take((read.table["loaded"] & read.table["frame"].isin(FRAMES)).to_numpy(dtype=np.bool_))
    frame = kept.table["frame"].map(FRAME_NUMBERS).to_numpy(dtype=np.int64)
    around, everything = kept.surroundings, np.arange(len(frame), dtype=np.int64)
    prior = np.zeros((len(frame), len(FRAMES)))
    for rest, held in GroupKFold(INNER_FOLDS).split(frame, groups=kept.documents):
        prior[held] = _Priors(around, frame, rest).of(around, held)
    vectors = block_vectors(around, tables)
    words = np.concatenate([vectors[name] for name in FRAME_STRETCHES], axis=1)
    inputs = np.concatenate(
        [np.log(prior) * PRIOR_SCALE, np.eye(len(FRAMES) + 1)[around.mentions.frame], words], axis=1
    )
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(inputs, frame)
    return _as_tables(model, _Priors(around, frame, everything), tables)


class _Priors:
    """How often entries, and entries of a category, carry each frame."""

    def __init__(self, around: Surroundings, frame: Ints, rows: Ints) -> None:
        mentions = around.mentions.take(rows)
        size = len(FRAMES)
        by_category = np.full((size + 1, size), SMALL)
        np.add.at(by_category, (mentions.frame, frame[rows]), 1)
        self.categories = by_category / by_category.sum(axis=1, keepdims=True)
        self.entries, first, inverse = np.unique(mentions.entry, return_index=True, return_inverse=True)
        self.category_of = mentions.frame[first]
        counts = ENTRY_COUNT * self.categories[self.category_of]
        np.add.at(counts, (inverse, frame[rows]), 1)
        self.chances = counts / counts.sum(axis=1, keepdims=True)

    def of(self, around: Surroundings, rows: Ints) -> Floats:
        """Return the chance of each frame of the entries of some mentions."""
        mentions = around.mentions.take(rows)
        place = np.searchsorted(self.entries, mentions.entry).clip(max=len(self.entries) - 1)
        known = (self.entries[place] == mentions.entry)[:, None]
        found: Floats = np.where(known, self.chances[place], self.categories[mentions.frame])
        return found


def _as_tables(model: LogisticRegression, priors: _Priors, tables: Tables) -> FrameWeights:
    size, width = len(FRAMES), tables.vectors.shape[1]
    coefficients = np.zeros((size, model.coef_.shape[1]))
    shift = np.full(size, -30.0)  # a frame that no mention carries is never chosen
    own, start = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # sklearn then gives one row: that of the second against the first
        own, start = np.concatenate([-own, own]) / 2, np.concatenate([-start, start]) / 2
    coefficients[model.classes_], shift[model.classes_] = own, start
    of_prior = coefficients[:, :size].T * PRIOR_SCALE
    of_category = coefficients[:, size : 2 * size + 1].T
    categories = np.log(priors.categories) @ of_prior + of_category + shift
    entries = np.log(priors.chances) @ of_prior + of_category[priors.category_of] + shift
    table = np.zeros((len(tables.vectors), len(FRAME_STRETCHES) * size))
    for number, name in enumerate(FRAME_STRETCHES):
        first = 2 * size + 1 + number * width
        own = coefficients[:, first : first + width].T * BLOCK_SCALE[name]
        table[:, number * size : (number + 1) * size] = tables.vectors @ own
    return FrameWeights(priors.entries, steps(entries), steps(categories), coarse(table))
