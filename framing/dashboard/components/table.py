"""A table whose cells can be links into other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from framing.dashboard.components import ROOT, asset
from framing.dashboard.navigation import Params, go, href

_MOUNT = st.components.v2.component("framing_table", html=ROOT, css=asset("table.css"), js=asset("table.js"))


@dataclass(frozen=True, slots=True)
class Column:
    """Heading of a column; ``align`` is empty, ``left`` (keyword in context) or ``right`` (numbers)."""

    key: str
    title: str
    align: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a page; ``label`` is what a screen reader says if the text is too short."""

    text: str
    page: str
    params: Params = field(default_factory=dict)
    label: str = ""


Cell = str | Link


def link_table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, caption: str, key: str, kind: str = "plain"
) -> None:
    """Show a table; a click on a link opens its page in this session.

    Parameters
    ----------
    columns, rows
        What is shown; a row has one cell a column.
    caption
        What the table holds, for screen readers.
    key
        Name of the component on its page.
    kind
        ``plain``, or ``kwic`` for keywords in context.
    """
    data = {
        "kind": kind,
        "caption": caption,
        "columns": [{"key": c.key, "title": c.title, "align": c.align} for c in columns],
        "rows": [[_plain(cell) for cell in row] for row in rows],
    }
    chosen = clicked(_MOUNT(data=data, key=key, on_go_change=_nothing).get("go"), rows)
    if chosen is not None:
        go(chosen.page, chosen.params)


def clicked(value: Any, rows: Sequence[Sequence[Cell]]) -> Link | None:
    """Return the link that a browser says was clicked; anything else than a place of one is no link."""
    match value:
        case [int(row), int(column)] if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
            cell = rows[row][column]
            return cell if isinstance(cell, Link) else None
    return None


def _plain(cell: Cell) -> dict[str, str]:
    if isinstance(cell, Link):
        return {"text": cell.text, "href": href(cell.page, cell.params), "label": cell.label}
    return {"text": cell, "href": "", "label": ""}


def _nothing() -> None:
    """Tell Streamlit that the trigger exists."""
