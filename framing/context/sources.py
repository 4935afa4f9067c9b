"""Which of the candidates of a paragraph most likely is the source of a content, and which cue is next to it.

A logistic regression over how likely the words are a source and where they stand chooses.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.candidates import Candidates, find_candidates
from framing.context.labeller import BEGIN, CUE, SOURCE
from framing.context.labeller.label import Labels
from framing.context.runs import Bools, Ints, Runs, counted, joined, runs

LEAST = -2.0
"""Score (log odds) that a source needs; below it a content has none."""

WEIGHTS = {
    "constant": 0.02,
    "odds, labelled": 0.83,
    "odds, not labelled": 1.09,
    "distance before the cue": -0.45,
    "distance behind the cue": -0.77,
    "sentences apart": -3.4,
    "sources between": -1.29,
    "contents between": -0.75,
    "cues between": 0.39,
    "length": 0.2,
    "no cue, before": -0.12,
    "no cue, quoted": 2.38,
    "begins its sentence": 0.76,
}
"""Weights of :func:`_scores`: logistic regression on PolNeAR dev and our own calibration articles."""

_REACH = 60
"""Words between a content and its cue; a sentence rarely has more."""

_MOST = 2
_NONE = -1


class Sources(NamedTuple):
    """What is known about the cues and sources of a block, ready to be linked."""

    labels: Labels
    paragraph: Ints
    cues: Runs
    candidates: Candidates
    begun: dict[int, Ints]


def find_sources(labels: Labels, paragraph: Ints) -> Sources:
    """Return the cues and candidate sources of all paragraphs.

    Parameters
    ----------
    labels
        Labels of a block.
    paragraph
        Number of the paragraph of each word, -1 for the empty words.
    """
    return Sources(
        labels,
        paragraph,
        joined(runs(labels.label == CUE), labels),
        find_candidates(labels, paragraph >= 0),
        {
            SOURCE: _begun(labels.label == SOURCE),
            CUE: _begun(labels.label == CUE),
            BEGIN: _begun(labels.label >= BEGIN),
        },
    )


def _begun(flags: Bools) -> Ints:
    """Count the runs that began before each word."""
    firsts = flags.copy()
    firsts[1:] &= ~flags[:-1]
    return counted(firsts)


def link(known: Sources, spans: Runs) -> tuple[Ints, Ints]:
    """Return the numbers of the cue and of the candidate source of each span, -1 for none."""
    cue = _nearest_cue(known, spans)
    return cue, _best_source(known, spans, cue)


def _nearest_cue(known: Sources, spans: Runs) -> Ints:
    """Return the cue next to each span, in a sentence that the span touches; before wins over after."""
    cues, sentence = known.cues, known.labels.sentence
    n = len(cues.first)
    if not n:
        return np.full(len(spans.first), _NONE)
    before = np.searchsorted(cues.last, spans.first) - 1
    after = np.searchsorted(cues.first, spans.last, side="right")
    back, on = spans.first - cues.last[before], cues.first[np.minimum(after, n - 1)] - spans.last
    is_before = (before >= 0) & (back <= _REACH)
    is_before &= sentence[cues.first[before]] == sentence[spans.first]
    is_after = (after < n) & (on <= _REACH)
    is_after &= sentence[cues.first[np.minimum(after, n - 1)]] == sentence[spans.last]
    chosen: Ints = np.where(is_before & (~is_after | (back <= on)), before, np.where(is_after, after, _NONE))
    return chosen


def _best_source(known: Sources, spans: Runs, cue: Ints) -> Ints:
    """Return the candidate of the same paragraph with the highest score, if it is high enough."""
    best = np.full(len(spans.first), _NONE)
    where = known.paragraph[known.candidates.run.first]
    low = np.searchsorted(where, known.paragraph[spans.first], side="left")
    size = np.searchsorted(where, known.paragraph[spans.first], side="right") - low
    span = np.repeat(np.arange(len(best)), size)
    candidate = np.arange(len(span)) - np.repeat(np.cumsum(size) - size, size) + np.repeat(low, size)
    has_cue = cue[span] >= 0
    anchor = spans.first[span], spans.last[span]
    if len(known.cues.first):
        anchor = (
            np.where(has_cue, known.cues.first[cue[span]], anchor[0]),
            np.where(has_cue, known.cues.last[cue[span]], anchor[1]),
        )
    run = known.candidates.run
    apart = (run.last[candidate] < anchor[0]) | (run.first[candidate] > anchor[1])
    span, candidate, has_cue = span[apart], candidate[apart], has_cue[apart]
    score = _scores(known, candidate, spans.first[span], Runs(anchor[0][apart], anchor[1][apart]), has_cue)
    # The highest first; of equals the first in the text.
    order = np.lexsort((candidate, -score, span))
    order = order[score[order] >= LEAST]
    chosen, first = np.unique(span[order], return_index=True)
    best[chosen] = candidate[order][first]
    return best


def _scores(
    known: Sources, candidate: Ints, content: Ints, anchor: Runs, has_cue: Bools
) -> NDArray[np.float64]:
    """Return what speaks for each candidate: how likely its words are a source, and where they stand."""
    labels, found = known.labels, known.candidates
    first, last = found.run.first[candidate], found.run.last[candidate]
    before = last < anchor.first
    low, high = np.where(before, last, anchor.last) + 1, np.where(before, anchor.first, first)
    edge = labels.sentence[np.where(before, anchor.first, anchor.last)]
    odds, labelled = found.odds[candidate], found.labelled[candidate]
    distance = np.log1p(high - low) * has_cue

    apart = np.minimum(np.abs(edge - labels.sentence[first]), _MOST)
    quoted = labels.quote[content] > 0

    def between(label: int) -> Ints:
        begun = known.begun[label]
        capped: Ints = np.minimum(begun[high] - begun[low], _MOST)
        return capped

    evidence = {
        "odds, labelled": odds * labelled,
        "odds, not labelled": odds * ~labelled,
        "distance before the cue": distance * before,
        "distance behind the cue": distance * ~before,
        "sentences apart": apart,
        "sources between": between(SOURCE),
        "contents between": between(BEGIN),
        "cues between": between(CUE),
        "length": np.log(last - first + 1),
        "no cue, before": ~has_cue & before,
        "no cue, quoted": ~has_cue & quoted,
        "begins its sentence": labels.sentence[first - 1] != labels.sentence[first],
    }
    score = np.full(len(candidate), WEIGHTS["constant"])
    for name, value in evidence.items():
        score += WEIGHTS[name] * value
    # Words without a cue and without marks are nobody's of another sentence.
    score[~has_cue & ~quoted & (apart > 0)] = -np.inf
    return score
