"""Concordance: every mention in its line of text (KWIC, keyword in context)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

import pandas as pd

from framing.errors import AnalysisError

_BLANKS = re.compile(r"\s+")

COLUMNS = (
    "left", "keyword", "right", "voice", "speaker", "category", "entry_id", "outlet", "published", "doc_id",
    "start", "in_title", "loadedness",
)  # fmt: skip


def concordance(
    mentions: pd.DataFrame,
    texts: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    width: int = 60,
    outlets: Sequence[str] = (),
    categories: Sequence[str] = (),
    voices: Sequence[str] = (),
    entries: Sequence[str] = (),
    contains: str = "",
) -> pd.DataFrame:
    """Return one line per mention with its left and right context.

    Parameters
    ----------
    mentions, texts, documents
        Tables of one result (:class:`framing.Result`); ``documents`` holds the titles.
    width
        Characters of context on each side.
    outlets, categories, voices
        Values to keep; all if empty.
    entries
        Entry ids to keep, with ``*`` as wildcard (``takfir*``); nested entries match too.
    contains
        Text that the keyword or its context must hold, whatever its case.

    Returns
    -------
    DataFrame
        Columns as in :data:`COLUMNS`, in the order of outlet, date, document and position.

    Raises
    ------
    AnalysisError
        If the result was saved without its texts.
    """
    if len(texts) == 0 and len(mentions) > 0:
        raise AnalysisError(
            "a concordance needs the texts", where="texts table", got="no rows",
            fix="score the corpus again without --no-texts (keep_texts=True)",
        )  # fmt: skip
    kept = mentions
    for column, wanted in (("outlet", outlets), ("category", categories), ("voice", voices)):
        if wanted:
            kept = kept[kept[column].isin(list(wanted))]
    if entries:
        ids = (kept["entry_id"] + "|" + kept["nested"]).tolist()
        kept = kept[[any(fnmatchcase(e, g) for e in row.split("|") for g in entries) for row in ids]]
    body = dict(zip(texts["doc_id"], texts["text"], strict=True))
    title = dict(zip(documents["doc_id"], documents["title"], strict=True))
    lines = []
    wanted_columns = ["doc_id", "start", "end", "in_title"]
    for doc_id, start, end, in_title in kept[wanted_columns].itertuples(index=False, name=None):
        text = title[doc_id] if in_title else body[doc_id]
        lines.append(
            (
                _flat(text[max(0, start - width) : start]),
                _flat(text[start:end]),
                _flat(text[end : end + width]),
            )
        )
    left, keyword, right = zip(*lines, strict=True) if lines else ((), (), ())
    table = kept.assign(left=list(left), keyword=list(keyword), right=list(right))
    if contains:
        needle = contains.casefold()
        whole = (table["left"] + " " + table["keyword"] + " " + table["right"]).tolist()
        table = table[[needle in line.casefold() for line in whole]]
    ordered = table.sort_values(
        ["outlet", "published", "doc_id", "in_title", "start"], ascending=[True, True, True, False, True]
    )
    return ordered[list(COLUMNS)].reset_index(drop=True)


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text)
