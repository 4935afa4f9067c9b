from __future__ import annotations

import time
import unicodedata

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strange_text import STRANGE

from framing.records import Span
from framing.text.charclass import expand
from framing.text.fold import FoldedText, fold, fold_many, fold_pattern


def slowly(char: str) -> str:
    """Fold one character by the description of the module, without tables."""
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    if char <= "\uffff":
        folded = expand(char)
    elif unicodedata.category(char) in ("Cf", "Mn"):
        folded = ""
    else:
        folded = unicodedata.normalize("NFKD", char).casefold()
    return folded if all(c <= "\uffff" for c in folded) else "\ufffd"


def parts(folded: FoldedText) -> tuple[object, ...]:
    origin = None if folded.origin is None else folded.origin.tolist()
    return folded.codes.tolist(), folded.word.tolist(), origin


@given(STRANGE)
@example("")
@example("\ufacf")  # an ideograph that decomposes beyond the basic plane
@example("\ud83d\ude00")  # two lone surrogates that would be one character in UTF-16
def test_folding_agrees_with_folding_one_character_at_a_time(text: str) -> None:
    folded = fold(text)
    assert folded.text() == "".join(map(slowly, text))
    origin = [i for i, char in enumerate(text) for _ in slowly(char)]
    assert (list(range(len(text))) if folded.origin is None else folded.origin.tolist()) == origin


@given(STRANGE)
def test_lengths_agree_and_offsets_never_go_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.codes) == len(folded.word) == len(folded.text())
    if folded.origin is None:
        assert len(folded.codes) == len(text)
    else:
        assert len(folded.origin) == len(folded.codes)
        assert (np.diff(folded.origin) >= 0).all()
        assert all(0 <= i < len(text) for i in folded.origin)


@given(STRANGE, st.data())
def test_a_span_leads_back_to_the_stretch_that_holds_the_piece(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if not len(folded.codes):
        return
    start = data.draw(st.integers(0, len(folded.codes) - 1))
    end = data.draw(st.integers(start + 1, len(folded.codes)))
    span = folded.span(start, end)
    assert 0 <= span.start < span.end <= len(text)
    assert folded.text()[start:end] in fold(text[span.start : span.end]).text()


@given(st.lists(STRANGE, max_size=6))
@example([])
@example(["", "", ""])
@example(["a\0b", "😀", "plain", "\ufb01"])
def test_many_at_once_are_the_same_as_one_by_one(texts: list[str]) -> None:
    assert [parts(f) for f in fold_many(texts)] == [parts(fold(t)) for t in texts]


@given(STRANGE)
def test_a_pattern_folds_like_a_text(text: str) -> None:
    assert fold_pattern(text) == fold(text).text()


def test_folding_twice_changes_nothing() -> None:
    once = fold("".join(map(chr, range(0x10000)))).text()
    assert fold(once).text() == once


def test_case_and_the_way_accents_are_written_do_not_matter() -> None:
    # Hangul syllables stay whole, and the capital of an L with a middle dot has no lower case of one sign.
    letters = [chr(u) for u in range(0x10000) if chr(u).isalpha() and not 0xAC00 <= u < 0xD7A4]
    letters = [c for c in letters if len(c.upper()) == len(c.lower()) == 1 and c not in "\u013f\u0140"]
    plain = [f.text() for f in fold_many(letters)]
    for form in (str.upper, str.lower, lambda c: unicodedata.normalize("NFD", c)):
        assert [f.text() for f in fold_many([form(c) for c in letters])] == plain


@pytest.mark.parametrize(
    ("text", "piece", "surface"),
    [
        ("The foreign\u00adbacked ones", "foreignbacked", "foreign\u00adbacked"),
        ("a re\u0301gime fell", "regime", "re\u0301gime"),
        ("the \ufb01ghters came", "fighters", "\ufb01ghters"),
        ("👨‍👩‍👧 regime 👍🏽", "regime", "regime"),
        ("𝐫𝐞𝐠𝐢𝐦𝐞!", "regime", "𝐫𝐞𝐠𝐢𝐦𝐞"),
        ("ＲＥＧＩＭＥ", "regime", "ＲＥＧＩＭＥ"),
        ("re\u200bgime\u200d, 😀", "regime", "re\u200bgime"),
        ("\u202eregime\u202c", "regime", "regime"),
        ("r\u0336e\u0489g\u0300\u0301i\u20ddme", "regime", "r\u0336e\u0489g\u0300\u0301i\u20ddme"),
    ],
)
def test_a_term_is_found_in_any_disguise(text: str, piece: str, surface: str) -> None:
    folded = fold(text)
    start = folded.text().index(piece)
    span = folded.span(start, start + len(piece))
    assert text[span.start : span.end] == surface


def test_a_plain_text_needs_no_map() -> None:
    folded = fold("The “Régime’s” ally\u00a0left—today.")
    assert folded.origin is None
    assert folded.text() == 'the "regime\'s" ally left—today.'
    assert folded.span(4, 9) == Span(4, 9)


@pytest.mark.parametrize("unit", ["a", "é", "\u00ad", "😀", "e\u0301", "\ud800"])
def test_time_is_linear(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begin = time.process_time()
    fold(text)
    assert time.process_time() - begin < 5
