"""``framing lexicon test``: what an example proves, and that it can fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_lexicon import ROW, write

from framing.lexicon import available, load_lexicon
from framing.lexicon.examples import Example, load_examples
from framing.workbench.examples import failing_examples


def failures(tmp_path: Path, change: dict[str, str], *examples: tuple[str, str]) -> list[str]:
    lexicon = load_lexicon(write(tmp_path, {**ROW, **change}))
    return [p.what for p in failing_examples(lexicon, [Example("bad-lot", k, s, 2) for k, s in examples])]


AMBIGUOUS = {"ambiguous": "yes", "exceptions": "bad lot number"}
GOOD = ("positive", "They were a bad lot.")


def test_a_sound_entry_passes(tmp_path: Path) -> None:
    assert failures(tmp_path, AMBIGUOUS, GOOD, ("negative", "The bad lot number was read twice.")) == []


@pytest.mark.parametrize(
    ("examples", "what"),
    [
        ([], "the entry has no positive example"),
        ([("positive", "A fine lot.")], "the entry does not count in its positive example"),
        ([GOOD, ("negative", "A fine lot.")], "does not hold the words of the entry, so it can never fail"),
        ([GOOD, ("negative", "A bad lot indeed.")], "the entry counts in its negative example"),
    ],
)
def test_every_fault_is_named(tmp_path: Path, examples: list[tuple[str, str]], what: str) -> None:
    assert any(what in found for found in failures(tmp_path, {}, *examples))


def test_an_ambiguous_entry_needs_a_negative_example(tmp_path: Path) -> None:
    assert failures(tmp_path, AMBIGUOUS, GOOD) == ["the entry has no negative example"]


def test_inside_a_longer_entry_is_not_enough(tmp_path: Path) -> None:
    folder = write(tmp_path, ROW, {**ROW, "entry_id": "very-bad-lot", "pattern": "very bad lot"})
    lexicon = load_lexicon(folder)
    found = failing_examples(lexicon, [Example("bad-lot", "positive", "A very bad lot.", 2)])
    assert next(found).what == "the entry does not count in its positive example"


@pytest.mark.parametrize("name", available())
def test_every_shipped_example_holds_and_no_entry_lacks_one(name: str) -> None:
    lexicon = load_lexicon(name)
    assert [str(p) for p in failing_examples(lexicon, load_examples(name, lexicon))] == []
