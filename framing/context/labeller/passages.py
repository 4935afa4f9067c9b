"""Cut a text into passages for the labeller: its paragraphs, each with its outer quotations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from framing.context.labeller.stream import Passage
from framing.context.quotes import Quote, find_quotes
from framing.records import Span

LONGEST = 1_500
"""Characters of a passage; a longer paragraph is cut."""

CLOSED, CONTINUED, GUESSED = 1, 2, 3
"""States of a quotation: both marks found, goes on in the next paragraph, end guessed."""


def state_of(quote: Quote) -> int:
    """Return the state of a quotation as the labeller knows it."""
    if quote.continued:
        return CONTINUED
    return CLOSED if quote.sure else GUESSED


def pieces(text: str, spans: Sequence[Span]) -> list[Span]:
    """Cut paragraphs of more than :data:`LONGEST` characters at a stop, or else at a blank.

    Some corpora hold an article as one paragraph; the time of the decoder grows with the longest.

    Examples
    --------
    >>> pieces("One. " * 400, [Span(0, 1999)])[:2]
    [Span(start=0, end=1499), Span(start=1500, end=1999)]
    """
    found = []
    for start, end in spans:
        at = start
        while end - at > LONGEST:
            stop = text.rfind(". ", at + LONGEST // 2, at + LONGEST)
            blank = stop + 1 if stop >= 0 else text.rfind(" ", at + 1, at + LONGEST)
            cut = blank if blank > at else at + LONGEST
            found.append(Span(at, cut))
            at = cut
            while at < end and text[at].isspace():
                at += 1
        if at < end:
            found.append(Span(at, end))
    return found


def passages_of(text: str, spans: Sequence[Span], quotes: Sequence[Quote] | None = None) -> list[Passage]:
    """Return one passage for each span; quotations are found in the spans if they are not given.

    A quotation that a span cuts off counts as one that goes on.

    Examples
    --------
    >>> passages_of('He left. "So?"', [Span(0, 14)])
    [Passage(text='He left. "So?"', quotes=((9, 14, 1),))]
    """
    outer = outermost(find_quotes(text, spans).quotes if quotes is None else quotes)
    return [passage_at(text, span, outer) for span in spans]


def outermost(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the quotations that stand in no other."""
    return [quote for quote in quotes if quote.depth == 0]


def passage_at(text: str, span: Span, outer: Sequence[Quote]) -> Passage:
    """Return the passage of one span; ``outer`` are the outer quotations of the text, in order."""
    start, end = span
    own = []
    at = bisect_right(outer, start, key=lambda q: q.span.end)
    while at < len(outer) and outer[at].span.start < end:
        low, high = outer[at].span
        whole = start <= low and high <= end
        state = state_of(outer[at]) if whole else CONTINUED
        own.append((max(low, start) - start, min(high, end) - start, state))
        at += 1
    return Passage(text[start:end], tuple(own))
