"""Page: every mention in its line of text, filtered, a click away from its article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from framing.dashboard.address import key, read_address, write_address
from framing.dashboard.analyses import concordance_of, globs
from framing.dashboard.boundary import boundary
from framing.dashboard.components.table import Column, Link, link_table
from framing.dashboard.data import current
from framing.dashboard.datasets import Dataset
from framing.dashboard.download import download_csv
from framing.dashboard.reading import place_of
from framing.figures.labels import frame_name
from framing.report.article import VOICE_LABELS

PAGE = "concordance"
VOICES = tuple(VOICE_LABELS)
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
    categories = sorted(set(dataset.result.mentions["category"]))
    fields = {
        "outlet": dataset.outlets,
        "category": categories,
        "voice": VOICES,
        "entry": None,
        "contains": None,
    }
    read_address(PAGE, fields, several=("outlet", "category", "voice"))
    one, two, three = st.columns(3)
    chosen: dict[str, str | list[str]] = {
        "outlet": one.multiselect("Outlet", dataset.outlets, key=key(PAGE, "outlet"), placeholder="All"),
        "category": two.multiselect(
            "Frame", categories, format_func=frame_name, key=key(PAGE, "category"), placeholder="All"
        ),
        "voice": three.multiselect(
            "Voice", VOICES, format_func=VOICE_LABELS.__getitem__, key=key(PAGE, "voice"), placeholder="All"
        ),
        "entry": one.text_input(
            "Entry, * stands for anything", key=key(PAGE, "entry"), placeholder="regime*"
        ),
        "contains": two.text_input("Line contains", key=key(PAGE, "contains")).strip(),
    }
    write_address(PAGE, chosen)
    return concordance_of(
        dataset,
        outlets=tuple(chosen["outlet"]),
        categories=tuple(chosen["category"]),
        voices=tuple(chosen["voice"]),
        entries=globs(str(chosen["entry"])),
        contains=str(chosen["contains"]),
    )


def _page(lines: pd.DataFrame) -> pd.DataFrame:
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    size = left.selectbox("Lines a page", SIZES, key=key(PAGE, "rows")) or SIZES[0]
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
