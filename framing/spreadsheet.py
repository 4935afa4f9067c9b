"""Text in cells: a spreadsheet runs what looks like a formula, so such text gets an apostrophe before it."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How the text of a cell begins that a spreadsheet would run."""


def escaped(value: object) -> object:
    """Return a cell that no spreadsheet runs; other values than text stay as they are.

    Examples
    --------
    >>> escaped("=1+1"), escaped("'=1"), escaped("plain"), escaped(-1)
    ("'=1+1", "''=1", 'plain', -1)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith((*FORMULA, "'")) else value


def unescaped(value: str) -> str:
    """Take back what :func:`escaped` did.

    Examples
    --------
    >>> [unescaped(str(escaped(text))) for text in ("=1", "'=1", "'tis", "plain")]
    ['=1', "'=1", "'tis", 'plain']
    """
    return value[1:] if value.startswith("'") and value[1:].startswith((*FORMULA, "'")) else value
