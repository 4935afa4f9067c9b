"""Read what a browser sends, within limits: small files can unfold to very large tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from framing.corpus.columns import canonical
from framing.corpus.read import read_bytes
from framing.dashboard.settings import MAX_UPLOAD_MB
from framing.errors import InputError

SUFFIXES = ("txt", "csv", "tsv", "jsonl", "json", "parquet")
MAX_ARTICLES = 20_000
_MAX_UNFOLDED = 400_000_000  # bytes of a Parquet file in memory
_ROWS = 200  # rows unfolded before the size is looked at again


def read_articles(name: str, data: bytes) -> pd.DataFrame:
    r"""Return the articles of an uploaded file as a canonical table.

    Raises
    ------
    InputError
        If the file has another format, no text column, or is too large to be scored in a browser.

    Examples
    --------
    >>> read_articles("two.csv", b"outlet,text\nA,One.\nB,Two.")["text"].tolist()
    ['One.', 'Two.']
    """
    shown = Path(name.replace("\\", "/")).name
    suffix = Path(shown).suffix.lower().removeprefix(".")
    if suffix not in SUFFIXES:
        raise InputError(
            "this file format is not read",
            where=shown,
            got=suffix or "no suffix",
            allowed=", ".join(SUFFIXES),
            fix="save the articles as CSV UTF-8",
        )
    if len(data) > MAX_UPLOAD_MB * 1_000_000 * 1.1:
        raise InputError(
            "the file is too large for the browser",
            where=shown,
            got=f"{len(data) // 1_000_000} MB",
            allowed=f"{MAX_UPLOAD_MB} MB",
            fix=_SCORE,
        )
    if suffix == "parquet":
        _refuse_bomb(shown, data)
    table = canonical(read_bytes(data, shown), where=shown)
    if len(table) > MAX_ARTICLES:
        raise InputError(
            "too many articles for the browser",
            where=shown,
            got=str(len(table)),
            allowed=str(MAX_ARTICLES),
            fix=_SCORE,
        )
    if table.empty:
        raise InputError(
            "the file holds no articles",
            where=shown,
            got="a header without rows",
            fix="add one row an article",
        )
    return table


_SCORE = "score it on the command line (framing score articles.csv -o scored) and open the folder here"


def _refuse_bomb(where: str, data: bytes) -> None:
    """Unfold a Parquet file piece by piece and stop when it grows out of proportion."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        if file.metadata.num_rows > MAX_ARTICLES:
            raise InputError(
                "too many articles for the browser",
                where=where,
                got=str(file.metadata.num_rows),
                allowed=str(MAX_ARTICLES),
                fix=_SCORE,
            )
        size = 0
        for batch in file.iter_batches(batch_size=_ROWS):
            size += batch.nbytes
            if size > _MAX_UNFOLDED:
                raise InputError(
                    "the file unfolds to too much text",
                    where=where,
                    got=f"over {size // 1_000_000} MB",
                    allowed=f"{_MAX_UNFOLDED // 1_000_000} MB",
                    fix=_SCORE,
                )
    except (pa.ArrowException, OSError) as error:
        raise InputError("the file is not Parquet", where=where, got=str(error).splitlines()[0]) from error
