"""Words that may be a source: labelled as one, or thought of as one without the label; their ends cleaned."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller import BEGIN, OUTSIDE, SOURCE
from framing.context.labeller.label import Labels
from framing.context.runs import Bools, Ints, Runs, counted, joined, runs
from framing.text.tokens import hash_words

THOUGHT_OF = 0.1
"""Chance of being a source from which on words without the label are looked at as one."""

PART = 0.4
"""Share of the likeliest word's chance that every word of such a source has."""

GROWN = 0.2
"""Chance of being a source from which on a word next to a labelled source belongs to it."""

_FINE = 1 << 20
_EDGE = 1e-4

_MARK = ord('"')
_RELATIVES = np.sort(hash_words(["who", "which"]))
_SUBJECTS = np.sort(hash_words(["he", "she", "they", "it", "i", "we", "who", "which"]))
_ARTICLES = np.sort(hash_words(["the", "a", "an"]))
_SMALL_WORDS = (
    "after", "when", "if", "as", "while", "but", "and", "with", "by", "for", "was", "which", "that",
    "what", "though", "although", "since", "because", "before", "now", "to", "in", "on", "at", "than",
    "or", "whether", "where", "of", "from", "so", "then", "how", "why", "until", "once",
)  # fmt: skip
"""Words that no source begins or ends with."""

_SMALL = np.sort(hash_words(_SMALL_WORDS))


class Candidates(NamedTuple):
    """Words that may be a source.

    ``name`` is where the speaker's name stands: the words before "who" if that is the source, else the
    source itself; ``odds`` the log odds of its words being a source.
    """

    run: Runs
    name: Runs
    labelled: Bools
    odds: NDArray[np.float64]


def _among(words: NDArray[np.uint64], known: NDArray[np.uint64]) -> Bools:
    place = np.searchsorted(known, words).clip(max=len(known) - 1)
    found: Bools = known[place] == words
    return found


def find_candidates(labels: Labels, real: Bools) -> Candidates:
    """Return what may be a source in the paragraphs of a block; ``real`` tells words from the empty ones."""
    chance = np.where(real, labels.source, 0).astype(np.float64)
    label, words = labels.label, counted(labels.sign == 0)
    whole = joined(runs(label == SOURCE), labels)
    labelled = _with_words(_unquoted(whole, labels), words)
    thought = _with_words(_unquoted(_thought_of(label, chance, whole), labels), words)
    grown = _grown(labelled, labels, chance)
    run = Runs(np.concatenate([grown.first, thought.first]), np.concatenate([grown.last, thought.last]))
    likely = Runs(
        np.concatenate([labelled.first, thought.first]), np.concatenate([labelled.last, thought.last])
    )
    total = np.zeros(len(chance) + 1, dtype=np.int64)
    np.cumsum(np.rint(chance * _FINE), out=total[1:])  # whole numbers: sums do not depend on the batch
    mean = (total[likely.last + 1] - total[likely.first]) / (_FINE * (likely.last + 1 - likely.first))
    source, name = _cut(run, labels, words)
    is_labelled = np.arange(len(run.first)) < len(labelled.first)
    order = np.lexsort((source.last, source.first))
    alone = (source.first == source.last) & _among(labels.hash[source.first], _ARTICLES)
    order = order[~alone[order]]
    return Candidates(
        Runs(source.first[order], source.last[order]),
        Runs(name.first[order], name.last[order]),
        is_labelled[order],
        np.log((mean + _EDGE) / (1 + _EDGE - mean))[order],
    )


def _with_words(found: Runs, words: Ints) -> Runs:
    kept = words[found.last + 1] > words[found.first]
    return Runs(found.first[kept], found.last[kept])


def _unquoted(found: Runs, labels: Labels) -> Runs:
    """Cut quoted words off both ends: a source may have a nickname in marks, but ends where speech begins."""
    here = np.arange(len(labels.quote))
    quoted = labels.quote > 0
    onward = np.minimum.accumulate(np.where(quoted, len(here), here)[::-1])[::-1]
    back = np.maximum.accumulate(np.where(quoted, -1, here))
    first, last = onward[found.first], back[found.last]
    some = first <= last
    return Runs(np.where(some, first, found.first), np.where(some, last, found.last))


def _thought_of(label: NDArray[np.int8], chance: NDArray[np.float64], labelled: Runs) -> Runs:
    """Return stretches without a label whose words are nearly as likely a source as the likeliest."""
    free = (label < BEGIN) & (chance > THOUGHT_OF)
    edges = np.zeros(len(label) + 1, dtype=np.int64)
    edges[labelled.first] += 1
    edges[labelled.last + 1] -= 1
    free &= np.cumsum(edges[:-1]) == 0
    outer = runs(free)
    if not len(outer.first):
        return outer
    bounds = np.column_stack([outer.first, outer.last + 1]).ravel()
    most = np.maximum.reduceat(np.append(chance, 0), bounds)[0::2]
    free[free] = chance[free] >= np.repeat(PART * most, outer.last + 1 - outer.first)
    return runs(free)


def _grown(found: Runs, labels: Labels, chance: NDArray[np.float64]) -> Runs:
    """Add the words on either side that are likely enough a source, in the same sentence."""
    more = (labels.label == OUTSIDE) & (chance >= GROWN) & (labels.quote == 0)
    here = np.arange(len(more))
    goes_on = np.zeros(len(more), dtype=np.bool_)
    goes_on[1:] = more[1:] & more[:-1] & (labels.sentence[1:] == labels.sentence[:-1])
    opens = np.maximum.accumulate(np.where(goes_on, 0, here))
    stops = np.append(~goes_on[1:], True)
    closes = np.minimum.accumulate(np.where(stops, here, len(more))[::-1])[::-1]
    before, after = found.first - 1, found.last + 1  # empty words stand around every paragraph
    left = more[before] & (labels.sentence[before] == labels.sentence[found.first])
    right = more[after] & (labels.sentence[after] == labels.sentence[found.last])
    return Runs(np.where(left, opens[before], found.first), np.where(right, closes[after], found.last))


def _cut(run: Runs, labels: Labels, words: Ints) -> tuple[Runs, Runs]:
    """Return each source and its name: cut to a pronoun ("after he", "Smith, who") or without small words."""
    here = np.arange(len(labels.sign))
    small = _among(labels.hash, _SMALL) & (labels.sign == 0)
    sign = labels.sign > 0
    begins = ~small & (~sign | (labels.sign == _MARK))
    onward = np.minimum.accumulate(np.where(begins, here, len(here))[::-1])[::-1]
    back = np.maximum.accumulate(np.where(small, -1, here))
    last_word = np.maximum(np.maximum.accumulate(np.where(sign, -1, here))[run.last], run.first)

    def stripped(first: Ints, last: Ints) -> Runs:
        first = np.minimum(onward[first], last)
        return Runs(first, np.maximum(back[last], first))

    whole = stripped(run.first, run.last)
    pronoun = (last_word > run.first) & _among(labels.hash[last_word], _SUBJECTS)
    before = stripped(run.first, np.maximum(last_word - 1, run.first))
    named = pronoun & _among(labels.hash[last_word], _RELATIVES)
    named &= words[before.last + 1] > words[before.first]
    source = Runs(np.where(pronoun, last_word, whole.first), np.where(pronoun, last_word, whole.last))
    name = Runs(np.where(named, before.first, source.first), np.where(named, before.last, source.last))
    return source, name
