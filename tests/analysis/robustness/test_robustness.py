from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from framing.analysis.comparison import compare
from framing.analysis.robustness.robustness import COLUMNS, robustness
from framing.errors import AnalysisError

Tables = tuple[pd.DataFrame, pd.DataFrame]
Corpus = Callable[..., Tables]


@pytest.fixture
def tables(corpus: Corpus) -> Tables:
    """Alpha says "loud" in one article again and again, and "steady" a little more often than Beta."""
    rng = np.random.default_rng(2)
    counts = np.column_stack([rng.poisson(2, 80), rng.poisson(1, 80)])
    counts[:40, 0] += 2
    counts[7, 1] = 60
    documents, mentions = corpus(np.repeat(["Alpha", "Beta"], 40), np.full(80, 500.0), counts)
    documents["published"] = np.where(np.arange(80) % 2 == 0, "2016-01-01", "2017-01-01")
    mentions["category"] = "frame"
    mentions["entry_id"] = mentions["entry_id"].replace({"entry-0": "steady", "entry-1": "loud"})
    mentions["loaded"] = np.where(np.arange(len(mentions)) % 5 == 0, "no", "yes")
    return documents, mentions


def panel(tables: Tables, **options: object) -> pd.DataFrame:
    return robustness(*tables, target="Alpha", permutations=99, splits=20, feature="frame", **options)  # type: ignore[arg-type]


def test_panel_names_what_was_changed_and_repeats_the_comparison(tables: Tables) -> None:
    table = panel(tables)
    assert tuple(table.columns) == COLUMNS
    assert table["check"].drop_duplicates().tolist() == [
        "as asked", "without entry", "classifier", "voice", "period", "without article", "A/A",
    ]  # fmt: skip
    asked = compare(*tables, target="Alpha", category="frame", permutations=99).iloc[0]
    for name in ("ratio", "ratio_low", "p", "n_mentions"):
        assert table.iloc[0][name] == pytest.approx(asked[name])


def test_rows_are_the_comparisons_they_name(tables: Tables) -> None:
    documents, counts = tables
    table = panel(tables).set_index("variant")
    without = compare(
        documents, counts[counts["entry_id"] != "loud"], target="Alpha", category="frame", permutations=99
    ).iloc[0]
    assert table.loc["loud", "ratio"] == pytest.approx(without["ratio"])
    loaded = compare(documents, counts, target="Alpha", category="frame", measure="loaded", permutations=99)
    assert table.loc["judged loaded", "n_mentions"] == loaded.iloc[0]["n_mentions"]
    early = documents[documents["published"] == "2016-01-01"]
    half = compare(early, counts, target="Alpha", category="frame", permutations=99).iloc[0]
    assert table.loc["first half of the period (2017-01-01)", "ratio"] == pytest.approx(half["ratio"])


def test_only_what_changes_something_is_a_variant(tables: Tables) -> None:
    documents, counts = tables
    copies = documents.assign(duplicate_of=np.where(documents["doc_id"] == "d00003", "d00001", ""))
    table = panel((copies, counts))
    assert table.loc[table["check"] == "duplicates", "variant"].tolist() == ["drop", "keep"]
    one = robustness(documents, counts, target="Alpha", entries="lou*", permutations=99, splits=5)
    assert "without entry" not in set(one["check"])
    assert one.attrs["method"]["feature"] == "lou*"
    both = robustness(
        documents, counts, target="Alpha", entries=["loud", "steady"], permutations=99, splits=5
    )
    assert set(both.loc[both["check"] == "without entry", "variant"]) == {"loud", "steady"}
    with pytest.raises(AnalysisError, match="one frame or one set of entries"):
        robustness(documents, counts, target="Alpha", level="entry")


def test_words_of_unknown_voice_come_with_their_mentions(tables: Tables) -> None:
    documents, counts = tables
    unknown = documents.assign(n_words_unknown=500)
    row = panel((unknown, counts)).set_index("variant").loc["own and unknown"]
    assert row["ratio"] == pytest.approx(float(panel(tables)["ratio"].iloc[0]))


def test_a_side_without_mentions_has_a_direction(tables: Tables) -> None:
    documents, counts = tables
    alpha = documents.loc[documents["outlet"] == "Alpha", "doc_id"]
    table = panel((documents, counts[counts["doc_id"].isin(alpha)]))
    method = table.attrs["method"]
    assert method["tipping_share"] == 1
    assert method["holds"] == method["n_variants"] > 0


def test_the_loud_article_is_named(tables: Tables) -> None:
    row = panel(tables).set_index("check").loc["without article"]
    assert row["variant"] == "d00007"
    documents, counts = tables
    kept = compare(
        documents[documents["doc_id"] != "d00007"], counts, target="Alpha", category="frame", permutations=99
    ).iloc[0]
    assert row["ratio"] == pytest.approx(kept["ratio"])
    assert row["n_mentions"] == kept["n_mentions"]


def test_method_counts_the_variants_that_agree(tables: Tables) -> None:
    table = panel(tables)
    method = table.attrs["method"]
    asked = float(table["ratio"].iloc[0])
    others = table.loc[~table["check"].isin(["as asked", "A/A"]), "ratio"].dropna()
    assert (method["n_variants"], method["holds"]) == (len(others), int((others > 1).sum()))
    assert method["tipping_share"] == pytest.approx(1 - 1 / asked)
    halves = table.set_index("check").loc["A/A"]
    assert 0 <= halves["p"] <= 0.2


def test_thin_variants_say_why_they_are_missing(tables: Tables) -> None:
    documents, counts = tables
    few = documents.assign(published=np.where(documents["outlet"] == "Alpha", "2016-01-01", "2017-01-01"))
    table = panel((few, counts)).set_index("check")
    assert table.loc["period", "note"].str.contains("not computed").all()
    entries = robustness(documents, counts, target="Alpha", entries="loud", permutations=99, splits=5)
    assert entries["variant"].iloc[0] == "as asked"
    with pytest.raises(AnalysisError, match="unknown target"):
        robustness(documents, counts, target="Gamma", feature="frame")
    with pytest.raises(AnalysisError, match="no mention has this category"):
        robustness(documents, counts, target="Alpha", feature="theme")
