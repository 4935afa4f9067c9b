"""The frame of the dashboard: navigation, data chooser, then the page that was asked for."""

from __future__ import annotations

import streamlit as st

from framing.dashboard.boundary import boundary
from framing.dashboard.data import choose_dataset
from framing.dashboard.icon import page_icon
from framing.dashboard.navigation import TITLES, page
from framing.dashboard.style import set_style

NAME = "Framing analyzer"


def run() -> None:
    """Draw the dashboard; Streamlit calls this on every interaction."""
    st.set_page_config(
        page_title=NAME,
        page_icon=page_icon(),
        layout="wide",
        menu_items={"Get help": None, "Report a bug": None, "About": None},
    )
    set_style()
    chosen = st.navigation([page(name) for name in TITLES])
    with boundary():
        with st.sidebar:
            choose_dataset()
        chosen.run()
