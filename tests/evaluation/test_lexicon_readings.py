"""Agreement, recall and the shipped readings themselves (their texts are elsewhere)."""

from __future__ import annotations

import pandas as pd
import pytest

from framing.evaluation.lexicon import Judgement, Mark, _precision, _rows, agreement
from framing.evaluation.reading import (
    LONGEST,
    SHORTEST,
    passage_digest,
    sample_mentions,
    sample_paragraphs,
    texts_of,
)
from framing.pipeline import analyze


def test_alpha_is_that_of_krippendorff() -> None:
    """Worked by hand: 1 - (n - 1) * disagreeing pairs / sum over pairs of labels."""
    labels = [("x", "x"), ("x", "x"), ("x", "y"), ("y", "y")]
    triples = [(r, str(i), pair[k]) for i, pair in enumerate(labels) for k, r in enumerate("ab")]
    n_x, n_y, n = 5, 3, 8
    expected = 1 - (n - 1) * (2 * 1) / (2 * n_x * n_y)
    alpha, equal = agreement(triples)
    assert alpha == pytest.approx(expected)
    assert equal == 0.75


def test_items_of_one_reader_do_not_count() -> None:
    both = [("a", "1", "x"), ("b", "1", "x"), ("a", "2", "y"), ("b", "2", "y")]
    assert agreement([*both, ("a", "3", "y")]) == (1.0, 1.0)


def test_one_label_throughout_has_no_alpha() -> None:
    alpha, equal = agreement([("a", "1", "x"), ("b", "1", "x")])
    assert alpha != alpha
    assert equal == 1.0


def test_mentions_are_drawn_by_corpus_and_entry() -> None:
    texts = ["The regime fell.", "The Zionist entity spoke.", "Terrorists came. The regime fell."]
    table = pd.DataFrame({"doc_id": list("abc"), "outlet": "A", "text": texts})
    results = {"one": analyze(table), "two": analyze(table.iloc[:1])}
    sample = sample_mentions(results, n=4, seed=1)
    assert sample["corpus"].value_counts().to_dict() == {"one": 3, "two": 1}
    assert sample.equals(sample_mentions(results, n=4, seed=1))
    first = sample.iloc[0]
    assert f"[[{texts['abc'.index(first['doc_id'])][first['start'] : first['end']]}]]" in first["passage"]


def test_paragraphs_are_whole_and_of_the_right_length() -> None:
    sentence = "The council met again in the old hall and spoke of bridges. "
    table = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": [sentence * 40, sentence, sentence * 5]})
    sample = sample_paragraphs({"x": table}, n=2, seed=3)
    assert sorted(sample["doc_id"]) == ["a", "c"]
    assert sample["passage"].str.len().between(SHORTEST, LONGEST).all()
    assert all(p.startswith("The council") and p.rstrip().endswith("bridges.") for p in sample["passage"])


def test_the_digest_is_tied_to_the_words_around() -> None:
    assert passage_digest("x The regime fell.", 6, 12) != passage_digest("y The regime fell.", 6, 12)


def test_the_shipped_readings_are_two_complete_readings_without_text() -> None:
    judged = [Judgement(*row) for row in _rows("mentions.csv", Judgement._fields)]
    places = {row.place for row in judged}
    assert len(places) >= 300
    assert len(judged) == 2 * len(places)
    assert {row.match for row in judged} | {row.loaded for row in judged} == {"yes", "no"}
    marks = [Mark(*row) for row in _rows("marks.csv", Mark._fields)]
    readers = {row.reader for row in marks}
    paragraphs = {(row.corpus, row.doc_id, row.start) for row in marks}
    assert len(readers) == 2
    assert len(paragraphs) >= 100
    assert {(r, *p) for r in readers for p in paragraphs} == {
        (m.reader, m.corpus, m.doc_id, m.start) for m in marks
    }


def judged(entry_id: str, category: str, match: str, reader: str) -> Judgement:
    text = "The regime fell. The Zionist entity spoke."
    start, end = (4, 10) if entry_id == "regime" else (21, 35)
    digest = passage_digest(text, start, end)
    return Judgement(
        "c", "a", "no", str(start), str(end), entry_id, category, digest, reader, match, "yes", category
    )


def test_the_figures_follow_the_lexicons_of_today() -> None:
    """A pinned floor on them can be missed: an entry that goes, or changes its frame, moves them."""
    table = pd.DataFrame(
        {"doc_id": ["a"], "outlet": "A", "text": ["The regime fell. The Zionist entity spoke."]}
    )
    results = {"c": analyze(table)}
    texts = {"c": texts_of(results["c"])}
    rows = [judged("regime", "delegitimation", "no", r) for r in "ab"]
    rows += [judged("zionist-entity", "atrocity", "yes", r) for r in "ab"]
    figures = {f.name.removeprefix("lexicon."): f.value for f in _precision(rows, results, texts)}
    assert (figures["correct_matches"], figures["right_category"], figures["still_found"]) == (0.5, 0.5, 1.0)
    results["c"].mentions.loc[0, "entry_id"] = "gone"
    figures = {f.name.removeprefix("lexicon."): f.value for f in _precision(rows, results, texts)}
    assert (figures["correct_matches"], figures["right_category"], figures["still_found"]) == (1.0, 0.0, 0.5)
