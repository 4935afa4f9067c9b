"""Ours and the peers behind one interface: entries in, hits with owner and span out.

Each peer is used as its users use it, on lower-cased text where it knows no case, with the least
code that gives whole words, the longest match and offsets.
"""

from __future__ import annotations

import re
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import ahocorasick
import flashtext2
import liwc
import numpy as np
from entries import Entries

from framing.matching import Hits, Matcher, Pattern
from framing.text.fold import FoldedText, fold_many


class Found(NamedTuple):
    """A hit: number of the text in its batch, span in the text as it arrived, number of the entry."""

    doc: int
    start: int
    end: int
    owner: int


class Tool(Protocol):
    name: str
    limits: str

    def count(self, texts: Sequence[str]) -> int:
        """Find every hit of a batch, with offsets, and return how many there are: this is timed."""

    def found(self, texts: Sequence[str]) -> list[Found]:
        """Return the hits of a batch, for the comparison."""


class Ours:
    name = "framing"
    limits = "none of these"

    def __init__(self, entries: Entries) -> None:
        self._matcher = Matcher([Pattern(form, n) for n, forms in enumerate(entries) for form in forms])

    def hits(self, texts: Sequence[str]) -> Hits:
        folded = fold_many(texts)
        return original(folded, self._matcher.find(folded))

    def count(self, texts: Sequence[str]) -> int:
        return len(self.hits(texts).doc)

    def found(self, texts: Sequence[str]) -> list[Found]:
        hits = self.hits(texts)
        columns = (hits.doc.tolist(), hits.start.tolist(), hits.end.tolist(), hits.owner.tolist())
        return [Found(*row) for row in zip(*columns, strict=True)]


def original(folded: Sequence[FoldedText], hits: Hits) -> Hits:
    """Return the hits with offsets in the texts as they arrived (most of them are the same numbers)."""
    start, end = hits.start.copy(), hits.end.copy()
    for number, text in enumerate(folded):
        if text.origin is not None:
            first, last = np.searchsorted(hits.doc, [number, number + 1])
            start[first:last] = text.origin[hits.start[first:last]]
            end[first:last] = text.origin[hits.end[first:last] - 1] + 1
    return Hits(hits.doc, hits.owner, start, end)


class _Peer:
    def found(self, texts: Sequence[str]) -> list[Found]:
        raise NotImplementedError

    def count(self, texts: Sequence[str]) -> int:
        return len(self.found(texts))


class AhoCorasick(_Peer):
    name = "pyahocorasick"
    limits = "own code for word edges and the longest match"

    def __init__(self, entries: Entries) -> None:
        self._automaton = ahocorasick.Automaton()
        for form, owner in literals(entries).items():
            self._automaton.add_word(form, (len(form), owner))
        self._automaton.make_automaton()

    def found(self, texts: Sequence[str]) -> list[Found]:
        hits = []
        for doc, text in enumerate(texts):
            lowered = text.lower()
            size = len(lowered)
            whole = []
            for last, (length, owner) in self._automaton.iter(lowered):
                start, end = last + 1 - length, last + 1
                if (start and lowered[start - 1].isalnum()) or (end < size and lowered[end].isalnum()):
                    continue
                whole.append((start, -end, owner))
            whole.sort()
            reach = 0
            for start, minus_end, owner in whole:
                if start >= reach:
                    reach = -minus_end
                    hits.append(Found(doc, start, reach, owner))
        return hits


class FlashText(_Peer):
    name = "flashtext2"
    limits = "no prefix*"

    def __init__(self, entries: Entries) -> None:
        self._processor = flashtext2.KeywordProcessor(case_sensitive=False)
        for form, owner in literals(entries).items():
            self._processor.add_keyword(form, str(owner))

    def found(self, texts: Sequence[str]) -> list[Found]:
        return [
            Found(doc, start, end, int(owner))
            for doc, text in enumerate(texts)
            for owner, start, end in self._processor.extract_keywords_with_span(text)
        ]


class Liwc(_Peer):
    name = "liwc"
    limits = "single words only: phrases are left out"

    def __init__(self, entries: Entries) -> None:
        words = {form: n for n, forms in enumerate(entries) for form in forms if form.rstrip("*").isalnum()}
        owners = sorted(set(words.values()))
        lines = ["%", *(f"{n}\t{n}" for n in owners), "%", *(f"{form}\t{n}" for form, n in words.items())]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "entries.dic"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            self._parse, _ = liwc.load_token_parser(str(path))
        self._tokens = re.compile(r"\w+")

    def found(self, texts: Sequence[str]) -> list[Found]:
        parse, finditer = self._parse, self._tokens.finditer
        return [
            Found(doc, token.start(), token.end(), int(owner))
            for doc, text in enumerate(texts)
            for token in finditer(text.lower())
            for owner in parse(token.group())
        ]


class Alternation(_Peer):
    name = "re alternation"
    limits = "on a smaller sample"

    def __init__(self, entries: Entries) -> None:
        self._owner = literals(entries)
        forms = sorted(self._owner, key=lambda form: (-len(form), form))
        self._regex = re.compile(r"\b(?:" + "|".join(map(re.escape, forms)) + r")\b", re.IGNORECASE)

    def found(self, texts: Sequence[str]) -> list[Found]:
        return [
            Found(doc, match.start(), match.end(), self._owner.get(match.group().lower(), -1))
            for doc, text in enumerate(texts)
            for match in self._regex.finditer(text)
        ]


def literals(entries: Entries) -> dict[str, int]:
    """Return the forms that a tool without ``prefix*`` can take, each with the first entry that has it."""
    literals: dict[str, int] = {}
    for number, forms in enumerate(entries):
        for form in forms:
            if "*" not in form:
                literals.setdefault(form.lower(), number)
    return literals


def longest(found: Iterable[Found]) -> list[Found]:
    """Return of overlapping hits the leftmost longest, as the peers do; one for each span."""
    kept: list[Found] = []
    for hit in sorted(found, key=lambda h: (h.doc, h.start, -h.end, h.owner)):
        if not kept or hit.doc != kept[-1].doc or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def overlapping(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Return one of the sorted spans that shares a character with ``[start, end)``, if there is one."""
    at = bisect_right(spans, (start, end))
    near = spans[max(at - 1, 0) : at + 1]
    return next((span for span in near if span[0] < end and start < span[1]), None)
