"""A cue at the end of a sentence needs a content: what stands before it, where the labeller found none.

"The bridge was mined, the ministry said on Tuesday." In the articles that the labeller learned from this
order is rare, and it is sure of the source and the cue long before it is of the content.
"""

from __future__ import annotations

import numpy as np

from framing.context.labeller.label import Labels
from framing.context.labeller.labels import BEGIN, CUE, INSIDE, SOURCE

LATEST = 6
"""Words and signs that may follow the cue in its sentence ("on Tuesday.")."""

FEWEST = 3
"""Words that a content has at least."""

CHANCE = 0.9
"""Chance of content that the completed words get: how often the rule is right on PolNeAR dev."""


def complete(labels: Labels) -> Labels:
    """Return the labels with the content before a closing "..., source cue" filled in.

    Only in sentences in which the labeller found a source and a cue behind the last comma, no
    content, and no quotation marks.
    """
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
