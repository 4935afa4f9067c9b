"""Where the words of a short quotation stand elsewhere in the text: unquoted, or in longer quotations."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.word_groups import empty_words
from framing.text.tokens import Ints, UInts

REMOVED, OWN, SHORT, LONG = range(4)
"""Where a word stands: in no paragraph, outside of quotations, in a short one, in a long one."""

N_FEATURES = 9

MOST_PLACES = 1000
"""Places at which a phrase is looked for: an article that has more says no more, and takes too long."""


class _Found(NamedTuple):
    """How often a phrase stands unquoted, as a short quotation and in long ones; what its words tell."""

    unquoted: int
    short: int
    long: int
    words: tuple[float, ...]


class Recurrence:
    """Words of a text in the order of their hashes, so that all that are the same stand together."""

    def __init__(self, words: UInts, state: NDArray[np.int8], first: Sequence[int]) -> None:
        """Sort the words; ``first`` are those that begin a short quotation."""
        self._words, self._state = words, state
        # A short quotation ends where no short one goes on, or where another begins.
        self._begins = np.zeros(len(words), dtype=np.bool_)
        self._begins[list(first)] = True
        self._begins_or_ends = np.append((state != SHORT) | self._begins, True)
        self._order = np.argsort(words, kind="stable")
        self._sorted = words[self._order]
        self._own, self._long = np.zeros((2, len(words) + 1), dtype=np.int64)
        sorted_state = state[self._order]
        np.cumsum(sorted_state == OWN, out=self._own[1:])
        np.cumsum(sorted_state == LONG, out=self._long[1:])
        self._found: dict[bytes, _Found] = {}

    def unquoted(self, words: UInts) -> Ints:
        """Return how often each of some words stands outside of quotations."""
        return (
            self._own[np.searchsorted(self._sorted, words, side="right")]
            - self._own[np.searchsorted(self._sorted, words)]
        )

    def features(self, first: int, stop: int) -> list[float]:
        """Return the features of the short quotation that has these words (at least one)."""
        phrase = self._words[first:stop]
        key = phrase.tobytes()  # one that is quoted time and again is looked for once
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._look_for(phrase)
        return [
            float(found.unquoted > 0),
            log1p(found.unquoted),
            float(found.short > 1),
            float(found.long > 0),
            *found.words,
        ]

    def _look_for(self, phrase: UInts) -> _Found:
        low = np.searchsorted(self._sorted, phrase)
        high = np.searchsorted(self._sorted, phrase, side="right")
        rarest = int((high - low).argmin())
        wanted, size = phrase.tolist(), len(phrase)
        starts = self._order[int(low[rarest]) : int(high[rarest])][:MOST_PLACES] - rarest
        starts = starts[(starts >= 0) & (starts <= len(self._words) - size)]
        for place in range(size):
            starts = starts[self._words[starts + place] == phrase[place]]
        states = self._state[starts[:, None] + np.arange(size)]
        unquoted = int((states == OWN).all(axis=1).sum())
        long = int((states == LONG).all(axis=1).sum())
        whole = starts[(states == SHORT).all(axis=1)]
        short = int((self._begins[whole] & self._begins_or_ends[whole + size]).sum())
        content = [i for i, word in enumerate(wanted) if word not in empty_words()]
        chosen = content or list(range(size))
        own = (self._own[high] - self._own[low])[chosen].tolist()
        quoted = (self._long[high] - self._long[low])[chosen].tolist()
        words = (
            log1p(sum(own) / len(own)),
            float(min(own) > 0),
            log1p(sum(quoted) / len(quoted)),
            float(min(quoted) > 0),
            float(len(content) == size),
        )
        return _Found(unquoted, short, long, words)
