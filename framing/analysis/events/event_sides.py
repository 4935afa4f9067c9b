"""Both sides of a comparison by event: which events they share, and what they sum to there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.events.paired import Pairs, Sums, covered, event_sums
from framing.analysis.pairs import REST, Pair
from framing.analysis.units import ArticleMatrix, Choice, article_matrix, rows_of
from framing.errors import AnalysisError

EVENT = "event"
"""Column of the documents table that names the events, unless ``within`` names another."""


def in_events(documents: pd.DataFrame, counts: pd.DataFrame, choice: Choice) -> ArticleMatrix:
    """Return the articles that belong to an event, with the events as strata.

    Raises
    ------
    AnalysisError
        If the articles have no events, or as :func:`framing.analysis.units.article_matrix`.
    """
    options = choice.copy()
    if options.get("within") is None:
        options["within"] = EVENT
    if options["within"] == EVENT and EVENT not in documents.columns:
        raise AnalysisError(
            "the articles are not grouped into events", where="documents",
            got="no column 'event'", allowed="a column that names the event of each article",
            fix="documents = framing.corpus.events.add_events(documents, texts), or within='your column'",
        )  # fmt: skip
    return article_matrix(documents, counts, **options)


class EventSides:
    """Articles, words and mentions of any two sides by event, without adding up everything for each pair."""

    def __init__(self, matrix: ArticleMatrix) -> None:
        if matrix.strata is None:
            raise AssertionError("a matrix of events has no strata")
        self._matrix = matrix
        self.names, self._event = np.unique(matrix.strata, return_inverse=True)
        self._rows = rows_of(matrix.groups)
        self._all = event_sums(matrix.counts, matrix.words, self._event, len(self.names))

    def of(self, pair: Pair) -> Pairs:
        """Return the events that both sides of a pair cover."""
        group, own = self._group(pair.group)
        if pair.versus is None:
            return covered(group, own, self._all.at(group).without(own))
        other, theirs = self._group(pair.versus)
        both, mine_at, theirs_at = np.intersect1d(group, other, assume_unique=True, return_indices=True)
        return covered(both, own.at(mine_at), theirs.at(theirs_at))

    def _group(self, name: str) -> tuple[NDArray[np.intp], Sums]:
        rows = self._rows.get(name, np.zeros(0, dtype=np.intp))
        events, place = np.unique(self._event[rows], return_inverse=True)
        return events, event_sums(self._matrix.counts[rows], self._matrix.words[rows], place, len(events))


def pair_columns(pair: Pair, features: Sequence[str]) -> pd.DataFrame:
    """Return the columns group, versus and feature, one row a feature."""
    versus = REST if pair.versus is None else pair.versus
    whole = {"group": [pair.group] * len(features), "versus": [versus] * len(features), "feature": features}
    return pd.DataFrame(whole, dtype="str")
