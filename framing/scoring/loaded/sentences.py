"""Is a sentence loaded, and which of its words: a linear model that needs no lexicon entry for a word.

The score of a sentence adds up its words and pairs of words, the vectors of its words, and what the
classifier says of its mentions. The score of a word has two parts: what the word is (its vector, its
ending, how it is written) and where it stands (its neighbours, the rest of its sentence). Sums of table
look-ups are whole numbers, so that a sentence gets the same score in any batch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.archive import require_shapes
from framing.scoring.loaded.blocks import STEPS
from framing.scoring.loaded.columns import Floats, Ints
from framing.scoring.loaded.sentence_words import CAPITALS, DIGITS, NUMBER, SIGN, SentenceWords
from framing.scoring.loaded.vocabulary import Vocabulary
from framing.text.tokens import UInts

COLUMN_BITS, SUFFIX_BITS = 18, 10
COMMON = 150
"""Words of the vocabulary from its top that are no content words: almost all are function words."""

PLACES = (-2, -1, 1, 2)
SENTENCE, OWN, REST, STATIC = 0, 1, 6, 7
TABLE = 8
"""Columns of the table: in the sentence; the word itself; at the four places (2 to 5); in the rest of the
sentence of another word; in the sentence without the size of the mean, for products with the sentence."""

WRITTEN = 2 * (SIGN + 1)
"""Shapes, times two: first in the sentence or not."""

SMOOTHING = 64
"""Weight of nothing in the mean of the vectors of a sentence."""

SENTENCE_PARTS = (
    "score", "largest chance of a mention", "chances of mentions", "intensities", "mentions",
    "largest chance of a word", "three largest", "chances of words", "length", "exclamation", "question",
    "quotation", "capitals", "digits",
)  # fmt: skip
"""What the last step weighs: the score of the words, mentions, chances of content words, signs."""

_MIX = np.uint64(0x9E3779B97F4A7C15)


class SentenceMentions(NamedTuple):
    """Mentions of the sentences: number of the sentence, chance of being loaded, intensity of the entry."""

    sentence: Ints
    chance: Floats
    intensity: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SentenceWeights:
    """Everything the model was trained to; whole steps of :data:`STEPS` where they are added up.

    ``columns`` are the hashed words and pairs; ``words``, ``importance`` and ``table`` the known words (the
    last two with a row 0 for all others); ``suffixes`` and ``written`` (what it is, where it stands) belong
    to words; ``numbers`` are intercept of the sentence, then of words: intercept, the hashed weight of the
    word, of that above 0, the sentence, the sentence times vector, the sentence times hashed weight, slope
    and shift of the calibration; ``last`` the weights of :data:`SENTENCE_PARTS` and an intercept.
    """

    columns: NDArray[np.int16]
    words: UInts
    importance: NDArray[np.uint8]
    table: NDArray[np.int16]
    suffixes: NDArray[np.int16]
    written: NDArray[np.int16]
    numbers: Floats
    last: Floats

    def require_shapes(self) -> None:
        """Refuse tables that do not fit together.

        Raises
        ------
        ValueError
            If a table has another shape than the others ask for.
        """
        rows = len(self.words) + 1
        require_shapes(
            {
                "columns": (self.columns, (1 << COLUMN_BITS,)),
                "importance": (self.importance, (rows,)),
                "table": (self.table, (rows, TABLE)),
                "suffixes": (self.suffixes, (1 << SUFFIX_BITS,)),
                "written": (self.written, (WRITTEN,)),
                "numbers": (self.numbers, (9,)),
                "last": (self.last, (len(SENTENCE_PARTS) + 1,)),
            }
        )


class SentenceModel:
    """The model, ready to answer."""

    def __init__(self, weights: SentenceWeights, card: Mapping[str, object] | None = None) -> None:
        self.weights = weights
        self.card: Mapping[str, object] = card or {}
        self.vocabulary = Vocabulary(weights.words)

    @property
    def threshold(self) -> float:
        """The chance from which a sentence is called loaded; 0.5 for a model without a card."""
        return float(str(self.card.get("threshold", 0.5)))

    def sentence_chances(self, words: SentenceWords, mentions: SentenceMentions) -> Floats:
        """Return the chance that each sentence is loaded, 0 to 1."""
        *weights, shift = self.weights.last.tolist()
        score = np.full(words.n, shift)
        for weight, part in zip(weights, self.sentence_parts(words, mentions).T, strict=True):
            score += weight * part  # one after the other: a product of matrices depends on the batch
        return _chance(score)

    def word_chances(self, words: SentenceWords) -> Floats:
        """Return the chance that each word is loaded where it stands; 0 for all but content words."""
        numbers, rows = self.weights.numbers, self.vocabulary.rows(words.hash)
        scored = self.word_scores(words)
        chance: Floats = _chance(numbers[7] * scored + numbers[8]) * content(words, rows)
        return chance

    def scores(self, words: SentenceWords) -> Floats:
        """Return the score of each sentence by its words alone: above 0 speaks for loaded."""
        which, columns = pairs_and_words(words)
        total = np.bincount(which, weights=self.weights.columns[columns], minlength=words.n)
        size = np.maximum(np.bincount(which, minlength=words.n), 1)
        rows = self.vocabulary.rows(words.hash)
        weight = self.weights.importance[rows].astype(np.float64)
        vectors = np.bincount(words.sentence, weights=weight * self.weights.table[rows, SENTENCE],
                              minlength=words.n)  # fmt: skip
        weights = np.bincount(words.sentence, weights=weight, minlength=words.n) + SMOOTHING
        # All sums are of whole numbers, exact in any order.
        score: Floats = (total / np.sqrt(size) + vectors / weights) / STEPS + self.weights.numbers[0]
        return score

    def word_scores(self, words: SentenceWords) -> Floats:
        """Return the score of each word before calibration."""
        own, numbers, table = self.weights, self.weights.numbers, self.weights.table
        rows = self.vocabulary.rows(words.hash)
        hashed = own.columns[hash_column(words.hash, 1, COLUMN_BITS)] / STEPS
        total = table[rows, OWN].astype(np.int64)
        total += own.suffixes[hash_column(words.suffix, 7, SUFFIX_BITS)]
        total += own.written[written(words)]
        for number, place in enumerate(PLACES):
            total += table[neighbour(words, rows, place), 2 + number]
        sentence = self.scores(words)[words.sentence]
        rest, size = rest_of_sentence(words, own.importance[rows], table[rows, REST])
        static = table[rows, STATIC] / STEPS
        score: Floats = (total + rest / size) / STEPS + numbers[1]
        score += numbers[2] * hashed + numbers[3] * np.maximum(hashed, 0)
        score += sentence * (numbers[4] + numbers[5] * static + numbers[6] * hashed)
        return score

    def sentence_parts(self, words: SentenceWords, mentions: SentenceMentions) -> Floats:
        """Return what the last step weighs, shape (sentences, :data:`SENTENCE_PARTS`)."""
        n = words.n
        parts = np.zeros((n, len(SENTENCE_PARTS)))
        parts[:, 0] = self.scores(words)
        np.maximum.at(parts[:, 1], mentions.sentence, mentions.chance)
        for column, values in (
            (2, mentions.chance),
            (3, mentions.intensity),
            (4, np.ones_like(mentions.chance)),
        ):
            parts[:, column] = np.log1p(np.bincount(mentions.sentence, weights=values, minlength=n))
        chance = self.word_chances(words)
        order = np.lexsort((-chance, words.sentence))
        sentence, first = words.sentence[order], np.searchsorted(words.sentence, np.arange(n))
        rank = np.arange(len(order)) - first[sentence]
        parts[:, 5] = np.bincount(sentence[rank == 0], weights=chance[order][rank == 0], minlength=n)
        parts[:, 6] = np.bincount(sentence[rank < 3], weights=chance[order][rank < 3], minlength=n)
        parts[:, 7] = np.log1p(np.bincount(sentence, weights=chance[order], minlength=n))
        parts[:, 8] = np.log1p(np.bincount(words.sentence, weights=words.shape != SIGN, minlength=n))
        for column, sign in ((9, "!"), (10, "?"), (11, '"')):
            at = (words.shape == SIGN) & (words.hash == ord(sign) + 1)
            parts[:, column] = np.bincount(words.sentence[at], minlength=n) > 0
        for column, kinds in ((12, (CAPITALS,)), (13, (DIGITS, NUMBER))):
            parts[:, column] = np.bincount(words.sentence[np.isin(words.shape, kinds)], minlength=n) > 0
        return parts


def hash_column(values: UInts, seed: int, bits: int) -> Ints:
    """Return the column of each value."""
    mixed = (values ^ np.uint64(seed)) * _MIX
    mixed ^= mixed >> np.uint64(29)
    return ((mixed * _MIX) >> np.uint64(64 - bits)).astype(np.int64)


def pairs_and_words(words: SentenceWords) -> tuple[Ints, Ints]:
    """Return sentence and column of each distinct word, sign or pair of words of a sentence."""
    is_word = words.shape != SIGN
    hashed, sentence = words.hash[is_word], words.sentence[is_word]
    same = sentence[1:] == sentence[:-1]
    pair = hashed[:-1] * np.uint64(3) ^ (hashed[1:] * _MIX)
    pair ^= pair >> np.uint64(31)
    columns = np.concatenate(
        [hash_column(words.hash, 1, COLUMN_BITS), hash_column(pair[same], 2, COLUMN_BITS)]
    )
    both = np.unique((np.concatenate([words.sentence, sentence[:-1][same]]) << COLUMN_BITS) + columns)
    return both >> COLUMN_BITS, both & ((1 << COLUMN_BITS) - 1)


def content(words: SentenceWords, rows: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Say which words are content words: letters only, and not among the commonest of the vocabulary."""
    found: NDArray[np.bool_] = (words.shape <= CAPITALS) & ((rows == 0) | (rows > COMMON))
    return found


def written(words: SentenceWords) -> Ints:
    """Return how each word is written and whether it is the first of its sentence, as one number."""
    first = np.ones(len(words.sentence), dtype=np.int64)
    first[1:] = words.sentence[1:] != words.sentence[:-1]
    return 2 * words.shape + first


def neighbour(words: SentenceWords, rows: NDArray[np.int32], place: int) -> NDArray[np.int32]:
    """Return the row in the vocabulary of the word at a place, 0 beyond the sentence."""
    at = np.clip(np.arange(len(rows)) + place, 0, max(len(rows) - 1, 0))
    inside = (words.sentence[at] == words.sentence) & (at == np.arange(len(rows)) + place)
    found: NDArray[np.int32] = rows[at] * inside
    return found


def rest_of_sentence(
    words: SentenceWords, importance: NDArray[np.uint8], scores: NDArray[np.int16]
) -> tuple[Ints, Ints]:
    """Return the weighted sum of the scores of the other words of each word's sentence, and its size."""
    weight = importance.astype(np.int64)
    value = weight * scores
    n = words.n
    total = np.bincount(words.sentence, weights=value, minlength=n).astype(np.int64)[words.sentence] - value
    size = np.bincount(words.sentence, weights=weight, minlength=n).astype(np.int64)[words.sentence] - weight
    return total, size + SMOOTHING


def _chance(score: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-score))
    return chance
