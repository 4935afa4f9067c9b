"""Covariates of articles as the columns of a regression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.interpolate import BSpline

from framing.analysis.choices import check_choice
from framing.analysis.selection import as_text
from framing.analysis.units import ArticleMatrix
from framing.errors import AnalysisError

FEW = 5
"""Levels with fewer articles are taken together."""

KNOTS = (0.25, 0.5, 0.75)
"""Quantiles of the dates at which the curve over time may bend."""

_MOST = 50  # columns of one covariate: more is an identifier, not a topic


class Design(NamedTuple):
    """Columns of the covariates for the articles that have all of them, and their clusters."""

    columns: NDArray[np.float64]
    names: tuple[str, ...]
    clusters: NDArray[np.intp]
    known: NDArray[np.bool_]


def design_of(
    documents: pd.DataFrame, matrix: ArticleMatrix, covariates: Sequence[str], cluster: str | None
) -> Design:
    """Return the design of the articles of a matrix.

    ``known`` has a value for each article of the matrix; ``columns`` and ``clusters`` only those that
    are known. Columns have mean 0 and standard deviation 1.

    Raises
    ------
    AnalysisError
        If a covariate or the cluster is no column, has too many levels, or no article has them all.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": list("abcdefghij"), "topic": ["war"] * 5 + ["sport"] * 5})
    >>> matrix = ArticleMatrix(np.array(["A", "B"] * 5), np.array(list("abcdefghij")), np.full(10, 500.0),
    ...                        np.zeros((10, 1), dtype=np.int32), ("f",), {})
    >>> design = design_of(documents, matrix, ["topic"], None)
    >>> design.names, design.columns.ravel().tolist()[:2]
    (('topic: war',), [1.0, 1.0])
    """
    rows = documents.drop_duplicates("doc_id").set_index("doc_id").loc[matrix.doc_ids.tolist()]
    options = ["date", "length", *(str(c) for c in documents.columns)]
    known = np.ones(len(matrix), dtype=bool)
    parts: list[tuple[str, pd.Series | NDArray[np.float64]]] = []
    for name in covariates:
        check_choice("covariates", name, options)
        if name == "length" and name not in documents.columns:
            parts.append((name, np.log(matrix.words)))
        elif name == "date" and name not in documents.columns:
            dates = pd.to_datetime(rows["published"], format="%Y-%m-%d", errors="coerce")
            known &= dates.notna().to_numpy(dtype=bool)
            parts.append((name, dates))
        else:
            values = rows[name].convert_dtypes()
            known &= (as_text(values) != "").to_numpy(dtype=bool)
            parts.append((name, values))
    clusters = np.arange(len(matrix), dtype=np.intp)
    if cluster is not None:
        check_choice("cluster", cluster, [str(c) for c in documents.columns])
        named = as_text(rows[cluster])
        # An article without a value belongs with no other.
        alone = pd.Series(matrix.doc_ids, index=rows.index).radd("\x00")
        clusters = pd.factorize(named.where(named != "", alone))[0].astype(np.intp)
    if not known.any():
        raise AnalysisError(
            "no article has all covariates", where="option covariates", got=", ".join(covariates),
            allowed="columns with values", fix="leave out the covariate that is missing",
        )  # fmt: skip
    columns, names = [], []
    for name, values in parts:
        found = _columns(name, values[known])
        columns += [column for _, column in found]
        names += [label for label, _ in found]
    table = np.column_stack(columns) if columns else np.zeros((int(known.sum()), 0))
    return Design(table, tuple(names), clusters[known], known)


def _columns(name: str, values: pd.Series | NDArray[np.float64]) -> list[tuple[str, NDArray[np.float64]]]:
    if isinstance(values, np.ndarray):
        return [(name, column) for column in _scaled(values[:, None])]
    if pd.api.types.is_datetime64_any_dtype(values):
        days = (values - values.min()).dt.days.to_numpy(dtype=np.float64)
        return [(f"{name} {i + 1}", column) for i, column in enumerate(_scaled(_curve(days)))]
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return [(name, column) for column in _scaled(values.to_numpy(dtype=np.float64)[:, None])]
    text = values.astype("str").str.strip()
    size = text.value_counts()
    levels = sorted(size[size >= FEW].index)
    if len(levels) > _MOST:
        raise AnalysisError(
            "a covariate has too many values", where=f"documents, column {name}", got=f"{len(levels)} values",
            allowed=f"{_MOST} values with {FEW} or more articles",
            fix="compare inside them (within), or group the values",
        )  # fmt: skip
    # The first level (or what is rare) is what the others are compared with.
    chosen = levels if len(levels) < len(size) else levels[1:]
    return [
        (f"{name}: {level}", column)
        for level in chosen
        for column in _scaled((text == level).to_numpy(dtype=np.float64)[:, None])
    ]


def _curve(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a cubic spline of the dates without its first column; a line if there are few dates."""
    dates = np.unique(days)
    if len(dates) < 2 * (len(KNOTS) + 4):
        return days[:, None]
    inner = np.unique(np.quantile(days, KNOTS))
    inner = inner[(inner > dates[0]) & (inner < dates[-1])]
    knots = np.concatenate([np.full(4, dates[0]), inner, np.full(4, dates[-1])])
    return np.asarray(BSpline.design_matrix(days, knots, 3).toarray()[:, 1:], dtype=np.float64)


def _scaled(columns: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    spread = columns.std(axis=0)
    return [
        (columns[:, i] - columns[:, i].mean()) / spread[i] for i in range(columns.shape[1]) if spread[i] > 0
    ]
