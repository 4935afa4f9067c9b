"""The data chooser in the sidebar: which corpus all pages are about."""

from __future__ import annotations

import streamlit as st

from framing.dashboard.boundary import show_error
from framing.dashboard.datasets import (
    Dataset,
    open_demo,
    open_folder,
    open_upload,
    opened,
    start_folder,
)
from framing.dashboard.navigation import DATA, remember_dataset
from framing.dashboard.settings import MAX_UPLOAD_MB
from framing.dashboard.uploads import SUFFIXES
from framing.errors import FramingError

SOURCES = {"demo": "Demo corpus", "folder": "Scored folder", "upload": "Score a file"}
_DATASET = "dataset"
_SHORT = "dataset_short"
_LINKED = "linked"


def current() -> Dataset:
    """Return the dataset that the sidebar chose; pages call this."""
    dataset: Dataset = st.session_state[_DATASET]
    return dataset


def choose_dataset() -> None:
    """Draw the chooser and remember its choice for the page."""
    st.subheader("Data")
    linked = _from_link()
    folder = start_folder()
    source = st.radio(
        "Corpus",
        list(SOURCES),
        index=1 if folder else 0,
        format_func=SOURCES.__getitem__,
        key="data_source",
        on_change=_forget_link,
    )
    if linked is not None:
        dataset, first = linked, False
        st.text(f"From the link: {linked.label}")
    else:
        dataset, first = _chosen(source, folder)
    st.session_state[_DATASET] = dataset
    short = st.session_state[_SHORT] = opened().add(dataset)
    remember_dataset("" if first else short)
    _summary(dataset)


def _from_link() -> Dataset | None:
    """Return the dataset that the address names, until the user chooses another."""
    named = st.query_params.get(DATA, "")
    if named and named != st.session_state.get(_SHORT):
        st.session_state[_LINKED] = named
    wanted = st.session_state.get(_LINKED, "")
    found = opened().get(wanted) if wanted else None
    if wanted and found is None:
        _forget_link()
        st.warning("The link is about data that is no longer open here. Open it again below.")
    return found


def _forget_link() -> None:
    st.session_state[_LINKED] = ""
    st.query_params.pop(DATA, None)


def _chosen(source: str | None, folder: str) -> tuple[Dataset, bool]:
    """Return the dataset of the widgets, and whether a new session would start with it anyway."""
    try:
        if source == "folder":
            path = st.text_input(
                "Folder that framing score wrote", value=folder, key="data_folder", on_change=_forget_link
            )
            if path:
                return open_folder(path), path == folder
            st.text("Type a path, then press Enter. Until then the demo is shown.")
        elif source == "upload":
            file = st.file_uploader(
                f"Articles (at most {MAX_UPLOAD_MB} MB)",
                type=list(SUFFIXES),
                key="data_upload",
                on_change=_forget_link,
            )
            if file is not None:
                return open_upload(file.name, file.getvalue()), False
            st.text("Columns: outlet, published, title, text. Until then the demo is shown.")
    except FramingError as error:
        show_error(error)
        st.text("The demo corpus is shown instead.")
    return open_demo(), not folder


def _summary(dataset: Dataset) -> None:
    result, run = dataset.result, dataset.result.run
    st.text(
        f"{dataset.label}\n{len(result.documents):,} articles, {len(dataset.outlets):,} outlets, "
        f"{len(result.mentions):,} mentions"
    )
    with st.expander("Where the numbers come from"):
        lexicons = run.get("lexicons")
        names = [
            f"lexicon {x.get('id')} {x.get('version')}, {x.get('entries')} entries, "
            f"{str(x.get('sha256'))[:12]}"
            for x in (lexicons if isinstance(lexicons, list) else [])
            if isinstance(x, dict)
        ]
        lines = [
            f"version {run.get('version', 'unknown')}",
            *names,
            f"corpus {str(run.get('corpus_sha256', 'unknown'))[:12]}",
        ]
        st.text("\n".join(lines))
