"""Lexicons as CSV and XLSX."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from framing.errors import LexiconError
from framing.lexicon import Lexicon, load_lexicon
from framing.lexicon.examples import load_examples
from framing.lexicon.exchange import lexicon_from_table, read_table, write_table


def bare(lexicon: Lexicon) -> list[object]:
    return [replace(entry, line=0) for entry in lexicon.entries]


@pytest.mark.parametrize("name", ["conflict-en", "cues-en", "referents-en"])
def test_xlsx_holds_everything(tmp_path: Path, name: str) -> None:
    lexicon = load_lexicon(name)
    examples = load_examples(name, lexicon)
    assert write_table(lexicon, tmp_path / "x.xlsx", examples=examples) == []
    again, unfit = lexicon_from_table(read_table(tmp_path / "x.xlsx"), tmp_path / "again", name="x.xlsx")
    assert unfit == []
    assert bare(again) == bare(lexicon)
    assert replace(again, entries=(), digest="", path="") == replace(lexicon, entries=(), digest="", path="")
    kept = load_examples(tmp_path / "again", again)
    assert [e[:3] for e in kept] == [e[:3] for e in examples]


def test_csv_keeps_the_entries_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    lexicon = load_lexicon("conflict-en")
    unfit = write_table(lexicon, tmp_path / "x.csv", examples=load_examples("conflict-en", lexicon))
    assert [u.what.split(" ", 1)[1] for u in unfit] == ["card (lexicon.toml)", "example sentences"]
    again, _ = lexicon_from_table(
        read_table(tmp_path / "x.csv"), tmp_path / "again", name="x.csv", lexicon_id="y"
    )
    assert bare(again) == bare(lexicon)
    assert again.sources["ap-stylebook"] == "ap-stylebook, not described in x.csv"


def test_a_list_of_words_with_labels_is_enough(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(
        "Term,Label,Colour\nrogue state,blame,red\n,,\nregime,blame,\n", encoding="utf-8"
    )
    lexicon, unfit = lexicon_from_table(
        read_table(tmp_path / "w.csv"), tmp_path / "w", name="w.csv", lexicon_id="w"
    )
    assert [(e.entry_id, e.pattern, e.category) for e in lexicon.entries] == [
        ("rogue-state-blame", "rogue state", "blame"),
        ("regime-blame", "regime", "blame"),
    ]
    assert [str(u) for u in unfit] == ["w.csv: column colour: no lexicon has it"]


def test_missing_columns_are_named(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text("term\nx\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"lacks columns[\s\S]*fix: +add category"):
        lexicon_from_table(read_table(tmp_path / "w.csv"), tmp_path / "w", name="w.csv")


def test_a_bad_row_leaves_no_folder(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text("term,category,intensity\nx,c,9\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="intensity is not allowed"):
        lexicon_from_table(read_table(tmp_path / "w.csv"), tmp_path / "w", name="w.csv")
    assert [p.name for p in tmp_path.iterdir()] == ["w.csv"]


@pytest.mark.parametrize(("name", "data"), [("x.xlsx", b"no zip"), ("x.csv", b'a,b\n1,2,3\n"')])
def test_a_broken_file_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(LexiconError, match="the table cannot be read"):
        read_table(tmp_path / name)


def test_formulas_are_text_in_both_formats(tmp_path: Path) -> None:
    rows = {
        "pattern": ["bad lot"],
        "category": ["c"],
        "rationale": ['=HYPERLINK("x")'],
        "neutral_alternative": ["'+1"],
    }
    lexicon, _ = lexicon_from_table({"entries": pd.DataFrame(rows)}, tmp_path / "w", name="w")
    write_table(lexicon, tmp_path / "w.csv")
    write_table(lexicon, tmp_path / "w.xlsx")
    raw = pd.read_csv(tmp_path / "w.csv")
    assert raw.loc[0, "rationale"] == '\'=HYPERLINK("x")'
    for name in ("w.csv", "w.xlsx"):
        again, _ = lexicon_from_table(read_table(tmp_path / name), tmp_path / f"again-{name}", name=name)
        assert bare(again) == bare(lexicon)


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"format of the lexicon is not known[\s\S]*\.dic, \.dicx"):
        read_table(tmp_path / "x.ods")
