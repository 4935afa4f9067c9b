"""House style: words that tell which desk wrote a text, and not what it says.

Even a valid test finds that one outlet writes "Mr." and another does not. Such words are true
differences and no findings; they are listed with the reason, and kept out of the tests.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.resources import house_style_file

FUNCTION_WORD = "function word"
ANCHOR = "by-line, credit or page furniture"
"""Reasons that are looked for elsewhere; they are keys of the file."""

IN_USE = 0.05
"""A spelling counts as one of several if the others make up this share of all of them, or more."""

_LETTER = "single letter: part of an abbreviation or contraction"
_DIGITS = "number"
_SIGNS = "no letter: a line of signs"
_PAIRS = (
    (re.compile(r"(?<=..)is(e|ed|es|er|ers|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"(?<=...)yse(d|s|r|rs)?$"), r"yze\1"),
    (re.compile(r"(?<=..)our(s|ed|ing|ite|ites|able|ful|hood|hoods|ly)?$"), r"or\1"),
)
"""British endings and what they are in American spelling; a pair counts only if both words occur."""


class HouseStyle(NamedTuple):
    """Reason by word, groups of spellings with their reason, words that are no part of an outlet's name."""

    reasons: Mapping[str, str]
    variants: Sequence[tuple[str, tuple[str, ...]]]
    generic: frozenset[str]


@lru_cache(maxsize=1)
def house_style() -> HouseStyle:
    """Return the shipped words of house style (English); see the comments in the file.

    Examples
    --------
    >>> house_style().reasons["mrs"]
    'honorific or title'
    """
    data = tomllib.loads(house_style_file().read_text(encoding="utf-8"))
    groups = [(reason, group) for reason, text in data["variants"].items() for group in text.split(",")]
    return HouseStyle(
        {word: reason for reason, words in data["reasons"].items() for word in words.split()},
        [(reason, tuple(group.split())) for reason, group in groups],
        frozenset(data["in_names_of_outlets"].split()),
    )


def style_reasons(words: Sequence[str], n: NDArray[np.generic]) -> list[str]:
    """Return for each word why it is house style, empty if it is not.

    Parameters
    ----------
    words
        Different words, as they are matched (lower case).
    n
        How often each of them occurs in the articles that are compared: a spelling is one of several
        only if another one is in use too.

    Examples
    --------
    >>> style_reasons(["mr", "u", "2019", "regime", "organised", "organized", "colour", "promised"],
    ...               np.array([9, 9, 9, 9, 4, 5, 6, 7]))
    ['honorific or title', 'single letter: part of an abbreviation or contraction', 'number', '',
     'spelling: organised, organized', 'spelling: organised, organized', '', '']
    """
    style = house_style()
    found = [style.reasons.get(word, "") or _by_form(word) for word in words]
    place = {word: i for i, word in enumerate(words)}
    for reason, group in (*style.variants, *_pairs(place)):
        at = [place[word] for word in group if word in place]
        used = np.array([int(n[i]) for i in at])
        others = used.sum() - used
        for i, rest in zip(at, others.tolist(), strict=True):
            if rest >= IN_USE * used.sum() and rest > 0 and not found[i]:
                found[i] = f"{reason}: {', '.join(words[j] for j in at)}"
    return found


def _by_form(word: str) -> str:
    if len(word) == 1 and word.isalpha():
        return _LETTER
    if not any(sign.isalnum() for sign in word):
        return _SIGNS
    return _DIGITS if any(sign.isdigit() for sign in word) else ""


def _pairs(place: Mapping[str, int]) -> list[tuple[str, tuple[str, str]]]:
    pairs = []
    for word in place:
        for british, american in _PAIRS:
            other = british.sub(american, word)
            if other != word and other in place:
                pairs.append(("spelling", (word, other)))
    return pairs
