"""What labels say of a user's own entries: by hand, and never by the label that is to be told."""

from __future__ import annotations

import math

import numpy as np
import pytest

from framing.scoring.loaded import join
from framing.scoring.loaded.keys import entry_hash
from framing.scoring.loaded.model import kind_of
from framing.scoring.loaded.store import plain_surroundings, shipped_classifier
from framing.training.loaded.own_entries import (
    OwnEntries,
    find_own_entries,
    of_other_documents,
    with_own_entries,
)

ENTRY = np.array([7, 7, 7, 7, 4, 4, 9], dtype=np.uint64)
LOADED = np.array([True, True, True, False, False, False, True])
CHANCES = np.array([0.5, 0.6, 0.7, 0.6, 0.2, 0.4, 0.9])
DOCUMENTS = np.array(["a", "a", "b", "c", "a", "d", "e"], dtype=object)
KNOWN = np.array([9], dtype=np.uint64)


def logit(share: float) -> float:
    return math.log(share / (1 - share))


def test_the_odds_are_those_by_hand() -> None:
    found = find_own_entries(ENTRY, LOADED, CHANCES, KNOWN)
    assert found.entries.tolist() == [4, 7]
    # Three mentions stand for what was expected: a mean chance of .3, and of .6.
    assert found.odds.tolist() == pytest.approx([
        logit((0 + 3 * 0.3) / (2 + 3)) - logit(0.3),
        logit((3 + 3 * 0.6) / (4 + 3)) - logit(0.6),
    ])  # fmt: skip
    assert found.of(ENTRY).tolist() == pytest.approx([found.odds[1]] * 4 + [found.odds[0]] * 2 + [0.0])


def test_without_own_entries_nothing_is_said() -> None:
    found = find_own_entries(ENTRY, LOADED, CHANCES, np.unique(ENTRY))
    assert found.of(ENTRY).tolist() == [0.0] * 7
    assert not of_other_documents(ENTRY, LOADED, CHANCES, np.unique(ENTRY), documents=DOCUMENTS).any()
    assert not of_other_documents(ENTRY, LOADED, CHANCES, KNOWN, documents=np.full(7, "a", object)).any()


def test_a_mention_is_never_told_by_labels_of_its_own_document() -> None:
    random = np.random.default_rng(2)
    entry = random.integers(1, 6, 200).astype(np.uint64)
    documents = random.integers(0, 12, 200).astype(str).astype(object)
    loaded, chances = random.random(200) < 0.4, random.random(200)
    before = of_other_documents(entry, loaded, chances, KNOWN, documents=documents)
    assert (before != 0).mean() > 0.9
    for name in np.unique(documents):
        own = documents == name
        turned = np.where(own, ~loaded, loaded)
        after = of_other_documents(entry, turned, chances, KNOWN, documents=documents)
        assert after[own].tolist() == before[own].tolist()
        assert (after[~own] != before[~own]).any()


def test_scores_of_the_new_entries_stand_among_those_that_were_read() -> None:
    weights = shipped_classifier().weights
    parts = [plain_surroundings(["x"], 0, name) for name in ("gadfly", "regime", "lodestar", "gadfly")]
    mentions = join(parts).mentions._replace(intensity=np.array([1, 2, 3, 1]))
    names = sorted(("gadfly", "lodestar"), key=entry_hash)
    hashes = [entry_hash(name) for name in names]
    own = OwnEntries(np.array(hashes, dtype=np.uint64), np.array([1.5, -2.0]))
    entries, scores = with_own_entries(weights, mentions, own, base=0.5, weight=100.0)
    assert (np.diff(entries.astype(object)) > 0).all()
    score_of = dict(zip(entries.tolist(), scores.tolist(), strict=True))
    for entry, score in zip(weights.entries.tolist(), weights.entry_scores.tolist(), strict=True):
        assert score_of[entry] == score * 0.5
    for name, entry, odds in zip(names, hashes, (1.5, -2.0), strict=True):
        intensity = np.array([1 if name == "gadfly" else 3])
        kind = int(kind_of(np.zeros(1, np.int64), np.ones(1, np.int64), intensity)[0])
        assert score_of[entry] == weights.kind_scores[kind] * 0.5 + odds * 100
    assert len(entries) == len(weights.entries) + 2
