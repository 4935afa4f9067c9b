"""What may be a source: labelled runs and likely words, cut to where a name begins and ends."""

from __future__ import annotations

import numpy as np

from framing.context.candidates import find_candidates
from framing.context.labeller import Passage
from framing.context.labeller.label import Labels
from framing.context.labeller.stream import read_stream

CODES = {"o": 0, "s": 1, "c": 2, "b": 3, "i": 4}


def found(
    text: str, codes: str, chances: list[float], quotes: tuple[tuple[int, int, int], ...] = ()
) -> list[tuple[str, bool]]:
    """Return the candidates of one paragraph with whether they are labelled; a code and a chance a word."""
    stream = read_stream([Passage(text, quotes)])
    rows = stream.paragraph >= 0
    label, source = np.zeros(len(rows), dtype=np.int8), np.zeros(len(rows), dtype=np.float32)
    label[rows], source[rows] = [CODES[code] for code in codes], chances
    labels = Labels(
        stream.start, stream.end, label, np.zeros(len(rows), np.float32), source,
        stream.quote, stream.sentence, stream.sign, stream.hash, stream.shape.astype(np.int8),
    )  # fmt: skip
    candidates = find_candidates(labels, rows)
    spans = zip(candidates.run.first.tolist(), candidates.run.last.tolist(), strict=True)
    texts = [text[stream.start[first] : stream.end[last]] for first, last in spans]
    return list(zip(texts, candidates.labelled.tolist(), strict=True))


def test_labelled_words_and_likely_words_are_candidates() -> None:
    assert found("Ann told Bob so.", "soooo", [0.9, 0, 0.3, 0, 0]) == [("Ann", True), ("Bob", False)]
    assert found("Ann told Bob so.", "ooooo", [0.05, 0, 0.05, 0, 0]) == []


def test_words_much_less_likely_than_the_likeliest_are_left_out() -> None:
    assert found("Big Ann said so.", "ooooo", [0.11, 0.6, 0, 0, 0]) == [("Ann", False)]


def test_words_of_a_content_are_no_candidates_unless_labelled() -> None:
    assert found("Ann said Bob left.", "scbii", [0.9, 0, 0.5, 0, 0]) == [("Ann", True)]


def test_an_article_alone_and_signs_alone_are_none() -> None:
    assert found("The said so.", "sooo", [0.9, 0, 0, 0]) == []
    assert found(", said so.", "sooo", [0.9, 0, 0, 0]) == []


def test_a_source_ends_where_speech_begins_but_keeps_a_nickname() -> None:
    quotes = ((4, 11, 1),)
    assert found('Ann "So be"', "sssss", [0.9, 0.5, 0.5, 0.5, 0.5], quotes) == [("Ann", True)]
    nickname = ((5, 10, 1),)
    assert found('Lena "Duk" Marsh', "sssss", [0.9] * 5, nickname) == [('Lena "Duk" Marsh', True)]
