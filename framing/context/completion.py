"""A cue at the end of a sentence needs a content: what stands before it, where the labeller found none.

"The bridge was mined, the ministry said on Tuesday." In the articles that the labeller learned from this
order is rare, and it is sure of the source and the cue long before it is of the content.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from framing.context.labeller.label import Block, Labels
from framing.context.labeller.labels import BEGIN, CUE, INSIDE, OUTSIDE, SOURCE
from framing.context.runs import counted
from framing.text.tokens import hash_words

LATEST = 6
"""Words and signs that may follow the cue in its sentence ("on Tuesday.")."""

FEWEST = 3
"""Words that a content has at least."""

_SAYING = np.sort(hash_words(["say", "says", "said"]))
_SPEAKER = 6

CHANCE = 0.9
"""Chance of content that the completed words get: .90 of 246 words before a closing "said" are content on
PolNeAR dev."""


def complete(block: Block) -> Block:
    """Return the labels with the content before a closing "..., source cue" filled in.

    Only in sentences in which the labeller found a source and a cue behind the last comma, no
    content, and no quotation marks; and in headlines that end with ", source says".
    """
    labels = block.labels
    label, content, source = labels.label.copy(), labels.content.copy(), labels.source.copy()
    labels = labels._replace(label=label, content=content, source=source)
    for first, stop in _open_headlines(block):
        _complete_headline(labels.rows(first, stop))
    for low, high in _open_sentences(labels):
        _complete_sentence(labels.rows(low, high))
    return block._replace(labels=labels)


def _open_headlines(block: Block) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs that end, without a stop, with a verb of saying."""
    stop = block.first + block.size
    last = block.labels.hash[stop - 1]
    place = np.searchsorted(_SAYING, last).clip(max=len(_SAYING) - 1)
    chosen = (block.size >= FEWEST + 3) & (_SAYING[place] == last)
    yield from zip(block.first[chosen].tolist(), stop[chosen].tolist(), strict=True)


def _open_sentences(labels: Labels) -> Iterator[tuple[int, int]]:
    """Yield the sentences with a cue, but without content and quotation marks."""
    sentence = labels.sentence
    edges = np.flatnonzero(sentence[1:] != sentence[:-1]) + 1
    starts, stops = np.append(0, edges), np.append(edges, len(sentence))
    cues = counted(labels.label == CUE)
    taken = counted((labels.label >= BEGIN) | (labels.quote > 0))
    chosen = (cues[stops] > cues[starts]) & (taken[stops] == taken[starts])
    yield from zip(starts[chosen].tolist(), stops[chosen].tolist(), strict=True)


def _complete_sentence(labels: Labels) -> None:
    """Fill in the content of one sentence, in place."""
    label = labels.label
    found = np.flatnonzero(label == CUE)
    commas = np.flatnonzero(labels.sign[: int(found[0])] == ord(","))
    if not len(commas) or len(label) - int(found[-1]) - 1 > LATEST:
        return
    comma = int(commas[-1])
    words = int((labels.sign[:comma] == 0).sum())
    if words >= FEWEST and (label[comma + 1 : int(found[0])] == SOURCE).any():
        _fill(labels, comma)


def _complete_headline(labels: Labels) -> None:
    """Label "Town shelled, army says", in place."""
    last = len(labels.label) - 1
    commas = np.flatnonzero(labels.sign == ord(","))
    if labels.quote.any() or not len(commas) or not 1 < last - int(commas[-1]) <= _SPEAKER:
        return
    comma = int(commas[-1])
    if (labels.sign[:comma] == 0).sum() < FEWEST or (labels.sign[comma + 1 : last] > 0).any():
        return
    _fill(labels, comma)
    labels.label[comma + 1 : last], labels.label[comma], labels.label[last] = SOURCE, OUTSIDE, CUE
    labels.content[comma:] = np.minimum(labels.content[comma:], 1 - CHANCE)
    labels.source[comma + 1 : last] = np.maximum(labels.source[comma + 1 : last], CHANCE)


def _fill(labels: Labels, stop: int) -> None:
    """Make the words up to ``stop`` a content."""
    labels.label[:stop] = INSIDE
    labels.label[0] = BEGIN
    labels.content[:stop] = np.maximum(labels.content[:stop], CHANCE)
