"""The forest plot shows rates and limits as they are."""

from __future__ import annotations

import pandas as pd
import pytest
from sample_rates import data_of, rates_table

from framing.errors import TableError
from framing.figures import forest_plot

TABLE = rates_table([("Varda", "any", 4.0, 14), ("Halden", "any", 1.0, 2)]).assign(
    low=[2.5, 0.1], high=[6.0, 7.25]
)


def test_the_spec_holds_rates_and_limits() -> None:
    spec = forest_plot(TABLE).to_dict()
    rows = data_of(spec)
    assert [(r["low"], r["rate"], r["high"]) for r in rows] == [(2.5, 4.0, 6.0), (0.1, 1.0, 7.25)]
    rule, point = spec["layer"]
    assert (rule["encoding"]["x"]["field"], rule["encoding"]["x2"]["field"]) == ("low", "high")
    assert point["encoding"]["x"]["field"] == "rate"
    assert rule["encoding"]["x"]["scale"]["zero"] is True


def test_the_other_side_is_drawn_when_there_is_one() -> None:
    spec = forest_plot(TABLE.assign(rate_versus=[2.0, 3.0])).to_dict()
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks == ["rule", "tick", "point"]
    assert [r["rate_versus"] for r in data_of(spec)] == [2.0, 3.0]


def test_few_articles_are_marked() -> None:
    rows = data_of(forest_plot(TABLE, min_articles=5).to_dict())
    assert [(r["row"], r["few"]) for r in rows] == [
        ("Varda (14 articles)", False),
        ("Halden (2 articles: few)", True),
    ]


def test_the_axis_names_unit_and_confidence() -> None:
    table = TABLE.copy()
    table.attrs["method"] = {"confidence": 0.9}
    spec = forest_plot(table, unit="quoted words").to_dict()
    title = spec["layer"][0]["encoding"]["x"]["title"]
    assert title == "mentions per 1,000 quoted words, 90 % interval"


def test_several_features_are_refused() -> None:
    both = pd.concat([TABLE, TABLE.assign(feature="atrocity")])
    with pytest.raises(TableError, match=r"(?s)one feature.*got:     any, atrocity"):
        forest_plot(both)
    with pytest.raises(TableError, match="forest plot cannot be drawn"):
        forest_plot(TABLE.drop(columns="low"))
