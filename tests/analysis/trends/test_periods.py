from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from framing.analysis.trends.periods import UNITS, article_days, first_days, period_names, period_numbers
from framing.errors import AnalysisError

Make = Callable[..., pd.DataFrame]

DAYS = [date(2015, 12, 20) + timedelta(days=9 * i) for i in range(120)]


@pytest.fixture
def days() -> np.ndarray:
    return np.array(DAYS, dtype="datetime64[D]")


def test_names_are_those_of_the_calendar(days: np.ndarray) -> None:
    expected = {
        "day": [d.isoformat() for d in DAYS],
        "week": ["{}-W{:02}".format(*d.isocalendar()) for d in DAYS],
        "month": [f"{d:%Y-%m}" for d in DAYS],
        "quarter": [f"{d.year}-Q{(d.month + 2) // 3}" for d in DAYS],
        "year": [str(d.year) for d in DAYS],
    }
    for unit in UNITS:
        assert period_names(period_numbers(days, unit), unit).tolist() == expected[unit]


@pytest.mark.parametrize("unit", UNITS)
def test_first_day_lies_in_its_period_and_the_day_before_does_not(unit: str, days: np.ndarray) -> None:
    numbers = period_numbers(days, unit)
    starts = first_days(numbers, unit)
    assert (starts <= days).all()
    assert (period_numbers(starts, unit) == numbers).all()
    assert (period_numbers(starts - 1, unit) == numbers - 1).all()


def test_days_before_1970_are_counted_backwards() -> None:
    old = np.array(["1969-12-29", "1969-12-28", "1899-02-28"], dtype="datetime64[D]")
    assert period_names(period_numbers(old, "week"), "week").tolist() == ["1970-W01", "1969-W52", "1899-W09"]
    assert period_names(period_numbers(old, "quarter"), "quarter").tolist() == [
        "1969-Q4",
        "1969-Q4",
        "1899-Q1",
    ]


def test_unknown_unit_is_named() -> None:
    with pytest.raises(AnalysisError, match="unknown unit"):
        period_numbers(np.array(["2017-01-01"], dtype="datetime64[D]"), "decade")


def test_articles_without_a_possible_date_have_none(documents: Make) -> None:
    table = documents(
        {"doc_id": "a", "outlet": "A", "published": "2017-02-28"},
        {"doc_id": "b", "outlet": "A", "published": ""},
        {"doc_id": "c", "outlet": "A", "published": "2017-02-30", "status": "bad_date"},
    )
    found = article_days(table, np.array(["c", "a", "b"]))
    assert found.astype(str).tolist() == ["NaT", "2017-02-28", "NaT"]
    with pytest.raises(AnalysisError, match="no article has a date"):
        article_days(table, np.array(["c", "b"]))
