"""Filters of a page in its address, so that any view can be linked, stored and opened again.

Streamlit can bind a widget to the address by itself, but then writes the label that is shown
instead of the value, and keeps an old filter when a link asks for other lines.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from framing.dashboard.navigation import DATA, dataset_key


def read_address(
    page: str, fields: Mapping[str, Collection[str] | None], *, several: Collection[str] = ()
) -> None:
    """Set the widgets of a page to what the address asks for, if it asks for something new.

    Parameters
    ----------
    page
        Name of the page; the widget of field ``x`` has the key ``page_x`` (:func:`key`).
    fields
        Query parameters with the values that are allowed, ``None`` for any. Others are ignored: an
        address may come from anywhere.
    several
        Fields whose widget takes a list of values.
    """
    asked = {name: st.query_params.get_all(name) for name in fields}
    if st.session_state.get(_written(page)) == asked and all(
        key(page, name) in st.session_state for name in fields
    ):
        return
    for name, allowed in fields.items():
        values = [value for value in asked[name] if allowed is None or value in allowed]
        if name in several:
            st.session_state[key(page, name)] = list(dict.fromkeys(values))
        elif values:
            st.session_state[key(page, name)] = values[0]
        else:
            st.session_state.pop(key(page, name), None)  # the default of the widget


def write_address(page: str, values: Mapping[str, str | Collection[str]]) -> None:
    """Put the present values of a page and its dataset into the address; empty ones are left out."""
    lists = {name: [value] if isinstance(value, str) else list(value) for name, value in values.items()}
    wanted = {name: [value for value in found if value] for name, found in lists.items()}
    for name, found in {**wanted, DATA: [short] if (short := dataset_key()) else []}.items():
        if not found:
            st.query_params.pop(name, None)
        elif st.query_params.get_all(name) != found:
            st.query_params[name] = found
    st.session_state[_written(page)] = wanted


def key(page: str, field: str) -> str:
    """Return the key of the widget of a field.

    Examples
    --------
    >>> key("compare", "voice")
    'compare_voice'
    """
    return f"{page}_{field}"


def _written(page: str) -> str:
    return f"address_of_{page}"
