"""What the classifier reads: the words around mentions and what is known about them, as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.tables import VOICES
from framing.text.tokens import UInts

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FRAMES = (
    "delegitimation", "sectarian_othering", "foreign_control", "terrorism_label", "occupation_colonial",
    "atrocity", "dehumanisation", "glorification", "euphemism", "distancing", "threat_alarm",
    "victimhood", "evaluation", "partisan_label",
)  # fmt: skip
"""The frames of the codebook, in its order; a category of a user's own lexicon is none of them."""

OTHER_FRAME = len(FRAMES)

SHAPES = 20
"""Ways in which a word can be written, nothing at all among them (:mod:`framing.context.labeller.stream`)."""

AT_ONCE = 3000
"""Mentions that are scored together: enough to hide the overhead of numpy, few enough for the cache."""

VOICE_CODES = {voice: number for number, voice in enumerate(VOICES)}


class Words(NamedTuple):
    """Words and signs of the paragraphs that hold mentions, one row each.

    ``hash`` is that of the folded word, ``shape`` how it is written (capital, digits, a sign ...),
    ``sentence`` the number of its sentence, which never falls; two sentences never share one.
    """

    hash: UInts
    shape: NDArray[np.int8]
    sentence: Ints


class Mentions(NamedTuple):
    """Mentions, one row each.

    ``first`` and ``stop`` are the rows of its words, ``low`` and ``high`` those of its paragraph.
    ``entry`` is the hash of the entry id; ``frame`` the number of its category in :data:`FRAMES`;
    ``voice`` one of :data:`VOICE_CODES`; ``attributed`` the chance that it is not the outlet's own word;
    ``density`` the mentions in a thousand words of the article; the others are 0 or 1, ``intensity`` 0 to 3.
    """

    first: Ints
    stop: Ints
    low: Ints
    high: Ints
    entry: UInts
    frame: Ints
    intensity: Ints
    ambiguous: Ints
    voice: Ints
    attributed: Floats
    negated: Ints
    hedged: Ints
    in_title: Ints
    scare_quoted: Ints
    density: Floats

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Mentions:
        """Return some of the rows."""
        return Mentions(*(column[rows] for column in self))  # type: ignore[arg-type]


class Surroundings(NamedTuple):
    """Mentions and the words that they stand in."""

    words: Words
    mentions: Mentions


class Edges(NamedTuple):
    """The first row of some words of each mention, and one past the last."""

    low: Ints
    high: Ints


def sentence_rows(surroundings: Surroundings) -> Edges:
    """Return the first row of the sentence of each mention, and one past its last."""
    words, mentions = surroundings
    # The edges of all sentences are few: searching them is faster than searching the words, twice.
    begins = np.flatnonzero(words.sentence[1:] != words.sentence[:-1]) + 1
    edges = np.concatenate([[0], begins, [len(words.sentence)]])
    number = np.searchsorted(edges, mentions.first, side="right")
    low = np.maximum(edges.take(number - 1), mentions.low)
    high = np.minimum(edges.take(number), mentions.high)
    return Edges(low, np.maximum(high, mentions.stop))


def batches(surroundings: Surroundings) -> Iterator[Surroundings]:
    """Yield :data:`AT_ONCE` mentions at a time, in order, with the words of their paragraphs (views)."""
    words, mentions = surroundings
    for start in range(0, max(len(mentions.first), 1), AT_ONCE):
        some = Mentions(*(column[start : start + AT_ONCE] for column in mentions))  # type: ignore[arg-type]
        low, high = int(some.low.min(initial=len(words.hash))), int(some.high.max(initial=0))
        yield Surroundings(
            Words(*(column[low:high] for column in words)),  # type: ignore[arg-type]
            some._replace(
                first=some.first - low, stop=some.stop - low, low=some.low - low, high=some.high - low
            ),
        )


def chosen(surroundings: Surroundings, rows: NDArray[np.bool_]) -> Surroundings:
    """Return some of the mentions, and of the words only those of their paragraphs."""
    words, mentions = surroundings.words, surroundings.mentions.take(rows)
    low, first = np.unique(mentions.low, return_index=True)
    size = mentions.high[first] - low
    begin = np.cumsum(size) - size
    kept = np.arange(int(size.sum())) + np.repeat(low - begin, size)
    moved = begin[np.searchsorted(low, mentions.low)] - mentions.low
    return Surroundings(
        Words(words.hash[kept], words.shape[kept], words.sentence[kept]),
        mentions._replace(
            first=mentions.first + moved, stop=mentions.stop + moved,
            low=mentions.low + moved, high=mentions.high + moved,
        ),
    )  # fmt: skip


def join(parts: Sequence[Surroundings]) -> Surroundings:
    """Return several surroundings as one, in order."""
    sizes = np.array([len(part.words.hash) for part in parts], dtype=np.int64)
    offsets = np.cumsum(sizes) - sizes
    words = [part.words for part in parts]
    moved = []
    sentence, sentences = 0, []
    for part, offset in zip(parts, offsets.tolist(), strict=True):
        own = part.mentions
        moved.append(
            own._replace(
                first=own.first + offset, stop=own.stop + offset, low=own.low + offset, high=own.high + offset
            )
        )
        sentences.append(part.words.sentence + sentence)
        sentence += int(part.words.sentence.max(initial=-1)) + 1
    return Surroundings(
        Words(
            np.concatenate([w.hash for w in words]),
            np.concatenate([w.shape for w in words]),
            np.concatenate(sentences),
        ),
        Mentions(*(np.concatenate(column) for column in zip(*moved, strict=True))),
    )
