"""Comma-separated values and their kin, as spreadsheets and exports really write them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pandas as pd

from framing.corpus.broken import broken_row, table_of
from framing.errors import InputError

_FIRST_LINE = re.compile(r"[\r\n]*([^\r\n]*)")


def read_csv(text: str, where: str, delimiter: str | None = None) -> pd.DataFrame:
    r"""Parse a table of comma-, semicolon-, tab- or bar-separated values.

    A row with the wrong number of cells, and one whose quotation mark never closes (it swallows the
    rest of the file), is kept and marked; its problem names its line.

    Parameters
    ----------
    text
        The file.
    where
        What to call it in an error.
    delimiter
        The sign between cells; the most frequent of the four in the header if left out.

    Raises
    ------
    InputError
        If there is no header, or it names a column twice.

    Examples
    --------
    >>> read_csv("outlet;text\nA;One.\nB;Two.;3\n", "x.csv")["problem"].tolist()
    ['', 'line 3: 3 cells, the header has 2']
    """
    first = _FIRST_LINE.match(text)
    delimiter = delimiter or max(",;\t|", key=first[1].count if first else text.count)
    records = iter(_records(text, delimiter, where))
    header = next(([name.strip() for name in cells] for _, cells, _ in records if cells), [])
    if not header:
        raise InputError("the file is empty", where=where, allowed="a header and at least one row")
    if len(set(header)) < len(header):
        twice = sorted({repr(name) for name in header if header.count(name) > 1})
        raise InputError(
            "the header names a column twice",
            where=f"{where}:1",
            got=", ".join(twice),
            fix="rename or drop one of them",
        )
    rows: list[dict[str, object]] = []
    for line, cells, problem in records:
        if len(cells) != len(header):
            problem = problem or f"line {line}: {len(cells)} cells, the header has {len(header)}"
        row: dict[str, object] = dict(zip(header, [*cells, *[""] * len(header)], strict=False))
        if not problem:
            rows.append(row)
        elif any(cell.strip() for cell in cells):
            rows.append({**row, **broken_row(problem)})
    return table_of(rows, header)


def _records(text: str, delimiter: str, where: str) -> list[tuple[int, list[str], str]]:
    """Return the first line of each record, its cells, and what is wrong if a quotation mark never closes."""
    records: list[tuple[int, list[str], str]] = []
    raw: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            raw.append(line)
            yield line

    last: list[str] = []
    before = csv.field_size_limit(2**31 - 1)  # a limit of the process: put back whatever happens
    reader = csv.reader(lines(), delimiter=delimiter)
    try:
        for cells in reader:
            records.append((reader.line_num - len(raw) + 1, cells, ""))
            last = raw.copy()
            raw.clear()
        # Only the last record can be open; the strict reader says whether it is.
        if last and _never_closes(last, delimiter):
            line, cells, _ = records[-1]
            records[-1] = (line, cells, f"line {line}: a quotation mark opens and never closes")
    except csv.Error as error:
        raise InputError(
            "the file is not valid CSV", where=f"{where}:{reader.line_num}", got=str(error)
        ) from error
    finally:
        csv.field_size_limit(before)
    return records


def _never_closes(lines: list[str], delimiter: str) -> bool:
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False
