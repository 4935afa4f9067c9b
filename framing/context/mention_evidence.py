"""What is known about a mention outside of quotation marks that tells whether the outlet says it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

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
    sentence = int(labels.sentence[first])
    begin, end = np.searchsorted(labels.sentence, (sentence, sentence + 1)).tolist()
    before = inside(cues, Span(whole.start + int(labels.start[begin]), mention.start))
    named = {cue.category for cue in before}
    surface = covering.cue.lower() if covering is not None else ""
    kinds = {cue.category for cue in cues if surface and cue.surface.lower() in surface}
    opening = _opening(labels, first, stop)
    mine = (labels.quote == 0) & groups_of(labels.hash)[:, _FIRST_PERSON].any(axis=1)
    odds = log_odds(chance)
    return {
        "odds": odds,
        "odds of the words before": _odds_of(labels, first - _BESIDE, first, odds),
        "odds of the words behind": _odds_of(labels, stop, stop + _BESIDE, odds),
        "odds of a source in the sentence": log_odds(float(labels.source[begin:end].max())),
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
        "sentence has a cue": float((labels.label[begin:end] == CUE).any()),
        "sentence has a quotation": float((labels.quote[begin:end] > 0).any()),
        "sentence in the first person": float(mine[begin:end].any()),
        "share of the first person": float(mine.sum()) / max(int((labels.quote == 0).sum()), 1),
        "question": float((labels.sign[begin:end] == _QUESTION).any()),
        "signed": float(is_signed(reading.text, whole, mention.end)),
        "after a colon": float(follows_colon(reading.text, whole)),
        "begins with a speaker": float(has_speaker(reading.text, whole)),
    }


def _odds_of(labels: Labels, first: int, stop: int, otherwise: float) -> float:
    """Return the log odds of the mean chance of content of some words; of none what is given."""
    chances = labels.content[max(first, 0) : stop].tolist()
    return log_odds(sum(chances) / len(chances)) if chances else otherwise


def _opening(labels: Labels, first: int, stop: int) -> list[str]:
    """Tell how the content around the mention begins: its first word, then the one before it.

    Other words than "that" and "to" are left empty; outside of a content there are none.
    """
    begins = np.flatnonzero(labels.label[: first + 1] == BEGIN)
    if not len(begins) or (labels.label[first:stop] < BEGIN).any():
        return []
    at = int(begins[-1])
    words = _that_and_to()
    return [words.get(word, "") for word in labels.hash[max(at - 1, 0) : at + 1][::-1].tolist()]


@lru_cache(maxsize=1)
def _that_and_to() -> dict[int, str]:
    words = ["that", "to"]
    return dict(zip(hash_words(words).tolist(), words, strict=True))
