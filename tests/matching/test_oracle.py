"""The fast matcher agrees with a slow one, written another way, on random texts."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import find_slowly

from framing.matching import Matcher, Pattern
from framing.text.fold import fold, fold_many

FORMS = [
    "regime",
    "regimes",
    "zionist entity",
    "zionist",
    "entity",
    "foreign-backed",
    "foreignbacked",
    "foreign-backed takfiri terrorists",
    "takfiri terrorist",
    "takfir*",
    "terrorist",
    "terrorists",
    "terror*",
    "terror group",
    "terror* group*",
    "people's front",
    "isn't",
    "the regime",
    "of the entity regime",
    "in the zionist entit*",
    "the",
    "of the",
    "the new",
    "u.s.-backed",
    "so-called",
    "entity regime entity",
    "cafe",
]
PATTERNS = [Pattern(form, number) for number, form in enumerate(FORMS)]
WORDS = [
    "regime",
    "Regime",
    "REGIMES",
    "regimental",
    "the",
    "of",
    "in",
    "new",
    "isn't",
    "isn",
    "t",
    "Zionist",
    "entity",
    "entities",
    "foreign",
    "backed",
    "Takfiri",
    "takfiris",
    "terrorist",
    "terrorists",
    "terror",
    "group",
    "groups",
    "people",
    "front",
    "so",
    "called",
    "café",
    "cafe\u0301",
    "U",
    "S",
    "s",
    "x",
    "re\u00adgime",
    "ﬁ",
    "en\u200btity",
    "ＲＥＧＩＭＥ",
    "😀",
]
JOINTS = [
    " ",
    " ",
    " ",
    "-",
    "\u2011",
    "–",
    "—",
    " – ",
    "\u00a0",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    ", ",
    ". ",
    ".",
    "’s ",
    "'s ",
    "’ ",
    '"',
    ' "',
    '" ',
    "” ",
    " “",
    "‘",
    "’",
    "",
    "\u00ad",
    "\u200b",
    "- ",
    "-\n",
    ".-",
    "\t",
    "     ",
    '"" ',
]
MATCHER = Matcher(PATTERNS)


def fast(text: str) -> set[tuple[int, int, int]]:
    hits = MATCHER.find([fold(text)])
    return set(zip(hits.owner.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True))


def test_ten_thousand_random_texts_agree_with_the_oracle() -> None:
    rng = random.Random(20240229)
    texts = [
        "".join(rng.choice(WORDS) + rng.choice(JOINTS) for _ in range(rng.randrange(1, 14)))
        for _ in range(10_000)
    ]
    hits = MATCHER.find(fold_many(texts))
    by_text: list[set[tuple[int, int, int]]] = [set() for _ in texts]
    for doc, owner, start, end in zip(*(column.tolist() for column in hits), strict=True):
        by_text[doc].add((owner, start, end))
    wrong = [(t, found ^ find_slowly(PATTERNS, t)) for t, found in zip(texts, by_text, strict=True)]
    assert [case for case in wrong if case[1]] == []
    assert sum(map(len, by_text)) > 10_000  # the texts do hold hits


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from(WORDS) | st.text(max_size=4), st.sampled_from(JOINTS)), max_size=12)
)
def test_any_text_agrees_with_the_oracle(pieces: list[tuple[str, str]]) -> None:
    # Scripts whose vowel signs Python does not count as \w are the fast matcher's own business.
    text = "".join(
        word + joint
        for word, joint in pieces
        if all(ord(c) < 0x300 or c in "ﬁ\u0301\u200bＲＥＧＩＭＥ😀" for c in word)
    )
    assert fast(text) == find_slowly(PATTERNS, text)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["the regime", "Zionist", "entity left", "", "terror", "group"]), max_size=8))
def test_a_batch_finds_what_single_texts_find(texts: list[str]) -> None:
    together = MATCHER.find([fold(t) for t in texts])
    apart = [(doc, *hit) for doc, text in enumerate(texts) for hit in fast(text)]
    assert sorted(zip(*(c.tolist() for c in together), strict=True)) == sorted(apart)
