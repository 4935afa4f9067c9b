"""Quotations by their marks: real typography, and any typography without an exception."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.context.quotes import find_quotes
from framing.text.sentences import paragraphs


def inner(text: str) -> list[str]:
    return [text[q.inner.start : q.inner.end] for q in find_quotes(text, paragraphs(text)).quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we go" and left.', ["we go"]),
        ("''We go,'' he said, ''now.''", ["We go,", "now."]),
        ("``We go,'' he said.", ["We go,"]),
        ('“We go," he said. "Now.”', ["We go,", "Now."]),
        ('He warned that "it has implications.”', ["it has implications."]),
        ("‘It’s the boys’ house,’ she said, ‘isn’t it?’", ["It’s the boys’ house,", "isn’t it?"]),
        ("“He called it ‘a mess’ yesterday,” she said.", ["He called it ‘a mess’ yesterday,", "a mess"]),
        ("“She said “go” to me,” he said.", ["She said ", "go"]),
        ("A \"regime\", a “regime”, a 'regime', a ‘regime’.", ["regime"] * 4),
        ('He said:"We go now"and left.', ["We go now"]),
        ('said ""we"" go', ["we"]),
        ("«Nous partons», dit-il", ["Nous partons"]),
        ('the "Zionist" entity', ["Zionist"]),
        ("rock 'n' roll and the '90s, the players' bus", []),
        ("It's Assad's. Don't.", []),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_quotation_over_two_paragraphs_is_two_parts() -> None:
    scan = find_quotes(text := '"Para one.\n"Para two," he said.', paragraphs(text))
    assert [(text[q.inner.start : q.inner.end], q.continued) for q in scan.quotes] == [
        ("Para one.", True),
        ("Para two,", False),
    ]
    assert scan.unpaired == 0


def test_a_missing_mark_is_counted_and_its_guess_is_not_sure() -> None:
    scan = find_quotes(text := '"Missing close. Next sentence here.', paragraphs(text))
    assert [(text[q.inner.start : q.inner.end], q.sure) for q in scan.quotes] == [("Missing close.", False)]
    assert scan.unpaired == 1


MARKS = st.sampled_from(
    [*"\"“”'‘’`´«»‹›„‟", "''", "``", '""', " ", "\n", "s", "word ", "The ", ". ", ", ", "(", ")", "é"]
)


@settings(max_examples=500)
@given(st.lists(MARKS, max_size=60).map("".join) | st.text(max_size=80))
def test_any_text_gives_spans_inside_their_paragraph(text: str) -> None:
    lines = paragraphs(text)
    scan = find_quotes(text, lines)
    again = find_quotes(text, lines)
    assert scan == again
    for quote in scan.quotes:
        assert any(line.covers(quote.span) for line in lines)
        assert quote.span.covers(quote.inner)
        assert quote.inner.start < quote.inner.end
    outer = [q.span for q in scan.quotes if q.depth == 0]
    assert all(a.end <= b.start for a, b in itertools.pairwise(outer))
    assert scan.unpaired >= 0
