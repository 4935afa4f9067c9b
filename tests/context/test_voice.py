"""Who says it: sentences written for this test, one rule each."""

from __future__ import annotations

import pytest

from framing.pipeline import analyze_text


def voice(text: str, surface: str, title: str = "") -> tuple[str, str]:
    found = [m for m in analyze_text(text, title=title).mentions if m.surface == surface]
    assert len(found) == 1, [m.surface for m in analyze_text(text, title=title).mentions]
    return found[0].voice, found[0].speaker


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("The regime shelled the town.", "regime", ("own", "")),
        ('"The regime shelled us," a resident said.', "regime", ("direct", "a resident")),
        ('A resident said: "The regime shelled us."', "regime", ("direct", "A resident")),
        ('"The regime," said Mira Tolen, "shelled us."', "regime", ("direct", "Mira Tolen")),
        ('"It is over," he said. "The regime has lost, and all of us know it."', "regime", ("direct", "he")),
        ("The minister said that the regime had shelled the town.", "regime", ("indirect", "The minister")),
        ("The minister said the regime had shelled the town.", "regime", ("indirect", "The minister")),
        (
            "The regime shelled the town, the minister said on Tuesday.",
            "regime",
            ("indirect", "the minister"),
        ),
        ("According to the monitors, the regime shelled the town.", "regime", ("indirect", "the monitors")),
        ("The regime shelled the town, according to the monitors.", "regime", ("indirect", "the monitors")),
        ("The regime spokesman said that talks had failed.", "regime", ("own", "")),
        (
            "The group has urged the capital to act against the terrorists.",
            "terrorists",
            ("indirect", "The group"),
        ),
        (
            "The spokesman denied it, adding that the regime had lied.",
            "regime",
            ("indirect", "The spokesman"),
        ),
        ('The city lies in the "regime" zone.', "regime", ("scare", "")),
        ("The city lies in the ‘regime’ zone.", "regime", ("scare", "")),
        ("The so-called terrorist group left.", "terrorist group", ("scare", "")),
        ('Officials said the "terrorists" had left.', "terrorists", ("direct", "Officials")),
        ("Petar Hask spoke first. He said that the regime had fallen.", "regime", ("indirect", "He")),
        (
            "Petar Hask said the road was shut. He said that the regime had fallen.",
            "regime",
            ("indirect", "Petar Hask"),
        ),
        ("They shelled the town. The regime denied it.", "regime", ("own", "")),
    ],
)
def test_voice_and_speaker(text: str, surface: str, expected: tuple[str, str]) -> None:
    assert voice(text, surface) == expected


def test_an_unpaired_mark_is_said_and_the_words_around_it_still_decide() -> None:
    article = analyze_text(
        'The spokesman said "the regime has fallen and nobody will miss it. The town is quiet.'
    )
    assert [(m.voice, m.speaker) for m in article.mentions] == [("direct", "The spokesman")]
    assert "1 quotation marks without a partner" in article.message


def test_a_resolved_pronoun_is_named_in_the_evidence() -> None:
    article = analyze_text("Petar Hask said the road was shut. He said that the regime had fallen.")
    assert article.mentions[0].evidence.endswith("he = Petar Hask")


def test_a_headline_with_its_speaker_at_the_end() -> None:
    assert voice(
        "Words follow here.", "Terrorists", title="Terrorists fled the northern town, army says"
    ) == (
        "indirect",
        "army",
    )


def test_words_are_counted_by_voice_and_sum_up() -> None:
    article = analyze_text(
        'He walked home. "We are tired of it all," the driver said. The mayor said that he agreed.'
    )
    assert article.words["direct"] == 6
    assert article.words["indirect"] in (2, 3)  # with or without "that"
    assert sum(article.words.values()) == 18
    assert article.n_words == 18


@pytest.mark.parametrize(
    ("text", "negated", "hedged"),
    [
        ("They are not a regime.", True, False),
        ("They are reportedly a regime.", False, True),
        ("They did not leave, the regime did.", False, False),
        ("The regime did not leave.", False, False),
        ("It may be a regime.", False, True),
    ],
)
def test_negation_and_hedge_stay_in_their_clause(text: str, negated: bool, hedged: bool) -> None:
    mention = analyze_text(text).mentions[0]
    assert (mention.negated, mention.hedged) == (negated, hedged)
