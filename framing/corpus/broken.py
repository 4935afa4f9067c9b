"""Rows that a reader could not make sense of: they stay in the table, marked, and are never dropped."""

from __future__ import annotations

import pandas as pd


def broken_row(problem: str) -> dict[str, object]:
    """Return the cells that mark a row as unreadable (see :func:`framing.corpus.documents.documents_of`)."""
    return {"status": "bad_text", "problem": problem}


def table_of(rows: list[dict[str, object]], header: list[str]) -> pd.DataFrame:
    """Return rows as a table; ``status`` and ``problem`` are added if one of them is marked.

    Examples
    --------
    >>> table_of([{"text": "One."}, broken_row("line 3: not JSON")], ["text"])["problem"].tolist()
    ['', 'line 3: not JSON']
    """
    marked = any(row.get("status") == "bad_text" and "problem" in row for row in rows)
    names = list(dict.fromkeys([*header, *(("status", "problem") if marked else ())]))
    # A name with a lone surrogate (JSON can hold one) cannot be the name of a column.
    return pd.DataFrame(
        {
            name.encode("utf-8", "replace").decode(): pd.Series(
                [row.get(name, "") for row in rows], dtype=object
            )
            for name in names
        }
    )
