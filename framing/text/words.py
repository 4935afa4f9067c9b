"""Words of a folded text: the unit of every rate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.text.fold import FoldedText

_APOSTROPHE, _S = ord("'"), ord("s")


def word_edges(
    codes: NDArray[np.uint16], word: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return first unit and one past the last unit of each word.

    A word is a run of letters, digits and connectors. A possessive ``s`` after an apostrophe is
    no word of its own: "Assad's regime" has two words and holds the phrase "assad regime".
    """
    is_word = np.zeros(len(word) + 2, dtype=np.bool_)
    is_word[1:-1] = word
    edges = np.flatnonzero(is_word[1:] != is_word[:-1])
    start, end = edges[0::2], edges[1::2]
    lone = np.flatnonzero((end - start) == 1)
    lone = lone[(codes[start[lone]] == _S) & (start[lone] >= 2)]
    if len(lone):
        at = start[lone]
        possessive = lone[(codes[at - 1] == _APOSTROPHE) & is_word[at - 1]]  # is_word is shifted by one
        keep = np.ones(len(start), dtype=np.bool_)
        keep[possessive] = False
        start, end = start[keep], end[keep]
    return start, end


def word_starts(folded: FoldedText) -> NDArray[np.int64]:
    """Return the first character of each word, as an offset in the original text.

    Examples
    --------
    >>> from framing.text.fold import fold
    >>> word_starts(fold("Assad's regime fell.")).tolist()
    [0, 8, 15]
    """
    start, _ = word_edges(folded.codes, folded.word)
    return start if folded.origin is None else folded.origin[start]
