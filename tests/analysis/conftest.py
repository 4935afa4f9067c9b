"""Builders of small documents and counts tables for the statistics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.tables import build

Tables = tuple[pd.DataFrame, pd.DataFrame]


def document(doc_id: str, outlet: str, own: int = 500, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "doc_id": doc_id, "outlet": outlet, "published": "2017-04-04", "title": "", "n_words_own": own,
        "n_words_quoted": 0, "n_words_reported": 0, "n_words_unknown": 0, "n_words_removed": 0,
        "n_mentions": 0, "duplicate_of": "", "status": "ok", "message": "",
    }  # fmt: skip
    row |= more
    row.setdefault("n_words", own + row["n_words_quoted"] + row["n_words_reported"])
    return row


@pytest.fixture(scope="session")
def documents() -> Callable[..., pd.DataFrame]:
    """Turn keywords of ``document``, one dict an article, into a documents table."""

    def make(*rows: dict[str, Any]) -> pd.DataFrame:
        empty = build("documents", [])
        return pd.DataFrame([document(**row) for row in rows])[list(empty.columns)].astype(empty.dtypes)

    return make


@pytest.fixture(scope="session")
def mentions() -> Callable[..., pd.DataFrame]:
    """Build a counts table from (doc_id, entry_id, category, voice, n, n_nested), all with one answer."""

    def make(*rows: tuple[str, str, str, str, int, int], loaded: str = "yes") -> pd.DataFrame:
        return build("counts", [(d, e, c, "", v, loaded, n, nested) for d, e, c, v, n, nested in rows])

    return make


@pytest.fixture(scope="session")
def corpus() -> Callable[..., Tables]:
    """Build tables from per-article groups, words and counts of the features ``f0``, ``f1``, ..."""

    def make(groups: Sequence[str], words: Sequence[float], counts: Sequence[Sequence[int]]) -> Tables:
        ids = [f"d{i:05}" for i in range(len(groups))]
        table = np.asarray(counts).reshape(len(ids), -1)
        rows = [document(i, str(g), int(w)) for i, g, w in zip(ids, groups, words, strict=True)]
        found = [
            (ids[a], f"entry-{f}", f"f{f}", "", "own", "yes", int(table[a, f]), 0)
            for a, f in zip(*np.nonzero(table), strict=True)
        ]
        empty = build("documents", [])
        return pd.DataFrame(rows)[list(empty.columns)].astype(empty.dtypes), build("counts", found)

    return make


def simulate(
    rng: np.random.Generator, articles: int, *, rate: float, dispersion: float, features: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """Draw article lengths, and counts whose variance is ``dispersion`` times their mean."""
    words = np.round(np.exp(rng.normal(6, 0.6, articles))) + 50
    mean = np.repeat(rate * words[:, None] / 1000, features, axis=1)
    if dispersion > 1:
        mean = rng.gamma(mean / (dispersion - 1), dispersion - 1)
    return words, rng.poisson(mean).astype(np.int32)


@pytest.fixture(scope="session")
def simulated() -> Callable[..., tuple[np.ndarray, np.ndarray]]:
    """Return ``simulate``: seeded article lengths and over-dispersed counts."""
    return simulate
