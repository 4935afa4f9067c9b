"""The calibrated chance that a mention outside of quotation marks is not the outlet's own word."""

from __future__ import annotations

import math
from collections.abc import Mapping
from operator import mul

WEIGHTS = {
    "constant": -0.73,
    "odds": 0.383,
    "odds of the words before": 0.195,
    "odds of the words behind": -0.066,
    "odds of a source in the sentence": 0.181,
    "covered": -0.277,
    "covered, with a speaker": 0.173,
    "covered, with a cue": -0.0579,
    "cue: say": 1.12,
    "cue: verb of saying": 0.571,
    "cue: according to": 1.0,
    "cue: verb of doubt": 1.03,
    "cue: accusation": 0.818,
    "cue: naming": 0.51,
    "cue: intention": -1.25,
    "content begins with that": 0.524,
    "content begins with to": -0.956,
    "naming or accusation before": 0.931,
    "speaker noun before": 0.283,
    "sentence has a cue": -0.417,
    "sentence has a quotation": -0.439,
    "sentence in the first person": -0.409,
    "share of the first person": 23.2,
    "question": -0.753,
    "signed": 4.97,
    "after a colon": 1.7,
    "begins with a speaker": 1.68,
}
"""Weights of :func:`~framing.context.mention_evidence.evidence`: logistic regression on our readings of
mentions (:mod:`framing.training.mentions`). That of "according to" is set by hand (fitted: .2): the codebook
names it, and the readings hold 108."""


def revised(evidence: Mapping[str, float]) -> float:
    """Return the chance with all that is known about the mention."""
    score = WEIGHTS["constant"] + sum(map(mul, map(WEIGHTS.__getitem__, evidence), evidence.values()))
    return 1 / (1 + math.exp(-score))
