"""The transparent rule score: a product of published factors, each of them shown."""

from __future__ import annotations

import math
from typing import NamedTuple

from framing.config import RuleWeights
from framing.lexicon.model import Entry


class RuleScore(NamedTuple):
    """Score from 0 to 1 and its factors in words."""

    value: float
    parts: str


def rule_score(entry: Entry, voice: str, *, negated: bool, hedged: bool, weights: RuleWeights) -> RuleScore:
    """Score one mention: how strongly the outlet itself frames with it.

    The score is the product of the entry's intensity, the voice, and the modifiers; it orders
    mentions for reading. It is a convention, not a probability: 0 to 1, more means more loaded and
    nearer to the outlet's own voice. Do not compare its means between outlets; rates are for that.

    Examples
    --------
    >>> entry = Entry("regime", "regime", "delegitimation", "", (), intensity=2, ambiguous=True)
    >>> score = rule_score(entry, "own", negated=True, hedged=False, weights=RuleWeights())
    >>> round(score.value, 4), score.parts
    (0.2625, 'intensity 2: 0.70 x voice own: 1.00 x ambiguous: 0.75 x negated: 0.50')
    """
    if entry.intensity == 0:
        return RuleScore(0.0, "a name: its stance is the category, it has no score")
    factors = [(f"intensity {entry.intensity}", weights.intensity[entry.intensity - 1])]
    factors.append((f"voice {voice}", float(getattr(weights, voice))))
    if entry.ambiguous:
        factors.append(("ambiguous", weights.ambiguous))
    if negated:
        factors.append(("negated", weights.negated))
    if hedged:
        factors.append(("hedged", weights.hedged))
    value = math.prod(factor for _, factor in factors)
    return RuleScore(value, " x ".join(f"{name}: {factor:.2f}" for name, factor in factors))


def loadedness(score: float, p_loaded: float) -> float:
    """Join the rule score with the probability of the classifier: their product.

    Without a classifier ``p_loaded`` is missing (NaN) and the rule score stands alone.

    Examples
    --------
    >>> loadedness(0.7, float("nan")), loadedness(0.7, 0.5)
    (0.7, 0.35)
    """
    return score if math.isnan(p_loaded) else score * p_loaded
