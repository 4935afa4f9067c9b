from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from strange_text import STRANGE

from framing.records import Span
from framing.text.sentences import MAX_SENTENCE, paragraphs, sentences


def lines(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, Span(0, len(text)))]


def assert_tiles(text: str, spans: list[Span], within: Span) -> None:
    """Check that spans lie in order inside ``within`` and leave nothing but blanks between them."""
    at = within.start
    for start, end in spans:
        assert at <= start < end <= within.end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at : within.end].strip()


@given(STRANGE)
@example("")
@example(" \n \t\n")
@example("a\u2029b\r\rc")
def test_paragraphs_tile_the_text(text: str) -> None:
    assert_tiles(text, paragraphs(text), Span(0, len(text)))


@given(STRANGE)
@example("a\ud800b. C d. “E!” f.")
@example("😀 One. İ Two. ŉ Three.")
def test_sentences_tile_each_paragraph(text: str) -> None:
    for within in paragraphs(text):
        spans = sentences(text, within)
        assert_tiles(text, spans, within)
        assert all(end - start <= MAX_SENTENCE for start, end in spans)


@given(STRANGE, STRANGE)
def test_a_paragraph_is_split_the_same_wherever_it_stands(before: str, text: str) -> None:
    moved = before + "\n\n" + text
    shift = len(before) + 2
    for within in paragraphs(text):
        there = sentences(moved, Span(within.start + shift, within.end + shift))
        assert [Span(s - shift, e - shift) for s, e in there] == sentences(text, within)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("One.\rTwo.", ["One.", "Two."]),
        ("One.\x0cTwo.\u2029Three.\x85Four.", ["One.", "Two.", "Three.", "Four."]),
        ("A short headline\nThe text begins.", ["A short headline", "The text begins."]),
        ("the zionist\nentity left", ["the zionist\nentity left"]),
        ("the zionist\r\nentity left", ["the zionist\r\nentity left"]),
        ("the zionist\rentity left", ["the zionist\rentity left"]),
        ("the zionist\n\nentity left", ["the zionist", "entity left"]),
        ("the zionist\r\rentity left", ["the zionist", "entity left"]),
        ("the zionist\r\n\r\nentity left", ["the zionist", "entity left"]),
        ("the zionist\u2029entity left", ["the zionist", "entity left"]),
        ("He listed:\nbread", ["He listed:", "bread"]),
        ("It ended.\nthen it began", ["It ended.", "then it began"]),
    ],
)
def test_paragraphs_by_hand(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_hard_wrapped_lines_are_joined(end: str) -> None:
    wrapped = [
        "The commander of the northern front, Colonel Petar Hask, told the",
        "Orlan Wire on Tuesday that his men would not leave the village of",
        "Saint Maren before the talks had ended.",
        "Nobody answered.",
    ]
    assert lines(end.join(wrapped)) == [end.join(wrapped[:3]), "Nobody answered."]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    """A line far wider than a wrapped one that lacks its stop is a paragraph, not a broken line."""
    long = "The commander of the northern front spoke to reporters about the talks " * 3
    assert lines(f"{long}\nNobody answered.") == [long.strip(), "Nobody answered."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Go away!" the cleric added. He left.', ['"Go away!" the cleric added.', "He left."]),
        ("“Will you go?” she asked. No.", ["“Will you go?” she asked.", "No."]),
        ("'We won.' said he. Then rain.", ["'We won.' said he.", "Then rain."]),
        ("Mr. Smith met Dr. Oduya. They talked.", ["Mr. Smith met Dr. Oduya.", "They talked."]),
        ("The U.S. army left. It rained.", ["The U.S. army left.", "It rained."]),
        ("It cost 3.5 million. Nobody paid!", ["It cost 3.5 million.", "Nobody paid!"]),
        ("What? No! Yes.", ["What?", "No!", "Yes."]),
        ("no stop at all", ["no stop at all"]),
        ("", []),
        ("   ", []),
    ],
)
def test_sentences_by_hand(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_text_without_capitals_still_has_sentences() -> None:
    assert split("he left. the army said so. they stayed.") == [
        "he left.",
        "the army said so.",
        "they stayed.",
    ]
    assert split('"go away!" the cleric added. he left.') == ['"go away!" the cleric added.', "he left."]


def test_a_text_without_stops_is_cut_at_blanks() -> None:
    text = "word " * 2_000
    spans = sentences(text, Span(0, len(text)))
    assert_tiles(text, spans, Span(0, len(text)))
    assert len(spans) == len(text) // MAX_SENTENCE
    assert {text[s:e].split(" ")[0] for s, e in spans} == {"word"}
    unbroken = "x" * (3 * MAX_SENTENCE + 5)
    assert_tiles(unbroken, sentences(unbroken, Span(0, len(unbroken))), Span(0, len(unbroken)))


def seconds_for(text: str) -> float:
    begin = time.process_time()
    spans = [s for p in paragraphs(text) for s in sentences(text, p)]
    used = time.process_time() - begin
    assert_tiles(text, spans, Span(0, len(text)))
    return used


@pytest.mark.parametrize("unit", ["He said so. ", "he said so. ", "word ", "x"])
def test_a_line_of_a_megabyte_takes_linear_time(unit: str) -> None:
    assert seconds_for((unit * (1_000_000 // len(unit) + 1))[:1_000_000]) < 10  # quadratic: minutes


@pytest.mark.parametrize("unit", [".", '"', '."', "“Yes!” he said. ", "\u00a0", "e.g. ", "( ", "’", "😀"])
def test_a_long_line_of_marks_takes_linear_time(unit: str) -> None:
    assert seconds_for((unit * 200_000)[:200_000]) < 4


@pytest.mark.parametrize("unit", ["a\n", "a\r", "a\n\n", "\n", "\r\n", "A.\n", " \n", "a\u2028"])
def test_many_lines_take_linear_time(unit: str) -> None:
    begin = time.process_time()
    paragraphs((unit * 300_000)[:300_000])
    assert time.process_time() - begin < 4
