"""Whole lexicons as CSV or XLSX: every column, and in XLSX the card and the examples too."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from framing.errors import LexiconError
from framing.lexicon.examples import COLUMNS as EXAMPLE_COLUMNS
from framing.lexicon.examples import Example
from framing.lexicon.exchange.convert import NOT_GIVEN, unique_slug
from framing.lexicon.exchange.files import decode, format_of, read_file
from framing.lexicon.exchange.folder import SECTIONS, write_folder
from framing.lexicon.exchange.model import Unfit
from framing.lexicon.load import CARD_FIELDS
from framing.lexicon.model import Entry, Lexicon
from framing.lexicon.schema import REQUIRED, split_list
from framing.spreadsheet import escaped, unescaped

_ALIASES = {
    "term": "pattern",
    "word": "pattern",
    "phrase": "pattern",
    "frame": "category",
    "label": "category",
}
_DEFAULTS = {
    "intensity": "1",
    "ambiguous": "no",
    "inflect": "none",
    "neutral_alternative": NOT_GIVEN,
    "rationale": "No reason was given.",
    "source": "imported",
}


def table_of(lexicon: Lexicon) -> pd.DataFrame:
    """Return the entries as a table with the columns of ``entries.csv``.

    Examples
    --------
    >>> from framing.lexicon import load_lexicon
    >>> table_of(load_lexicon("conflict-en")).columns[:3].tolist()
    ['entry_id', 'pattern', 'variants']
    """
    header = REQUIRED[lexicon.kind]
    return pd.DataFrame(
        [_cells(entry, header) for entry in lexicon.entries], columns=list(header), dtype="str"
    )


def _cells(entry: Entry, header: Sequence[str]) -> list[str]:
    cells = []
    for column in header:
        value = getattr(entry, column)
        if isinstance(value, bool):
            value = "yes" if value else "no"
        cells.append("|".join(value) if isinstance(value, tuple) else str(value))
    return cells


def card_table(lexicon: Lexicon) -> pd.DataFrame:
    """Return the card as a table of section, key and value."""
    rows = [("", name, "|".join(v) if isinstance(v := getattr(lexicon, attribute), tuple) else str(v))
            for name, attribute in _ATTRIBUTES.items()]  # fmt: skip
    for section in SECTIONS:
        rows += [(section, key, value) for key, value in getattr(lexicon, section).items()]
    return pd.DataFrame(rows, columns=["section", "key", "value"], dtype="str")


_ATTRIBUTES = {name: "lexicon_id" if name == "id" else name for name in (*CARD_FIELDS, "intended_use")}


def write_table(
    lexicon: Lexicon, path: str | Path, *, examples: Sequence[Example] = (), file_format: str | None = None
) -> list[Unfit]:
    """Write a lexicon as CSV (entries only) or XLSX (entries, card and examples); return what is left out.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it in CSV and is
    stored as text in XLSX.
    """
    path = Path(path)
    entries = table_of(lexicon)
    if format_of(path, file_format) == "csv":
        entries.map(escaped).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
        unfit = [Unfit(path.name, "the card (lexicon.toml)", "CSV holds one table; XLSX holds it")]
        if examples:
            unfit.append(
                Unfit(path.name, f"{len(examples)} example sentences", "CSV holds one table; XLSX holds them")
            )
        return unfit
    sheets = {"entries": entries, "card": card_table(lexicon)}
    if examples:
        sheets["examples"] = pd.DataFrame([e[:3] for e in examples], columns=list(EXAMPLE_COLUMNS))
    _write_xlsx(sheets, path)
    return []


def _write_xlsx(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    from openpyxl import Workbook  # it takes half a second to import

    book = Workbook()
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for line, row in enumerate([tuple(table.columns), *table.itertuples(index=False)], start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(line, column)
                cell.value = value
                cell.data_type = "s"  # text, whatever it begins with
        sheet.freeze_panes = "A2"
    del book["Sheet"]
    book.save(path)


def read_table(path: str | Path, *, file_format: str | None = None) -> dict[str, pd.DataFrame]:
    """Read a CSV or XLSX file into its tables: ``entries``, and from XLSX ``card`` and ``examples``.

    The first sheet is the entries if none has that name.

    Raises
    ------
    LexiconError
        If the file cannot be read.
    """
    path = Path(path)
    kind = format_of(path, file_format)
    data = read_file(path)
    try:
        if kind == "csv":
            sheets = {
                "entries": pd.read_csv(io.StringIO(decode(data, path)), dtype=str, keep_default_na=False)
            }
        else:
            sheets = pd.read_excel(io.BytesIO(data), sheet_name=None, dtype=str, keep_default_na=False)
    except (ValueError, KeyError, OSError, zipfile.BadZipFile, pd.errors.ParserError) as error:
        raise LexiconError("the table cannot be read", where=str(path), got=str(error)) from error
    if "entries" not in sheets and sheets:
        sheets["entries"] = sheets.pop(next(iter(sheets)))
    plain = unescaped if kind == "csv" else str  # XLSX stores text as text, nothing was put before it
    return {str(name): table.fillna("").astype(str).map(plain) for name, table in sheets.items()}


def lexicon_from_table(
    sheets: Mapping[str, pd.DataFrame], folder: str | Path, *, name: str, lexicon_id: str = ""
) -> tuple[Lexicon, list[Unfit]]:
    """Write the tables of a lexicon as a folder and load it.

    Only ``pattern`` and ``category`` must be there (``term``, ``word``, ``phrase`` and ``label`` are
    understood); other columns are filled with defaults, columns that no lexicon has are listed.
    """
    table = sheets["entries"].rename(columns=lambda c: _named(str(c)))
    known = list(REQUIRED["framing"])
    unfit = [
        Unfit(name, f"column {column}", "no lexicon has it")
        for column in table.columns
        if column not in known
    ]
    missing = [column for column in ("pattern", "category") if column not in table.columns]
    if missing:
        raise LexiconError(
            "the table lacks columns", where=name, got=", ".join(map(str, sheets["entries"].columns)),
            allowed=", ".join(known), fix=f"add {' and '.join(missing)}",
        )  # fmt: skip
    card, kind = _card(sheets.get("card"), table, name, lexicon_id)
    header = REQUIRED[kind]
    unfit += [Unfit(name, f"column {c}", f"a lexicon of kind {kind} has none")
              for c in table.columns if c in known and c not in header]  # fmt: skip
    taken: dict[str, int] = {}
    rows = []
    for values in table.to_dict("records"):
        row = {column: str(values.get(column, "")).strip() for column in header}
        if not any(row.values()):
            continue
        if not row["entry_id"]:
            row["entry_id"] = unique_slug(f"{row['pattern']} {row['category']}", taken)
        for column, default in _DEFAULTS.items():
            if column in header and not row[column]:
                row[column] = default
        rows.append(row)
    examples = sheets.get("examples")
    given = [] if examples is None else examples[list(EXAMPLE_COLUMNS)].to_numpy().tolist()
    lexicon = write_folder(folder, card, header, rows, examples=given, changes=f"- Imported from {name}.")
    return lexicon, unfit


def _named(column: str) -> str:
    name = column.strip().casefold().replace(" ", "_")
    return _ALIASES.get(name, name)


def _card(
    sheet: pd.DataFrame | None, table: pd.DataFrame, name: str, lexicon_id: str
) -> tuple[dict[str, object], str]:
    """Return the card of the sheet, or one made from what the rows use; and the kind of lexicon."""
    card: dict[str, object] = {}
    sections: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    if sheet is not None:
        for section, key, value in sheet[["section", "key", "value"]].itertuples(index=False):
            if section in sections:
                sections[section][key] = value
            elif value:
                card[key] = list(split_list(value)) if key == "authors" else value
    defaults = {
        "id": lexicon_id or "imported",
        "kind": "framing",
        "version": "0.1.0",
        "language": "en",
        "title": f"Imported from {name}",
        "licence": "not stated: ask its authors before you pass it on",
        "authors": ["not stated"],
        "description": f"Entries of {name}.",
        "limits": "Imported from a table without a card: nothing is known about how it was made.",
    }
    card = {**defaults, **card, **({"id": lexicon_id} if lexicon_id else {})}
    for section, column in zip(SECTIONS, ("category", "referent", "source"), strict=True):
        cells = table[column].tolist() if column in table.columns else [""] * len(table)
        for cell in cells:
            filled = cell.strip() or (_DEFAULTS["source"] if column == "source" else "")
            for value in split_list(filled) if column == "source" else [filled]:
                if value:
                    sections[section].setdefault(value, f"{value}, not described in {name}")
    return {**card, **sections}, str(card["kind"])
