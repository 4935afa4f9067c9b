"""A slow matcher written another way: one regular expression a pattern over the folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from framing.matching import Pattern
from framing.matching.gaps import MAX_GAP
from framing.text.fold import fold

_BREAK = r"(?:[ ]{{1,4}}|[ ]{{0,4}}\n[ ]{{0,4}}|-[ ]?\n?[ ]?)"
GAP = r"(?P<gap{n}>{stop}(?:'s(?!\w)|')?[\"']{{0,2}}" + _BREAK + r"[\"']{{0,2}}{bare})"


def find_slowly(patterns: Iterable[Pattern], text: str) -> set[tuple[int, int, int]]:
    """Return (owner, start, end) of every hit in folded offsets."""
    folded = fold(text).text()
    found = set()
    for pattern in patterns:
        for match in _overlapping(_expression(pattern.text), folded):
            gaps = [value for name, value in match.groupdict().items() if name.startswith("gap")]
            if all(0 < len(gap) <= MAX_GAP for gap in gaps):
                found.add((pattern.owner, *match.span()))
    return found


def _overlapping(expression: re.Pattern[str], text: str) -> Iterable[re.Match[str]]:
    at = 0
    while (match := expression.search(text, at)) is not None:
        yield match
        at = match.start() + 1


@lru_cache(maxsize=1024)
def _expression(pattern: str) -> re.Pattern[str]:
    words = re.findall(r"(?:\w+)\*?", fold(pattern).text().replace("'s", ""))
    parts = []
    for n, word in enumerate(words):
        if n:
            letter = len(words[n - 1]) == 1
            # A bare apostrophe joins a contraction; before an s it would be a possessive, which is no word.
            bare = ("" if word == "s" else "|'") + (r"|\." if letter else "")
            parts.append(GAP.format(n=n, stop=r"\.?" if letter else "", bare=bare))
        stem = re.escape(word.rstrip("*"))
        parts.append(rf"(?<!\w){stem}" + (r"\w*" if word.endswith("*") else "") + r"(?!\w)")
    return re.compile("".join(parts))
