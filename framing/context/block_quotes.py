"""Words that are quoted without quotation marks: after a colon, signed, or after a name."""

from __future__ import annotations

import re

from framing.records import Span

_SIGNED = re.compile(r"[—–-] ?[^\n(]{0,60}\(@\w+\)|pic\.twitter\.com|https://t\.co/")
_SPEAKER = re.compile(r"\W{0,2}(?:[A-Z][\w.'’-]{0,30}+ ?+){1,4}+(?:\([^)]{0,30}\))?:\s")

POST = 400
"""Characters from a word to the signature of the post that it stands in; most posts are shorter."""

_BREAK = 20
"""Characters between a colon and the paragraph after it."""


def is_signed(text: str, paragraph: Span, at: int, *, reach: int = POST) -> bool:
    """Tell whether the paragraph goes on, within ``reach``, to the signature or links of a post.

    Examples
    --------
    >>> is_signed("A great day! — Mira Tolen (@mira) May 1", Span(0, 39), 7)
    True
    """
    return bool(_SIGNED.search(text, at, min(paragraph.end, at + reach)))


def follows_colon(text: str, paragraph: Span) -> bool:
    """Tell whether the paragraph before ends with a colon: this one is what it announces."""
    return text[max(0, paragraph.start - _BREAK) : paragraph.start].rstrip().endswith(":")


def has_speaker(text: str, paragraph: Span) -> bool:
    """Tell whether a paragraph begins with a name and a colon, as in an interview or a transcript.

    Examples
    --------
    >>> has_speaker("Mira Tolen: I never said so.", Span(0, 28))
    True
    """
    return bool(_SPEAKER.match(text, paragraph.start, paragraph.end))
