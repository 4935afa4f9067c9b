"""Unlisted loaded words: found with the shipped model, checked on articles of our own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.errors import AnalysisError
from framing.lexicon import load_lexicon
from framing.pipeline import Result, analyze
from framing.workbench.unlisted import UNLISTED_COLUMNS, unlisted

LEXICONS = [load_lexicon("conflict-en"), load_lexicon("cues-en")]
LINES = [
    "On day {i} the council met in the school and spoke about the harvest and the bridge.",
    "Their rigged and righteous system is a hoax, and the hateful scam must end, wrote reader {i}.",
    "The brutal regime of Rottenberg fell, and Rottenberg was quiet on day {i}.",
]


def corpus(n: int = 6) -> pd.DataFrame:
    months = ["January", "February", "March", "April", "May", "June"]
    rows = []
    for i in range(n):
        filler = f" Visitors came to lantern number {i} in {months[i % 6]}, and garden {i * 7} was open."
        rows.append((f"d{i}", "AB"[i % 2], " ".join(line.format(i=i) for line in LINES) + filler * (i + 1)))
    return pd.DataFrame(rows, columns=["doc_id", "outlet", "text"])


@pytest.fixture(scope="module")
def result() -> Result:
    found = analyze(corpus(), lexicons=LEXICONS)
    return Result(
        found.documents.assign(duplicate_of=""), found.mentions, found.counts, found.removals, found.texts
    )


def test_loaded_words_stand_above_plain_ones(result: Result) -> None:
    table = unlisted(result, LEXICONS, top=1000)
    assert tuple(table.columns) == UNLISTED_COLUMNS
    rank = {term: place for place, term in enumerate(table["term"])}
    for loaded in ("rigged", "hoax", "scam", "righteous"):
        for plain in ("school", "harvest", "bridge", "garden"):
            assert rank[loaded] < rank[plain]
    assert table["p"].is_monotonic_decreasing
    assert table["p"].between(0, 1).all()


def test_counts_and_example(result: Result) -> None:
    row = unlisted(result, LEXICONS, top=1000).set_index("term").loc["hoax"]
    assert (row["n"], row["n_articles"]) == (6, 6)
    assert "is a hoax, and" in row["example"]
    lantern = unlisted(result, LEXICONS, top=1000).set_index("term").loc["lantern"]
    assert (lantern["n"], lantern["n_articles"]) == (21, 6)


def test_covered_words_and_names_are_left_out(result: Result) -> None:
    terms = set(unlisted(result, LEXICONS, top=1000)["term"])
    assert not {t for t in terms if {"regime", "rottenberg"} & set(t.split())}
    general = [*LEXICONS, load_lexicon("general-en")]
    assert "brutal" not in set(unlisted(result, general, top=1000)["term"])


def test_rare_words_are_left_out(result: Result) -> None:
    few = Result(
        result.documents.iloc[:2], result.mentions, result.counts, result.removals, result.texts.iloc[:2]
    )
    assert unlisted(few, LEXICONS).empty
    assert "hoax" in set(unlisted(few, LEXICONS, top=1000, min_articles=2)["term"])


def test_top_cuts_and_phrases_hold_together(result: Result) -> None:
    table = unlisted(result, LEXICONS, top=1000)
    assert unlisted(result, LEXICONS, top=3).equals(table.head(3))
    terms = set(table["term"])
    assert "hateful scam" in terms
    assert "rigged system" not in terms  # they never stand side by side
    apart = corpus()["text"] + " A hateful day. A hateful plan. One scam, two scam." * 2
    loose = analyze(corpus().assign(text=apart), lexicons=LEXICONS)
    assert "hateful scam" not in set(unlisted(loose, LEXICONS, top=1000)["term"])


def test_the_order_of_articles_changes_nothing(result: Result) -> None:
    turned = Result(
        result.documents.iloc[::-1], result.mentions, result.counts, result.removals, result.texts.iloc[::-1]
    )
    ours, theirs = (unlisted(r, LEXICONS, top=1000) for r in (result, turned))
    assert ours["term"].tolist() == theirs["term"].tolist()
    assert np.allclose(ours["p"], theirs["p"])


def test_texts_are_needed(result: Result) -> None:
    bare = Result(result.documents, result.mentions, result.counts, result.removals, result.texts.iloc[:0])
    with pytest.raises(AnalysisError, match="suggestions need the texts"):
        unlisted(bare, LEXICONS)
