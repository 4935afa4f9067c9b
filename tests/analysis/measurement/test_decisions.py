from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.analysis.measurement.decisions import (
    POOLED,
    PRIOR,
    Cell,
    checked,
    shipped_decisions,
    true_shares,
)
from framing.errors import AnalysisError

CELLS = [Cell("own", "yes"), Cell("direct", "yes"), Cell("scare", "no")]


def read(rows: list[tuple[str, str, str, str, str, float]]) -> pd.DataFrame:
    names = ["category", "said_voice", "said_loaded", "voice", "loaded", "weight"]
    return pd.DataFrame(rows, columns=names).assign(document=range(len(rows)))


@pytest.fixture
def table() -> pd.DataFrame:
    return read(
        [("a", "own", "yes", "own", "yes", 1.0)] * 60
        + [("a", "own", "yes", "direct", "yes", 1.0)] * 20
        + [("b", "own", "yes", "own", "no", 2.0)] * 20
        + [("b", "direct", "yes", "own", "yes", 1.0)] * 5
        + [("b", "direct", "yes", "direct", "yes", 1.0)] * 45
    )


def test_shares_agree_with_the_formula(table: pd.DataFrame) -> None:
    found = true_shares(table, CELLS, ["a", "b", "c"], voices=["own"], loaded=False, draws=50, seed=0)[0]
    overall = (60 + 40 + 5) / (60 + 20 + 40 + 5 + 45)
    pooled = (100 + PRIOR * overall) / (120 + PRIOR)
    assert found[0] == pytest.approx(
        [(60 + POOLED * pooled) / (80 + POOLED), (40 + POOLED * pooled) / (40 + POOLED), pooled]
    )
    assert found[2] == pytest.approx([overall] * 3)
    loaded = true_shares(table, CELLS, ["a", "b"], voices=["own"], loaded=True, draws=50, seed=0)[0]
    assert loaded[0, 1] < found[0, 1]


def test_draws_spread_as_the_readings_do(table: pd.DataFrame) -> None:
    only = table[(table["category"] == "a") & (table["said_voice"] == "own")]
    found = true_shares(only, CELLS[:1], ["a"], voices=["own"], loaded=False, draws=2000, seed=1)
    assert found[1:, 0, 0].std() == pytest.approx(np.sqrt(0.75 * 0.25 / 80), rel=0.1)
    again = true_shares(only, CELLS[:1], ["a"], voices=["own"], loaded=False, draws=2000, seed=1)
    assert np.array_equal(found, again)
    one_document = only.assign(document=np.repeat([0, 1, 2, 3], 20))
    wide = true_shares(one_document, CELLS[:1], ["a"], voices=["own"], loaded=False, draws=500, seed=1)
    assert wide[1:, 0, 0].std() > 2 * found[1:, 0, 0].std()


def test_shipped_readings_are_whole() -> None:
    table = shipped_decisions()
    assert len(table) > 1_500
    assert set(table["said_loaded"]) == {"yes", "unsure", "no"}
    assert set(table["loaded"]) == {"yes", "no"}
    assert table["weight"].mean() == pytest.approx(1, abs=0.001)
    right = (table["said_voice"] == "own") & (table["voice"] == "own")
    assert right.sum() > 0.8 * (table["said_voice"] == "own").sum()


def test_other_tables_are_refused(table: pd.DataFrame) -> None:
    with pytest.raises(AnalysisError, match="no decisions to correct with"):
        checked(table.drop(columns="weight"))
    with pytest.raises(AnalysisError, match="no decisions to correct with"):
        checked(table.head(0))


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("voice", "Own", "unknown value"),
        ("said_loaded", "maybe", "unknown value"),
        ("weight", -1.0, "no weight"),
    ],
)
def test_values_that_would_count_as_zero_are_refused(
    table: pd.DataFrame, column: str, value: object, message: str
) -> None:
    with pytest.raises(AnalysisError, match=message):
        checked(table.assign(**{column: value}))
