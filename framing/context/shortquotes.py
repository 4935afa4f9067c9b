"""Tell what a short quotation is: words of a source, scare quotes, or a name.

A few words in quotation marks may quote somebody ("his 'big' plan", he said), keep a distance (the
"moderate" rebels) or name a thing ("Axis of Resistance", a title, a nickname). A small linear model
decides from the words around the marks, from what the labeller says about them, and from how the whole
article uses its marks (:mod:`framing.context.quote_features`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLASSES = ("attributed", "scare", "name")

LONGEST = 5
"""Words that a quotation may have and still be judged here; longer ones quote somebody."""

LIMIT = np.float32(1.2)
"""Scaled features are cut off here: an odd article must not outvote everything else."""


@dataclass(frozen=True, slots=True, eq=False)
class ShortQuoteWeights:
    """Weights of the model: features x classes, and the intercepts.

    A feature is used as ``(feature - mean) * scale``. ``factors`` are what the chance of each class is
    multiplied with before the highest wins: scare quotes are rare, and are found too seldom without.
    """

    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    factors: NDArray[np.float32]

    def classify(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the probability of each of :data:`CLASSES` for each row; any batch gives the same."""
        used = scaled(np.ascontiguousarray(features), self.mean, self.scale)
        # Sums along single rows, not a matrix product: that one adds up in an order that the batch decides.
        sums = [np.add.reduce(used * column, axis=1) for column in np.ascontiguousarray(self.weights.T)]
        logits = np.stack(sums, axis=1) + self.intercept
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        result: NDArray[np.float32] = odds / odds.sum(axis=1, keepdims=True)
        return result

    def decide(self, chances: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the class of each row: the one with the highest chance, each weighed with its factor."""
        best: NDArray[np.int64] = (chances * self.factors).argmax(axis=1)
        return best


def scaled(
    features: NDArray[np.float32], mean: NDArray[np.float32], scale: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the features as the model uses them; those that are not known (NaN) count as average.

    Examples
    --------
    >>> rows = np.array([[2.0, 9.0], [np.nan, 1.0]], dtype=np.float32)
    >>> scaled(rows, np.float32([1, 1]), np.float32([0.5, 0.5])).round(1).tolist()
    [[0.5, 1.2000000476837158], [0.0, 0.0]]
    """
    used: NDArray[np.float32] = np.clip((features - mean) * scale, -LIMIT, LIMIT)
    used[np.isnan(used)] = 0
    return used
