"""LIWC-22 ``.dicx``: comma-separated, a column a category, ``X`` or a weight where the term belongs."""

from __future__ import annotations

import csv
import io

from framing.errors import LexiconError
from framing.lexicon.exchange.model import Dictionary, Term, Unfit

HEAD = "DicTerm"


def parse_dicx(text: str, name: str) -> tuple[Dictionary, list[Unfit]]:
    r"""Read the text of a ``.dicx`` file.

    Raises
    ------
    LexiconError
        If the first column is not called DicTerm, or two columns have one name.

    Examples
    --------
    >>> parse_dicx("DicTerm,care,harm\nkill*,,X\nhelp,0.8,\n", "x.dicx")[0].terms[1]
    Term(pattern='help', category='care', weight=0.8)
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [cell.strip() for cell in next(reader, [])]
    categories = header[1:]
    while categories and not categories[-1]:
        categories.pop()
    if not header or header[0].casefold() != HEAD.casefold() or not categories:
        raise LexiconError(
            "this is not a LIWC-22 dictionary",
            where=f"{name}:1",
            got=", ".join(header) or "an empty file",
            allowed=f"{HEAD} and then a column for each category",
        )
    if len(set(categories)) < len(categories) or "" in categories:
        raise LexiconError("a category has no name, or two have the same", where=f"{name}:1",
                           got=", ".join(categories))  # fmt: skip
    terms: list[Term] = []
    unfit: list[Unfit] = []
    for row in reader:
        cells = [cell.strip() for cell in row]
        where, pattern = f"{name}:{reader.line_num}", " ".join(cells[0].split()) if cells else ""
        if not any(cells):
            continue
        if not pattern:
            unfit.append(Unfit(where, ",".join(cells), "no term in the first column"))
            continue
        marks = dict(zip(categories, cells[1:], strict=False))
        beyond = [cell for cell in cells[1 + len(categories) :] if cell]
        if beyond or not any(marks.values()):
            why = "a mark stands beyond the last category" if beyond else "it is in no category"
            unfit.append(Unfit(where, pattern, why))
        for category, mark in marks.items():
            weight = _weight(mark)
            if weight is not None:
                terms.append(Term(pattern, category, weight))
            elif mark:
                unfit.append(Unfit(where, f"{pattern} in {category}", f"neither X nor a number: {mark!r}"))
    return Dictionary(name, tuple(categories), tuple(dict.fromkeys(terms))), unfit


def _weight(mark: str) -> float | None:
    if mark.casefold() == "x":
        return 1.0
    try:
        value = float(mark)
    except ValueError:
        return None
    return value if value - value == 0 else None  # neither infinite nor not-a-number


def dump_dicx(dictionary: Dictionary) -> tuple[str, list[Unfit]]:
    r"""Return the text of a ``.dicx`` file.

    Examples
    --------
    >>> dump_dicx(Dictionary("d", ("a", "b"), (Term("x", "b"),)))[0]
    'DicTerm,a,b\nx,,X\n'
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([HEAD, *dictionary.categories])
    for pattern, terms in dictionary.by_pattern().items():
        weight = {term.category: term.weight for term in terms}
        marks = [_mark(weight.get(category)) for category in dictionary.categories]
        writer.writerow([pattern, *marks])
    return out.getvalue(), []


def _mark(weight: float | None) -> str:
    return "" if weight is None else "X" if weight == 1 else repr(weight)
