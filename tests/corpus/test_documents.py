from __future__ import annotations

import datetime as dt
import re
import time

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from framing.corpus.columns import canonical
from framing.corpus.documents import documents_of, parse_date
from framing.records import Document


def documents(**columns: list[object]) -> list[Document]:
    size = len(next(iter(columns.values())))
    full = {"outlet": ["A"] * size, "text": ["Words."] * size, **columns}
    return documents_of(canonical(pd.DataFrame({n: pd.Series(v, dtype=object) for n, v in full.items()})))


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2016-11-21", "2016-11-21"),
        ("2016-1-2", "2016-01-02"),
        ("2016-11-21T08:00:00Z", "2016-11-21"),
        ("2016-11-21 23:59:59+05:00", "2016-11-21"),
        ("20161121", "2016-11-21"),
        ("  2016-11-21 \n", "2016-11-21"),
        ("21 November 2016", "2016-11-21"),
        ("November 21, 2016", "2016-11-21"),
        ("21 Nov 2016", "2016-11-21"),
        ("Nov 21, 2016", "2016-11-21"),
        ("Mon, 21 Nov 2016", "2016-11-21"),
        ("21.11.2016", "2016-11-21"),
        ("2016/11/21", "2016-11-21"),
        ("2016-02-29", "2016-02-29"),
        ("1605-11-05", "1605-11-05"),
    ],
)
def test_dates_that_are_read(value: str, iso: str) -> None:
    assert parse_date(value) == iso


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "\0", "today", "NaT", "=TODAY()", "2016", "2016-11", "1479686400", "9" * 5000),
        *("2015-02-29", "2016-13-01", "2016-00-10", "2016-11-31", "21 Smarch 2016", "11/21/2016", "00000000"),
        *("0000-01-01", "0001-01-01", "9999-12-31", "99999-01-01", "-2016-11-21"),
        *("2016-11-21x", "2016-11-21-", "2016-11-21\n\n2017", "２０１６-１１-２１x"),
    ],
)
def test_dates_that_are_none(value: str) -> None:
    assert parse_date(value) == ""


@given(st.dates(dt.date(1600, 1, 1), dt.date.today() + dt.timedelta(days=36500)))
def test_every_date_comes_back(day: dt.date) -> None:
    for form in ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%b %d, %Y", "%Y-%m-%dT%H:%M:%S"):
        assert parse_date(day.strftime(form)) == day.isoformat()


@given(st.text())
@example("1 \u00a0 \u2009 2")
def test_any_text_is_a_date_or_none(value: str) -> None:
    assert parse_date(value) == "" or re.fullmatch(r"\d{4}-\d{2}-\d{2}", parse_date(value), re.ASCII)


def test_a_huge_date_takes_no_time() -> None:
    begin = time.process_time()
    for unit in ("1 ", " ", "Nov ", "2016-", "\t1"):
        assert parse_date(unit * 100_000) == ""
    assert time.process_time() - begin < 3


def test_an_impossible_date_is_said_and_the_article_kept() -> None:
    (document,) = documents(published=["2020-02-30"])
    assert (document.status, document.published, document.text) == ("bad_date", "", "Words.")
    assert document.problem == "date '2020-02-30' is not a date; expected YYYY-MM-DD"


def test_a_missing_date_is_no_problem() -> None:
    (document,) = documents(published=[None])
    assert (document.status, document.published, document.problem) == ("ok", "", "")


def test_a_missing_outlet_is_said() -> None:
    found = documents(outlet=["  ", None, "A", float("nan")], published=["x", "", "", ""])
    assert [d.status for d in found] == ["bad_date", "no_outlet", "ok", "no_outlet"]
    assert found[0].problem == "date 'x' is not a date; expected YYYY-MM-DD; no outlet given"
    assert found[1].problem == "no outlet given"


def test_a_taken_id_gets_a_new_one_and_no_other_row_loses_its_own() -> None:
    found = documents(doc_id=["a", "a#2", "a", "b", "a", " b ", "a#3"])
    assert [d.doc_id for d in found] == ["a", "a#2", "a#4", "b", "a#5", "b#2", "a#3"]
    assert [d.status for d in found] == [
        "ok",
        "ok",
        "duplicate_id",
        "ok",
        "duplicate_id",
        "duplicate_id",
        "ok",
    ]
    assert found[2].problem == "doc_id 'a' is taken by an earlier row; this row was not scored"


def test_rows_without_id_are_named_by_their_place() -> None:
    found = documents(doc_id=["", None, "row-4", "  ", "row-1"])
    assert [d.doc_id for d in found] == ["row-2", "row-3", "row-4", "row-5", "row-1"]
    assert {d.status for d in found} == {"ok"}


@given(st.lists(st.sampled_from(["", "a", "a#2", "a#3", "row-1", "row-2", "b", " a"]), max_size=12))
def test_ids_are_unique_and_the_first_owner_keeps_its_own(wanted: list[str]) -> None:
    found = documents(doc_id=list(wanted)) if wanted else []
    ids = [d.doc_id for d in found]
    assert len(set(ids)) == len(ids)
    stripped = [w.strip() for w in wanted]
    for i, (document, own) in enumerate(zip(found, stripped, strict=True)):
        first = own and own not in stripped[:i]
        assert (document.doc_id == own) == bool(first)
        assert (document.status == "duplicate_id") == bool(own and not first)


def test_a_huge_id_is_not_repeated_in_the_message() -> None:
    found = documents(doc_id=["x" * 100_000] * 2)
    assert len(found[1].problem) < 200


def test_lone_surrogates_are_replaced_and_counted() -> None:
    (document,) = documents(
        doc_id=["i\udc80"], outlet=["A\ud800"], title=["T\ud800"], text=["a\ud800b\udfffc 😀"]
    )
    assert (document.doc_id, document.outlet, document.title) == ("i\ufffd", "A\ufffd", "T\ufffd")
    assert (document.text, document.status) == ("a\ufffdb\ufffdc 😀", "ok")
    assert document.problem == "3 lone surrogates (broken encoding) replaced by U+FFFD"


def test_a_row_that_a_reader_marked_stays_marked() -> None:
    found = documents(
        status=["bad_text", "bad_text", ""],
        problem=["line 3: 4 cells", float("nan"), ""],
        published=["x", "", ""],
    )
    assert [d.status for d in found] == ["bad_text", "bad_text", "ok"]
    assert found[0].problem.startswith("line 3: 4 cells; date 'x' is not a date")
    assert found[1].problem == "the reader could not read this row"


@pytest.mark.parametrize(
    "own", ["published", "draft", "empty", "duplicate_id", 3, float("nan"), True, ["bad_text"]]
)
def test_a_column_of_the_corpus_that_is_called_status_means_nothing(own: object) -> None:
    column = pd.Series([None], dtype=object)
    column.iat[0] = own
    frame = pd.DataFrame(
        {"outlet": ["A"], "text": ["Words."], "status": column, "problem": ["a column of the corpus"]}
    )
    (document,) = documents_of(canonical(frame))
    assert (document.status, document.problem) == ("ok", "")
