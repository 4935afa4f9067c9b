from __future__ import annotations

import numpy as np
import pytest

from framing.analysis.keyness.house_style import ANCHOR, FUNCTION_WORD, house_style, style_reasons
from framing.text.fold import fold
from framing.text.words import word_starts


def reasons(**n: int) -> dict[str, str]:
    return dict(zip(n, style_reasons(list(n), np.array(list(n.values()))), strict=True))


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("mr", "honorific or title"),
        ("says", "verb of saying"),
        ("doesn", "part of a contraction"),
        ("us", "spelling of an abbreviation"),
        ("tuesday", "date or time"),
        ("percent", "number"),
        ("calif", "abbreviation of a state"),
        ("reuters", ANCHOR),
        ("https", "web address"),
        ("the", FUNCTION_WORD),
        ("u", "single letter: part of an abbreviation or contraction"),
        ("3bn", "number"),
        ("___", "no letter: a line of signs"),
    ],
)
def test_reasons(word: str, reason: str) -> None:
    assert style_reasons([word], np.array([5])) == [reason]


@pytest.mark.parametrize(
    "word",
    ["claimed", "insists", "alleged", "denied", "must", "should", "not", "never", "we", "they", "isis",
     "daesh", "regime", "even", "just", "terrorist", "occupied"],
)  # fmt: skip
def test_words_that_may_frame_are_no_house_style(word: str) -> None:
    assert style_reasons([word], np.array([5])) == [""]


def test_a_spelling_needs_another_one_in_use() -> None:
    assert reasons(tehran=90) == {"tehran": ""}
    assert reasons(tehran=99, teheran=1) == {"tehran": "", "teheran": "spelling of a name: tehran, teheran"}
    both = reasons(hezbollah=60, hizbullah=40)
    assert set(both.values()) == {"spelling of a name: hezbollah, hizbullah"}


@pytest.mark.parametrize(
    ("british", "american"),
    [("organisation", "organization"), ("criticised", "criticized"), ("analysed", "analyzed"),
     ("colours", "colors"), ("defence", "defense"), ("travelling", "traveling")],
)  # fmt: skip
def test_pairs_of_spellings(british: str, american: str) -> None:
    assert reasons(**{british: 5, american: 6})[british].startswith("spelling: ")
    assert reasons(**{british: 5}) == {british: ""}


@pytest.mark.parametrize("pair", [("four", "for"), ("your", "yor"), ("rise", "rize"), ("wise", "wize")])
def test_short_words_are_no_pairs(pair: tuple[str, str]) -> None:
    found = style_reasons(list(pair), np.array([5, 5]))
    assert not any(reason.startswith("spelling") for reason in found)


def test_every_listed_word_is_one_word_as_it_is_matched() -> None:
    style = house_style()
    listed = [*style.reasons, *style.generic, *(word for _, group in style.variants for word in group)]
    assert len(listed) > 400
    for word in listed:
        folded = fold(word)
        assert folded.text() == word
        assert word_starts(folded).tolist() == [0]


def test_every_group_has_several_spellings() -> None:
    for reason, group in house_style().variants:
        assert reason in ("spelling", "spelling of a name")
        assert len(set(group)) == len(group) > 1
    words = [word for _, group in house_style().variants for word in group]
    assert len(set(words)) == len(words)
    assert {FUNCTION_WORD, ANCHOR} <= set(house_style().reasons.values())
