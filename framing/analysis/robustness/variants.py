"""Variants of a comparison: each changes one thing that the analyst, the lexicon or luck has decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

import pandas as pd

from framing.analysis.units import article_matrix

ENTRIES_SHOWN = 5
"""Entries with most mentions that are left out one at a time."""

WORDS_OF = {"own": "n_words_own", "direct": "n_words_quoted", "indirect": "n_words_reported"}
"""Column of the documents table with the words of a voice, to which those of unknown voice are added."""

_PERIODS = ("first half of the period", "second half of the period")


class Variant(NamedTuple):
    """One change of the comparison: the tables and options to use instead."""

    check: str
    name: str
    documents: pd.DataFrame
    counts: pd.DataFrame
    choice: Mapping[str, Any]


def variants(documents: pd.DataFrame, counts: pd.DataFrame, choice: Mapping[str, Any]) -> Iterator[Variant]:
    """Yield the variants of a comparison with these options, those that change nothing left out."""
    by_entry = article_matrix(documents, counts, **{**choice, "level": "entry", "entries": None})
    globs = choice.get("entries")
    globs = [globs] if isinstance(globs, str) else globs
    total = by_entry.counts.sum(axis=0)
    used = [
        (-int(n), name)
        for n, name in zip(total, by_entry.features, strict=True)
        if n > 0 and (globs is None or any(fnmatchcase(name, glob.casefold()) for glob in globs))
    ]
    # Without its only entry a comparison has nothing left to compare.
    for _, entry in sorted(used)[:ENTRIES_SHOWN] if len(used) > 1 else []:
        yield Variant("without entry", entry, documents, counts[counts["entry_id"] != entry], choice)
    copied = bool((documents["duplicate_of"].fillna("") != "").any())
    for kind in ("same-outlet", "drop", "keep") if copied else ():
        if kind != choice.get("duplicates", "same-outlet"):
            yield Variant("duplicates", kind, documents, counts, {**choice, "duplicates": kind})
    if (counts["loaded"] != "").any():
        every = {**choice, "measure": "mentions"}
        if choice.get("measure") == "loaded":
            yield Variant("classifier", "every mention", documents, counts, every)
        yield Variant("classifier", "not judged plain", documents, counts[counts["loaded"] != "no"], every)
        yield Variant("classifier", "judged loaded", documents, counts, {**choice, "measure": "loaded"})
    if choice.get("voice", "own") not in ("all", "unknown"):
        voice = choice.get("voice", "own")
        column = WORDS_OF.get(str(voice))
        if column is not None and documents["n_words_unknown"].notna().all():
            known = counts.assign(voice=counts["voice"].replace("unknown", str(voice)))
            words = documents.assign(**{column: documents[column] + documents["n_words_unknown"]})
            yield Variant("voice", f"{voice} and unknown", words, known, choice)
        yield Variant("voice", "all voices", documents, counts, {**choice, "voice": "all"})
    dates = documents["published"].where(documents["published"] != "").dropna()
    if dates.nunique() > 1:
        middle = dates.sort_values().iloc[len(dates) // 2]
        early = (documents["published"] < middle) & (documents["published"] != "")
        for name, part in zip(_PERIODS, (early, documents["published"] >= middle), strict=True):
            yield Variant("period", f"{name} ({middle})", documents[part], counts, choice)
