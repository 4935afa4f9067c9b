"""Attribution without a trained model: every pair of quotation marks, and rules over reporting verbs.

The rules were the voice of version 0.1 before the labeller. They are of the kind of the
GenderGapTracker (Asr et al. 2021) and of textacy's quotations: a verb, its subject, a clause; but they
need no parser and survive broken typography.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from framing.context.cues import Cue, inside, outside
from framing.context.quotes import find_quotes
from framing.evaluation.peers.quoted import attribute_quotes
from framing.evaluation.peers.reported import reported_content
from framing.records import Attribution, Span
from framing.text.sentences import sentences

COMMA_SPACING = 600
"""A text with fewer commas than one in this many characters has lost them (news has one in 80 to 120)."""


def by_quotation_marks(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """Return what stands in quotation marks.

    Examples
    --------
    >>> by_quotation_marks('He said "no".', [Span(0, 13)])
    [Span(start=8, end=12)]
    """
    return [quote.span for quote in find_quotes(text, paragraphs).quotes if quote.depth == 0]


def by_rules(text: str, paragraphs: Sequence[Span], cues: Sequence[Cue]) -> list[Attribution]:
    """Return attributions by rules over quotation marks and reporting verbs."""
    split = [s for paragraph in paragraphs for s in sentences(text, paragraph)]
    quoted = attribute_quotes(text, find_quotes(text, paragraphs).quotes, split, cues)
    direct = [a.span for a in quoted if a.voice in ("direct", "unknown")]
    free = outside(cues, direct)
    commas = text.count(",") * COMMA_SPACING >= len(text)
    found = list(quoted)
    for sentence in split:
        own_cues = inside(free, sentence)
        if own_cues:
            first = bisect_right(direct, sentence.start, key=lambda s: s.end)
            last = bisect_left(direct, sentence.end, lo=first, key=lambda s: s.start)
            found.extend(reported_content(text, sentence, own_cues, direct[first:last], commas=commas))
    return sorted(found, key=lambda a: a.span)
