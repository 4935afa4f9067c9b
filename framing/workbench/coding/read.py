"""Read filled coding sheets of one or several people; every cell that cannot be read is named at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from framing.errors import InputError
from framing.scoring.loaded.columns import FRAMES
from framing.tables import VOICES
from framing.workbench.coding.files import Row, read_rows
from framing.workbench.coding.sheet import CODES, PLACE, mention_id

LABEL_COLUMNS = ("mention_id", *PLACE, "coder", *CODES)
PASSAGE_COLUMNS = ("mention_id", "category_of_entry", "headline", "passage")

_TRUE, _FALSE = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
_ANSWERS = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}


class CodingError(InputError):
    """Cells of coding sheets that cannot be read; ``problems`` holds every one, not only the first."""

    def __init__(self, what: str, *, problems: tuple[InputError, ...] = (), **parts: str) -> None:
        super().__init__(what, **parts)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(str(problem) for problem in self.problems)])


class Coded(NamedTuple):
    """What people filled in.

    ``labels`` has a row a mention and coder: mention_id, doc_id, in_title (bool), start, end, entry_id,
    passage_sha256, coder, voice, loaded (bool), category (empty if not loaded). ``passages`` has a row a
    mention: mention_id, category_of_entry, headline, passage. ``coders`` counts for each coder the rows,
    those coded, not_coded and half_coded; ``half`` says where the last are and which column is empty.
    Only coded rows are in ``labels``.
    """

    labels: pd.DataFrame
    passages: pd.DataFrame
    coders: pd.DataFrame
    half: tuple[str, ...]


def coder_files(arguments: Sequence[str]) -> list[tuple[str, Path]]:
    """Return name and file of each coder: ``NAME=FILE``, or a file whose name without ending is the coder.

    Raises
    ------
    InputError
        If two files have the same coder.

    Examples
    --------
    >>> [name for name, path in coder_files(["sheets/anna.csv", "ben=sheets/anna-2.xlsx"])]
    ['anna', 'ben']
    """
    files = []
    for argument in arguments:
        name, sign, path = argument.partition("=")
        named = bool(sign and name.strip() and path) and not Path(argument).exists()
        files.append((name.strip(), Path(path)) if named else (Path(argument).stem, Path(argument)))
    twice = [name for name, times in Counter(name for name, _ in files).items() if times > 1]
    if twice:
        raise InputError(
            "two files have the same coder", where=", ".join(str(path) for _, path in files),
            got=", ".join(twice), fix="give each coder a name: anna=first.csv ben=second.csv",
        )  # fmt: skip
    return files


def read_labels(files: Sequence[tuple[str, Path]]) -> Coded:
    """Read the filled sheets of one or several coders.

    Case and blanks around a value do not matter, and loaded may be y, n, true, false, 1 or 0. A loaded
    mention without a category gets that of its entry. A row without voice or loaded is not coded.

    Parameters
    ----------
    files
        (coder, file) pairs; ``.csv`` (UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab) or ``.xlsx``.

    Raises
    ------
    InputError
        If a file cannot be read or lacks columns.
    CodingError
        If cells hold what is not allowed, a mention stands twice, or the columns that say where it
        stands were changed; with every problem of every file.
    """
    sheets = {coder: read_rows(path) for coder, path in files}
    every = [row for rows in sheets.values() for row in rows]
    known = {row.cells["category_of_entry"].strip() for row in every} - {""}
    categories = {category.casefold(): category for category in (*FRAMES, *sorted(known))}
    problems: list[InputError] = []
    labels: list[tuple[object, ...]] = []
    counts: list[tuple[str, int, int, int, int]] = []
    half: list[str] = []
    for coder, rows in sheets.items():
        problems += _repeated(rows)
        found = [(_place(row, problems), _codes(row, categories, problems)) for row in rows]
        coded = [(*place, coder, *codes) for place, codes in found if place and codes]
        halves = [text for row in rows if (text := _half_coded(row))]
        labels += coded
        half += halves
        counts.append((coder, len(rows), len(coded), len(rows) - len(coded) - len(halves), len(halves)))
    if problems:
        raise CodingError(
            f"{len(problems)} problem{'s' * (len(problems) > 1)} in the coding sheets",
            fix="correct these cells and run the command again", problems=tuple(problems),
        )  # fmt: skip
    shown = [[row.cells.get(name, "").strip() for name in PASSAGE_COLUMNS] for row in every]
    passages = pd.DataFrame(shown, columns=list(PASSAGE_COLUMNS), dtype="str")
    coders = pd.DataFrame(counts, columns=["coder", "rows", "coded", "not_coded", "half_coded"])
    return Coded(
        _typed(labels), passages.drop_duplicates("mention_id", ignore_index=True), coders, tuple(half)
    )


def _half_coded(row: Row) -> str:
    """Say where a row was begun and not finished; nothing if it is complete or empty."""
    empty = [name for name in ("voice", "loaded") if not row.cells[name].strip()]
    begun = any(row.cells[name].strip() for name in CODES)
    return f"{row.where}: column {' and '.join(empty)} is empty" if empty and begun else ""


def _typed(labels: list[tuple[object, ...]]) -> pd.DataFrame:
    kinds = {"in_title": "bool", "start": "int64", "end": "int64", "loaded": "bool"}
    table = pd.DataFrame(labels, columns=list(LABEL_COLUMNS))
    return table.astype({name: kinds.get(name, "str") for name in LABEL_COLUMNS})


def _repeated(rows: Sequence[Row]) -> Iterator[InputError]:
    first: dict[str, str] = {}
    for row in rows:
        key = row.cells["mention_id"].strip()
        if (other := first.setdefault(key, row.where)) != row.where:
            yield _problem("a mention stands twice in a sheet", row, "mention_id", f"{key}, also at {other}",
                           "each mention once", "delete one of the two rows")  # fmt: skip


def _place(row: Row, problems: list[InputError]) -> tuple[object, ...] | None:
    """Return its id and where the mention stands, which the id vouches for."""
    cells = {name: row.cells[name].strip() for name in PLACE}
    in_title = _ANSWERS.get(cells["in_title"].casefold())
    start, end = (_whole(cells[name]) for name in ("start", "end"))
    if in_title is not None and start is not None and end is not None:
        found = (cells["doc_id"], in_title, start, end, cells["entry_id"], cells["passage_sha256"])
        known = mention_id(*found, row.cells["category_of_entry"].strip())
        if known == row.cells["mention_id"].strip():
            return known, *found
    problems.append(
        _problem(
            "the row is not that of its mention_id",
            row,
            "mention_id",
            f"{row.cells['mention_id']!r} with {', '.join(cells.values())}",
            "what stood in the sheet when it was made",
            "copy the columns up to passage_sha256 from the empty sheet, and sort whole rows only; "
            "a spreadsheet may have turned a doc_id of a CSV file into a number or a date: XLSX keeps it",
        )
    )
    return None


def _codes(
    row: Row, categories: Mapping[str, str], problems: list[InputError]
) -> tuple[str, bool, str] | None:
    """Return voice, loaded and category; None if something is empty or wrong."""
    voice, answer, given = (row.cells[name].strip() for name in CODES)
    loaded = _ANSWERS.get(answer.casefold())
    category = categories.get(given.casefold(), "")
    before = len(problems)
    if voice and voice.casefold() not in VOICES:
        allowed = ", ".join(VOICES)
        problems.append(_problem("unknown voice", row, "voice", repr(voice), allowed, "use one of these"))
    if answer and loaded is None:
        allowed = "yes, no (or y, n, true, false, 1, 0)"
        problems.append(
            _problem("loaded is yes or no", row, "loaded", repr(answer), allowed, "use one of these")
        )
    if given and not category:
        allowed = ", ".join(sorted(categories.values()))
        problems.append(
            _problem("unknown category", row, "category", repr(given), allowed, "use one of these")
        )
    elif given and loaded is False:
        fix = "empty the category, or put yes in loaded"
        what = "a mention that is not loaded has a category"
        problems.append(_problem(what, row, "category", repr(given), "nothing where loaded is no", fix))
    if not voice or loaded is None or len(problems) > before:
        return None
    return voice.casefold(), loaded, (category or row.cells["category_of_entry"].strip()) if loaded else ""


def _problem(what: str, row: Row, column: str, got: str, allowed: str, fix: str) -> InputError:
    return InputError(what, where=f"{row.where}, column {column}", got=got, allowed=allowed, fix=fix)


def _whole(text: str) -> int | None:
    head = text.removesuffix(".0")
    return int(head) if head.isascii() and head.isdecimal() and len(head) < 16 else None
