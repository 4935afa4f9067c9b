"""Columns and values that a lexicon may have, and the check of one row against them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from framing.errors import LexiconError
from framing.lexicon.inflect import INFLECTIONS
from framing.lexicon.model import Entry
from framing.lexicon.pattern import problem_with

KINDS = ("framing", "cues", "referents")

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "framing": (
        "entry_id",
        "pattern",
        "variants",
        "exceptions",
        "category",
        "intensity",
        "ambiguous",
        "inflect",
        "referent",
        "neutral_alternative",
        "rationale",
        "source",
    ),
    "cues": ("entry_id", "pattern", "variants", "exceptions", "category", "inflect", "rationale", "source"),
    "referents": (
        "entry_id",
        "pattern",
        "variants",
        "exceptions",
        "category",
        "ambiguous",
        "inflect",
        "referent",
        "rationale",
        "source",
    ),
}
"""Columns by kind of lexicon, all required; a column beyond them is an error, not a comment."""

MAY_BE_EMPTY = frozenset({"variants", "exceptions", "referent"})

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the card of a lexicon declares and its rows may refer to."""

    categories: Mapping[str, str]
    referents: Mapping[str, str]
    sources: Mapping[str, str]


def split_list(value: str) -> tuple[str, ...]:
    """Split a ``|``-separated cell; blanks around the parts do not count."""
    return tuple(part.strip() for part in value.split("|") if part.strip())


def parse_row(
    row: Mapping[str, str], *, kind: str, known: Vocabulary, file: str, line: int
) -> tuple[Entry | None, list[LexiconError]]:
    """Check one row and return the entry, or every problem that it has."""
    problems: list[LexiconError] = []

    def complain(column: str, what: str, allowed: str, fix: str = "") -> None:
        problems.append(
            LexiconError(
                what,
                where=f"{file}:{line}, column {column}",
                got=repr(row.get(column, "")),
                allowed=allowed,
                fix=fix,
            )
        )

    for column in REQUIRED[kind]:
        optional = column in MAY_BE_EMPTY and (kind, column) != ("referents", "referent")
        if not row[column].strip() and not optional:
            complain(column, "empty cell", "a value", "fill the cell in")
    checks: list[tuple[str, Callable[[str], bool], str]] = [
        (
            "entry_id",
            lambda v: bool(_SLUG.match(v)),
            "lower-case letters and digits, joined by single hyphens",
        ),
        ("category", lambda v: v in known.categories, ", ".join(known.categories)),
        ("inflect", lambda v: v in INFLECTIONS, ", ".join(INFLECTIONS)),
    ]
    if kind == "framing":
        checks.append(("intensity", lambda v: v in ("1", "2", "3"), "1 (mild), 2 (clear), 3 (extreme)"))
    if kind != "cues":
        checks += [
            ("ambiguous", lambda v: v in ("yes", "no"), "yes, no"),
            ("referent", lambda v: not v or v in known.referents, "empty or " + ", ".join(known.referents)),
        ]
    for column, is_allowed, allowed in checks:
        value = row[column].strip()
        if value and not is_allowed(value):
            declared = column in ("category", "referent")
            complain(
                column,
                f"unknown {column}" if declared else f"{column} is not allowed",
                allowed,
                f"declare it in lexicon.toml or use a declared {column}" if declared else "",
            )
    for key in split_list(row["source"]):
        if key not in known.sources:
            complain(
                "source",
                f"source key {key!r} is not declared",
                ", ".join(known.sources),
                "add the reference under [sources] in lexicon.toml",
            )
    for column in ("pattern", "variants", "exceptions"):
        values = (row[column].strip(),) if column == "pattern" else split_list(row[column])
        for value in values:
            if value and (reason := problem_with(value)):
                complain(
                    column,
                    f"{value!r} cannot be matched: {reason}",
                    "words, blanks, hyphens, apostrophes, a * at the end of a word, or re:<RE2 pattern>",
                )
    if problems:
        return None, problems
    cell = {name: row.get(name, "").strip() for name in REQUIRED["framing"]}
    return (
        Entry(
            entry_id=cell["entry_id"],
            pattern=cell["pattern"],
            category=cell["category"],
            rationale=cell["rationale"],
            source=split_list(cell["source"]),
            inflect=cell["inflect"],
            variants=split_list(cell["variants"]),
            exceptions=split_list(cell["exceptions"]),
            intensity=int(cell["intensity"] or 0),
            ambiguous=cell["ambiguous"] == "yes",
            referent=cell["referent"],
            neutral_alternative=cell["neutral_alternative"],
            line=line,
        ),
        [],
    )
