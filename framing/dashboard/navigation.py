"""The pages and the links between them: every number leads to its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st

Params = Mapping[str, str | Sequence[str]]

TITLES = {"read": "Read an article", "compare": "Compare outlets", "concordance": "Concordance"}
START = "read"
DATA = "data"
"""Query parameter that names a dataset of this server by its key."""

_LINK_KEY = "link_key"


def page(name: str) -> st.Page:
    """Return one of the pages."""
    path = Path(__file__).parent / "pages" / f"{name}.py"
    return st.Page(path, title=TITLES[name], url_path=name, default=name == START)


def remember_dataset(short: str) -> None:
    """Set the dataset key that links of this session carry; empty for the one opened at start."""
    st.session_state[_LINK_KEY] = short


def dataset_key() -> str:
    """Return the dataset key that links carry, empty for the dataset opened at start."""
    return str(st.session_state.get(_LINK_KEY, ""))


def with_dataset(params: Params) -> dict[str, str | Sequence[str]]:
    """Return parameters without empty ones, with the dataset if it is not the one opened at start."""
    full = {name: value for name, value in params.items() if value}
    if short := dataset_key():
        full[DATA] = short
    return full


def href(name: str, params: Params) -> str:
    """Return the address of a page, relative to any page, for links that open in a new tab."""
    query = urlencode(with_dataset(params), doseq=True)
    return f"./{'' if name == START else name}" + (f"?{query}" if query else "")


def go(name: str, params: Params) -> NoReturn:
    """Show a page in this session, with the given parameters in the address."""
    st.switch_page(page(name), query_params=with_dataset(params))
