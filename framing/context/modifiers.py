"""Negation and hedging before a mention, inside its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from framing.context.cues import Cue, inside
from framing.records import Span

REACH = 6
"""Words that may stand between a negation or hedge and the term that it affects."""

_FURTHEST = 120
_BREAK = re.compile(r"[,;:.!?\n]|\s[–—-]\s|\b(?:but|and|while|although)\b")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Modifiers(NamedTuple):
    """Flags of one mention."""

    negated: bool
    hedged: bool


def modifiers(text: str, mention: Span, sentence: Span, cues: Sequence[Cue]) -> Modifiers:
    """Return whether a negation or a hedge precedes the mention in its clause.

    Examples
    --------
    >>> text = "They are not a regime."
    >>> modifiers(text, Span(15, 21), Span(0, 22), [Cue(Span(9, 12), "negation", "not")])
    Modifiers(negated=True, hedged=False)
    """
    flags = {"negation": False, "hedge": False}
    nearest = max(sentence.start, mention.start - _FURTHEST)
    for cue in inside(cues, Span(nearest, mention.start)):
        if cue.category in flags:
            between = text[cue.span.end : mention.start]
            if not _BREAK.search(between) and len(_WORD.findall(between)) <= REACH:
                flags[cue.category] = True
    return Modifiers(flags["negation"], flags["hedge"])
