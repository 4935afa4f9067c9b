"""Which named speaker a pronoun stands for: the nearest before it that fits."""

from __future__ import annotations

import re

_GROUP = re.compile(
    r"\b(?:army|forces?|government|ministry|group|agency|party|coalition|observatory|office|department|police|"
    r"committee|council|court|administration|company|organi[sz]ation|union|network|newspaper|report|study|poll|"
    r"statement|house|senate|military|militia|campaign|team|association|commission|institute|channel|monitor|"
    r"embassy|parliament|front|movement|state|nations|media|press|tv|news|website|movement)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:officials|sources|activists|residents|witnesses|experts|analysts|critics|people|men|women|leaders|"
    r"authorities|members|doctors|others|many|some|both|all|\w{4,}ists|\w{4,}ers|\w{4,}crats|\w{4,}cans)\b|\band\b",
    re.IGNORECASE,
)
_MAN = re.compile(r"\b(?:Mr|Lord|Sir|King|Prince|spokesman|chairman|congressman|businessman|father|man)\b")
_WOMAN = re.compile(
    r"\b(?:Mrs|Ms|Miss|Lady|Queen|Princess|spokeswoman|chairwoman|congresswoman|businesswoman|mother|woman)\b"
)
PERSONAL = frozenset({"he", "she", "they", "it"})
"""Pronouns that stand for a speaker named before."""


def fits(pronoun: str, name: str) -> bool:
    """Tell whether a speaker can be meant by a pronoun; what cannot be told fits.

    Examples
    --------
    >>> fits("he", "Mr. Oduya"), fits("she", "Mr. Oduya"), fits("he", "the ministry")
    (True, False, False)
    """
    pronoun = pronoun.lower()
    group, several = _GROUP.search(name) is not None, _SEVERAL.search(name) is not None
    if pronoun == "they":
        return several or group or not name[:1].isupper()
    if pronoun == "it":
        return group
    # "the army spokesman" is a person, "the army" is not: the last word decides.
    last = name.split(",")[0].split(" of ")[0].split(" for ")[0].split()[-1:] if name else []
    if several or (last and _GROUP.fullmatch(last[0]) is not None):
        return False
    return not (_WOMAN if pronoun == "he" else _MAN).search(name)
