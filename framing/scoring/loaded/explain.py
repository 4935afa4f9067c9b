"""Why the classifier answers as it does: its answer as a sum of parts, each in plain words.

The classifier adds up numbers, so that nothing has to be guessed: the parts of a mention, in log odds after
calibration, sum to the log odds of its chance. What several features say of one thing (this word right
before, the same with the entry, how it is written) is one part.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from framing.scoring.loaded.blocks import PLACES, STEPS
from framing.scoring.loaded.columns import Surroundings
from framing.scoring.loaded.explain_names import ENTRY, Names, Part, Wording, part_of
from framing.scoring.loaded.explain_words import word_parts
from framing.scoring.loaded.keys import features
from framing.scoring.loaded.model import LoadedModel

BASELINE = "baseline"
REST = "everything else"

SHOWN = 6
"""Parts that are shown by default."""

_AT_ONCE = 1000
"""Mentions that are worked out together: an article may hold any number, and memory should not grow."""


class Contribution(NamedTuple):
    """One part of an answer: what it is, and its log odds; above 0 speaks for loaded."""

    what: str
    value: float


def contributions(
    model: LoadedModel, surroundings: Surroundings, words: Sequence[str]
) -> list[list[Contribution]]:
    """Return the parts of the answer for each mention, the strongest first.

    Parameters
    ----------
    model
        The classifier.
    surroundings
        Mentions and words, as the classifier reads them.
    words
        The words and signs as they stand in the text, one for each row of the words.

    Returns
    -------
    list of list of Contribution
        The values of each mention sum to the log odds of its chance. Parts of no weight are left out.
        Places count words and signs.

    Raises
    ------
    ValueError
        If there is not one word for each row.
    """
    if len(words) != len(surroundings.words.hash):
        raise ValueError(f"{len(words)} words for {len(surroundings.words.hash)} rows")
    wording, mentions = Wording(words), surroundings.mentions
    numbers = np.arange(len(mentions.first))
    return [
        parts
        for begin in range(0, len(numbers), _AT_ONCE)
        for parts in _together(
            model,
            surroundings._replace(mentions=mentions.take(numbers[begin : begin + _AT_ONCE])),
            wording,
        )
    ]


def top(parts: Iterable[Contribution], n: int = SHOWN) -> list[Contribution]:
    """Return the strongest parts, and all others joined into one at the end.

    Examples
    --------
    >>> parts = [Contribution("a", 0.5), Contribution("b", -2.0), Contribution("c", 0.25)]
    >>> [tuple(part) for part in top(parts, 1)]
    [('b', -2.0), ('everything else', 0.75)]
    """
    ordered = _by_strength(parts)
    if len(ordered) <= n + 1:
        return ordered
    return [*ordered[:n], Contribution(REST, math.fsum(part.value for part in ordered[n:]))]


def chance_of(parts: Iterable[Contribution]) -> float:
    """Return the chance that the parts of a mention add up to.

    Examples
    --------
    >>> chance_of([Contribution("a", 1.5), Contribution("b", -1.5)])
    0.5
    """
    return 1 / (1 + math.exp(-math.fsum(part.value for part in parts)))


def _by_strength(parts: Iterable[Contribution]) -> list[Contribution]:
    """Return the parts in an order that does not depend on that of the features; many are equally strong."""
    return sorted(parts, key=lambda part: (-abs(part.value), part.what))


class _Sums:
    """Values added up by name; names that differ only in capitals are one."""

    def __init__(self) -> None:
        self._value: dict[str, float] = {}
        self._name: dict[str, str] = {}

    def add(self, name: str, value: float) -> None:
        key = name.casefold()
        self._name.setdefault(key, name)
        self._value[key] = self._value.get(key, 0.0) + value

    def rows(self) -> list[tuple[str, float]]:
        return [(self._name[key], value) for key, value in self._value.items()]


def _together(
    model: LoadedModel, surroundings: Surroundings, wording: Wording
) -> Iterator[list[Contribution]]:
    """Yield the parts of each mention."""
    slope, shift = model.weights.platt
    baseline = Contribution(BASELINE, slope * model.weights.intercept + shift)
    known = np.isin(surroundings.mentions.entry, model.weights.entries).tolist()
    names = Names(surroundings.mentions, wording, known)
    features_of = _by_feature(model, surroundings)
    around = word_parts(model, surroundings, wording)
    for number in range(len(known)):
        sums = _Sums()
        for part, values in features_of.items():
            sums.add(names.of(number, part), values[number])
        for place in PLACES:
            sums.add(names.of(number, place), around.places[place][number])
        sums.add(names.of(number, ENTRY), around.mention[number])
        for what, totals in around.stretches:
            sums.add(what[number], totals[number])
        parts = [Contribution(what, slope * value) for what, value in sums.rows() if value]
        yield _by_strength([*parts, baseline])


def _by_feature(model: LoadedModel, surroundings: Surroundings) -> dict[Part, list[float]]:
    """Return what the entry and the features of each part say, in log odds before calibration."""
    found = {ENTRY: model.entry_scores(surroundings)}
    nothing = np.zeros(len(surroundings.mentions.first), dtype=np.int64)
    for feature in features(surroundings):
        part = part_of(feature.name, feature.place)
        found[part] = found.get(part, nothing) + model.weights.columns.take(feature.columns)
    return {part: (steps / STEPS).tolist() for part, steps in found.items()}
