"""The second pass: what the first one said all around a word, read by a small neural network.

Its inputs are numbers from the scores of the first pass and from where cues, sources, commas and
quotation marks stand; words themselves it does not see. Columns are rows here (one line of memory a
feature), and the network is applied to blocks of one fixed size: a word then gets the same numbers,
bit for bit, whatever else is in the batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller import structure as at
from framing.context.labeller.labels import BEGIN, CUE, INSIDE, LABELS, OUTSIDE, SOURCE
from framing.context.labeller.stream import CUES, PAD, SHAPES, Ints, Stream

Floats = NDArray[np.float32]

THOUSAND = 1000
BLOCK = 2048
"""Words that the network reads at once."""

INPUT_STEPS, WEIGHT_STEPS, UNIT_STEPS = 128, 2048, 256
"""Inputs, weights and the values of hidden units are rounded to such parts of one. Their products and the
sums of them then fit into single precision without any rounding, so that the order in which a library adds
them up, which depends on where a word stands in a block, changes nothing."""

_STRONGEST, _SCALE, _NOBODY = 8.0, 0.25, -2.0
_NO_WORDS = -200
_FAR, _FURTHEST = 1.2, 60
_PARTS = ((-20, -8), (-8, 0), (1, 9), (9, 21))
"""Stretches around a word, within its sentence, over which the chance of content is averaged."""


def chance(scores: Floats) -> Floats:
    """Turn the scores of five yes-no questions into probabilities that sum to one."""
    odds: Floats = (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)
    total = odds[:, 0].copy()
    for label in range(1, odds.shape[1]):
        total += odds[:, label]
    odds /= total[:, None]
    return odds


def second_features(
    stream: Stream, cue: Ints, scores: Floats, chances: Floats, labels: NDArray[np.int8]
) -> Floats:
    """Return the inputs of the network, shape (features, words).

    Parameters
    ----------
    stream
        The words.
    cue
        Kind of cue that each word can be, 0 for none.
    scores, chances, labels
        Scores of the first pass, the probabilities from them, and the labels it decided for.
    """
    columns = np.stack(list(_columns(stream, cue, scores, chances, labels)))
    columns *= INPUT_STEPS
    np.rint(columns, out=columns)
    columns /= INPUT_STEPS
    return columns


def _columns(
    stream: Stream, cue: Ints, scores: Floats, chances: Floats, labels: NDArray[np.int8]
) -> Iterator[Floats]:
    n = len(stream.hash)
    here = np.arange(n)
    within = at.bounds(stream)
    real = stream.paragraph >= 0
    first, stop = within.first, within.last + 1
    label = np.where(real, labels, -1)
    weak = np.ascontiguousarray(np.clip(scores, -_STRONGEST, _STRONGEST).T) * np.float32(_SCALE)
    weak[:, ~real] = _NOBODY
    for by in range(-PAD, PAD + 1):
        for row in weak:
            yield at.shifted(row, by)
    quoted, begins = (stream.quote > 0), (here == first)
    for by in range(-3, 4):
        yield at.shifted(quoted, by).astype(np.float32)
        yield at.shifted(begins, by).astype(np.float32)
    # Sums are over whole thousandths: sums of fractions would depend on what stands before in the batch.
    thousandths = np.rint((chances[:, BEGIN] + chances[:, INSIDE]) * THOUSAND).astype(np.int64)
    total = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.where(real, thousandths, 0), out=total[1:])

    def mean(low: Ints, high: Ints) -> Floats:
        size = high - low
        value = np.where(size > 0, (total[high] - total[low]) / np.maximum(size, 1), _NO_WORDS)
        return (value / THOUSAND).astype(np.float32)

    whole = mean(first, stop)
    yield whole
    yield mean(here, stop)
    yield mean(first, here)
    for low, high in _PARTS:
        yield mean(np.clip(here + low, first, stop), np.clip(here + high, first, stop))
    yield _nearness(here - first)
    yield _nearness(within.last - here)
    comma = (stream.sign == ord(",")) | (stream.sign == ord(";"))
    commas = at.running(comma)
    content = (label == BEGIN) | (label == INSIDE)
    for flags in (label == CUE, label == SOURCE, content, label == OUTSIDE, label == BEGIN, comma):
        yield from _landmark(flags, within, commas, chances[:, CUE])
    before, after = np.maximum(first - 1, 0), np.minimum(stop, n - 1)
    same_before = (first > 0) & (stream.paragraph[before] == stream.paragraph)
    same_after = (stop < n) & (stream.paragraph[after] == stream.paragraph)
    yield np.where(same_before, whole[before], np.float32(-0.3))
    yield np.where(same_after, whole[after], np.float32(-0.3))
    yield (at.per_sentence(quoted, within) / (stop - first)).astype(np.float32)
    for kind in range(1, CUES):
        yield (cue == kind).astype(np.float32)
    for shape in range(1, SHAPES):
        yield (stream.shape == shape).astype(np.float32)


def _landmark(flags: at.Bools, within: at.Bounds, commas: Ints, cue: Floats) -> Iterator[Floats]:
    """Tell where the nearest flagged words of the sentence are, left and right, and how many there are."""
    here = np.arange(len(flags))
    left, right = at.before(flags, within), at.after(flags, within)
    has_left, has_right = left >= 0, right >= 0
    yield has_left.astype(np.float32)
    yield has_right.astype(np.float32)
    yield np.where(has_left, _nearness(here - left), np.float32(_FAR))
    yield np.where(has_right, _nearness(right - here), np.float32(_FAR))
    yield np.where(has_left, np.minimum(commas - commas[left], 4), 0).astype(np.float32) / np.float32(4)
    yield np.where(has_right, np.minimum(commas[right] - commas, 4), 0).astype(np.float32) / np.float32(4)
    yield np.where(has_left, cue[left], np.float32(0))
    yield np.where(has_right, cue[right], np.float32(0))
    yield np.minimum(at.per_sentence(flags, within), 6).astype(np.float32) / np.float32(6)


_LOGS = (np.log1p(np.arange(_FURTHEST + 1)) / 4).astype(np.float32)


def _nearness(distance: Ints) -> Floats:
    return _LOGS.take(distance, mode="clip")


class Layers(NamedTuple):
    """Weights of one network: features x units, units, units x labels, labels."""

    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats


class Network:
    """Hidden layers of rectified units side by side, each with a softmax over the labels; their mean counts.

    Two small networks that began elsewhere err less together than one of twice the size.
    """

    def __init__(self, members: Sequence[Layers]) -> None:
        self.members = tuple(
            m._replace(hidden=_on_grid(m.hidden), output=_on_grid(m.output)) for m in members
        )
        self._turned = [
            (np.ascontiguousarray(m.hidden.T), np.ascontiguousarray(m.output.T)) for m in self.members
        ]

    def __call__(self, inputs: Floats) -> Floats:
        """Return the probability of each label of each word, shape (words, labels)."""
        n = inputs.shape[1]
        result = np.empty((n, len(LABELS)), dtype=np.float32)
        block = np.zeros((inputs.shape[0], BLOCK), dtype=np.float32)
        for start in range(0, n, BLOCK):
            part = inputs[:, start : start + BLOCK]
            block[:, : part.shape[1]] = part
            mean = np.zeros((len(LABELS), BLOCK), dtype=np.float32)
            for member, (hidden, output) in zip(self.members, self._turned, strict=True):
                mean += _answer(member, hidden, output, block)
            mean /= len(self.members)
            result[start : start + part.shape[1]] = mean.T[: part.shape[1]]
        return result


def _on_grid(weights: Floats) -> Floats:
    result: Floats = (np.rint(weights * WEIGHT_STEPS) / WEIGHT_STEPS).astype(np.float32)
    return result


def _answer(member: Layers, hidden: Floats, output: Floats, block: Floats) -> Floats:
    layer = hidden @ block
    layer += member.hidden_bias[:, None]
    np.maximum(layer, 0, out=layer)
    layer *= UNIT_STEPS
    np.rint(layer, out=layer)
    layer /= UNIT_STEPS
    logits = output @ layer
    logits += member.output_bias[:, None]
    logits -= logits.max(axis=0)
    odds: Floats = np.exp(logits)
    total = odds[0].copy()
    for row in odds[1:]:
        total += row
    odds /= total
    return odds
