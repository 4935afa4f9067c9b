"""What may stand between two words of a phrase.

"Zionist entity" is the same term over a line break, with a non-breaking blank, with a hyphen, with
quotation marks around one of its words or with a possessive inside. A comma, a full stop, a spaced
dash or an empty line ends the phrase.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from framing.text.charclass import HYPHEN, SPACE, char_tables

MAX_GAP = 10
"""Longest gap in code units; real ones (two blanks, a line break, quotation marks) are shorter."""

GAP = re.compile(
    r"""(?:\.                    # an abbreviation: "U.S"; only after a word of one letter, see joins()
        |\.?(?:'s?(?![a-z]))?    # possessive of the word before
        ["']{0,2}                # a mark that closes around it
        (?:\ {1,4}(?:\n\ {0,4})?|\n\ {0,4}|-\ ?\n?\ ?)  # blanks, at most one line break; or a hyphen, broken or not
        ["']{0,2})               # a mark that opens around the next word
        \Z""",
    re.VERBOSE,
)


def joins(
    codes: NDArray[np.uint16], end: NDArray[np.int64], start: NDArray[np.int64], length_before: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return for each pair of words whether the units ``[end, start)`` between them may stand inside a phrase.

    A full stop may only follow a word of one letter (``length_before``): "U.S.-backed".
    """
    kind = char_tables().kind
    length = start - end
    allowed: NDArray[np.bool_] = (length == 1) & ((kind[codes[end]] & (SPACE | HYPHEN)) > 0)
    for index in np.flatnonzero(~allowed & (length <= MAX_GAP)).tolist():
        gap = codes[end[index] : start[index]].tobytes().decode("utf-16-le", "surrogatepass")
        stop = gap.startswith(".")
        allowed[index] = GAP.match(gap) is not None and not (stop and length_before[index] > 1)
    return allowed
