"""Words and signs of sentences as columns of numbers, with places, endings and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.scoring.loaded.columns import Ints
from framing.text.charclass import SPACE, char_tables
from framing.text.fold import fold_many
from framing.text.tokens import UInts, part_hash, tokenise

SUFFIX = 3
"""Letters of an ending."""

PLAIN, CAPITAL, MIXED, CAPITALS, INITIAL, DIGITS, NUMBER, SIGN = range(1, 9)
"""How a word is written; the first seven are the shapes of :class:`framing.scoring.loaded.Words` too."""


class SentenceWords(NamedTuple):
    """Words and signs of sentences, one row each, in order.

    ``sentence`` is the number of the sentence, ``start`` and ``end`` are characters of it; ``suffix`` the
    hash of the last letters, ``shape`` how the word is written; ``n`` the number of sentences.
    """

    hash: UInts
    suffix: UInts
    shape: Ints
    sentence: Ints
    start: Ints
    end: Ints
    n: int


def read_sentences(sentences: Sequence[str]) -> SentenceWords:
    """Return the words and signs of sentences.

    Examples
    --------
    >>> words = read_sentences(["The vile regime fell.", "Go!"])
    >>> words.sentence.tolist(), words.start.tolist()
    ([0, 0, 0, 0, 0, 1, 1], [0, 4, 9, 16, 20, 0, 2])
    """
    folded, blank = fold_many(list(sentences)) if sentences else [], np.zeros(1, dtype=np.uint16)
    codes = np.concatenate([blank, *(part for f in folded for part in (f.codes, blank))])
    word = np.concatenate([blank > 0, *(part for f in folded for part in (f.word, blank > 0))])
    tokens = tokenise(codes, word)
    edge = np.zeros(len(codes) + 1, dtype=np.int64)
    np.add.at(edge, tokens.start, 1)
    np.add.at(edge, tokens.end, -1)
    space = (char_tables().kind[codes] & SPACE) > 0
    sign = np.flatnonzero((np.cumsum(edge[:-1]) == 0) & ~space & (codes != 0))
    both = np.concatenate([tokens.start, sign])
    order = np.argsort(both, kind="stable")
    start, end = both[order], np.concatenate([tokens.end, sign + 1])[order]
    hashed = np.concatenate([tokens.hash, codes[sign].astype(np.uint64) + np.uint64(1)])[order]
    suffix = part_hash(tokens.units, np.maximum(end - SUFFIX, start), end)
    size = np.array([len(f.codes) + 1 for f in folded], dtype=np.int64)
    sentence = np.searchsorted(np.cumsum(size) + 1, start, side="right").astype(np.int64)
    # Characters of all sentences in a row, and where each folded unit came from.
    length = np.array([len(s) for s in sentences], dtype=np.int64)
    offset = np.cumsum(length) - length
    origin = [np.arange(len(f.codes)) if f.origin is None else f.origin for f in folded]
    place = np.concatenate(
        [[0], *(np.append(o, n) + at for o, n, at in zip(origin, length, offset, strict=True))]
    )
    first, stop = place[start], place[end - 1] + 1
    shape = np.where(order < len(tokens.start), _shapes("".join(sentences), first, stop), SIGN)
    return SentenceWords(
        hashed, suffix, shape, sentence, first - offset[sentence], stop - offset[sentence], len(sentences)
    )


def _shapes(text: str, start: Ints, end: Ints) -> Ints:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    points = np.append(np.minimum(points, 0xFFFF), 0)  # one more, for a text without characters

    def count(flags: NDArray[np.bool_]) -> Ints:
        total = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
        found: Ints = total[end] - total[start]
        return found

    upper = _upper()[points]
    capitals, digits, size = count(upper), count((points >= 48) & (points <= 57)), end - start
    shape = np.where(upper[start], CAPITAL, PLAIN)
    shape[capitals > 1] = MIXED
    shape[(capitals == size) & (size > 1)] = CAPITALS
    shape[(capitals == 1) & (size == 1)] = INITIAL
    shape[digits > 0] = DIGITS
    shape[digits == size] = NUMBER
    return shape.astype(np.int64)


@lru_cache(maxsize=1)
def _upper() -> NDArray[np.bool_]:
    return np.array([chr(code).isupper() for code in range(0x10000)])
