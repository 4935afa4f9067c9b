"""One table over the 65,536 UTF-16 code units: what each folds to and what kind of sign it is.

Folding unifies case, accents, full-width forms, quotation marks, apostrophes, hyphens and blanks,
one code unit for one code unit, so that offsets stay exact. Signs that cannot fold one to one
(ligatures, soft hyphens, zero-width signs, combining marks, surrogate pairs) are flagged
``MAPPED``; texts that hold one take the slower way with an offset map (:mod:`framing.text.fold`).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WORD, SPACE, NEWLINE, QUOTE, HYPHEN, MAPPED = 1, 2, 4, 8, 16, 32

APOSTROPHES = "'’‘‚‛`´ʼʹ′＇ʻʽ"
DOUBLE_QUOTES = '"“”„‟«»″＂〝〞'
SINGLE_GUILLEMETS = "‹›"
HYPHENS = "-‐‑‒–−﹣－⁃"
SPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
NEWLINES = "\n\v\f\u0085\u2028\u2029"

# Capital letters whose lower case Unicode decomposes or writes with two letters, and letters with a
# stroke or a hook that carry no decomposition: readers type them as the plain letter.
_PLAIN = {"ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ħ": "h", "ŧ": "t"}


class CharTables(NamedTuple):
    """``fold[unit]`` is the folded code unit, ``kind[unit]`` a sum of the flags above."""

    fold: NDArray[np.uint16]
    kind: NDArray[np.uint8]


def expand(char: str) -> str:
    r"""Fold one character to what it is matched as: no, one or several characters.

    Examples
    --------
    >>> expand("É"), expand("ﬁ"), expand("\u00ad"), expand("’"), expand("Ｚ")
    ('e', 'fi', '', "'", 'z')
    """
    if char < "\x80":
        return char.lower() if char not in "`\t\r\v\f" else {"`": "'", "\t": " ", "\r": " "}.get(char, "\n")
    for signs, folded in (
        (APOSTROPHES, "'"),
        (DOUBLE_QUOTES, '"'),
        (SINGLE_GUILLEMETS, '"'),
        (HYPHENS, "-"),
        (SPACES, " "),
        (NEWLINES, "\n"),
    ):
        if char in signs:
            return folded
    if "가" <= char <= "힣":
        return char  # a syllable stays whole, here as in the tables
    if char in _PLAIN:
        return _PLAIN[char]
    if unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return ""
    decomposed = unicodedata.normalize("NFKD", char)
    kept = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Me"))
    folded = kept.casefold()
    if folded != char:  # what it decomposes to may itself fold further: full-width ` and stroked capitals
        folded = "".join(expand(c) for c in folded)
    letters = all(_is_word(c) for c in folded)
    # A sign that would become several non-letters (an ellipsis, a fraction) keeps its own code.
    return folded if folded and (letters or len(folded) == 1) else char


def _is_word(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "LN" or category in ("Mc", "Pc")


@lru_cache(maxsize=1)
def char_tables() -> CharTables:
    """Build the two tables once a process (about a tenth of a second)."""
    fold = np.arange(65536, dtype=np.uint16)
    kind = np.zeros(65536, dtype=np.uint8)
    # Ranges of unified ideographs, Hangul, Yi and private use fold to themselves: no look-up needed.
    plain_words = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA48C), (0xAC00, 0xD7A3))
    skip = np.zeros(65536, dtype=bool)
    for first, last in plain_words:
        kind[first : last + 1] = WORD
        skip[first : last + 1] = True
    skip[0xD800:0xF900] = True  # surrogates and private use
    kind[0xD800:0xE000] = MAPPED
    for unit in np.flatnonzero(~skip).tolist():
        char = chr(unit)
        folded = expand(char)
        if len(folded) != 1 or ord(folded) > 0xFFFF:
            kind[unit] = MAPPED
            continue
        fold[unit] = ord(folded)
        kind[unit] = _kind_of(folded)
    return CharTables(fold, kind)


def _kind_of(folded: str) -> int:
    if folded == "'" or folded == '"':
        return QUOTE
    if folded == "-":
        return HYPHEN
    if folded == "\n":
        return NEWLINE | SPACE
    if folded == " ":
        return SPACE
    return WORD if _is_word(folded) else 0
