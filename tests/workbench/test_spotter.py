"""The spotter finds what the engine finds, without voice."""

from __future__ import annotations

from framing.lexicon import load_lexicon
from framing.pipeline.run import analyze_text
from framing.workbench.spotter import Spotter

TEXT = (
    "Foreign-backed Takfiri terrorists shelled the town under a sanctions regime. "
    "The \"Zionist entity\" denied it, and the regime's army isn't moderate."
)


def test_spotted_mentions_are_those_of_the_engine() -> None:
    lexicon = load_lexicon("conflict-en")
    article = analyze_text(TEXT, lexicons=[lexicon, load_lexicon("cues-en")])
    spotted = [s for s in Spotter(lexicon).spot([TEXT])[0] if not s.nested]
    assert [(s.span, s.entry.entry_id) for s in spotted] == [(m.span, m.entry_id) for m in article.mentions]
    assert len(spotted) >= 3


def test_offsets_are_those_of_the_original_text() -> None:
    text = "\ufb01ne: the Zionist\u00ad entity"  # a ligature that grows, a soft hyphen that vanishes
    (found,) = [s for s in Spotter(load_lexicon("conflict-en")).spot([text])[0] if not s.nested]
    assert text[found.span.start : found.span.end] == "Zionist\u00ad entity"


def test_cues_are_all_returned() -> None:
    found = Spotter(load_lexicon("cues-en")).spot(["He allegedly said so."])[0]
    assert {s.entry.category for s in found} >= {"say_verb", "hedge"}


def test_no_texts_no_hits() -> None:
    assert Spotter(load_lexicon("cues-en")).spot([]) == []
