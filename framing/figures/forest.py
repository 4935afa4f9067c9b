"""Rates of one frame with their intervals, one line a group (a forest plot)."""

from __future__ import annotations

import altair as alt
import pandas as pd

from framing.errors import TableError
from framing.figures.labels import GREY, frame_name, interval_name, require, row_labels, styled

COLUMNS = ("group", "feature", "rate", "low", "high", "n_articles", "n_mentions", "note")

_ROW, _WIDTH = 34, 520  # pixels


def forest_plot(table: pd.DataFrame, *, min_articles: int = 5, unit: str = "words") -> alt.LayerChart:
    """Draw the rate of each group as a point with its confidence limits.

    Intervals that overlap do not show that two groups agree, nor the other way round: the test in
    the table of :func:`framing.compare` decides. If the table has a column ``rate_versus``, a grey
    stroke shows the rate of the articles that the group is compared with.

    Parameters
    ----------
    table
        Table of :func:`framing.rates` or :func:`framing.compare` for ONE feature; rows keep their order.
    min_articles
        Groups with fewer articles get a hollow point.
    unit
        Whose words are counted, for the title of the axis.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    TableError
        If a column is missing, the table is empty or has more than one feature.

    Examples
    --------
    >>> rates = pd.DataFrame({"group": ["Varda"], "feature": ["any"], "rate": [4.02], "low": [1.7],
    ...     "high": [7.9], "n_articles": [14], "n_mentions": [10], "note": [""]})
    >>> [layer["mark"]["type"] for layer in forest_plot(rates).to_dict()["layer"]]
    ['rule', 'point']
    """
    require(table, COLUMNS, "forest plot")
    features = list(dict.fromkeys(table["feature"]))
    if len(features) > 1:
        raise TableError(
            "a forest plot shows one feature",
            where="column feature",
            got=", ".join(features),
            allowed="one feature",
            fix="select its rows first: table[table['feature'] == ...]",
        )
    compared = "rate_versus" in table.columns
    keep = [*COLUMNS, *(["rate_versus"] if compared else [])]
    numbers = table["n_articles"].tolist()
    data = table[keep].assign(
        row=row_labels(table["group"].tolist(), numbers, min_articles=min_articles),
        few=[n < min_articles for n in numbers],
    )
    y = alt.Y("row:N", sort=data["row"].tolist(), title=None)
    title = f"mentions per 1,000 {unit}, {interval_name(table)}"
    tooltip = [
        alt.Tooltip("group:N", title="outlet"),
        alt.Tooltip("rate:Q", format=".2f"),
        alt.Tooltip("low:Q", format=".2f"),
        alt.Tooltip("high:Q", format=".2f"),
        *([alt.Tooltip("rate_versus:Q", title="other articles", format=".2f")] if compared else []),
        alt.Tooltip("n_mentions:Q", title="mentions"),
        alt.Tooltip("n_articles:Q", title="articles"),
        alt.Tooltip("note:N", title="note"),
    ]
    base = alt.Chart(data).encode(y=y)
    layers: list[alt.Chart] = [
        base.mark_rule(strokeWidth=2, color="#0b4a8f").encode(
            x=alt.X(
                "low:Q",
                title=title,
                axis=alt.Axis(tickCount=6, titleAnchor="end"),
                scale=alt.Scale(zero=True),
            ),
            x2="high:Q",
            tooltip=tooltip,
        )
    ]
    if compared:
        layers.append(
            base.mark_tick(thickness=3, size=18, color=GREY).encode(x="rate_versus:Q", tooltip=tooltip)
        )
    layers.append(
        base.mark_point(size=90, strokeWidth=2, color="#0b4a8f", filled=False, opacity=1).encode(
            x="rate:Q",
            fill=alt.condition("datum.few", alt.value("#ffffff"), alt.value("#0b4a8f")),
            tooltip=tooltip,
        )
    )
    chart = alt.layer(*layers).properties(
        width=_WIDTH,
        height=alt.Step(_ROW),
        description=f"{frame_name(features[0])}: {title}, {len(data)} groups.",
    )
    return styled(chart)
