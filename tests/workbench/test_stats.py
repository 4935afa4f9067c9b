"""Figures of each entry, against counts made by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from sample_lexicon import ROW, write

from framing.lexicon import Lexicon, load_lexicon
from framing.pipeline import Result, analyze
from framing.workbench.corpus_check import corpus_notes
from framing.workbench.stats import entry_stats

TEXTS = [
    ("A", "The bad lot came. A bad lot went away again today."),  # 11 words, 2 mentions
    ("A", '"They are a bad lot," he said.'),  # 7 words
    ("B", "Nothing happened here."),  # 3 words
    ("B", "A very bad lot stood here."),  # 6 words, nested only
]


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    idle = {**ROW, "entry_id": "idle", "pattern": "never seen", "referent": ""}
    longer = {**ROW, "entry_id": "longer", "pattern": "very bad lot", "referent": "r"}
    return load_lexicon(write(tmp_path, {**ROW, "referent": "r"}, idle, longer))


@pytest.fixture
def result(lexicon: Lexicon) -> Result:
    table = pd.DataFrame(TEXTS, columns=["outlet", "text"]).assign(doc_id=list("wxyz"))
    return analyze(table, lexicons=[lexicon, load_lexicon("cues-en")])


def test_counts_shares_and_examples(lexicon: Lexicon, result: Result) -> None:
    stats = entry_stats(result, [lexicon]).set_index("entry_id")
    row = stats.loc["bad-lot"]
    assert (row["n"], row["n_nested"], row["n_articles"], row["n_outlets"]) == (3, 1, 2, 1)
    assert (row["top_outlet"], row["top_share"]) == ("A", 1.0)
    assert row["own_share"] == pytest.approx(2 / 3)
    assert row["share_of_referent"] == pytest.approx(3 / 4)
    assert row["example_1"] == "The [bad lot] came. A bad lot went away again today. (A, w)"
    assert row["example_2"].endswith("(A, x)")
    assert row["example_3"] == ""


def test_dispersion_is_the_normalised_deviation_of_proportions(lexicon: Lexicon, result: Result) -> None:
    words = [11, 7, 3, 6]
    assert result.documents["n_words"].tolist() == words
    shares = [2 / 3, 1 / 3, 0, 0]
    sizes = [w / 27 for w in words]
    dp = 0.5 * sum(abs(v - s) for v, s in zip(shares, sizes, strict=True))
    stats = entry_stats(result, [lexicon]).set_index("entry_id")
    assert stats.loc["bad-lot", "dispersion"] == pytest.approx(dp / (1 - 3 / 27))


def test_an_idle_entry_has_a_row_and_no_invented_figures(lexicon: Lexicon, result: Result) -> None:
    row = entry_stats(result, [lexicon]).set_index("entry_id").loc["idle"]
    assert (row["n"], row["n_articles"], row["top_outlet"], row["example_1"]) == (0, 0, "", "")
    assert all(math.isnan(row[c]) for c in ("dispersion", "own_share", "top_share", "share_of_referent"))


def test_without_texts_there_are_figures_but_no_examples(lexicon: Lexicon, result: Result) -> None:
    bare = Result(result.documents, result.mentions, result.counts, result.removals, result.texts.iloc[:0])
    stats = entry_stats(bare, [lexicon])
    assert stats["n"].sum() == 4
    assert set(stats["example_1"]) == {""}


def test_notes_name_idle_and_ubiquitous_entries(lexicon: Lexicon, result: Result) -> None:
    notes = list(corpus_notes(entry_stats(result, [lexicon]), n_articles=3))
    assert notes == ["bad-lot: in 67 % of the articles", "1 entry matches nothing: idle"]


def test_cues_have_no_rows(lexicon: Lexicon, result: Result) -> None:
    assert len(entry_stats(result, [lexicon, load_lexicon("cues-en")])) == 3
