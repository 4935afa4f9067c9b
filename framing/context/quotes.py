"""Find quotations by their marks, in the typography that news really has.

Marks may be straight, curly, doubled apostrophes, guillemets or single; a pair may mix them; one of
the two may be missing; a quotation may run over several paragraphs with a mark re-opened at each.
The parser never raises. What it had to guess is flagged, so that later stages can abstain.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from framing.records import Span

_MARK = re.compile(r"(?<!')''(?!')|(?<!\")\"\"(?!\")|``|[\"“”„‟«»＂‹›‘’‚‛'`´]")
_ANY = re.compile(r"[\"“”„‟«»＂‹›‘’‚‛'`´]")
"""A character that begins a mark: searched for first, since a single class is found ten times faster."""

_OPENING = frozenset("“„‟«‹‘‚‛") | {"``"}
_CLOSING = frozenset("”»›")
_SINGLE = frozenset("‘’‚‛'`´")
_BEFORE_OPENING = frozenset('([{—–-/:;,.!?=>…"“”‘«')
_ELISIONS = re.compile(r"(?:em|til|tis|twas|cause|round|n|bout|s|re|ve|ll|d|t|m)\b|\d", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…](?=\s|\Z)")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks.

    ``inner`` is the span without marks; ``depth`` 0 for an outer quotation, 1 for one inside it;
    ``sure`` is ``False`` if one of its marks was missing and its end is a guess.
    """

    span: Span
    inner: Span
    depth: int = 0
    sure: bool = True
    continued: bool = False


class QuoteScan(NamedTuple):
    """Quotations of a text in order of their start, and the number of marks without a partner."""

    quotes: list[Quote]
    unpaired: int


class _Mark(NamedTuple):
    start: int
    end: int
    glyph: str
    single: bool
    can_open: bool
    can_close: bool


def find_quotes(text: str, paragraphs: Sequence[Span]) -> QuoteScan:
    """Find the quotations of the given paragraphs.

    Examples
    --------
    >>> text = 'He warned that "what happens there has direct implications.” That’s all.'
    >>> scan = find_quotes(text, [Span(0, len(text))])
    >>> [text[q.inner.start : q.inner.end] for q in scan.quotes], scan.unpaired
    (['what happens there has direct implications.'], 0)
    """
    quotes: list[Quote] = []
    unpaired = 0
    places = [match.start() for match in _ANY.finditer(text)]
    for index, paragraph in enumerate(paragraphs):
        own = places[bisect_left(places, paragraph.start) : bisect_left(places, paragraph.end)]
        marks = list(_marks(text, paragraph, own)) if own else []
        if not marks:
            continue
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        scanner = _Paragraph(text, paragraph)
        scanner.run(marks, _reopens(text, following))
        quotes.extend(scanner.quotes)
        unpaired += scanner.unpaired
    return QuoteScan(sorted(quotes, key=lambda q: (q.span.start, -q.span.end)), unpaired)


def _marks(text: str, paragraph: Span, places: Sequence[int]) -> Iterator[_Mark]:
    """Yield the marks that begin at some of the places, and what each can do; apostrophes are left out.

    Blanks around a mark say more than its glyph: crossed pairs, an opening glyph at the end of a
    word and the reverse all occur. The glyph decides where the blanks leave it open.
    """
    end = paragraph.start
    for place in places:
        match = _MARK.match(text, place, paragraph.end) if place >= end else None
        if match is None:  # the second half of a doubled mark
            continue
        start, end = match.span()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        glyph = match.group()
        single = glyph in _SINGLE
        leads = not after.isspace() and (before.isspace() or before in _BEFORE_OPENING)
        trails = not before.isspace()
        if single and before.isalnum() and after.isalnum():
            continue  # inside a word
        if single and leads and not trails and glyph not in "‘‚" and _ELISIONS.match(text, end):
            continue  # 'em, '90s
        if glyph in _CLOSING:
            can_open, can_close = leads and not trails, True
        elif glyph in _OPENING:
            can_open, can_close = True, trails and not leads
        else:
            can_open, can_close = leads, trails
        yield _Mark(start, end, glyph, single, can_open, can_close)


def _reopens(text: str, following: Span | None) -> str:
    """Return the kind of mark that opens the next paragraph: 'single', 'double' or nothing."""
    if following is None:
        return ""
    match = _MARK.match(text, following.start)
    if (
        match is None
        or match.group() in _CLOSING
        or match.end() >= following.end
        or text[match.end()].isspace()
    ):
        return ""
    return "single" if match.group() in _SINGLE else "double"


class _Paragraph:
    """State of the scan of one paragraph: an outer quotation, and one inside it at the most."""

    def __init__(self, text: str, span: Span) -> None:
        self.text, self.span = text, span
        self.quotes: list[Quote] = []
        self.unpaired = 0
        self.outer: _Mark | None = None
        self.inner: _Mark | None = None

    def run(self, marks: list[_Mark], reopened: str) -> None:
        closers_left = [0] * (len(marks) + 1)
        for i in range(len(marks) - 1, -1, -1):
            closers_left[i] = closers_left[i + 1] + (marks[i].single and marks[i].can_close)
        for i, mark in enumerate(marks):
            if self._is_plural_possessive(marks, i):
                continue
            self._take(mark, closers_left[i + 1] > 0 or reopened == "single")
        self._finish(reopened)

    def _take(self, mark: _Mark, single_can_close: bool) -> None:
        if self.outer is None:
            if mark.can_open and (not mark.single or single_can_close):
                self.outer = mark
            elif not mark.single:
                self.unpaired += 1
        elif mark.single == self.outer.single:
            self._same_kind(mark, self.outer)
        elif self.inner is not None and mark.can_close:
            self._close(self.inner, mark, 1)
            self.inner = None
        elif self.inner is None and mark.can_open and (not mark.single or single_can_close):
            self.inner = mark

    def _same_kind(self, mark: _Mark, outer: _Mark) -> None:
        reads_as_opening = mark.can_open and (not mark.can_close or self._after_blank(mark))
        if mark.can_close and not reads_as_opening:
            self._close(outer, mark, 0)
            self.outer = self.inner = None
        elif reads_as_opening and mark.start > outer.end:
            # The closing mark of the quotation before is missing: end it with its sentence.
            self._guess(outer, mark.start)
            self.outer, self.inner = mark, None

    def _is_plural_possessive(self, marks: list[_Mark], i: int) -> bool:
        """Tell "the boys’ house" inside single marks from the end of the quotation."""
        mark = marks[i]
        if not mark.single or self.text[mark.start - 1 : mark.start] != "s" or i + 1 == len(marks):
            return False
        next_word = self.text[mark.end : mark.end + 2]
        closes_later = marks[i + 1].single and marks[i + 1].can_close and not marks[i + 1].can_open
        return closes_later and next_word[:1] == " " and next_word[1:].islower()

    def _after_blank(self, mark: _Mark) -> bool:
        return mark.start > self.span.start and self.text[mark.start - 1].isspace()

    def _close(self, opening: _Mark, closing: _Mark, depth: int) -> None:
        if opening.end < closing.start:
            self.quotes.append(
                Quote(Span(opening.start, closing.end), Span(opening.end, closing.start), depth)
            )

    def _guess(self, opening: _Mark, limit: int) -> None:
        self.unpaired += 1
        match = _SENTENCE_END.search(self.text, opening.end, limit)
        end = match.end() if match else limit
        if opening.end < end:
            self.quotes.append(Quote(Span(opening.start, end), Span(opening.end, end), 0, sure=False))

    def _finish(self, reopened: str) -> None:
        if self.outer is None:
            return
        if reopened == ("single" if self.outer.single else "double"):
            end = self.span.end
            if self.outer.end < end:
                self.quotes.append(
                    Quote(Span(self.outer.start, end), Span(self.outer.end, end), 0, continued=True)
                )
        elif self.outer.single:
            pass  # an apostrophe that looked like a mark
        else:
            self._guess(self.outer, self.span.end)
