"""A small table of rates, and the data that a chart made of it holds."""

from __future__ import annotations

from typing import Any

import pandas as pd


def rates_table(rows: list[tuple[str, str, float, int]]) -> pd.DataFrame:
    columns = ["group", "feature", "rate", "n_articles"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(low=0.0, high=9.0, n_words=1000, n_mentions=3, note="")


def data_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    (name,) = {layer["data"]["name"] for layer in spec["layer"] if "data" in layer} | (
        {spec["data"]["name"]} if "data" in spec else set()
    )
    rows: list[dict[str, Any]] = spec["datasets"][name]
    return rows
