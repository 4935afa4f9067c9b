"""Paragraphs and sentences as spans of the original text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sentencex import get_sentence_boundaries

from framing.records import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_LINE_END = re.compile(r"\r\n|[\n\r\u2028\x0b\x0c\x85]")
# `"Go away!" the cleric added.` is one sentence: a cut after a closing mark before a lower-case word.
_MARK_BEFORE = re.compile(r"[.!?…][\"”’'»)]*\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")
_QUOTE_BEFORE = re.compile(r"[.!?…][\"”’'»)]+\Z")
_MOST_MARKS = 8

_CLOSING_SIGNS = frozenset('.!?:;…"”’»)]*/')
_WRAP = (55, 100)

MAX_SENTENCE = 2_000
"""Longer ones are texts without stops; they are cut at blanks: no rule may read a whole article at once."""

_AT_ONCE = 10_000  # characters handed to the splitter, whose time grows with the square of the marks


def paragraphs(text: str) -> list[Span]:
    r"""Return the lines that hold more than blanks, without the blanks around them.

    Lines of hard-wrapped text are joined: a line that breaks off without a closing sign at the
    width of a wrapped line, or whose successor goes on in lower case, does not end a paragraph.

    Examples
    --------
    >>> paragraphs("One.\n\n  Two. ")
    [Span(start=0, end=4), Span(start=8, end=12)]
    >>> paragraphs("The Zionist\nentity left.")
    [Span(start=0, end=24)]
    """
    spans: list[Span] = []
    last_line = Span(0, 0)
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        span = Span(start, start + len(stripped))
        goes_on = bool(spans) and _goes_on(text, last_line, span)
        last_line = span
        spans.append(Span(spans.pop().start, span.end) if goes_on else span)
    return spans


def _goes_on(text: str, line: Span, after: Span) -> bool:
    gap = text[line.end : after.start]
    if "\u2029" in gap or len(_LINE_END.findall(gap)) > 1 or text[line.end - 1] in _CLOSING_SIGNS:
        return False
    return text[after.start].islower() or _WRAP[0] <= line.end - line.start <= _WRAP[1]


def sentences(text: str, within: Span) -> list[Span]:
    """Split one paragraph into sentences (English rules of sentencex).

    Examples
    --------
    >>> text = '"Go away!" the cleric added. Mr. Smith left.'
    >>> [text[s:e] for s, e in sentences(text, Span(0, len(text)))]
    ['"Go away!" the cleric added.', 'Mr. Smith left.']
    """
    spans: list[Span] = []
    # In a text without capitals a lower-case word says nothing; only a quotation mark still joins.
    joining = _QUOTE_BEFORE if text[within.start : within.end].islower() else _MARK_BEFORE
    for piece in _pieces(text, within, _AT_ONCE):
        for start, end in _boundaries(text, piece):
            if spans and text[start].islower() and _ends_with(joining, text, spans[-1]):
                spans[-1] = Span(spans[-1].start, end)
            else:
                spans.append(Span(start, end))
    return [part for span in spans for part in _pieces(text, span, MAX_SENTENCE)]


def _ends_with(mark: re.Pattern[str], text: str, span: Span) -> bool:
    # Only the last few signs are read: joined sentences grow, and time must stay linear.
    return mark.search(text, max(span.start, span.end - _MOST_MARKS), span.end) is not None


def _boundaries(text: str, within: Span) -> Iterable[Span]:
    stretch = text[within.start : within.end]
    try:
        parts = get_sentence_boundaries("en", stretch)
    except UnicodeEncodeError:  # lone surrogates: the splitter takes UTF-8 only
        parts = get_sentence_boundaries("en", _SURROGATE.sub("\ufffd", stretch))
    for part in parts:
        raw = text[within.start + part["start_index"] : within.start + part["end_index"]]
        stripped = raw.strip()
        if stripped:
            start = within.start + part["start_index"] + len(raw) - len(raw.lstrip())
            yield Span(start, start + len(stripped))


def _pieces(text: str, within: Span, most: int) -> Iterable[Span]:
    """Cut a span at stops, or else at blanks, into pieces of at most ``most`` characters."""
    start = within.start
    while within.end - start > most:
        stop = text.rfind(". ", start + most // 2, start + most)
        blank = stop + 1 if stop >= 0 else text.rfind(" ", start + 1, start + most)
        cut = blank if blank > start else start + most
        yield Span(start, cut - len(text[start:cut]) + len(text[start:cut].rstrip()))
        start = cut
        while start < within.end and text[start].isspace():
            start += 1
    if start < within.end:
        yield Span(start, within.end)
