"""Tables of the comparison commands as they are read: which columns, under which heads, in which form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from framing.cli.show import between, number, print_table


class Field(NamedTuple):
    """One printed column: its head, what it shows and how.

    ``kind`` is ``text``, ``count``, ``rate`` (two digits), ``share`` (per cent), ``p`` (three digits) or
    ``limits`` (two columns, ``low to high``).
    """

    head: str
    column: str
    kind: str = "rate"
    upper: str = ""


def text(head: str, column: str = "") -> Field:
    """Return a column of words."""
    return Field(head, column or head, "text")


def count(head: str, column: str) -> Field:
    """Return a column of whole numbers."""
    return Field(head, column, "count")


def limits(head: str, low: str, high: str) -> Field:
    """Return two columns of limits as one."""
    return Field(head, low, "limits", high)


P_AND_Q = (Field("p", "p", "p"), Field("q", "q", "p"))


def printed(table: pd.DataFrame, fields: Sequence[Field], *, title: str) -> None:
    """Print the fields of a table; numbers stand to the right."""
    shown = pd.DataFrame({field.head: _cells(table, field) for field in fields})
    print_table(shown, title=title, right=[field.head for field in fields if field.kind != "text"])


def _cells(table: pd.DataFrame, field: Field) -> list[str]:
    values = table[field.column].tolist()
    match field.kind:
        case "text":
            return ["" if v is None or v != v else str(v) for v in values]
        case "count":
            return ["-" if pd.isna(v) else f"{v:,.0f}" for v in values]
        case "share":
            return ["-" if v != v else f"{100 * v:.0f} %" for v in values]
        case "p":
            return [number(v, 3) for v in values]
        case "limits":
            return between(table, field.column, field.upper)
    return ["-" if pd.isna(v) else number(v) for v in values]
