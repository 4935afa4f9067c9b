"""A cue at the end of a sentence or headline has what stands before it for its content."""

from __future__ import annotations

import pytest

from framing.pipeline import analyze_text


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The regime shelled the town, the minister said on Tuesday.", "the minister"),
        (
            "The regime shelled the market of the town on Monday, a monitoring group said.",
            "a monitoring group",
        ),
    ],
)
def test_the_clause_before_a_closing_cue_is_reported(text: str, speaker: str) -> None:
    mention = analyze_text(text).mentions[0]
    assert (mention.voice, mention.speaker) == ("indirect", speaker)


def test_a_headline_may_end_with_its_speaker() -> None:
    mention = analyze_text("Words follow.", title="Regime jets bomb northern town, monitor says").mentions[0]
    assert (mention.in_title, mention.voice, mention.speaker) == (True, "indirect", "monitor")


def test_what_somebody_did_is_not_what_somebody_said() -> None:
    mention = analyze_text("The regime shelled the town, and the minister left on Tuesday.").mentions[0]
    assert mention.voice == "own"
