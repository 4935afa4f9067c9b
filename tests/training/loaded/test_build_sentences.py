"""Building the model of sentences on made-up sentences and readings."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made_up_readings import OTHERS, PEOPLE, WEATHER, made_up, vectors
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from framing.scoring.loaded.sentence_store import read_model
from framing.scoring.loaded.sentence_words import read_sentences
from framing.scoring.loaded.sentences import COMMON, SentenceMentions, SentenceModel
from framing.scoring.loaded.store import shipped_classifier
from framing.training.loaded.fit import tables_of
from framing.training.loaded.readings import ReadMentions
from framing.training.loaded.sentences import Learned, build_sentences

SAID_LOADED, SAID_PLAIN = "regime", "tragedy"
"""Entries that the shipped classifier calls loaded, and rather not."""

NO_MENTIONS = SentenceMentions(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))


def made_up_sentences(n: int, seed: int, *, sure: float = 0.5) -> pd.DataFrame:
    """Return sentences that are biased (1) when they talk of people, and plain (0) in the weather.

    ``sure`` is how often the mention is one that the classifier calls loaded where the sentence is biased.
    """
    random = np.random.default_rng(seed)
    rows = []
    for number in range(n):
        biased = number % 2
        topic = PEOPLE if bool(biased) == (random.random() < 0.9) else WEATHER
        mention = SAID_LOADED if bool(biased) == (random.random() < sure) else SAID_PLAIN
        words = [*random.choice(OTHERS, 5), *random.choice(topic, 2), mention]
        rows.append((" ".join(str(w) for w in random.permutation(words)) + ".", biased))
    return pd.DataFrame(rows, columns=["text", "label"])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    tables = {
        "annolexical/train": made_up_sentences(300, 0),
        "annolexical/dev": made_up_sentences(150, 1, sure=0.9),
        "bench/articles": made_up_sentences(40, 2),
        "middle_east/articles": made_up_sentences(40, 3),
    }
    for name, table in tables.items():
        target = folder / f"{name}.parquet"
        target.parent.mkdir(exist_ok=True)
        table.to_parquet(target)
    return folder


def build(data: Path, folder: Path, read: ReadMentions, chances: NDArray[np.float64]) -> SentenceModel:
    """Build into a folder and read what was written."""
    texts = pd.read_parquet(data / "bench" / "articles.parquet")["text"].tolist()
    # The commonest words are no content words: enough others come before those of the readings.
    tables = tables_of(vectors(COMMON))
    told: list[str] = []
    learned = Learned(texts, tables, read, shipped_classifier(), chances)
    arrays = build_sentences(data, folder, learned, tell=told.append)
    assert str(arrays) in told[-1]
    return read_model(arrays, folder / "sentences.json")


@pytest.fixture(scope="module")
def folder(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    read, folder = made_up(), tmp_path_factory.mktemp("built")
    build(data, folder, read, np.where(read.loaded, 0.9, 0.1))
    return folder


@pytest.fixture(scope="module")
def model(folder: Path) -> SentenceModel:
    return read_model(folder / "sentences.npz", folder / "sentences.json")


def test_it_tells_new_sentences_apart(model: SentenceModel) -> None:
    new = made_up_sentences(200, 99)
    people = new["text"].str.contains("|".join(PEOPLE))
    chance = model.sentence_chances(read_sentences(new["text"].tolist()), NO_MENTIONS)
    assert roc_auc_score(people, chance) > 0.95


def test_a_word_is_loaded_by_what_stands_around_it(model: SentenceModel) -> None:
    words = read_sentences(["the rulers monster army was near", "the rain monster flood was near"])
    chance = model.word_chances(words)
    people, weather = chance[np.flatnonzero(words.hash == words.hash[2])].tolist()
    assert people > 0.5 > weather


def test_the_card_says_what_it_rests_on(folder: Path) -> None:
    card = json.loads((folder / "sentences.json").read_text())
    assert card["trained_on"]["annolexical train"]["sentences"] == 300
    assert card["trained_on"]["annolexical dev"]["sentences"] == 150
    assert card["trained_on"]["own readings (training)"]["mentions"] == 240
    assert card["classifier_sha256"] == shipped_classifier().digest
    assert 0.2 <= card["threshold"] <= 0.9
    figures = dict(card["validation"])
    assert "never saw" in figures.pop("rests_on")
    assert sorted(figures) == ["dev_auc", "dev_f1", "readings_auc", "readings_f1"]
    assert min(figures.values()) > 0.85


def test_the_figures_of_the_readings_rest_on_the_chances_out_of_fold(data: Path, tmp_path: Path) -> None:
    """The words of these readings say nothing, so that only the chances handed on can tell them apart."""
    read = made_up()
    shuffled = np.random.default_rng(8).permutation(read.loaded)
    read = read._replace(table=read.table.assign(loaded=shuffled))
    right, wrong = (
        build(data, tmp_path / name, read, np.where(shuffled == truth, 0.95, 0.05)).card
        for name, truth in (("right", True), ("wrong", False))
    )
    told, misled = (card["validation"]["readings_auc"] for card in (right, wrong))  # type: ignore[index]
    assert told > 0.65
    assert misled < 0.35
    assert right["sha256"] == wrong["sha256"]  # no weight is fitted on them


def test_building_again_gives_the_same_files(data: Path, folder: Path, tmp_path: Path) -> None:
    read = made_up()
    build(data, tmp_path, read, np.where(read.loaded, 0.9, 0.1))
    for name in ("sentences.npz", "sentences.json"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
