"""Page: every mention in its line of text, filtered, a click away from its article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from framing.dashboard.analyses import concordance_of, globs
from framing.dashboard.boundary import boundary
from framing.dashboard.components.table import Column, Link, link_table
from framing.dashboard.data import current
from framing.dashboard.datasets import Dataset
from framing.dashboard.download import download_csv
from framing.dashboard.reading import place_of
from framing.figures.labels import frame_name
from framing.report.article import VOICE_LABELS

SIZES = (25, 50, 100)

COLUMNS = (
    Column("left", "Left", "left"),
    Column("keyword", "Keyword"),
    Column("rest", "Right"),
    Column("who", "Voice, frame"),
    Column("from", "Outlet, date"),
)


def show() -> None:
    """Draw the page."""
    st.title("Concordance")
    dataset = current()
    lines = _filtered(dataset)
    articles, outlets = lines["doc_id"].nunique(), lines["outlet"].nunique()
    st.text(
        f"{len(lines):,} of {len(dataset.result.mentions):,} mentions; "
        f"articles: {articles:,}; outlets: {outlets:,}"
    )
    if lines.empty:
        st.info("No mention fits these filters. Take one away.")
        return
    shown = _page(lines)
    link_table(
        COLUMNS,
        [_row(line) for line in shown.to_dict("records")],
        caption="Concordance lines",
        key="lines",
        kind="kwic",
    )
    download_csv(f"Download all {len(lines):,} lines (CSV)", lines, "concordance.csv")


def _filtered(dataset: Dataset) -> pd.DataFrame:
    mentions = dataset.result.mentions
    one, two, three = st.columns(3)
    outlets = one.multiselect(
        "Outlet", dataset.outlets, key="outlets", bind="query-params", placeholder="All"
    )
    categories = two.multiselect(
        "Frame",
        sorted(set(mentions["category"])),
        format_func=frame_name,
        key="categories",
        bind="query-params",
        placeholder="All",
    )
    voices = three.multiselect(
        "Voice",
        list(VOICE_LABELS),
        format_func=VOICE_LABELS.__getitem__,
        key="voices",
        bind="query-params",
        placeholder="All",
    )
    entry = one.text_input(
        "Entry, * stands for anything", key="entry", bind="query-params", placeholder="regime*"
    )
    contains = two.text_input("Line contains", key="contains", bind="query-params")
    return concordance_of(
        dataset,
        outlets=tuple(outlets),
        categories=tuple(categories),
        voices=tuple(voices),
        entries=globs(entry or ""),
        contains=(contains or "").strip(),
    )


def _page(lines: pd.DataFrame) -> pd.DataFrame:
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    size = left.selectbox("Lines a page", SIZES, key="rows", bind="query-params") or SIZES[0]
    pages = -(-len(lines) // size)
    number = 1
    if pages > 1:
        with right:
            number = min(st.pagination(pages, key=f"page-{pages}"), pages)
    return lines.iloc[(number - 1) * size : number * size]


def _row(line: Mapping[Any, Any]) -> list[str | Link]:
    voice, speaker = str(line["voice"]), str(line["speaker"])
    label, frame = VOICE_LABELS.get(voice, voice), frame_name(str(line["category"]))
    place = place_of(in_title=bool(line["in_title"]), start=int(line["start"]))
    article = {"outlet": str(line["outlet"]), "doc_id": str(line["doc_id"]), "at": place}
    return [
        str(line["left"]),
        Link(str(line["keyword"]), "read", article, label=f"{line['keyword']}, open the article"),
        str(line["right"]),
        f"{label}: {speaker}\n{frame}" if speaker else f"{label}\n{frame}",
        ",\n".join(part for part in (str(line["outlet"]), str(line["published"])) if part),
    ]


if __name__ == "__main__":
    with boundary():
        show()
