"""What each entry of a lexicon does in a corpus: ``framing lexicon stats``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.analysis.concordance import concordance
from framing.lexicon import Lexicon
from framing.pipeline import Result

COLUMNS = (
    "entry_id", "category", "referent", "n", "n_nested", "n_articles", "n_outlets", "dispersion",
    "top_outlet", "top_share", "own_share", "share_of_referent", "example_1", "example_2", "example_3",
)  # fmt: skip


def entry_stats(result: Result, lexicons: Sequence[Lexicon], *, width: int = 50) -> pd.DataFrame:
    """Return one row for each entry of the lexicons, those without a mention too.

    Parameters
    ----------
    result
        A run of these lexicons over the corpus.
    lexicons
        Framing or referent lexicons; cues are left out, for a run does not count them.
    width
        Characters of context on each side of an example.

    Returns
    -------
    DataFrame
        entry_id, category, referent;
        n, n_nested
            Mentions, and times inside a longer mention.
        n_articles, n_outlets
            Articles and outlets with a mention.
        dispersion
            Normalised deviation of proportions over articles, 0 (spread as the words are) to 1 (all
            in one short article); Gries (2008), normalised as Lijffijt and Gries (2012). Missing
            without a mention.
        top_outlet, top_share
            Outlet with most mentions and its share of them, 0 to 1.
        own_share
            Share of the mentions in the outlet's own voice, 0 to 1.
        share_of_referent
            Share of this entry among all mentions that name the same referent, 0 to 1: naming choice.
        example_1, example_2, example_3
            Lines from different articles, evenly spaced over the corpus.
    """
    mentions = result.mentions
    words = result.documents.set_index("doc_id")["n_words"].astype("float64")
    nested = result.counts.groupby("entry_id")["n_nested"].sum()
    by_referent = mentions[mentions["referent"] != ""].groupby("referent").size()
    groups = dict(iter(mentions.groupby("entry_id")))
    lines = _examples(result, width)
    rows = []
    for entry in (e for lexicon in lexicons if lexicon.kind != "cues" for e in lexicon.entries):
        found = groups.get(entry.entry_id, mentions.iloc[:0])
        outlets = found["outlet"].value_counts()
        n = len(found)
        rows.append(
            (
                entry.entry_id,
                entry.category,
                entry.referent,
                n,
                int(nested.get(entry.entry_id, 0)),
                found["doc_id"].nunique(),
                len(outlets),
                _dispersion(found["doc_id"], words),
                str(outlets.index[0]) if n else "",
                float(outlets.iloc[0] / n) if n else np.nan,
                float((found["voice"] == "own").mean()) if n else np.nan,
                n / by_referent[entry.referent] if n and entry.referent else np.nan,
                *[*lines.get(entry.entry_id, []), "", "", ""][:3],
            )
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _dispersion(doc_ids: pd.Series, words: pd.Series) -> float:
    """Return the normalised deviation of proportions of one entry over the articles."""
    total = words.sum()
    if doc_ids.empty or not total:
        return float("nan")
    size = words / total
    share = doc_ids.value_counts(normalize=True)
    expected = size.reindex(share.index)
    # Articles without the entry add their whole size to the sum.
    deviation = 0.5 * (float((share - expected).abs().sum()) + 1 - float(expected.sum()))
    smallest = float(size[size > 0].min())
    return deviation / (1 - smallest) if smallest < 1 else 0.0


def _examples(result: Result, width: int) -> dict[str, list[str]]:
    if result.texts.empty:
        return {}
    lines = concordance(result.mentions, result.texts, result.documents, width=width)
    lines = lines.drop_duplicates(["entry_id", "doc_id"])
    examples = {}
    for entry_id, rows in lines.groupby("entry_id"):
        chosen = np.unique(np.linspace(0, len(rows) - 1, 3).round().astype(int))
        examples[str(entry_id)] = [
            f"{left}[{keyword}]{right} ({outlet}, {doc_id})".strip()
            for left, keyword, right, outlet, doc_id in rows.iloc[chosen][
                ["left", "keyword", "right", "outlet", "doc_id"]
            ].itertuples(index=False, name=None)
        ]
    return examples
