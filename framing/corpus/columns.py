"""Give the columns of any corpus table their names here, and say clearly when one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from framing.errors import InputError

ALIASES: Mapping[str, tuple[str, ...]] = {
    "doc_id": ("doc_id", "id", "article_id", "docid", "uid"),
    "outlet": ("outlet", "publisher", "source", "source_name", "domain", "newspaper", "media"),
    "published": (
        "published",
        "date",
        "published_at",
        "publication_date",
        "pub_date",
        "publish_date",
        "datetime",
    ),
    "title": ("title", "headline", "heading"),
    "text": ("text", "body", "content", "article", "article_text", "fulltext", "full_text"),
}
"""Names under which the columns are recognised, first match wins, whatever their case."""

EXAMPLE = "doc_id,outlet,published,title,text"

_SAVED = (bool, float, date, np.integer, np.floating, np.bool_)
_SURROGATE = re.compile("[\ud800-\udfff]")


def canonical(
    frame: pd.DataFrame, *, columns: Mapping[str, str] | None = None, where: str = "the table"
) -> pd.DataFrame:
    """Return the table with the columns doc_id, outlet, published, title and text; others are kept.

    A row that holds a list, an object or bytes where a text belongs is marked: its ``status`` is
    ``bad_text`` and its ``problem`` says which column. Further columns of mixed types become text,
    so that they can be saved.

    Parameters
    ----------
    frame
        Any table with at least a text or a title column.
    columns
        Which of its columns is what, for example ``{"text": "body", "outlet": "site"}``.
    where
        What to call the table in an error.

    Raises
    ------
    InputError
        If there is neither a text nor a title column, a named column does not exist, or a name
        stands twice in the header.

    Examples
    --------
    >>> canonical(pd.DataFrame({"Body": ["One."], "source": ["A"]})).loc[0].to_dict()
    {'doc_id': '1', 'outlet': 'A', 'published': '', 'title': '', 'text': 'One.'}
    """
    if getattr(frame, "columns", None) is None:
        raise InputError(
            "a corpus is a pandas DataFrame", where=where, got=type(frame).__name__,
            fix="pandas.DataFrame(articles), or framing.read_corpus(path) for a file",
        )  # fmt: skip
    chosen = dict(columns or {})
    present = [_SURROGATE.sub("\ufffd", str(c)) for c in frame.columns]
    if len(set(present)) < len(present):
        raise InputError(
            "the table names a column twice", where=where,
            got=", ".join(sorted({repr(c) for c in present if present.count(c) > 1})),
            fix="rename or drop one of them",
        )  # fmt: skip
    frame = frame.set_axis(present, axis=1)
    for name, column in chosen.items():
        if name not in ALIASES or column not in present:
            raise InputError(
                "the column mapping does not fit the table", where=where, got=f"{name}={column}",
                allowed=f"{', '.join(ALIASES)} on the left; on the right one of {', '.join(present)}",
                fix="name a column that exists",
            )  # fmt: skip
    lower = {c.lower().strip(): c for c in reversed(present)}
    for name, aliases in ALIASES.items():
        if name not in chosen:
            found = next((lower[a] for a in aliases if a in lower and lower[a] not in chosen.values()), None)
            if found is not None:
                chosen[name] = found
    if "text" not in chosen and "title" not in chosen:
        raise InputError(
            "there is no column with the text of the articles", where=where,
            got=", ".join(present) or "no columns",
            allowed=f"one of {', '.join(ALIASES['text'])} (or a title column for headlines)",
            fix=f"rename a column or map it, for example text=<your column>; a complete header is {EXAMPLE}",
        )  # fmt: skip
    made, broken = _texts(frame, chosen)
    for column in present:
        if column not in chosen.values() and column not in made:
            made[column] = _storable(frame[column])
    return pd.DataFrame(_marked(made, broken) if broken else made, index=range(len(frame)))


def _texts(frame: pd.DataFrame, chosen: Mapping[str, str]) -> tuple[dict[str, Any], dict[int, str]]:
    """Return the five columns as texts, and what is wrong with the rows that hold something else."""
    made: dict[str, Any] = {}
    broken: dict[int, str] = {}
    for name in ALIASES:
        if name not in chosen:
            made[name] = [str(i + 1) for i in range(len(frame))] if name == "doc_id" else ""
            continue
        values = frame[chosen[name]].tolist()
        written = [_as_text(v) for v in values]
        made[name] = _series([text or "" for text in written])
        for row, (value, text) in enumerate(zip(values, written, strict=True)):
            if text is None:
                kind = type(value).__name__
                broken.setdefault(row, f"column {chosen[name]} holds a {kind}, not a text")
    return made, broken


def _marked(made: dict[str, Any], broken: Mapping[int, str]) -> dict[str, Any]:
    """Return the columns with status and problem of the rows that hold no text."""
    size = len(made["doc_id"])
    for name, value_of in (("status", lambda row: "bad_text"), ("problem", broken.__getitem__)):
        given = list(made[name]) if name in made else [""] * size
        made[name] = pd.Series([value_of(i) if i in broken else v for i, v in enumerate(given)], dtype=object)
    return made


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value)


def _as_text(value: object) -> str | None:
    """Return what a reader would write for a value, ``None`` for a list, an object, bytes.

    Written out, they would be read as words, and the items of a list as quotations.
    """
    if isinstance(value, str):
        return value
    if _is_missing(value):
        return ""
    if isinstance(value, Iterable):
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else _written(value)


def _written(value: object) -> str | None:
    try:
        return str(value)
    except (RecursionError, ValueError):  # nested too deep; more digits than Python writes
        return None


def _series(values: list[str]) -> pd.Series[str]:
    try:
        return pd.Series(values, dtype="str")
    except UnicodeEncodeError:  # lone surrogates, which documents_of replaces and reports
        return pd.Series(values, dtype=object)


def _storable(values: pd.Series) -> np.ndarray[tuple[int, ...], np.dtype[Any]] | list[str | None]:
    """Return a further column as it is if it can be saved, otherwise as text."""
    array = values.to_numpy()
    if array.dtype.kind not in "Oc":
        return array
    kinds = {type(v) for v in array if not _is_missing(v)}
    kind = kinds.pop() if len(kinds) == 1 else object
    small = kind is int and all(_is_missing(v) or -(2**63) <= v < 2**63 for v in array)
    if small or (array.dtype == object and issubclass(kind, _SAVED)):
        return array
    return [None if _is_missing(v) else _SURROGATE.sub("\ufffd", _written(v) or "") for v in array]
