"""Counting words and their neighbours, against counting by hand."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from framing.text.tokens import hash_words
from framing.training.neighbours import counted, information, ranked, words_and_signs

TEXTS = ["The storm hit the coast, and the storm left.", "A coast; the storm again!", "Rain, rain, rain."]
PLAIN = "the storm hit the coast , and the storm left . a coast ; the storm again ! rain , rain , rain ."


def test_ranks_are_those_of_counting_by_hand() -> None:
    found, words = ranked(TEXTS), PLAIN.split()
    hashes = {w: int(hash_words([w])[0]) if w.isalpha() else ord(w) + 1 for w in words}
    by_hand = Counter(hashes[w] for w in words)
    assert dict(zip(found.words.tolist(), found.counts.tolist(), strict=True)) == by_hand
    assert (np.diff(found.counts) <= 0).all()
    assert found.words[found.ranks].tolist() == [hashes[w] for w in words]
    assert np.concatenate(list(words_and_signs(TEXTS))).tolist() == [hashes[w] for w in words]


@pytest.mark.parametrize("weight", [1.0, 0.25])
def test_pairs_are_those_of_counting_by_hand(weight: float) -> None:
    ranks = np.random.default_rng(4).integers(0, 12, 400).astype(np.int32)
    found = counted(ranks[2:], ranks[:-2], (7, 5), weight).toarray()
    by_hand = Counter(zip(ranks[2:].tolist(), ranks[:-2].tolist(), strict=True))
    assert found.shape == (7, 5)
    for word in range(7):
        for neighbour in range(5):
            assert found[word, neighbour] == by_hand[word, neighbour] * weight


def test_information_is_positive_and_smooths_rare_neighbours() -> None:
    ranks = np.random.default_rng(5).geometric(0.2, 3000).astype(np.int32) - 1
    counts = counted(ranks[1:], ranks[:-1], (8, 8))
    n = counts.toarray().astype(float)
    column = n.sum(axis=0) ** 0.75
    expected = n.sum(axis=1)[:, None] * (column / column.sum())[None, :]
    by_hand = np.log(np.where(n > 0, n, 1) / expected) * (n > 0)
    assert information(counts).toarray() == pytest.approx(np.clip(by_hand, 0, None), abs=1e-5)
