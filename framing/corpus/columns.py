"""Give the columns of any corpus table their names here, and say clearly when one is missing."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from framing.errors import InputError

ALIASES: Mapping[str, tuple[str, ...]] = {
    "doc_id": ("doc_id", "id", "article_id", "docid", "uid"),
    "outlet": ("outlet", "publisher", "source", "source_name", "domain", "newspaper", "media"),
    "published": ("published", "date", "published_at", "publication_date", "pub_date", "publish_date", "datetime"),
    "title": ("title", "headline", "heading"),
    "text": ("text", "body", "content", "article", "article_text", "fulltext", "full_text"),
}
"""Names under which the columns are recognised, first match wins, whatever their case."""

EXAMPLE = "doc_id,outlet,published,title,text"


def canonical(frame: pd.DataFrame, *, columns: Mapping[str, str] | None = None, where: str = "the table") -> pd.DataFrame:
    """Return the table with the columns doc_id, outlet, published, title and text; others are kept.

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
        If there is neither a text nor a title column, or a named column does not exist.

    Examples
    --------
    >>> canonical(pd.DataFrame({"Body": ["One."], "source": ["A"]})).loc[0].to_dict()
    {'doc_id': '1', 'outlet': 'A', 'published': '', 'title': '', 'text': 'One.'}
    """
    chosen = dict(columns or {})
    present = [str(c) for c in frame.columns]
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
            "there is no column with the text of the articles", where=where, got=", ".join(present) or "no columns",
            allowed=f"one of {', '.join(ALIASES['text'])} (or a title column for headlines)",
            fix=f"rename a column or map it, for example text=<your column>; a complete header is {EXAMPLE}",
        )  # fmt: skip
    made = pd.DataFrame(index=range(len(frame)))
    for name in ALIASES:
        if name in chosen:
            made[name] = [_as_text(v) for v in frame[chosen[name]]]
        else:
            made[name] = [str(i + 1) for i in range(len(frame))] if name == "doc_id" else ""
    for column in present:
        if column not in chosen.values() and column not in made.columns:
            made[column] = frame[column].to_numpy()
    return made


def _as_text(value: object) -> str:
    if value is None or (isinstance(value, float) and value != value) or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
