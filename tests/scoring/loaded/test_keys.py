"""Weights of features: added up at once they are what they are one by one, in any batch."""

from __future__ import annotations

import numpy as np
import pytest

from framing.context.labeller.stream import SHAPES as SHAPES_OF_THE_LABELLER
from framing.scoring.loaded import Mentions, Surroundings, Words, columns
from framing.scoring.loaded.columns import SHAPES, batches, sentence_rows
from framing.scoring.loaded.facts import SIZES
from framing.scoring.loaded.keys import COLUMNS, KeyTables, features
from framing.scoring.loaded.store import shipped_classifier

MODEL = shipped_classifier()
FLAGS = ("ambiguous", "negated", "hedged", "in_title", "scare_quoted")


def made_up(n: int, seed: int = 0) -> Surroundings:
    """Return mentions with every kind of facts, a few to a paragraph."""
    rng = np.random.default_rng(seed)
    size = rng.integers(1, 40, n)
    words = int(size.sum())
    low = np.cumsum(size) - size
    first = low + rng.integers(0, size)
    whole = {name: rng.integers(0, 2, n) for name in FLAGS}
    return Surroundings(
        Words(
            rng.choice(MODEL.weights.words, words),
            rng.integers(0, SHAPES, words).astype(np.int8),
            np.cumsum(np.isin(np.arange(words), low) | (rng.random(words) < 0.1)),
        ),
        Mentions(
            first=first, stop=np.minimum(first + rng.integers(1, 4, n), low + size), low=low, high=low + size,
            entry=rng.choice(MODEL.weights.entries, n), frame=rng.integers(0, SIZES["frame"], n),
            intensity=rng.integers(0, 4, n), voice=rng.integers(0, SIZES["voice"], n),
            attributed=rng.random(n), density=rng.random(n) * 50, **whole,
        ),
    )  # fmt: skip


def test_all_weights_at_once_are_the_sum_of_those_of_each_feature() -> None:
    weights = np.random.default_rng(1).integers(-32_000, 32_000, COLUMNS).astype(np.int16)
    surroundings = made_up(3000)
    expected = np.zeros(3000, dtype=np.int64)
    for feature in features(surroundings):
        expected += weights[feature.columns]
    found = KeyTables(weights).scores(surroundings, sentence_rows(surroundings))
    assert found.tolist() == expected.tolist()


def test_each_feature_has_a_name_and_a_place_of_its_own() -> None:
    names = [(feature.name, feature.place) for feature in features(made_up(1))]
    assert len(set(names)) == len(names) == 82


def test_words_are_written_in_as_many_ways_as_the_labeller_tells_apart() -> None:
    assert SHAPES == SHAPES_OF_THE_LABELLER


def test_a_fact_out_of_its_range_is_refused() -> None:
    surroundings = made_up(3)
    odd = surroundings._replace(mentions=surroundings.mentions._replace(frame=np.array([0, 99, 0])))
    with pytest.raises(IndexError):
        MODEL.chances(odd)


@pytest.mark.parametrize("at_once", [1, 7, 500])
def test_batches_of_any_size_give_the_same_answers(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    surroundings = made_up(60)
    chances, frames = MODEL.chances(surroundings), MODEL.frame_chances(surroundings)
    monkeypatch.setattr(columns, "AT_ONCE", at_once)
    assert len(list(batches(surroundings))) == -(-60 // at_once)
    assert MODEL.chances(surroundings).tobytes() == chances.tobytes()
    assert MODEL.frame_chances(surroundings).tobytes() == frames.tobytes()


def test_mentions_in_any_order_keep_their_answers() -> None:
    surroundings = made_up(60)
    order = np.random.default_rng(2).permutation(60)
    shuffled = Surroundings(surroundings.words, surroundings.mentions.take(order))
    assert MODEL.chances(shuffled).tobytes() == MODEL.chances(surroundings)[order].tobytes()
