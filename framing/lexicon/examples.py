"""Example sentences of a lexicon: what an entry must find, and what it must leave alone."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import NamedTuple

from framing.errors import LexiconError
from framing.lexicon.load import lexicon_folder, read_part
from framing.lexicon.model import Lexicon

FILE = "examples.csv"
COLUMNS = ("entry_id", "kind", "sentence")
KINDS = ("positive", "negative")


class Example(NamedTuple):
    """A sentence in which an entry counts (``positive``) or must not count (``negative``)."""

    entry_id: str
    kind: str
    sentence: str
    line: int


def load_examples(name_or_path: str | Path, lexicon: Lexicon) -> tuple[Example, ...]:
    """Read ``examples.csv`` of a lexicon folder; an absent file is a lexicon without examples.

    Raises
    ------
    LexiconError
        With every row that names no entry of the lexicon, has another kind, or holds no sentence.

    Examples
    --------
    >>> from framing.lexicon import load_lexicon
    >>> examples = load_examples("conflict-en", load_lexicon("conflict-en"))
    >>> sorted({example.kind for example in examples})
    ['negative', 'positive']
    """
    folder = lexicon_folder(name_or_path)
    if not (folder / FILE).is_file():
        return ()
    file = f"{folder}/{FILE}"
    reader = csv.reader(io.StringIO(read_part(folder, FILE), newline=""))
    header = tuple(name.strip() for name in next(reader, []))
    if header != COLUMNS:
        raise LexiconError(
            "the columns are not those of an example file",
            where=f"{file}:1",
            got=", ".join(header),
            allowed=", ".join(COLUMNS),
        )
    known = {entry.entry_id for entry in lexicon.entries}
    examples: list[Example] = []
    problems: list[LexiconError] = []
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        where = f"{file}:{reader.line_num}"
        if len(row) != len(COLUMNS):
            problems.append(LexiconError(
                "the row has the wrong number of cells", where=where, got=str(len(row)),
                allowed=str(len(COLUMNS)), fix="put a sentence that holds a comma in double quotes",
            ))  # fmt: skip
            continue
        example = Example(row[0].strip(), row[1].strip(), row[2].strip(), reader.line_num)
        problems.extend(_problems(example, known, where))
        examples.append(example)
    if problems:
        raise LexiconError(
            f"the examples of {lexicon.lexicon_id} have {len(problems)} problem(s)",
            where=file,
            problems=tuple(problems),
        )
    return tuple(examples)


def _problems(example: Example, known: set[str], where: str) -> list[LexiconError]:
    found = []
    if example.entry_id not in known:
        found.append(LexiconError(
            "the example belongs to no entry", where=f"{where}, column entry_id",
            got=repr(example.entry_id), allowed="an entry_id of entries.csv",
        ))  # fmt: skip
    if example.kind not in KINDS:
        found.append(LexiconError(
            "unknown kind of example", where=f"{where}, column kind",
            got=repr(example.kind), allowed=", ".join(KINDS),
        ))  # fmt: skip
    if not example.sentence:
        found.append(LexiconError("the example is empty", where=f"{where}, column sentence"))
    return found
