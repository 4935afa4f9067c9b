"""Problems between entries: shared and covered forms, exceptions that cannot work."""

from __future__ import annotations

from pathlib import Path

from sample_lexicon import CARD, ROW, write

from framing.lexicon import Lexicon, load_lexicon
from framing.lexicon.check import find_problems, find_shared_forms


def lexicon_of(folder: Path, *changes: dict[str, str], name: str = "mine") -> Lexicon:
    folder.mkdir(exist_ok=True)
    rows = [{**ROW, **change} for change in changes]
    return load_lexicon(write(folder, *rows, card=CARD.replace('"mine"', f'"{name}"')))


def problems(folder: Path, *changes: dict[str, str]) -> list[str]:
    return [p.what for p in find_problems(lexicon_of(folder, *changes))]


def test_an_inflected_form_of_another_entry_is_shared(tmp_path: Path) -> None:
    second = {"entry_id": "lots", "pattern": "bad lots", "inflect": "none"}
    assert problems(tmp_path, {}, second) == ["two entries share a form"]


def test_a_wildcard_that_covers_another_entry_is_named(tmp_path: Path) -> None:
    wide = {"entry_id": "wide", "pattern": "bad lot*", "inflect": "none"}
    assert problems(tmp_path, {}, wide) == ["a pattern with * covers another entry"] * 2
    apart = {"entry_id": "wide", "pattern": "wicked lot*", "inflect": "none"}
    assert problems(tmp_path, {}, apart) == []
    over = {"entry_id": "over", "pattern": "bad lots*", "inflect": "none"}
    assert problems(tmp_path, {}, over) == ["a pattern with * covers another entry"]


def test_a_longer_phrase_is_no_overlap(tmp_path: Path) -> None:
    longer = {"entry_id": "longer", "pattern": "bad lots* of men"}
    assert problems(tmp_path, {}, longer) == []


def test_an_exception_equal_to_the_entry_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path, {"exceptions": "bad lots"}) == ["the entry's own exception removes this form"]


def test_an_exception_elsewhere_never_applies(tmp_path: Path) -> None:
    assert problems(tmp_path, {"exceptions": "parking lot"}) == ["the exception does not contain the entry"]


def test_an_ambiguous_entry_needs_an_exception(tmp_path: Path) -> None:
    assert problems(tmp_path, {"ambiguous": "yes"}) == ["an ambiguous entry needs exceptions"]


def test_an_entry_id_in_two_lexicons_is_named(tmp_path: Path) -> None:
    first = lexicon_of(tmp_path / "a", {}, name="a")
    second = lexicon_of(tmp_path / "b", {"pattern": "other words"}, name="b")
    assert [p.what for p in find_shared_forms([first, second])] == ["two lexicons define the same entry"]


def test_a_form_in_two_lexicons_is_named_once(tmp_path: Path) -> None:
    first = lexicon_of(tmp_path / "a", {}, name="a")
    second = lexicon_of(tmp_path / "b", {"entry_id": "x", "pattern": "Bad-Lot"}, name="b")
    found = list(find_shared_forms([first, second]))
    assert [p.got for p in found] == ["'bad lot'", "'bad lots'"]
    assert found[0].where == "a, entry bad-lot; b, entry x"
    assert list(find_shared_forms([first])) == []
