"""What the parts of an answer of the classifier are called, in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from framing.scoring.loaded.columns import VOICE_CODES, Mentions
from framing.scoring.loaded.keys import REACH

_AT = frozenset({"word", "near", "entry and near", "entry and word", "category and word", "shape"})
_PAIRS = {"two words before": (-2, -1), "two words after": (1, 2), "words on both sides": (-1, 1)}
_TOGETHER = {
    **dict.fromkeys(("entry", "category", "intensity", "last word", "first word", "surface"), "entry"),
    **dict.fromkeys(("written", "entry and written", "category and written"), "written"),
    **dict.fromkeys(("words before in sentence", "words after in sentence"), "position"),
    **dict.fromkeys(("voice", "category and voice", "chance attributed"), "voice"),
}
_FLAGS = {
    "negated": "negated",
    "hedged": "hedged",
    "in_title": "in the title",
    "scare_quoted": "in scare quotes",
}
_WHERE = {-2: "two words before", -1: "right before", 1: "right after", 2: "two words after"}
_VOICES = {code: voice for voice, code in VOICE_CODES.items()}

Part = str | int
"""A place of a word, counted from the mention, or what else features speak of."""

ENTRY: Part = "entry"


def part_of(name: str, place: int) -> Part:
    """Return the part that a feature (:class:`framing.scoring.loaded.keys.Feature`) belongs to.

    Raises
    ------
    ValueError
        If it reads a word that is further away than any feature reads.

    Examples
    --------
    >>> part_of("entry and near", -3), part_of("surface", 0), part_of("category and negated", 0)
    (-3, 'entry', 'negated')
    """
    if name in _AT:
        if not 0 < abs(place) <= REACH:
            raise ValueError(f"no word is read at place {place}")
        return place
    return _TOGETHER.get(name, name.removeprefix("category and "))


class Wording:
    """Words and signs as they are written, one for each row; what is worked out of one is kept."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._quoted: dict[str, str] = {}

    def quoted(self, row: int) -> str:
        """Return a word in quotation marks."""
        word = self.words[row]
        found = self._quoted.get(word)
        if found is None:
            found = self._quoted[word] = quoted(word)
        return found

    @cached_property
    def kind(self) -> NDArray[np.int64]:
        """A number for each row, below that of the rows; the same for words that differ only in capitals."""
        kinds: dict[str, int] = {}
        return np.array([kinds.setdefault(w.casefold(), len(kinds)) for w in self.words], dtype=np.int64)


class Names:
    """The names of the parts of several mentions.

    Parameters
    ----------
    mentions
        The mentions.
    wording
        The words and signs that they stand in.
    known
        For each mention whether its entry was read when the classifier was trained.
    """

    def __init__(self, mentions: Mentions, wording: Wording, known: Sequence[bool]) -> None:
        self._wording, self._words, self._known = wording, wording.words, known
        columns = (mentions.first, mentions.stop, mentions.low, mentions.high)
        self._edges = list(zip(*(column.tolist() for column in columns), strict=True))
        self._voice, self._density = mentions.voice.tolist(), mentions.density.tolist()
        self._flags = {flag: getattr(mentions, flag).tolist() for flag in _FLAGS}

    def of(self, number: int, part: Part) -> str:
        """Return what a part of a mention is called."""
        if isinstance(part, int):
            return self._at(number, part)
        if part in _PAIRS:
            return self._pair(number, part)
        if part == ENTRY:
            return self._entry(number)
        if part == "written":
            return _written(self._words[self._edges[number][0]])
        if part == "position":
            return "position in the sentence"
        if part == "voice":
            return f"voice: {_VOICES[self._voice[number]]}"
        if part == "density":
            return f"density of terms: {self._density[number]:.0f} in a thousand words"
        return _FLAGS[part] if self._flags[part][number] else self._without(number)

    def _at(self, number: int, place: int) -> str:
        row = self._row(number, place)
        if row < 0:
            return f"{'start' if place < 0 else 'end'} of the paragraph nearby"
        return f"{self._wording.quoted(row)} {_WHERE.get(place, 'nearby')}"

    def _pair(self, number: int, name: str) -> str:
        first, second = places = _PAIRS[name]
        inside = [place for place in places if self._row(number, place) >= 0]
        if len(inside) < 2:
            return self._at(number, inside[0] if inside else first)
        if first * second < 0:
            return f"{self._at(number, first)} and {self._at(number, second)}"
        both = quoted(*(self._words[self._row(number, place)] for place in places))
        return f"{both} right {'before' if first < 0 else 'after'}"

    def _row(self, number: int, place: int) -> int:
        """Return the row of the word at a place, -1 beyond the paragraph."""
        first, stop, low, high = self._edges[number]
        row: int = first + place if place < 0 else stop + place - 1
        return row if low <= row < high else -1

    def _entry(self, number: int) -> str:
        first, stop, _, _ = self._edges[number]
        how = "as it was read before" if self._known[number] else "by its category, for it was never read"
        return f"the entry {quoted(*self._words[first:stop])} {how}"

    def _without(self, number: int) -> str:
        return "not " + ", not ".join(_FLAGS[flag] for flag in _FLAGS if not self._flags[flag][number])


def _written(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return "written in capitals"
    return "written with a capital letter" if word[:1].isupper() else "written without a capital letter"


def quoted(*words: str) -> str:
    r"""Put words and signs together as one would write them, in marks that they do not hold.

    Examples
    --------
    >>> quoted("foreign", "-", "backed"), quoted("Iran", "'", "s")
    ("'foreign-backed'", '"Iran\'s"')
    """
    phrase = " ".join(words)
    if " " in phrase:
        phrase = re.sub(r" ?([-'’]) ?", r"\1", phrase)
    return f'"{phrase}"' if "'" in phrase else f"'{phrase}'"
