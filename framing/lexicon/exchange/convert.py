"""Between a dictionary of another program and a lexicon folder of ours."""

from __future__ import annotations

import re
from pathlib import Path

from framing.lexicon.exchange.folder import write_folder
from framing.lexicon.exchange.model import Dictionary, Term, Unfit
from framing.lexicon.model import Lexicon
from framing.lexicon.pattern import PatternToken, problem_with, tokens_of
from framing.lexicon.schema import REQUIRED
from framing.text.fold import fold_pattern

NOT_GIVEN = "(not given)"

_DROPPED = {
    "framing": "intensity, ambiguous, referent, neutral_alternative, rationale, source",
    "referents": "ambiguous, referent, rationale, source",
    "cues": "rationale, source",
}


def as_dictionary(lexicon: Lexicon) -> tuple[Dictionary, list[Unfit]]:
    """Return a lexicon as terms in categories: every inflected form is written out.

    Exceptions, regular expressions and the columns about meaning have no place in the formats of
    other programs; each is listed.

    Examples
    --------
    >>> from framing.lexicon import load_lexicon
    >>> dictionary, unfit = as_dictionary(load_lexicon("conflict-en"))
    >>> [t.category for t in dictionary.terms if t.pattern == "zionist entities"]
    ['delegitimation']
    """
    unfit = [
        Unfit(lexicon.lexicon_id, _DROPPED[lexicon.kind], "columns that a plain dictionary has no place for")
    ]
    terms: dict[Term, None] = {}
    for entry in lexicon.entries:
        where = f"{lexicon.lexicon_id}, entry {entry.entry_id}"
        for form in entry.surface_forms():
            if form.startswith("re:"):
                unfit.append(Unfit(where, form, "a regular expression"))
            else:
                terms[Term(form, entry.category)] = None
        if entry.exceptions:
            unfit.append(
                Unfit(where, " | ".join(entry.exceptions), "exceptions: the other program counts these too")
            )
    return Dictionary(lexicon.lexicon_id, tuple(lexicon.categories), tuple(terms)), unfit


def as_lexicon(
    dictionary: Dictionary, folder: str | Path, *, lexicon_id: str = "", licence: str = ""
) -> tuple[Lexicon | None, list[Unfit]]:
    """Write a dictionary as a lexicon folder of kind ``framing`` and return it loaded.

    Each term in each category becomes an entry of intensity 1, matched as it stands (no inflection
    is added). A term that cannot be matched (signs, a ``*`` inside, a stem under three letters) is
    listed; so are weights, for an entry has none. None is returned if no term is left.
    """
    unfit: list[Unfit] = []
    rows: list[dict[str, str]] = []
    taken: dict[str, int] = {}
    seen: dict[tuple[PatternToken, ...], str] = {}
    for term in dictionary.terms:
        where = f"{dictionary.name}, category {term.category}"
        reason = problem_with(term.pattern) or _list_sign(term.pattern)
        if reason:
            unfit.append(Unfit(where, term.pattern, reason))
            continue
        if term.weight != 1:
            unfit.append(Unfit(where, f"weight {term.weight!r} of {term.pattern}", "entries have no weight"))
        words = tokens_of(term.pattern)
        if seen.get(words) == term.category:
            continue  # another spelling of the same words: "foreign backed", "foreign-backed"
        if (first := seen.setdefault(words, term.category)) != term.category:
            unfit.append(
                Unfit(
                    where, term.pattern, f"also in {first}: a run counts it there and notes it here as nested"
                )
            )
        rows.append(_row(term, taken, dictionary.name))
    if not rows:
        return None, unfit
    card = {
        "id": lexicon_id or slug(dictionary.name.rsplit(".", 1)[0]) or "imported",
        "kind": "framing",
        "version": "0.1.0",
        "language": "en",
        "title": f"Imported from {dictionary.name}",
        "licence": licence or "not stated: ask the authors of the dictionary before you pass it on",
        "authors": [f"the authors of {dictionary.name}"],
        "description": f"Terms of {dictionary.name}, one entry for each term and category.",
        "limits": "Imported: no exceptions, rationale or neutral alternatives; each term counts everywhere.",
        "categories": {category: f"{category} in {dictionary.name}" for category in dictionary.categories},
        "sources": {"imported": dictionary.name},
    }
    changes = f"- Imported from {dictionary.name}: {len(rows)} entries."
    return write_folder(folder, card, REQUIRED["framing"], rows, changes=changes), unfit


def _list_sign(pattern: str) -> str:
    if pattern.startswith("re:"):
        return "it would be read as a regular expression"
    return "the sign | separates items of a list" if "|" in pattern else ""


def _row(term: Term, taken: dict[str, int], name: str) -> dict[str, str]:
    row = dict.fromkeys(REQUIRED["framing"], "")
    row.update(
        entry_id=unique_slug(f"{term.pattern} {term.category}", taken),
        pattern=term.pattern,
        category=term.category,
        intensity="1",
        ambiguous="no",
        inflect="none",
        neutral_alternative=NOT_GIVEN,
        rationale=f"Stands under {term.category} in {name}; no reason was given there.",
        source="imported",
    )
    return row


def unique_slug(text: str, taken: dict[str, int]) -> str:
    """Return a slug that was not given before, with a number behind it if need be."""
    base = slug(text) or "entry"
    candidate = base
    while candidate in taken:
        taken[base] = taken.get(base, 1) + 1
        candidate = f"{base}-{taken[base]}"
    taken.setdefault(candidate, 1)
    return candidate


def slug(text: str) -> str:
    """Return lower-case letters and digits joined by single hyphens.

    Examples
    --------
    >>> slug("Zionist  Entity*"), slug("naïve"), slug("!")
    ('zionist-entity', 'naive', '')
    """
    return "-".join(re.findall(r"[a-z0-9]+", fold_pattern(text)))
