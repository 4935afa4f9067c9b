"""Adapting to labels: the tables answer as the regression does, and labels that do not fit are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sample_lexicon import ROW, write

from framing.corpus.columns import canonical
from framing.corpus.documents import corpus_digest, documents_of
from framing.corpus.read import read_corpus
from framing.errors import InputError
from framing.lexicon import load_lexicon
from framing.pipeline.engine import Engine
from framing.provenance import digest
from framing.records import Document
from framing.scoring.loaded import LoadedModel, join
from framing.scoring.loaded.store import classifier_in, plain_surroundings, shipped_classifier
from framing.training.loaded import adapt as module
from framing.training.loaded.adapt import adapt, adapt_to_labels, read_own_labels
from framing.training.loaded.readings import ReadMentions

OTHERS = ["the", "a", "was", "is", "of", "and", "near", "before", "council", "storm", "army"]


def made_up(names: tuple[str, ...], n: int = 120) -> ReadMentions:
    """Return mentions of which those of the first entry are mostly loaded and all others mostly plain."""
    random = np.random.default_rng(6)
    parts, rows = [], []
    for number in range(n):
        name = names[number % len(names)]
        words = [str(word) for word in random.choice(OTHERS, 9)]
        words[4] = name
        parts.append(plain_surroundings(words, 4, name))
        loaded = bool((name == names[0]) != (random.random() < 0.1))
        rows.append(("own", f"d{number % 40}", name, "delegitimation", loaded, ""))
    table = pd.DataFrame(rows, columns=["corpus", "doc_id", "entry_id", "category", "loaded", "frame"])
    return ReadMentions(table, join(parts), 0)


@pytest.mark.parametrize("names", [("gadfly", "lodestar", "millstone"), ("regime", "terrorist", "monster")])
def test_the_tables_answer_like_the_regression(
    names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    fits = []
    real = module._Inputs.fit

    def kept(self: module._Inputs, rows: np.ndarray) -> object:
        fits.append((self, *real(self, rows)))
        return fits[-1][1:]

    monkeypatch.setattr(module._Inputs, "fit", kept)
    read, base = made_up(names), shipped_classifier()
    weights, held_out, fold = adapt(base, read)
    inputs, model, own = fits[-1]
    expected = model.decision_function(inputs.matrix(np.arange(len(read.loaded)), own.of(inputs.entry)))
    found = LoadedModel(weights).scores(read.surroundings)
    assert np.abs(found - expected).max() < 0.1
    assert np.corrcoef(found, expected)[0, 1] > 0.999
    assert set(fold.tolist()) == set(range(5))
    assert held_out[read.loaded].mean() > held_out[~read.loaded].mean() + 0.5
    fresh = names[0] == "gadfly"
    assert len(weights.entries) == len(base.weights.entries) + 3 * fresh
    weights.require_shapes()


def test_an_entry_of_ones_own_is_told_in_words_that_no_label_had() -> None:
    read = made_up(("gadfly", "lodestar", "millstone"))
    weights, _, _ = adapt(shipped_classifier(), read)
    words = ["yesterday", "some", "very", "old", "x", "went", "home", "again"]
    new = join([plain_surroundings([*words[:4], x, *words[5:]], 4, x) for x in ("gadfly", "lodestar")])
    before, after = shipped_classifier().scores(new), LoadedModel(weights).scores(new)
    assert abs(before[0] - before[1]) < 0.5
    assert after[0] > after[1] + 1.5


def test_a_folder_of_texts_and_a_lexicon_of_ones_own_make_a_classifier_with_a_full_card(
    tmp_path: Path,
) -> None:
    random = np.random.default_rng(3)
    names = ("gadfly", "lodestar", "millstone")
    (tmp_path / "mine").mkdir()
    mine = load_lexicon(
        write(tmp_path / "mine", *({**ROW, "entry_id": name, "pattern": name} for name in names))
    )
    (tmp_path / "texts").mkdir()
    for number in range(36):
        lines = [f"The {a} met the {name} near the {b} on day {number}." for name in names
                 for a, b in [random.choice(OTHERS[-3:], 2)]]  # fmt: skip
        (tmp_path / "texts" / f"t{number}.txt").write_text(" ".join(lines), encoding="utf-8")
    lexicons = [mine, load_lexicon("cues-en")]
    documents = documents_of(canonical(read_corpus(tmp_path / "texts"), columns=None))
    rows = []
    for article in Engine(lexicons).analyze(documents):
        text = article.document.text
        for m in article.mentions:
            start, end = m.span
            rows.append({**LABEL, "doc_id": article.document.doc_id, "start": start, "end": end,
                         "entry_id": m.entry_id, "loaded": "yes" if m.entry_id == "gadfly" else "no",
                         "passage_sha256": digest([text[max(0, start - 80) : end + 80]])})  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "labels.csv", index=False)
    told: list[str] = []
    adapt_to_labels(
        tmp_path / "labels.csv", tmp_path / "texts", tmp_path / "model", lexicons=lexicons, tell=told.append
    )
    model = classifier_in(tmp_path / "model")
    assert told[0] == "108 labelled mentions, 0 of the labels not found by the lexicons"
    assert model.card["corpus_sha256"] == corpus_digest(documents)
    assert model.card["lexicons"] == [
        {"id": x.lexicon_id, "version": x.version, "entries": len(x), "sha256": x.digest, "kind": x.kind}
        for x in lexicons
    ]
    assert model.card["base"] == shipped_classifier().digest
    text = " ".join(f"The council met the {name} near the army on day 99." for name in names)
    (article,) = Engine(lexicons, classifier=model).analyze([Document("new", text)])
    assert [m.loaded for m in article.mentions] == ["yes", "no", "no"]


LABEL = {"doc_id": "a", "in_title": "no", "start": "4", "end": "10", "entry_id": "regime",
         "passage_sha256": "0f", "voice": "own", "loaded": "yes", "category": "delegitimation"}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"loaded": "maybe"}, r"labels\.csv:3, column loaded"),
        ({"in_title": "1"}, r"labels\.csv:3, column in_title"),
        ({"start": "four"}, r"labels\.csv:3, column start"),
        ({"end": "-1"}, r"labels\.csv:3, column end"),
        ({"end": "9" * 30}, r"labels\.csv:3, column end"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(tmp_path: Path, change: dict[str, str], message: str) -> None:
    path = tmp_path / "labels.csv"
    pd.DataFrame([LABEL, {**LABEL, **change}]).to_csv(path, index=False)
    with pytest.raises(InputError, match=message):
        read_own_labels(path)
    pd.DataFrame([LABEL]).to_csv(path, index=False)
    row = read_own_labels(path).iloc[0]
    assert (row["start"], row["end"], bool(row["loaded"]), bool(row["in_title"])) == (4, 10, True, False)


def test_a_file_that_is_no_table_of_labels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    for raw, message in (
        (b"", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"a,b\n", "lack columns"),
    ):
        path.write_bytes(raw)
        with pytest.raises(InputError, match=message):
            read_own_labels(path)


def test_labels_of_other_lexicons_are_refused_with_what_to_do(tmp_path: Path) -> None:
    labels, corpus = tmp_path / "labels.csv", tmp_path / "articles.csv"
    pd.DataFrame([{**LABEL, "entry_id": "gadfly"}]).to_csv(labels, index=False)
    pd.DataFrame({"doc_id": ["a"], "text": ["The gadfly fell."]}).to_csv(corpus, index=False)
    lexicons = [load_lexicon("ukraine-en"), load_lexicon("cues-en")]
    with pytest.raises(InputError, match="none of the labels is of an entry of the lexicons") as told:
        adapt_to_labels(labels, corpus, tmp_path / "model", lexicons=lexicons)
    assert "got:     gadfly" in str(told.value)
    assert "entries of ukraine-en" in str(told.value)
    assert "--add-lexicon" in str(told.value)
    assert not (tmp_path / "model").exists()
