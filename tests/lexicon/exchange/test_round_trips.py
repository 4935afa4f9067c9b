"""Round trips under Hypothesis: what is written is read again, what is not written is listed."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.lexicon.exchange import (
    Dictionary,
    Term,
    as_dictionary,
    as_lexicon,
    read_dictionary,
    write_dictionary,
)
from framing.lexicon.pattern import problem_with, tokens_of

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1, max_size=8)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: " ".join(" ".join(words).split()))
PLAIN = st.from_regex(r"[a-z]{3,6}( [a-z]{3,6})?\*?", fullmatch=True)
NAMES = st.from_regex(r"[A-Za-z][A-Za-z_]{0,6}(/[A-Za-z]{1,5})?", fullmatch=True)
WEIGHTS = st.sampled_from([1.0, 0.5, -2.0, 1e-7])


@st.composite
def dictionaries(draw: st.DrawFn, patterns: st.SearchStrategy[str]) -> Dictionary:
    categories = tuple(draw(st.lists(NAMES, min_size=1, max_size=4, unique=True)))
    cells = draw(st.lists(st.tuples(patterns, st.sampled_from(categories), WEIGHTS), max_size=8))
    terms = {(p, c): Term(p, c, w) for p, c, w in cells if p}
    return Dictionary("x", categories, tuple(terms.values()))


@pytest.mark.parametrize("ending", ["dic", "dicx", "yml"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_written_terms_come_back_and_the_others_are_listed(ending: str, data: st.DataObject) -> None:
    dictionary = data.draw(dictionaries(st.one_of(PHRASES, PLAIN)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x.{ending}"
        unfit = write_dictionary(dictionary, path)
        if ending == "yml" and path.read_text(encoding="utf-8").strip() == "{}":
            assert all(any(t.pattern in u.what for u in unfit) for t in dictionary.terms)
            return
        again, unread = read_dictionary(path)
    assert unread == []
    listed = " \n ".join(u.what for u in unfit)
    lost = [t for t in dictionary.terms if t not in again.terms]
    assert all(t.pattern in listed for t in lost)
    if ending == "dicx":
        assert lost == []
    known = {(t.pattern, t.category) for t in dictionary.terms}
    assert {(t.pattern, t.category) for t in again.terms} <= known


@settings(max_examples=60, deadline=None)
@given(dictionary=dictionaries(st.one_of(PLAIN, PHRASES)))
def test_a_lexicon_keeps_every_term_that_can_be_matched(dictionary: Dictionary) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lexicon, unfit = as_lexicon(dictionary, Path(folder) / "x")
    wanted = {
        (tokens_of(t.pattern), t.category)
        for t in dictionary.terms
        if not problem_with(t.pattern) and "|" not in t.pattern and not t.pattern.startswith("re:")
    }
    exported = as_dictionary(lexicon)[0].terms if lexicon is not None else ()
    assert {(tokens_of(t.pattern), t.category) for t in exported} >= wanted
    listed = {u.what for u in unfit}
    assert all(t.pattern in listed or (tokens_of(t.pattern), t.category) in wanted for t in dictionary.terms)
