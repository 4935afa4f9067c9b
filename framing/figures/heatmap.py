"""Rates of all groups and frames at a glance: one cell each, with its number printed."""

from __future__ import annotations

import altair as alt
import pandas as pd

from framing.figures.labels import INK, frame_name, interval_name, rate_text, require, row_labels, styled

COLUMNS = ("group", "feature", "rate", "low", "high", "n_articles", "n_words", "n_mentions", "note")

TOTAL = "any"
"""Feature that sums all others (:data:`framing.analysis.features.ANY`)."""

SELECTION = "cell"
"""Name of the point selection: a click on a cell gives its ``group`` and ``feature``."""

_ROW, _COLUMN = 34, 84  # pixels
_DARK = 0.72  # share of the largest rate from which white text is easier to read


def rate_heatmap(table: pd.DataFrame, *, min_articles: int = 5, selectable: bool = False) -> alt.LayerChart:
    """Draw rates by group (rows) and feature (columns).

    Darker means more mentions per 1,000 words; the sum of all frames is printed bold and not
    shaded, since it is no frame among others. The rate is printed in each cell; a star and a
    dark border mark groups of fewer than ``min_articles`` articles, a dash a group without a
    word in the chosen voice.

    Parameters
    ----------
    table
        Table of :func:`framing.rates`; rows keep their order.
    min_articles
        Groups with fewer articles are marked.
    selectable
        Add a point selection named :data:`SELECTION` (for the dashboard).

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    TableError
        If a column is missing or the table is empty.

    Examples
    --------
    >>> rates = pd.DataFrame({"group": ["Varda"], "feature": ["any"], "rate": [4.02], "low": [1.7],
    ...     "high": [7.9], "n_articles": [14], "n_words": [2489], "n_mentions": [10], "note": [""]})
    >>> rate_heatmap(rates).to_dict()["layer"][0]["mark"]["type"]
    'rect'
    """
    require(table, COLUMNS, "heatmap")
    data = _drawn(table, min_articles)
    x = alt.X(
        "frame:N",
        sort=list(dict.fromkeys(data["frame"])),
        title=None,
        axis=alt.Axis(orient="top", labelAngle=-35, labelLimit=170),
    )
    y = alt.Y("row:N", sort=list(dict.fromkeys(data["row"])), title=None)
    largest = max([value for value in data["shade"] if value > 0], default=1.0)
    shade = alt.Color(
        "shade:Q", legend=None, scale=alt.Scale(range=["#f4f8fc", "#0b4a8f"], domain=[0, largest])
    )
    tooltip = [
        alt.Tooltip("group:N", title="outlet"),
        alt.Tooltip("frame:N", title="frame"),
        alt.Tooltip("shown:N", title="per 1,000 words"),
        alt.Tooltip("interval:N", title=interval_name(table)),
        alt.Tooltip("n_mentions:Q", title="mentions"),
        alt.Tooltip("n_articles:Q", title="articles"),
        alt.Tooltip("n_words:Q", title="words", format=","),
        alt.Tooltip("note:N", title="note"),
    ]
    base = alt.Chart(data).encode(x=x, y=y)
    cells = base.mark_rect(
        cursor="pointer" if selectable else "default", strokeWidth=1, invalid="show"
    ).encode(
        color=alt.condition("isValid(datum.shade)", shade, alt.value("#e9ebee")),
        stroke=alt.condition("datum.few", alt.value(INK), alt.value("#ffffff")),
        tooltip=tooltip,
    )
    numbers = base.mark_text(fontSize=13, cursor="pointer" if selectable else "default").encode(
        text="shown:N",
        color=alt.condition("datum.dark", alt.value("#ffffff"), alt.value(INK)),
        # Vega has no channel for the weight of a font: a thin stroke does it.
        stroke=alt.condition("datum.total", alt.value(INK), alt.value(None)),
        strokeWidth=alt.value(0.5),
        tooltip=tooltip,
    )
    if selectable:
        picked = alt.selection_point(name=SELECTION, fields=["group", "feature"], on="click", empty=False)
        cells = cells.add_params(picked)
    chart = alt.layer(cells, numbers).properties(
        width=alt.Step(_COLUMN),
        height=alt.Step(_ROW),
        description=f"Mentions per 1,000 words: {len(data)} cells of groups and frames.",
    )
    return styled(chart)


def _drawn(table: pd.DataFrame, min_articles: int) -> pd.DataFrame:
    """Return the columns that the chart shows, ready for it."""
    few = table["n_articles"] < min_articles
    # The sum of all frames is larger than any of them: on one scale with them it would pale them all.
    total = (table["feature"] == TOTAL) & bool((table["feature"] != TOTAL).any())
    shade = table["rate"].where(~total)
    limits = zip(table["low"], table["high"], strict=True)
    return table[list(COLUMNS)].assign(
        row=row_labels(table["group"].tolist(), table["n_articles"].tolist(), min_articles=min_articles),
        frame=[frame_name(feature) for feature in table["feature"]],
        few=few,
        shown=[rate_text(rate, few=flag) for rate, flag in zip(table["rate"], few, strict=True)],
        interval=["none" if low != low else f"{low:.2f} to {high:.2f}" for low, high in limits],
        shade=shade,
        dark=shade > _DARK * shade.max(),
        total=total,
    )
