"""A corpus in which outlets name one government in two or three ways."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.tables import build

NAMES = (("government", "neutral"), ("regime", "hostile"), ("rulers", "hostile"))


def naming_tables(
    groups: Sequence[str],
    counts: object,
    *,
    voice: str = "own",
    referent: str = "syria",
    months: Sequence[int] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build tables from the group of each article and its references by each of ``NAMES``."""
    table = np.asarray(counts).reshape(len(groups), -1)
    ids = [f"d{i:05}" for i in range(len(table))]
    dates = [f"2017-{month:02}-01" for month in months or [4] * len(ids)]
    documents = build("documents", [
        (i, str(g), day, "", 700, 500, 100, 100, 0, 0, 0, "", "ok", "")
        for i, g, day in zip(ids, groups, dates, strict=True)
    ])  # fmt: skip
    rows = [
        (ids[article], *NAMES[name], referent, voice, "", int(table[article, name]), 0)
        for article, name in zip(*np.nonzero(table), strict=True)
    ]
    return documents, build("counts", rows)


def choices(
    rng: np.random.Generator, share: np.ndarray, references: np.ndarray, likeness: float
) -> np.ndarray:
    """Draw how often each article uses a name, references of one article being alike."""
    if likeness > 0:
        share = rng.beta(share * (1 / likeness - 1), (1 - share) * (1 / likeness - 1))
    return rng.binomial(references, share)
