"""The small language of patterns: words, ``word*`` and ``re:`` for RE2."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import re2

from framing.text.charclass import WORD, char_tables
from framing.text.fold import fold_pattern

MIN_STEM = 3
"""Letters that must stand before a ``*``; shorter stems match half of the language."""

_PLAIN = re.compile(r"[a-z0-9]+(?:[ -][a-z0-9]+)*\Z")
"""What nearly all patterns are: lower-case words with single blanks or hyphens, which need no folding."""
_BETWEEN = re.compile(r"[\s'\"-]*\Z")


class PatternToken(NamedTuple):
    """A word of a pattern; ``open_ended`` if it ends in ``*``."""

    text: str
    open_ended: bool


@lru_cache(maxsize=65536)
def tokens_of(pattern: str) -> tuple[PatternToken, ...]:
    """Split a pattern into folded words; a possessive 's belongs to the word before it.

    Examples
    --------
    >>> [(token.text, token.open_ended) for token in tokens_of("People's takfir* Front")]
    [('people', False), ('takfir', True), ('front', False)]
    """
    if _PLAIN.match(pattern):
        return tuple(PatternToken(word, False) for word in pattern.replace("-", " ").split(" "))
    folded = fold_pattern(pattern)
    tokens: list[PatternToken] = []
    for start, end in _word_spans(folded):
        open_ended = folded[end : end + 1] == "*"
        possessive = folded[start:end] == "s" and tokens and folded[start - 1] == "'" and not open_ended
        if not possessive:
            tokens.append(PatternToken(folded[start:end], open_ended))
    return tuple(tokens)


def _word_spans(folded: str) -> list[tuple[int, int]]:
    """Split by the same table as the matcher does, so that a pattern means what a text means."""
    is_word = _word_units()
    spans: list[tuple[int, int]] = []
    start = -1
    for index, char in enumerate(folded):
        if is_word[ord(char)]:
            start = index if start < 0 else start
        elif start >= 0:
            spans.append((start, index))
            start = -1
    return [*spans, (start, len(folded))] if start >= 0 else spans


@lru_cache(maxsize=1)
def _word_units() -> bytes:
    return (char_tables().kind & WORD).tobytes()


def problem_with(pattern: str) -> str:
    """Return why a pattern cannot be matched, or an empty string if it can.

    Examples
    --------
    >>> problem_with("zionist entity"), problem_with("re:(")
    ('', 'missing ): (')
    >>> problem_with("a*")
    'at least 3 letters must stand before *'
    """
    if _PLAIN.match(pattern):
        return ""
    if pattern.startswith("re:"):
        return _regex_problem(pattern[3:])
    folded = fold_pattern(pattern)
    if not tokens_of(pattern):
        return "it holds no word"
    if re.search(r"\*\w", folded):
        return "a * may only stand at the end of a word"
    rest, last = "", 0
    for start, end in _word_spans(folded):
        rest += folded[last:start]
        abbreviated = end - start == 1 and folded[end : end + 1] == "."
        last = end + (folded[end : end + 1] == "*" or abbreviated)
    rest += folded[last:]
    if not _BETWEEN.match(rest):
        return f"these signs are not allowed: {''.join(sorted(set(rest) - set(' -')))}"
    if any(t.open_ended and len(t.text) < MIN_STEM for t in tokens_of(pattern)):
        return f"at least {MIN_STEM} letters must stand before *"
    return ""


def _regex_problem(source: str) -> str:
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(source, options=options)
    except re2.error as error:
        reason = error.args[0] if error.args else "not a RE2 pattern"
        return reason.decode() if isinstance(reason, bytes) else str(reason)
    return "it matches the empty string" if compiled.search("") else ""
