"""The model of sentences and words: what it must always hold, on sentences of our own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from framing.errors import InputError
from framing.scoring.loaded.sentence_store import card_of, pack, read_model, shipped_sentences
from framing.scoring.loaded.sentence_words import CAPITAL, CAPITALS, NUMBER, PLAIN, SIGN, read_sentences
from framing.scoring.loaded.sentences import SentenceMentions, SentenceModel, content

LOADED = [
    "The shameless tyrant butchered innocent children in a barbaric massacre.",
    "This disgraceful, corrupt bully keeps lying to decent Americans!",
    "Radical leftist lunatics are destroying our great nation.",
]
PLAIN_SENTENCES = [
    "The committee will publish the results of the survey in March.",
    "The company said revenue rose 3 percent in the second quarter.",
    "The bridge between the two towns was opened on Tuesday.",
]
NO_MENTIONS = SentenceMentions(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))


@pytest.fixture(scope="module")
def model() -> SentenceModel:
    return shipped_sentences()


def chance_of(model: SentenceModel, sentence: str, word: str) -> float:
    words = read_sentences([sentence])
    return float(model.word_chances(words)[words.start.tolist().index(sentence.index(word))])


def test_loaded_sentences_are_told_from_plain_ones(model: SentenceModel) -> None:
    loaded = model.sentence_chances(read_sentences(LOADED), NO_MENTIONS)
    plain = model.sentence_chances(read_sentences(PLAIN_SENTENCES), NO_MENTIONS)
    assert loaded.min() > 2 * plain.max()
    assert plain.max() < model.threshold


def test_a_loaded_mention_makes_a_sentence_more_loaded(model: SentenceModel) -> None:
    words, one = read_sentences(PLAIN_SENTENCES[:1]), np.ones(1)
    low, high = (
        model.sentence_chances(words, SentenceMentions(np.zeros(1, np.int64), one * p, one))
        for p in (0.02, 0.98)
    )
    assert high[0] > low[0] + 0.02


def test_loaded_words_are_told_from_the_others(model: SentenceModel) -> None:
    sentence = "The shameless tyrant butchered children near the village on Tuesday."
    for word in ("shameless", "tyrant", "butchered"):
        assert chance_of(model, sentence, word) > 2 * chance_of(model, sentence, "village")


def test_one_word_has_another_chance_elsewhere(model: SentenceModel) -> None:
    plain = chance_of(model, "The storm was a monster, forecasters said of its size.", "monster")
    loaded = chance_of(model, "This vile monster and his corrupt regime butcher their own people.", "monster")
    assert loaded > plain + 0.1


def test_function_words_numbers_and_signs_have_no_chance(model: SentenceModel) -> None:
    words = read_sentences(["He and the 44 villains, of all!"])
    kept = content(words, model.vocabulary.rows(words.hash))
    chances = model.word_chances(words)
    assert [words.start[i] for i in np.flatnonzero(kept)] == [14]
    assert (chances[~kept] == 0).all()
    assert chances[kept].all()


def test_the_batch_changes_nothing(model: SentenceModel) -> None:
    everything = [*LOADED, "", *PLAIN_SENTENCES]
    words = read_sentences(everything)
    together, of_words = model.sentence_chances(words, NO_MENTIONS), model.word_chances(words)
    for number, sentence in enumerate(everything):
        alone = read_sentences([sentence])
        assert model.sentence_chances(alone, NO_MENTIONS)[0] == together[number]
        assert model.word_chances(alone).tolist() == of_words[words.sentence == number].tolist()


def test_words_have_their_places_and_shapes() -> None:
    text = "NATO’s ﬁnal Offer: 44\u00adth 12 déjà!"
    words = read_sentences(["", text])
    found = [text[s:e] for s, e in zip(words.start, words.end, strict=True)]
    assert found == ["NATO", "’", "s", "ﬁnal", "Offer", ":", "44\u00adth", "12", "déjà", "!"]
    assert words.sentence.tolist() == [1] * len(found)
    shapes = dict(zip(found, words.shape.tolist(), strict=True))
    wanted = {"NATO": CAPITALS, "ﬁnal": PLAIN, "Offer": CAPITAL, "12": NUMBER, "!": SIGN, "déjà": PLAIN}
    assert {word: shapes[word] for word in wanted} == wanted


@pytest.mark.parametrize("sentences", [[], [""], ["", "  "], ["!"], ["\ud800 odd"], ["😀 word 😀"]])
def test_odd_sentences_get_an_answer(model: SentenceModel, sentences: list[str]) -> None:
    words = read_sentences(sentences)
    chances = model.sentence_chances(words, NO_MENTIONS)
    assert len(chances) == len(sentences)
    assert np.isfinite(chances).all()
    assert np.isfinite(model.word_chances(words)).all()


def test_a_model_comes_back_from_its_files_and_damage_is_refused(
    tmp_path: Path, model: SentenceModel
) -> None:
    raw = pack(model.weights)
    assert raw == pack(model.weights)
    assert len(raw) < 1_500_000
    arrays, card = tmp_path / "sentences.npz", tmp_path / "sentences.json"
    arrays.write_bytes(raw)
    card.write_text(json.dumps(card_of(raw, {"threshold": 0.61})))
    again = read_model(arrays, card)
    words = read_sentences(LOADED)
    assert again.threshold == 0.61
    assert again.word_chances(words).tolist() == model.word_chances(words).tolist()

    other = pack(replace(model.weights, last=model.weights.last * 1.1))
    arrays.write_bytes(other)
    with pytest.raises(InputError, match="not the one that its card describes"):
        read_model(arrays, card)
    facts = json.loads(card.read_text())
    card.write_text(json.dumps({**facts, "sha256": card_of(other, {})["sha256"]}))
    with pytest.raises(InputError, match="does not answer as it did"):
        read_model(arrays, card)


def test_tables_that_do_not_fit_are_refused(tmp_path: Path, model: SentenceModel) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        card_of(pack(replace(model.weights, importance=model.weights.importance[:-1])), {})
