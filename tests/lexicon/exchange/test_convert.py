"""From other programs to a lexicon that counts, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.errors import LexiconError
from framing.lexicon import load_lexicon
from framing.lexicon.exchange import Dictionary, Term, as_dictionary, as_lexicon
from framing.lexicon.pattern import tokens_of
from framing.workbench.spotter import Spotter


def test_an_imported_dictionary_counts(tmp_path: Path) -> None:
    dictionary = Dictionary(
        "moral.dic", ("care/x", "harm"), (Term("kill*", "harm"), Term("kind of", "care/x"))
    )
    lexicon, unfit = as_lexicon(dictionary, tmp_path / "moral", licence="as its authors say")
    assert lexicon is not None
    assert (unfit, lexicon.lexicon_id, lexicon.licence) == ([], "moral", "as its authors say")
    found = Spotter(lexicon).spot(["A kind of killing."])[0]
    assert [s.entry.category for s in found] == ["care/x", "harm"]


def test_what_cannot_be_matched_is_listed_and_the_rest_kept(tmp_path: Path) -> None:
    patterns = ("ok", ":)", "a*", "half*way", "x|y", "re:x", "good")
    terms = (*(Term(p, "c") for p in patterns), Term("weighty", "c", 2.0), Term("OK", "c"))
    lexicon, unfit = as_lexicon(Dictionary("d", ("c",), terms), tmp_path / "d")
    assert lexicon is not None
    assert [e.pattern for e in lexicon.entries] == ["ok", "good", "weighty"]
    assert [u.what for u in unfit] == [":)", "a*", "half*way", "x|y", "re:x", "weight 2.0 of weighty"]


def test_a_term_of_two_categories_becomes_two_entries(tmp_path: Path) -> None:
    terms = (Term("x y", "a"), Term("x y", "b"), Term("x-y", "a"))
    lexicon, unfit = as_lexicon(Dictionary("d", ("a", "b"), terms), tmp_path / "d")
    assert lexicon is not None
    assert [(e.entry_id, e.category) for e in lexicon.entries] == [("x-y-a", "a"), ("x-y-b", "b")]
    assert [u.why for u in unfit] == ["also in a: a run counts it there and notes it here as nested"]


def test_nothing_is_written_without_a_term(tmp_path: Path) -> None:
    lexicon, unfit = as_lexicon(Dictionary("d", ("c",), (Term(":)", "c"),)), tmp_path / "d")
    assert lexicon is None
    assert len(unfit) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_never_overwritten(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="the folder exists already"):
        as_lexicon(Dictionary("d", ("c",), (Term("word", "c"),)), tmp_path)


@pytest.mark.parametrize("name", ["conflict-en", "cues-en", "referents-en"])
def test_a_shipped_lexicon_exports_every_form_and_lists_the_rest(name: str) -> None:
    lexicon = load_lexicon(name)
    dictionary, unfit = as_dictionary(lexicon)
    exported = {(tokens_of(t.pattern), t.category) for t in dictionary.terms}
    wanted = {
        (tokens_of(form), entry.category)
        for entry in lexicon.entries
        for form in entry.surface_forms()
        if not form.startswith("re:")
    }
    assert exported == wanted
    listed = " ".join(u.where for u in unfit)
    assert all(f"entry {e.entry_id}" in listed for e in lexicon.entries if e.exceptions)
