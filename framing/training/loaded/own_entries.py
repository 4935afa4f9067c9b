"""What labels say of entries that the shipped classifier never read: those of a user's own lexicon."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from framing.scoring.loaded import LoadedWeights, Mentions
from framing.scoring.loaded.model import kind_of

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

COUNT, FOLDS = 3.0, 8
"""Mentions that stand for what was expected of an entry, and folds of documents."""

_SUREST = 0.03


class OwnEntries(NamedTuple):
    """Log odds by which an entry is loaded more often than its mentions seemed, 0 for any other entry.

    ``entries`` are in order of their hash, ``odds`` above 0 speak for loaded.
    """

    entries: NDArray[np.uint64]
    odds: Floats

    def of(self, entry: NDArray[np.uint64]) -> Floats:
        """Return the log odds of the entry of each mention."""
        if not len(self.entries):
            return np.zeros(len(entry))
        place = np.searchsorted(self.entries, entry).clip(max=len(self.entries) - 1)
        found: Floats = np.where(self.entries[place] == entry, self.odds[place], 0.0)
        return found


def find_own_entries(
    entry: NDArray[np.uint64], loaded: NDArray[np.bool_], chances: Floats, known: NDArray[np.uint64]
) -> OwnEntries:
    """Compare the labels of entries that are not known with what the shipped classifier said of them.

    Parameters
    ----------
    entry, loaded, chances
        Hash of the entry, label, and chance by the shipped classifier of each labelled mention.
    known
        Entries that the shipped classifier has read.

    Examples
    --------
    >>> entry = np.array([3, 3, 3, 5, 9], dtype=np.uint64)
    >>> found = find_own_entries(entry, entry == 3, np.full(5, 0.5), np.array([9], dtype=np.uint64))
    >>> found.entries.tolist(), found.odds.round(2).tolist()  # (3 + 3 / 2) of 6, and (0 + 3 / 2) of 4
    ([3, 5], [1.1, -0.51])
    """
    own = ~np.isin(entry, known)
    entries, number = np.unique(entry[own], return_inverse=True)
    n = np.bincount(number, minlength=len(entries))
    expected = np.bincount(number, weights=chances[own], minlength=len(entries)) / np.maximum(n, 1)
    yes = np.bincount(number, weights=loaded[own], minlength=len(entries))
    share = (yes + COUNT * expected) / (n + COUNT)
    return OwnEntries(entries, _log_odds(share) - _log_odds(expected))


def of_other_documents(
    entry: NDArray[np.uint64], loaded: NDArray[np.bool_], chances: Floats, known: NDArray[np.uint64],
    *, documents: NDArray[np.object_],
) -> Floats:  # fmt: skip
    """Return the log odds of the entry of each mention, by the labels of other documents than its own."""
    found = np.zeros(len(entry))
    folds = min(FOLDS, len(set(documents.tolist())))
    if folds > 1 and not np.isin(entry, known).all():
        for rest, held in GroupKFold(folds).split(loaded, groups=documents):
            own = find_own_entries(entry[rest], loaded[rest], chances[rest], known)
            found[held] = own.of(entry[held])
    return found


def with_own_entries(
    weights: LoadedWeights, mentions: Mentions, own: OwnEntries, *, base: float, weight: float
) -> tuple[NDArray[np.uint64], Floats]:
    """Return the entries that were read, those of the user among them, and the score of each in steps.

    Parameters
    ----------
    weights
        Those of the shipped classifier.
    mentions
        The labelled mentions, in which each entry of the user stands.
    own
        What the labels say of these.
    base, weight
        What the scores of the shipped classifier, and the log odds of ``own`` in steps, are multiplied with.
    """
    labelled, first = np.unique(mentions.entry, return_index=True)
    first = first[np.isin(labelled, own.entries)]
    kind = kind_of(mentions.frame[first], mentions.ambiguous[first], mentions.intensity[first])
    entries = np.concatenate([weights.entries, own.entries])
    scores = np.concatenate(
        [weights.entry_scores * base, weights.kind_scores[kind] * base + own.odds * weight]
    )
    order = np.argsort(entries)
    return entries[order], scores[order]


def _log_odds(chance: Floats) -> Floats:
    part = np.clip(chance, _SUREST, 1 - _SUREST)
    odds: Floats = np.log(part / (1 - part))
    return odds
