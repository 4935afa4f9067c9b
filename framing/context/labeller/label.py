"""Label paragraphs: two passes of a linear model and a decoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller import first
from framing.context.labeller.decode import decode
from framing.context.labeller.first import Features, first_features
from framing.context.labeller.labels import BEGIN, INSIDE
from framing.context.labeller.lexical import Lexical
from framing.context.labeller.model import (
    Floats,
    Groups,
    KeyedWeights,
    TypeCache,
    Weights,
    joint_index,
    joint_tables,
    pair_sums,
    window_sums,
)
from framing.context.labeller.second import Network, chance, second_features
from framing.context.labeller.stream import Ints, Passage, Stream, read_stream
from framing.text.tokens import UInts

BLOCK_CHARS = 150_000
"""Characters labelled in one go: small enough for the cache, large enough to hide numpy's overhead."""


class Labels(NamedTuple):
    """What one paragraph got, one row for each word or sign.

    ``start`` and ``end`` are characters of the paragraph; ``content`` is the calibrated chance that the
    word is somebody else's content; ``quote`` the state of the quotation around it; ``sentence`` its
    number; ``sign`` the folded code of a sign, 0 for words; ``hash`` that of a word.
    """

    start: Ints
    end: Ints
    label: NDArray[np.int8]
    content: NDArray[np.float32]
    quote: Ints
    sentence: Ints
    sign: NDArray[np.uint16]
    hash: UInts


@dataclass(frozen=True, slots=True, eq=False)
class LabellerWeights:
    """Everything the labeller was trained to.

    ``moves`` are log weights of one label after another. ``lean`` is added to the log chance of content:
    a little, so that as many words are found attributed as are. ``platt`` has slope and shift of the
    calibration of words outside and inside of quotation marks, and of loaded terms outside of them.
    """

    first: Weights
    pair_keys: NDArray[np.uint32]
    pairs: Floats
    second: Network
    moves: Floats
    lean: float
    platt: Floats
    lexical: Lexical


class Labeller:
    """The trained labeller. It keeps what it worked out about words, so use one for many paragraphs."""

    def __init__(self, weights: LabellerWeights) -> None:
        self.weights = weights
        self._first_keyed = KeyedWeights(weights.first.keys, weights.first.hashed)
        self._first_groups = joint_tables(first.GROUPS, weights.first.groups)
        self._pairs = KeyedWeights(weights.pair_keys, weights.pairs)
        self._types = TypeCache(self._first_keyed, weights.lexical)

    def label(self, passages: Sequence[Passage]) -> list[Labels]:
        """Return the labels of each paragraph, in order; any batch gives the same."""
        results: list[Labels] = []
        block: list[Passage] = []
        size = 0
        for passage in passages:
            block.append(passage)
            size += len(passage.text)
            if size >= BLOCK_CHARS:
                results.extend(self._block(block))
                block, size = [], 0
        if block:
            results.extend(self._block(block))
        return results

    def _block(self, passages: Sequence[Passage]) -> list[Labels]:
        stream = read_stream(passages)
        chances, labels = self.chances(stream)
        content = self.calibrated(chances[:, BEGIN] + chances[:, INSIDE], stream.quote > 0)
        rows = [slice(a, a + n) for a, n in zip(stream.first.tolist(), stream.size.tolist(), strict=True)]
        return [
            Labels(
                stream.start[r],
                stream.end[r],
                labels[r],
                content[r],
                stream.quote[r],
                stream.sentence[r],
                stream.sign[r],
                stream.hash[r],
            )
            for r in rows
        ]

    def chances(self, stream: Stream) -> tuple[Floats, NDArray[np.int8]]:
        """Return the probability of each label of each word (words x labels), and the labels."""
        cue = self.weights.lexical.cue(stream)
        scores = self.first_scores(stream, cue)
        earlier = chance(scores)
        labels = self.decide(stream, earlier, lean=0.0)
        chances = self.weights.second(second_features(stream, cue, scores, earlier, labels))
        return chances, self.decide(stream, chances, lean=self.weights.lean)

    def calibrated(self, content: Floats, quoted: NDArray[np.bool_]) -> Floats:
        """Return the chance of content as often as it is right (Platt 1999), in and out of quotations."""
        result: Floats = _platt(content, self.weights.platt[quoted.astype(np.int64)].T)
        return result

    def calibrated_term(self, content: float) -> float:
        """Return the chance that a loaded term outside of quotation marks is content."""
        return float(_platt(np.array([content], dtype=np.float32), self.weights.platt[2])[0])

    def decide(self, stream: Stream, chances: Floats, *, lean: float) -> NDArray[np.int8]:
        """Return the best labels of each paragraph."""
        logs = np.log(np.maximum(chances, np.float32(1e-6)))
        logs[:, [BEGIN, INSIDE]] += np.float32(lean)
        return decode(logs, stream.first, stream.size, self.weights.moves)

    def first_scores(self, stream: Stream, cue: Ints) -> Floats:
        """Return the scores of the first pass, shape (words, labels)."""
        features = first_features(stream, cue, self.weights.lexical.speech)
        scores = window_sums(self._types.rows(stream, cue))
        scores += pair_sums(self._pairs.find(features.pairs), self._pairs.rows)
        _add(scores, features, self._first_keyed, self._first_groups, first.GROUPS)
        scores += self.weights.first.intercept
        return scores


def _platt(chances: Floats, slope_and_shift: Floats) -> Floats:
    slope, shift = slope_and_shift
    part = np.clip(chances, np.float32(1e-5), np.float32(1 - 1e-5))
    result: Floats = 1 / (1 + np.exp(-(slope * np.log(part / (1 - part)) + shift)))
    return result


def _add(
    scores: Floats, features: Features, keyed: KeyedWeights, tables: dict[str, Floats], groups: Groups
) -> None:
    for keys in features.hashed.values():
        found = keyed.find(keys)
        hit = np.flatnonzero(found >= 0)
        scores[hit] += keyed.rows[found[hit]]
    for name, columns in features.groups.items():
        scores += tables[name][joint_index(groups[name][0], columns)]
