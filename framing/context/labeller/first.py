"""Features of the first pass: what a word is, what stands around it, and where it stands.

Three kinds, for speed as much as for meaning:

* **windows**: a property of one word (itself, its ending, its shape, its kind of cue) seen from each
  word around it; everything about a word is one row of a table, looked up once;
* **hashed**: pairs of words, and the cue or the first word that governs the sentence;
* **groups**: small whole numbers (distances, counts, states). The features of one group are sums over
  some of its axes, so that one look-up in a joint table answers all of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.context.labeller import structure as at
from framing.context.labeller.keys import Keys, keys_of
from framing.context.labeller.lexical import Lexical
from framing.context.labeller.stream import CUES, QUOTE_STATES, SHAPES, Ints, Stream
from framing.text.tokens import UInts, part_hash

REACH = 4
"""Words to either side that the windows see."""

WINDOWS: dict[str, tuple[int, ...]] = {
    "word": (-4, -3, -2, -1, 0, 1, 2, 3, 4),
    "ending": (-2, -1, 0, 1, 2),
    "short_ending": (-1, 0, 1),
    "beginning": (-1, 0, 1),
    "shape": (-3, -2, -1, 0, 1, 2, 3),
    "cue": (-4, -3, -2, -1, 0, 1, 2, 3, 4),
    "coarse": (-4, -3, -2, -1, 0, 1, 2, 3, 4),
    "fine": (-2, -1, 0, 1, 2),
}
"""Properties of words and the places, seen from the word to be labelled, where each is a feature."""

PAIR_PLACES = (-2, -1, 0, 1)
"""Where a pair of neighbours begins, seen from the word to be labelled."""

LEFT, COMMAS, COUNT = 3, 4, 5

LONG = 25
"""Words and signs from which on a paragraph without any comma is told from one that has lost them."""

GROUPS: dict[str, tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]] = {
    # name: (sizes of the axes, features as the axes each one joins)
    "place": ((at.NEARNESS, at.NEARNESS, 2), ((0, 2), (1, 2))),
    "sentence": ((3, COUNT, 2, 4), ((0, 1, 2), (0, 2, 3))),
    "quote": ((QUOTE_STATES, QUOTE_STATES, QUOTE_STATES, SHAPES), ((0, 1, 2), (0, 1, 3))),
    "shape": ((SHAPES, SHAPES, SHAPES), ((0, 1, 2),)),
    "cues": ((CUES, SHAPES, CUES), ((0, 1, 2),)),
    "left": ((CUES, at.NEARNESS, COMMAS, 2, LEFT), ((0, 1, 2, 3), (0, 2, 3, 4))),
    "right": ((CUES, at.NEARNESS, COMMAS, 2), ((0, 1, 2, 3),)),
    "right_end": ((CUES, at.NEARNESS, COMMAS, 2, 2), ((0, 1, 2, 3, 4),)),
    "both": ((CUES, CUES, COMMAS, COMMAS, 2), ((0, 1, 2, 3, 4),)),
    "both_quoted": ((CUES, CUES, 3, 2), ((0, 1, 2, 3),)),
    "according": ((3, 3, 2, 2), ((0, 1, 2, 3),)),
    "bare": ((2, CUES, CUES, 3, 2), ((0, 1), (0, 2), (0, 3, 4), (0, 1, 2))),
}


class Features(NamedTuple):
    """Features of all words of a stream, by kind; ``groups`` hold one column of whole numbers an axis."""

    pairs: Keys
    hashed: dict[str, Keys]
    groups: dict[str, tuple[Ints, ...]]


def properties(stream: Stream, lexical: Lexical, cue: Ints, rows: Ints) -> dict[str, UInts]:
    """Return the property columns of :data:`WINDOWS` for the given words; all zero at empty words."""
    start, end, hashed = stream.unit[rows], stream.unit_end[rows], stream.hash[rows]
    plain = (stream.sign[rows] == 0) & (hashed != 0)
    length = end - start
    coarse, fine = lexical.clusters(hashed)
    columns = {
        "word": hashed,
        "shape": stream.shape[rows].astype(np.uint64),
        "cue": cue[rows].astype(np.uint64),
        "coarse": coarse.astype(np.uint64),
        "fine": fine.astype(np.uint64),
    }
    for name, low, high in (
        ("ending", end - np.minimum(length, 3), end),
        ("short_ending", end - np.minimum(length, 2), end),
        ("beginning", start, start + np.minimum(length, 4)),
    ):
        columns[name] = np.where(plain, part_hash(stream.units, low, high), hashed)
    return columns


def first_features(stream: Stream, cue: Ints, speech: at.Bools) -> Features:
    """Return the hashed features and the groups of every word (windows come from :func:`properties`).

    Parameters
    ----------
    stream
        The words.
    cue
        Kind of cue that each word can be, 0 for none.
    speech
        Which kinds attribute content (``speech[cue]`` tells for a word).
    """
    n = len(stream.hash)
    here = np.arange(n)
    within = at.bounds(stream)
    quoted = (stream.quote > 0).astype(np.int64)
    place, rest = here - within.first, within.last - here
    commas = at.running((stream.sign == ord(",")) | (stream.sign == ord(";")))
    cues = speech[cue] & (stream.quote == 0)
    left, right = at.before(cues, within), at.after(cues, within)
    has_left, has_right = left >= 0, right >= 0
    left_kind, right_kind = (
        np.where(has_left, at.taken(cue, left), 0),
        np.where(has_right, at.taken(cue, right), 0),
    )
    left_commas = np.where(has_left, np.minimum(commas - at.taken(commas, left), COMMAS - 1), 0)
    right_commas = np.where(has_right, np.minimum(at.taken(commas, right) - commas, COMMAS - 1), 0)
    left_step = at.nearness(np.where(has_left, here - left, 0))
    right_step = at.nearness(np.where(has_right, right - here, 0))
    right_rest = np.where(has_right, at.taken(at.nearness(rest), right), 0)
    comma_near = np.where(
        has_right, np.minimum(at.taken(commas, right) - at.taken(commas, np.maximum(right - 6, 0)), 1), 0
    )
    conjunctions = at.running(at.is_word(stream, "that"))
    that = np.where(has_left, np.minimum(conjunctions - at.taken(conjunctions, left), LEFT - 1), 0)
    n_cues = np.minimum(at.per_sentence(cues, within), COUNT - 1)
    unquoted = at.per_sentence((stream.quote == 0) & (stream.sign == 0) & (stream.hash != 0), within)
    has_quote = (at.per_sentence(stream.quote > 0, within) > 0).astype(np.int64)
    quotation = has_quote + has_quote * (unquoted == 0)
    according = at.is_word(stream, "according")
    phrase = np.maximum(at.before(according, within), at.after(according, within))
    phrase = np.where(according, here, phrase)
    has_phrase = phrase >= 0
    side = np.where(has_phrase, np.sign(here - phrase) + 1, 0)
    phrase_commas = np.where(has_phrase, np.minimum(np.abs(commas - at.taken(commas, phrase)), 2), 0)
    phrase_late = np.where(has_phrase, (at.taken(place, phrase) > 2).astype(np.int64), 0)
    bare = _bare(stream)
    word, shape = stream.hash, stream.shape
    following = at.shifted(word, 1)
    no_word = np.uint64(0)
    left_word, right_word = (
        np.where(has_left, at.taken(word, left), no_word),
        np.where(has_right, at.taken(word, right), no_word),
    )
    left_next = np.where(has_left, at.taken(following, left), no_word)
    opener, second = at.taken(word, within.first), at.taken(following, within.first)
    previous = at.shifted(word, -1)
    earlier_quote, later_quote = at.shifted(stream.quote, -1), at.shifted(stream.quote, 1)
    earlier_shape = at.shifted(shape, -1)
    keys = keys_of(
        {
            "triple": (previous, word, following),
            "left_word": (left_word, np.minimum(left_step, 2), left_commas, quoted),
            "left_pair": (left_word, left_next),
            "left_next": (left_kind, left_next, left_commas, quoted),
            "right_word": (right_word, right_commas, right_rest, quoted),
            "after_cue": (left_kind, word),
            "before_cue": (right_kind, word),
            "opener": (opener, quoted),
            "openers": (opener, second, quoted),
            "pair": (word, following),
        }
    )
    return Features(
        pairs=keys.pop("pair"),
        hashed=keys,
        groups={
            "place": (at.nearness(place), at.nearness(rest), quoted),
            "sentence": (quotation, n_cues, quoted, np.minimum(place, 3)),
            "quote": (earlier_quote, stream.quote, later_quote, shape),
            "shape": (earlier_shape, shape, at.shifted(shape, 1)),
            "cues": (at.shifted(cue, -1), shape, at.shifted(cue, 1)),
            "left": (left_kind, left_step, left_commas, quoted, that),
            "right": (right_kind, right_step, right_commas, quoted),
            "right_end": (right_kind, right_rest, right_commas, comma_near, quoted),
            "both": (left_kind, right_kind, left_commas, right_commas, quoted),
            "both_quoted": (left_kind, right_kind, quotation, quoted),
            "according": (side, phrase_commas, phrase_late, has_phrase.astype(np.int64)),
            "bare": (bare, left_kind, right_kind, side, has_phrase.astype(np.int64)),
        },
    )


def _bare(stream: Stream) -> Ints:
    """Tell which words stand in a paragraph that must have lost its commas and quotation marks."""
    marks = (stream.sign == ord(",")) | (stream.sign == ord('"')) | (stream.sign == ord("'"))
    total = np.zeros(len(marks) + 1, dtype=np.int64)
    np.cumsum(marks, out=total[1:])
    stop = stream.first + stream.size
    bare = (total[stop] == total[stream.first]) & (stream.size >= LONG)
    found: Ints = (bare[stream.paragraph] & (stream.paragraph >= 0)).astype(np.int64)
    return found
