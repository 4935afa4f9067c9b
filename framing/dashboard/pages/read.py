"""Page: one article with its loaded terms, who says them and why they are marked."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from framing.dashboard.analyses import explained
from framing.dashboard.boundary import boundary
from framing.dashboard.components.article import show_article
from framing.dashboard.components.legend import show_legend
from framing.dashboard.components.table import Column, link_table
from framing.dashboard.corpus_choice import MAX_LISTED, choose_article
from framing.dashboard.data import current
from framing.dashboard.download import download_csv
from framing.dashboard.reading import Reading, reading_of_result, reading_of_view, with_contributions
from framing.dashboard.settings import MAX_UPLOAD_MB
from framing.dashboard.style import note
from framing.dashboard.uploads import SUFFIXES, read_articles
from framing.figures.labels import frame_name
from framing.pipeline.explained import explained as explained_mentions
from framing.records import Document
from framing.report.article import VOICE_LABELS
from framing.scoring.loaded.explain import Contribution

SOURCES = {"corpus": "From the loaded corpus", "paste": "Paste a text", "upload": "Upload a file"}

COLUMNS = (
    Column("surface", "Mention"),
    Column("entry", "Entry"),
    Column("frame", "Frame"),
    Column("voice", "Voice"),
    Column("speaker", "Speaker"),
    Column("evidence", "Evidence"),
    Column("score", "Rule score", "right"),
    Column("neutral", "Neutral alternative"),
)


def show() -> None:
    """Draw the page."""
    st.title("Read an article")
    source = st.radio(
        "Source", list(SOURCES), format_func=SOURCES.__getitem__, horizontal=True, key="read_source"
    )
    if source == "corpus":
        dataset = current()
        doc_id, place = choose_article(dataset)
        if doc_id:
            reading = reading_of_result(dataset.result, doc_id)
            _show_reading(reading, selected=reading.number_at(place), in_corpus=True)
        return
    fresh = _pasted() if source == "paste" else _uploaded()
    if fresh is not None:
        _show_reading(fresh)


def _pasted() -> Reading | None:
    with st.form("paste", border=False):
        title = st.text_input("Title (optional)", key="paste_title")
        outlet = st.text_input("Outlet (optional)", key="paste_outlet")
        text = st.text_area("Text of the article", height=220, key="paste_text")
        st.form_submit_button("Analyze", type="primary")
    if not text.strip() and not title.strip():
        st.info("Paste an article and press Analyze. It stays on this machine.")
        return None
    return reading_of_view(explained(text, title, outlet))


def _uploaded() -> Reading | None:
    label = f"One article (.txt) or a table of articles (at most {MAX_UPLOAD_MB} MB)"
    file = st.file_uploader(label, type=list(SUFFIXES), key="read_upload")
    if file is None:
        st.info("A table needs a column with the text; .csv, .tsv, .jsonl and .parquet are read.")
        return None
    table = read_articles(file.name, file.getvalue())
    row = 0
    if len(table) > 1:
        parts = zip(table["outlet"], table["published"], table["title"], strict=True)
        names = [f"{number}. {_name(*part)}" for number, part in enumerate(parts, start=1)]
        row = st.selectbox(
            "Article of the file", range(min(len(names), MAX_LISTED)), format_func=names.__getitem__
        )
        if len(names) > MAX_LISTED:
            note(f"The first {MAX_LISTED:,} of {len(names):,} articles are listed.")
    chosen = table.iloc[row]
    return reading_of_view(explained(str(chosen["text"]), str(chosen["title"]), str(chosen["outlet"])))


def _name(*parts: str) -> str:
    return " | ".join(part[:90] for part in parts if part) or "without outlet, date or title"


def _with_parts(reading: Reading) -> Reading:
    """Read the text again for what made ``p_loaded`` of each mention: tables do not carry it."""
    if reading.mentions["p_loaded"].isna().all():
        return reading
    return with_contributions(reading, _parts_of(reading.text, reading.title, reading.outlet))


@st.cache_resource(max_entries=16, show_spinner=False)
def _parts_of(text: str, title: str, outlet: str) -> list[list[Contribution]]:
    return explained_mentions(Document("article", text, outlet=outlet, title=title))


def _show_reading(reading: Reading, *, selected: int = -1, in_corpus: bool = False) -> None:
    show_legend(Counter(reading.mentions["voice"]), removed=bool(reading.removed))
    show_article(_with_parts(reading), key="article", selected=selected, in_corpus=in_corpus)
    if reading.mentions.empty:
        return
    st.subheader("Mentions in this article")
    rows = [
        (
            m["surface"],
            m["entry_id"],
            frame_name(m["category"]),
            VOICE_LABELS.get(m["voice"], m["voice"]),
            m["speaker"],
            m["evidence"],
            f"{m['rule_score']:.2f}",
            m["neutral_alternative"],
        )
        for m in reading.mentions.to_dict("records")
    ]
    link_table(COLUMNS, rows, caption="Mentions in this article", key="mentions")
    download_csv("Download the mentions (CSV)", reading.mentions, "mentions.csv")


if __name__ == "__main__":
    with boundary():
        show()
