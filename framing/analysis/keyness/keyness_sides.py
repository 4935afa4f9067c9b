"""What keyness compares: words or entries, in the articles of two sides."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_choice, listed
from framing.analysis.keyness.word_matrix import SparseMatrix, sparse_matrix, word_matrix
from framing.analysis.units import Choice, article_matrix
from framing.errors import AnalysisError

LEVELS = ("word", "entry")

_ENTRY_OPTIONS = {"measure": "mentions", "entries": None, "category": None, "allow_unmatched": False}


def matrix_of(documents: pd.DataFrame, counts: pd.DataFrame, choice: Choice) -> SparseMatrix:
    """Return the counts of words or entries in articles.

    Raises
    ------
    AnalysisError
        If an option of entries is set for words, or has an unknown value.
    """
    check_choice("level", choice.get("level", "word"), LEVELS)
    if choice.get("level") == "entry":
        return sparse_matrix(article_matrix(documents, counts, **choice))
    for option, default in _ENTRY_OPTIONS.items():
        if choice.get(option, default) != default:
            raise AnalysisError(
                "single words are in no lexicon", where=f"option {option}", got=repr(choice.get(option)),
                allowed=repr(default), fix="leave the option out, or ask for level='entry'",
            )  # fmt: skip
    return word_matrix(
        documents, counts, by=choice.get("by", "outlet"), voice=choice.get("voice", "own"),
        duplicates=choice.get("duplicates", "same-outlet"), per=choice.get("words", "voice"),
        within=choice.get("within"),
    )  # fmt: skip


def sides_of(
    matrix: SparseMatrix, target: str, reference: str | None
) -> tuple[SparseMatrix, NDArray[np.bool_]]:
    """Return the articles of both sides, and which of them belong to the target.

    Raises
    ------
    AnalysisError
        If a group is unknown, both are the same, or there is no other one.
    """
    for option, value in (("target", target), ("reference", reference)):
        if value is not None:
            check_choice(option, value, matrix.names)
    outside = matrix.groups != target if reference is None else matrix.groups == reference
    if target == reference or not outside.any():
        raise AnalysisError(
            "keyness needs two sides", where="options target and reference",
            got=f"{target!r} twice" if target == reference else f"no articles but those of {target!r}",
            allowed=listed(matrix.names), fix="name another group, or add articles",
        )  # fmt: skip
    sides = matrix.select(outside | (matrix.groups == target))
    return sides, sides.groups == target
