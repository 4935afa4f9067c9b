"""Events that the user supplies: a small table of dates with labels."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date as calendar_date
from pathlib import Path

import pandas as pd

from framing.corpus.documents import parse_date
from framing.errors import AnalysisError, InputError

_FIX = "write a header date,label and one event a line, such as 2017-04-04,Khan Shaykhun"


def read_timeline(source: str | Path | pd.DataFrame) -> pd.DataFrame:
    """Read events with their dates from a CSV file or a table.

    Parameters
    ----------
    source
        A CSV file (UTF-8; comma, semicolon or tab) or a table with a column ``date`` and, if you
        like, ``label``. Dates are ISO (YYYY-MM-DD) or of the other forms that a corpus may use.
        Empty lines and further columns are not read. An event without a label is named by its date.

    Returns
    -------
    pandas.DataFrame
        Columns ``date`` (ISO text) and ``label``, sorted by date.

    Raises
    ------
    InputError
        If the file cannot be read, lacks the column, or a date is none; it names file and line.

    Examples
    --------
    >>> read_timeline(pd.DataFrame({"date": ["2017-04-04"], "label": ["Khan Shaykhun"]})).to_dict("records")
    [{'date': '2017-04-04', 'label': 'Khan Shaykhun'}]
    """
    rows = _of_table(source) if isinstance(source, pd.DataFrame) else _of_file(Path(source))
    events = []
    for place, value, label in rows:
        day = parse_date(value)
        if not day:
            raise InputError(
                "an event has no date", where=f"{place}, column date", got=repr(value),
                allowed="YYYY-MM-DD", fix="write the date as 2017-04-04, or delete the line",
            )  # fmt: skip
        events.append((day, label or day))
    if not events:
        raise InputError(
            "the timeline has no event", where="table" if isinstance(source, pd.DataFrame) else str(source),
            allowed="one event or more", fix=_FIX,
        )  # fmt: skip
    return pd.DataFrame(sorted(events), columns=["date", "label"], dtype="str")


def one_day(date: str | calendar_date) -> str:
    """Return a date as ISO text.

    Raises
    ------
    AnalysisError
        If it is none.

    Examples
    --------
    >>> one_day("4 April 2017")
    '2017-04-04'
    """
    day = parse_date(str(date))
    if not day:
        raise AnalysisError(
            "this is not a date", where="option date", got=repr(date), allowed="YYYY-MM-DD",
            fix="write the date as 2017-04-04",
        )  # fmt: skip
    return day


def _of_table(table: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Return place, date and label of each row."""
    names = _columns(table.columns, "table")
    dates = table[names["date"]]
    labels = table[names["label"]] if "label" in names else pd.Series("", index=table.index)
    for number, (value, label) in enumerate(zip(dates, labels, strict=True), start=1):
        yield f"row {number}", _text(value), _text(label)


def _of_file(path: Path) -> Iterator[tuple[str, str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "the timeline cannot be read", where=str(path), got=str(error), allowed="a CSV file in UTF-8",
            fix="check the name of the file, or save it as CSV (UTF-8)",
        ) from error  # fmt: skip
    first = text.split("\n", 1)[0]
    reader = csv.reader(text.splitlines(), delimiter=max(",;\t", key=first.count), strict=True)
    names: dict[str, int] | None = None
    before = 0
    try:
        for row in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            if names is None:
                header = _columns(row, f"{path}:{line}")
                names = {name: row.index(str(column)) for name, column in header.items()}
                continue
            cells = {name: row[at].strip() if at < len(row) else "" for name, at in names.items()}
            yield f"{path}:{line}", cells["date"], cells.get("label", "")
    except csv.Error as error:
        raise InputError(
            "a line of the timeline is not CSV", where=f"{path}:{reader.line_num}", got=str(error),
            allowed="quotation marks in pairs", fix="put a label with commas or quotes in quotation marks",
        ) from error  # fmt: skip


def _columns(header: Iterable[object], where: str) -> dict[str, object]:
    """Return which of the columns holds the date, and which the label."""
    columns = list(header)
    found = {
        str(name).strip().casefold(): name
        for name in reversed(columns)
        if str(name).strip().casefold() in {"date", "label"}
    }
    if "date" not in found:
        raise InputError(
            "the timeline has no column date", where=where, got=", ".join(map(str, columns)),
            allowed="date, label", fix=_FIX,
        )  # fmt: skip
    return found


def _text(value: object) -> str:
    """Return a cell as text, empty if it is missing."""
    return "" if value is None or value is pd.NaT or value != value else str(value).strip()
