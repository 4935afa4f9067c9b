"""Training the classifier on made-up mentions: it learns what decides, and look-ups answer like the fit."""

from __future__ import annotations

import numpy as np
import pytest
from made_up_readings import made_up, vectors

from framing.scoring.loaded import FRAMES, LoadedModel, Surroundings, join
from framing.scoring.loaded.frames import FrameTables, frame_chances
from framing.scoring.loaded.keys import entry_hash
from framing.scoring.loaded.store import plain_surroundings
from framing.training.loaded import fit as fitting
from framing.training.loaded.build import validation
from framing.training.loaded.fit import Fitted, calibrated, coarse, fit, steps, tables_of
from framing.training.loaded.frames import fit_frames
from framing.training.loaded.priors import find_priors
from framing.training.loaded.quality import (
    abstain_band,
    by_slice,
    calibration_error,
    error_rates,
    quality,
    same_entry_auc,
    share_threshold,
)
from framing.training.loaded.readings import ReadMentions


@pytest.fixture(scope="module")
def read() -> ReadMentions:
    return made_up()


@pytest.fixture(scope="module")
def fitted(read: ReadMentions) -> Fitted:
    tables = tables_of(vectors())
    return fit(read, tables, fit_frames(read, tables))


def test_it_learns_from_the_words_around_and_not_from_the_entry(read: ReadMentions, fitted: Fitted) -> None:
    entries = read.table["entry_id"].to_numpy(dtype=object)
    assert same_entry_auc(fitted.out_of_fold, read.loaded, entries) > 0.95
    model = LoadedModel(calibrated(fitted.weights, fitted.out_of_fold, read.loaded))
    new = [
        plain_surroundings(["near", "the", "army", "evil", "rulers", "was"], 3, "evil"),
        plain_surroundings(["near", "the", "rain", "evil", "clouds", "was"], 3, "evil"),
    ]
    people, weather = model.chances(join(new)).tolist()
    assert people > 0.5 > weather


def test_the_tables_answer_like_the_regression(read: ReadMentions, monkeypatch: pytest.MonkeyPatch) -> None:
    models = []
    real = fitting._fit_rows

    def kept(*arguments: object) -> object:
        models.append(real(*arguments))  # type: ignore[arg-type]
        return models[-1]

    monkeypatch.setattr(fitting, "_fit_rows", kept)
    tables = tables_of(vectors())
    fitted = fit(read, tables, fit_frames(read, tables), validate=False)
    model, priors = models[-1]
    matrix = fitting.design(read.surroundings, tables).matrix
    expected = model.decision_function(fitting._with_prior(matrix, priors.of(read.surroundings)))
    found = LoadedModel(fitted.weights).scores(read.surroundings)
    assert np.abs(found - expected).max() < 0.1
    assert np.corrcoef(found, expected)[0, 1] > 0.999


def test_training_twice_gives_the_same_weights(read: ReadMentions) -> None:
    tables = tables_of(vectors())
    frames = fit_frames(read, tables)
    first, second = (fit(read, tables, frames, validate=False).weights for _ in range(2))
    assert (first.columns == second.columns).all()
    assert (first.table == second.table).all()


def test_frames_follow_what_the_entry_carried() -> None:
    read = made_up(600)
    tables = tables_of(vectors())
    weights = fit_frames(read, tables)
    rows = tables.vocabulary.rows(read.surroundings.words.hash)
    chances = frame_chances(FrameTables(weights, tables.importance), read.surroundings, rows)
    said = np.array(FRAMES)[chances.argmax(axis=1)]
    loaded = read.loaded
    assert (said[loaded] == read.table["frame"].to_numpy()[loaded]).mean() > 0.95


def test_what_is_expected_of_an_entry_stands_in_where_nothing_was_read(read: ReadMentions) -> None:
    shares = {entry_hash("evil"): 0.9, entry_hash("never-read"): 0.9, entry_hash("hardly-ever"): 0.05}
    priors = find_priors(read.surroundings, read.loaded, shares)
    strangers = join([plain_surroundings(["x"], 0, name) for name in ("never-read", "hardly-ever", "nobody")])
    often, rarely, unjudged = priors.of(strangers).tolist()
    assert often >= rarely
    assert np.isfinite(unjudged)


def test_many_readings_outweigh_an_expectation() -> None:
    around = join([plain_surroundings(["x"], 0, "a")] * 60 + [plain_surroundings(["x"], 0, "b")] * 60)
    loaded = np.array([True] * 58 + [False] * 2 + [True] * 2 + [False] * 58)
    priors = find_priors(around, loaded, {entry_hash("a"): 0.1, entry_hash("b"): 0.9})
    a, b = priors.of(Surroundings(around.words, around.mentions.take(np.array([0, 60])))).tolist()
    assert a > 1 > -1 > b


def test_steps_are_whole_and_coarse_columns_fit_into_a_byte() -> None:
    assert steps(np.array([0.5, -100.0])).tolist() == [1024, -32000]
    table = np.random.default_rng(0).normal(size=(300, 4)) * np.array([0.01, 0.1, 1, 7])
    found = coarse(table).astype(np.int64)
    unit = np.gcd.reduce(found, axis=0)
    assert (np.abs(found // np.maximum(unit, 1)) <= 127).all()
    inside = np.clip(table, -32_000 / 2048, 32_000 / 2048)
    assert (np.abs(found / 2048 - inside).max(axis=0) <= np.abs(inside).max(axis=0) / 120).all()


def test_quality_of_a_perfect_and_of_a_silent_model() -> None:
    loaded = np.array([True, False] * 20)
    entries = np.array(["a"] * 20 + ["b"] * 20, dtype=object)
    best = quality(loaded.astype(float), loaded, entries, threshold=0.5)
    assert (best.auc, best.same_entry_auc, best.accuracy, best.surest) == (1, 1, 1, 1)
    silent = quality(np.full(40, 0.5), loaded, entries, threshold=0.5)
    assert (silent.auc, silent.same_entry_auc, silent.accuracy) == (0.5, 0.5, 0.5)
    assert calibration_error(np.full(40, 0.5), loaded) == 0


def test_the_threshold_keeps_the_share_and_the_band_holds_the_doubtful() -> None:
    random = np.random.default_rng(5)
    chance = random.random(4000)
    loaded = random.random(4000) < chance
    threshold = share_threshold(chance, loaded)
    assert abs((chance >= threshold).mean() - loaded.mean()) < 0.01
    low, high = abstain_band(chance, loaded, 0.5)
    assert 0.3 <= low < 0.5 < high <= 0.7
    rates = error_rates(chance >= 0.5, loaded)
    assert rates["precision_loaded"] == pytest.approx(0.75, abs=0.05)
    assert error_rates(chance >= 2, loaded)["precision_loaded"] is None
    assert rates["n"] == 4000


def test_slices_have_the_figures_of_their_own_mentions() -> None:
    random = np.random.default_rng(6)
    chance, loaded = random.random(300), random.random(300) < 0.6
    other = np.full(300, 0.6)
    first = np.arange(300) < 100
    plain = np.flatnonzero(~loaded)[:5]
    slices = {"first": first, "plain": np.isin(np.arange(300), plain)}
    found = by_slice({"classifier": chance, "baseline": other}, loaded, slices)
    own = quality(chance[first], loaded[first], np.full(100, "x", dtype=object), threshold=0.5)
    assert found["first"]["n"] == 100
    assert found["first"]["loaded"] == pytest.approx(loaded[first].mean(), abs=1e-4)
    for name in ("auc", "accuracy", "ece"):
        assert found["first"]["classifier"][name] == pytest.approx(getattr(own, name), abs=1e-4)
    assert found["first"]["baseline"]["auc"] == 0.5
    assert found["plain"]["classifier"]["auc"] is None
    assert found["plain"]["baseline"] == {"auc": None, "accuracy": 0.0, "ece": 0.6}


def test_a_figure_that_does_not_exist_is_null_on_the_card() -> None:
    chance, loaded = np.array([0.2, 0.8]), np.array([False, True])
    found = quality(chance, loaded, np.array(["a", "b"], dtype=object), threshold=0.5).facts()
    assert found["same_entry_auc"] is None
    assert (found["n"], found["auc"]) == (2, 1.0)


def test_the_card_sets_the_entry_alone_beside_the_classifier(read: ReadMentions, fitted: Fitted) -> None:
    everything = np.ones(len(read.loaded), dtype=np.bool_)
    weights = calibrated(fitted.weights, fitted.out_of_fold, read.loaded)
    facts = validation(
        read, weights, fitted.out_of_fold, everything, fold=fitted.fold, baseline=fitted.entry_alone
    )
    assert ((fitted.entry_alone > 0) & (fitted.entry_alone < 1)).all()
    # Every entry is loaded half of the time: what is known of it tells nothing, what stands around does.
    assert facts["validation_of_baseline"]["same_entry_auc"] == 0.5  # type: ignore[index]
    assert facts["validation"]["same_entry_auc"] > 0.95  # type: ignore[index]
    assert (
        set(facts["slices"]) == {"all", "category delegitimation", "corpus made"} == set(facts["error_rates"])
    )  # type: ignore[call-overload]
