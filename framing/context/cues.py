"""Cue words of one text, placed in its sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from framing.records import Span


class Cue(NamedTuple):
    """A cue as it stands in the original text; ``category`` as in the cue lexicon."""

    span: Span
    category: str
    surface: str


SPEECH_VERBS = frozenset(
    {
        "say_verb",
        "doubt_verb",
        "factive_verb",
        "directive_verb",
        "accuse_verb",
        "reaction_verb",
        "naming_verb",
        "belief_verb",
    }
)
"""Categories whose cues take a subject: the speaker."""


def inside(cues: Sequence[Cue], span: Span) -> Sequence[Cue]:
    """Return the cues that lie wholly inside ``span``; ``cues`` are ordered by start.

    Examples
    --------
    >>> inside([Cue(Span(0, 4), "say_verb", "said"), Cue(Span(9, 12), "negation", "not")], Span(5, 20))
    [Cue(span=Span(start=9, end=12), category='negation', surface='not')]
    """
    first = bisect_left(cues, span.start, key=_start)
    last = bisect_left(cues, span.end, lo=first, key=_start)
    window = cues[first:last]
    return (
        window
        if not window or window[-1].span.end <= span.end
        else [c for c in window if c.span.end <= span.end]
    )


def outside(cues: Sequence[Cue], spans: Sequence[Span]) -> list[Cue]:
    """Return the cues that start in none of the spans; both ordered by start, spans without overlap.

    Examples
    --------
    >>> outside([Cue(Span(0, 4), "say_verb", "said"), Cue(Span(9, 12), "negation", "not")], [Span(5, 20)])
    [Cue(span=Span(start=0, end=4), category='say_verb', surface='said')]
    """
    kept = []
    at = 0
    for cue in cues:
        while at < len(spans) and spans[at].end <= cue.span.start:
            at += 1
        if at == len(spans) or cue.span.start < spans[at].start:
            kept.append(cue)
    return kept


def _start(cue: Cue) -> int:
    return cue.span.start
