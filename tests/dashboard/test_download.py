"""A spreadsheet must show the texts of a download, not run them."""

from __future__ import annotations

import csv
import io

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from framing.dashboard.download import csv_bytes, escape_formulas

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=5))
def test_no_text_cell_starts_a_formula_and_every_text_comes_back(texts: list[str]) -> None:
    table = escape_formulas(pd.DataFrame({"text": pd.Series(texts, dtype="str")}))
    for before, after in zip(texts, table["text"], strict=True):
        assert not after.startswith(STARTS)
        assert after in (before, f"'{before}")
        assert (after == before) is (not before.startswith((*STARTS, "＝", "＋", "－", "＠")))


def test_numbers_and_flags_stay() -> None:
    table = pd.DataFrame({"difference": [-1.5], "n": [-2], "negated": [True], "p": [float("nan")]})
    header, row = read(csv_bytes(table))
    assert header == ["difference", "n", "negated", "p"]
    assert row == ["-1.5", "-2", "True", ""]


def test_column_names_of_a_corpus_are_escaped_too() -> None:
    table = pd.DataFrame({"=HYPERLINK(1)": ["@SUM(1)"], "plain": [None]})
    assert read(csv_bytes(table)) == [["'=HYPERLINK(1)", "plain"], ["'@SUM(1)", ""]]


def test_the_table_itself_is_not_changed() -> None:
    table = pd.DataFrame({"a": ["=1"]})
    csv_bytes(table)
    assert table["a"].tolist() == ["=1"]


def test_two_columns_of_one_name_are_both_escaped() -> None:
    table = pd.DataFrame([["=1", "=2"]], columns=["a", "a"])
    assert read(csv_bytes(table))[1] == ["'=1", "'=2"]
