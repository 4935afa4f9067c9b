"""Readings and vectors that were made up: what decides in them is known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.scoring.loaded import join
from framing.scoring.loaded.store import plain_surroundings
from framing.text.tokens import hash_words
from framing.training.loaded.readings import ReadMentions
from framing.training.loaded.vectors import Vectors

PEOPLE, WEATHER = ["general", "rulers", "militia", "army"], ["rain", "wind", "flood", "clouds"]
OTHERS = ["the", "a", "was", "is", "of", "and", "near", "before"]
ENTRIES = ["monster", "brutal", "evil"]


def made_up(n: int = 240) -> ReadMentions:
    """Return mentions that are loaded among people and plain in the weather, whatever the entry."""
    random = np.random.default_rng(3)
    parts, rows = [], []
    for number in range(n):
        loaded = bool(number % 2)
        topic = PEOPLE if loaded else WEATHER
        words = [*random.choice(OTHERS, 4), random.choice(topic), "x", random.choice(topic),
                 *random.choice(OTHERS, 3)]  # fmt: skip
        entry = ENTRIES[number % 3]
        words[5] = entry
        parts.append(plain_surroundings([str(w) for w in words], 5, entry))
        frame = ("dehumanisation" if entry == "monster" else "atrocity") if loaded else ""
        rows.append(("made", str(number), entry, "delegitimation", loaded, frame))
    table = pd.DataFrame(rows, columns=["corpus", "doc_id", "entry_id", "category", "loaded", "frame"])
    return ReadMentions(table, join(parts), 0)


def vectors(fillers: int = 0) -> Vectors:
    """Return vectors in which people lie apart from weather; some more common words may come first."""
    common = [*(f"filler{number}" for number in range(fillers)), *OTHERS]
    words = [*common, *ENTRIES, *PEOPLE, *WEATHER]
    random = np.random.default_rng(1)
    found = random.normal(size=(len(words), 24)) * 0.1
    found[len(common) + len(ENTRIES) :, 0] += np.repeat([1.0, -1.0], 4)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    importance = np.repeat([0, 100], [len(common), len(words) - len(common)]).astype(np.uint8)
    return Vectors(hash_words(words), found.astype(np.float32), importance)
