"""How tables of rates are worded in charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import pandas as pd

from framing.errors import TableError

if TYPE_CHECKING:
    import altair as alt

INK = "#111111"
GREY = "#6b7280"
_SMALLEST, _LARGE = 0.01, 100  # rates that two decimals show badly
_LONGEST = 24  # characters of a name
FONT = "Source Sans, system-ui, sans-serif"


def require(table: pd.DataFrame, columns: Sequence[str], figure: str) -> None:
    """Refuse a table that lacks what a figure shows.

    Raises
    ------
    TableError
        If a column is missing or there is no row.
    """
    missing = [name for name in columns if name not in table.columns]
    if missing or table.empty:
        raise TableError(
            f"the {figure} cannot be drawn",
            where="the table handed to framing.figures",
            got=", ".join(map(str, table.columns)) if missing else "no rows",
            allowed=", ".join(columns),
            fix="pass the table of framing.rates or framing.compare",
        )


def frame_name(feature: str) -> str:
    """Return a category, or the sum of all of them, in plain words.

    Examples
    --------
    >>> frame_name("terrorism_label"), frame_name("any")
    ('terrorism label', 'all frames')
    """
    return "all frames" if feature == "any" else feature.replace("_", " ")


def row_labels(groups: Sequence[str], n_articles: Sequence[int], *, min_articles: int) -> list[str]:
    """Return the name of each group with its number of articles; few of them are pointed out.

    Long names are cut, so that the number stays in sight, unless two groups would look the same.

    Examples
    --------
    >>> row_labels(["Varda", "The Gazette of the Upper Northern Provinces"], [14, 1], min_articles=5)
    ['Varda (14 articles)', 'The Gazette of the Uppe… (1 article: few)']
    """
    short = [name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…" for name in groups]
    owners: dict[str, set[str]] = {}
    for name, cut in zip(groups, short, strict=True):
        owners.setdefault(cut, set()).add(name)
    names = [cut if len(owners[cut]) == 1 else name for name, cut in zip(groups, short, strict=True)]
    return [
        f"{name} ({n:,} {'article' if n == 1 else 'articles'}{': few' if n < min_articles else ''})"
        for name, n in zip(names, n_articles, strict=True)
    ]


def interval_name(table: pd.DataFrame) -> str:
    """Return what the limits of a table of rates are called; the table carries its confidence level.

    Examples
    --------
    >>> table = pd.DataFrame()
    >>> table.attrs["method"] = {"confidence": 0.9}
    >>> interval_name(table), interval_name(pd.DataFrame())
    ('90 % interval', 'interval')
    """
    confidence = table.attrs.get("method", {}).get("confidence")
    return f"{100 * confidence:g} % interval" if confidence else "interval"


def rate_text(rate: float, *, few: bool = False) -> str:
    """Return a rate as it is printed in a cell; a dash if there is none, a star if few articles made it.

    Examples
    --------
    >>> rate_text(4.017), rate_text(0.0), rate_text(0.001), rate_text(float("nan")), rate_text(1.2, few=True)
    ('4.02', '0', '<0.01', '–', '1.20*')
    """
    if rate != rate:
        return "–"
    if 0 < rate < _SMALLEST:
        shown = f"<{_SMALLEST}"
    else:
        shown = "0" if rate == 0 else f"{rate:.2f}" if rate < _LARGE else f"{rate:.0f}"
    return f"{shown}*" if few else shown


def styled(chart: object) -> alt.LayerChart:
    """Return a layered chart with dark text on white, one font and axes without lines."""
    layered = cast("alt.LayerChart", chart)  # alt.layer() may also return a facet; these charts have none
    plain = layered.configure(font=FONT, background="#ffffff").configure_view(stroke=None)
    return cast(
        "alt.LayerChart",
        plain.configure_axis(
            labelColor=INK,
            titleColor=INK,
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            labelLimit=280,
            labelPadding=10,
            domain=False,
            ticks=False,
            gridColor="#e5e7eb",
        ),
    )
