"""How well chances of being loaded tell what readers said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

BINS = 10


class Quality(NamedTuple):
    """Figures of one set of mentions.

    ``auc`` and ``same_entry_auc`` run from 0.5 (chance) to 1: the share of pairs of a loaded and a plain
    mention in which the loaded one has the higher chance, over all pairs and over pairs of one entry;
    ``accuracy`` at a threshold, of all mentions and of the surest 85 %; ``ece`` is the expected calibration
    error in ten bins, 0 is best.
    """

    n: int
    auc: float
    same_entry_auc: float
    accuracy: float
    surest: float
    ece: float

    def facts(self) -> dict[str, float | None]:
        """Return the figures by name as JSON can hold them: ``None`` for one that does not exist."""
        return {name: None if np.isnan(value) else value for name, value in self._asdict().items()}


def quality(chance: Floats, loaded: Bools, entries: NDArray[np.object_], *, threshold: float) -> Quality:
    """Return the figures of one set of mentions."""
    right = (chance >= threshold) == loaded
    order = np.argsort(-np.abs(chance - threshold), kind="stable")
    return Quality(
        len(loaded),
        float(roc_auc_score(loaded, chance)),
        same_entry_auc(chance, loaded, entries),
        float(right.mean()),
        float(right[order[: round(0.85 * len(order))]].mean()),
        calibration_error(chance, loaded),
    )


def same_entry_auc(chance: Floats, loaded: Bools, entries: NDArray[np.object_]) -> float:
    """Return the share of pairs within one entry that stand in the right order; NaN if there is none.

    Examples
    --------
    >>> same_entry_auc(np.array([.9, .2, .5, .6]), np.array([True, False, True, False]),
    ...                np.array(["a", "a", "b", "b"], dtype=object))
    0.5
    """
    right = pairs = 0.0
    for entry in np.unique(entries):
        own = entries == entry
        n = int(loaded[own].sum()) * int((~loaded[own]).sum())
        if n:
            right += roc_auc_score(loaded[own], chance[own]) * n
            pairs += n
    return float(right / pairs) if pairs else float("nan")


def calibration_error(chance: Floats, loaded: Bools) -> float:
    """Return the expected calibration error in :data:`BINS` bins of equal width.

    Examples
    --------
    >>> round(calibration_error(np.array([.95, .95]), np.array([True, False])), 2)
    0.45
    """
    bins = np.clip((chance * BINS).astype(np.int64), 0, BINS - 1)
    gaps = [abs(float((loaded[bins == b] - chance[bins == b]).sum())) for b in range(BINS)]
    return sum(gaps) / len(loaded)


def share_threshold(chance: Floats, loaded: Bools) -> float:
    """Return the threshold with which as many mentions are called loaded as are loaded.

    Wrong answers then cancel out in counts and rates, which is what outlets are compared with; single
    mentions are told best at 0.5.

    Examples
    --------
    >>> share_threshold(np.array([.9, .8, .6, .1]), np.array([True, True, False, False]))
    0.7
    """
    n = int(loaded.sum())
    ordered = np.sort(chance)[::-1]
    return round(float(ordered[max(n - 1, 0)] + ordered[min(n, len(ordered) - 1)]) / 2, 2)


def abstain_band(
    chance: Floats, loaded: Bools, threshold: float, *, wrong: float = 0.35, fewest: int = 20
) -> tuple[float, float]:
    """Return the band around the threshold in which more than ``wrong`` of the answers are wrong.

    It grows on each side by strips of 0.05 as long as a strip holds at least ``fewest`` mentions and is
    wrong that often.

    Examples
    --------
    >>> sure = np.repeat([0.05, 0.95], 50)
    >>> abstain_band(sure, sure > 0.5, 0.5)
    (0.5, 0.5)
    """

    def grow(step: float) -> float:
        edge = threshold
        while 0.05 < edge < 0.95:
            strip = (chance >= min(edge, edge + step)) & (chance < max(edge, edge + step))
            answers = (chance[strip] >= threshold) != loaded[strip]
            if strip.sum() < fewest or answers.mean() <= wrong:
                break
            edge += step
        return round(edge, 2)

    return grow(-0.05), grow(0.05)


def by_slice(
    chances: Mapping[str, Floats], loaded: Bools, slices: Mapping[str, Bools]
) -> dict[str, dict[str, object]]:
    """Return the figures of several models side by side on parts of the mentions.

    Parameters
    ----------
    chances
        The chances of each model by its name.
    loaded
        Whether each mention is loaded.
    slices
        The mentions of each slice.

    Returns
    -------
    dict
        For each slice ``n``, the share that is ``loaded``, and for each model ``auc`` (0.5 is chance, 1 best;
        ``None`` where all are alike), ``accuracy`` at 0.5 and ``ece``, the expected calibration error.

    Examples
    --------
    >>> truth = np.array([True, False])
    >>> found = by_slice({"model": np.array([.9, .2])}, truth, {"all": truth | True})
    >>> found["all"]["n"], found["all"]["model"]
    (2, {'auc': 1.0, 'accuracy': 1.0, 'ece': 0.15})
    """
    found: dict[str, dict[str, object]] = {}
    for name, own in slices.items():
        truth = loaded[own]
        found[name] = {"n": len(truth), "loaded": round(float(truth.mean()), 4)}
        for model, chance in chances.items():
            mixed = truth.any() and not truth.all()
            found[name][model] = {
                "auc": round(float(roc_auc_score(truth, chance[own])), 4) if mixed else None,
                "accuracy": round(float(((chance[own] >= 0.5) == truth).mean()), 4),
                "ece": round(calibration_error(chance[own], truth), 4),
            }
    return found


def error_rates(said: Bools, loaded: Bools) -> dict[str, float | None]:
    """Return n, the share that is loaded, and precision and recall of "loaded" and of "plain".

    A rate without any case is ``None``.
    """
    rates: dict[str, float | None] = {"n": float(len(loaded)), "loaded": round(float(loaded.mean()), 4)}
    for name, this, truth in (("loaded", said, loaded), ("plain", ~said, ~loaded)):
        right = float((this & truth).sum())
        for rate, cases in (("precision", this), ("recall", truth)):
            rates[f"{rate}_{name}"] = round(right / float(cases.sum()), 4) if cases.any() else None
    return rates
