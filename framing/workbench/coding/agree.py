"""How far several coders agree, what is left to decide, and the table of what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from framing.errors import InputError
from framing.spreadsheet import escaped
from framing.workbench.coding.sheet import CODES, COLUMNS, PLACE

FEWEST = 5
"""Shared mentions from which on an entry has a row of its own."""

DECIDED_COLUMNS = (*PLACE, *CODES)

_SIDES = {"own": "own", "scare": "own", "direct": "attributed", "indirect": "attributed"}


class Decided(NamedTuple):
    """The final labels and how they came about.

    ``table`` has a row a mention: mention_id, doc_id, in_title, start, end, entry_id, passage_sha256, voice,
    loaded, category, decided_by. ``counts`` says how many were decided by ``adjudication``, ``all`` coders,
    a ``majority`` or ``one`` coder, the only one who coded it, and how many were ``left_out``.
    """

    table: pd.DataFrame
    counts: dict[str, int]


def agreement(judgements: Iterable[tuple[str, str, str]]) -> tuple[int, float, float]:
    """Return how many items two or more coders labelled, the share of them with equal labels, and alpha.

    Alpha is Krippendorff's for nominal labels (nltk): 1 is full agreement, 0 is chance, below 0 is worse
    than chance; NaN if all labels are the same. It counts every pair of coders of an item, so that coders
    need not have labelled the same items. With few items of one label it is low at any share of equal
    ones. From .80 on data count as reliable, from .667 on for tentative conclusions (Krippendorff 2004).

    Parameters
    ----------
    judgements
        (coder, item, label) triples; items of one coder only are left out.

    Examples
    --------
    >>> agreement([("a", "1", "x"), ("b", "1", "x"), ("a", "2", "y"), ("b", "2", "y"), ("a", "3", "x")])
    (2, 1.0, 1.0)
    """
    from nltk.metrics.agreement import AnnotationTask  # importing nltk takes seconds

    by_item: dict[str, dict[str, str]] = {}
    for coder, item, label in judgements:
        by_item.setdefault(item, {})[coder] = label
    shared = {item: labels for item, labels in by_item.items() if len(labels) > 1}
    if not shared:
        return 0, float("nan"), float("nan")
    equal = sum(len(set(labels.values())) == 1 for labels in shared.values()) / len(shared)
    triples = [(coder, item, label) for item, labels in shared.items() for coder, label in labels.items()]
    several = len({label for _, _, label in triples}) > 1
    return len(shared), equal, float(AnnotationTask(data=triples).alpha()) if several else float("nan")


def by_label(labels: pd.DataFrame) -> pd.DataFrame:
    """Return how far coders agree on each label.

    Parameters
    ----------
    labels
        The table of :func:`framing.workbench.coding.read.read_labels`.

    Returns
    -------
    DataFrame
        label, n (mentions that two or more coded), equal (share of them on which all are equal, 0 to 1)
        and alpha (:func:`agreement`), for voice; own or attributed (scare is own; a coder who says
        unknown is left out); loaded; and category, of those who call the mention loaded.
    """
    sides = labels["voice"].map(_SIDES)
    columns = {
        "voice": labels["voice"],
        "own or attributed": sides.dropna(),
        "loaded": labels["loaded"].astype(str),
        "category": labels.loc[labels["loaded"], "category"],
    }
    rows = [(name, *agreement(_triples(labels, column))) for name, column in columns.items()]
    return pd.DataFrame(rows, columns=["label", "n", "equal", "alpha"])


def by_entry(labels: pd.DataFrame) -> pd.DataFrame:
    """Return how far coders agree on loaded, for each entry with 5 or more mentions that two or more coded.

    Returns
    -------
    DataFrame
        entry_id, n, equal and alpha as in :func:`by_label`, least agreement first.
    """
    found = [
        (str(entry), *agreement(_triples(rows, rows["loaded"].astype(str))))
        for entry, rows in labels.groupby("entry_id")
    ]
    table = pd.DataFrame(
        [row for row in found if row[1] >= FEWEST], columns=["entry_id", "n", "equal", "alpha"]
    )
    return table.sort_values(["equal", "entry_id"], ignore_index=True)


def _triples(labels: pd.DataFrame, column: pd.Series) -> list[tuple[str, str, str]]:
    rows = labels.loc[column.index]
    return list(zip(rows["coder"].astype(str), rows["mention_id"].astype(str), column, strict=True))


def disagreements(labels: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions on which coders differ, as a coding sheet for the person who decides.

    Parameters
    ----------
    labels, passages
        What :func:`framing.workbench.coding.read.read_labels` returned.

    Returns
    -------
    DataFrame
        The columns of a coding sheet, voice, loaded, category and note empty, and before them those of
        each coder, such as ``loaded: anna``; no row if all agree. It can be read like a filled sheet.
    """
    coders = sorted(set(labels["coder"]))
    shown = passages.set_index("mention_id")
    rows = []
    for key, mention in labels.groupby("mention_id", sort=False):
        if len(mention.drop_duplicates(list(CODES))) < 2:
            continue
        row: dict[str, object] = dict(mention.iloc[0][[*PLACE]])
        row |= {"mention_id": key, "in_title": _yes(row["in_title"]), **shown.loc[key]}
        for code in mention.itertuples(index=False):
            row |= {f"voice: {code.coder}": code.voice, f"loaded: {code.coder}": _yes(code.loaded),
                    f"category: {code.coder}": code.category}  # fmt: skip
        rows.append(row)
    theirs = [f"{name}: {coder}" for coder in coders for name in CODES]
    columns = [*COLUMNS[: COLUMNS.index("voice")], *theirs, *CODES, "note"]
    return pd.DataFrame([[row.get(name, "") for name in columns] for row in rows], columns=columns)


def _yes(value: object) -> str:
    return "yes" if value else "no"


def decide(labels: pd.DataFrame, adjudicated: pd.DataFrame | None = None) -> Decided:
    """Return one row a mention: as adjudicated, else as all coders say, else as most say, else left out.

    A majority is more than half of its coders, for voice and for loaded, and more than half of those who
    call it loaded for the category; it is left out if one of these has none.

    Parameters
    ----------
    labels
        The labels of the coders.
    adjudicated
        Labels of the person who decided, read like a sheet; they count first, also for mentions that no
        coder has.
    """
    first = {} if adjudicated is None else {str(r["mention_id"]): r for r in adjudicated.to_dict("records")}
    counts = dict.fromkeys(("adjudication", "all", "majority", "one", "left_out"), 0)
    rows = []
    for key, mention in labels.groupby("mention_id", sort=False):
        if key in first:
            continue
        codes = [(str(v), bool(x), str(c)) for v, x, c in mention[list(CODES)].to_numpy().tolist()]
        chosen = _majority(codes)
        by = "left_out" if chosen is None else _decided_by(codes)
        counts[by] += 1
        if chosen is not None:
            rows.append((key, *mention.iloc[0][[*PLACE]], *chosen, by))
    for key, row in first.items():
        counts["adjudication"] += 1
        rows.append((key, *(row[name] for name in DECIDED_COLUMNS), "adjudication"))
    columns = ["mention_id", *DECIDED_COLUMNS, "decided_by"]
    table = pd.DataFrame(rows, columns=columns)
    return Decided(table.sort_values(["doc_id", "in_title", "start", "end"], ignore_index=True), counts)


def _decided_by(codes: Sequence[tuple[str, bool, str]]) -> str:
    if len(codes) == 1:
        return "one"
    return "all" if len(set(codes)) == 1 else "majority"


def _majority(codes: Sequence[tuple[str, bool, str]]) -> tuple[str, bool, str] | None:
    voice, loaded = (_most([code[place] for code in codes]) for place in (0, 1))
    category = _most([code[2] for code in codes if code[1]]) if loaded else ""
    if voice is None or loaded is None or category is None:
        return None
    return str(voice), bool(loaded), str(category)


def _most(values: Sequence[object]) -> object | None:
    """Return the value that more than half have."""
    value, times = Counter(values).most_common(1)[0]
    return value if 2 * times > len(values) else None


def write_labels(decided: pd.DataFrame, path: str | Path) -> None:
    """Write final labels stand-off, as CSV without any text; text cells are safe to open in a spreadsheet.

    Raises
    ------
    InputError
        If there is no label, the name does not end in .csv, or the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".csv":
        raise InputError("labels are written as CSV", where=str(path), got=path.suffix or "no ending",
                         allowed=".csv", fix="name it for example labels.csv")  # fmt: skip
    if decided.empty:
        raise InputError("there is no label to write", where=str(path), got="no mention that is decided",
                         fix="fill in voice and loaded, or adjudicate what the coders differ on")  # fmt: skip
    table = decided[list(DECIDED_COLUMNS)]
    table = table.assign(in_title=table["in_title"].map(_yes), loaded=table["loaded"].map(_yes))
    try:
        table.map(escaped).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    except OSError as error:
        raise InputError("the labels cannot be written", where=str(path),
                         got=error.strerror or str(error)) from error  # fmt: skip
