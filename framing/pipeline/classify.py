"""Mentions of a batch go through the classifier together: columns out of articles, chances into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller.label import Labels
from framing.lexicon import Entry
from framing.pipeline.article import Article, Mention
from framing.pipeline.part import Part
from framing.scoring.loaded import (
    FRAMES,
    OTHER_FRAME,
    VOICE_CODES,
    LoadedModel,
    Mentions,
    Surroundings,
    Words,
)
from framing.scoring.loaded.keys import entry_hash
from framing.scoring.rules import loadedness
from framing.text.tokens import UInts

FEWEST_WORDS = 50
"""A shorter text counts as one of so many words in the density of its mentions."""


class EntryColumns(NamedTuple):
    """What the classifier knows of an entry before it sees the text."""

    hash: int
    frame: int
    intensity: int
    ambiguous: int


def entry_columns(entries: Sequence[Entry]) -> Mapping[str, EntryColumns]:
    """Return the columns of each entry by its id."""
    numbers = {frame: number for number, frame in enumerate(FRAMES)}
    return {
        e.entry_id: EntryColumns(
            entry_hash(e.entry_id), numbers.get(e.category, OTHER_FRAME), e.intensity, int(e.ambiguous)
        )
        for e in entries
    }


class _Paragraph(NamedTuple):
    """Where a paragraph stands in its text, and where its words stand in the paragraph."""

    text: str
    offset: int
    start: NDArray[np.int64]
    end: NDArray[np.int64]


class Gatherer:
    """Collects the mentions of articles, in order, with the words of their paragraphs."""

    def __init__(self, entries: Mapping[str, EntryColumns]) -> None:
        self._entries = entries
        self._hash: list[UInts] = []
        self._shape: list[NDArray[np.int8]] = []
        self._sentence: list[NDArray[np.int64]] = []
        self._paragraphs: list[_Paragraph] = []
        self._size = 0
        self._sentences = 0
        self._rows: list[tuple[float, ...]] = []

    def add(self, article: Article, parts: Sequence[Part]) -> None:
        """Add the mentions of one article; ``parts`` are its title and its text."""
        mentions = iter(article.mentions)
        density = 1000 * len(article.mentions) / max(article.n_words, FEWEST_WORDS)
        for part in parts:
            read, low, high, offset = -1, 0, 0, 0
            for placed in part.placed:
                labels = part.reading.labels[placed.paragraph]
                if placed.paragraph != read:
                    read, offset = placed.paragraph, part.reading.paragraphs[placed.paragraph].start
                    low, high = self._size, self._size + len(labels.hash)
                    self._append(labels)
                    self._paragraphs.append(_Paragraph(part.text, offset, labels.start, labels.end))
                first = low + int(labels.end.searchsorted(placed.span.start - offset, side="right"))
                stop = low + int(labels.start.searchsorted(placed.span.end - offset))
                first = min(first, high - 1)
                self._row(next(mentions), first, max(min(stop, high), first + 1), low, high, density)

    def _append(self, labels: Labels) -> None:
        self._hash.append(labels.hash)
        self._shape.append(labels.shape)
        # Numbers that never fall, however the labeller cut its blocks.
        self._sentence.append(labels.sentence - int(labels.sentence[0]) + self._sentences)
        self._sentences = int(self._sentence[-1][-1]) + 1
        self._size += len(labels.hash)

    def _row(self, mention: Mention, first: int, stop: int, low: int, high: int, density: float) -> None:
        entry = self._entries[mention.entry_id]
        self._rows.append(
            (
                first, stop, low, high, entry.hash, entry.frame, entry.intensity, entry.ambiguous,
                VOICE_CODES[mention.voice], mention.p_attributed, mention.negated, mention.hedged,
                mention.in_title, mention.scare_quoted, density,
            )
        )  # fmt: skip

    def words(self) -> list[str]:
        """Return the words and signs as they are written, one for each row of the words of surroundings."""
        return [
            text[offset + start : offset + end]
            for text, offset, starts, ends in self._paragraphs
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]

    def surroundings(self) -> Surroundings:
        """Return everything that was collected."""
        columns = list(zip(*self._rows, strict=True)) if self._rows else [()] * len(Mentions._fields)
        types = {"entry": np.uint64, "attributed": np.float64, "density": np.float64}
        words = (
            (np.concatenate(self._hash), np.concatenate(self._shape), np.concatenate(self._sentence))
            if self._hash
            else (np.zeros(0, np.uint64), np.zeros(0, np.int8), np.zeros(0, np.int64))
        )
        return Surroundings(
            Words(*words),
            Mentions(
                *(
                    np.array(column, dtype=types.get(name, np.int64))  # type: ignore[arg-type]
                    for name, column in zip(Mentions._fields, columns, strict=True)
                )
            ),
        )


def classified(
    model: LoadedModel, articles: Sequence[Article], surroundings: Surroundings
) -> Iterator[Article]:
    """Yield the articles with what the classifier says of each mention."""
    answers = iter(_answers(model, surroundings))
    for article in articles:
        for mention in article.mentions:
            _put(mention, next(answers))
        yield article


class Answer(NamedTuple):
    """What the classifier says of one mention."""

    p_loaded: float
    loaded: str
    frame: str
    p_frame: float


def _answers(model: LoadedModel, surroundings: Surroundings) -> list[Answer]:
    if not len(surroundings.mentions.first):
        return []
    chances = model.chances(surroundings)
    frames = model.frame_chances(surroundings)
    best = frames.argmax(axis=1)
    return [
        Answer(*row)
        for row in zip(
            chances.tolist(),
            model.decide(chances),
            [FRAMES[number] for number in best.tolist()],
            frames[np.arange(len(best)), best].tolist(),
            strict=True,
        )
    ]


def _put(mention: Mention, answer: Answer) -> None:
    """Put an answer into a mention of the batch, which nobody else has seen yet.

    In place: a copy of a mention costs more than everything that the classifier does for it.

    The frame is the likeliest of all frames of the codebook, also for an entry that is not marked ambiguous:
    the mark says that a mention may be plain, and readers find other frames in entries with and without it.
    A category that is no frame of the codebook stays as it is, without a chance, for no reader ever chose it.
    """
    put = object.__setattr__
    put(mention, "p_loaded", answer.p_loaded)
    put(mention, "loaded", answer.loaded)
    put(mention, "loadedness", loadedness(mention.rule_score, answer.p_loaded))
    if mention.category in FRAMES:
        put(mention, "frame", answer.frame)
        put(mention, "p_frame", answer.p_frame)
