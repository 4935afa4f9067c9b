"""Choose an article of the loaded corpus; the address then names it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from framing.dashboard.address import write_address
from framing.dashboard.datasets import Dataset

MAX_LISTED = 2_000
"""Articles that one list offers; larger corpora are searched by title first."""

_ALL = ""
_OUTLET, _ARTICLE = "read_outlet", "read_article"  # keys of the two lists
_WRITTEN = "read_written"  # what this page last put into the address


def choose_article(dataset: Dataset) -> tuple[str, str]:
    """Draw the lists of outlets and articles; return the chosen doc_id and the place of a mention.

    ``?outlet=...&doc_id=...&at=...`` chooses at first; ``at`` is the place of a mention
    (:func:`framing.dashboard.reading.place_of`). Both are empty if there is no article.
    """
    documents = dataset.result.documents
    if documents.empty:
        st.info("The corpus holds no articles.")
        return "", ""
    outlet_of = dict(zip(documents["doc_id"], documents["outlet"], strict=True))
    _read_address(dataset, outlet_of)
    left, right = st.columns([1, 2])
    if st.session_state.get(_OUTLET, _ALL) not in dataset.outlets:
        st.session_state[_OUTLET] = _ALL
    outlet = left.selectbox(
        "Outlet", [_ALL, *dataset.outlets], format_func=lambda name: name or "All outlets", key=_OUTLET
    )
    rows = documents[documents["outlet"] == outlet] if outlet else documents
    if len(rows) > MAX_LISTED:
        needle = left.text_input("Words of the title", key="read_find").casefold()
        rows = rows[[needle in title.casefold() for title in rows["title"]]]
        right.text(f"{len(rows):,} articles; the first {MAX_LISTED:,} by date are listed.")
    names = _names(
        rows, also=documents[documents["doc_id"] == st.session_state.get(_ARTICLE, "")], outlet=outlet
    )
    if not names:
        st.info("No title holds these words.")
        return "", ""
    if st.session_state.get(_ARTICLE) not in names:
        st.session_state[_ARTICLE] = _most_marked(rows[rows["doc_id"].isin(list(names))])
    doc_id = (
        right.selectbox("Article", list(names), format_func=lambda d: names.get(d, d), key=_ARTICLE) or ""
    )
    place = st.query_params.get("at", "") if st.query_params.get("doc_id") == doc_id else ""
    _write_address(doc_id, outlet_of[doc_id], place)
    return doc_id, place


def _read_address(dataset: Dataset, outlet_of: dict[str, str]) -> None:
    """Take over what the address asks for, once."""
    doc_id, outlet = st.query_params.get("doc_id", ""), st.query_params.get("outlet", "")
    if doc_id and doc_id not in outlet_of:
        st.warning("The address names an article that is not in this corpus. Choose one from the list.")
        doc_id = ""
    if not doc_id and not outlet:
        # Back from another page, where the lists were gone: go on with the article that was open.
        doc_id = st.session_state.get(_WRITTEN, "") if _ARTICLE not in st.session_state else ""
        outlet = ""
    if doc_id in outlet_of and (doc_id != st.session_state.get(_WRITTEN) or _ARTICLE not in st.session_state):
        st.session_state[_ARTICLE] = doc_id
        st.session_state[_OUTLET] = outlet if outlet == outlet_of[doc_id] else _ALL
    elif outlet in dataset.outlets and not doc_id:
        st.session_state[_OUTLET] = outlet


def _write_address(doc_id: str, outlet: str, place: str) -> None:
    st.session_state[_WRITTEN] = doc_id
    write_address("read", {"outlet": outlet, "doc_id": doc_id, "at": place})


def _names(rows: pd.DataFrame, *, also: pd.DataFrame, outlet: str) -> dict[str, str]:
    """Return what the list shows for each article, the open one included even if it is far down."""
    if outlet:
        also = also[also["outlet"] == outlet]
    listed = rows.sort_values(["published", "doc_id"], kind="stable").head(MAX_LISTED)
    columns = ["doc_id", "published", "outlet", "title", "n_mentions"]
    shown = pd.concat([listed, also[~also["doc_id"].isin(listed["doc_id"])]])[columns]
    return {
        doc_id: " | ".join(
            part for part in (published, "" if outlet else name, title[:90] or doc_id, _marks(n)) if part
        )
        for doc_id, published, name, title, n in shown.itertuples(index=False, name=None)
    }


def _marks(n: int) -> str:
    return f"{n} mention" if n == 1 else f"{n} mentions"


def _most_marked(rows: pd.DataFrame) -> str:
    """Return the article with most mentions: one without any would show nothing of this page."""
    order = rows.sort_values(["n_mentions", "doc_id"], ascending=[False, True], kind="stable")
    return str(order["doc_id"].iloc[0])
