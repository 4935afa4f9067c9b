"""Differences between two versions of a lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_lexicon import ROW, write

from framing.lexicon import Lexicon, load_lexicon
from framing.workbench.diff import changed_entries, effect_on


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Lexicon, Lexicon]:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    gone = {**ROW, "entry_id": "gone", "pattern": "fine lot"}
    come = {**ROW, "entry_id": "come", "pattern": "odd lot"}
    changed = {**ROW, "exceptions": "bad lot number", "intensity": "3"}
    return load_lexicon(write(tmp_path / "old", ROW, gone)), load_lexicon(
        write(tmp_path / "new", changed, come)
    )


def test_entries_and_cells_that_changed(versions: tuple[Lexicon, Lexicon]) -> None:
    assert changed_entries(*versions).to_numpy().tolist() == [
        ["removed", "gone", "", "fine lot", ""],
        ["added", "come", "", "", "odd lot"],
        ["changed", "bad-lot", "exceptions", "", "bad lot number"],
        ["changed", "bad-lot", "intensity", "2", "3"],
    ]


def test_the_effect_is_counted_with_an_example_each(versions: tuple[Lexicon, Lexicon]) -> None:
    texts = ["A bad lot.", "The bad lot number.", "An odd lot, a fine lot.", "A fine lot."]
    table = effect_on(texts, *versions).set_index("entry_id")
    assert table.loc["bad-lot", ["before", "after", "lost"]].tolist() == [2, 1, "The [bad lot] number."]
    assert table.loc["come", ["before", "after", "gained"]].tolist() == [0, 1, "An [odd lot], a fine lot."]
    assert table.loc["gone", ["before", "after", "difference"]].tolist() == [2, 0, -2]
    assert table.index[0] == "gone"  # the largest change first


def test_nothing_changes_between_equals(versions: tuple[Lexicon, Lexicon]) -> None:
    old, _ = versions
    assert changed_entries(old, old).empty
    assert effect_on(["A bad lot."], old, old).empty


def test_batches_do_not_matter(versions: tuple[Lexicon, Lexicon]) -> None:
    many = ["A fine lot."] * 450
    assert effect_on(many, *versions).loc[0, "before"] == 450
