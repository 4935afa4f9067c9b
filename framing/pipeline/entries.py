"""The entries of all lexicons of a run, checked to go together."""

from __future__ import annotations

from collections.abc import Sequence

from framing.errors import LexiconError
from framing.lexicon import Entry, Lexicon


def collect_entries(lexicons: Sequence[Lexicon]) -> tuple[list[Entry], list[bool]]:
    """Return the entries of all lexicons, and which of them are cues.

    Raises
    ------
    LexiconError
        If two lexicons define the same entry, framing and referent lexicons are mixed, or no cue
        lexicon is given.
    """
    entries: list[Entry] = []
    is_cue: list[bool] = []
    first: dict[tuple[str, str], str] = {}
    twice: dict[str, list[str]] = {}
    for lexicon in lexicons:
        for entry in lexicon.entries:
            key = (lexicon.kind, entry.entry_id)
            if key in first:
                twice.setdefault(f"{first[key]} and {lexicon.path}", []).append(entry.entry_id)
            first.setdefault(key, lexicon.lexicon_id)
            entries.append(entry)
            is_cue.append(lexicon.kind == "cues")
    if twice:
        raise LexiconError(
            "two lexicons define the same entry",
            where="; ".join(twice),
            got=", ".join(name for names in twice.values() for name in names),
            fix="give the entry_id another name in one of them, or leave one out",
        )
    if {"framing", "referents"} <= {lexicon.kind for lexicon in lexicons}:
        raise LexiconError(
            "loaded terms and names cannot be counted in one run: they overlap",
            got=", ".join(f"{x.lexicon_id} ({x.kind})" for x in lexicons),
            fix="make two runs, one with the framing lexicons and one with the referents",
        )
    if not any(is_cue):
        raise LexiconError(
            "no cue lexicon was given",
            got=", ".join(x.lexicon_id for x in lexicons),
            fix="add load_lexicon('cues-en') to the lexicons",
        )
    return entries, is_cue
