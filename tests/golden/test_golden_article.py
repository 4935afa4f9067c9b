"""One article with every trap in it, written for this project: what is found must not change unnoticed."""

from __future__ import annotations

from golden_article import TEXT

from framing.pipeline import analyze_text

ARTICLE = analyze_text(TEXT, outlet="Port Selm News Agency")


def test_mentions_voices_and_speakers() -> None:
    found = [(m.surface, m.category, m.voice, m.speaker) for m in ARTICLE.mentions]
    expected = [
        ("foreign-backed Takfiri terrorists", "foreign_control", "indirect", "A leading tribal council"),
        ("criminal aggression", "atrocity", "direct", "The spokesman"),
        ("occupying regime", "occupation_colonial", "indirect", "Maren"),
        ("puppet regime", "delegitimation", "direct", "the Guard chief"),
        ("Foreign-backed terrorists", "foreign_control", "own", ""),
        ("Takfiri group", "sectarian_othering", "own", ""),
        ("Terror outfits", "terrorism_label", "own", ""),
        ("regime", "delegitimation", "own", ""),
    ]
    assert [e for e in expected if e not in found] == []


def test_repeats_prefix_and_trailers_do_not_count() -> None:
    reasons = [r.reason for r in ARTICLE.removals]
    assert reasons == ["outlet_prefix", "trailer", *["repeated_paragraph"] * 3, "trailer"]
    assert sum(m.surface == "Foreign-backed terrorists" for m in ARTICLE.mentions) == 1


def test_crossed_marks_break_nothing() -> None:
    assert ARTICLE.status == "ok"
    assert ARTICLE.message == ""  # no mark without a partner
    assert ARTICLE.words["unknown"] <= 0.1 * ARTICLE.n_words


def test_every_mention_is_exact() -> None:
    for m in ARTICLE.mentions:
        assert TEXT[m.span.start : m.span.end] == m.surface
        assert m.sentence.start <= m.span.start
        assert m.span.end <= m.sentence.end
