"""Columns of the article matrix: frames, single entries, or one feature made of several entries."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array

from framing.analysis.choices import check_choice, listed, suggestion
from framing.errors import AnalysisError

LEVEL_CHOICES = ("category", "entry")

ANY = "any"
"""Name of the feature that sums all categories."""

MAX_CELLS = 500_000_000
"""Articles times features that one matrix may have (2 GB); more is asked for by mistake."""


class Features(NamedTuple):
    """Counts of features in articles; ``twice`` bounds the mentions that may be counted twice."""

    names: tuple[str, ...]
    counts: NDArray[np.int32]
    twice: int


class _Column(NamedTuple):
    """Rows of the counts table with a number and the feature they belong to (-1: none)."""

    names: tuple[str, ...]
    code: NDArray[np.int64]
    number: NDArray[np.int64]


def count_features(
    counts: pd.DataFrame,
    doc_ids: Sequence[str],
    *,
    voices: Sequence[str],
    level: str,
    entries: str | Sequence[str] | None,
    category: str | None,
    allow_unmatched: bool,
    answers: Sequence[str] | None = None,
) -> Features:
    """Count each feature in each article.

    The features are fixed by the whole counts table, so that a frame that one voice never uses is
    a column of zeros and not a gap. Rows of articles that are not in ``doc_ids`` are not read, nor
    those with another answer of the classifier than ``answers``, if some are given.

    Raises
    ------
    AnalysisError
        If a glob or the category occurs nowhere in ``counts`` (unless ``allow_unmatched``), the
        level is unknown, or the matrix would not fit into memory.
    """
    check_choice("level", level, LEVEL_CHOICES)
    globs = None if entries is None else (entries,) if isinstance(entries, str) else tuple(entries)
    if globs is not None:
        column = _globbed(counts, globs, category, allow_unmatched)
    elif level == "entry":
        column = _by_entry(counts, category, allow_unmatched)
    else:
        column = _by_category(counts, category, allow_unmatched)
    if len(doc_ids) * len(column.names) > MAX_CELLS:
        raise AnalysisError(
            "the table of articles and features does not fit into memory", where="option level",
            got=f"{len(doc_ids)} articles x {len(column.names)} features", allowed=f"{MAX_CELLS} cells",
            fix="ask for one category or some entries, or for level='category'",
        )  # fmt: skip
    row = pd.Index(doc_ids).get_indexer(pd.Index(counts["doc_id"]))
    used = (row >= 0) & (column.code >= 0) & counts["voice"].isin(list(voices)).to_numpy(dtype=bool)
    if answers is not None:
        used &= counts["loaded"].isin(list(answers)).to_numpy(dtype=bool)
    table = coo_array(
        (column.number[used].astype(np.int32), (row[used], column.code[used])),
        shape=(len(doc_ids), len(column.names)),
    ).toarray()
    names = column.names
    if globs is None and level == "category":
        if category in (None, ANY):
            table, names = np.column_stack([table, table.sum(axis=1, dtype=np.int32)]), (*names, ANY)
        keep = [i for i, name in enumerate(names) if category in (None, name)]
        table, names = table[:, keep], tuple(names[i] for i in keep)
    several = globs is not None and counts["entry_id"][column.code >= 0].nunique() > 1
    twice = int(counts["n_nested"].to_numpy()[used].sum()) if several else 0
    return Features(names, np.ascontiguousarray(table, dtype=np.int32), twice)


def _by_category(counts: pd.DataFrame, category: str | None, allow_unmatched: bool) -> _Column:
    found = sorted(set(counts["category"]))
    if ANY in found:
        raise AnalysisError(
            f"a category is named {ANY!r}, the name of the sum of all categories",
            where="counts, column category", got=repr(ANY), allowed="any other name",
            fix="rename the category in the lexicon",
        )  # fmt: skip
    if category is not None and category not in (*found, ANY):
        _refuse_category(category, [*found, ANY], allow_unmatched)
        found.append(category)
    code = pd.Index(found).get_indexer(pd.Index(counts["category"]))
    return _Column(tuple(found), code.astype(np.int64), counts["n"].to_numpy(dtype=np.int64))


def _by_entry(counts: pd.DataFrame, category: str | None, allow_unmatched: bool) -> _Column:
    inside = _inside(counts, category, allow_unmatched)
    found = sorted(set(counts["entry_id"][inside]))
    code = pd.Index(found, dtype="str").get_indexer(pd.Index(counts["entry_id"])).astype(np.int64)
    return _Column(tuple(found), np.where(inside, code, -1), _with_nested(counts))


def _globbed(
    counts: pd.DataFrame, globs: tuple[str, ...], category: str | None, allow_unmatched: bool
) -> _Column:
    if not globs:
        raise AnalysisError(
            "no entry was named", where="option entries", got="an empty list",
            allowed="globs such as 'takfiri*'", fix="leave entries out to use every entry",
        )  # fmt: skip
    inside = _inside(counts, category, allow_unmatched)
    known = sorted(set(counts["entry_id"][inside]))
    matched: set[str] = set()
    for glob in globs:
        hits = {entry for entry in known if fnmatchcase(entry, glob.casefold())}
        if not hits and not allow_unmatched:
            raise AnalysisError(
                "no entry with a mention matches", where="option entries", got=repr(glob),
                allowed=listed(known), fix=suggestion(glob.strip("*?").casefold(), known)
                or "check the lexicon, or pass allow_unmatched=True to count it as zero everywhere",
            )  # fmt: skip
        matched |= hits
    chosen = inside & counts["entry_id"].isin(matched).to_numpy(dtype=bool)
    return _Column(("|".join(globs),), np.where(chosen, 0, -1).astype(np.int64), _with_nested(counts))


def _inside(counts: pd.DataFrame, category: str | None, allow_unmatched: bool) -> NDArray[np.bool_]:
    if category in (None, ANY):
        return np.ones(len(counts), dtype=bool)
    found = sorted(set(counts["category"]))
    if category not in found:
        _refuse_category(str(category), found, allow_unmatched)
    return (counts["category"] == category).to_numpy(dtype=bool)


def _refuse_category(category: str, found: list[str], allow_unmatched: bool) -> None:
    if not allow_unmatched:
        raise AnalysisError(
            "no mention has this category", where="option category", got=repr(category),
            allowed=listed(found),
            fix=suggestion(category, found) or "pass allow_unmatched=True to count it as zero everywhere",
        )  # fmt: skip


def _with_nested(counts: pd.DataFrame) -> NDArray[np.int64]:
    """Return how often each entry occurs: an entry inside a longer mention still stands in the text."""
    return (counts["n"] + counts["n_nested"]).to_numpy(dtype=np.int64)
