"""From labels to attributions: which source and which cue belong to each content, and in which voice.

The labels say what is a source, a cue and a content. Here each stretch of content gets the cue that
stands next to it and the source that stands next to that cue; stretches without either go on for the
speaker before them; quotation marks tell direct from indirect; what the labeller is not sure of becomes
``unknown``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller import BEGIN, CUE, INSIDE, SOURCE
from framing.context.labeller.label import Labels
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
"""Words or signs that may stand between two parts of one source or cue ("Smith, the chief")."""

_REACH = 60
"""Words between a content and its cue; a sentence rarely has more."""


class Run(NamedTuple):
    """Words ``first`` to ``last`` (inclusive) of a paragraph with one kind of label."""

    first: int
    last: int


class Link(NamedTuple):
    """A content with the places of its source and its cue, ``None`` where there is none."""

    content: Run
    source: Run | None
    cue: Run | None


def links(labels: Labels) -> list[Link]:
    """Return every content of a paragraph with its source and cue, in order."""
    sources = _joined(_runs(labels.label == SOURCE), labels)
    cues = _joined(_runs(labels.label == CUE), labels)
    found: list[Link] = []
    sentence = labels.sentence
    for content in _contents(labels):
        cue = _nearest(content, cues, sentence)
        source = _source_of(content, cue, sources, sentence)
        if cue is None and source is None and found and _goes_on(found[-1].content, content, labels):
            source, cue = found[-1].source, found[-1].cue
        found.append(Link(content, source, cue))
    return found


def _runs(flags: NDArray[np.bool_]) -> list[Run]:
    padded = np.zeros(len(flags) + 2, dtype=np.bool_)
    padded[1:-1] = flags
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return [Run(a, b - 1) for a, b in zip(edges[0::2].tolist(), edges[1::2].tolist(), strict=True)]


def _joined(runs: Sequence[Run], labels: Labels) -> list[Run]:
    """Join runs with only a sign or a small word between them, none of it labelled as content."""
    joined: list[Run] = []
    for run in runs:
        if joined and run.first - joined[-1].last - 1 <= _JOINED:
            between = slice(joined[-1].last + 1, run.first)
            same = labels.sentence[joined[-1].last] == labels.sentence[run.first]
            if same and (labels.sign[between] > 0).any() and not labels.label[between].any():
                joined[-1] = Run(joined[-1].first, run.last)
                continue
        joined.append(run)
    return joined


def _contents(labels: Labels) -> Iterator[Run]:
    """Yield contents: a new one begins at each BEGIN."""
    inside = (labels.label == BEGIN) | (labels.label == INSIDE)
    begins = set(np.flatnonzero(labels.label == BEGIN).tolist())
    for run in _runs(inside):
        first = run.first
        for place in sorted(b for b in begins if run.first < b <= run.last):
            yield Run(first, place - 1)
            first = place
        yield Run(first, run.last)


def _nearest(content: Run, cues: Sequence[Run], sentence: NDArray[np.int64]) -> Run | None:
    """Return the cue next to a content, in a sentence that the content touches; before wins over after."""
    low, high = sentence[content.first], sentence[content.last]
    best: tuple[int, int, Run] | None = None
    for cue in cues:
        before = cue.last < content.first
        distance = content.first - cue.last if before else cue.first - content.last
        same = sentence[cue.first] == low if before else sentence[cue.first] == high
        if 0 < distance <= _REACH and same:
            ranked = (distance, 0 if before else 1, cue)
            best = ranked if best is None else min(best, ranked)
    return best[2] if best else None


def _source_of(
    content: Run, cue: Run | None, sources: Sequence[Run], sentence: NDArray[np.int64]
) -> Run | None:
    """Return the source next to the cue, or without a cue the one next to the content, in its sentence."""
    anchor = cue or content
    best: tuple[int, int, Run] | None = None
    for source in sources:
        before = source.last < anchor.first
        distance = anchor.first - source.last if before else source.first - anchor.last
        if before:
            same = sentence[source.first] == sentence[anchor.first]
        else:
            same = sentence[source.first] == sentence[anchor.last]
        if distance > 0 and same:
            # "Smith said": a subject stands before its verb; one behind must stand right behind it.
            ranked = (distance if before else 2 * distance - 1, 0 if before else 1, source)
            best = ranked if best is None else min(best, ranked)
    return best[2] if best else None


def _goes_on(last: Run, content: Run, labels: Labels) -> bool:
    """Tell whether a content without source and cue goes on for the one before it."""
    near = content.first - last.last - 1 <= _JOINED
    both_quoted = bool(labels.quote[last.first] and labels.quote[content.first])
    next_sentence = labels.sentence[content.first] - labels.sentence[last.last] <= 1
    return bool(near or (both_quoted and next_sentence))


def confidence(labels: Labels) -> NDArray[np.float64]:
    """Return for each word the chance that its label (content or not) is right, averaged over neighbours."""
    inside = (labels.label == BEGIN) | (labels.label == INSIDE)
    right = np.where(inside, labels.content, 1 - labels.content).astype(np.float64)
    n = len(right)
    total = np.zeros(n + 1)
    np.cumsum(np.rint(right * 1000), out=total[1:])
    here = np.arange(n)
    low, high = np.maximum(here - _WINDOW, 0), np.minimum(here + _WINDOW + 1, n)
    result: NDArray[np.float64] = (total[high] - total[low]) / (1000 * (high - low))
    return result


def attributions(
    text: str, offset: int, labels: Labels, kinds: NDArray[np.int8] | None = None
) -> list[Attribution]:
    """Return the attributions of a paragraph, in order, without overlap.

    Parameters
    ----------
    text
        The article.
    offset
        Where the paragraph starts in it.
    labels
        Its labels.
    kinds
        What the quotation marks decide for each word, one of the kinds of this module; -1 where the
        labels decide.
    """
    if not len(labels.label):
        return []
    linked = links(labels)
    content_of = np.full(len(labels.label), -1)
    for number, link in enumerate(linked):
        content_of[link.content.first : link.content.last + 1] = number
    inside = content_of >= 0
    kind = np.where(inside, np.where(labels.quote > 0, DIRECT, INDIRECT), OWN)
    kind = np.where(confidence(labels) < UNSURE, UNKNOWN, kind)
    if kinds is not None:
        # Inside of what somebody is reported to say, names and doubted words are that speaker's.
        decided = (kinds >= 0) & ~(((kinds == OWN) | (kinds == SCARE)) & inside)
        kind = np.where(decided, kinds, kind)
    starts, ends = (labels.start + offset).tolist(), (labels.end + offset).tolist()
    edges = np.flatnonzero((kind[1:] != kind[:-1]) | (content_of[1:] != content_of[:-1])) + 1
    found: list[Attribution] = []
    for first, stop in zip([0, *edges.tolist()], [*edges.tolist(), len(kind)], strict=True):
        what, number = int(kind[first]), int(content_of[first])
        if what == OWN or not (labels.sign[first:stop] == 0).any():
            continue
        own = linked[number] if number >= 0 else _beside(first, stop, linked, labels)
        if what == SCARE or own is None:
            own = Link(Run(first, stop - 1), None, None)
        source = Span(starts[own.source.first], ends[own.source.last]) if own.source else None
        cue = text[starts[own.cue.first] : ends[own.cue.last]] if own.cue else ""
        found.append(
            Attribution(
                Span(starts[first], ends[stop - 1]),
                VOICE_OF_KIND[what],
                text[source.start : source.end] if source else "",
                text[starts[first] : starts[first] + 1] if what == SCARE else cue,
                _evidence(what, cue, content=number >= 0),
                source,
                float(labels.content[first:stop].mean()),
            )
        )
    return found


def _beside(first: int, stop: int, linked: Sequence[Link], labels: Labels) -> Link | None:
    """Return the content of the same sentence next to words that only quotation marks attribute."""
    near = [
        (min(abs(link.content.first - stop), abs(first - link.content.last)), number)
        for number, link in enumerate(linked)
        if labels.sentence[link.content.first] == labels.sentence[first]
        or labels.sentence[link.content.last] == labels.sentence[first]
    ]
    return linked[min(near)[1]] if near else None


def _evidence(kind: int, cue: str, *, content: bool) -> str:
    if kind == UNKNOWN:
        return LIKELIER_CONTENT if content else LIKELIER_OWN
    if kind == SCARE:
        return "scare quotes"
    where = "quotation" if kind == DIRECT else "reported speech"
    return f"{where} with a cue" if cue else f"{where} without a cue of its own"
