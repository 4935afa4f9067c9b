"""Where a peer finds another span than we do, and what in the text makes the difference."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from matchers import Found, Tool, longest, overlapping

Span = tuple[int, int]
_CURLY = "‘’‚‛“”„‟«»"
_DASHES = "‐‑‒–—−"
_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
_SIGNS = (
    ("possessive inside the phrase", re.compile(rf"['{_CURLY}]s\b|s['{_CURLY}] ")),
    ("line break or double blank inside", re.compile(r"\s\s|[\n\r\t]")),
    ("special blank (NBSP)", re.compile(f"[{_BLANKS}]")),
    ("dash of another kind", re.compile(f"[{_DASHES}]")),
    ("quotation marks inside", re.compile(rf"['\"{_CURLY}]")),
    ("invisible sign inside", re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")),
    ("accents, full-width letters, ligatures", re.compile(r"[^\x00-\x7f]")),
    ("abbreviation with or without stops", re.compile(r"\.")),
)


@dataclass(slots=True)
class Differences:
    """Counts of equal spans and of the others by reason, with an example of each."""

    same: int = 0
    ours: Counter[str] = field(default_factory=Counter)
    theirs: Counter[str] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)


def compare(ours: Tool, peer: Tool, forms: Set[str], texts: Sequence[str]) -> Differences:
    """Compare the spans of one tool with ours on texts that are matched as one batch.

    "Only ours" are our longest hits that the peer does not report; "only theirs" are spans that are
    none of our hits, nested ones included. ``forms`` are the lower-cased forms of all entries.
    """
    result = Differences()
    all_ours, mine, other = (
        _spans(ours.found(texts)),
        _spans(longest(ours.found(texts))),
        _spans(peer.found(texts)),
    )
    for doc, text in enumerate(texts):
        theirs, known, nested = other[doc], mine[doc], set(all_ours[doc])
        taken = set(theirs)
        for start, end in known:
            if (start, end) in taken:
                result.same += 1
            else:
                _note(result, "ours", _why_ours(text, start, end, theirs, forms), text, start, end)
        for start, end in theirs:
            if (start, end) not in nested:
                _note(result, "theirs", _why_theirs(text, start, end, known, forms), text, start, end)
    return result


def _spans(found: Sequence[Found]) -> dict[int, list[Span]]:
    spans: dict[int, list[Span]] = defaultdict(list)
    for doc, start, end, _ in sorted(found):
        if not spans[doc] or spans[doc][-1] != (start, end):
            spans[doc].append((start, end))
    return spans


def _why_ours(text: str, start: int, end: int, theirs: Sequence[Span], forms: Set[str]) -> str:
    surface = text[start:end]
    if other := overlapping(theirs, start, end):
        wrong = text[slice(*other)].lower() not in forms
        return (
            "the peer's offsets do not fit the term"
            if wrong
            else "the peer takes another of two terms that overlap"
        )
    for reason, sign in _SIGNS:
        if sign.search(surface):
            return reason
    if re.match(rf"['{_CURLY}]\w", text[end : end + 2]):
        return "possessive or apostrophe after the term"
    if re.match(rf"\w['{_CURLY}]", text[max(start - 2, 0) : start]):
        return "apostrophe before the term"
    if surface.lower() in forms and not surface.isalnum():
        return "phrase: the peer knows single words only"
    if surface.lower() not in forms:
        return "hyphen for blank, blank for hyphen, or prefix*"
    return "another sign beside the term (stop, slash, underscore, digit)"


def _why_theirs(text: str, start: int, end: int, known: Sequence[Span], forms: Set[str]) -> str:
    if text[start:end].lower() not in forms:
        return "the peer's offsets do not fit the term"
    if overlapping(known, start, end):
        return "the peer takes another of two terms that overlap"
    return "not a whole word or phrase for us"


def _note(result: Differences, side: str, reason: str, text: str, start: int, end: int) -> None:
    (result.ours if side == "ours" else result.theirs)[reason] += 1
    context = f"{text[max(start - 12, 0) : start]}[{text[start:end]}]{text[end : end + 12]}"
    result.examples.setdefault((side, reason), re.sub(r"[^\S ]", lambda m: repr(m[0])[1:-1], context))
