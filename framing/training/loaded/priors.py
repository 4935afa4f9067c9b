"""How often an entry is loaded, before the text is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from framing.scoring.loaded import Surroundings
from framing.scoring.loaded.model import KINDS, kind_of

Floats = NDArray[np.float64]

ENTRY_COUNT, KIND_COUNT = 3.0, 5.0
"""Mentions that stand for what is expected of an entry, and for all entries in the share of a kind."""

_SUREST = 0.03


class Priors(NamedTuple):
    """Log odds of being loaded by entry, and by kind of entry for those that nobody judged or read."""

    entries: NDArray[np.uint64]
    odds: Floats
    kinds: Floats

    def of(self, surroundings: Surroundings) -> Floats:
        """Return the log odds of the entry of each mention, or of its kind."""
        mentions = surroundings.mentions
        kind = kind_of(mentions.frame, mentions.ambiguous, mentions.intensity)
        place = np.searchsorted(self.entries, mentions.entry).clip(max=len(self.entries) - 1)
        known = self.entries[place] == mentions.entry
        return np.where(known, self.odds[place], self.kinds[kind])


def find_priors(surroundings: Surroundings, loaded: NDArray[np.bool_], shares: Mapping[int, float]) -> Priors:
    """Join what readers expect of entries with how often their mentions were loaded.

    Parameters
    ----------
    surroundings, loaded
        Mentions that were read.
    shares
        Expected share of loaded mentions by the hash of the entry; entries without one get that of
        their kind (frame, ambiguous, intensity).
    """
    mentions = surroundings.mentions
    kind = kind_of(mentions.frame, mentions.ambiguous, mentions.intensity)
    kinds = np.bincount(kind, weights=loaded, minlength=KINDS) + KIND_COUNT * loaded.mean()
    kinds /= np.bincount(kind, minlength=KINDS) + KIND_COUNT
    read, first = np.unique(mentions.entry, return_index=True)
    judged = np.array(sorted(shares), dtype=np.uint64)
    entries = np.union1d(read, judged)
    expected = np.full(len(entries), np.nan)
    expected[np.searchsorted(entries, read)] = kinds[kind[first]]
    if len(judged):
        odds = _log_odds(np.array([shares[int(entry)] for entry in judged]))
        expected[np.searchsorted(entries, judged)] = _calibrated(mentions.entry, loaded, judged, odds)
    place = np.searchsorted(entries, mentions.entry)
    chance = np.bincount(place, weights=loaded, minlength=len(entries)) + ENTRY_COUNT * expected
    chance /= np.bincount(place, minlength=len(entries)) + ENTRY_COUNT
    return Priors(entries, _log_odds(chance), _log_odds(kinds))


def _calibrated(
    entry: NDArray[np.uint64], loaded: NDArray[np.bool_], judged: NDArray[np.uint64], odds: Floats
) -> Floats:
    """Return the share that a judgement means in our readings, for each judged entry."""
    place = np.searchsorted(judged, entry).clip(max=len(judged) - 1)
    known = judged[place] == entry
    if len(np.unique(loaded[known])) < 2:
        return np.full(len(judged), float(loaded.mean()))
    model = LogisticRegression(C=1e3).fit(odds[place[known]][:, None], loaded[known])
    found: Floats = model.predict_proba(odds[:, None])[:, 1]
    return found


def _log_odds(chance: Floats) -> Floats:
    part = np.clip(chance, _SUREST, 1 - _SUREST)
    odds: Floats = np.log(part / (1 - part))
    return odds
