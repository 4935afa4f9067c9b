"""Tables as CSV files that a spreadsheet opens as text, not as formulas."""

from __future__ import annotations

import pandas as pd
import streamlit as st

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def escape_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before every text that a spreadsheet would compute.

    Numbers stay numbers. Column names are treated like texts: a corpus brings its own.

    Examples
    --------
    >>> escape_formulas(pd.DataFrame({"text": ["=1+1", "a"], "n": [-1, 2]})).to_dict("list")
    {'text': ["'=1+1", 'a'], 'n': [-1, 2]}
    """
    escaped = table.copy()
    for position in range(table.shape[1]):  # by position: two columns may have one name
        column = table.iloc[:, position]
        if not pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
            escaped.isetitem(position, [_escape(value) for value in column])
    escaped.columns = pd.Index([_escape(name) for name in table.columns])
    return escaped


def _escape(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return the table as UTF-8 CSV with the mark that spreadsheets need to see that it is UTF-8."""
    return escape_formulas(table).to_csv(index=False).encode("utf-8-sig", "replace")


def download_csv(label: str, table: pd.DataFrame, file_name: str) -> None:
    """Offer a table as a CSV file; it is written when the user asks for it."""
    st.download_button(
        label, data=lambda: csv_bytes(table), file_name=file_name, mime="text/csv", on_click="ignore"
    )
