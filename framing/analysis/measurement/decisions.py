"""How many of the mentions with one answer of the engine truly carry it: from readings never trained on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.errors import AnalysisError
from framing.resources import model_file
from framing.tables import VOICES

COLUMNS = ("document", "category", "weight", "said_voice", "said_loaded", "voice", "loaded")

ANSWERS = ("yes", "unsure", "no")

POOLED = 20.0
"""Mentions that all frames together are worth, next to those of one frame."""

PRIOR = 2.0
"""Mentions that all answers together are worth, next to those with one answer."""


class Cell(NamedTuple):
    """What the engine says of a mention: voice and whether it is loaded."""

    voice: str
    loaded: str


@lru_cache(maxsize=1)
def shipped_decisions() -> pd.DataFrame:
    """Return the readings that ship: a row a mention, with what the engine and the readers say of it."""
    return checked(pd.read_csv(str(model_file("decisions.csv")), keep_default_na=False))


def checked(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of decisions with the columns that the correction needs.

    Raises
    ------
    AnalysisError
        If a column is missing or the table has no row.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing or table.empty:
        raise AnalysisError(
            "these are no decisions to correct with", where="option decisions",
            got=f"without {', '.join(missing)}" if missing else "no rows", allowed=", ".join(COLUMNS),
            fix="a row a mention: what the engine says and what a reader says of it",
        )  # fmt: skip
    allowed: dict[str, tuple[str, ...]] = {
        "said_voice": VOICES, "voice": VOICES, "said_loaded": ANSWERS, "loaded": ("yes", "no"),
    }  # fmt: skip
    for name, values in allowed.items():
        wrong = sorted({str(value) for value in table[name]} - set(values))
        if wrong:
            raise AnalysisError(
                "a decision has an unknown value", where=f"option decisions, column {name}",
                got=", ".join(wrong[:5]), allowed=", ".join(values), fix="write the values as listed",
            )  # fmt: skip
    weight = pd.to_numeric(table["weight"], errors="coerce")
    if not bool(((weight > 0) & np.isfinite(weight)).all()):
        raise AnalysisError(
            "a decision has no weight", where="option decisions, column weight",
            got=", ".join(map(str, table.loc[~(weight > 0), "weight"].head(3))), allowed="numbers above 0",
            fix="write 1 for every row if the mentions were drawn at random",
        )  # fmt: skip
    return table


def true_shares(
    table: pd.DataFrame,
    cells: Sequence[Cell],
    categories: Sequence[str],
    *,
    voices: Sequence[str],
    loaded: bool,
    draws: int,
    seed: int,
) -> NDArray[np.float64]:
    """Return the share of mentions in each cell that truly have the voice (and are loaded).

    Parameters
    ----------
    table
        Decisions (:func:`shipped_decisions`).
    cells
        Answers of the engine.
    categories
        Frames; an unknown one gets the share over all frames.
    voices, loaded
        What a mention must truly be: said in one of these voices, and loaded if ``loaded``.
    draws
        Bootstrap draws of whole documents; the first element of the result is no draw but the estimate.
    seed
        Seed of the draws.

    Returns
    -------
    numpy.ndarray
        Draws + 1 x cells x categories, 0 to 1.

    Notes
    -----
    Few readings of one frame say little, so the share of a frame is drawn towards that of its cell
    over all frames, and that a little towards the share of all mentions.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "document": range(40), "category": "frame", "weight": 1.0, "said_voice": "own",
    ...     "said_loaded": "yes", "voice": ["own"] * 30 + ["direct"] * 10, "loaded": "yes"})
    >>> shares = true_shares(table, [Cell("own", "yes")], ["frame"], voices=["own"], loaded=True,
    ...                      draws=99, seed=0)
    >>> shares.shape, float(shares[0, 0, 0])
    ((100, 1, 1), 0.75)
    """
    true = table["voice"].isin(list(voices)).to_numpy(dtype=bool)
    if loaded:
        true = true & (table["loaded"] == "yes").to_numpy(dtype=bool)
    weight = table["weight"].to_numpy(dtype=np.float64)
    at = {cell: number for number, cell in enumerate(cells)}
    pairs = zip(table["said_voice"], table["said_loaded"], strict=True)
    cell = np.array([at.get(Cell(*pair), -1) for pair in pairs])
    frame = pd.Index(list(categories)).get_indexer(pd.Index(table["category"]))
    document, documents = pd.factorize(table["document"])
    drawn = np.vstack([np.ones(len(documents)), _bootstrap(len(documents), draws, seed)])
    times = drawn[:, document] * weight
    shape = (len(drawn), len(cells), len(categories))
    hits, size = np.zeros(shape), np.zeros(shape)
    whole_hits, whole_size = np.zeros(shape[:2]), np.zeros(shape[:2])
    for number in range(len(cells)):
        here = cell == number
        whole_hits[:, number] = times[:, here & true].sum(axis=1)
        whole_size[:, number] = times[:, here].sum(axis=1)
        for column in range(len(categories)):
            inside = here & (frame == column)
            hits[:, number, column] = times[:, inside & true].sum(axis=1)
            size[:, number, column] = times[:, inside].sum(axis=1)
    overall = (times @ true) / times.sum(axis=1)
    pooled = (whole_hits + PRIOR * overall[:, None]) / (whole_size + PRIOR)
    return np.asarray((hits + POOLED * pooled[:, :, None]) / (size + POOLED))


def _bootstrap(documents: int, draws: int, seed: int) -> NDArray[np.float64]:
    """Return how often each document is drawn, draws x documents."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(documents, np.full(documents, 1 / max(documents, 1)), size=draws).astype(
        np.float64
    )
