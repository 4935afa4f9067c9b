"""Small groups of plain words that tell what a short quotation is: "the", "was", "dubbed", "supposedly"."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.text.tokens import Ints, UInts, hash_words

_WORDS = {
    "determiner": "the a an this that these those such some any all no every each another its his her their "
    "our my your",
    "be": "is was are were be been being am becomes became remains seems",
    "preposition": "of in on at by for with from to into about against under over between as",
    "negation": "not no never without nor neither cannot isn wasn aren don doesn didn won",
    "hedge": "supposed supposedly alleged allegedly ostensibly ostensible purported purportedly mere",
    "naming": "called known dubbed titled entitled named nicknamed termed branded nickname title term word "
    "phrase words terms hashtag slogan codenamed aka acronym dub dubs book film movie song show series album "
    "novel play episode documentary column article essay report blog magazine headlined headline bill act",
    "judging": "calling calls call described describes describing labeled labelled labeling denounced "
    "dismissed slammed blasted accused cited citing referred referring branding deemed declared considers "
    "considered",
    "speech": "said says told tell say tweeted added asked announced according spokesman spokeswoman "
    "reporters statement",
    "opinion": "should must indeed course perhaps surely obviously clearly never simply merely ridiculous "
    "absurd shameful outrageous supposed supposedly alleged allegedly apparently ostensibly presumably "
    "actually really just even hardly nothing rather quite",
    "i": "i my me myself",
    "we": "we our us",
    "you": "you your",
    "that": "that",
    "present": "is are",
    "past": "was were had",
    "empty": "the a an of to in and or for on is was be it that this with as",
    "and": "and or",
}
"""Those in :data:`BESIDE` are looked for around a quotation, others tell the tone of a text; some do both."""

GROUPS = tuple(_WORDS)

BESIDE = (
    "determiner", "be", "preposition", "negation", "hedge", "naming", "judging", "speech", "opinion",
)  # fmt: skip
"""The first of the groups, in their order."""


class _Table(NamedTuple):
    words: UInts
    member: NDArray[np.bool_]


@lru_cache(maxsize=1)
def _table() -> _Table:
    """Return the hashes in order, and which word is in which group; a row of nothing stands at the end."""
    every = sorted({word for words in _WORDS.values() for word in words.split()})
    hashes = hash_words(every)
    order = np.argsort(hashes)
    member = [[every[i] in words.split() for words in _WORDS.values()] for i in order.tolist()]
    return _Table(hashes[order], np.array([*member, [False] * len(GROUPS)]))


def groups_of(words: UInts) -> NDArray[np.bool_]:
    """Return which of :data:`GROUPS` each word is in, in a last axis.

    Examples
    --------
    >>> found = groups_of(hash_words(["was", "harbour"]))
    >>> [[name for name, inside in zip(GROUPS, row, strict=True) if inside] for row in found]
    [['be', 'past', 'empty'], []]
    """
    table, member = _table()
    place = np.searchsorted(table, words).clip(max=len(table) - 1)
    found: NDArray[np.bool_] = member.take(np.where(table.take(place) == words, place, len(table)), axis=0)
    return found


def count_groups(count: Callable[[UInts], Ints]) -> list[int]:
    """Return how many words of a text are in each group; ``count`` tells how often it has each of some."""
    table, member = _table()
    found: list[int] = (count(table) @ member[:-1].astype(np.int64)).tolist()
    return found


@lru_cache(maxsize=1)
def empty_words() -> frozenset[int]:
    """Return the hashes of the words that say nothing about where a phrase comes from."""
    table, member = _table()
    return frozenset(table[member[:-1, GROUPS.index("empty")]].tolist())
