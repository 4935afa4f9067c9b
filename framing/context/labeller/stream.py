"""Words and signs of paragraphs as columns of numbers, ready for features.

Unlike the words of a rate, the stream keeps signs (a comma, a colon, a quotation mark): each is a
word of its own here. Paragraphs are separated by :data:`PAD` empty words, so that a window around a
word never reaches into another paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from framing.text.charclass import SPACE, char_tables
from framing.text.fold import FoldedText, code_units, fold_many
from framing.text.tokens import Tokens, UInts, Units, hash_words, tokenise

Ints = NDArray[np.int64]
Value = TypeVar("Value", bound=np.generic)

PAD = 6
"""Empty words between paragraphs: half of the widest window of the features."""

CUES = 32
"""Kinds of cues, 0 for no cue: room for the categories of the cue lexicon."""

QUOTE_STATES = 4
"""Outside of quotations, inside one, inside one that goes on in the next paragraph, inside a guessed one."""

PLAIN, CAPITAL, MIXED, CAPITALS, INITIAL, DIGITS, NUMBER = range(1, 8)
_SIGNS = ".,:;\"'-()?!"
OTHER_SIGN = 8 + len(_SIGNS)
SHAPES = OTHER_SIGN + 1
"""Shapes: empty, seven of words, one for each common sign, one for all other signs."""

# A stop after one of these ends no sentence.
_ABBREVIATIONS = [
    "mr",
    "mrs",
    "ms",
    "dr",
    "sen",
    "rep",
    "gov",
    "gen",
    "lt",
    "col",
    "sgt",
    "capt",
    "maj",
    "st",
    "no",
    "vs",
    "jr",
    "sr",
    "prof",
    "rev",
    "hon",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
    "inc",
    "corp",
    "co",
    "ltd",
    "al",
] + [chr(code) for code in range(ord("a"), ord("z") + 1)]


class Passage(NamedTuple):
    """One paragraph with its outer quotations: (start, end, state) in characters of the paragraph.

    ``state`` is 1 for a quotation with both marks, 2 for one that goes on in the next paragraph, 3
    for one whose end is a guess.
    """

    text: str
    quotes: tuple[tuple[int, int, int], ...] = ()


class Stream(NamedTuple):
    """Columns with one row a word; the rows of ``paragraph`` are -1 at the empty words.

    ``start`` and ``end`` are characters of the paragraph. ``sentence`` numbers the sentences through
    all paragraphs, each run of empty words being one; ``sign`` is the folded code of a sign, 0 for words.
    ``first`` and ``size`` tell where the words of each paragraph are; ``unit`` and ``unit_end``
    which folded units a word has.
    """

    start: Ints
    end: Ints
    hash: UInts
    shape: Ints
    sign: NDArray[np.uint16]
    quote: Ints
    paragraph: Ints
    sentence: Ints
    first: Ints
    size: Ints
    unit: Ints
    unit_end: Ints
    units: Units


def read_stream(passages: Sequence[Passage]) -> Stream:
    """Return the words and signs of the paragraphs.

    Examples
    --------
    >>> stream = read_stream([Passage('"Go," he said.', ((0, 5, 1),))])
    >>> inside = stream.paragraph == 0
    >>> stream.start[inside].tolist(), stream.quote[inside].tolist()
    ([0, 1, 3, 4, 6, 9, 13], [1, 1, 1, 1, 0, 0, 0])
    """
    folded = fold_many([p.text for p in passages])
    blank = np.zeros(1, dtype=np.uint16)
    codes = np.concatenate([part for f in folded for part in (f.codes, blank)] or [blank])
    word = np.concatenate([part for f in folded for part in (f.word, blank.astype(np.bool_))] or [blank > 0])
    size = np.array([len(f.codes) + 1 for f in folded], dtype=np.int64)
    offset = np.cumsum(size) - size
    tokens = tokenise(codes, word)
    unit, unit_end, hashed, is_word = _with_signs(codes, tokens)
    which = np.searchsorted(offset, unit, side="right") - 1
    start, end = unit - offset[which], unit_end - offset[which]
    for number in [i for i, f in enumerate(folded) if f.origin is not None]:
        origin = folded[number].origin
        rows = slice(*np.searchsorted(which, [number, number + 1]).tolist())
        if origin is not None and rows.stop > rows.start:
            start[rows], end[rows] = origin[start[rows]], origin[end[rows] - 1] + 1
    capital = _capitals(passages, folded, offset, len(codes))
    shape = _shapes(codes, capital, unit, unit_end, is_word=is_word)
    quote = _quotes(passages, which, start)
    spaced = np.concatenate([[True], _is_space(codes[unit[1:] - 1]) | (which[1:] != which[:-1])])
    begins = _sentence_begins(hashed, shape, spaced, which)
    counts = np.bincount(which, minlength=len(passages)).astype(np.int64)
    return _padded(
        start, end, hashed, shape, np.where(is_word, 0, codes[unit]).astype(np.uint16), quote, begins,
        counts, unit, unit_end, tokens.units,
    )  # fmt: skip


def _with_signs(codes: NDArray[np.uint16], tokens: Tokens) -> tuple[Ints, Ints, UInts, NDArray[np.bool_]]:
    """Put the signs between the words: first unit, end, hash, and whether it is a word."""
    edge = np.zeros(len(codes) + 1, dtype=np.int8)
    edge[tokens.start] += 1
    edge[tokens.end] -= 1
    inside = np.cumsum(edge[:-1], dtype=np.int8) > 0
    sign = np.flatnonzero(~inside & ~_is_space(codes) & (codes != 0))
    start = np.concatenate([tokens.start, sign])
    order = np.argsort(start, kind="stable")
    end = np.concatenate([tokens.end, sign + 1])[order]
    hashed = np.concatenate([tokens.hash, sign_hash(codes[sign])])[order]
    return start[order], end, hashed, order < len(tokens.start)


def sign_hash(codes: NDArray[np.uint16]) -> UInts:
    """Return the hash of a sign; no word has one so small."""
    return codes.astype(np.uint64) + np.uint64(1)


@lru_cache(maxsize=1)
def _space_table() -> NDArray[np.bool_]:
    return (char_tables().kind & SPACE) > 0


def _is_space(codes: NDArray[np.uint16]) -> NDArray[np.bool_]:
    return (
        (codes == ord(" ")) | (codes == ord("\n")) if codes.max(initial=0) < 0x80 else _space_table()[codes]
    )


@lru_cache(maxsize=1)
def _upper_table() -> NDArray[np.bool_]:
    return np.array([not 0xD800 <= i < 0xE000 and chr(i).isupper() for i in range(65536)])


def _capitals(
    passages: Sequence[Passage], folded: Sequence[FoldedText], offset: Ints, total: int
) -> NDArray[np.bool_]:
    """Return which folded units were capital letters."""
    capital = np.zeros(total, dtype=np.bool_)
    if all(f.origin is None for f in folded):
        joined = _upper_table()[code_units("\0".join(p.text for p in passages))]
        capital[: len(joined)] = joined
        return capital
    for passage, f, at in zip(passages, folded, offset.tolist(), strict=True):
        upper = _upper_table()[code_units(passage.text)]
        capital[at : at + len(f.codes)] = upper if f.origin is None else upper[f.origin]
    return capital


def _shapes(
    codes: NDArray[np.uint16],
    capital: NDArray[np.bool_],
    start: Ints,
    end: Ints,
    *,
    is_word: NDArray[np.bool_],
) -> Ints:
    """Return the shape of each word or sign."""
    length = end - start
    capitals = _counts(capital, start, end)
    digits = _counts((codes >= ord("0")) & (codes <= ord("9")), start, end)
    shape = np.full(len(start), PLAIN, dtype=np.int64)
    shape[capital[start]] = CAPITAL
    shape[capitals > 1] = MIXED
    shape[(capitals == length) & (length > 1)] = CAPITALS
    shape[(capitals == 1) & (length == 1)] = INITIAL
    shape[digits > 0] = DIGITS
    shape[digits == length] = NUMBER
    signs = np.flatnonzero(~is_word)
    known = np.full(128, OTHER_SIGN, dtype=np.int64)
    known[[ord(sign) for sign in _SIGNS]] = 8 + np.arange(len(_SIGNS))
    shape[signs] = known[np.minimum(codes[start[signs]], 127)]
    return shape


def _counts(flags: NDArray[np.bool_], start: Ints, end: Ints) -> Ints:
    total = np.zeros(len(flags) + 1, dtype=np.int64)
    np.cumsum(flags, out=total[1:])
    return total[end] - total[start]


def _quotes(passages: Sequence[Passage], which: Ints, start: Ints) -> Ints:
    """Return the quotation state of each word."""
    state = np.zeros(len(start), dtype=np.int64)
    first = np.searchsorted(which, np.arange(len(passages) + 1)).tolist()
    for number, passage in enumerate(passages):
        if passage.quotes:
            low = first[number]
            places = start[low : first[number + 1]]
            edges = np.searchsorted(places, [quote[:2] for quote in passage.quotes]).tolist()
            for (begin, stop), quote in zip(edges, passage.quotes, strict=True):
                state[low + begin : low + stop] = quote[2]
    return state


@lru_cache(maxsize=1)
def _abbreviations() -> UInts:
    return np.sort(hash_words(_ABBREVIATIONS))


def _sentence_begins(hashed: UInts, shape: Ints, spaced: NDArray[np.bool_], which: Ints) -> NDArray[np.bool_]:
    """Return which words begin a sentence: a rule good enough for features, not for showing sentences.

    A sentence ends after ``.``, ``!`` or ``?`` with the closing marks that follow without a blank, if
    a blank and no lower-case word come next and the stop does not follow an abbreviation.
    """
    n = len(hashed)
    begins = np.zeros(n + 1, dtype=np.bool_)
    begins[0] = True
    begins[1:n] = which[1:] != which[:-1]
    stop, quote, closed = (
        8 + _SIGNS.index("."),
        (8 + _SIGNS.index('"'), 8 + _SIGNS.index("'")),
        8 + _SIGNS.index(")"),
    )
    ends = np.flatnonzero(
        (shape == stop) | (shape == 8 + _SIGNS.index("!")) | (shape == 8 + _SIGNS.index("?"))
    )
    before = hashed[np.maximum(ends - 1, 0)]
    known = _abbreviations()
    short = known[np.searchsorted(known, before).clip(max=len(known) - 1)] == before
    after = ends[~(short & (shape[ends] == stop))] + 1
    for _ in range(3):
        at = np.minimum(after, n - 1)
        closes = (shape[at] == quote[0]) | (shape[at] == quote[1]) | (shape[at] == closed)
        after = after + ((after < n) & closes & ~spaced[at])
    at = np.minimum(after, n - 1)
    begins[after[(after < n) & spaced[at] & (shape[at] != PLAIN)]] = True
    return begins[:n]


def _padded(
    start: Ints, end: Ints, hashed: UInts, shape: Ints, sign: NDArray[np.uint16], quote: Ints,
    begins: NDArray[np.bool_], counts: Ints, unit: Ints, unit_end: Ints, units: Units,
) -> Stream:  # fmt: skip
    """Spread the rows so that empty words stand before, between and after the paragraphs."""
    n = len(start)
    of = np.repeat(np.arange(len(counts)), counts)
    row = np.arange(n) + PAD * (of + 1)
    total = n + PAD * (len(counts) + 1)

    def spread(values: NDArray[Value], fill: int = 0) -> NDArray[Value]:
        column = np.full(total, fill, dtype=values.dtype)
        column[row] = values
        return column

    paragraph = spread(of, -1)
    new = spread(begins)
    new[1:] |= (paragraph[1:] == -1) & (paragraph[:-1] != -1)
    first = np.cumsum(counts) - counts + PAD * np.arange(1, len(counts) + 1)
    return Stream(
        spread(start), spread(end), spread(hashed), spread(shape), spread(sign), spread(quote), paragraph,
        np.cumsum(new).astype(np.int64), first, counts, spread(unit), spread(unit_end), units,
    )  # fmt: skip
