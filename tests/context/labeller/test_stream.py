"""Words and signs of paragraphs: offsets, shapes, quotations, sentences, empty words between."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from framing.context.labeller.stream import (
    CAPITAL,
    CAPITALS,
    INITIAL,
    MIXED,
    NUMBER,
    PAD,
    PLAIN,
    Passage,
    read_stream,
)


def pieces(text: str) -> list[str]:
    stream = read_stream([Passage(text)])
    real = stream.paragraph == 0
    return [text[a:b] for a, b in zip(stream.start[real].tolist(), stream.end[real].tolist(), strict=True)]


def test_words_and_signs_stand_alone() -> None:
    assert pieces('He said: "No, not U.S. aid."') == [
        "He", "said", ":", '"', "No", ",", "not", "U", ".", "S", ".", "aid", ".", '"',
    ]  # fmt: skip


def test_offsets_hold_where_folding_changes_the_length() -> None:
    assert pieces("foreign\u00adbacked ﬁghters é") == ["foreign\u00adbacked", "ﬁghters", "é"]


def test_shapes() -> None:
    stream = read_stream([Passage("the The McCain NATO A 42")])
    assert stream.shape[stream.paragraph == 0].tolist() == [PLAIN, CAPITAL, MIXED, CAPITALS, INITIAL, NUMBER]


def test_a_sentence_does_not_end_after_an_abbreviation_or_before_a_small_letter() -> None:
    stream = read_stream([Passage('Mr. Smith left. "Go!" he said. Then 3 came.')])
    real = stream.paragraph == 0
    numbers = stream.sentence[real]
    assert len(set(numbers.tolist())) == 3


def test_empty_words_keep_paragraphs_apart() -> None:
    stream = read_stream([Passage("One."), Passage(""), Passage("Two.")])
    assert stream.first.tolist() == [PAD, 2 * PAD + 2, 3 * PAD + 2]
    assert stream.size.tolist() == [2, 0, 2]
    assert (stream.paragraph == -1).sum() == 4 * PAD


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_a_paragraph_reads_the_same_in_any_company(texts: list[str]) -> None:
    together = read_stream([Passage(text) for text in texts])
    for number, text in enumerate(texts):
        alone = read_stream([Passage(text)])
        a, b = together.paragraph == number, alone.paragraph == 0
        for column in ("start", "end", "hash", "shape", "sign", "quote"):
            assert np.array_equal(getattr(together, column)[a], getattr(alone, column)[b])
        assert all(0 <= s < e <= len(text) for s, e in zip(alone.start[b], alone.end[b], strict=True))
