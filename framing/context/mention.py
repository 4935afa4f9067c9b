"""Who uses one mention: marks, calibrated chance and words of distance put together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from framing.context.cues import Cue, inside
from framing.context.labeller.store import VoiceModel
from framing.context.link import UNSURE
from framing.context.mention_chance import revised
from framing.context.mention_evidence import evidence
from framing.context.voice import Reading
from framing.records import Attribution, Span

DISTANCE_REACH = 1
"""Words between "so-called" and the term it distances ("so-called new caliphate")."""

_BACK = 60
"""Attributions looked back at for one that covers a mention; one paragraph holds a handful."""


class MentionVoice(NamedTuple):
    """Decision for one mention; ``p_attributed`` is the calibrated chance that it is not the outlet's own."""

    voice: str
    speaker: str
    cue: str
    evidence: str
    scare_quoted: bool
    p_attributed: float


def voice_of(
    model: VoiceModel,
    reading: Reading,
    attributions: Sequence[Attribution],
    cues: Sequence[Cue],
    mention: Span,
    *,
    paragraph: int,
    distances: bool,
) -> MentionVoice:
    """Decide the voice of one mention.

    Inside of quotation marks the marks decide, elsewhere the calibrated chance of its words.

    Parameters
    ----------
    model
        The voice model.
    reading
        The reading of the text; the paragraph of the mention is labelled.
    attributions
        Its attributions, in order, speakers resolved (:meth:`Reading.attributions`).
    cues
        Cues in and around its paragraph, in order.
    mention
        Where the mention stands.
    paragraph
        Number of the paragraph that it starts in.
    distances
        Whether the mention itself is a distancing term ("so-called"): the outlet is its author
        unless a source is quoted with it.
    """
    chance, quoted = reading.chance(model.labeller, paragraph, mention)
    best = covering(attributions, mention)
    if distances:
        if best is not None and best.voice == "direct":
            return MentionVoice("direct", best.speaker, best.cue, best.evidence, False, chance)
        return MentionVoice("own", "", "", "distancing is the outlet's own", False, chance)
    if best is not None and (quoted or best.voice in ("direct", "scare")):
        return MentionVoice(best.voice, best.speaker, best.cue, best.evidence, best.voice == "scare", chance)
    distance = _distance(cues, reading.text, mention)
    if distance:
        return MentionVoice("scare", "", distance, "distancing word", False, chance)
    mark = _marked(attributions, mention)
    if mark is not None:
        return MentionVoice("scare", "", mark.cue, "scare quotes on a part", True, chance)
    if quoted:
        return MentionVoice("own", "", "", "a name in quotation marks", False, chance)
    first, stop = reading.rows(paragraph, mention)
    if first == stop:
        return MentionVoice("unknown", "", "", "no word of its own", False, chance)
    known = evidence(reading, best, cues, mention, paragraph=paragraph, chance=chance)
    chance = revised(known)
    if max(chance, 1 - chance) < UNSURE:
        return MentionVoice("unknown", "", "", f"not sure enough ({chance:.2f})", False, chance)
    if chance < 0.5:
        return MentionVoice("own", "", "", "no attribution found", False, chance)
    if best is None and (known["signed"] or known["after a colon"]):
        return MentionVoice("direct", "", "", "set apart: signed, or after a colon", False, chance)
    near = best or _nearest(attributions, mention, reading.paragraphs[paragraph])
    if near is None:
        return MentionVoice("indirect", "", "", "reported speech without a cue of its own", False, chance)
    why = near.evidence if near.voice == "indirect" else "reported speech beside its attribution"
    return MentionVoice("indirect", near.speaker, near.cue, why, False, chance)


def _nearest(attributions: Sequence[Attribution], mention: Span, within: Span) -> Attribution | None:
    """Return the attribution of the same paragraph that stands next to the mention."""
    first = bisect_left(attributions, within.start, key=lambda a: a.span.start)
    stop = bisect_left(attributions, within.end, lo=first, key=lambda a: a.span.start)
    near = [a for a in attributions[first:stop] if within.covers(a.span) and a.voice != "scare"]
    return min(
        near,
        key=lambda a: max(a.span.start - mention.end, mention.start - a.span.end),
        default=None,
    )


def covering(attributions: Sequence[Attribution], mention: Span) -> Attribution | None:
    """Return the attribution of more than half of the mention."""
    at = bisect_right(attributions, mention.end, key=lambda a: a.span.start)
    for attribution in reversed(attributions[max(0, at - _BACK) : at]):
        if attribution.span.end <= mention.start:
            continue
        shared = min(attribution.span.end, mention.end) - max(attribution.span.start, mention.start)
        if 2 * shared > mention.end - mention.start:
            return attribution
    return None


def _marked(attributions: Sequence[Attribution], mention: Span) -> Attribution | None:
    at = bisect_right(attributions, mention.end, key=lambda a: a.span.start)
    near = attributions[max(0, at - _BACK) : at]
    return next((a for a in near if a.voice == "scare" and mention.overlaps(a.span)), None)


def _distance(cues: Sequence[Cue], text: str, mention: Span) -> str:
    for cue in inside(cues, Span(max(0, mention.start - 40), mention.start)):
        between = text[cue.span.end : mention.start]
        if cue.category == "distancing" and len(between.split()) <= DISTANCE_REACH and "." not in between:
            return cue.surface
    return ""
