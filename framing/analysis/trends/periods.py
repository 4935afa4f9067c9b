"""Days, weeks, months, quarters and years: where an article stands in time."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_choice
from framing.errors import AnalysisError
from framing.tables import SCORED

UNITS = ("day", "week", "month", "quarter", "year")

Days = NDArray[np.datetime64]
"""Calendar days (``datetime64[D]``); NaT for an article without a date."""

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_SHAPES = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}


def article_days(documents: pd.DataFrame, doc_ids: NDArray[np.str_]) -> Days:
    """Return the day of publication of each article, NaT where it has none or an impossible one.

    Raises
    ------
    AnalysisError
        If not a single article has a date.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a", "b"], "published": ["2017-04-04", "2017-02-30"],
    ...                       "status": "ok", "n_words": 100})
    >>> article_days(table, np.array(["b", "a"])).astype(str).tolist()
    ['NaT', '2017-04-04']
    """
    usable = documents[documents["status"].isin(SCORED) & (documents["n_words"] > 0)]
    usable = usable.drop_duplicates("doc_id")
    at = pd.Index(usable["doc_id"]).get_indexer(pd.Index(doc_ids))
    dates = pd.to_datetime(usable["published"].astype("str"), format="%Y-%m-%d", errors="coerce")
    days: Days = dates.to_numpy(dtype="datetime64[D]")[at]
    if np.isnat(days).all():
        raise AnalysisError(
            "no article has a date", where="documents, column published",
            got=f"{len(days)} articles without a date", allowed="YYYY-MM-DD",
            fix="score the corpus again and name the column with the date",
        )  # fmt: skip
    return days


def period_numbers(days: Days, unit: str) -> NDArray[np.int64]:
    """Return the number of the day, week, month, quarter or year of each day; consecutive ones follow.

    Weeks begin on Monday (ISO 8601). Every day must be known.

    Raises
    ------
    AnalysisError
        If the unit is unknown.

    Examples
    --------
    >>> days = np.array(["2016-12-31", "2017-01-01", "2017-01-02"], dtype="datetime64[D]")
    >>> np.diff(period_numbers(days, "week")).tolist(), np.diff(period_numbers(days, "year")).tolist()
    ([0, 1], [1, 0])
    """
    check_choice("unit", unit, UNITS)
    number = days.astype(np.int64)
    if unit == "day":
        return number
    if unit == "week":
        return np.asarray((number + 3) // 7)  # day 0, 1 January 1970, was a Thursday
    return np.asarray(days.astype("datetime64[M]").astype(np.int64) // _MONTHS[unit])


def first_days(numbers: NDArray[np.int64], unit: str) -> Days:
    """Return the first day of each period that :func:`period_numbers` names.

    Examples
    --------
    >>> days = np.array(["2017-05-17"], dtype="datetime64[D]")
    >>> [str(first_days(period_numbers(days, unit), unit)[0]) for unit in UNITS]
    ['2017-05-17', '2017-05-15', '2017-05-01', '2017-04-01', '2017-01-01']
    """
    if unit == "day":
        return numbers.astype("datetime64[D]")
    if unit == "week":
        return (numbers * 7 - 3).astype("datetime64[D]")
    return (numbers * _MONTHS[unit]).astype("datetime64[M]").astype("datetime64[D]")


def period_names(numbers: NDArray[np.int64], unit: str) -> NDArray[np.str_]:
    """Return how each period is written: 2017-05-17, 2017-W20, 2017-05, 2017-Q2 or 2017.

    Examples
    --------
    >>> days = np.array(["2017-05-17"], dtype="datetime64[D]")
    >>> [str(period_names(period_numbers(days, unit), unit)[0]) for unit in UNITS]
    ['2017-05-17', '2017-W20', '2017-05', '2017-Q2', '2017']
    """
    starts = pd.DatetimeIndex(first_days(numbers, unit).astype("datetime64[s]"))
    if unit == "quarter":
        names = [f"{day.year}-Q{day.quarter}" for day in starts]
    else:
        names = starts.strftime(_SHAPES[unit]).tolist()
    return np.asarray(names, dtype=np.str_)
