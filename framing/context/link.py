"""From labels to attributions: which source and which cue belong to each content, and in which voice.

The labels say what is a source, a cue and a content. Here each stretch of content gets the cue that
stands next to it and the likeliest of the sources around (:mod:`framing.context.sources`); stretches
without either go on for the speaker before them; quotation marks tell direct from indirect; what the
labeller is not sure of becomes ``unknown``. All paragraphs of a block are linked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller import BEGIN
from framing.context.labeller.label import Block, Labels
from framing.context.runs import Bools, Ints, Runs, contents, counted
from framing.context.sources import Sources, find_sources, link
from framing.records import Attribution, Span

UNSURE = 0.6
"""Below this calibrated chance of being right a decision is ``unknown``: chosen on PolNeAR dev."""

LIKELIER_CONTENT = "not sure enough; likelier somebody else's words"
LIKELIER_OWN = "not sure enough; likelier the outlet's own"

OWN, INDIRECT, DIRECT, UNKNOWN, SCARE = range(5)
VOICE_OF_KIND = ("own", "indirect", "direct", "unknown", "scare")

_WINDOW = 2
"""Words to either side over which the chance is averaged before it is called unsure."""

_JOINED = 2
"""Words or signs after which a content still goes on for the speaker before."""

_THOUSAND = 1000


class Place(NamedTuple):
    """The text that a paragraph is from, and where the paragraph starts in it."""

    text: str
    offset: int


class Linked(NamedTuple):
    """Contents with the numbers of their cue and their source, -1 for none."""

    content: Runs
    cue: Ints
    source: Ints


def paragraph_of(block: Block) -> Ints:
    """Return the number of the paragraph of each word, -1 for the empty words."""
    found = np.full(len(block.labels.label), -1)
    where = np.repeat(block.first - np.cumsum(block.size) + block.size, block.size) + np.arange(
        block.size.sum()
    )
    found[where] = np.repeat(np.arange(len(block.size)), block.size)
    return found


def confidence(labels: Labels, paragraph: Ints) -> NDArray[np.float64]:
    """Return for each word the chance that its label (content or not) is right, averaged over neighbours."""
    inside = labels.label >= BEGIN
    real = paragraph >= 0
    right = np.where(inside, labels.content, 1 - labels.content).astype(np.float64)
    n = len(right)
    total = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.where(real, np.rint(right * _THOUSAND), 0), out=total[1:])
    words = counted(real)
    here = np.arange(n)
    # Empty words count for nothing, and there are more of them between paragraphs than a window has.
    low, high = np.maximum(here - _WINDOW, 0), np.minimum(here + _WINDOW + 1, n)
    size = np.maximum(words[high] - words[low], 1)
    result: NDArray[np.float64] = (total[high] - total[low]) / (_THOUSAND * size)
    return result


def attributions(
    block: Block, places: Sequence[Place], kinds: NDArray[np.int8] | None = None
) -> list[list[Attribution]]:
    """Return the attributions of each paragraph, in order, without overlap.

    Parameters
    ----------
    block
        Labels of the paragraphs.
    places
        Where each paragraph is from.
    kinds
        What the quotation marks decide for each word of the block, one of the kinds of this module; -1
        where the labels decide.
    """
    labels = block.labels
    paragraph = paragraph_of(block)
    known = find_sources(labels, paragraph)
    linked = _link_contents(known)
    number = np.full(len(paragraph), -1)
    size = linked.content.last + 1 - linked.content.first
    number[labels.label >= BEGIN] = np.repeat(np.arange(len(size)), size)
    kind = _kinds(labels, paragraph, number >= 0, kinds)
    pieces = _pieces(labels, kind, number)
    found: list[list[Attribution]] = [[] for _ in places]
    if not len(pieces.first):
        return found
    whose = _whose(known, linked, pieces, number[pieces.first])
    inside = number[pieces.first] >= 0
    for where, attribution in _written(known, places, pieces, kind[pieces.first], whose, inside):
        found[where].append(attribution)
    return found


def _link_contents(known: Sources) -> Linked:
    """Link all contents; one without a cue and a source of its own goes on for the one before it."""
    content = contents(known.labels)
    if not len(content.first):
        return Linked(content, np.zeros(0, np.int64), np.zeros(0, np.int64))
    cue, source = link(known, content)
    labels = known.labels
    last, first = content.last[:-1], content.first[1:]
    near = first - last - 1 <= _JOINED
    quoted = (labels.quote[content.first[:-1]] > 0) & (labels.quote[first] > 0)
    on = near | (quoted & (labels.sentence[first] - labels.sentence[last] <= 1))
    on &= (cue[1:] < 0) & (known.paragraph[first] == known.paragraph[last])
    for number in (np.flatnonzero(on) + 1).tolist():  # in order: the one before may itself have gone on
        if source[number] in (-1, source[number - 1]):
            cue[number], source[number] = cue[number - 1], source[number - 1]
    return Linked(content, cue, source)


def _kinds(
    labels: Labels, paragraph: Ints, inside: Bools, decided: NDArray[np.int8] | None
) -> NDArray[np.int64]:
    kind = np.where(inside, np.where(labels.quote > 0, DIRECT, INDIRECT), OWN)
    kind = np.where(confidence(labels, paragraph) < UNSURE, UNKNOWN, kind)
    if decided is not None:
        # Inside of what somebody is reported to say, names and doubted words are that speaker's.
        counts = (decided >= 0) & ~(((decided == OWN) | (decided == SCARE)) & inside)
        kind = np.where(counts, decided, kind)
    return np.where(paragraph >= 0, kind, OWN)


def _pieces(labels: Labels, kind: NDArray[np.int64], number: Ints) -> Runs:
    """Return the stretches of one kind and one content that are not the outlet's own and hold a word."""
    edges = np.flatnonzero((kind[1:] != kind[:-1]) | (number[1:] != number[:-1])) + 1
    first = np.append(0, edges)
    stop = np.append(edges, len(kind))
    words = counted(labels.sign == 0)
    kept = (kind[first] != OWN) & (words[stop] > words[first])
    return Runs(first[kept], stop[kept] - 1)


def _whose(known: Sources, linked: Linked, pieces: Runs, number: Ints) -> tuple[Ints, Ints]:
    """Return cue and source of each piece; one that only its marks attribute is linked like a content.

    If the content next to it in its sentence has a source, that is taken.
    """
    cue, source = np.full(len(number), -1), np.full(len(number), -1)
    inside = number >= 0
    cue[inside], source[inside] = linked.cue[number[inside]], linked.source[number[inside]]
    outside = np.flatnonzero(~inside)
    if len(outside):
        alone = Runs(pieces.first[outside], pieces.last[outside])
        cue[outside], source[outside] = link(known, alone)
        beside = _beside(known.labels, linked, alone)
        has = np.flatnonzero(beside >= 0)
        has = has[linked.source[beside[has]] >= 0]
        cue[outside[has]], source[outside[has]] = linked.cue[beside[has]], linked.source[beside[has]]
    return cue, source


def _beside(labels: Labels, linked: Linked, alone: Runs) -> Ints:
    """Return the number of the nearest content that begins or ends in the same sentence, -1 if none does."""
    content, n = linked.content, len(linked.content.first)
    if not n:
        return np.full(len(alone.first), -1)
    after = np.searchsorted(content.first, alone.first)
    sentence = labels.sentence[alone.first]
    before, following = after - 1, np.minimum(after, n - 1)
    back = np.where(
        (before >= 0) & (labels.sentence[content.last[before]] == sentence),
        np.abs(alone.first - content.last[before]),
        len(labels.sign),
    )
    on = np.where(
        (after < n) & (labels.sentence[content.first[following]] == sentence),
        np.abs(content.first[following] - alone.last),
        len(labels.sign),
    )
    nearer = np.where(back <= on, before, following)
    return np.where(np.minimum(back, on) < len(labels.sign), nearer, -1)


def _written(
    known: Sources,
    places: Sequence[Place],
    pieces: Runs,
    kind: NDArray[np.int64],
    whose: tuple[Ints, Ints],
    in_content: Bools,
) -> Iterator[tuple[int, Attribution]]:
    """Yield each piece as an attribution with its paragraph."""
    labels, candidates = known.labels, known.candidates
    where = known.paragraph[pieces.first]
    offset = np.array([place.offset for place in places])
    start = labels.start + offset[known.paragraph]
    end = labels.end + offset[known.paragraph]
    # A mean over the words of the piece alone: the same in every batch.
    bounds = np.column_stack([pieces.first, pieces.last + 1]).ravel()
    total = np.add.reduceat(np.append(labels.content, np.float32(0)), bounds)[0::2]
    chance = total / (pieces.last + 1 - pieces.first)
    cue_spans = _spans(known.cues, start, end, whose[0])
    source_spans = _spans(candidates.run, start, end, whose[1])
    name_spans = _spans(candidates.name, start, end, whose[1])
    columns = (
        where.tolist(), start[pieces.first].tolist(), end[pieces.last].tolist(), kind.tolist(),
        cue_spans, source_spans, name_spans, chance.tolist(), in_content.tolist(),
    )  # fmt: skip
    for number, first, last, what, cue, source, name, sure, content in zip(*columns, strict=True):
        text = places[number].text
        doubted = what == SCARE
        words = text[first : first + 1] if doubted else text[cue[0] : cue[1]] if cue else ""
        yield (
            number,
            Attribution(
                Span(first, last),
                VOICE_OF_KIND[what],
                text[name[0] : name[1]] if name and not doubted else "",
                words,
                _evidence(what, words, content=content),
                source if not doubted else None,
                sure,
            ),
        )


def _spans(found: Runs, start: Ints, end: Ints, numbers: Ints) -> list[Span | None]:
    """Return where the runs of these numbers are in their texts, ``None`` for -1."""
    if not len(found.first):
        return [None] * len(numbers)
    low, high = start[found.first[numbers]].tolist(), end[found.last[numbers]].tolist()
    return [
        Span(a, b) if number >= 0 else None for a, b, number in zip(low, high, numbers.tolist(), strict=True)
    ]


def _evidence(kind: int, cue: str, *, content: bool) -> str:
    if kind == UNKNOWN:
        return LIKELIER_CONTENT if content else LIKELIER_OWN
    if kind == SCARE:
        return "scare quotes"
    where = "quotation" if kind == DIRECT else "reported speech"
    return f"{where} with a cue" if cue else f"{where} without a cue of its own"
