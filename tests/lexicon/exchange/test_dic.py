"""LIWC .dic as it is found in the wild."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.errors import LexiconError
from framing.lexicon.exchange import Dictionary, Term, read_dictionary
from framing.lexicon.exchange.dic import dump_dic, parse_dic

HEAD = "%\n1\tfunct\n125\tcause\n131 tentat\n464\tnetspeak\n%\n"


def terms(body: str) -> list[tuple[str, str, float]]:
    return [(t.pattern, t.category, t.weight) for t in parse_dic(HEAD + body, "x.dic")[0].terms]


def unfit(body: str) -> list[str]:
    return [f"{u.what}: {u.why}" for u in parse_dic(HEAD + body, "x.dic")[1]]


def test_tabs_blanks_blank_lines_and_line_ends() -> None:
    body = "\n  abandon*\t1  125\r\n\r\nso what   1\t\nc'mon\t464\n"
    assert terms(body) == [
        ("abandon*", "funct", 1.0),
        ("abandon*", "cause", 1.0),
        ("so what", "funct", 1.0),
        ("c'mon", "netspeak", 1.0),
    ]
    assert unfit(body) == []


def test_a_following_word_makes_a_phrase_and_its_else() -> None:
    assert terms("kind\t<of>131/464\t1\n") == [
        ("kind of", "tentat", 1.0),
        ("kind", "netspeak", 1.0),
        ("kind", "funct", 1.0),
    ]


def test_a_preceding_category_is_listed_and_its_else_kept() -> None:
    body = "like\t(1 131)125/464\t1\n"
    assert terms(body) == [("like", "netspeak", 1.0), ("like", "funct", 1.0)]
    assert unfit(body) == ["like in cause: only after a word of category 1 131"]


def test_weights_and_comments() -> None:
    assert terms("good\t1:0.75 125:-2\t(a comment)\n") == [("good", "funct", 0.75), ("good", "cause", -2.0)]


def test_what_cannot_be_read_is_listed_with_its_line() -> None:
    _, found = parse_dic(HEAD + "lost\nbad\t99\n", "x.dic")
    assert [str(u) for u in found] == [
        "x.dic:7: lost: no category number stands behind the term",
        "x.dic:8: bad in 99: the header has no such category",
    ]


def test_a_header_line_that_is_none_is_listed() -> None:
    dictionary, found = parse_dic("%\n1 a\nb\n1 c\n%\nx 1\n", "x.dic")
    assert dictionary.categories == ("a",)
    assert [u.why for u in found] == ["not a number and a category", "its number is taken"]


def test_a_file_without_a_header_is_refused() -> None:
    with pytest.raises(LexiconError, match="not a LIWC dictionary"):
        parse_dic("abandon* 1\n", "x.dic")


def test_terms_that_the_format_would_misread_are_listed_not_written() -> None:
    text, found = dump_dic(
        Dictionary("d", ("a",), (Term("world war 2", "a"), Term("a (b)", "a"), Term("ok", "a")))
    )
    assert text == "%\n1\ta\n%\nok\t1\n"
    assert [u.what for u in found] == ["world war 2", "a (b)"]


def test_another_encoding_is_read_and_said(tmp_path: Path) -> None:
    (tmp_path / "x.dic").write_bytes("%\n1 joy\n%\nmaßlos 1\n".encode("cp1252"))
    dictionary, found = read_dictionary(tmp_path / "x.dic")
    assert [t.pattern for t in dictionary.terms] == ["maßlos"]
    assert [str(u) for u in found] == ["x.dic: the encoding: it is not UTF-8 and was read as Windows-1252"]


def test_a_hostile_line_is_listed_and_stalls_nothing() -> None:
    body = "x " + "1 " * 200_000 + "!\n" + "ok 1\n"
    dictionary, found = parse_dic(HEAD + body, "x.dic")
    assert [t.pattern for t in dictionary.terms] == ["ok"]
    assert [u.why for u in found] == ["longer than 2000 characters"]
