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
    """Fold one text.

    Two apostrophes that stand for one double mark stay two: that is for the quotation parser to
    judge, and folding never joins characters.

    Examples
    --------
    >>> fold("The “Régime”").text()
    'the "regime"'
    >>> mapped = fold("foreign\\u00adbacked")
    >>> mapped.text(), mapped.span(0, 13)
    ('foreignbacked', Span(start=0, end=14))
    """
    return fold_many([text])[0]


def fold_many(texts: Sequence[str]) -> list[FoldedText]:
    """Fold several texts in one pass, much faster than one at a time; the results are the same."""
    joined = "\0".join(texts)
    units = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    if len(units) != len(joined):  # a sign beyond the basic plane: units are no longer characters
        return [_fold_mapped(t) if not t.isascii() and max(t) > "\uffff" else fold_many([t])[0] for t in texts]
    tables = char_tables()
    beyond = np.flatnonzero(units > 127)
    kinds = tables.kind[units[beyond]]
    # Plain letters go through bytes.translate (a gigabyte a second), the few other units one by one.
    low = units.astype(np.uint8).tobytes()
    folding, words = _byte_tables()
    codes = np.frombuffer(low.translate(folding), dtype=np.uint8).astype(np.uint16)
    word = np.frombuffer(bytearray(low.translate(words)), dtype=np.bool_)
    codes[beyond] = tables.fold[units[beyond]]
    word[beyond] = kinds & WORD
    end = np.cumsum([len(text) + 1 for text in texts])
    mapped = set(np.searchsorted(end, beyond[(kinds & MAPPED) > 0], side="right").tolist())
    return [
        _fold_mapped(text) if i in mapped else FoldedText(codes[e - 1 - len(text) : e - 1], word[e - 1 - len(text) : e - 1], None)
        for i, (text, e) in enumerate(zip(texts, end.tolist(), strict=True))
    ]


def _fold_mapped(text: str) -> FoldedText:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    tables = char_tables()
    basic = np.where(points < 65536, points, 0xFFFD).astype(np.uint16)
    odd = np.flatnonzero((points > 65535) | ((tables.kind[basic] & MAPPED) > 0))
    expanded = [_expand_any(text[i]) for i in odd.tolist()]
    length = np.ones(len(text), dtype=np.int64)
    length[odd] = [len(e) for e in expanded]
    origin = np.repeat(np.arange(len(text)), length)
    codes = tables.fold[basic][origin]
    first = np.cumsum(length) - length
    for at, letters in zip(first[odd].tolist(), expanded, strict=True):
        codes[at : at + len(letters)] = [ord(c) for c in letters]
    return FoldedText(codes, (tables.kind[codes] & WORD).astype(np.bool_), origin)


@lru_cache(maxsize=1)
def _byte_tables() -> tuple[bytes, bytes]:
    """Return the plain part of the table as ``bytes.translate`` wants it (a gigabyte a second)."""
    tables = char_tables()
    plain = np.arange(256) < 128
    folding = np.where(plain, tables.fold[:256], 0).astype(np.uint8)
    words = np.where(plain, tables.kind[:256] & WORD, 0).astype(np.uint8)
    return folding.tobytes(), words.tobytes()


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
