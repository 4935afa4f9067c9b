"""What is known about a mention outside of quotation marks that tells whether the outlet says it."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from framing.context.block_quotes import follows_colon, has_speaker, is_signed
from framing.context.cues import Cue, inside
from framing.context.labeller import BEGIN, CUE
from framing.context.mention_words import ParagraphWords
from framing.context.voice import Reading
from framing.context.word_groups import GROUPS, groups_of
from framing.records import Attribution, Span
from framing.text.tokens import hash_words

_SUREST = 1e-3
"""Chances nearer to 0 or 1 count as this far from it."""

_BESIDE = 3
"""Words on either side of the mention whose chances count."""

_SAID = frozenset({"say", "says", "said"})
_NAMING = frozenset({"naming_verb", "relayed_naming", "accuse_verb"})
_SPEAKERS = frozenset({"speaker_noun", "attribution_noun"})
_KINDS = {
    "cue: verb of saying": "say_verb",
    "cue: according to": "according_phrase",
    "cue: verb of doubt": "doubt_verb",
    "cue: accusation": "accuse_verb",
    "cue: naming": "naming_verb",
    "cue: intention": "intention_verb",
}
_NOT_COVERED = dict.fromkeys(
    ("covered", "covered, with a speaker", "covered, with a cue", "cue: say", *_KINDS), 0.0
)
_FIRST_PERSON = [GROUPS.index("i"), GROUPS.index("we")]
_QUESTION = ord("?")


def log_odds(chance: float) -> float:
    """Return the log odds of a chance that is kept a little away from 0 and 1."""
    part = _SUREST if chance < _SUREST else 1 - _SUREST if chance > 1 - _SUREST else chance
    return math.log(part / (1 - part))


def evidence(
    reading: Reading,
    covering: Attribution | None,
    cues: Sequence[Cue],
    mention: Span,
    *,
    paragraph: int,
    chance: float,
) -> dict[str, float]:
    """Return what the weights of :mod:`framing.context.mention_chance` are for.

    All of it stands in the paragraph of the mention or in the plain text before it, so that a mention
    has the same evidence whatever else is labelled.

    Parameters
    ----------
    reading
        The reading of the text; the paragraph is labelled.
    covering
        The attribution that covers the mention, if one does.
    cues
        Cues in and around the paragraph, in order.
    mention
        Where the mention stands, outside of quotation marks.
    paragraph
        Number of the paragraph.
    chance
        What the words of the mention alone say.
    """
    words, whole = reading.words(paragraph), reading.paragraphs[paragraph]
    first, stop = words.rows(mention)
    around = _paragraph(reading, paragraph)
    sentence = _sentence(reading, paragraph, words.sentence[first], around)
    named = {cue.category for cue in inside(cues, Span(sentence.start, mention.start))} if cues else set()
    opening = _opening(words, around.begins, first, stop)
    odds = log_odds(chance)
    return {
        "odds": odds,
        "odds of the words before": _odds_of(words.content[max(first - _BESIDE, 0) : first], odds),
        "odds of the words behind": _odds_of(words.content[stop : stop + _BESIDE], odds),
        "odds of a source in the sentence": sentence.source,
        **(_NOT_COVERED if covering is None else _covered(covering, cues)),
        "content begins with that": float("that" in opening),
        "content begins with to": float(opening[:1] == ["to"]),
        "naming or accusation before": float(not named.isdisjoint(_NAMING)),
        "speaker noun before": float(not named.isdisjoint(_SPEAKERS)),
        **sentence.facts,
        "signed": float(around.signed and is_signed(reading.text, whole, mention.end)),
        **around.facts,
    }


def _covered(covering: Attribution, cues: Sequence[Cue]) -> dict[str, float]:
    """Tell with what the mention is attributed."""
    surface = covering.cue.lower()
    kinds = {cue.category for cue in cues if cue.surface.lower() in surface} if surface else set()
    return {
        "covered": 1.0,
        "covered, with a speaker": float(bool(covering.speaker)),
        "covered, with a cue": float(bool(surface)),
        "cue: say": float(surface.rpartition(" ")[2] in _SAID),
        **{name: float(kind in kinds) for name, kind in _KINDS.items()},
    }


class _Paragraph(NamedTuple):
    """What all mentions of a paragraph share: its words in the first person, where contents begin ..."""

    mine: list[bool]
    first_person: float
    begins: list[int]
    signed: bool
    facts: dict[str, float]


class _Sentence(NamedTuple):
    """What all mentions of a sentence share; ``start`` is its first character in the text."""

    start: int
    source: float
    facts: dict[str, float]


def _paragraph(reading: Reading, number: int) -> _Paragraph:
    found = reading.memo.get((number,))
    if isinstance(found, _Paragraph):
        return found
    labels, whole = reading.labels[number], reading.paragraphs[number]
    unquoted = labels.quote == 0
    mine = (unquoted & groups_of(labels.hash)[:, _FIRST_PERSON].any(axis=1)).tolist()
    facts = _Paragraph(
        mine,
        sum(mine) / max(int(np.count_nonzero(unquoted)), 1),
        np.flatnonzero(labels.label == BEGIN).tolist(),
        is_signed(reading.text, whole, whole.start, reach=whole.end - whole.start),
        {
            "after a colon": float(follows_colon(reading.text, whole)),
            "begins with a speaker": float(has_speaker(reading.text, whole)),
        },
    )
    reading.memo[number,] = facts
    return facts


def _sentence(reading: Reading, number: int, sentence: int, around: _Paragraph) -> _Sentence:
    found = reading.memo.get((number, sentence))
    if isinstance(found, _Sentence):
        return found
    words = reading.words(number)
    begin = bisect_left(words.sentence, sentence)
    end = bisect_right(words.sentence, sentence, lo=begin)
    facts = _Sentence(
        words.start[begin],
        log_odds(max(words.source[begin:end])),
        {
            "sentence has a cue": float(CUE in words.label[begin:end]),
            "sentence has a quotation": float(any(words.quote[begin:end])),
            "sentence in the first person": float(any(around.mine[begin:end])),
            "share of the first person": around.first_person,
            "question": float(_QUESTION in words.sign[begin:end]),
        },
    )
    reading.memo[number, sentence] = facts
    return facts


def _odds_of(chances: list[float], otherwise: float) -> float:
    """Return the log odds of the mean of some chances; of none what is given."""
    return log_odds(sum(chances) / len(chances)) if chances else otherwise


def _opening(words: ParagraphWords, begins: list[int], first: int, stop: int) -> list[str]:
    """Tell how the content around the mention begins: its first word, then the one before it.

    Other words than "that" and "to" are left empty; outside of a content there are none.
    """
    place = bisect_right(begins, first)
    if not place or min(words.label[first:stop]) < BEGIN:
        return []
    at = begins[place - 1]
    known = _that_and_to()
    return [known.get(word, "") for word in words.hash[max(at - 1, 0) : at + 1][::-1]]


@lru_cache(maxsize=1)
def _that_and_to() -> dict[int, str]:
    words = ["that", "to"]
    return dict(zip(hash_words(words).tolist(), words, strict=True))
