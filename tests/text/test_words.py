from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strange_text import STRANGE

from framing.text.fold import fold
from framing.text.tokens import tokenise
from framing.text.words import word_edges, word_starts


def starts_slowly(text: str) -> list[int]:
    """Find the words of a plain text by a regular expression."""
    starts = []
    for match in re.finditer(r"\w+", text):
        at = match.start()
        possessive = match.group() in ("s", "S") and re.search(r"\w['’]\Z", text[:at])
        if not possessive:
            starts.append(at)
    return starts


@given(st.text(st.sampled_from("abSs'’ \n.-_1é“"), max_size=30))
def test_words_are_runs_of_letters_without_possessives(text: str) -> None:
    assert word_starts(fold(text)).tolist() == starts_slowly(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Assad's regime", ["Assad", "regime"]),
        ("the boys’ house", ["the", "boys", "house"]),
        ("'s", ["s"]),
        ("A's b's", ["A", "b"]),
        ("it's so", ["it", "so"]),
        ("don't", ["don", "t"]),
        ("’s ’s", ["s", "s"]),
        ("U.S.-backed", ["U", "S", "backed"]),
        ("", []),
        ("... — !", []),
        ("x", ["x"]),
        ("2,000 half-truths", ["2", "000", "half", "truths"]),
    ],
)
def test_words_by_hand(text: str, words: list[str]) -> None:
    folded = fold(text)
    start, end = word_edges(folded.codes, folded.word)
    assert [text[a:b] for a, b in zip(start, end, strict=True)] == words


@given(STRANGE)
def test_starts_point_at_characters_of_the_original_in_order(text: str) -> None:
    folded = fold(text)
    starts = word_starts(folded).tolist()
    assert starts == sorted(starts)
    assert all(fold(text[at]).word.any() for at in starts)


@given(STRANGE, STRANGE)
def test_words_of_two_texts_are_the_words_of_both(first: str, second: str) -> None:
    joined = first + " ¶ " + second
    together = word_starts(fold(joined)).tolist()
    expected = word_starts(fold(first)).tolist()
    expected += [at + len(first) + 3 for at in word_starts(fold(second)).tolist()]
    assert together == expected


@given(st.lists(st.text(st.characters(categories=["Ll"], max_codepoint=0x24F), min_size=1, max_size=20)))
def test_words_hash_equally_exactly_if_they_are_equal(words: list[str]) -> None:
    folded = fold(" ".join(words))
    hashes = tokenise(folded.codes, folded.word).hash.tolist()
    keys = [fold(word).text() for word in words if fold(word).word.any()]
    assert len(hashes) == len(keys)
    assert len(set(zip(keys, hashes, strict=True))) == len(set(keys)) == len(set(hashes))
