"""Read a lexicon folder; report every problem at once; never load half of it."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from framing.errors import LexiconError
from framing.lexicon.model import Entry, Lexicon
from framing.lexicon.schema import KINDS, REQUIRED, Vocabulary, parse_row
from framing.provenance import digest
from framing.resources import lexicon_root

CARD_FIELDS = ("id", "kind", "version", "language", "title", "licence", "description", "authors", "limits")
DEFAULT = ("conflict-en", "ukraine-en", "migration-en", "us-politics-en", "general-en", "cues-en")
"""Lexicons of a run that names none. Where two hold the same words, the one named first counts."""


def available() -> tuple[str, ...]:
    """Return the names of the shipped lexicons."""
    return tuple(sorted(p.name for p in lexicon_root().iterdir() if (p / "lexicon.toml").is_file()))


@lru_cache(maxsize=1)
def load_default() -> tuple[Lexicon, ...]:
    """Return the shipped framing lexicons and the shipped cues, read once a process.

    ``referents-en`` is not among them: it counts names, not loaded terms, and is asked for by name.
    """
    return tuple(load_lexicon(name) for name in DEFAULT if name in available())


def load_lexicon(name_or_path: str | Path) -> Lexicon:
    """Load a shipped lexicon by name, or any folder with ``lexicon.toml`` and ``entries.csv``.

    Raises
    ------
    LexiconError
        With every problem of the card and the rows: file and line, column, value, what is allowed.

    Examples
    --------
    >>> lexicon = load_lexicon("conflict-en")
    >>> lexicon.by_id()["zionist-entity"].category
    'delegitimation'
    """
    folder = lexicon_folder(name_or_path)
    card_text, rows_text = read_part(folder, "lexicon.toml"), read_part(folder, "entries.csv")
    card = _card(card_text, f"{folder}/lexicon.toml")
    known = Vocabulary(card["categories"], card.get("referents", {}), card.get("sources", {}))
    entries, problems = _entries(rows_text, card["kind"], known, f"{folder}/entries.csv")
    if problems:
        raise LexiconError(
            f"lexicon {card['id']} has {len(problems)} problem(s); nothing was loaded",
            where=str(folder),
            problems=tuple(problems),
        )
    return Lexicon(
        lexicon_id=card["id"],
        kind=card["kind"],
        version=card["version"],
        language=card["language"],
        title=card["title"],
        licence=card["licence"],
        description=card["description"],
        categories=known.categories,
        referents=known.referents,
        sources=known.sources,
        entries=tuple(entries),
        digest=digest([card_text, rows_text]),
        path=str(folder),
        authors=tuple(map(str, card["authors"])),
        intended_use=str(card.get("intended_use", "")),
        limits=str(card["limits"]),
    )


def lexicon_folder(name_or_path: str | Path) -> Traversable:
    """Return the folder of a shipped lexicon or of a path.

    A bare name that we ship is ours even if a folder of that name stands in the working directory;
    write ``./conflict-en`` for the folder.
    """
    if isinstance(name_or_path, str) and name_or_path in available():
        return lexicon_root() / name_or_path  # a bare name is ours, whatever folder stands beside the user
    path = Path(name_or_path)
    if (path / "lexicon.toml").is_file():
        return path
    raise LexiconError(
        "no such lexicon",
        got=str(name_or_path),
        allowed=f"{', '.join(available())}, or a folder that holds lexicon.toml and entries.csv",
        fix="see lexicons/README.md for how to write one",
    )


def read_part(folder: Traversable, name: str) -> str:
    """Return the text of one file of a lexicon folder."""
    try:
        return (folder / name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(
            "the file is not UTF-8",
            where=f"{folder}/{name}",
            got=str(error),
            fix="save it as UTF-8 (in a spreadsheet: CSV UTF-8)",
        ) from error
    except OSError as error:
        raise LexiconError(
            "the file cannot be read",
            where=f"{folder}/{name}",
            got=str(error),
            allowed="a folder with lexicon.toml and entries.csv",
        ) from error


def _card(text: str, where: str) -> dict[str, Any]:
    try:
        card = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError("the card is not valid TOML", where=where, got=str(error)) from error
    missing = [name for name in (*CARD_FIELDS, "categories") if not card.get(name)]
    if missing:
        raise LexiconError(
            "the card lacks fields",
            where=where,
            got=", ".join(card),
            allowed=", ".join((*CARD_FIELDS, "categories")),
            fix=f"add {', '.join(missing)}",
        )
    if card["kind"] not in KINDS:
        raise LexiconError(
            "unknown kind of lexicon",
            where=f"{where}, field kind",
            got=repr(card["kind"]),
            allowed=", ".join(KINDS),
        )
    if not isinstance(card["authors"], list):
        raise LexiconError(
            "the authors must be a list",
            where=f"{where}, field authors",
            got=type(card["authors"]).__name__,
            fix='write authors = ["name"]',
        )
    for section in ("categories", "referents", "sources"):
        if not isinstance(card.get(section, {}), Mapping):
            raise LexiconError(
                "the section must map ids to texts",
                where=f"{where}, [{section}]",
                got=type(card[section]).__name__,
            )
    return card


def _entries(text: str, kind: str, known: Vocabulary, file: str) -> tuple[list[Entry], list[LexiconError]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    wanted = REQUIRED[kind]
    if sorted(header) != sorted(wanted):
        raise LexiconError(
            "the columns are not those of this kind of lexicon",
            where=f"{file}:1",
            got=", ".join(header),
            allowed=", ".join(wanted),
        )
    entries: list[Entry] = []
    problems: list[LexiconError] = []
    first_line: dict[str, int] = {}
    for row in reader:
        line = reader.line_num
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            problems.append(
                LexiconError(
                    "the row has the wrong number of cells",
                    where=f"{file}:{line}",
                    got=str(len(row)),
                    allowed=str(len(header)),
                    fix="put cells that hold a comma in double quotes",
                )
            )
            continue
        entry, found = parse_row(
            dict(zip(header, row, strict=True)), kind=kind, known=known, file=file, line=line
        )
        problems.extend(found)
        if entry is None:
            continue
        if entry.entry_id in first_line:
            problems.append(
                LexiconError(
                    "entry_id stands twice",
                    where=f"{file}:{line}, column entry_id",
                    got=repr(entry.entry_id),
                    fix=f"it is also on line {first_line[entry.entry_id]}",
                )
            )
        first_line.setdefault(entry.entry_id, line)
        entries.append(entry)
    if not entries and not problems:
        problems.append(LexiconError("the lexicon has no entries", where=file))
    return entries, problems
