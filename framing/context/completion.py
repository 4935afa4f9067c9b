"""A cue at the end of a sentence needs a content: what stands before it, where the labeller found none.

"The bridge was mined, the ministry said on Tuesday." In the articles that the labeller learned from this
order is rare, and it is sure of the source and the cue long before it is of the content.
"""

from __future__ import annotations

import numpy as np

from framing.context.labeller.label import Labels
from framing.context.labeller.labels import BEGIN, CUE, INSIDE, SOURCE
from framing.text.tokens import hash_words

LATEST = 6
"""Words and signs that may follow the cue in its sentence ("on Tuesday.")."""

FEWEST = 3
"""Words that a content has at least."""

_SAYING = np.sort(hash_words(["say", "says", "said"]))
_SPEAKER = 6

CHANCE = 0.9
"""Chance of content that the completed words get: .90 of 246 words before a closing "said" are content on
PolNeAR dev."""


def complete(labels: Labels) -> Labels:
    """Return the labels with the content before a closing "..., source cue" filled in.

    Only in sentences in which the labeller found a source and a cue behind the last comma, no
    content, and no quotation marks; and in headlines that end with ", source says".
    """
    labels = _headline(labels)
    cues = np.flatnonzero(labels.label == CUE)
    if not len(cues):
        return labels
    label, chance = labels.label, labels.content
    for number in np.unique(labels.sentence[cues]).tolist():
        low, high = np.searchsorted(labels.sentence, [number, number + 1]).tolist()
        inside = label[low:high]
        if (inside >= BEGIN).any() or labels.quote[low:high].any():
            continue
        found = np.flatnonzero(inside == CUE)
        commas = np.flatnonzero(labels.sign[low : low + int(found[0])] == ord(","))
        if not len(commas) or high - low - int(found[-1]) - 1 > LATEST:
            continue
        comma = int(commas[-1])
        between = inside[comma + 1 : int(found[0])]
        words = int((labels.sign[low : low + comma] == 0).sum())
        if words < FEWEST or not (between == SOURCE).any() or (between >= BEGIN).any():
            continue
        if label is labels.label:
            label, chance = label.copy(), chance.copy()
            inside = label[low:high]
        label[low : low + comma] = INSIDE
        label[low] = BEGIN
        chance[low : low + comma] = np.maximum(chance[low : low + comma], CHANCE)
    return labels._replace(label=label, content=chance)


def _headline(labels: Labels) -> Labels:
    """Label "Town shelled, army says": a passage that ends, without a stop, with a verb of saying."""
    n = len(labels.label)
    last = n - 1
    if n < FEWEST + 3 or labels.hash[last] not in _SAYING or labels.quote.any():
        return labels
    commas = np.flatnonzero(labels.sign == ord(","))
    if not len(commas) or not 1 < last - int(commas[-1]) <= _SPEAKER:
        return labels
    comma = int(commas[-1])
    if (labels.sign[:comma] == 0).sum() < FEWEST or (labels.sign[comma + 1 : last] > 0).any():
        return labels
    label, chance = labels.label.copy(), labels.content.copy()
    label[:comma], label[comma + 1 : last], label[comma], label[last] = INSIDE, SOURCE, 0, CUE
    label[0] = BEGIN
    chance[:comma] = np.maximum(chance[:comma], CHANCE)
    chance[comma:] = np.minimum(chance[comma:], 1 - CHANCE)
    return labels._replace(label=label, content=chance)
