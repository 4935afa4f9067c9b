"""What the shipped lexicons promise: numbers, completeness, no clash between them."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from framing.lexicon import available, load_default, load_lexicon
from framing.lexicon.check import find_problems, find_shared_forms
from framing.resources import lexicon_root

CATEGORIES = {
    "delegitimation", "sectarian_othering", "foreign_control", "terrorism_label", "occupation_colonial",
    "atrocity", "dehumanisation", "glorification", "euphemism", "distancing", "threat_alarm", "victimhood",
    "evaluation", "partisan_label",
}  # fmt: skip
FRAMING = [lexicon for lexicon in load_default() if lexicon.kind == "framing"]


def test_the_shipped_set() -> None:
    assert available() == (
        "conflict-en", "cues-en", "general-en", "migration-en", "referents-en", "ukraine-en",
        "us-politics-en",
    )  # fmt: skip
    assert [x.lexicon_id for x in load_default()] == [
        "conflict-en", "ukraine-en", "migration-en", "us-politics-en", "general-en", "cues-en",
    ]  # fmt: skip


def test_at_least_fifteen_hundred_entries_and_eighty_referents() -> None:
    assert sum(map(len, load_default())) >= 1500
    referents = load_lexicon("referents-en")
    named = Counter(e.referent for e in referents.entries)
    assert len(named) >= 80
    assert set(named) == set(referents.referents)


def test_every_referent_has_a_neutral_name_and_most_have_loaded_ones() -> None:
    referents = load_lexicon("referents-en")
    stances = {r: {e.category for e in referents.entries if e.referent == r} for r in referents.referents}
    assert [r for r, found in stances.items() if "neutral" not in found] == []
    assert sum(len(found) > 1 for found in stances.values()) >= 0.9 * len(stances)


def test_all_fourteen_frames_are_filled() -> None:
    assert set().union(*(x.categories for x in FRAMING)) == CATEGORIES
    for lexicon in FRAMING:
        assert {e.category for e in lexicon.entries} == set(lexicon.categories)


@pytest.mark.parametrize("name", available())
def test_no_problem_inside_a_lexicon(name: str) -> None:
    assert [str(p) for p in find_problems(load_lexicon(name))] == []


def test_no_form_stands_in_two_lexicons() -> None:
    assert [str(p) for p in find_shared_forms(FRAMING)] == []


def test_entry_ids_are_unique_over_the_lexicons_of_a_run() -> None:
    ids = Counter(e.entry_id for x in FRAMING for e in x.entries)
    assert [i for i, n in ids.items() if n > 1] == []


def test_referents_of_framing_entries_have_names_in_the_referents_lexicon() -> None:
    known = set(load_lexicon("referents-en").referents)
    assert {r for x in FRAMING for r in x.referents} <= known


@pytest.mark.parametrize("name", available())
def test_every_card_and_cell_is_complete(name: str) -> None:
    lexicon = load_lexicon(name)
    assert lexicon.licence == "CC-BY-4.0"
    assert min(map(len, (lexicon.intended_use, lexicon.limits, lexicon.description))) > 40
    assert all(len(e.rationale.split()) >= 5 and e.source for e in lexicon.entries if lexicon.kind != "cues")
    if lexicon.kind == "framing":
        assert all(e.neutral_alternative and e.intensity for e in lexicon.entries)
    assert set(lexicon.sources) == {key for e in lexicon.entries for key in e.source}
    text = (lexicon_root() / name / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {lexicon.version}" in text


@pytest.mark.parametrize("name", available())
def test_rationales_are_written_for_the_entry(name: str) -> None:
    text = (lexicon_root() / name / "entries.csv").read_text(encoding="utf-8")
    rationales = Counter(row["rationale"] for row in csv.DictReader(text.splitlines()))
    if name != "cues-en":  # a cue may do just what another one does
        assert [r for r, n in rationales.items() if n > 2] == []
