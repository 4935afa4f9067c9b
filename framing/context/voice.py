"""Who uses each mention: quotations, reported speech and distance put together for one text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context import speakers
from framing.context.cues import Cue, inside, outside
from framing.context.quoted import attribute_quotes
from framing.context.quotes import find_quotes
from framing.context.reported import reported_content
from framing.records import Attribution, Span

_BACK = 200
"""Attributions looked back at for one that covers a mention; one paragraph holds a handful."""

COMMA_SPACING = 600
"""A text with fewer commas than one in this many characters has lost them (news has one in 80 to 120)."""

DISTANCE_REACH = 1
"""Words between "so-called" and the term it distances ("so-called new caliphate")."""


class Reading(NamedTuple):
    """What one text says in whose voice.

    ``attributions`` are ordered by start; ``unpaired`` counts quotation marks without a partner.
    """

    attributions: tuple[Attribution, ...]
    cues: tuple[Cue, ...]
    sentences: tuple[Span, ...]
    unpaired: int


class MentionVoice(NamedTuple):
    """Decision for one mention."""

    voice: str
    speaker: str
    cue: str
    evidence: str
    scare_quoted: bool


def read_voices(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], cues: Sequence[Cue]
) -> Reading:
    """Find every stretch of the text that is not in the outlet's own voice.

    This is the interface that a trained labeller takes over: text and its parts in, attributions
    out. It never raises on any typography; what it cannot tell has the voice ``unknown``.
    """
    scan = find_quotes(text, paragraphs)
    quoted = attribute_quotes(text, scan.quotes, sentences, cues)
    direct = [a.span for a in quoted if a.voice in ("direct", "unknown")]
    free = outside(cues, direct)
    commas = text.count(",") * COMMA_SPACING >= len(text)
    found = list(quoted)
    for sentence in sentences:
        own_cues = inside(free, sentence)
        if own_cues:
            first = bisect_right(direct, sentence.start, key=lambda s: s.end)
            last = bisect_left(direct, sentence.end, lo=first, key=lambda s: s.start)
            found.extend(reported_content(text, sentence, own_cues, direct[first:last], commas=commas))
    found.sort(key=lambda a: (a.span.start, a.span.end))
    return Reading(tuple(_resolve_pronouns(found)), tuple(cues), tuple(sentences), scan.unpaired)


def voice_of(reading: Reading, text: str, mention: Span, *, distances: bool) -> MentionVoice:
    """Decide the voice of one mention.

    Parameters
    ----------
    reading
        The text's attributions.
    text
        The text.
    mention
        Where the mention stands.
    distances
        Whether the mention itself is a distancing term ("so-called"): the outlet is its author
        unless a source is quoted with it.
    """
    found = reading.attributions
    at = bisect_right(found, mention.start, key=lambda a: a.span.start)
    covering = [a for a in found[max(0, at - _BACK) : at] if mention.end <= a.span.end]
    # Quotation marks are stronger evidence than a clause; of two clauses the later one is the nearer.
    for voice in ("direct", "unknown", "scare", "indirect"):
        chosen = [a for a in covering if a.voice == voice]
        if not chosen:
            continue
        last = chosen[-1]
        if distances and voice != "direct":
            break
        return MentionVoice(voice, last.speaker, last.cue, last.evidence, voice == "scare")
    distance = None if distances else _distance(reading, text, mention)
    if distance:
        return MentionVoice("scare", "", distance, "distancing word", False)
    near = found[max(0, at - _BACK) : at + _BACK]
    mark = next((a for a in near if a.voice == "scare" and mention.overlaps(a.span)), None)
    if mark is not None and not distances:
        return MentionVoice("scare", "", mark.cue, "scare quotes on a part", True)
    return MentionVoice("own", "", "", "no attribution found", False)


def count_words(reading: Reading, starts: NDArray[np.int64], kept: Sequence[Span]) -> dict[str, int]:
    """Count the words of the kept paragraphs by voice; scare quotes count as the outlet's own words.

    Returns
    -------
    dict
        Keys ``own``, ``direct``, ``indirect``, ``unknown`` and ``removed``; they sum to all words.
    """
    labels = np.zeros(len(starts), dtype=np.int8)
    names = ("removed", "own", "indirect", "unknown", "direct")
    for span in kept:
        first, last = np.searchsorted(starts, span)
        labels[first:last] = 1
    edges = np.searchsorted(
        starts, [a.span for a in reading.attributions] or np.zeros((0, 2), np.int64)
    ).tolist()
    for value, voice in ((2, "indirect"), (3, "unknown"), (4, "direct")):
        for a, (first, last) in zip(reading.attributions, edges, strict=True):
            if a.voice == voice:
                part = labels[first:last]
                part[part > 0] = value
    counts = np.bincount(labels, minlength=len(names))
    return {name: int(counts[i]) for i, name in enumerate(names)}


def _distance(reading: Reading, text: str, mention: Span) -> str:
    for cue in inside(reading.cues, Span(max(0, mention.start - 40), mention.start)):
        between = text[cue.span.end : mention.start]
        if cue.category == "distancing" and len(between.split()) <= DISTANCE_REACH and "." not in between:
            return cue.surface
    return ""


def _resolve_pronouns(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Replace he, she and they by the last speaker who was named."""
    resolved = []
    named = ""
    for a in attributions:
        if a.speaker.lower() in speakers.RESOLVABLE and named:
            a = a._replace(speaker=named, evidence=f"{a.evidence}; {a.speaker.lower()} = last named speaker")
        elif (
            a.speaker
            and a.speaker.lower() not in speakers.PRONOUNS
            and a.speaker.lower() not in speakers.RESOLVABLE
        ):
            named = a.speaker
        resolved.append(a)
    return resolved
