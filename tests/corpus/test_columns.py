from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framing.corpus.columns import ALIASES, EXAMPLE, canonical
from framing.errors import InputError

NAMES = ["doc_id", "outlet", "published", "title", "text"]


@pytest.mark.parametrize(
    ("name", "alias"), [(name, alias) for name, all_ in ALIASES.items() for alias in all_]
)
def test_every_alias_is_recognised_in_any_case(name: str, alias: str) -> None:
    other = "headline" if name == "text" else "body"
    for written in (alias, alias.upper(), f" {alias.title()} "):
        table = canonical(pd.DataFrame({written: ["x"], other: ["y"]}))
        assert list(table.columns) == NAMES
        assert table.loc[0, name] == "x"


def test_the_first_alias_wins_and_the_others_are_kept() -> None:
    table = canonical(pd.DataFrame({"content": ["c"], "Body": ["b"], "text": ["t"]}))
    assert table.loc[0].to_dict() == {
        "doc_id": "1", "outlet": "", "published": "", "title": "", "text": "t", "content": "c", "Body": "b",
    }  # fmt: skip


def test_a_mapping_comes_before_the_aliases() -> None:
    frame = pd.DataFrame({"text": ["summary"], "site": ["A"], "words": ["The whole article."]})
    table = canonical(frame, columns={"text": "words", "outlet": "site"})
    assert table.loc[0, ["outlet", "text"]].tolist() == ["A", "The whole article."]
    assert "site" not in table.columns


def test_rows_are_numbered_where_there_is_no_id() -> None:
    table = canonical(pd.DataFrame({"title": ["One", "Two"]}, index=[7, 7]))
    assert table["doc_id"].tolist() == ["1", "2"]
    assert table["text"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("mapping", "parts"),
    [
        ({"text": "nowhere"}, ["x.csv", "text=nowhere", "on the right one of body, site"]),
        ({"words": "body"}, ["words=body", "doc_id, outlet, published, title, text on the left"]),
    ],
)
def test_a_mapping_that_does_not_fit_says_what_is_there(mapping: dict[str, str], parts: list[str]) -> None:
    with pytest.raises(InputError, match="the column mapping does not fit the table") as caught:
        canonical(pd.DataFrame({"body": ["x"], "site": ["y"]}), columns=mapping, where="x.csv")
    assert [part for part in parts if part not in str(caught.value)] == []


def test_a_table_without_text_says_what_it_has_and_needs() -> None:
    with pytest.raises(InputError, match="no column with the text") as caught:
        canonical(pd.DataFrame({"when": ["2020"], "site": ["y"]}), where="x.csv")
    shown = str(caught.value)
    assert all(part in shown for part in ("x.csv", "when, site", "text, body, content", EXAMPLE))


def test_a_table_without_columns_or_of_another_kind_is_refused() -> None:
    with pytest.raises(InputError, match="no column with the text") as caught:
        canonical(pd.DataFrame())
    assert "no columns" in str(caught.value)
    with pytest.raises(InputError, match="a corpus is a pandas DataFrame") as caught:
        canonical(["one article", "another"])  # type: ignore[arg-type]  # what a newcomer tries
    assert "list" in str(caught.value)


def test_a_column_that_stands_twice_is_named() -> None:
    with pytest.raises(InputError, match="names a column twice") as caught:
        canonical(pd.DataFrame([["a", "b", "c"]], columns=["text", "x", "text"]))
    assert "'text'" in str(caught.value)


def test_a_table_without_rows_stays_one() -> None:
    table = canonical(pd.DataFrame(columns=["text", "event"]))
    assert (len(table), list(table.columns)) == (0, [*NAMES, "event"])


@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, pd.NaT])
def test_missing_values_are_empty_texts(missing: object) -> None:
    frame = pd.DataFrame({name: pd.Series([missing], dtype=object) for name in NAMES})
    assert canonical(frame).loc[0].tolist() == [""] * 5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "5"),
        (20161121.0, "20161121"),
        (2.5, "2.5"),
        (True, "True"),
        (np.int64(3), "3"),
        (np.float64(4.0), "4"),
        (np.str_("x"), "x"),
        (float("inf"), "inf"),
        (Decimal("1.50"), "1.50"),
        (dt.date(2016, 11, 21), "2016-11-21"),
        (pd.Timestamp("2016-11-21"), "2016-11-21 00:00:00"),
        (Path("a"), "a"),
    ],
)
def test_single_values_become_what_a_reader_would_write(value: object, text: str) -> None:
    table = canonical(pd.DataFrame({"text": pd.Series([value], dtype=object)}))
    assert table.loc[0, "text"] == text
    assert "status" not in table.columns


@pytest.mark.parametrize(
    "value",
    [["a", "b"], {"a": 1}, b"bytes", ("a",), {"a"}, np.array(["a"]), bytearray(b"a"), pd.Series(["a"])],
)
def test_values_that_are_no_text_mark_the_row(value: object) -> None:
    column = pd.Series([None, "A text."], dtype=object)
    column.iat[0] = value
    table = canonical(pd.DataFrame({"body": column, "title": ["One", "Two"]}))
    assert table["status"].tolist() == ["bad_text", ""]
    assert table["problem"].tolist() == [f"column body holds a {type(value).__name__}, not a text", ""]
    assert table["text"].tolist() == ["", "A text."]


def test_what_cannot_be_written_out_does_not_stop_the_run() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    frame = pd.DataFrame({"text": ["One."], "n": [10**5000]}, dtype=object)
    frame["tags"] = pd.Series([None], dtype=object)
    frame.at[0, "tags"] = deep
    table = canonical(frame)
    assert table.loc[0, ["n", "tags"]].tolist() == ["", ""]
    table = canonical(pd.DataFrame({"text": [10**5000]}, dtype=object))
    assert table.loc[0, ["text", "problem"]].tolist() == ["", "column text holds a int, not a text"]


def test_further_columns_of_one_type_keep_it_and_mixed_ones_become_text(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "text": ["One.", "Two."],
            "event": ["e1", None],
            "year": [2016, 2017],
            "counted": pd.Series([3, None], dtype=object),
            "mixed": pd.Series([1, "n/a"], dtype=object),
            "huge": pd.Series([2**70, 1], dtype=object),
            "tags": pd.Series([["a"], {"b": 1}], dtype=object),
            "complex": [1 + 2j, 0j],
            "when": pd.to_datetime(["2016-01-01", "2017-01-01"], utc=True),
            "kind": pd.Categorical(["x", "y"]),
            "broken": pd.Series(["\ud800", "b"], dtype=object),
            7: [1.5, 2.5],
            ("a", "b"): ["u", "v"],
        }
    )
    table = canonical(frame)
    assert table["year"].tolist() == [2016, 2017]
    assert table["counted"].tolist()[0] == 3
    assert table["7"].tolist() == [1.5, 2.5]
    assert table["mixed"].tolist() == ["1", "n/a"]
    assert table["huge"].tolist() == [str(2**70), "1"]
    assert table["tags"].tolist() == ["['a']", "{'b': 1}"]
    assert table["broken"].tolist() == ["\ufffd", "b"]
    assert table["('a', 'b')"].tolist() == ["u", "v"]
    table.to_parquet(tmp_path / "table.parquet")  # what framing score does with it


def test_lone_surrogates_stay_for_the_reader_of_rows_to_report() -> None:
    frame = pd.DataFrame({"text": pd.Series(["a\ud800", "b"], dtype=object), "x": ["x", "y"]})
    table = canonical(frame.set_axis(pd.Index(["text", "\ud800"], dtype=object), axis=1))
    assert table["text"].tolist() == ["a\ud800", "b"]
    assert table.columns[-1] == "\ufffd"
