"""The rule score is the product of its published parts."""

from __future__ import annotations

import itertools

import pytest

from framing.config import RuleWeights
from framing.lexicon import Entry
from framing.scoring.rules import loadedness, rule_score
from framing.tables import VOICES

WEIGHTS = RuleWeights()


def _entry(intensity: int, ambiguous: bool) -> Entry:
    return Entry("e", "e", "c", "r", ("s",), intensity=intensity, ambiguous=ambiguous)


@pytest.mark.parametrize(
    ("intensity", "voice", "ambiguous", "negated", "hedged"),
    list(itertools.product((1, 2, 3), VOICES, (False, True), (False, True), (False, True))),
)
def test_score_is_the_product_of_its_parts(
    intensity: int, voice: str, ambiguous: bool, negated: bool, hedged: bool
) -> None:
    score = rule_score(_entry(intensity, ambiguous), voice, negated=negated, hedged=hedged, weights=WEIGHTS)
    factors = [float(part.rsplit(": ", 1)[1]) for part in score.parts.split(" x ")]
    product = 1.0
    for factor in factors:
        product *= factor
    assert score.value == pytest.approx(product)
    assert 0 < score.value <= 1
    assert len(factors) == 2 + ambiguous + negated + hedged


def test_own_voice_weighs_most_and_scare_quotes_least() -> None:
    by_voice = {
        v: rule_score(_entry(2, False), v, negated=False, hedged=False, weights=WEIGHTS).value for v in VOICES
    }
    assert by_voice["own"] > by_voice["indirect"] > by_voice["direct"] > by_voice["scare"] > 0


def test_loadedness_without_a_classifier_is_the_rule_score() -> None:
    assert loadedness(0.4, float("nan")) == 0.4
    assert loadedness(0.4, 0.25) == pytest.approx(0.1)
