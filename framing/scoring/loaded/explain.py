"""Why the classifier answers as it does: its answer as a sum of parts, each in plain words.

The classifier adds up numbers, so that nothing has to be guessed: the parts of a mention, in log odds after
calibration, sum to the log odds of its chance. What several features say of one thing (this word right
before, the same with the entry, how it is written) is one part.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.scoring.loaded.blocks import (
    BLOCKS,
    LENSED,
    PLACES,
    SMOOTHING,
    STEPS,
    columns_of,
    place_rows,
    stretches,
)
from framing.scoring.loaded.columns import VOICE_CODES, Floats, Surroundings
from framing.scoring.loaded.keys import REACH, features
from framing.scoring.loaded.model import LoadedModel

BASELINE = "baseline"
REST = "everything else"

SHOWN = 6
"""Parts that are shown by default."""

_NAMED = 3
"""Words that are named for a sentence or a paragraph: those that speak loudest for what it says."""

_ENTRY = frozenset({"entry", "category", "intensity", "last word", "first word", "surface"})
_WRITTEN = frozenset({"written", "entry and written", "category and written"})
_POSITION = frozenset({"words before in sentence", "words after in sentence"})
_VOICE = frozenset({"voice", "category and voice", "chance attributed"})
_AT = frozenset({"word", "near", "entry and near", "entry and word", "category and word", "shape"})
_PAIRS = {"two words before": (-2, -1), "two words after": (1, 2), "words on both sides": (-1, 1)}
_FLAGS = {
    "negated": "negated",
    "hedged": "hedged",
    "in_title": "in the title",
    "scare_quoted": "in scare quotes",
}
_WHERE = {-2: "two words before", -1: "right before", 1: "right after", 2: "two words after"}
_VOICES = {code: voice for voice, code in VOICE_CODES.items()}


class Contribution(NamedTuple):
    """One part of an answer: what it is, and its log odds; above 0 speaks for loaded."""

    what: str
    value: float


def contributions(
    model: LoadedModel, surroundings: Surroundings, words: Sequence[str]
) -> list[list[Contribution]]:
    """Return the parts of the answer for each mention, the strongest first.

    Parameters
    ----------
    model
        The classifier.
    surroundings
        Mentions and words, as the classifier reads them.
    words
        The words and signs as they stand in the text, one for each row of the words.

    Returns
    -------
    list of list of Contribution
        The values of each mention sum to the log odds of its chance. Parts of no weight are left out.
        Places count words and signs.

    Raises
    ------
    ValueError
        If there is not one word for each row.
    """
    if len(words) != len(surroundings.words.hash):
        raise ValueError(f"{len(words)} words for {len(surroundings.words.hash)} rows")
    slope, shift = model.weights.platt
    found = []
    for sums in _sums(model, surroundings, words):
        parts = [Contribution(what, slope * value) for what, value in sums.rows() if value]
        parts.append(Contribution(BASELINE, slope * model.weights.intercept + shift))
        found.append(_by_strength(parts))
    return found


def top(parts: Iterable[Contribution], n: int = SHOWN) -> list[Contribution]:
    """Return the strongest parts, and all others joined into one at the end.

    Examples
    --------
    >>> parts = [Contribution("a", 0.5), Contribution("b", -2.0), Contribution("c", 0.25)]
    >>> [tuple(part) for part in top(parts, 1)]
    [('b', -2.0), ('everything else', 0.75)]
    """
    ordered = _by_strength(parts)
    if len(ordered) <= n + 1:
        return ordered
    return [*ordered[:n], Contribution(REST, math.fsum(part.value for part in ordered[n:]))]


def chance_of(parts: Iterable[Contribution]) -> float:
    """Return the chance that the parts of a mention add up to.

    Examples
    --------
    >>> chance_of([Contribution("a", 1.5), Contribution("b", -1.5)])
    0.5
    """
    return 1 / (1 + math.exp(-math.fsum(part.value for part in parts)))


def _by_strength(parts: Iterable[Contribution]) -> list[Contribution]:
    return sorted(parts, key=lambda part: -abs(part.value))


class _Sums:
    """Values added up by name; names that differ only in capitals are one."""

    def __init__(self) -> None:
        self._value: dict[str, float] = {}
        self._name: dict[str, str] = {}

    def add(self, name: str, value: float) -> None:
        key = name.casefold()
        self._name.setdefault(key, name)
        self._value[key] = self._value.get(key, 0.0) + value

    def rows(self) -> list[tuple[str, float]]:
        return [(self._name[key], value) for key, value in self._value.items()]


def _sums(model: LoadedModel, surroundings: Surroundings, words: Sequence[str]) -> Iterator[_Sums]:
    """Yield the parts of the score of each mention, before calibration and without the intercept."""
    weights = model.weights
    hashed = [
        (f.name, f.place, (weights.columns.take(f.columns) / STEPS).tolist()) for f in features(surroundings)
    ]
    entries = (model.entry_scores(surroundings) / STEPS).tolist()
    known = np.isin(surroundings.mentions.entry, weights.entries).tolist()
    blocks = _Blocks(model, surroundings, words)
    for number, entry in enumerate(entries):
        mention = _Mention(surroundings, words, number, known=known[number])
        sums = _Sums()
        sums.add(mention.entry, entry)
        for name, place, values in hashed:
            sums.add(mention.part(name, place), values[number])
        for what, value in blocks.parts(number, mention):
            sums.add(what, value)
        yield sums


class _Mention:
    """One mention and what its parts are called."""

    def __init__(self, surroundings: Surroundings, words: Sequence[str], number: int, *, known: bool) -> None:
        self._facts = {name: column[number] for name, column in surroundings.mentions._asdict().items()}
        names = ("first", "stop", "low", "high")
        self._first, self._stop, self._low, self._high = (int(self._facts[name]) for name in names)
        self._words = words
        surface = _quoted(*words[self._first : self._stop])
        how = "as it was read before" if known else "by its category, for it was never read"
        self.entry = f"the entry {surface} {how}"
        self._without = "not " + ", not ".join(_FLAGS[flag] for flag in _FLAGS if not self._facts[flag])

    def part(self, name: str, place: int) -> str:
        """Return the part that a feature belongs to."""
        if name in _AT:
            return self.at(place)
        if name in _PAIRS:
            return self._pair(name)
        if name in _ENTRY:
            return self.entry
        if name in _WRITTEN:
            return _written(self._words[self._first])
        if name in _POSITION:
            return "position in the sentence"
        if name in _VOICE:
            return f"voice: {_VOICES[int(self._facts['voice'])]}"
        if name == "density":
            return f"density of terms: {self._facts['density']:.0f} in a thousand words"
        flag = name.removeprefix("category and ")
        meaning = _FLAGS[flag]
        return meaning if self._facts[flag] else self._without

    def at(self, place: int) -> str:
        """Return what the word at a place is called."""
        word = self._word(place)
        if not word:
            return f"{'start' if place < 0 else 'end'} of the paragraph nearby"
        return f"{_quoted(word)} {_WHERE.get(place, 'nearby')}"

    def _pair(self, name: str) -> str:
        first, second = places = _PAIRS[name]
        inside = [place for place in places if self._word(place)]
        if len(inside) < 2:
            return self.at(inside[0] if inside else first)
        if first * second < 0:
            return f"{self.at(first)} and {self.at(second)}"
        return f"{_quoted(self._word(first), self._word(second))} right {'before' if first < 0 else 'after'}"

    def _word(self, place: int) -> str:
        """Return the word at a place, empty beyond the paragraph."""
        if not 0 < abs(place) <= REACH:
            raise ValueError(f"no word is read at place {place}")
        row = self._first + place if place < 0 else self._stop + place - 1
        return self._words[row] if self._low <= row < self._high else ""


class _Blocks:
    """What the words around say by the table of scores, lenses included, one mention at a time."""

    def __init__(self, model: LoadedModel, surroundings: Surroundings, words: Sequence[str]) -> None:
        self._table, self._words = model.weights.table, words
        self._rows = model.vocabulary.rows(surroundings.words.hash)
        self._weight = model.weights.importance.take(self._rows).astype(np.float64)
        self._places = {place: place_rows(surroundings, self._rows, place) for place in PLACES}
        self._stretches = stretches(surroundings)
        self._lens_columns = np.array([column for column, _ in columns_of("lens")])
        pairs = [*columns_of("block"), *columns_of("lensed")]
        self._columns = {
            block: np.array([column for column, own in pairs if own == block]) for block in BLOCKS
        }

    def parts(self, number: int, mention: _Mention) -> Iterator[tuple[str, float]]:
        """Yield the parts of one mention with their scores."""
        own, share = self._shares("mention", number)
        lenses = share @ self._table[np.ix_(self._rows[own], self._lens_columns)] / STEPS
        for place, rows in self._places.items():
            yield mention.at(place), float(self._scores(rows[number : number + 1], place, lenses)[0])
        yield mention.entry, float(share @ self._scores(self._rows[own], "mention", lenses))
        for stretch in ("sentence", "paragraph"):
            around, share = self._shares(stretch, number)
            scores = share * self._scores(self._rows[around], stretch, lenses)
            total = math.fsum(scores.tolist())
            yield f"words of the {stretch}{self._loudest(around, scores * np.sign(total))}", total

    def _shares(self, stretch: str, number: int) -> tuple[NDArray[np.int64], Floats]:
        """Return the rows of a stretch and the share that each has in its mean."""
        edges, own = self._stretches[stretch], self._stretches["mention"]
        rows = np.arange(edges.low[number], edges.high[number])
        if edges.without:
            rows = rows[(rows < own.low[number]) | (rows >= own.high[number])]
        weight = self._weight[rows]
        share: Floats = weight / (weight.sum() + SMOOTHING)
        return rows, share

    def _scores(self, rows: NDArray[np.int32], block: int | str, lenses: Floats) -> Floats:
        """Return what known words say in a block, seen through the lenses of the mention."""
        factors = np.concatenate([[1.0], lenses]) if block in LENSED else np.ones(1)
        scores: Floats = self._table[np.ix_(rows, self._columns[block])] @ factors / STEPS
        return scores

    def _loudest(self, rows: NDArray[np.int64], scores: Floats) -> str:
        """Return the words with the highest scores."""
        sums = _Sums()
        for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
            sums.add(self._words[row], score)
        ordered = sorted((row for row in sums.rows() if row[1] > 0), key=lambda row: -row[1])
        names = ", ".join(_quoted(word) for word, _ in ordered[:_NAMED])
        return f": {names}" if names else ""


def _written(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return "written in capitals"
    return "written with a capital letter" if word[:1].isupper() else "written without a capital letter"


def _quoted(*words: str) -> str:
    """Put words and signs together as one would write them, in marks that they do not hold."""
    phrase = re.sub(r" ?([-'’]) ?", r"\1", " ".join(words))
    return f'"{phrase}"' if "'" in phrase else f"'{phrase}'"
