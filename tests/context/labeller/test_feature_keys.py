"""Keys of several features at once are those of one after another."""

from __future__ import annotations

import numpy as np

from framing.context.labeller.keys import key, keys_of


def test_features_of_one_to_four_columns_keep_their_keys_and_their_order() -> None:
    chance = np.random.default_rng(3)
    words = chance.integers(0, 1 << 63, 50).astype(np.uint64) * np.uint64(2)
    small, flags = chance.integers(0, 9, 50), chance.random(50) < 0.5
    features = {
        "pair": (words, words[::-1]),
        "one": (small,),
        "four": (words, small, small, flags),
        "again": (words, words[::-1]),
        "shapes": (small.astype(np.int8), flags),
    }
    found = keys_of(features)
    assert list(found) == list(features)
    for name, columns in features.items():
        assert found[name].tolist() == key(name, *columns).tolist()
    assert found["pair"].tolist() != found["again"].tolist()
