"""The rows of a coding sheet as spreadsheets really save it: CSV of several kinds, or XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from framing.errors import InputError
from framing.spreadsheet import unescaped
from framing.workbench.coding.sheet import CODES, CODING, PLACE

REQUIRED = ("mention_id", *PLACE, "category_of_entry", *CODES)

MAX_BYTES, MAX_UNPACKED = 50_000_000, 500_000_000
"""Size of a file, and of what an XLSX file holds: a small one can be made to unpack into very much."""

MAX_ROWS, MAX_COLUMNS = 1_048_576, 500
"""Lines of an XLSX sheet (as many as a spreadsheet has) and columns that are read."""


class Row(NamedTuple):
    """A row of a sheet: where it stands (``file:line``) and its cells by column."""

    where: str
    cells: Mapping[str, str]


def read_rows(path: str | Path) -> list[Row]:
    """Return the rows of a ``.csv`` or ``.xlsx`` sheet as text, empty ones left out.

    Of an XLSX file the sheet named ``coding`` is read, or the first one. A formula counts as its value.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a column that labels need, or names one twice.
    """
    path = Path(path)
    readers: Mapping[str, Callable[[Path, bytes], Iterator[tuple[int, list[str]]]]] = {
        ".csv": _csv_lines, ".xlsx": _xlsx_lines,
    }  # fmt: skip
    if path.suffix.lower() not in readers:
        raise InputError("the sheet has an unknown ending", where=str(path), got=path.suffix or "none",
                         allowed=", ".join(readers), fix="save it as CSV or XLSX")  # fmt: skip
    lines = readers[path.suffix.lower()](path, _bytes(path))
    header = [name.strip().casefold() for name in next(lines, (0, []))[1]]
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise InputError("a coding sheet lacks columns", where=f"{path}:1", got=", ".join(header),
                         allowed=", ".join(REQUIRED), fix=f"add {', '.join(missing)}")  # fmt: skip
    twice = [name for name in REQUIRED if header.count(name) > 1]
    if twice:
        raise InputError("a coding sheet names a column twice", where=f"{path}:1", got=", ".join(twice),
                         fix="rename or delete one of the two")  # fmt: skip
    rows = []
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            filled = [*cells, *[""] * len(header)]
            rows.append(Row(f"{path}:{line}", dict(zip(header, filled, strict=False))))
    return rows


def _bytes(path: Path) -> bytes:
    try:
        if (size := path.stat().st_size) > MAX_BYTES:
            raise InputError("the file is too large for a coding sheet", where=str(path),
                             got=f"{size:,} bytes", allowed=f"at most {MAX_BYTES:,}")  # fmt: skip
        return path.read_bytes()
    except OSError as error:
        raise InputError("the sheet cannot be read", where=str(path),
                         got=error.strerror or str(error)) from error  # fmt: skip


def _csv_lines(path: Path, data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(path, data)
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [unescaped(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError("the sheet is not valid CSV", where=f"{path}:{line}", got=str(error),
                         fix="mend the quotation marks, or save the sheet as XLSX") from error  # fmt: skip


def _decoded(path: Path, data: bytes) -> str:
    codecs = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for codec in codecs:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise InputError("the sheet has an unknown encoding", where=str(path), allowed="UTF-8",
                     fix="save it as CSV UTF-8 or as XLSX")  # fmt: skip


def _xlsx_lines(path: Path, data: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MAX_UNPACKED:
            raise InputError("the file unpacks into too much for a coding sheet", where=str(path),
                             got=f"{unpacked:,} bytes", allowed=f"at most {MAX_UNPACKED:,}")  # fmt: skip
        book = load_workbook(io.BytesIO(data), data_only=True, read_only=True)
        sheet = book[CODING] if CODING in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size need not be true
        used = islice(sheet.iter_rows(values_only=True), MAX_ROWS)
        rows = [[_text(cell) for cell in row[:MAX_COLUMNS]] for row in used]
    except (OSError, ValueError, KeyError, IndexError, TypeError, SyntaxError, zipfile.BadZipFile) as error:
        raise InputError("the sheet is not a valid XLSX file", where=str(path), got=str(error),
                         fix="open it in a spreadsheet and save it as XLSX or CSV") from error  # fmt: skip
    yield from enumerate(rows, start=1)


def _text(value: object) -> str:
    """Return the value of a cell as a coder would write it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)
