"""Compare groups inside the events that both sides cover: the same news, other words."""

from __future__ import annotations

from typing import Unpack

import numpy as np
import pandas as pd

from framing.analysis.choices import check_at_least
from framing.analysis.comparison import STRATIFIED, STRATIFIED_RATIO
from framing.analysis.correction import benjamini_hochberg
from framing.analysis.events.event_sides import EventSides, in_events, pair_columns
from framing.analysis.events.paired import WEIGHTS, log_arrangements, paired_effect
from framing.analysis.pairs import compared, pairs_of
from framing.analysis.permutation import FEWEST
from framing.analysis.units import Choice

COLUMNS = (
    "group", "versus", "feature", "n_events", "n_articles", "n_articles_versus", "n_mentions",
    "n_mentions_versus", "rate", "rate_versus", "difference", "difference_low", "difference_high",
    "n_events_with", "n_higher", "n_lower", "share_higher", "ratio", "ratio_low", "ratio_high", "p", "q",
    "note",
)  # fmt: skip

INTERVAL = "jackknife over events, t with one degree of freedom less than events with a mention"

_LEAST = 2
_ALPHA = 0.05
_TELLING = np.log(1 / _ALPHA)  # with fewer ways to deal the articles no p can reach .05


def compare_within(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    target: str | None = None,
    reference: str | None = None,
    min_events: int = 5,
    permutations: int = 999,
    seed: int = 0,
    confidence: float = 0.95,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Compare each group with the others in the same events; events of one side only do not count.

    Parameters
    ----------
    documents, counts, choice
        What is counted and in which articles; see :func:`framing.analysis.units.article_matrix`.
        ``within`` names the events and is ``"event"`` unless you name another column, a topic for instance.
    target
        Compare this group only; by default every group.
    reference
        Compare with this group; by default with the articles of all other groups in the same events.
    min_events
        Pairs that share fewer events are shown but not tested. At least 2.
    permutations, seed
        Number and seed of the shuffles; the smallest p is 1 / (permutations + 1).
    confidence
        Confidence level of the limits, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row a group and feature, in the order of the groups:

        group, versus, feature
            Who is compared with whom (``rest`` or the reference) on what.
        n_events, n_articles, n_articles_versus, n_mentions, n_mentions_versus
            Shared events, and articles and mentions of either side in them.
        rate, rate_versus
            Mean over the shared events of the rates of either side, mentions per 1,000 words. An event with
            w words of the group and W of the other side weighs w W / (w + W).
        difference, difference_low, difference_high
            The first minus the second, with limits that take the event as the unit
            (:func:`framing.analysis.events.paired.paired_effect`). Above 0: the group uses the feature
            more often than others do about the same events.
        n_events_with, n_higher, n_lower, share_higher
            Events in which a side uses the feature, in which the group has the higher or the lower rate, and
            n_higher / (n_higher + n_lower), 0 to 1. With as many words on either side .5 means that neither
            leads. A few short articles seldom have a mention, so the side with fewer words has the lower
            rate in most events even if nothing differs: ``p`` allows for that, the share does not.
        ratio, ratio_low, ratio_high
            rate / rate_versus, the ratio of Mantel and Haenszel, with article-clustered limits
            (:func:`framing.analysis.mantel_haenszel.stratified_ratio`). Above 1: more often. Missing if the
            other side has no mention in a shared event; without limits if the group has none.
        p
            Studentised permutation of the groups of the articles inside each event, two-sided
            (:func:`framing.analysis.permutation.permutation_p`). Missing for rows that are not tested.
        q
            p corrected by Benjamini and Hochberg over every tested row of this call.
        note
            Why a value is missing or weak.

        ``attrs["method"]``: statistic, difference, weights, interval, ratio, permutations, seed,
        family_size, smallest_p, permutations_for_one, correction, confidence, min_events, n_events,
        n_articles, filter.

    Raises
    ------
    AnalysisError
        If there are no events, an option is unknown, or there is only one group.
    TableError
        If a table breaks its contract.

    Notes
    -----
    Events that were found by similarity are not perfect, and inside an event outlets still choose which
    part of it they tell. Copies of agency text make outlets alike; ``duplicates="drop"`` compares what they
    did not take over from each other. Numbers of different pairs rest on different events: outlet A against
    B and A against C need not add up.

    References
    ----------
    Mantel, N. and Haenszel, W. (1959). Statistical aspects of the analysis of data from retrospective
    studies of disease. Journal of the National Cancer Institute 22, 719-748.

    Examples
    --------
    Alpha covers the war more, but writes about each event as Beta does:

    >>> from framing.tables import build
    >>> covers = [("war", "Alpha")] * 12 + [("war", "Beta")] * 4 + [("sport", "Alpha")] * 4
    >>> covers += [("sport", "Beta")] * 12
    >>> documents = build("documents", [
    ...     (f"{i:02}", outlet, "2017-04-04", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i, (_, outlet) in enumerate(covers)]).assign(event=[event for event, _ in covers])
    >>> counts = build("counts", [
    ...     (f"{i:02}", "regime", "delegitimisation", "", "own", "yes", 2 + i % 2, 0)
    ...     for i, (event, _) in enumerate(covers) if event == "war"])
    >>> table = compare_within(documents, counts, target="Alpha", category="delegitimisation", min_events=2)
    >>> table[["n_events", "rate", "rate_versus", "difference", "p"]].to_dict("records")
    [{'n_events': 2, 'rate': 2.5, 'rate_versus': 2.5, 'difference': 0.0, 'p': 1.0}]
    """
    check_at_least("min_events", min_events, _LEAST)
    check_at_least("permutations", permutations, FEWEST)
    matrix = in_events(documents, counts, choice)
    pairs = pairs_of(matrix, target, reference)
    tests = compared(
        matrix, pairs, min_articles=_LEAST, permutations=permutations, seed=seed, confidence=confidence
    )
    sums = EventSides(matrix)
    parts = []
    for pair in pairs:
        found, shared = tests[pair], sums.of(pair)
        effect = paired_effect(shared, level=confidence)
        led = effect.n_higher + effect.n_lower
        few = len(shared.events) < min_events
        idle = effect.n_with == 0
        frame = pair_columns(pair, matrix.features).assign(
            n_events=len(shared.events),
            n_articles=int(shared.group.articles.sum()),
            n_articles_versus=int(shared.versus.articles.sum()),
            n_mentions=shared.group.mentions.sum(axis=0).astype(np.int64),
            n_mentions_versus=shared.versus.mentions.sum(axis=0).astype(np.int64),
            rate=effect.rate,
            rate_versus=effect.rate_versus,
            difference=effect.difference,
            difference_low=effect.low,
            difference_high=effect.high,
            n_events_with=effect.n_with,
            n_higher=effect.n_higher,
            n_lower=effect.n_lower,
            share_higher=np.divide(effect.n_higher, led, out=np.full(len(led), np.nan), where=led > 0),
            ratio=found.ratio.ratio,
            ratio_low=found.ratio.low,
            ratio_high=found.ratio.high,
            p=np.where(idle | few, np.nan, found.p),
        )
        frame["stuck"] = not few and log_arrangements(shared) < _TELLING
        parts.append(frame)
    table = pd.concat(parts, ignore_index=True)
    table["q"] = benjamini_hochberg(table["p"].to_numpy())
    table["note"] = _note(table, min_events, permutations)
    family = int(table["p"].notna().sum())
    table = table[list(COLUMNS)]
    table.attrs["method"] = {
        "statistic": STRATIFIED,
        "difference": "weighted mean over shared events of the difference of the two rates",
        "weights": WEIGHTS,
        "interval": INTERVAL,
        "ratio": STRATIFIED_RATIO,
        "permutations": permutations,
        "seed": seed,
        "family_size": family,
        "smallest_p": 1 / (permutations + 1),
        "permutations_for_one": max(FEWEST, 20 * family),
        "correction": "Benjamini-Hochberg over all tested rows of this call",
        "confidence": confidence,
        "min_events": min_events,
        "n_events": len(sums.names),
        "n_articles": len(matrix),
        "filter": matrix.filter,
    }
    return table


def _note(table: pd.DataFrame, min_events: int, permutations: int) -> pd.Series:
    """Say for each row why a value is missing or weak."""
    floor = (table["p"].to_numpy() <= 1 / (permutations + 1)) & (table["q"].to_numpy() >= _ALPHA)
    idle = table["n_events_with"].to_numpy() == 0
    reasons = (
        (table["n_events"].to_numpy() < min_events, f"fewer than {min_events} shared events: not tested"),
        (idle, "no mentions in shared events"),
        ((table["n_mentions_versus"].to_numpy() == 0) & ~idle, "the other rate is 0: no ratio"),
        ((table["n_mentions"].to_numpy() == 0) & ~idle, "the rate is 0: no limits of the ratio"),
        (table["n_events_with"].to_numpy() == 1, "mentions in one event only"),
        (table["stuck"].to_numpy(dtype=bool), "so few articles share events that no p can reach .05"),
        (floor, f"p is the smallest that {permutations} permutations can give: use more to settle q"),
    )
    lines: list[list[str]] = [[] for _ in range(len(table))]
    for holds, text in reasons:
        for at in np.flatnonzero(holds).tolist():
            lines[at].append(text)
    return pd.Series(["; ".join(line) for line in lines], index=table.index, dtype="str")
