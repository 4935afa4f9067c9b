"""Words quoted without quotation marks. All sentences were written for this test."""

from __future__ import annotations

import pytest

from framing.context.block_quotes import follows_colon, has_speaker, is_signed
from framing.records import Span
from framing.text.sentences import paragraphs


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("A vicious attack on our town! — Mira Tolen (@miratolen) May 3, 2017", True),
        ("A vicious attack on our town! pic.twitter.com/abc", True),
        ("A vicious attack on our town - the third in May, she wrote.", False),
        ("A vicious attack (@miratolen) on our town.", False),
    ],
)
def test_a_post_ends_with_its_signature_or_its_links(text: str, signed: bool) -> None:
    assert is_signed(text, Span(0, len(text)), 2) is signed


def test_a_signature_counts_in_its_paragraph_and_for_what_stands_before_it() -> None:
    text = "A vicious attack.\nGreat day! — Mira Tolen (@miratolen) and a vicious mob."
    first, second = paragraphs(text)
    assert not is_signed(text, first, 2)
    assert is_signed(text, second, second.start)
    assert not is_signed(text, second, text.index("vicious mob"))


def test_a_paragraph_after_a_colon() -> None:
    text = "She wrote in May:\n\nThe regime must go.\n\nIt went."
    assert [follows_colon(text, p) for p in paragraphs(text)] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("TOLEN: The regime must go.", True),
        ("Mira Tolen (on camera): The regime must go.", True),
        ("The regime must go: it has lost.", False),
        ("At 10:30 the regime fell.", False),
    ],
)
def test_a_paragraph_of_an_interview_begins_with_its_speaker(text: str, speaker: bool) -> None:
    assert has_speaker(text, Span(0, len(text))) is speaker
