"""Sentences under the figures: what was counted, in what, and what the numbers do not say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd


def heatmap_caption(table: pd.DataFrame, unit: str, *, least: int, shown: int) -> str:
    """Return what the heatmap shows, in fixed words and numbers."""
    groups = table["group"].nunique()
    part = f"{shown:,} of {groups:,} outlets, those with most articles. " if shown < groups else ""
    star = f" * fewer than {least} articles." if (table["n_articles"] < least).any() else ""
    return (
        f"{part}Mentions per 1,000 {unit}. Darker means more often, the sum is not shaded; "
        f"– means no such words.{star} "
        "Choose a cell to read its sentences."
    )


def comparison_caption(method: Mapping[str, Any], unit: str) -> str:
    """Return unit, method, number of tests and articles left out of a comparison.

    Examples
    --------
    >>> method = {"confidence": 0.95, "n_articles": 70, "filter": {"left_out": {"copies": 2}}}
    >>> text = comparison_caption(method, "words")
    >>> "70 articles" in text, "2 copies" in text, " q " in text
    (True, True, False)
    """
    chosen = method.get("filter", {})
    left_out = [f"{n:,} {reason}" for reason, n in chosen.get("left_out", {}).items() if n]
    lines = [
        f"The unit is the article ({method['n_articles']:,} articles). "
        f"Rate: mentions per 1,000 {unit}. "
        f"Interval: {100 * method['confidence']:g} %, from the spread between articles."
    ]
    if method.get("family_size") == 0:
        lines.append("No outlet has enough articles for a test.")
    elif "family_size" in method:
        scope = "outlets on these entries" if chosen.get("entries") else "outlets and frames"
        lines.append(
            "Each outlet is compared with the rest (grey stroke). "
            f"p: {method['permutations']:,} permutations of the labels of articles. "
            f"q: p corrected for all {method['family_size']:,} tests of {scope} (Benjamini-Hochberg)."
        )
    if left_out:
        lines.append(f"Left out: {', '.join(left_out)}.")
    if twice := chosen.get("counted_twice_at_most"):
        lines.append(f"Entries may lie inside each other: at most {twice:,} mentions count twice.")
    lines.append(
        "Top article: share of the mentions that stands in one article. "
        "A difference need not be one of framing: outlets cover different events. "
        "Read the sentences before saying more than that the rates differ."
    )
    return " ".join(lines)
