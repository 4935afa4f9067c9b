from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.delimited import read_csv
from framing.errors import InputError


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_read_from_the_header(delimiter: str, end: str) -> None:
    rows = [["doc_id", "outlet", "text"], ["a", "A", "One; two, three | four."], ["b", "B", 'He said "no".']]
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=end).writerows(rows)
    table = read_csv(written.getvalue(), "x.csv")
    assert list(table.columns) == rows[0]
    assert table.to_numpy().tolist() == rows[1:]


CELLS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(',;"\n\r\t| '), max_size=20)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
def test_whatever_a_csv_writer_writes_comes_back(rows: list[tuple[str, str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([("title", "text"), *rows])
    table = read_csv(written.getvalue(), "x.csv")
    assert [tuple(row) for row in table.to_numpy().tolist()] == rows


def test_quoted_cells_may_hold_newlines_marks_and_delimiters() -> None:
    table = read_csv('title,text\nA,"First line.\n\nSecond ""line"", he said.\r\nThird."\nB,Two.\n', "x.csv")
    assert table["text"].tolist() == ['First line.\n\nSecond "line", he said.\r\nThird.', "Two."]


def test_rows_with_too_few_or_too_many_cells_stay_and_say_their_line() -> None:
    text = 'doc_id,outlet,text\na,A,"One\nand two."\nb,B\nc,C,Three, four.\n\n , ,\nd,D,Five.\n'
    table = read_csv(text, "x.csv")
    assert table["doc_id"].tolist() == ["a", "b", "c", " ", "d"]
    assert table["status"].tolist() == ["", "bad_text", "bad_text", "", ""]
    assert table["problem"].tolist()[1:3] == [
        "line 4: 2 cells, the header has 3",
        "line 5: 4 cells, the header has 3",
    ]
    assert table["text"].tolist() == ["One\nand two.", "", "Three", "", "Five."]


def test_a_mark_that_never_closes_is_said_and_does_not_hide_the_rest() -> None:
    table = read_csv('doc_id,text\na,One.\nb,"Two.\nc,Three.\nd,Four.\n', "x.csv")
    assert table["doc_id"].tolist() == ["a", "b"]
    assert table["problem"].tolist() == ["", "line 3: a quotation mark opens and never closes"]
    assert "Four." in table.loc[1, "text"]


@pytest.mark.parametrize(
    "end", ['d,"Four."', 'd,"Fo""ur."\n', 'd,Fo"ur.\n', 'd,"Four." he said', 'd,"Four."\r\n']
)
def test_a_last_row_that_closes_its_marks_is_no_problem(end: str) -> None:
    assert "problem" not in read_csv("doc_id,text\na,One.\n" + end, "x.csv")


def test_the_status_column_of_a_corpus_survives_beside_a_broken_row() -> None:
    table = read_csv("text,status\nOne.,published\nTwo.,draft,3\n", "x.csv")
    assert table["status"].tolist() == ["published", "bad_text"]
    assert table["problem"].tolist() == ["", "line 3: 3 cells, the header has 2"]


@pytest.mark.parametrize(("text", "named"), [("text,id,text\na,b,c\n", "'text'"), ("text,,\na,b,c\n", "''")])
def test_a_header_that_names_a_column_twice_is_refused(text: str, named: str) -> None:
    with pytest.raises(InputError, match="the header names a column twice") as caught:
        read_csv(text, "x.csv")
    assert f"got:     {named}" in str(caught.value)
    assert "x.csv:1" in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="the file is empty") as caught:
        read_csv(text, "x.csv")
    assert "x.csv" in str(caught.value)


def test_a_header_alone_is_a_corpus_without_articles() -> None:
    assert len(read_csv("doc_id,text\n", "x.csv")) == 0


def test_blank_lines_before_the_header_and_blanks_in_it_do_not_matter() -> None:
    assert list(read_csv("\n\r\n doc_id , text \na,One.\n", "x.csv").columns) == ["doc_id", "text"]


def test_cells_larger_than_the_limit_of_the_module_are_read_and_the_limit_stays() -> None:
    limit = csv.field_size_limit()
    table = read_csv("text\n" + "x" * (limit + 10) + "\n", "x.csv")
    assert len(table.loc[0, "text"]) == limit + 10
    assert csv.field_size_limit() == limit


def test_zero_characters_stay_in_the_text() -> None:
    assert read_csv("text\na\0b\n", "x.csv").loc[0, "text"] == "a\0b"
