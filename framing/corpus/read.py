"""Read a corpus from CSV, JSON Lines, Parquet or a folder of text files.

A row that cannot be read becomes a row with a status and a message; only a file that is no corpus
at all is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from framing.corpus.broken import broken_row, table_of
from framing.corpus.columns import canonical
from framing.corpus.delimited import read_csv
from framing.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".txt")
_DATE_IN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})")
_HEAD = 4096


def read_corpus(
    path: str | Path, *, columns: Mapping[str, str] | None = None, outlet: str = ""
) -> pd.DataFrame:
    """Read a corpus into a table with doc_id, outlet, published, title and text; further columns are kept.

    Where rows could not be read, ``status`` and ``problem`` say which and why.

    Parameters
    ----------
    path
        A ``.csv``, ``.tsv``, ``.jsonl``, ``.json`` (a list of objects), ``.parquet`` or ``.txt`` file, or a
        folder of ``.txt`` files: the name of a subfolder is the outlet, a date in the file name
        is the date of publication.
    columns
        Which column is what where the names are not recognised, e.g. ``{"text": "body"}``.
    outlet
        Outlet of every row that names none.

    Raises
    ------
    InputError
        If the path does not exist, has another format, cannot be parsed or lacks a text column.
    """
    source = Path(path)
    try:
        frame = _read_path(source)
    except OSError as error:  # no permission, a name that is too long, a disk that fails
        raise InputError(
            "the corpus cannot be read", where=str(source), got=error.strerror or str(error)
        ) from error
    table = canonical(frame, columns=columns, where=str(source))
    if outlet:
        table["outlet"] = [value or outlet for value in table["outlet"]]
    return table


def _read_path(source: Path) -> pd.DataFrame:
    if source.is_dir():
        return _read_folder(source)
    if not source.exists():
        raise InputError(
            "no such file or folder",
            got=str(source),
            allowed=f"a folder of .txt files or {', '.join(FORMATS)}",
        )
    if source.suffix.lower() not in FORMATS:
        raise InputError(
            "this file format is not read",
            where=str(source),
            got=source.suffix or "no suffix",
            allowed=", ".join(FORMATS),
            fix="convert the file, or rename it if the suffix is wrong",
        )
    if not source.is_file():
        raise InputError(
            "this is no file that can be read to its end",
            where=str(source),
            got="a pipe or a device",
            fix="write what it yields into a file first",
        )
    return read_bytes(source.read_bytes(), source.name, where=str(source))


def read_bytes(data: bytes, name: str, *, where: str = "") -> pd.DataFrame:
    """Parse the bytes of one file by the suffix of ``name``; columns keep their own names."""
    where = where or name
    suffix = Path(name).suffix.lower()
    if suffix == ".parquet":
        return _read_parquet(data, where)
    text, bad_bytes = _decode(data)
    if suffix == ".txt":
        return _one_text(Path(name).stem, "", text, bad_bytes)
    if bad_bytes:
        raise InputError(
            "the file is not UTF-8",
            where=where,
            got=bad_bytes,
            fix="save it as UTF-8 (in a spreadsheet: CSV UTF-8)",
        )
    readers: dict[str, Callable[[str, str], pd.DataFrame]] = {
        ".csv": lambda t, w: read_csv(t, w, None),
        ".tsv": lambda t, w: read_csv(t, w, "\t"),
        ".jsonl": _read_jsonl,
        ".ndjson": _read_jsonl,
        ".json": _read_json,
    }
    return readers[suffix](text, where)


def _decode(data: bytes) -> tuple[str, str]:
    """Return the text, and where it stops being UTF-8 (then with replacement characters)."""
    if data[:_HEAD].count(0) * 4 > len(data[:_HEAD]):
        return data.decode("utf-8-sig", errors="replace"), "zero bytes between the letters, as in UTF-16"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        detail = f"byte {data[error.start]:#04x} at position {error.start} is not UTF-8"
        return data.decode("utf-8-sig", errors="replace"), detail


def _one_text(doc_id: str, outlet: str, text: str, bad_bytes: str) -> pd.DataFrame:
    date = _DATE_IN_NAME.search(doc_id)
    return pd.DataFrame(
        [
            {
                "doc_id": doc_id,
                "outlet": outlet,
                "published": date[1] if date else "",
                "title": "",
                "text": text,
                "status": "bad_text" if bad_bytes else "",
                "problem": bad_bytes,
            }
        ],
        dtype=object,
    )


def _read_folder(folder: Path) -> pd.DataFrame:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix.lower() == ".txt")
    if not files:
        raise InputError(
            "the folder holds no .txt files",
            where=str(folder),
            got=", ".join(sorted({p.suffix or p.name for p in folder.iterdir()})[:8]) or "an empty folder",
            fix="name a single .csv, .jsonl or .parquet file, or put each article into a .txt file",
        )
    parts = []
    for file in files:
        try:
            text, bad_bytes = _decode(file.read_bytes())
        except OSError as error:
            text, bad_bytes = "", f"the file cannot be read: {error.strerror}"
        relative = file.relative_to(folder)
        outlet = relative.parts[0] if len(relative.parts) > 1 else ""
        parts.append(_one_text(str(relative.with_suffix("")).replace("\\", "/"), outlet, text, bad_bytes))
    return pd.concat(parts, ignore_index=True)


def _read_jsonl(text: str, where: str) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    header: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            problem = "" if isinstance(row, dict) else f"line {number}: not a JSON object"
        except (ValueError, RecursionError) as error:  # ValueError: also a number of 5,000 digits
            row, problem = {}, f"line {number}: not JSON ({error})"
        if problem:
            row = broken_row(problem)
        else:
            header.update(dict.fromkeys(row))
        rows.append(row)
    if not rows:
        raise InputError("the file is empty", where=where, allowed="one JSON object a line")
    if not header:
        raise InputError(
            "no line of the file is a JSON object",
            where=where,
            got=str(rows[0].get("problem")),
            allowed='one object a line, e.g. {"doc_id": "a", "outlet": "X", "text": "..."}',
        )
    return table_of(rows, list(header))


def _read_json(text: str, where: str) -> pd.DataFrame:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            "the file is not JSON",
            where=where,
            got=str(error),
            fix="a file with one object a line is called .jsonl",
        ) from error
    rows = value if isinstance(value, list) else [value]
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise InputError("the JSON file is not a list of objects", where=where, got=type(value).__name__)
    return table_of(rows, list(dict.fromkeys(name for row in rows for name in row)))


def _read_parquet(data: bytes, where: str) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(pa.BufferReader(data))
        names = table.column_names
        if len(set(names)) < len(names):
            raise InputError("the file names a column twice", where=where, got=", ".join(names))
        garbled = [name for name in names if not _is_valid(table[name])]
        frame: pd.DataFrame = table.drop_columns(garbled).to_pandas()
        for name in garbled:  # the rows that are UTF-8 stay texts, the others stay bytes
            values = [_decoded(value) for value in table[name].cast(pa.large_binary()).to_pylist()]
            frame[name] = pd.Series(values, index=frame.index, dtype=object)
    except (pa.ArrowException, OSError, ValueError) as error:
        got = (str(error) or type(error).__name__).splitlines()[0]
        raise InputError("the file is not Parquet", where=where, got=got) from error
    return frame


def _is_valid(column: pa.ChunkedArray) -> bool:
    try:
        column.validate(full=True)
    except (ValueError, UnicodeError):
        return False
    return True


def _decoded(value: bytes | None) -> str | bytes | None:
    try:
        return value if value is None else value.decode("utf-8")
    except UnicodeDecodeError:
        return value
