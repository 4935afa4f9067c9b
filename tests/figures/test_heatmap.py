"""The heatmap holds the numbers of its table and nothing else."""

from __future__ import annotations

import math
import re

import pytest
from sample_rates import data_of, rates_table

from framing.errors import TableError
from framing.figures import rate_heatmap

TABLE = rates_table(
    [
        ("Varda", "terrorism_label", 4.0, 14),
        ("Varda", "any", 10.0, 14),
        ("<b>Halden</b>", "terrorism_label", 0.0, 2),
        ("<b>Halden</b>", "any", math.nan, 0),
    ]
)


def test_each_cell_prints_its_rate_and_each_row_its_articles() -> None:
    rows = data_of(rate_heatmap(TABLE).to_dict())  # to_dict validates against the Vega-Lite schema
    assert [(r["row"], r["frame"], r["shown"]) for r in rows] == [
        ("Varda (14 articles)", "terrorism label", "4.00"),
        ("Varda (14 articles)", "all frames", "10.00"),
        ("<b>Halden</b> (2 articles: few)", "terrorism label", "0*"),
        ("<b>Halden</b> (0 articles: few)", "all frames", "–"),
    ]
    assert rows[3]["rate"] is None


def test_text_is_light_only_on_dark_cells_and_the_sum_is_not_shaded() -> None:
    table = rates_table([("A", "x", 8.0, 9), ("A", "y", 3.0, 9), ("A", "any", 11.0, 9)])
    spec = rate_heatmap(table).to_dict()
    assert [(r["shade"], r["dark"], r["total"]) for r in data_of(spec)] == [
        (8.0, True, False),
        (3.0, False, False),
        (None, False, True),
    ]
    assert spec["layer"][0]["encoding"]["color"]["condition"]["scale"]["domain"] == [0, 8.0]
    (alone,) = data_of(rate_heatmap(rates_table([("A", "any", 11.0, 9)])).to_dict())
    assert (alone["shade"], alone["total"]) == (11.0, False)


def test_order_of_rows_and_columns_is_that_of_the_table() -> None:
    spec = rate_heatmap(TABLE.iloc[::-1]).to_dict()
    encoding = spec["layer"][0]["encoding"]
    assert encoding["x"]["sort"] == ["all frames", "terrorism label"]
    assert encoding["y"]["sort"][-1] == "Varda (14 articles)"


def test_a_click_selects_group_and_feature_only_when_asked() -> None:
    spec = rate_heatmap(TABLE, selectable=True).to_dict()
    (parameter,) = spec["params"]
    assert parameter["name"] == "cell"
    assert parameter["select"]["fields"] == ["group", "feature"]
    assert "params" not in rate_heatmap(TABLE).to_dict()


def test_a_table_of_zeros_can_be_drawn() -> None:
    spec = rate_heatmap(rates_table([("A", "any", 0.0, 5)])).to_dict()
    low, high = spec["layer"][0]["encoding"]["color"]["condition"]["scale"]["domain"]
    assert low < high


def test_nothing_points_to_a_server() -> None:
    spec = rate_heatmap(TABLE).to_dict()
    spec.pop("$schema")  # a name, never fetched by the viewer
    assert not re.search(r"https?://", str(spec))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match=r"(?s)heatmap cannot be drawn.*allowed: group, feature, rate"):
        rate_heatmap(TABLE.drop(columns="rate"))
    with pytest.raises(TableError, match=r"(?s)heatmap cannot be drawn.*got:     no rows"):
        rate_heatmap(TABLE.iloc[:0])


def test_long_names_are_cut_but_never_confused() -> None:
    long, other = "The Gazette of the Upper Northern Provinces", "The Gazette of the Upper Southern Provinces"
    (row,) = data_of(rate_heatmap(rates_table([(long, "any", 1.0, 7)])).to_dict())
    assert row["row"].endswith("… (7 articles)")
    assert row["group"] == long
    both = data_of(rate_heatmap(rates_table([(long, "any", 1.0, 7), (other, "any", 2.0, 7)])).to_dict())
    assert [r["row"] for r in both] == [f"{long} (7 articles)", f"{other} (7 articles)"]
