"""The mention torture list: typography that real news has, each with its exact offsets."""

from __future__ import annotations

import pytest

from framing.lexicon.model import Entry
from framing.matching import Matcher, Pattern, RawHit, resolve
from framing.text.fold import fold

ENTRIES = [
    Entry(name, pattern, "c", "r", ("s",), exceptions=tuple(exceptions))
    for name, pattern, exceptions in [
        ("regime", "regime", ["sanctions regime", "exercise regime"]),
        ("zionist-entity", "Zionist entity", []),
        ("foreign-backed", "foreign-backed", []),
        ("terrorist", "terrorist", ["anti-terrorist unit"]),
        ("takfiri-terrorist", "Takfiri terrorist", []),
        ("foreign-backed-takfiri-terrorist", "foreign-backed Takfiri terrorist", []),
        ("fifth-column", "fifth column", []),
        ("peoples-enemy", "people's enemy", []),
        ("us-backed", "u.s.-backed", []),
        ("is-not", "isn't", []),
    ]
]
OWNERS = {2 * n: e.entry_id for n, e in enumerate(ENTRIES)}
MATCHER = Matcher(
    [Pattern(f, 2 * n) for n, e in enumerate(ENTRIES) for f in e.surface_forms()]
    + [Pattern(f, 2 * n + 1) for n, e in enumerate(ENTRIES) for f in e.exception_forms()]
)


def mentions(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    folded = fold(text)
    hits = MATCHER.find([folded])
    raw = [
        RawHit(s, e, o // 2, o % 2 == 1)
        for o, s, e in zip(hits.owner.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True)
    ]
    result = []
    for found in resolve(raw):
        span = folded.span(found.start, found.end)
        names = tuple(ENTRIES[n].entry_id for n in found.nested)
        result.append((text[span.start : span.end], ENTRIES[found.entry].entry_id, names))
    return result


@pytest.mark.parametrize(
    ("text", "surface", "entry_id"),
    [
        ("the regime fell", "regime", "regime"),
        ("the regimes fell", "regimes", "regime"),
        ("THE REGIME FELL", "REGIME", "regime"),
        ("the regime's guns", "regime", "regime"),
        ("the regime’s guns", "regime", "regime"),
        ('the "regime" fell', "regime", "regime"),
        ("the “regime” fell", "regime", "regime"),
        ("the 'regime' fell", "regime", "regime"),
        ("the ‘regime’ fell", "regime", "regime"),
        ("the ''regime'' fell", "regime", "regime"),
        ("not a regime", "regime", "regime"),
        ("regime", "regime", "regime"),
        ("regime fell", "regime", "regime"),
        ("fell the regime", "regime", "regime"),
        ("It ended.Regime forces left.", "Regime", "regime"),
        ("pro-regime areas", "regime", "regime"),
        ("regime-held areas", "regime", "regime"),
        ("it isn't over", "isn't", "is-not"),
        ("it isn’t over", "isn’t", "is-not"),
        ("the Zionist entity left", "Zionist entity", "zionist-entity"),
        ("the Zionist\nentity left", "Zionist\nentity", "zionist-entity"),
        ("the Zionist\r\nentity left", "Zionist\r\nentity", "zionist-entity"),
        ("the Zionist\u00a0entity left", "Zionist\u00a0entity", "zionist-entity"),
        ("the Zionist  entity left", "Zionist  entity", "zionist-entity"),
        ("the Zionist entity's army", "Zionist entity", "zionist-entity"),
        ("the Zionist entities", "Zionist entities", "zionist-entity"),
        ('the "Zionist" entity', 'Zionist" entity', "zionist-entity"),
        ("the “Zionist” entity", "Zionist” entity", "zionist-entity"),
        ('the Zionist "entity"', 'Zionist "entity', "zionist-entity"),
        ("the Zionist's entity", "Zionist's entity", "zionist-entity"),
        ("ZIONIST ENTITY SHELLS TOWN", "ZIONIST ENTITY", "zionist-entity"),
        ("a foreign-backed group", "foreign-backed", "foreign-backed"),
        ("a foreign\u2011backed group", "foreign\u2011backed", "foreign-backed"),
        ("a foreign–backed group", "foreign–backed", "foreign-backed"),
        ("a foreign\u00adbacked group", "foreign\u00adbacked", "foreign-backed"),
        ("a foreign backed group", "foreign backed", "foreign-backed"),
        ("a foreign-\nbacked group", "foreign-\nbacked", "foreign-backed"),
        ("the régime fell", "régime", "regime"),
        ("the re\u0301gime fell", "re\u0301gime", "regime"),
        ("the ｒｅｇｉｍｅ fell", "ｒｅｇｉｍｅ", "regime"),
        ("a ﬁfth column", "ﬁfth column", "fifth-column"),
        ("the re\u200bgime fell", "re\u200bgime", "regime"),
        ("the \u2066regime\u2069 fell", "regime", "regime"),
        ("😀 the regime 😀", "regime", "regime"),
        ("the people's enemy", "people's enemy", "peoples-enemy"),
        ("the people’s enemies", "people’s enemies", "peoples-enemy"),
        ("the U.S.-backed forces", "U.S.-backed", "us-backed"),
        ("the U.S. backed forces", "U.S. backed", "us-backed"),
    ],
)
def test_found_with_exact_offsets(text: str, surface: str, entry_id: str) -> None:
    assert [(s, e) for s, e, _ in mentions(text)] == [(surface, entry_id)]


@pytest.mark.parametrize(
    "text",
    [
        "the regimental band",
        "preregime",
        "the sanctions regime ended",
        "two sanctions regimes",
        "her exercise regime",
        "the anti-terrorist unit",
        "Zionist, entity",
        "Zionist. Entity",
        "Zionist\n\nentity",
        "Zionist — entity",
        "Zionist (entity)",
        "foreign, backed",
        'Zionist"entity',
    ],
)
def test_not_found(text: str) -> None:
    assert mentions(text) == []


def test_nested_entries_count_once_at_the_longest() -> None:
    assert mentions("the foreign-backed Takfiri terrorists fled") == [
        (
            "foreign-backed Takfiri terrorists",
            "foreign-backed-takfiri-terrorist",
            ("foreign-backed", "terrorist", "takfiri-terrorist"),
        )
    ]
    assert mentions("Takfiri terrorist") == [("Takfiri terrorist", "takfiri-terrorist", ("terrorist",))]


def test_an_exception_hides_only_its_own_place() -> None:
    assert [s for s, _, _ in mentions("The sanctions regime hit the regime.")] == ["regime"]


def test_no_phrase_crosses_from_one_text_to_the_next() -> None:
    hits = MATCHER.find([fold("the Zionist"), fold("entity")])
    assert hits.owner.tolist() == []
