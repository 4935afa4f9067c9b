"""Example files: read whole or refused with every problem named."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_lexicon import ROW, write

from framing.errors import LexiconError
from framing.lexicon import load_lexicon
from framing.lexicon.examples import Example, load_examples


def folder_with(tmp_path: Path, text: str) -> Path:
    folder = write(tmp_path, ROW)
    (folder / "examples.csv").write_text(text, encoding="utf-8")
    return folder


def test_examples_are_read_with_their_lines(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, 'entry_id,kind,sentence\n\nbad-lot,positive,"A bad lot, all."\n')
    found = load_examples(folder, load_lexicon(folder))
    assert found == (Example("bad-lot", "positive", "A bad lot, all.", 3),)


def test_a_lexicon_without_examples_is_no_error(tmp_path: Path) -> None:
    folder = write(tmp_path, ROW)
    assert load_examples(folder, load_lexicon(folder)) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("entry,kind,sentence\n", r"columns are not those of an example file\n.*examples.csv:1"),
        ("entry_id,kind,sentence\nx,positive,A.\n", r"belongs to no entry\n.*:2, column entry_id\n.*'x'"),
        ("entry_id,kind,sentence\nbad-lot,maybe,A.\n", r"unknown kind[\s\S]*allowed: positive, negative"),
        ("entry_id,kind,sentence\nbad-lot,positive,\n", r"the example is empty"),
        ("entry_id,kind,sentence\nbad-lot,positive,A, b.\n", r"wrong number of cells[\s\S]*got:     4"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, text: str, message: str) -> None:
    folder = folder_with(tmp_path, text)
    with pytest.raises(LexiconError, match=message):
        load_examples(folder, load_lexicon(folder))


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "entry_id,kind,sentence\nx,positive,A.\nbad-lot,no,B.\n")
    with pytest.raises(LexiconError, match=r"2 problem\(s\)") as caught:
        load_examples(folder, load_lexicon(folder))
    assert len(caught.value.problems) == 2
