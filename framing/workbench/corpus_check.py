"""Entries that find nothing, or too much, in a corpus: ``framing lexicon check --corpus``."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

EVERYWHERE = 0.5
"""Share of the articles from which an entry says more about the language than about an outlet."""
ALWAYS_INSIDE = 5
"""Times inside longer mentions from which an entry without a mention of its own is called shadowed."""


def corpus_notes(stats: pd.DataFrame, n_articles: int) -> Iterator[str]:
    """Yield a line for each entry that a corpus makes doubtful.

    Parameters
    ----------
    stats
        Table of :func:`framing.workbench.stats.entry_stats`.
    n_articles
        Articles of the corpus that were scored.

    Examples
    --------
    >>> stats = pd.DataFrame({"entry_id": ["a", "b", "c"], "n": [0, 9, 0], "n_nested": [0, 0, 7],
    ...                       "n_articles": [0, 8, 0]})
    >>> list(corpus_notes(stats, 10))
    ['b: in 80 % of the articles', 'c: 7 times, always inside a longer entry', '1 entry matches nothing: a']
    """
    columns = (stats[c].tolist() for c in ("entry_id", "n", "n_nested", "n_articles"))
    for entry_id, n, n_nested, spread in zip(*columns, strict=True):
        if n_articles and spread / n_articles > EVERYWHERE:
            yield f"{entry_id}: in {100 * spread / n_articles:.0f} % of the articles"
        if n == 0 and n_nested >= ALWAYS_INSIDE:
            yield f"{entry_id}: {n_nested} times, always inside a longer entry"
    idle = stats.loc[(stats["n"] == 0) & (stats["n_nested"] == 0), "entry_id"].tolist()
    if idle:
        noun = "entry matches" if len(idle) == 1 else "entries match"
        yield f"{len(idle)} {noun} nothing: {', '.join(idle)}"
