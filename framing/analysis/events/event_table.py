"""One event, its outlets side by side."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from typing import Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_choice
from framing.analysis.events.event_sides import in_events
from framing.analysis.features import ANY
from framing.analysis.intervals import pooled_dispersion, rate_intervals
from framing.analysis.rates import INTERVAL
from framing.analysis.selection import VOICE_CHOICES
from framing.analysis.units import ArticleMatrix, Choice, rows_of
from framing.tables import check

COLUMNS = (
    "group", "feature", "n_articles", "n_words", "n_mentions", "rate", "low", "high", "entries", "only_here",
    "note",
)  # fmt: skip


def event_table(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    event: str,
    confidence: float = 0.95,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Return one event with its outlets side by side: how much each wrote, and which words it used.

    Parameters
    ----------
    documents, counts, choice
        What is counted and in which articles; see :func:`framing.analysis.units.article_matrix`.
        ``within`` names the column of the events and is ``"event"`` unless you name another.
    event
        Name of the event.
    confidence
        Confidence level of the limits, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row an outlet (or value of ``by``) and feature, outlets in alphabetical order:

        group, feature, n_articles, n_words, n_mentions, rate, low, high, note
            As in :func:`framing.analysis.rates.rates`, for the articles of the event. With one article an
            outlet, the usual case, the limits rest on the spread in the whole corpus.
        entries
            Lexicon entries that the outlet used, with their number, the most frequent first.
        only_here
            Those of them that no other outlet of the event used: the same thing under another name, if
            they name the same. Empty if there is no other outlet.

        ``attrs["method"]``: event, interval, confidence, n_articles, filter.

    Raises
    ------
    AnalysisError
        If there is no such event, or an option is unknown.
    TableError
        If a table breaks its contract.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (i, "Alpha" if i < "b" else "Beta", "2017-04-04", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in "ab"]).assign(event="raid")
    >>> counts = build("counts", [
    ...     ("a", "regime", "delegitimisation", "", "own", "yes", 3, 0),
    ...     ("a", "tyrant", "delegitimisation", "", "own", "yes", 1, 0),
    ...     ("b", "regime", "delegitimisation", "", "own", "yes", 1, 0)])
    >>> table = event_table(documents, counts, event="raid", category="delegitimisation")
    >>> table[["group", "rate", "entries", "only_here"]].to_dict("records")
    [{'group': 'Alpha', 'rate': 8.0, 'entries': 'regime (3), tyrant (1)', 'only_here': 'tyrant'},
     {'group': 'Beta', 'rate': 2.0, 'entries': 'regime (1)', 'only_here': ''}]
    """
    matrix = in_events(documents, counts, choice)
    strata = np.asarray(matrix.strata, dtype=np.str_)
    check_choice("event", event, sorted(set(strata.tolist())))
    part = matrix.select(strata == event)
    shared = pooled_dispersion(matrix.counts, matrix.words, matrix.groups)
    table = pd.concat(
        [_outlet(part, name, rows, shared, confidence) for name, rows in rows_of(part.groups).items()],
        ignore_index=True,
    )
    used = _entries(part, check("counts", counts), choice)
    keys = list(zip(table["group"], table["feature"], strict=True))
    table["entries"] = [", ".join(f"{entry} ({n})" for entry, n in used.get(key, {}).items()) for key in keys]
    table["only_here"] = [", ".join(_only(used, *key, part.names)) for key in keys]
    table = table.astype(dict.fromkeys(("group", "feature", "entries", "only_here", "note"), "str"))
    table = table[list(COLUMNS)]
    table.attrs["method"] = {
        "event": event,
        "interval": INTERVAL,
        "confidence": confidence,
        "n_articles": len(part),
        "filter": matrix.filter,
    }
    return table


_Used = dict[tuple[str, str], dict[str, int]]
"""How often a group (first) used each entry of a feature (second), the most frequent entry first."""


def _outlet(
    matrix: ArticleMatrix, name: str, rows: NDArray[np.intp], shared: NDArray[np.float64], confidence: float
) -> pd.DataFrame:
    counts, words = matrix.counts[rows], matrix.words[rows]
    found = rate_intervals(counts, words, level=confidence, dispersion=shared)
    mentions = counts.sum(axis=0, dtype=np.int64)
    return pd.DataFrame({
        "group": name, "feature": list(matrix.features), "n_articles": len(rows),
        "n_words": int(words.sum()), "n_mentions": mentions, "rate": found.rate, "low": found.low,
        "high": found.high, "note": np.where(mentions == 0, "no mentions", ""),
    })  # fmt: skip


def _entries(matrix: ArticleMatrix, counts: pd.DataFrame, choice: Choice) -> _Used:
    """Return the entries behind the features of the matrix, counted as the matrix counts them."""
    group = dict(zip(matrix.doc_ids.tolist(), matrix.groups.tolist(), strict=True))
    wanted = counts["doc_id"].isin(group.keys()) & counts["voice"].isin(
        VOICE_CHOICES[choice.get("voice", "own")]
    )
    if choice.get("measure") == "loaded":
        wanted &= counts["loaded"] == "yes"
    category, globs = choice.get("category"), choice.get("entries")
    if category not in (None, ANY):
        wanted &= counts["category"] == category
    known = () if globs is None else (globs,) if isinstance(globs, str) else tuple(globs)
    if known:
        named = [any(fnmatchcase(entry, glob.casefold()) for glob in known) for entry in counts["entry_id"]]
        wanted &= np.array(named, dtype=bool)
    by_category = not known and choice.get("level", "category") == "category"
    rows = counts[wanted]
    # A mention counts for its frame once, at its longest entry; an entry also inside a longer one.
    number = (rows["n"] if by_category else rows["n"] + rows["n_nested"]).tolist()
    found: Counter[tuple[str, str, str]] = Counter()
    for doc_id, entry, frame, n in zip(
        rows["doc_id"].tolist(), rows["entry_id"].tolist(), rows["category"].tolist(), number, strict=True
    ):
        for feature in (frame, ANY) if by_category else ("|".join(known) or entry,):
            found[group[doc_id], feature, entry] += n
    used: _Used = {}
    for (name, feature, entry), n in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        if n:
            used.setdefault((name, feature), {})[entry] = n
    return used


def _only(used: _Used, group: str, feature: str, groups: tuple[str, ...]) -> list[str]:
    """Return the entries of a feature that no other group used; nothing if there is no other group."""
    elsewhere = {entry for other in groups if other != group for entry in used.get((other, feature), {})}
    return [entry for entry in used.get((group, feature), {}) if len(groups) > 1 and entry not in elsewhere]
