"""Rates corrected for the errors of lexicon, voice and classifier, with the uncertainty of the correction.

The engine errs: some mentions it gives to the outlet are a source's, some it calls loaded are not. How
often is known from readings that the models never saw. The correction replaces each mention by the
share of mentions with that answer that truly count, and carries on how well this share is known.
"""

from __future__ import annotations

from itertools import product
from typing import Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from framing.analysis.choices import check_at_least, check_share
from framing.analysis.features import ANY, Features, count_features
from framing.analysis.intervals import pooled_dispersion, rate_intervals
from framing.analysis.measurement.decisions import ANSWERS, Cell, checked, shipped_decisions, true_shares
from framing.analysis.rates import rate_table
from framing.analysis.selection import VOICE_CHOICES
from framing.analysis.units import ArticleMatrix, Choice, article_matrix, refuse_strata, rows_of
from framing.errors import AnalysisError
from framing.tables import VOICES

COLUMNS = (
    "group", "feature", "n_articles", "n_mentions", "rate", "low", "high", "corrected", "corrected_low",
    "corrected_high", "factor", "note",
)  # fmt: skip

METHOD = (
    "each mention counts as the share of readings with the same answer that truly count (by frame, "
    "drawn towards all frames); limits join the article-clustered ones with a bootstrap of the readings"
)

NOT_CORRECTED = (
    "terms that no lexicon holds; the number of words of a voice; errors, and shares of true mentions "
    "among those with one answer, that differ between outlets"
)

_FEWEST_DRAWS = 50


def corrected_rates(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    decisions: pd.DataFrame | None = None,
    draws: int = 400,
    seed: int = 0,
    confidence: float = 0.95,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Return rates as counted and as corrected for measurement error.

    Parameters
    ----------
    documents, counts, choice
        What is counted and in which articles; see :func:`framing.analysis.units.article_matrix`.
        With ``measure="mentions"`` a mention counts if its voice is truly the one asked for, with
        ``measure="loaded"`` if it is truly loaded as well. ``level`` must be ``category``.
    decisions
        Readings of your own beside what the engine said of the same mentions
        (columns of :data:`framing.analysis.measurement.decisions.COLUMNS`); by default the ones that
        ship. With readings from your own corpus the correction holds for it; the shipped ones come from
        English-language news on politics and war.
    draws, seed
        Bootstrap draws of the readings, and their seed.
    confidence
        Confidence level of the limits, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row a group and feature:

        n_articles, n_mentions, rate, low, high
            As counted (:func:`framing.analysis.rates.rates`).
        corrected, corrected_low, corrected_high
            Mentions per 1,000 words that truly count, estimated, with limits that hold the spread
            between articles and the uncertainty of the correction.
        factor
            Corrected rate over counted rate. Below 1: more mentions were counted by mistake than
            were missed.
        note
            What a reader must know: nothing was counted, so that the corrected rate rests on mentions
            that the engine gave to other voices; entries, which have the share over all frames.

        ``attrs["method"]`` names the readings and what is not corrected: terms that no lexicon holds,
        errors in the number of words of a voice, and errors that differ between outlets.

    Raises
    ------
    AnalysisError
        If an option is unknown, ``level`` is not ``category``, or ``decisions`` lacks columns.

    Notes
    -----
    The correction uses predictive values: the share of mentions with one answer that truly count. It
    assumes that this share is the same in every outlet. Where outlets differ in how much of what looks
    like their own voice is own, the corrected rates lie closer together than the true ones; readings of
    your own articles (``decisions``) mend that. The limits of both sources are joined by squares on the
    scale of logarithms (Zou and Donner 2008).

    References
    ----------
    Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a
    general approach. Statistics in Medicine 27, 1693-1702.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (f"{i:02}", "AB"[i // 10], "2017-04-04", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in range(20)])
    >>> counts = build("counts", [
    ...     (f"{i:02}", "regime", "delegitimation", "", "own", "yes", 1 + i % 2, 0) for i in range(20)])
    >>> table = corrected_rates(documents, counts, category="delegitimation")
    >>> table.attrs["method"]["n_readings"] > 1000
    True
    """
    check_at_least("draws", draws, _FEWEST_DRAWS)
    check_at_least("seed", seed, 0)
    check_share("confidence", confidence)
    if choice.get("level", "category") != "category":
        raise AnalysisError(
            "single entries cannot be corrected", where="option level", got=repr(choice.get("level")),
            allowed="category", fix="correct frames: too few mentions of one entry were read",
        )  # fmt: skip
    refuse_strata(choice, "leave it out: a rate is corrected in all articles of a group")
    read = shipped_decisions() if decisions is None else checked(decisions)
    if len(counts) and (counts["loaded"] == "").any():
        raise AnalysisError(
            "a correction needs the classifier", where="counts, column loaded", got="rows without an answer",
            allowed=", ".join(ANSWERS), fix="score with a classifier",
        )  # fmt: skip
    matrix = article_matrix(documents, counts, **choice)
    voice, loaded = choice.get("voice", "own"), choice.get("measure", "mentions") == "loaded"
    cells = [Cell(*pair) for pair in product(VOICES, ANSWERS)]
    found = [_counted(matrix, counts, cell, choice) for cell in cells]
    shares = true_shares(
        read, cells, found[0].names, voices=VOICE_CHOICES[voice], loaded=loaded, draws=draws, seed=seed
    )
    table = rate_table(matrix, confidence=confidence)
    corrected = _corrected(matrix, found, shares, confidence)
    table = table.merge(corrected, how="left", on=["group", "feature"])
    rate = table["rate"].to_numpy(dtype=np.float64)
    missed = (table["n_mentions"] == 0) & (table["corrected"] > 0)
    table["note"] = table["note"].where(~missed, "none counted: estimated from mentions in other voices")
    if choice.get("entries") is not None:
        every = "corrected by the share over all frames"
        table["note"] = [f"{note}; {every}" if note else every for note in table["note"]]
    table["factor"] = np.divide(
        table["corrected"].to_numpy(dtype=np.float64), rate, out=np.full(len(table), np.nan), where=rate > 0
    )
    table = table[list(COLUMNS)]
    table.attrs["method"] = {
        "correction": METHOD,
        "n_readings": len(read),
        "n_documents_read": int(read["document"].nunique()),
        "readings": "shipped" if decisions is None else "your own",
        "not_corrected": NOT_CORRECTED,
        "draws": draws,
        "seed": seed,
        "confidence": confidence,
        "n_articles": len(matrix),
        "filter": matrix.filter,
    }
    return table


def _counted(matrix: ArticleMatrix, counts: pd.DataFrame, cell: Cell, choice: Choice) -> Features:
    """Count the mentions with one answer of the engine in the articles of the matrix, by frame."""
    category = choice.get("category")
    found = count_features(
        counts, matrix.doc_ids.tolist(), voices=[cell.voice], level="category", entries=choice.get("entries"),
        category=None if category == ANY else category, allow_unmatched=True, answers=[cell.loaded],
    )  # fmt: skip
    kept = [number for number, name in enumerate(found.names) if name != ANY]
    return Features(tuple(found.names[i] for i in kept), found.counts[:, kept], found.twice)


def _corrected(
    matrix: ArticleMatrix, found: list[Features], shares: NDArray[np.float64], confidence: float
) -> pd.DataFrame:
    """Return the corrected rates with their limits, a row a group and feature."""
    names = found[0].names
    soft = np.zeros((len(matrix), len(names)))
    for number, part in enumerate(found):
        soft += part.counts * shares[0, number]
    # Frames one by one, then their sum; only what the matrix has is kept.
    columns = [*names, ANY] if ANY in matrix.features else list(names)
    sums = (
        np.eye(len(names))
        if len(columns) == len(names)
        else np.vstack([np.eye(len(names)), np.ones(len(names))])
    )
    soft = soft @ sums.T
    shared = pooled_dispersion(soft, matrix.words, matrix.groups)
    z = norm.ppf(0.5 + confidence / 2)
    parts = []
    for group, rows in rows_of(matrix.groups).items():
        limits = rate_intervals(soft[rows], matrix.words[rows], level=confidence, dispersion=shared)
        counted = np.array([part.counts[rows].sum(axis=0) for part in found], dtype=np.float64)
        draws = np.einsum("cf,bcf->bf", counted, shares) @ sums.T
        known = draws[0] > 0
        spread = np.log(np.where(draws > 0, draws, 1.0)).std(axis=0, ddof=1) * z
        rate = np.where(known, limits.rate, 1.0)
        low, high = (np.where(known & (x > 0), x, rate) for x in (limits.low, limits.high))
        parts.append(
            pd.DataFrame(
                {
                    "group": group,
                    "feature": columns,
                    "corrected": limits.rate,
                    "corrected_low": np.where(
                        known, rate * np.exp(-np.hypot(np.log(rate / low), spread)), 0.0
                    ),
                    "corrected_high": np.where(
                        known, rate * np.exp(np.hypot(np.log(high / rate), spread)), limits.high
                    ),
                }
            )
        )
    table = pd.concat(parts, ignore_index=True)
    return table[table["feature"].isin(matrix.features)]
