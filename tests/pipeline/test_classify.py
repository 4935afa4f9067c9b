"""The classifier inside the engine: the same answer in any company, none where it does not apply."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import framing
import framing.lexicon
from framing.config import Config
from framing.lexicon import Entry, Lexicon, load_lexicon
from framing.pipeline.engine import Engine
from framing.records import Document
from framing.scoring.loaded import FRAMES, LoadedModel
from framing.scoring.loaded.store import card_of, pack, shipped_classifier

DEMO = framing.load_demo()
TEXT = "The brutal regime fell. Officials spoke of a sanctions list. The storm was a monster, she said."


def chances(engine: Engine, documents: list[Document]) -> dict[str, list[tuple[float, str, str, float]]]:
    return {
        a.document.doc_id: [(m.p_loaded, m.loaded, m.frame, m.p_frame) for m in a.mentions]
        for a in engine.analyze(documents)
    }


def demo_documents() -> list[Document]:
    columns = ("doc_id", "text", "outlet", "published", "title")
    return [Document(*row) for row in DEMO[list(columns)].astype(str).itertuples(index=False, name=None)]


def test_a_mention_gets_the_same_chance_bit_for_bit_alone_and_in_a_batch() -> None:
    engine = Engine(classifier=shipped_classifier())
    documents = demo_documents()[:12]
    together = chances(engine, documents)
    assert sum(map(len, together.values())) > 20
    for document in documents:
        assert chances(engine, [document]) == {document.doc_id: together[document.doc_id]}
    assert chances(engine, documents[::-1]) == together


def test_it_does_not_matter_whether_all_paragraphs_are_read_for_voice() -> None:
    few = Engine(config=Config(words_by_voice=False), classifier=shipped_classifier())
    assert chances(few, demo_documents()[:12]) == chances(
        Engine(classifier=shipped_classifier()), demo_documents()[:12]
    )


def test_without_a_classifier_nothing_is_invented() -> None:
    article = next(iter(Engine().analyze([Document("a", TEXT)])))
    assert article.mentions
    for mention in article.mentions:
        assert math.isnan(mention.p_loaded)
        assert mention.loaded == ""
        assert mention.frame == mention.category
        assert mention.loadedness == mention.rule_score


def test_names_of_referents_are_not_classified() -> None:
    chosen = (load_lexicon("referents-en"), load_lexicon("cues-en"))
    found = framing.analyze(
        pd.DataFrame({"text": ["Israel and Hamas agreed, the UN said."]}), lexicons=chosen
    )
    assert len(found.mentions) >= 2
    assert found.mentions["p_loaded"].isna().all()


@pytest.mark.parametrize(
    ("loaded", "plain"),
    [
        ("The brutal regime fired on the crowd.", "The bank left the old tax regime as it is and brutal."),
        ("They are monsters who kill children.", "The storm was a monster, forecasters said."),
        ("The minister's shameful lies cost lives.", "The film is a shameful guilty pleasure for fans."),
    ],
)
def test_context_moves_the_chance(loaded: str, plain: str) -> None:
    engine = Engine(classifier=shipped_classifier())
    first, second = (next(iter(engine.analyze([Document("a", text)]))) for text in (loaded, plain))
    assert first.mentions
    assert second.mentions
    assert max(m.p_loaded for m in first.mentions) > min(m.p_loaded for m in second.mentions)


def test_yes_no_and_unsure_follow_the_bounds_of_the_model() -> None:
    low, high = shipped_classifier().bounds
    assert 0 < low < high < 1
    mentions = framing.analyze(DEMO).mentions
    for p, said in zip(mentions["p_loaded"], mentions["loaded"], strict=True):
        assert said == ("no" if p < low else "yes" if p >= high else "unsure")


def test_a_mention_at_the_very_start_and_end_of_a_text_is_classified() -> None:
    for text in ("regime", "Regime!", "terrorists\n\nregime", "“regime”"):
        article = next(iter(Engine(classifier=shipped_classifier()).analyze([Document("a", text)])))
        assert all(0 < m.p_loaded < 1 for m in article.mentions)
        assert article.mentions


def test_the_classifier_knows_the_framing_entry_where_a_cue_has_the_same_id() -> None:
    lexicons = framing.lexicon.load_default()
    engine = Engine(lexicons)
    numbers = {frame: number for number, frame in enumerate(FRAMES)}
    for lexicon in lexicons:
        if lexicon.kind == "framing":
            for entry in lexicon.entries:
                known = engine._columns[entry.entry_id]
                assert (known.frame, known.intensity, known.ambiguous) == (
                    numbers[entry.category],
                    entry.intensity,
                    int(entry.ambiguous),
                )


def test_the_order_of_the_lexicons_changes_no_chance() -> None:
    lexicons = framing.lexicon.load_default()
    text = "The alleged coup was a so-called revolution, the regime admitted, and critics slammed it."
    found = [
        chances(Engine(order, classifier=shipped_classifier()), [Document("a", text)])
        for order in (lexicons, lexicons[::-1])
    ]
    assert found[0] == found[1]
    assert len(found[0]["a"]) >= 3


def test_every_entry_of_the_codebook_may_carry_another_frame_and_a_category_of_ones_own_stays() -> None:
    shipped = shipped_classifier()
    frames = shipped.weights.frames
    always = np.zeros(len(FRAMES), dtype=np.int16)
    always[FRAMES.index("victimhood")] = 20_000
    model = LoadedModel(
        replace(
            shipped.weights,
            frames=replace(
                frames,
                entry_scores=np.zeros_like(frames.entry_scores) + always,
                category_scores=np.zeros_like(frames.category_scores) + always,
                table=np.zeros_like(frames.table),
            ),
        ),
        shipped.card,
    )
    entries = (
        Entry("gadfly", "gadfly", "c", "", (), intensity=1),
        Entry("lodestar", "lodestar", "evaluation", "", (), intensity=1),
        Entry("millstone", "millstone", "evaluation", "", (), intensity=1, ambiguous=True),
    )
    own = Lexicon("mine", "framing", "1", "en", "Mine", "CC0", "d", {"c": "my own"}, entries, "0f", "")
    lexicons = (own, *framing.lexicon.load_default())
    text = "The regime is a gadfly, a lodestar and a millstone."
    (article,) = Engine(lexicons, classifier=model).analyze([Document("a", text)])
    found = {mention.entry_id: mention for mention in article.mentions}
    assert set(found) == {"regime", "gadfly", "lodestar", "millstone"}
    for entry in ("regime", "lodestar", "millstone"):
        assert found[entry].frame == "victimhood" != found[entry].category
        assert found[entry].p_frame > 0.99
    assert (found["gadfly"].frame, math.isnan(found["gadfly"].p_frame)) == ("c", True)
    assert 0 < found["gadfly"].p_loaded < 1


def test_a_classifier_that_was_trained_anew_in_the_same_folder_is_read_anew(tmp_path: Path) -> None:
    weights, facts = shipped_classifier().weights, dict(shipped_classifier().card)
    table = pd.DataFrame({"text": ["The brutal regime fell."]})
    seen = []
    for intercept in (3.0, -3.0):
        raw = pack(replace(weights, intercept=intercept))
        (tmp_path / "loaded.npz").write_bytes(raw)
        (tmp_path / "loaded.json").write_text(json.dumps(facts | card_of(raw, {})))
        result = framing.analyze(table, classifier=tmp_path)
        seen.append((result.mentions["p_loaded"].iloc[0], result.run["classifier"]))
    assert seen[0][0] > seen[1][0]
    assert seen[0][1] != seen[1][1]
