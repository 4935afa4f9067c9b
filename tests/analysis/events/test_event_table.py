from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from framing.analysis.events.event_table import COLUMNS, event_table
from framing.analysis.rates import rates
from framing.errors import AnalysisError
from framing.tables import build

Make = Callable[..., pd.DataFrame]


@pytest.fixture
def tables(documents: Make, mentions: Make) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One raid in three outlets, and a vote."""
    table = documents(
        {"doc_id": "a1", "outlet": "Alpha", "own": 400}, {"doc_id": "a2", "outlet": "Alpha", "own": 600},
        {"doc_id": "b1", "outlet": "Beta", "own": 500}, {"doc_id": "c1", "outlet": "Gamma", "own": 250},
        {"doc_id": "d1", "outlet": "Alpha", "own": 300},
    )  # fmt: skip
    found = mentions(
        ("a1", "regime", "delegitimisation", "own", 3, 0),
        ("a2", "regime", "delegitimisation", "own", 1, 2),
        ("a2", "martyr", "valorisation", "own", 1, 0),
        ("b1", "regime", "delegitimisation", "own", 1, 0),
        ("b1", "tyrant", "delegitimisation", "own", 2, 0),
        ("b1", "martyr", "valorisation", "direct", 4, 0),
        ("d1", "puppet", "delegitimisation", "own", 9, 0),
    )
    return table.assign(event=["raid"] * 4 + ["vote"]), found


def test_outlets_side_by_side(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table = event_table(*tables, event="raid")
    assert tuple(table.columns) == COLUMNS
    assert table["group"].tolist() == np.repeat(["Alpha", "Beta", "Gamma"], 3).tolist()
    numbers = table.set_index(["group", "feature"])
    assert numbers.loc[("Alpha", "delegitimisation"), ["n_articles", "n_words", "n_mentions"]].tolist() == [
        2, 1000, 4,
    ]  # fmt: skip
    assert numbers.loc[("Beta", "delegitimisation"), "rate"] == 6.0
    assert numbers["entries"].to_dict() == {
        ("Alpha", "delegitimisation"): "regime (4)", ("Alpha", "valorisation"): "martyr (1)",
        ("Alpha", "any"): "regime (4), martyr (1)", ("Beta", "delegitimisation"): "tyrant (2), regime (1)",
        ("Beta", "valorisation"): "", ("Beta", "any"): "tyrant (2), regime (1)",
        ("Gamma", "delegitimisation"): "", ("Gamma", "valorisation"): "", ("Gamma", "any"): "",
    }  # fmt: skip
    assert numbers.loc[("Beta", "any"), "only_here"] == "tyrant"
    assert numbers.loc[("Alpha", "any"), "only_here"] == "martyr"
    assert numbers.loc[("Gamma", "any"), ["n_articles", "rate", "note"]].tolist() == [1, 0.0, "no mentions"]
    assert ((table["low"] <= table["rate"]) & (table["rate"] <= table["high"])).all()


def test_one_event_of_all_is_the_table_of_rates(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    documents, counts = tables
    everything = documents.assign(event="all")
    expected = rates(documents, counts)
    found = event_table(everything, counts, event="all")
    for name in ("group", "feature", "n_articles", "n_words", "n_mentions", "rate", "low", "high"):
        pd.testing.assert_series_equal(found[name], expected[name])


def test_voices_entries_and_levels(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    everyone = event_table(*tables, event="raid", voice="all", category="valorisation")
    assert everyone["entries"].tolist() == ["martyr (1)", "martyr (4)", ""]
    assert set(everyone["only_here"]) == {""}
    level = event_table(*tables, event="raid", level="entry")
    regime = level[level["feature"] == "regime"].set_index("group")
    assert regime.loc["Alpha", "n_mentions"] == 6
    assert regime.loc["Alpha", "entries"] == "regime (6)"
    globs = event_table(*tables, event="raid", entries=["Reg*", "tyr*"])
    assert globs["feature"].unique().tolist() == ["Reg*|tyr*"]
    assert globs["entries"].tolist() == ["regime (6)", "tyrant (2), regime (1)", ""]
    for table in (everyone, level, globs):
        named = table["entries"].str.extractall(r"\((\d+)\)")[0].astype(int).groupby(level=0).sum()
        assert named.reindex(table.index, fill_value=0).tolist() == table["n_mentions"].tolist()


def test_only_what_the_classifier_calls_loaded(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    documents, _ = tables
    counts = build("counts", [
        ("a1", "regime", "delegitimisation", "", "own", "yes", 2, 0),
        ("a1", "regime", "delegitimisation", "", "own", "no", 5, 0),
    ])  # fmt: skip
    table = event_table(documents, counts, event="raid", measure="loaded", category="delegitimisation")
    assert table["entries"].tolist() == ["regime (2)", "", ""]
    assert table["n_mentions"].tolist() == [2, 0, 0]


def test_an_outlet_alone_has_nothing_of_its_own(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table = event_table(*tables, event="vote", category="delegitimisation")
    assert table["entries"].tolist() == ["puppet (9)"]
    assert table["only_here"].tolist() == [""]


def test_order_of_rows_changes_nothing(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    mixed = [table.sample(frac=1, random_state=1) for table in tables]
    pd.testing.assert_frame_equal(event_table(*mixed, event="raid"), event_table(*tables, event="raid"))


def test_unknown_events(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    with pytest.raises(AnalysisError, match="unknown event") as caught:
        event_table(*tables, event="raids")
    assert "did you mean raid" in caught.value.fix
    documents, counts = tables
    with pytest.raises(AnalysisError, match="not grouped into events"):
        event_table(documents.drop(columns="event"), counts, event="raid")
    method = event_table(*tables, event="raid").attrs["method"]
    assert (method["event"], method["n_articles"]) == ("raid", 4)
