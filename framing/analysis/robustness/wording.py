"""A comparison in one paragraph of plain language: what was counted, how sure, what it does not show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framing.analysis.pairs import REST

VOICES: Mapping[str, str] = {
    "own": "in its own voice",
    "direct": "in the words it quotes",
    "indirect": "in what it reports of others",
    "attributed": "in the words of others",
    "scare": "in scare quotes",
    "unknown": "in passages whose voice cannot be told",
    "all": "in all its words",
}
"""Whose words were counted, as part of a sentence."""

_SURE = 0.05


def reading(row: Mapping[Any, Any], method: Mapping[str, Any], panel: pd.DataFrame | None = None) -> str:
    """Say in plain language what one row of a comparison shows and what it does not show.

    Parameters
    ----------
    row
        One row of :func:`framing.analysis.comparison.compare`.
    method
        ``attrs["method"]`` of that table.
    panel
        The table of :func:`framing.analysis.robustness.robustness` for the same row, if there is one.

    Returns
    -------
    str
        A paragraph with n, effect, interval and q, what drives the difference, and its limits. It
        never judges an outlet.

    Examples
    --------
    >>> row = {"group": "Alpha", "versus": "rest", "feature": "atrocity", "n_articles": 40,
    ...        "n_articles_versus": 90, "n_mentions": 31, "n_mentions_versus": 20, "rate": 2.1,
    ...        "rate_versus": 0.7, "ratio": 3.0, "ratio_low": 1.6, "ratio_high": 5.8, "p": 0.001,
    ...        "q": 0.01, "top_article_share": 0.2, "note": ""}
    >>> print(reading(row, {"family_size": 12, "filter": {"voice": "own", "measure": "mentions"}}))
    Alpha uses terms of the frame "atrocity" 2.10 times per 1,000 words in its own voice (31 mentions
    in 40 articles), the other outlets 0.70 times (20 in 90 articles): 3.0 times as often, interval
    1.6 to 5.8. A difference this large would be rare if articles were shuffled between the two sides
    (q = .010 over 12 tests). The article with most of them holds 20 % of Alpha's mentions. This
    describes choice of words in these articles; it does not say why, and outlets that cover other
    events use other words. Read the sentences before drawing a conclusion.
    """
    chosen = method["filter"]
    parts = [_counted(row, chosen)]
    if not row["n_mentions"] and not row["n_mentions_versus"]:
        return f"{parts[0]} There is nothing to compare."
    parts.append(_tested(row, method))
    if row["n_mentions"] and row["top_article_share"] == row["top_article_share"]:
        share = f"{100 * float(row['top_article_share']):.0f} %"
        parts.append(f"The article with most of them holds {share} of {row['group']}'s mentions.")
    if panel is not None:
        parts.append(_held(panel))
    within = chosen.get("within") or []
    same = "event" in ([within] if isinstance(within, str) else within)
    inside = "" if same else ", and outlets that cover other events use other words"
    parts.append(
        f"This describes choice of words in these articles; it does not say why{inside}. "
        "Read the sentences before drawing a conclusion."
    )
    return " ".join(part for part in parts if part)


def _counted(row: Mapping[Any, Any], chosen: Mapping[str, Any]) -> str:
    what = "mentions judged loaded, " if chosen.get("measure") == "loaded" else ""
    feature = str(row["feature"])
    terms = "terms of any frame" if feature == "any" else f'terms of the frame "{feature.replace("_", " ")}"'
    if chosen.get("entries"):
        terms = "the terms " + ", ".join(chosen["entries"])
    elif chosen.get("level") == "entry":
        terms = f'the term "{feature}"'
    voice = VOICES[str(chosen["voice"])]
    rest = "the other outlets" if chosen.get("by", "outlet") == "outlet" else "all others"
    other = rest if row["versus"] == REST else str(row["versus"])
    inside = chosen.get("within")
    place = (
        f", compared inside {inside if isinstance(inside, str) else ' and '.join(inside)}" if inside else ""
    )
    effect = _effect(row)
    return (
        f"{row['group']} uses {terms} {_rate(row['rate'])} times per 1,000 words {voice} ({what}"
        f"{_count(row['n_mentions'], 'mention')} in {_count(row['n_articles'], 'article')}), {other} "
        f"{_rate(row['rate_versus'])} times ({row['n_mentions_versus']:,} in "
        f"{_count(row['n_articles_versus'], 'article')}){place}{effect}."
    )


def _effect(row: Mapping[Any, Any]) -> str:
    ratio, low, high = (float(row[name]) for name in ("ratio", "ratio_low", "ratio_high"))
    if ratio != ratio:
        return f": at least {low:.1f} times as often" if low > 0 else ""
    if low != low:
        return f": {ratio:.1f} times as often"
    return f": {ratio:.1f} times as often, interval {low:.1f} to {high:.1f}"


def _tested(row: Mapping[Any, Any], method: Mapping[str, Any]) -> str:
    q = float(row["q"])
    if q != q:
        return f"This was not tested ({row['note']})."
    tests = f"q {_probability(q)} over {_count(method['family_size'], 'test')}"
    if q < _SURE:
        return (
            "A difference this large would be rare if articles were shuffled between the two sides "
            f"({tests})."
        )
    return (
        f"Shuffling articles between the two sides makes such differences often enough ({tests}) that "
        "this may be luck; it does not show that they are equal either."
    )


def _held(panel: pd.DataFrame) -> str:
    method = panel.attrs["method"]
    entries = panel[panel["check"] == "without entry"].dropna(subset=["ratio"])
    asked = float(panel["ratio"].iloc[0])
    said = f"The direction holds in {method['holds']} of {_count(method['n_variants'], 'variant')}."
    if len(entries) and asked > 0:
        change = (entries["ratio"].astype(float) / asked).clip(lower=1e-9)
        most = int(change.where(change >= 1, 1 / change).to_numpy().argmax())
        variant, ratio = entries["variant"].iloc[most], float(entries["ratio"].iloc[most])
        said += f' Without "{variant}" the ratio is {ratio:.1f}.'
    return said


def _rate(value: float) -> str:
    return "an unknown number of" if value != value else f"{value:.2f}"


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _probability(q: float) -> str:
    return "< .001" if q < 0.001 else f"= {q:.3f}".replace("0.", ".", 1)
