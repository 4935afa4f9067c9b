"""Words of a folded text: the unit of every rate."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from framing.records import Span
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
    is_word[1:-1] = word  # shifted by one, so that every word has an edge on both sides
    at = np.flatnonzero((codes[2:] == _S) & (codes[1:-1] == _APOSTROPHE)) + 2
    at = at[is_word[at - 1] & ~is_word[at + 2]]  # a word before the apostrophe, none after the s
    is_word[at + 1] = False
    edges = np.flatnonzero(is_word[1:] ^ is_word[:-1])
    start, end = edges[0::2].copy(), edges[1::2].copy()  # contiguous: every later step is faster
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


def words_in(starts: NDArray[np.int64], spans: Sequence[Span]) -> NDArray[np.int64]:
    """Return the first word of each span, and one past the last, shape (spans, 2).

    Examples
    --------
    >>> words_in(np.array([0, 8, 15]), [Span(0, 10), Span(9, 20)]).tolist()
    [[0, 2], [2, 3]]
    """
    edges = np.fromiter(chain.from_iterable(spans), dtype=np.int64, count=2 * len(spans))
    return np.searchsorted(starts, edges).reshape(-1, 2)
