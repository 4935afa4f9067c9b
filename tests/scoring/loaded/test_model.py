"""The classifier as look-ups: what counts, what does not, what strangers get."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.scoring.loaded import FRAMES, OTHER_FRAME, LoadedModel, Surroundings, chosen, join
from framing.scoring.loaded.blocks import BLOCKS, COLUMNS, SMOOTHING, STEPS, BlockTables, block_scores
from framing.scoring.loaded.keys import COLUMNS as KEYS
from framing.scoring.loaded.keys import entry_hash, features, sentence_rows, words_around
from framing.scoring.loaded.store import plain_surroundings, shipped_classifier
from framing.scoring.loaded.vocabulary import Vocabulary
from framing.text.tokens import hash_words

MODEL = shipped_classifier()
WORDS = ["the", "old", "regime", "in", "the", "capital", "fell", "before", "dawn"]
AROUND = plain_surroundings(WORDS, 2, "regime")


def table_with(word: str, column: int, value: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return rows of the words, a table with one score, and importance 10 for every word."""
    vocabulary = Vocabulary(hash_words(sorted(set(WORDS))))
    rows = vocabulary.rows(AROUND.words.hash)
    table = np.zeros((len(set(WORDS)) + 1, COLUMNS), dtype=np.int16)
    table[rows[WORDS.index(word)], column] = value
    return rows, table, np.full(len(table), 10, dtype=np.uint8)


@pytest.mark.parametrize(("place", "word"), [(-2, "the"), (-1, "old"), (1, "in"), (2, "the")])
def test_a_place_reads_the_word_that_stands_there(place: int, word: str) -> None:
    number = BLOCKS.index(place)
    rows, table, importance = table_with(word, number, STEPS)
    found = block_scores(AROUND, rows, BlockTables(table, importance))
    assert found[number].tolist() == [1.0]
    rows, table, importance = table_with("dawn", number, STEPS)
    assert block_scores(AROUND, rows, BlockTables(table, importance))[number].tolist() == [0.0]


def test_the_words_of_the_mention_count_in_it_and_not_in_its_sentence() -> None:
    for block, expected in (("mention", STEPS * 10 / (10 + SMOOTHING) / STEPS), ("sentence", 0.0)):
        number = BLOCKS.index(block)
        rows, table, importance = table_with("regime", number, STEPS)
        assert block_scores(AROUND, rows, BlockTables(table, importance))[number].tolist() == [
            pytest.approx(expected)
        ]


def test_a_sentence_is_the_mean_of_its_other_words() -> None:
    number = BLOCKS.index("sentence")
    rows, table, importance = table_with("dawn", number, STEPS)
    others = len(WORDS) - 1
    expected = 10 / (10 * others + SMOOTHING)
    assert block_scores(AROUND, rows, BlockTables(table, importance))[number].tolist() == [
        pytest.approx(expected)
    ]


def test_a_lens_counts_only_where_the_mention_is_seen_through_it() -> None:
    lensed = len(BLOCKS)  # the word right before, first lens
    rows, table, importance = table_with("old", lensed, STEPS)
    assert block_scores(AROUND, rows, BlockTables(table, importance))[-1].tolist() == [0.0]
    table[rows[2], -8] = STEPS  # the mention in the first lens
    assert block_scores(AROUND, rows, BlockTables(table, importance))[-1].tolist() == [
        pytest.approx(10 / (10 + SMOOTHING))
    ]


def test_nothing_beyond_the_paragraph_is_read() -> None:
    two = join([AROUND, plain_surroundings(["regime"], 0, "regime")])
    around = words_around(two)
    assert (around[:, 1] == 0).all()
    low, high = sentence_rows(two)
    assert (low[1], high[1]) == (len(WORDS), len(WORDS) + 1)


def test_features_are_the_same_in_any_company_and_within_their_range() -> None:
    other = plain_surroundings(["a", "storm", "is", "a", "monster"], 4, "monster")
    together = [f.columns.tolist() for f in features(join([AROUND, other]))]
    alone = [[f.columns.tolist()[0] for f in features(a)] for a in (AROUND, other)]
    assert [list(pair) for pair in zip(*alone, strict=True)] == together
    assert all(0 <= c < KEYS for column in together for c in column)


def test_an_entry_that_nobody_read_gets_what_its_kind_is_worth() -> None:
    stranger = plain_surroundings(WORDS, 2, "an-entry-of-nobody")
    assert MODEL.entry_scores(stranger).tolist() != MODEL.entry_scores(AROUND).tolist()
    mild = stranger._replace(mentions=stranger.mentions._replace(frame=np.array([OTHER_FRAME])))
    assert np.isfinite(MODEL.chances(mild)).all()


def test_frames_are_a_distribution_and_follow_the_category_of_the_entry() -> None:
    for number, frame in enumerate(FRAMES):
        unknown = plain_surroundings(WORDS, 2, "an-entry-of-nobody")
        mentions = unknown.mentions._replace(frame=np.array([number]))
        chances = MODEL.frame_chances(unknown._replace(mentions=mentions))
        assert chances.shape == (1, len(FRAMES))
        assert chances.sum() == pytest.approx(1)
        if frame in ("terrorism_label", "glorification", "distancing"):
            assert chances.argmax() == number


def test_some_mentions_of_a_batch_keep_their_answers() -> None:
    batch = join([AROUND, plain_surroundings(["a", "storm", "is", "a", "monster"], 4, "monster"), AROUND])
    kept = chosen(batch, np.array([False, True, True]))
    assert len(kept.words.hash) == 5 + len(WORDS)
    assert MODEL.chances(kept).tolist() == MODEL.chances(batch).tolist()[1:]


def test_no_mentions_is_no_error() -> None:
    none = chosen(AROUND, np.array([False]))
    assert MODEL.chances(none).tolist() == []
    assert MODEL.frame_chances(none).shape == (0, len(FRAMES))


def test_calibration_keeps_the_order() -> None:
    scores = np.linspace(-5, 5, 50)
    chances = MODEL.calibrated(scores)
    assert (np.diff(chances) > 0).all()
    assert ((chances > 0) & (chances < 1)).all()


@given(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=9), min_size=1, max_size=200, unique=True))
def test_the_vocabulary_knows_its_words_and_no_others(words: list[str]) -> None:
    half = words[: len(words) // 2 + 1]
    vocabulary = Vocabulary(hash_words(half))
    rows = vocabulary.rows(hash_words(words))
    for number, row in enumerate(rows.tolist()):
        assert row == (number + 1 if number in vocabulary.kept.tolist() else 0)


def test_entries_are_told_apart() -> None:
    assert len({entry_hash(name) for name in ("regime", "regimes", "Regime", "")}) == 4


def test_the_model_has_no_more_to_say_than_its_tables() -> None:
    weights = MODEL.weights
    silent = LoadedModel(
        type(weights)(
            np.zeros_like(weights.columns), weights.words, np.zeros_like(weights.table), weights.importance,
            weights.entries, np.zeros_like(weights.entry_scores), np.zeros_like(weights.kind_scores),
            0.0, (1.0, 0.0), weights.frames,
        )
    )  # fmt: skip
    assert silent.chances(AROUND).tolist() == [0.5]
    assert isinstance(AROUND, Surroundings)
