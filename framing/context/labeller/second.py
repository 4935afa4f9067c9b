"""The second pass: what the first one said all around a word, read by a small neural network.

Its inputs are the scores of the first pass, where cues, sources, commas and quotation marks stand, and
short vectors of the words nearby and of the cues of the sentence. Columns are rows here (one line of
memory a feature). A word gets the same numbers, bit for bit, whatever else is in the batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller import structure as at
from framing.context.labeller.labels import BEGIN, CUE, INSIDE, LABELS, SOURCE
from framing.context.labeller.lexical import DIMENSIONS, Lexical
from framing.context.labeller.stream import PAD, Ints, Stream

Floats = NDArray[np.float32]

THOUSAND = 1000
BLOCK = 1024
"""Words that the network reads at once: as many as fit into the cache."""

MULTIPLICATIONS = 500_000
"""Multiplications of the network in one go: so few that no library shares them out among cores, whose threads
then wait for each other. On a busy machine that took forty times as long as one core does."""

INPUT_STEPS, WEIGHT_STEPS, UNIT_STEPS = 128, 2048, 256
"""Inputs, weights and the values of hidden units are rounded to such parts of one. Their products and the
sums of them then fit into single precision without any rounding, so that the order in which a library adds
them up, which depends on where a word stands in a block, changes nothing."""

_STRONGEST, _SCALE, _NOBODY = 8.0, 0.25, -2.0
_NO_WORDS, _NO_SENTENCE = -200, -0.3
_FAR, _FURTHEST = 1.2, 60
_MOST_COMMAS = 4
VECTOR_PLACES = (-1, 0, 1)
"""Words around whose vectors are read."""

_SHIFTS = 3
"""Words to either side that are looked at for quotation marks and for the begin of the sentence."""

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


def second_features(stream: Stream, lexical: Lexical, cue: Ints, scores: Floats, chances: Floats) -> Floats:
    """Return the inputs of the network, shape (features, words).

    Parameters
    ----------
    stream
        The words.
    lexical
        What is known about single words.
    cue
        Kind of cue that each word can be, 0 for none.
    scores, chances
        Scores of the first pass, shape (words, labels), and the probabilities from them.
    """
    n = len(stream.hash)
    within = at.bounds(stream)
    padded = _padded_scores(stream, scores)
    blocks: list[NDArray[np.generic]] = [padded[:, place : place + n] for place in range(2 * PAD + 1)]
    blocks += _word_vectors(stream, lexical, lexical.speech[cue] & (stream.quote == 0), within)
    blocks += _columns(stream, within, chances)
    inputs = np.empty((sum(map(len, blocks)), n), dtype=np.float32)
    row = 0
    for block in blocks:
        inputs[row : row + len(block)] = block
        row += len(block)
    return inputs


def _on_steps(values: NDArray[np.floating]) -> Floats:
    """Round to whole parts of :data:`INPUT_STEPS`."""
    result: Floats = (np.rint(values * INPUT_STEPS) / INPUT_STEPS).astype(np.float32)
    return result


def _padded_scores(stream: Stream, scores: Floats) -> Floats:
    """Return the scores as rows of inputs, with nobody before the first word and behind the last."""
    n = len(scores)
    padded = np.zeros((scores.shape[1], n + 2 * PAD), dtype=np.float32)
    inner = padded[:, PAD : PAD + n]
    inner[:] = _on_steps(np.clip(scores, -_STRONGEST, _STRONGEST) * np.float32(_SCALE)).T
    inner[:, stream.paragraph < 0] = _NOBODY
    return padded


def _word_vectors(
    stream: Stream, lexical: Lexical, cues: at.Bools, within: at.Bounds
) -> list[NDArray[np.generic]]:
    """Return the vectors of the words around each word, and of the cues left and right in its sentence."""
    n = len(stream.hash)
    reach = max(map(abs, VECTOR_PLACES))
    padded = np.zeros((DIMENSIONS, n + 2 * reach), dtype=np.float32)
    padded[:, reach : reach + n] = lexical.vectors_of(stream.hash)
    blocks: list[NDArray[np.generic]] = [padded[:, reach + p : reach + p + n] for p in VECTOR_PLACES]
    for place in (at.before(cues, within), at.after(cues, within)):
        # Place -1, no cue, becomes the zeros before the first word.
        blocks.append(padded.take(place + reach, axis=1, mode="clip"))
    return blocks


def _columns(stream: Stream, within: at.Bounds, chances: Floats) -> list[NDArray[np.generic]]:
    """Return all other inputs, blocks of rows of numbers on the grid."""
    n = len(stream.hash)
    here = np.arange(n)
    real = stream.paragraph >= 0
    first, stop = within.first, within.last + 1
    label = np.where(real, chances.argmax(axis=1), -1)
    quoted = stream.quote > 0
    marks = np.zeros((2, n + 2 * _SHIFTS), dtype=np.bool_)
    marks[:, _SHIFTS : _SHIFTS + n] = quoted, here == first
    # Sums are over whole thousandths: sums of fractions would depend on what stands before in the batch.
    thousandths = np.rint((chances[:, BEGIN] + chances[:, INSIDE]) * THOUSAND).astype(np.int64)
    total = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.where(real, thousandths, 0), out=total[1:])
    edges = np.clip(here + np.array(_PARTS).T[:, :, None], first, stop)
    means = _means(total, np.stack([first, here, first, *edges[0]]), np.stack([stop, stop, here, *edges[1]]))
    comma = (stream.sign == ord(",")) | (stream.sign == ord(";"))
    flags = np.stack([label == CUE, label == SOURCE, (label == BEGIN) | (label == INSIDE), comma])
    before, after = np.maximum(first - 1, 0), np.minimum(stop, n - 1)
    nothing = _on_steps(np.array(_NO_SENTENCE))
    beside = [
        np.where(inside & (at.taken(stream.paragraph, place) == stream.paragraph), means[0][place], nothing)
        for inside, place in ((first > 0, before), (stop < n, after))
    ]
    return [
        *(marks[:, place : place + n] for place in range(2 * _SHIFTS + 1)),
        means,
        _nearness(np.stack([here - first, within.last - here])),
        _landmarks(flags, within, at.running(comma)),
        np.stack([*beside, _on_steps(at.per_sentence(quoted, within) / (stop - first))]),
    ]


def _means(total: Ints, low: Ints, high: Ints) -> Floats:
    """Return the mean chance of content from ``low`` to ``high``; ``total`` counts thousandths."""
    size = high - low
    value = np.where(
        size > 0, (at.taken(total, high) - at.taken(total, low)) / np.maximum(size, 1), _NO_WORDS
    )
    return _on_steps(value / THOUSAND)


def _landmarks(flags: at.Bools, within: at.Bounds, commas: Ints) -> Floats:
    """Tell whether and where the nearest flagged words of the sentence are, left and right.

    ``flags`` has a row for each kind of words. Each has six rows here: whether there is one to the left,
    how near, with how many commas between, then the same to the right.
    """
    kinds, n = flags.shape
    place = np.stack([at.before(flags, within), at.after(flags, within)], axis=1)
    there = place >= 0
    between = np.minimum(np.abs(commas - at.taken(commas, place)), _MOST_COMMAS)
    found = np.empty((kinds, 2, 3, n), dtype=np.float32)
    found[:, :, 0] = there
    found[:, :, 1] = np.where(there, _nearness(np.abs(np.arange(n) - place)), _FAR_STEP)
    found[:, :, 2] = np.where(there, between, 0) / np.float32(_MOST_COMMAS)
    return found.reshape(-1, n)


_LOGS = _on_steps(np.log1p(np.arange(_FURTHEST + 1)) / 4)
_FAR_STEP = _on_steps(np.array(_FAR))


def _nearness(distance: Ints) -> Floats:
    return _LOGS.take(distance, mode="clip")


class Layers(NamedTuple):
    """Weights of one network: features x units, units, units x labels, labels."""

    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats


class Network:
    """Hidden layers of rectified units side by side, each with a softmax over the labels; the mean counts."""

    def __init__(self, members: Sequence[Layers]) -> None:
        self.members = tuple(
            m._replace(hidden=_on_grid(m.hidden), output=_on_grid(m.output)) for m in members
        )
        # Hidden units are counted in steps (a power of two changes no digit), those of all members at once.
        steps = np.float32(UNIT_STEPS)
        self._hidden = np.concatenate([m.hidden.T for m in self.members]) * steps
        self._hidden_bias = np.concatenate([m.hidden_bias for m in self.members])[:, None] * steps
        self._outputs: list[Floats] = [np.ascontiguousarray(m.output.T) / steps for m in self.members]

    def __call__(self, inputs: Floats) -> Floats:
        """Return the probability of each label of each word, shape (words, labels)."""
        result = np.empty((inputs.shape[1], len(LABELS)), dtype=np.float32)
        for start in range(0, len(result), BLOCK):
            part = slice(start, start + BLOCK)
            result[part] = self._answer(inputs[:, part]).T
        return result

    def _answer(self, inputs: Floats) -> Floats:
        units = self._products(inputs)
        units += self._hidden_bias
        np.maximum(units, 0, out=units)
        np.rint(units, out=units)
        mean = np.zeros((len(LABELS), inputs.shape[1]), dtype=np.float32)
        first = 0
        for member, output in zip(self.members, self._outputs, strict=True):
            own = units[first : first + output.shape[1]]
            first += len(own)
            mean += _softmax(output @ own + member.output_bias[:, None])
        mean /= len(self.members)
        return mean

    def _products(self, inputs: Floats) -> Floats:
        """Multiply the inputs with the hidden weights, a few words at a time."""
        n = inputs.shape[1]
        narrow = max(1, MULTIPLICATIONS // self._hidden.size)
        count = n // narrow
        units = np.empty((len(self._hidden), n), dtype=np.float32)
        parts, out = (
            rows[:, : count * narrow].reshape(len(rows), count, narrow).transpose(1, 0, 2)
            for rows in (inputs, units)
        )
        np.matmul(self._hidden, parts, out=out)
        np.matmul(self._hidden, inputs[:, count * narrow :], out=units[:, count * narrow :])
        return units


def _on_grid(weights: Floats) -> Floats:
    result: Floats = (np.rint(weights * WEIGHT_STEPS) / WEIGHT_STEPS).astype(np.float32)
    return result


def _softmax(logits: Floats) -> Floats:
    logits -= logits.max(axis=0)
    odds: Floats = np.exp(logits)
    total = odds[0].copy()
    for row in odds[1:]:
        total += row
    odds /= total
    return odds
