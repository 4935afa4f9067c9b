"""The parts of an answer: they sum to it, each stands once, and each has a name that can be read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from framing.scoring.loaded import FRAMES, LoadedModel, LoadedWeights, Surroundings, explain, join
from framing.scoring.loaded.blocks import BLOCKS, LENSED, LENSES, SMOOTHING, STEPS
from framing.scoring.loaded.blocks import COLUMNS as TABLE_COLUMNS
from framing.scoring.loaded.explain import BASELINE, REST, Contribution, chance_of, contributions, top
from framing.scoring.loaded.frames import FRAME_STRETCHES, FrameWeights
from framing.scoring.loaded.keys import COLUMNS, features
from framing.scoring.loaded.model import KINDS
from framing.scoring.loaded.store import plain_surroundings
from framing.text.tokens import hash_words

KNOWN = ("storm", "monster", "rain", "hurricane", "regime", "the", "brutal")
STORM = ["The", "storm", "is", "a", "monster", ",", "the", "rain", "and", "the", "hurricane", "stay"]
REGIME = ["this", "brutal", "regime", "must", "fall", "said", "the", "governor", "of", "the", "storm"]


def around(words: list[str], at: int, entry: str, **facts: float) -> Surroundings:
    found = plain_surroundings([word.lower() for word in words], at, entry)
    columns = {name: np.array([value]) for name, value in facts.items()}
    return found._replace(mentions=found.mentions._replace(**columns))


def weights(rng: np.random.Generator | None = None) -> LoadedWeights:
    """Return random weights, or such that say nothing at all."""

    def numbers(*shape: int) -> np.ndarray:
        found = rng.integers(-900, 900, shape) if rng else np.zeros(shape)
        return found.astype(np.int16)

    words, size = len(KNOWN), len(FRAMES)
    table = numbers(words + 1, TABLE_COLUMNS)
    table[0] = 0
    importance = np.full(words + 1, 40, dtype=np.uint8)
    importance[0] = 0
    entries = np.sort(plain_surroundings(["x"], 0, "regime").mentions.entry)
    return LoadedWeights(
        columns=numbers(COLUMNS), words=hash_words(KNOWN), table=table, importance=importance,
        entries=entries, entry_scores=numbers(1), kind_scores=numbers(KINDS), intercept=0.0, platt=(1.0, 0.0),
        frames=FrameWeights(
            entries, numbers(1, size), numbers(size + 1, size),
            numbers(words + 1, size * len(FRAME_STRETCHES)),
        ),
    )  # fmt: skip


def mentions() -> tuple[Surroundings, list[str]]:
    parts = [
        (STORM, around(STORM, 4, "monster", density=31.0, voice=1, attributed=0.95)),
        (REGIME, around(REGIME, 2, "regime", negated=1, in_title=1, frame=5, intensity=2)),
        (["regime"], around(["regime"], 0, "regime", scare_quoted=1, hedged=1)),
        (REGIME, around(REGIME, 10, "storm", voice=4)),
    ]
    return join([part for _, part in parts]), [word for words, _ in parts for word in words]


def values(parts: list[Contribution]) -> dict[str, float]:
    assert len({part.what for part in parts}) == len(parts)
    return {part.what: part.value for part in parts}


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_of_each_mention_sum_to_the_log_odds_of_its_chance(seed: int) -> None:
    rng = np.random.default_rng(seed)
    model = LoadedModel(replace(weights(rng), intercept=-0.75, platt=(0.21, 0.4)))
    surroundings, words = mentions()
    chances = model.chances(surroundings)
    found = contributions(model, surroundings, words)
    for parts, chance in zip(found, chances.tolist(), strict=True):
        assert sum(part.value for part in parts) == pytest.approx(np.log(chance / (1 - chance)), abs=1e-9)
        assert chance_of(parts) == pytest.approx(chance, abs=1e-12)
        assert values(parts)[BASELINE] == pytest.approx(0.21 * -0.75 + 0.4)
        assert [abs(p.value) for p in parts] == sorted((abs(p.value) for p in parts), reverse=True)


def test_a_mention_has_the_same_parts_whatever_else_is_read() -> None:
    model = LoadedModel(weights(np.random.default_rng(7)))
    alone = contributions(model, around(REGIME, 10, "storm", voice=4), REGIME)[0]
    joined = contributions(model, *mentions())[3]
    assert values(joined) == pytest.approx(values(alone), abs=1e-12)


def test_any_number_of_mentions_is_explained_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    model = LoadedModel(weights(np.random.default_rng(8)))
    surroundings, words = mentions()
    together = contributions(model, surroundings, words)
    monkeypatch.setattr(explain, "_AT_ONCE", 3)
    assert contributions(model, surroundings, words) == together


@pytest.mark.parametrize("seed", range(4))
def test_words_of_a_stretch_say_what_they_say_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    model = LoadedModel(weights(rng))
    text = [[str(w) for w in rng.choice([*KNOWN, "Storm", "THE", "x", ","], 30)] for _ in range(4)]
    parts = [around(words, at, "regime") for words in text for at in (0, 11, 29)]
    surroundings, words = join(parts), [word for paragraph in text for word in paragraph * 3]
    found = contributions(model, surroundings, words)
    table, importance = model.weights.table, model.weights.importance
    first_lens = len(BLOCKS) + len(LENSED) * LENSES
    for number, parts_of in enumerate(found):
        paragraph, at = text[number // 3], (0, 11, 29)[number % 3]
        row = [KNOWN.index(w.lower()) + 1 if w.lower() in KNOWN else 0 for w in paragraph]
        lens = [
            table[row[at], first_lens + n] / STEPS * importance[row[at]] / (importance[row[at]] + SMOOTHING)
            for n in range(LENSES)
        ]
        others = [i for i in range(30) if i != at]
        total_weight = sum(int(importance[row[i]]) for i in others) + SMOOTHING
        for stretch in ("sentence", "paragraph"):
            said: dict[str, float] = {}
            for i in others:
                score = table[row[i], BLOCKS.index(stretch)] / STEPS
                if stretch in LENSED:
                    begin = len(BLOCKS) + LENSED.index(stretch) * LENSES
                    score += sum(table[row[i], begin + n] / STEPS * lens[n] for n in range(LENSES))
                word = paragraph[i].lower()
                said[word] = said.get(word, 0) + score * importance[row[i]] / total_weight
            total = sum(said.values())
            loudest = sorted(said, key=lambda word: -said[word] * np.sign(total))
            expected = [word for word in loudest if said[word] * total > 0][:3]
            (part,) = [p for p in parts_of if p.what.startswith(f"words of the {stretch}")]
            assert part.value == pytest.approx(total, abs=1e-12)
            assert part.what.lower() == f"words of the {stretch}: " + ", ".join(f"'{w}'" for w in expected)


def test_every_feature_is_in_a_part_with_a_plain_name() -> None:
    model = LoadedModel(replace(weights(), columns=np.ones(COLUMNS, dtype=np.int16)))
    words = ["A", "storm", "of", "the", "brutal", "Regime", "'", "Storm"]
    surroundings = around(words, 5, "regime", negated=1, voice=1, density=31.0)
    steps = {
        name: round(value * STEPS)
        for name, value in values(contributions(model, surroundings, words)[0]).items()
    }
    number = len(list(features(surroundings)))
    assert sum(steps.values()) == number
    assert steps == {
        "baseline": 0,
        "the entry 'Regime' as it was read before": 6,
        "'brutal' right before": 6,
        "'the' two words before": 6,
        '"\'" right after': 6,
        "'Storm' two words after": 6,
        "'storm' nearby": 3,
        "'of' nearby": 3,
        "'A' nearby": 2,
        "start of the paragraph nearby": 7 + 1,  # seven places hold no word, one is read with the entry too
        "end of the paragraph nearby": 10 + 4 + 2,
        "'the brutal' right before": 1,
        '"\'Storm" right after': 1,
        "'brutal' right before and \"'\" right after": 1,
        "written with a capital letter": 3,
        "position in the sentence": 2,
        "voice: direct": 3,
        "negated": 2,
        "not hedged, not in the title, not in scare quotes": 6,
        "density of terms: 31 in a thousand words": 1,
    }


def test_what_is_said_of_one_word_is_one_part_wherever_it_is_read() -> None:
    words = ["storm", "a", "b", "c", "regime", "d", "e", "f", "Storm"]
    surroundings = around(words, 4, "regime")
    columns = np.zeros(COLUMNS, dtype=np.int16)
    for feature in features(surroundings):
        if feature.name == "near" and feature.place == 4:
            columns[feature.columns] = 100
        if feature.name == "word" and feature.place == -4:
            columns[feature.columns] = 50
    found = values(contributions(LoadedModel(replace(weights(), columns=columns)), surroundings, words)[0])
    assert found == pytest.approx({"'storm' nearby": 250 / STEPS, BASELINE: 0})


def test_pairs_of_words_are_named_with_both() -> None:
    words = ["he", "claimed", "responsibility", "for", "the"]
    surroundings = around(words, 0, "regime")
    middle = around(words, 2, "regime")
    named = {
        "two words after": (surroundings, "'claimed responsibility' right after"),
        "two words before": (middle, "'he claimed' right before"),
        "words on both sides": (middle, "'claimed' right before and 'for' right after"),
    }
    for name, (own, what) in named.items():
        columns = np.zeros(COLUMNS, dtype=np.int16)
        columns[next(f.columns for f in features(own) if f.name == name)] = 100
        found = values(contributions(LoadedModel(replace(weights(), columns=columns)), own, words)[0])
        assert found == pytest.approx({what: 100 / STEPS, BASELINE: 0})


def test_the_loudest_words_of_a_sentence_are_named_in_the_direction_of_its_sum() -> None:
    table = np.zeros((len(KNOWN) + 1, TABLE_COLUMNS), dtype=np.int16)
    sentence = BLOCKS.index("sentence")
    for word, score in (("rain", -400), ("hurricane", -900), ("storm", -100), ("the", 300), ("monster", 999)):
        table[KNOWN.index(word) + 1, sentence] = score
    model = LoadedModel(replace(weights(), table=table))
    found = values(contributions(model, around(STORM, 4, "monster"), STORM)[0])
    # Six known words stand around "monster", which itself does not count: storm, rain, hurricane, 3 x the.
    expected = 40 * (-400 - 900 - 100 + 3 * 300) / (6 * 40 + SMOOTHING) / STEPS
    name = "words of the sentence: 'hurricane', 'rain', 'storm'"
    assert found == pytest.approx({name: expected, BASELINE: 0})


def test_words_seen_through_a_lens_count_where_they_stand() -> None:
    table = np.zeros((len(KNOWN) + 1, TABLE_COLUMNS), dtype=np.int16)
    lens = 3
    own = len(BLOCKS) + len(LENSED) * LENSES + lens
    before = len(BLOCKS) + LENSED.index(-1) * LENSES + lens
    table[KNOWN.index("regime") + 1, own] = 1000
    table[KNOWN.index("brutal") + 1, before] = -800
    model = LoadedModel(replace(weights(), table=table))
    found = values(contributions(model, around(REGIME, 2, "regime"), REGIME)[0])
    seen = 1000 * 40 / (40 + SMOOTHING) / STEPS
    assert found == pytest.approx({"'brutal' right before": seen * -800 / STEPS, BASELINE: 0})


@pytest.mark.parametrize(
    ("word", "how"),
    [("Regime", "with a capital letter"), ("regime", "without a capital letter"), ("REGIME", "in capitals")],
)
def test_how_a_mention_is_written_is_told(word: str, how: str) -> None:
    surroundings = around([word], 0, "regime")
    columns = np.zeros(COLUMNS, dtype=np.int16)
    columns[next(f.columns for f in features(surroundings) if f.name == "entry and written")] = 9
    model = LoadedModel(replace(weights(), columns=columns))
    assert f"written {how}" in values(contributions(model, surroundings, [word])[0])


def test_an_entry_that_was_never_read_is_told_from_one_that_was() -> None:
    told = replace(
        weights(), entry_scores=np.array([700], np.int16), kind_scores=np.full(KINDS, -30, np.int16)
    )
    for entry, name, steps in (
        ("regime", "the entry 'foreign-backed regime' as it was read before", 700),
        ("other", "the entry 'foreign-backed regime' by its category, for it was never read", -30),
    ):
        words = ["foreign", "-", "backed", "regime"]
        surroundings = around(words, 0, entry, stop=4)
        found = values(contributions(LoadedModel(told), surroundings, words)[0])
        assert found == pytest.approx({name: steps / STEPS, BASELINE: 0})


def test_what_weakens_a_mention_is_named_and_what_does_not_is_one_part() -> None:
    for facts, names in (
        ({}, {"not negated, not hedged, not in the title, not in scare quotes"}),
        ({"negated": 1}, {"negated", "not hedged, not in the title, not in scare quotes"}),
        ({"in_title": 1, "hedged": 1}, {"in the title", "hedged", "not negated, not in scare quotes"}),
    ):
        surroundings = around(REGIME, 2, "regime", **facts)
        columns = np.zeros(COLUMNS, dtype=np.int16)
        for feature in features(surroundings):
            if feature.name in ("negated", "hedged", "in_title", "scare_quoted"):
                columns[feature.columns] = 10
        model = LoadedModel(replace(weights(), columns=columns))
        assert set(values(contributions(model, surroundings, REGIME)[0])) == names | {BASELINE}


def test_the_top_keeps_the_strongest_and_the_sum() -> None:
    parts = [Contribution(str(n), (-1) ** n * n / 8) for n in range(1, 10)]
    shown = top(parts, 4)
    assert [part.what for part in shown] == ["9", "8", "7", "6", REST]
    assert sum(part.value for part in shown) == pytest.approx(sum(part.value for part in parts))
    assert {part.what for part in top(parts, 8)} == {
        part.what for part in parts
    }  # one part is not "the rest"
    assert top([], 3) == []


def test_there_must_be_a_word_for_each_row() -> None:
    with pytest.raises(ValueError, match="2 words for 12 rows"):
        contributions(LoadedModel(weights()), around(STORM, 4, "monster"), ["The", "storm"])
