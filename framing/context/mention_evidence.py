"""What is known about a mention outside of quotation marks that tells whether the outlet says it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.block_quotes import follows_colon, has_speaker, is_signed
from framing.context.cues import Cue, inside
from framing.context.labeller import BEGIN, CUE
from framing.context.labeller.label import Labels
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
_FIRST_PERSON = [GROUPS.index("i"), GROUPS.index("we")]
_QUESTION = ord("?")


def log_odds(chance: float) -> float:
    """Return the log odds of a chance that is kept a little away from 0 and 1."""
    part = min(max(chance, _SUREST), 1 - _SUREST)
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
    labels, whole = reading.labels[paragraph], reading.paragraphs[paragraph]
    first, stop = reading.rows(paragraph, mention)
    around = _paragraph(reading, paragraph)
    sentence = _sentence(reading, paragraph, int(labels.sentence[first]), around)
    named = {cue.category for cue in inside(cues, Span(sentence.start, mention.start))}
    surface = covering.cue.lower() if covering is not None else ""
    kinds = {cue.category for cue in cues if surface and cue.surface.lower() in surface}
    opening = _opening(labels, around, first, stop)
    odds = log_odds(chance)
    return {
        "odds": odds,
        "odds of the words before": _odds_of(labels, first - _BESIDE, first, odds),
        "odds of the words behind": _odds_of(labels, stop, stop + _BESIDE, odds),
        "odds of a source in the sentence": sentence.source,
        "covered": float(covering is not None),
        "covered, with a speaker": float(covering is not None and bool(covering.speaker)),
        "covered, with a cue": float(bool(surface)),
        "cue: say": float(surface.rpartition(" ")[2] in _SAID),
        "cue: verb of saying": float("say_verb" in kinds),
        "cue: according to": float("according_phrase" in kinds),
        "cue: verb of doubt": float("doubt_verb" in kinds),
        "cue: accusation": float("accuse_verb" in kinds),
        "cue: naming": float("naming_verb" in kinds),
        "cue: intention": float("intention_verb" in kinds),
        "content begins with that": float("that" in opening),
        "content begins with to": float(opening[:1] == ["to"]),
        "naming or accusation before": float(not named.isdisjoint(_NAMING)),
        "speaker noun before": float(not named.isdisjoint(_SPEAKERS)),
        "sentence has a cue": sentence.cue,
        "sentence has a quotation": sentence.quotation,
        "sentence in the first person": sentence.first_person,
        "share of the first person": around.first_person,
        "question": sentence.question,
        "signed": float(around.signed and is_signed(reading.text, whole, mention.end)),
        "after a colon": around.colon,
        "begins with a speaker": around.speaker,
    }


class _Paragraph(NamedTuple):
    """What all mentions of a paragraph share; ``begins`` are the words with which contents begin."""

    mine: NDArray[np.bool_]
    first_person: float
    begins: NDArray[np.int64]
    signed: bool
    colon: float
    speaker: float


class _Sentence(NamedTuple):
    """What all mentions of a sentence share; ``start`` is its first character in the text."""

    start: int
    source: float
    cue: float
    quotation: float
    first_person: float
    question: float


def _paragraph(reading: Reading, number: int) -> _Paragraph:
    found = reading.memo.get((number,))
    if isinstance(found, _Paragraph):
        return found
    labels, whole = reading.labels[number], reading.paragraphs[number]
    unquoted = labels.quote == 0
    mine = unquoted & groups_of(labels.hash)[:, _FIRST_PERSON].any(axis=1)
    facts = _Paragraph(
        mine,
        float(mine.sum()) / max(int(unquoted.sum()), 1),
        np.flatnonzero(labels.label == BEGIN),
        is_signed(reading.text, whole, whole.start, reach=whole.end - whole.start),
        float(follows_colon(reading.text, whole)),
        float(has_speaker(reading.text, whole)),
    )
    reading.memo[number,] = facts
    return facts


def _sentence(reading: Reading, number: int, sentence: int, around: _Paragraph) -> _Sentence:
    found = reading.memo.get((number, sentence))
    if isinstance(found, _Sentence):
        return found
    labels = reading.labels[number]
    begin, end = np.searchsorted(labels.sentence, (sentence, sentence + 1)).tolist()
    facts = _Sentence(
        reading.paragraphs[number].start + int(labels.start[begin]),
        log_odds(float(labels.source[begin:end].max())),
        float((labels.label[begin:end] == CUE).any()),
        float((labels.quote[begin:end] > 0).any()),
        float(around.mine[begin:end].any()),
        float((labels.sign[begin:end] == _QUESTION).any()),
    )
    reading.memo[number, sentence] = facts
    return facts


def _odds_of(labels: Labels, first: int, stop: int, otherwise: float) -> float:
    """Return the log odds of the mean chance of content of some words; of none what is given."""
    chances = labels.content[max(first, 0) : stop].tolist()
    return log_odds(sum(chances) / len(chances)) if chances else otherwise


def _opening(labels: Labels, around: _Paragraph, first: int, stop: int) -> list[str]:
    """Tell how the content around the mention begins: its first word, then the one before it.

    Other words than "that" and "to" are left empty; outside of a content there are none.
    """
    place = int(around.begins.searchsorted(first, side="right"))
    if not place or min(labels.label[first:stop].tolist()) < BEGIN:
        return []
    at = int(around.begins[place - 1])
    words = _that_and_to()
    return [words.get(word, "") for word in labels.hash[max(at - 1, 0) : at + 1][::-1].tolist()]


@lru_cache(maxsize=1)
def _that_and_to() -> dict[int, str]:
    words = ["that", "to"]
    return dict(zip(hash_words(words).tolist(), words, strict=True))
