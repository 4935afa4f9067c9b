from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from framing.text.charclass import (
    APOSTROPHES,
    DOUBLE_QUOTES,
    HYPHEN,
    HYPHENS,
    MAPPED,
    NEWLINE,
    NEWLINES,
    QUOTE,
    SINGLE_GUILLEMETS,
    SPACE,
    SPACES,
    WORD,
    char_tables,
    expand,
)


@pytest.mark.parametrize(
    ("chars", "folded"),
    [
        ("AÅå", "a"),
        ("Éé", "e"),
        ("İıI", "i"),
        ("Łł", "l"),
        ("ØøǾ", "o"),
        ("ĦħℏH", "h"),
        ("Ŧŧ", "t"),
        ("Ｚｚ", "z"),
        ("４", "4"),
        ("²", "2"),
        ("ﬁ", "fi"),
        ("ßẞ", "ss"),
        ("\u00ad\u200b\u200d\ufeff\u0301\u0489\u202e\u2066", ""),
        ("'’`｀′ʼ", "'"),
        ('"„»‹”', '"'),
        ("-–‑−⁻－", "-"),
        ("\u00a0\u3000\t\r ", " "),
        ("\n\x0b\x0c\u2028\x85", "\n"),
    ],
)
def test_what_characters_fold_to(chars: str, folded: str) -> None:
    assert [expand(char) for char in chars] == [folded] * len(chars)


@pytest.mark.parametrize("char", list("—…½ŉ中한ع.,;?_\0\ue000"))
def test_other_signs_stay_as_they_are(char: str) -> None:
    assert expand(char) == char


@pytest.mark.parametrize(
    ("signs", "folded", "kind"),
    [
        (APOSTROPHES, "'", QUOTE),
        (DOUBLE_QUOTES + SINGLE_GUILLEMETS, '"', QUOTE),
        (HYPHENS, "-", HYPHEN),
        (SPACES, " ", SPACE),
        (NEWLINES, "\n", NEWLINE | SPACE),
    ],
)
def test_signs_of_a_class_fold_to_one_sign(signs: str, folded: str, kind: int) -> None:
    tables = char_tables()
    for sign in signs:
        assert (chr(tables.fold[ord(sign)]), tables.kind[ord(sign)]) == (folded, kind), hex(ord(sign))


def test_word_characters_are_the_letters_and_numbers_of_unicode() -> None:
    """The oracle is the word class of regular expressions, plus the joining signs that it leaves out."""
    kind = char_tables().kind
    for unit in range(0x10000):
        char = chr(unit)
        if kind[unit] & MAPPED or len(expand(char)) != 1 or 0xD800 <= unit < 0xF900:
            continue
        folded = expand(char)
        expected = folded.isalnum() or unicodedata.category(folded) in ("Mc", "Pc")
        assert bool(kind[unit] & WORD) == expected, hex(unit)


def test_whatever_folds_to_several_or_no_units_is_flagged() -> None:
    tables = char_tables()
    for unit in range(0x10000):
        if 0xD800 <= unit < 0xE000:
            assert tables.kind[unit] == MAPPED
            continue
        folded = expand(chr(unit))
        if len(folded) == 1 and ord(folded) < 0x10000:
            assert tables.fold[unit] == ord(folded), hex(unit)
            assert not tables.kind[unit] & MAPPED, hex(unit)
        else:
            assert tables.kind[unit] == MAPPED, hex(unit)


def test_tables_are_complete() -> None:
    tables = char_tables()
    assert (tables.fold.shape, tables.kind.shape) == ((65536,), (65536,))
    assert (tables.fold.dtype, tables.kind.dtype) == (np.uint16, np.uint8)
