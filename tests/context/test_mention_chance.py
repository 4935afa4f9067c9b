"""Who says a mention outside of quotation marks. All sentences were written for this test."""

from __future__ import annotations

import pytest

from framing.context import label_readings, open_reading
from framing.context.labeller.store import shipped_model
from framing.context.mention import covering
from framing.context.mention_chance import WEIGHTS, revised
from framing.context.mention_evidence import evidence, log_odds
from framing.pipeline import Engine, analyze_text
from framing.records import Span
from framing.text.sentences import paragraphs


def known(text: str, surface: str) -> dict[str, float]:
    reading = open_reading(text, paragraphs(text))
    at = text.index(surface)
    mention = Span(at, at + len(surface))
    number = next(i for i, p in enumerate(reading.paragraphs) if p.covers(mention))
    label_readings(shipped_model(), [(reading, [number])])
    chance, _ = reading.chance(shipped_model().labeller, number, mention)
    cues = Engine().cues(text)
    best = covering(reading.attributions(), mention)
    return evidence(reading, best, cues, mention, paragraph=number, chance=chance)


def test_every_weight_has_its_evidence() -> None:
    assert WEIGHTS.keys() - {"constant"} == known("The regime left.", "regime").keys()


def test_the_chance_rises_with_the_words_and_stays_a_chance() -> None:
    nothing = dict.fromkeys(WEIGHTS.keys() - {"constant"}, 0.0)
    chances = [revised({**nothing, "odds": log_odds(p)}) for p in (0.0, 0.3, 0.7, 1.0)]
    assert chances == sorted(set(chances))
    assert 0 < chances[0] < chances[-1] < 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said that the regime had lied.", {"covered": 1, "content begins with that": 1}),
        ("The minister said the regime had lied.", {"cue: say": 1, "cue: verb of saying": 1}),
        ("The regime shelled the town.", {"covered": 0, "cue: say": 0, "sentence has a cue": 0}),
        ("He branded the regime a disgrace.", {"naming or accusation before": 1}),
        ("The regime branded him a disgrace.", {"naming or accusation before": 0}),
        ("A spokesman for the regime left.", {"speaker noun before": 1}),
        ("Must we bow to the regime?", {"question": 1, "sentence in the first person": 1}),
        (
            '"We left," he said of the regime.',
            {"sentence has a quotation": 1, "share of the first person": 0},
        ),
        ("He left. We stayed.\nThe regime fell.", {"sentence in the first person": 0, "question": 0}),
        ("She wrote:\nThe regime must go.", {"after a colon": 1, "signed": 0}),
        ("The regime must go! — Mira Tolen (@mira)", {"after a colon": 0, "signed": 1}),
        ("TOLEN: The regime must go.", {"begins with a speaker": 1}),
    ],
)
def test_what_is_known_about_a_mention(text: str, expected: dict[str, float]) -> None:
    found = known(text, "regime")
    assert {name: found[name] for name in expected} == expected


def test_words_beside_the_mention_count_and_at_the_edge_its_own() -> None:
    alone = known("Regime", "Regime")
    assert alone["odds of the words before"] == alone["odds of the words behind"] == alone["odds"]
    inside = known("The minister said that the regime had lied.", "regime")
    assert inside["odds of the words before"] != inside["odds"]


@pytest.mark.parametrize(
    "text",
    [
        "Words for this day follow.\n\nThe regime has betrayed our country! — Mira Tolen (@mira) May 3, 2017",
        "As Mira Tolen wrote in her open letter to the minister on Monday:\n\n"
        "The regime has lost, I believe, and we all know it.",
    ],
)
def test_words_set_apart_are_a_quotation_without_marks(text: str) -> None:
    mention = analyze_text(text).mentions[0]
    assert (mention.voice, mention.evidence) == ("direct", "set apart: signed, or after a colon")


def test_what_somebody_seeks_is_named_by_the_outlet() -> None:
    (mention,) = analyze_text("They seek to weaken the regime in the north.").mentions
    assert mention.p_attributed < 0.5
