"""What may stand between two words of a phrase.

"Zionist entity" is the same term over a line break, with a non-breaking blank, with a hyphen, with
quotation marks around one of its words or with a possessive inside. A comma, a full stop, a spaced
dash or an empty line ends the phrase. A contraction is two words with an apostrophe between them.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.text.charclass import HYPHEN, SPACE, char_tables

MAX_GAP = 10
"""Longest gap in code units; real ones (two blanks, a line break, quotation marks) are shorter."""

GAP = re.compile(
    r"""(?:\.                    # an abbreviation: "U.S"; only after a word of one letter, see joins()
        |'                       # a contraction: "isn't"
        |\.?(?:'s?(?![a-z]))?    # possessive of the word before
        ["']{0,2}                # a mark that closes around it
        (?:\ {1,4}(?:\n\ {0,4})?|\n\ {0,4}|-\ ?\n?\ ?)  # blanks, one line break at most; or a hyphen
        ["']{0,2})               # a mark that opens around the next word
        \Z""",
    re.VERBOSE,
)


def joins(
    codes: NDArray[np.uint16], start: NDArray[np.int64], end: NDArray[np.int64], word: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the places in ``word`` of the words that may follow the one before them inside a phrase.

    ``start`` and ``end`` are the edges of all words of the text, ``word`` holds numbers above 0. A full
    stop may only follow a word of one letter: "U.S.-backed".
    """
    before, after = end[word - 1], start[word]
    length = after - before
    allowed: NDArray[np.bool_] = (length == 1) & ((char_tables().kind[codes[before]] & (SPACE | HYPHEN)) > 0)
    rest = np.flatnonzero(~allowed & (length <= MAX_GAP))
    one_letter = before[rest] - start[word[rest] - 1] == 1
    columns = (before[rest].tolist(), after[rest].tolist(), one_letter.tolist())
    allowed[rest] = [_is_gap(codes[i:j].tobytes(), letter) for i, j, letter in zip(*columns, strict=True)]
    return np.flatnonzero(allowed)


@lru_cache(maxsize=4096)
def _is_gap(gap: bytes, one_letter: bool) -> bool:
    signs = gap.decode("utf-16-le", "surrogatepass")
    return GAP.match(signs) is not None and (one_letter or not signs.startswith("."))
