"""Two sides event by event: what their mean difference is made of."""

from __future__ import annotations

from typing import Unpack

import numpy as np
import pandas as pd

from framing.analysis.events.event_sides import EventSides, in_events, pair_columns
from framing.analysis.events.paired import WEIGHTS, rates_of
from framing.analysis.pairs import pairs_of
from framing.analysis.units import Choice

PAIRED_COLUMNS = (
    "group", "versus", "feature", "event", "n_articles", "n_articles_versus", "n_mentions",
    "n_mentions_versus", "rate", "rate_versus", "difference", "weight",
)  # fmt: skip


def paired_events(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    target: str,
    reference: str | None = None,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Return the rates of two sides event by event: what a mean difference is made of.

    Parameters
    ----------
    documents, counts, choice, target, reference
        As in :func:`framing.analysis.events.events.compare_within`, whose ``difference`` is their
        weighted mean.

    Returns
    -------
    pandas.DataFrame
        One row a feature and shared event, features in their order, events by name: group, versus, feature,
        event, articles and mentions of either side, their rates and difference per 1,000 words, and
        ``weight``, the share of the event in the mean, 0 to 1. Empty if no event is shared.

    Raises
    ------
    AnalysisError
        If there are no events, an option is unknown, or there is only one group.
    TableError
        If a table breaks its contract.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (i, "Alpha" if i < "c" else "Beta", "2017-04-04", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in "abcd"]).assign(event=["raid", "vote", "raid", "vote"])
    >>> counts = build("counts", [("a", "regime", "delegitimisation", "", "own", "yes", 2, 0)])
    >>> table = paired_events(documents, counts, target="Alpha", category="delegitimisation")
    >>> table[["event", "rate", "rate_versus", "weight"]].to_dict("records")
    [{'event': 'raid', 'rate': 4.0, 'rate_versus': 0.0, 'weight': 0.5},
     {'event': 'vote', 'rate': 0.0, 'rate_versus': 0.0, 'weight': 0.5}]
    """
    matrix = in_events(documents, counts, choice)
    pair = pairs_of(matrix, target, reference)[0]
    sums = EventSides(matrix)
    shared = sums.of(pair)
    mine, theirs = rates_of(shared)
    weights = shared.weights / shared.weights.sum() if len(shared.events) else shared.weights
    parts = [
        pair_columns(pair, [feature] * len(shared.events)).assign(
            event=pd.Series(sums.names[shared.events].tolist(), dtype="str"),
            n_articles=shared.group.articles.astype(np.int64),
            n_articles_versus=shared.versus.articles.astype(np.int64),
            n_mentions=shared.group.mentions[:, i].astype(np.int64),
            n_mentions_versus=shared.versus.mentions[:, i].astype(np.int64),
            rate=mine[:, i],
            rate_versus=theirs[:, i],
            difference=mine[:, i] - theirs[:, i],
            weight=weights,
        )
        for i, feature in enumerate(matrix.features)
    ]
    table = pd.concat(parts, ignore_index=True)[list(PAIRED_COLUMNS)]
    table.attrs["method"] = {"weights": WEIGHTS, "n_articles": len(matrix), "filter": matrix.filter}
    return table
