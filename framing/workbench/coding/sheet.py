"""Draw mentions of a scored corpus and write them as a coding sheet, CSV or XLSX, for people to fill in."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing.analysis.choices import check_at_least, listed, suggestion
from framing.errors import InputError
from framing.pipeline.result import Result
from framing.provenance import digest
from framing.scoring.loaded.columns import FRAMES
from framing.spreadsheet import FORMULA, escaped
from framing.workbench.coding.rules import TERMS, VALUES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

PLACE = ("doc_id", "in_title", "start", "end", "entry_id", "passage_sha256")
"""What says where a mention stands."""

CODES = ("voice", "loaded", "category")
COLUMNS = ("mention_id", *PLACE[:5], "category_of_entry", "passage_sha256", "headline", "passage",
           *CODES, "note")  # fmt: skip

BEFORE, AFTER, LONGEST_HEADLINE = 420, 230, 300
"""Characters of a text that a coder sees."""

DIGEST_WIDTH = 80
"""Characters around a mention that ``passage_sha256`` covers, as in all readings of this project."""

CODING, RULES = "coding", "rules"
"""Names of the two sheets of an XLSX file."""

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XLSX cannot hold, and line ends."""

_HIDDEN = ("doc_id", "in_title", "start", "end", "passage_sha256")
_WIDTHS = {"mention_id": 15, "headline": 28, "passage": 85, "note": 28}


def mention_id(
    doc_id: str, in_title: bool, start: int, end: int, entry_id: str, passage_sha256: str, category: str
) -> str:
    """Return the id of a mention: the head of a digest over its place and the category of its entry.

    A row whose id does not fit was changed after the sheet was made.

    Examples
    --------
    >>> mention_id("a", False, 4, 10, "regime", "0f", "delegitimation")
    'm0531c1ebd482'
    """
    place = (doc_id, "yes" if in_title else "no", str(start), str(end), entry_id, passage_sha256)
    return "m" + digest([*place, category])[:12]


def draw(result: Result, *, n: int = 300, seed: int = 1, entries: Sequence[str] = ()) -> pd.DataFrame:
    """Draw up to ``n`` mentions, stratified over entry, outlet and voice, as an empty coding sheet.

    The entries take turns, in a new random order each round, so that no frequent entry fills the sheet.
    Within an entry the outlet and voice (as the engine has it) come next that were drawn least, for this
    entry first, then in all (minimisation: Pocock and Simon 1975). Copies of an article are left out, and
    so is a passage that was drawn before. The order of the sheet is random; its outlets are not named.
    Rare entries weigh as much as frequent ones: shares in such a sample are not shares of the corpus.

    Parameters
    ----------
    result
        A scored corpus with its texts.
    n
        Mentions wanted, 1 or more; there are fewer rows if the corpus has no more.
    seed
        The same seed and the same mentions give the same sheet, whatever their order in the table.
    entries
        Entry ids to draw from, ``*`` as wildcard; all if left out.

    Raises
    ------
    AnalysisError
        If ``n`` is below 1.
    InputError
        If there is no mention to draw, an entry has none, or the result was saved without texts.
    """
    check_at_least("n", n, 1)
    copies = result.documents.loc[result.documents["duplicate_of"] != "", "doc_id"]
    pool = result.mentions[~result.mentions["doc_id"].isin(copies)]
    pool = pool[pool["entry_id"].isin(_chosen(sorted(set(pool["entry_id"])), entries))]
    pool = pool.sort_values(["doc_id", "in_title", "start", "end", "entry_id"], ignore_index=True)
    texts = _texts(result, pool)
    chance = random.Random(seed)
    strata, mentions = _Strata(pool, chance), pool.to_dict("records")
    rows: dict[tuple[object, ...], dict[str, object]] = {}
    while len(rows) < n and (waiting := strata.waiting()):
        for entry in chance.sample(waiting, len(waiting))[: n - len(rows)]:
            row = _row(mentions[strata.take(entry)], texts)
            rows.setdefault((entry, row["passage_sha256"]), row)
    drawn = list(rows.values())
    chance.shuffle(drawn)
    return pd.DataFrame(drawn, columns=list(COLUMNS))


def _chosen(known: Sequence[str], patterns: Sequence[str]) -> set[str]:
    if not known:
        raise InputError("there is no mention to draw", where="mentions", got="an empty table",
                         fix="score a corpus in which the lexicons find something")  # fmt: skip
    found: set[str] = set()
    for pattern in patterns:
        hits = {entry for entry in known if fnmatchcase(entry, pattern.strip().casefold())}
        if not hits:
            raise InputError(
                "no mention is of this entry", where="option --entries", got=repr(pattern),
                allowed=listed(known), fix=suggestion(pattern, known) or "use * as a wildcard: 'terror*'",
            )  # fmt: skip
        found |= hits
    return found or set(known)


def _texts(result: Result, pool: pd.DataFrame) -> dict[tuple[str, bool], str]:
    """Return body (False) and title (True) of each article."""
    bodies = zip(result.texts["doc_id"], result.texts["text"], strict=True)
    titles = zip(result.documents["doc_id"], result.documents["title"], strict=True)
    texts = {**{(d, False): t for d, t in bodies}, **{(d, True): t for d, t in titles}}
    missing = sorted(set(pool.loc[~pool["in_title"], "doc_id"]) - {d for d, title in texts if not title})
    if missing:
        raise InputError(
            "a sheet needs the texts, and the result does not hold them", where="texts",
            got=f"no text of {listed(missing)}", fix="score the corpus without --no-texts",
        )  # fmt: skip
    return texts


class _Strata:
    """Mentions that wait to be drawn, by entry and then by outlet and voice."""

    def __init__(self, pool: pd.DataFrame, chance: random.Random) -> None:
        self._cells: dict[str, dict[tuple[str, str], list[int]]] = {}
        columns = (pool[name].tolist() for name in ("entry_id", "outlet", "voice"))
        for row, (entry, outlet, voice) in enumerate(zip(*columns, strict=True)):
            self._cells.setdefault(entry, {}).setdefault((outlet, voice), []).append(row)
        for cells in self._cells.values():
            for rows in cells.values():
                chance.shuffle(rows)
        self._kinds = (pool["outlet"].nunique(), pool["voice"].nunique())
        self._drawn: Counter[tuple[str, ...]] = Counter()
        self._chance = chance

    def waiting(self) -> list[str]:
        """Return the entries that have mentions left."""
        return sorted(self._cells)

    def take(self, entry: str) -> int:
        """Take a mention of an entry from the outlet and voice that were drawn least."""
        cells, drawn = self._cells[entry], self._drawn

        def fullness(cell: tuple[str, str]) -> tuple[float, ...]:
            here = sum(drawn[str(axis), value, entry] for axis, value in enumerate(cell))
            in_all = sum(drawn[str(axis), value] * self._kinds[axis] for axis, value in enumerate(cell))
            return here, in_all, self._chance.random()

        cell = min(cells, key=fullness)
        for axis, value in enumerate(cell):
            drawn.update([(str(axis), value), (str(axis), value, entry)])
        row = cells[cell].pop()
        if not cells[cell]:
            del cells[cell]
        if not cells:
            del self._cells[entry]
        return row


def _row(mention: Mapping[Hashable, Any], texts: Mapping[tuple[str, bool], str]) -> dict[str, object]:
    doc_id, in_title, entry = str(mention["doc_id"]), bool(mention["in_title"]), str(mention["entry_id"])
    start, end = int(mention["start"]), int(mention["end"])
    if _UNFIT.search(doc_id):
        raise InputError("a doc_id holds a sign that a sheet cannot hold", where=f"doc_id {doc_id!r}",
                         allowed="no line ends, no control characters", fix="rename the article")  # fmt: skip
    text, headline = texts[doc_id, in_title], _plain(texts.get((doc_id, True), ""))
    sha = digest([text[max(0, start - DIGEST_WIDTH) : end + DIGEST_WIDTH]])
    if len(headline) > LONGEST_HEADLINE:
        headline = headline[:LONGEST_HEADLINE] + " …"
    return {
        "mention_id": mention_id(doc_id, in_title, start, end, entry, sha, str(mention["category"])),
        **dict(zip(PLACE, (doc_id, "yes" if in_title else "no", start, end, entry, sha), strict=True)),
        "category_of_entry": str(mention["category"]), "headline": headline,
        "passage": _passage(text, start, end), **dict.fromkeys((*CODES, "note"), ""),
    }  # fmt: skip


def _passage(text: str, start: int, end: int) -> str:
    """Return the mention in ``[[ ]]`` with what stands around it, cut between words."""
    left, right = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
    if start > BEFORE:
        left = re.sub(r"\A\S*\s", "… ", left)
    if end + AFTER < len(text):
        right = re.sub(r"\s\S*\Z", " …", right)
    return _plain(f"{left}[[{text[start:end]}]]{right}")


def _plain(text: str) -> str:
    return " ".join(_UNFIT.sub(" ", text).split())


def write_sheet(table: pd.DataFrame, path: str | Path) -> None:
    """Write a coding sheet, or any table with its columns, as ``.csv`` or ``.xlsx``.

    Nothing in a cell is run as a formula: text that looks like one gets an apostrophe before it in CSV and
    is stored as text in XLSX. XLSX has drop-down lists, columns that a coder does not need are hidden, and
    a second sheet gives the rules. CSV begins with a byte order mark, without which Excel garbles letters.

    Raises
    ------
    InputError
        If the ending is another one, the file is there already, or it cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise InputError("the sheet has an unknown ending", where=str(path), got=path.suffix or "none",
                         allowed=".csv, .xlsx", fix="name it for example sheet.xlsx")  # fmt: skip
    if path.exists():
        raise InputError("the file is there already, and somebody may have coded in it", where=str(path),
                         fix="choose another name, or move the old file away")  # fmt: skip
    try:
        if path.suffix.lower() == ".csv":
            table.map(escaped).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
        else:
            _write_xlsx(table, path)
    except OSError as error:
        raise InputError("the sheet cannot be written", where=str(path),
                         got=error.strerror or str(error)) from error  # fmt: skip


def _write_xlsx(table: pd.DataFrame, path: Path) -> None:
    from openpyxl import Workbook  # it takes half a second to import
    from openpyxl.utils import get_column_letter

    book = Workbook()
    coding = book.active
    assert coding is not None
    coding.title = CODING
    _fill(coding, [tuple(table.columns), *table.itertuples(index=False, name=None)])
    rules = book.create_sheet(RULES)
    own = sorted(set(table["category_of_entry"]) - set(FRAMES))
    values = [(label, value, text) for label, texts in VALUES.items() for value, text in texts.items()]
    values += [("category", value, "A category of your own lexicon.") for value in own]
    _fill(rules, [("column", "value", "when"), *values, *(("word family", *row) for row in TERMS)])
    letters = {str(name): get_column_letter(at) for at, name in enumerate(table.columns, start=1)}
    for name, letter in letters.items():
        coding.column_dimensions[letter].width = _WIDTHS.get(name, 18)
        coding.column_dimensions[letter].hidden = name in _HIDDEN
    for letter, width in (("A", 14), ("B", 34), ("C", 110)):
        rules.column_dimensions[letter].width = width
    for label in CODES:
        lines = [line for line, row in enumerate(values, start=2) if row[0] == label]
        _offer(coding, letters[label], len(table) + 1, f"{RULES}!$B${lines[0]}:$B${lines[-1]}")
    book.save(path)


def _fill(sheet: Worksheet, rows: Sequence[tuple[object, ...]]) -> None:
    from openpyxl.styles import Alignment, Font

    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(line, column)
            cell.value = value if isinstance(value, int) else (str(value) or None)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, str) and value:
                cell.data_type = "s"  # text, whatever it begins with
                cell.quotePrefix = value.startswith(FORMULA)  # and it stays text when somebody edits it
            if line == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _offer(sheet: Worksheet, letter: str, last: int, source: str) -> None:
    """Put a drop-down list into a column."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True,
                            errorTitle="Not in the list", error="Take a value from the list.")  # fmt: skip
    sheet.add_data_validation(choice)
    choice.add(f"{letter}2:{letter}{max(last, 2)}")
