"""LIWC-22 .dicx tables."""

from __future__ import annotations

import pytest

from framing.errors import LexiconError
from framing.lexicon.exchange.dicx import parse_dicx


def test_marks_weights_and_empty_columns() -> None:
    dictionary, unfit = parse_dicx('DicTerm,care,harm,,\nkill*,,X\n"so, well",x,0.5\n\n', "x.dicx")
    assert [tuple(t) for t in dictionary.terms] == [
        ("kill*", "harm", 1.0),
        ("so, well", "care", 1.0),
        ("so, well", "harm", 0.5),
    ]
    assert unfit == []


def test_everything_odd_is_listed() -> None:
    _, unfit = parse_dicx("DicTerm,care\n,X\nlone,\nodd,maybe\nfar,X,X\ninf,inf\n", "x.dicx")
    assert [str(u) for u in unfit] == [
        "x.dicx:2: ,X: no term in the first column",
        "x.dicx:3: lone: it is in no category",
        "x.dicx:4: odd in care: neither X nor a number: 'maybe'",
        "x.dicx:5: far: a mark stands beyond the last category",
        "x.dicx:6: inf in care: neither X nor a number: 'inf'",
    ]


@pytest.mark.parametrize("text", ["", "Word,care\nx,X\n", "DicTerm\nx\n"])
def test_another_table_is_refused(text: str) -> None:
    with pytest.raises(LexiconError, match="not a LIWC-22 dictionary"):
        parse_dicx(text, "x.dicx")


def test_two_categories_of_one_name_are_refused() -> None:
    with pytest.raises(LexiconError, match="or two have the same"):
        parse_dicx("DicTerm,a,a\nx,X,\n", "x.dicx")
