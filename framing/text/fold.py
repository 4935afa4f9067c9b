"""Fold a text to the code units that are matched, with offsets back into the original.

``text[start:end] == surface`` must hold for every mention in the text *as it arrived*. Most texts
fold one code unit to one code unit, and offsets are the same numbers. A text with a soft hyphen,
a ligature, a combining accent or an emoji carries a map from each folded unit to the character it
came from.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.records import Span
from framing.text.charclass import MAPPED, WORD, char_tables, expand


@dataclass(frozen=True, slots=True, eq=False)
class FoldedText:
    """Folded code units of one text and the way back.

    ``word[i]`` says whether unit ``i`` belongs to a word. ``origin`` is ``None`` when unit ``i`` is
    character ``i``; otherwise ``origin[i]`` is the index of the character in the original text that
    unit ``i`` came from.
    """

    codes: NDArray[np.uint16]
    word: NDArray[np.bool_]
    origin: NDArray[np.int64] | None

    def span(self, start: int, end: int) -> Span:
        """Return the span in the original text of the folded range ``[start, end)``."""
        if self.origin is None:
            return Span(start, end)
        return Span(int(self.origin[start]), int(self.origin[end - 1]) + 1)

    def text(self) -> str:
        """Return the folded text as a string; index ``i`` is folded unit ``i``."""
        return self.codes.tobytes().decode("utf-16-le", "surrogatepass")


def fold(text: str) -> FoldedText:
    r"""Fold one text.

    Two apostrophes that stand for one double mark stay two: that is for the quotation parser to
    judge, and folding never joins characters.

    Examples
    --------
    >>> fold("The “Régime”").text()
    'the "regime"'
    >>> mapped = fold("foreign\u00adbacked")
    >>> mapped.text(), mapped.span(0, 13)
    ('foreignbacked', Span(start=0, end=14))
    """
    return fold_many([text])[0]


def fold_many(texts: Sequence[str]) -> list[FoldedText]:
    """Fold several texts in one pass, much faster than one at a time; the results are the same."""
    joined = "\0".join(texts)
    units = code_units(joined)
    tables = char_tables()
    # Plain letters go through bytes.translate (a gigabyte a second), the few other units one by one.
    beyond = np.flatnonzero(units > 127)
    plain = np.frombuffer(units.astype(np.uint8).tobytes().translate(_plain_table()), dtype=np.uint8)
    codes = (plain & 0x7F).astype(np.uint16)
    word = plain > 0x7F
    kinds = tables.kind[units[beyond]]
    codes[beyond] = tables.fold[units[beyond]]
    word[beyond] = kinds & WORD
    length = np.array([len(text) + 1 for text in texts], dtype=np.int64)
    end = np.cumsum(length)
    folded = [
        FoldedText(codes[start : stop - 1], word[start : stop - 1], None)
        for start, stop in zip((end - length).tolist(), end.tolist(), strict=True)
    ]
    mapped = beyond[(kinds & MAPPED) > 0]
    if len(mapped):
        which, first = np.unique(np.searchsorted(end, mapped, side="right"), return_index=True)
        for i, places in zip(which.tolist(), np.split(mapped, first[1:]), strict=True):
            folded[i] = _expanded(texts[i], folded[i], places - (end[i] - length[i]))
    return folded


def code_units(text: str) -> NDArray[np.uint16]:
    """Return one code unit for each character; a lone surrogate stands for those beyond the basic plane."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    if len(units) == len(text):
        return units
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.where(points > 0xFFFF, 0xD800, points).astype(np.uint16)


def _expanded(text: str, folded: FoldedText, mapped: NDArray[np.int64]) -> FoldedText:
    """Put in what the characters at ``mapped`` fold to, one by one: no unit, one or several."""
    expanded = [_expand_any(text[i]) for i in mapped.tolist()]
    length = np.ones(len(text), dtype=np.int64)
    length[mapped] = [len(e) for e in expanded]
    is_mapped = np.zeros(len(text), dtype=np.bool_)
    is_mapped[mapped] = True
    origin = np.repeat(np.arange(len(text)), length)
    codes, word, at = folded.codes[origin], folded.word[origin], np.flatnonzero(is_mapped[origin])
    letters = np.frombuffer("".join(expanded).encode("utf-16-le"), dtype=np.uint16)
    codes[at] = letters
    word[at] = char_tables().kind[letters] & WORD
    return FoldedText(codes, word, origin)


@lru_cache(maxsize=1)
def _plain_table() -> bytes:
    """Return for each ASCII sign what it folds to, plus 128 if it belongs to a word."""
    tables = char_tables()
    word = np.where(tables.kind[:128] & WORD, 0x80, 0)
    return (tables.fold[:128] | word).astype(np.uint8).tobytes() + bytes(128)


@lru_cache(maxsize=8192)
def _expand_any(char: str) -> str:
    """Fold one character to code units that all lie in the basic plane."""
    code = ord(char)
    if 0xD800 <= code < 0xE000:
        return "\ufffd"
    if code >= 0x10000 and unicodedata.category(char) in ("Cf", "Mn"):
        return ""
    # Mathematical and other letter variants; some ideographs of the basic plane decompose beyond it.
    folded = expand(char) if code < 0x10000 else unicodedata.normalize("NFKD", char).casefold()
    return folded if all(ord(c) < 0x10000 for c in folded) else "\ufffd"


def fold_pattern(text: str) -> str:
    """Fold a short text (a pattern, an outlet name) to the string that is matched."""
    return "".join(_expand_any(char) for char in text)
