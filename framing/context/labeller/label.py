"""Label paragraphs: two passes of a linear model and a decoder."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller import first
from framing.context.labeller.decode import decode
from framing.context.labeller.first import Features, first_features
from framing.context.labeller.labels import BEGIN, INSIDE, SOURCE
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
    taken,
    window_sums,
)
from framing.context.labeller.second import Network, chance, second_features
from framing.context.labeller.stream import Ints, Passage, Stream, read_stream
from framing.text.tokens import UInts

BLOCK_CHARS, DECODED_CHARS = 100_000, 800_000
"""Characters whose features are worked out in one go, small enough for the cache, and characters that are
decoded in one go: the steps of many paragraphs take the decoder hardly longer than those of one."""


_SUREST = 1e-5
"""Chances nearer to 0 or 1 are calibrated as if they were this far from it."""


class Labels(NamedTuple):
    """What words and signs got, one row for each.

    ``start`` and ``end`` are characters of the paragraph; ``content`` is the calibrated chance that the
    word is somebody else's content, ``source`` the chance that it names a source; ``quote`` the state of the
    quotation around it; ``sentence`` its number; ``sign`` the folded code of a sign, 0 for words; ``hash``
    that of a word; ``shape`` how it is written (:mod:`framing.context.labeller.stream`).
    """

    start: Ints
    end: Ints
    label: NDArray[np.int8]
    content: Floats
    source: Floats
    quote: Ints
    sentence: Ints
    sign: NDArray[np.uint16]
    hash: UInts
    shape: NDArray[np.int8]

    def rows(self, first: int, stop: int) -> Labels:
        """Return some of the rows (views: what is changed in them is changed here)."""
        some = slice(first, stop)
        return Labels(
            self.start[some], self.end[some], self.label[some], self.content[some], self.source[some],
            self.quote[some], self.sentence[some], self.sign[some], self.hash[some], self.shape[some],
        )  # fmt: skip


class Block(NamedTuple):
    """Labels of several paragraphs; ``first`` and ``size`` tell where the words of each are.

    Empty words, labelled as nothing, stand before, between and after the paragraphs.
    """

    labels: Labels
    first: Ints
    size: Ints

    def paragraphs(self) -> list[Labels]:
        """Return the labels of each paragraph."""
        places = zip(self.first.tolist(), self.size.tolist(), strict=True)
        return [self.labels.rows(first, first + size) for first, size in places]


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
        self._term_slope, self._term_shift = weights.platt[2].tolist()

    def label(self, passages: Sequence[Passage]) -> list[Labels]:
        """Return the labels of each paragraph, in order; any batch gives the same."""
        return [labels for block in self.blocks(passages) for labels in block.paragraphs()]

    def blocks(self, passages: Sequence[Passage]) -> Iterator[Block]:
        """Yield the labels of all paragraphs, in order, some hundreds at once."""
        for group in _cut(passages, DECODED_CHARS):
            streams = [read_stream(block) for block in _cut(group, BLOCK_CHARS)]
            chances = [self.chances(stream) for stream in streams]
            labels = self.decide(streams, chances)
            for stream, chance_of, label in zip(streams, chances, labels, strict=True):
                content = self.calibrated(chance_of[:, BEGIN] + chance_of[:, INSIDE], stream.quote > 0)
                columns = Labels(
                    stream.start, stream.end, label, content, np.ascontiguousarray(chance_of[:, SOURCE]),
                    stream.quote, stream.sentence, stream.sign, stream.hash, stream.shape.astype(np.int8),
                )  # fmt: skip
                yield Block(columns, stream.first, stream.size)

    def chances(self, stream: Stream) -> Floats:
        """Return the probability of each label of each word, shape (words, labels)."""
        cue = self.weights.lexical.cue(stream)
        scores = self.first_scores(stream, cue)
        return self.weights.second(second_features(stream, self.weights.lexical, cue, scores, chance(scores)))

    def calibrated(self, content: Floats, quoted: NDArray[np.bool_]) -> Floats:
        """Return the chance of content as often as it is right (Platt 1999), in and out of quotations."""
        result: Floats = platt(content, self.weights.platt[quoted.astype(np.int64)].T)
        return result

    def calibrated_term(self, content: float) -> float:
        """Return the chance that a loaded term outside of quotation marks is content."""
        part = min(max(content, _SUREST), 1 - _SUREST)
        return 1 / (1 + math.exp(-(self._term_slope * math.log(part / (1 - part)) + self._term_shift)))

    def decide(self, streams: Sequence[Stream], chances: Sequence[Floats]) -> list[NDArray[np.int8]]:
        """Return the best labels of each paragraph of each stream."""
        logs = np.log(np.maximum(np.concatenate(chances), np.float32(1e-6)))
        logs[:, [BEGIN, INSIDE]] += np.float32(self.weights.lean)
        ends = np.cumsum([len(part) for part in chances])
        first = [
            stream.first + end - len(part) for stream, end, part in zip(streams, ends, chances, strict=True)
        ]
        size = [stream.size for stream in streams]
        labels = decode(logs, np.concatenate(first), np.concatenate(size), self.weights.moves)
        return np.split(labels, ends[:-1])

    def first_scores(self, stream: Stream, cue: Ints) -> Floats:
        """Return the scores of the first pass, shape (words, labels)."""
        features = first_features(stream, cue, self.weights.lexical.speech)
        scores = window_sums(self._types.rows(stream, cue))
        scores += pair_sums(self._pairs.find(features.pairs), self._pairs.rows)
        _add(scores, features, self._first_keyed, self._first_groups, first.GROUPS)
        scores += self.weights.first.intercept
        return scores


def _cut(passages: Sequence[Passage], chars: int) -> Iterator[list[Passage]]:
    """Yield runs of passages of about so many characters."""
    run: list[Passage] = []
    size = 0
    for passage in passages:
        run.append(passage)
        size += len(passage.text)
        if size >= chars:
            yield run
            run, size = [], 0
    if run:
        yield run


def platt(chances: Floats, slope_and_shift: Floats) -> Floats:
    """Return calibrated chances (Platt 1999)."""
    slope, shift = slope_and_shift
    part = np.clip(chances, np.float32(_SUREST), np.float32(1 - _SUREST))
    result: Floats = 1 / (1 + np.exp(-(slope * np.log(part / (1 - part)) + shift)))
    return result


def _add(
    scores: Floats, features: Features, keyed: KeyedWeights, tables: dict[str, Floats], groups: Groups
) -> None:
    rows = keyed.places(np.concatenate(list(features.hashed.values())))  # all at once: far fewer calls
    for own in rows.reshape(-1, len(scores)):
        scores += taken(keyed.rows, own)
    for name, columns in features.groups.items():
        scores += taken(tables[name], joint_index(groups[name][0], columns))
