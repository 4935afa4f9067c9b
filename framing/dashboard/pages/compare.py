"""Page: rates of all outlets and frames, and one of them in detail with its test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from framing.analysis.features import ANY
from framing.dashboard.address import key, read_address, write_address
from framing.dashboard.analyses import VOICE_CHOICES, VOICE_WORDS, comparison_of, globs, rates_of
from framing.dashboard.boundary import boundary, show_error
from framing.dashboard.captions import comparison_caption, heatmap_caption
from framing.dashboard.components.table import Cell, Column, Link, link_table
from framing.dashboard.data import current
from framing.dashboard.datasets import Dataset
from framing.dashboard.download import download_csv
from framing.dashboard.navigation import go
from framing.dashboard.style import note, wide_figure
from framing.errors import AnalysisError
from framing.figures import forest_plot, rate_heatmap
from framing.figures.heatmap import SELECTION
from framing.figures.labels import frame_name, rate_text

PAGE = "compare"
PERMUTATIONS = (999, 4_999, 9_999)
ROOM_FOR_NAMES, ROOM_FOR_A_CELL = 190, 46  # pixels that the heatmap needs at least
MOST_OUTLETS = 20  # drawn unless the user chooses others

COLUMNS = (
    Column("outlet", "Outlet"),
    Column("articles", "Articles", "right"),
    Column("words", "Words", "right"),
    Column("mentions", "Mentions", "right"),
    Column("rate", "Rate", "right"),
    Column("interval", "Interval", "right"),
    Column("rest", "Rest", "right"),
    Column("difference", "Difference", "right"),
    Column("p", "p", "right"),
    Column("q", "q", "right"),
    Column("share", "Top article", "right"),
    Column("note", "Note"),
)


def show() -> None:
    """Draw the page."""
    st.title("Compare outlets")
    dataset = current()
    features = [ANY, *sorted(set(dataset.result.counts["category"]))]
    read_address(PAGE, {"voice": list(VOICE_CHOICES), "feature": features, "entry": None})
    st.session_state.setdefault(key(PAGE, "voice"), "own")
    voice = (
        st.container(key="voice_switch").segmented_control(
            "Whose words are counted",
            list(VOICE_CHOICES),
            format_func=VOICE_CHOICES.__getitem__,
            required=True,
            key=key(PAGE, "voice"),
        )
        or "own"
    )
    with st.expander("Options"):
        left, right = st.columns(2)
        least = int(left.number_input("Fewest articles for a test", 2, 1000, 5, key="min_articles"))
        permutations = right.selectbox("Permutations", PERMUTATIONS, key="permutations") or PERMUTATIONS[0]
    table = rates_of(dataset, voice=voice)
    outlets = _outlets(table)
    shown = table[table["group"].isin(outlets)]
    st.subheader("All frames")
    _heatmap(shown, voice, least)
    note(heatmap_caption(table, VOICE_WORDS[voice], least=least, shown=len(outlets)))
    st.subheader("One frame")
    with boundary():
        _one_frame(dataset, features, outlets, voice=voice, least=least, permutations=permutations)


def _outlets(table: pd.DataFrame) -> list[str]:
    """Return the outlets to draw: those with most articles, or what the user chooses."""
    articles = table.groupby("group")["n_articles"].first()
    order = articles.sort_values(ascending=False, kind="stable").index.tolist()
    if len(order) <= MOST_OUTLETS:
        return order
    chosen = st.multiselect(
        f"Outlets shown ({len(order):,} are compared)",
        sorted(order),
        default=sorted(order[:MOST_OUTLETS]),
        key="shown",
    )
    return chosen or order[:MOST_OUTLETS]


def _heatmap(table: pd.DataFrame, voice: str, least: int) -> None:
    chart = rate_heatmap(table, min_articles=least, selectable=True)
    with wide_figure("heatmap", least=ROOM_FOR_NAMES + ROOM_FOR_A_CELL * table["feature"].nunique()):
        event = st.altair_chart(
            chart, width="stretch", theme=None, key="heatmap", on_select="rerun", selection_mode=SELECTION
        )
    picked = event["selection"].get(SELECTION)  # a list of cells, or an empty mapping before the first click
    for cell in picked if isinstance(picked, list) else []:
        go("concordance", _lines(str(cell["group"]), voice, category=str(cell["feature"])))


def _one_frame(
    dataset: Dataset,
    features: Sequence[str],
    outlets: Sequence[str],
    *,
    voice: str,
    least: int,
    permutations: int,
) -> None:
    left, right = st.columns(2)
    feature = left.selectbox("Frame", features, format_func=frame_name, key=key(PAGE, "feature")) or ANY
    text = right.text_input(
        "or entries, * stands for anything", key=key(PAGE, "entry"), placeholder="takfir*"
    )
    write_address(PAGE, {"voice": voice, "feature": feature, "entry": text})
    entries = globs(text)
    try:
        compared = comparison_of(
            dataset, voice=voice, entries=entries, min_articles=least, permutations=permutations
        )
    except AnalysisError as error:
        if len(dataset.outlets) > 1:
            raise
        show_error(error)  # one outlet cannot be compared, but its rates can be shown
        compared = rates_of(dataset, voice=voice, entries=entries)
    method = compared.attrs["method"]
    rows = compared if entries else compared[compared["feature"] == feature]
    rows = rows[rows["group"].isin(outlets)].sort_values("rate", ascending=False, kind="stable")
    st.altair_chart(
        forest_plot(rows, min_articles=least, unit=VOICE_WORDS[voice]),
        width="stretch",
        theme=None,
        key="forest",
    )
    cells = [_row(row, voice, entries) for row in rows.to_dict("records")]
    link_table(COLUMNS, cells, caption="Rates and tests by outlet", key="comparison")
    note(comparison_caption(method, VOICE_WORDS[voice]))
    download_csv("Download all rows (CSV)", compared, "comparison.csv")


def _row(row: Mapping[Any, Any], voice: str, entries: Sequence[str]) -> list[Cell]:
    outlet = str(row["group"])
    params = _lines(outlet, voice, category=str(row["feature"]), entries=entries)
    low, high = rate_text(row["low"]), rate_text(row["high"])
    return [
        Link(outlet, "concordance", params, label=f"{outlet}, see its sentences"),
        f"{row['n_articles']:,}",
        f"{row['n_words']:,}",
        f"{row['n_mentions']:,}",
        rate_text(row["rate"]),
        low if low == high == "–" else f"{low} to {high}",
        rate_text(row.get("rate_versus", float("nan"))),
        _difference(row.get("difference")),
        _probability(row.get("p")),
        _probability(row.get("q")),
        _share(row["top_article_share"]),
        str(row["note"]),
    ]


def _lines(outlet: str, voice: str, *, category: str, entries: Sequence[str] = ()) -> dict[str, str]:
    """Return the parameters of the concordance that shows the sentences behind a number."""
    found = {"outlet": outlet, "voice": "" if voice == "all" else voice}
    if entries:
        return {**found, "entry": " ".join(entries)}
    return {**found, "category": "" if category == ANY else category}


def _difference(value: object) -> str:
    return "–" if not isinstance(value, float) or value != value else f"{value:+.2f}".replace("-", "−")


def _probability(value: object) -> str:
    """Return a probability that is above 0, as it is: never as 0.000."""
    if not isinstance(value, float) or value != value:
        return "–"
    return f"{value:.3f}" if value >= 0.001 else f"{value:.2g}"


def _share(value: object) -> str:
    return "–" if not isinstance(value, float) or value != value else f"{100 * value:.0f} %"


if __name__ == "__main__":
    with boundary():
        show()
