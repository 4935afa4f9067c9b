"""What is known of a mention in small whole numbers, and the yes-or-no features that read nothing else.

Few combinations are possible, so that the weights of all these features are added up beforehand, in one
table for each group of facts: a mention then takes five look-ups instead of twenty-two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from framing.scoring.loaded.columns import FRAMES, SHAPES, VOICE_CODES, Edges, Ints, Surroundings
from framing.scoring.loaded.mixing import columns_of, pair, seed
from framing.text.tokens import UInts

_DENSITIES = (5.0, 10.0, 20.0, 35.0)
_CHANCES = (0.1, 0.3, 0.5, 0.7, 0.9)
_FURTHEST = 4
_FLAGS = ("negated", "hedged", "in_title", "scare_quoted")
_SHAPE_PLACES = (-2, -1, 1, 2)

SIZES = {
    "frame": len(FRAMES) + 1, "ambiguous": 2, "intensity": 4, "written": SHAPES, "voice": len(VOICE_CODES),
    **dict.fromkeys(_FLAGS, 2), "before": _FURTHEST + 1, "after": _FURTHEST + 1, "chance": len(_CHANCES) + 1,
    "density": len(_DENSITIES) + 1, **{f"shape {place}": SHAPES for place in _SHAPE_PLACES},
}  # fmt: skip
"""How many values each fact has, from 0 on."""

_GROUPS = (
    ("frame", "ambiguous", "intensity", "written"),
    ("frame", "ambiguous", "voice", *_FLAGS),
    ("shape -2", "shape -1"),
    ("shape 1", "shape 2"),
    ("before", "after", "chance", "density"),
)
"""Facts that are read together; each feature reads the facts of one group."""

Facts = Mapping[str, NDArray[np.integer]]


def facts(surroundings: Surroundings, sentence: Edges) -> Facts:
    """Return the facts of each mention; ``sentence`` has the edges of its sentence."""
    words, mentions = surroundings
    found = {name: getattr(mentions, name) for name in ("frame", "ambiguous", "intensity", "voice", *_FLAGS)}
    found["written"] = words.shape.take(mentions.first)
    for place in _SHAPE_PLACES:
        at = mentions.first + place if place < 0 else mentions.stop + place - 1
        inside = at >= mentions.low if place < 0 else at < mentions.high
        found[f"shape {place}"] = words.shape.take(at, mode="clip") * inside
    found["before"] = np.clip(mentions.first - sentence.low, 0, _FURTHEST)
    found["after"] = np.clip(sentence.high - mentions.stop, 0, _FURTHEST)
    found["chance"] = np.searchsorted(_CHANCES, mentions.attributed)
    found["density"] = np.searchsorted(_DENSITIES, mentions.density)
    return found


def kind(found: Facts) -> UInts:
    """Return a number for the category of the entry and whether it is ambiguous."""
    return (found["frame"].astype(np.uint64) + np.uint64(1)) * np.uint64(8) + found["ambiguous"].astype(
        np.uint64
    ) * np.uint64(4)


def fact_features(found: Facts) -> Iterator[tuple[str, int, str, UInts]]:
    """Yield name, place, one of the facts, and values of every feature, always in the same order."""
    frame = kind(found)
    yield "category", 0, "intensity", frame
    yield "intensity", 0, "intensity", frame + found["intensity"].astype(np.uint64)
    for name in ("written", "voice", *_FLAGS):
        values = found[name].astype(np.uint64)
        yield name, 0, name, values
        yield f"category and {name}", 0, name, pair(frame, values)
    for place in _SHAPE_PLACES:
        yield "shape", place, f"shape {place}", found[f"shape {place}"].astype(np.uint64)
    for name, fact in (
        ("words before in sentence", "before"),
        ("words after in sentence", "after"),
        ("chance attributed", "chance"),
        ("density", "density"),
    ):
        yield name, 0, fact, found[fact].astype(np.uint64)


class FactTables:
    """The weights of all features that read facts, added up for each group of facts.

    ``weights`` has one for each column of the features.
    """

    def __init__(self, weights: NDArray[np.int16]) -> None:
        self._tables = [_table(group, weights) for group in _GROUPS]

    def scores(self, found: Facts) -> NDArray[np.int32]:
        """Return the sum of the weights of each mention."""
        total = np.zeros(len(found["frame"]), dtype=np.int32)
        for group, table in zip(_GROUPS, self._tables, strict=True):
            place: Ints = found[group[0]].astype(np.int64)
            for fact in group[1:]:
                place *= SIZES[fact]
                place += found[fact]
            total += table.take(place)
        return total


def _table(group: tuple[str, ...], weights: NDArray[np.int16]) -> NDArray[np.int32]:
    """Add up the weights for every combination of the facts of a group."""
    grid = np.indices([SIZES[fact] for fact in group]).reshape(len(group), -1)
    nothing = np.zeros(grid.shape[1], dtype=np.int64)
    every = {**dict.fromkeys(SIZES, nothing), **dict(zip(group, grid, strict=True))}
    total = np.zeros(grid.shape[1], dtype=np.int32)
    for name, place, fact, values in fact_features(every):
        if fact in group:
            total += weights.take(columns_of((values ^ seed(name, place))[None])[0])
    return total
