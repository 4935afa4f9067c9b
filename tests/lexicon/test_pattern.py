"""The language of patterns: what may stand in one, and the short way through the plain ones."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.lexicon import pattern as patterns
from framing.lexicon.pattern import problem_with, tokens_of

SIGNS = st.text("ab01 -'*.s", max_size=10)


@settings(max_examples=300, deadline=None)
@given(SIGNS)
def test_plain_patterns_mean_the_same_on_both_ways(text: str) -> None:
    quick = tokens_of.__wrapped__(text), problem_with(text)
    never = re.compile(r"(?!)")
    kept, patterns._PLAIN = patterns._PLAIN, never
    try:
        assert (tokens_of.__wrapped__(text), problem_with(text)) == quick
    finally:
        patterns._PLAIN = kept


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("half*way", "a * may only stand at the end of a word"),
        ("ab*", "at least 3 letters must stand before *"),
        ("ab.c", "these signs are not allowed: ."),
        ("", "it holds no word"),
        ("re:x*", "it matches the empty string"),
    ],
)
def test_what_cannot_be_matched_says_why(pattern: str, problem: str) -> None:
    assert problem_with(pattern) == problem


@pytest.mark.parametrize("pattern", ["takfir*", "u.s.-backed", "people's front", "naïve plan", "isn't"])
def test_what_can_be_matched(pattern: str) -> None:
    assert problem_with(pattern) == ""
