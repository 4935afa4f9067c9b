"""The demo corpus: articles of fictional outlets about fictional events, written for this project."""

from __future__ import annotations

import pandas as pd

from framing.corpus.columns import canonical
from framing.corpus.read import read_bytes
from framing.resources import demo_articles


def load_demo() -> pd.DataFrame:
    """Return the demo corpus as a table with doc_id, outlet, published, title, text and event.

    Examples
    --------
    >>> demo = load_demo()
    >>> len(demo) >= 60, demo["outlet"].nunique(), "event" in demo.columns
    (True, 5, True)
    """
    return canonical(read_bytes(demo_articles().read_bytes(), "articles.jsonl"), where="the demo corpus")
