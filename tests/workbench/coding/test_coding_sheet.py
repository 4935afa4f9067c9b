"""Drawing mentions and writing the sheet."""

from __future__ import annotations

import csv
import re
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sample_coding import many, result_of, row_of, sheet_of

from framing.errors import AnalysisError, InputError
from framing.evaluation.reading import passage_digest
from framing.scoring.loaded import FRAMES
from framing.spreadsheet import FORMULA
from framing.tables import VOICES
from framing.workbench.coding.files import read_rows
from framing.workbench.coding.rules import VALUES
from framing.workbench.coding.sheet import AFTER, BEFORE, COLUMNS, draw, write_sheet

LONG = (
    " ".join(f"left{i}" for i in range(200)) + " the\n\tregime, " + " ".join(f"right{i}" for i in range(200))
)


def test_a_row_says_where_the_mention_stands_and_shows_it() -> None:
    result = result_of({"a": ("Harbour Post", "Talks  begin", LONG)}, [("a", "regime", "regime", "own")])
    sheet = draw(result)
    assert tuple(sheet.columns) == COLUMNS
    row = sheet.loc[0]
    assert LONG[row["start"] : row["end"]] == "regime"
    assert (row["in_title"], row["headline"], row["category_of_entry"]) == (
        "no", "Talks begin", "delegitimation",
    )  # fmt: skip
    assert row["passage_sha256"] == passage_digest(LONG, row["start"], row["end"])
    left, right = row["passage"].split("[[regime]]")
    assert left.endswith(" the ")
    assert right.startswith(", right0 ")
    assert left.startswith("… left")
    assert right.endswith(" …")
    assert BEFORE - 20 < len(left) <= BEFORE + 2
    assert AFTER - 20 < len(right) <= AFTER + 2
    assert set(re.findall(r"\w+", left + right)) <= set(re.findall(r"\w+", LONG))  # no word is cut
    assert (sheet[["voice", "loaded", "category", "note"]] == "").all(axis=None)


def test_a_short_text_and_a_headline_are_shown_whole() -> None:
    result = result_of(
        {"a": ("Harbour Post", "The junta stays", "A regime.")},
        [("a", "regime", "regime", "own"), ("a", "junta", "junta", "own")],
    )
    sheet = draw(result).set_index("entry_id")
    assert sheet["passage"].to_dict() == {"regime": "A [[regime]].", "junta": "The [[junta]] stays"}
    assert sheet["in_title"].to_dict() == {"regime": "no", "junta": "yes"}


def test_the_outlet_is_not_in_the_sheet() -> None:
    sheet = sheet_of(3)
    assert not sheet.astype(str).apply(lambda column: column.str.contains("Harbour")).any(axis=None)


def test_the_seed_decides_and_the_order_of_the_table_does_not() -> None:
    result = many({("regime", "North", "own"): 40, ("junta", "South", "direct"): 40})
    mixed = replace(result, mentions=result.mentions.sample(frac=1, random_state=1))
    sheet = draw(result, n=20, seed=5)
    pd.testing.assert_frame_equal(sheet, draw(mixed, n=20, seed=5))
    assert set(sheet["doc_id"]) != set(draw(result, n=20, seed=6)["doc_id"])
    everything = draw(result, n=80)
    assert everything["doc_id"].tolist() != sorted(everything["doc_id"])
    assert everything["entry_id"].tolist()[::2] != ["regime"] * 40  # the turns of the draw do not show


def test_entries_take_turns() -> None:
    result = many({("common", "North", "own"): 60, **{(f"rare{i}", "North", "own"): 2 for i in range(4)}})
    assert Counter(draw(result, n=10)["entry_id"]) == {"common": 2, **{f"rare{i}": 2 for i in range(4)}}
    assert Counter(draw(result, n=15)["entry_id"])["common"] == 7


def test_outlets_and_voices_of_an_entry_come_alike() -> None:
    result = many({
        ("regime", "North", "own"): 50, ("regime", "North", "direct"): 8, ("regime", "South", "own"): 8,
        ("regime", "South", "direct"): 8,
    })  # fmt: skip
    drawn = draw(result, n=16)["doc_id"].str.split("-", expand=True)
    assert Counter(drawn[1]) == {"North": 8, "South": 8}
    assert Counter(drawn[2]) == {"own": 8, "direct": 8}


def test_copies_and_equal_passages_are_drawn_once() -> None:
    text = "They spoke of the regime."
    articles = {
        name: ("Harbour Post", "", body)
        for name, body in {"a": text, "b": text, "c": "So much regime."}.items()
    }
    result = result_of(articles, [(name, "regime", "regime", "own") for name in articles])
    assert sorted(draw(result)["passage"]) == ["So much [[regime]].", "They spoke of the [[regime]]."]
    result.documents.loc[result.documents["doc_id"] == "c", "duplicate_of"] = "a"
    assert draw(result)["passage"].tolist() == ["They spoke of the [[regime]]."]


def test_entries_can_be_chosen() -> None:
    result = many({(entry, "North", "own"): 3 for entry in ("terror-cell", "terrorist", "regime")})
    assert set(draw(result, entries=["TERROR*"])["entry_id"]) == {"terror-cell", "terrorist"}
    with pytest.raises(InputError, match="no mention is of this entry") as caught:
        draw(result, entries=["regmie"])
    assert "did you mean regime" in str(caught.value)


def test_what_cannot_be_drawn_is_said() -> None:
    result = many({("regime", "North", "own"): 2})
    with pytest.raises(AnalysisError, match="n is too small"):
        draw(result, n=0)
    with pytest.raises(InputError, match="does not hold them") as caught:
        draw(replace(result, texts=result.texts.iloc[:0]))
    assert "--no-texts" in str(caught.value)
    with pytest.raises(InputError, match="no mention to draw"):
        draw(replace(result, mentions=result.mentions.iloc[:0]))
    odd = result_of({"a\nb": ("North", "", "A regime.")}, [("a\nb", "regime", "regime", "own")])
    with pytest.raises(InputError, match="a sheet cannot hold"):
        draw(odd)


def test_the_rules_name_every_value_and_no_other() -> None:
    assert {name: tuple(texts) for name, texts in VALUES.items()} == {
        "voice": VOICES, "loaded": ("yes", "no"), "category": FRAMES,
    }  # fmt: skip


def test_xlsx_offers_the_values_and_hides_what_a_coder_does_not_need(tmp_path: Path) -> None:
    write_sheet(sheet_of(3, category="own_frame"), tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["coding", "rules"]
    sheet = book["coding"]
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    offered = {}
    for choice in sheet.data_validations.dataValidation:
        name, cells = str(choice.formula1).replace("$", "").split("!")
        offered[str(choice.sqref)] = [row[0].value for row in book[name][cells]]
    assert offered == {
        f"{letters['voice']}2:{letters['voice']}4": list(VOICES),
        f"{letters['loaded']}2:{letters['loaded']}4": ["yes", "no"],
        f"{letters['category']}2:{letters['category']}4": [*FRAMES, "own_frame"],
    }
    assert sheet.freeze_panes == "A2"
    assert sheet[f"{letters['passage']}2"].alignment.wrap_text
    hidden = {name for name, letter in letters.items() if sheet.column_dimensions[letter].hidden}
    assert hidden == {"doc_id", "in_title", "start", "end", "passage_sha256"}


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    sheet = pd.DataFrame([row_of(doc_id="=1+1", headline="+SUM(A1)", passage="@x", note="-2")])
    write_sheet(sheet, tmp_path / "x.xlsx")
    write_sheet(sheet, tmp_path / "x.csv")
    cells = [cell for row in load_workbook(tmp_path / "x.xlsx")["coding"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "=1+1" in {cell.value for cell in cells}
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(FORMULA)]


def test_a_file_that_may_have_been_coded_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("hours of work", encoding="utf-8")
    with pytest.raises(InputError, match="there already"):
        write_sheet(sheet_of(1), tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8") == "hours of work"
    with pytest.raises(InputError, match="unknown ending"):
        write_sheet(sheet_of(1), tmp_path / "x.ods")
    with pytest.raises(InputError, match="cannot be written"):
        write_sheet(sheet_of(1), tmp_path / "no folder" / "x.csv")


_LINE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30
)
_CELL = _LINE | st.sampled_from(
    ["=1+1", "'=1", "-2", "@x", "''", "_x0041_", "a;b", 'He said "no"', "007", "TRUE"]
)


@settings(max_examples=40)
@given(st.lists(st.tuples(_CELL, _CELL, _CELL, st.integers(0, 10**9)), min_size=1, max_size=5))
def test_what_is_written_comes_back_from_csv_and_xlsx(rows: list[tuple[str, str, str, int]]) -> None:
    sheet = pd.DataFrame([
        row_of(doc_id=doc_id, headline=headline, passage=passage, start=start, end=start + 1)
        for doc_id, headline, passage, start in rows
    ])  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for name in ("x.csv", "x.xlsx"):
            write_sheet(sheet, Path(folder) / name)
            again = [row.cells for row in read_rows(Path(folder) / name)]
            assert again == sheet.astype(str).to_dict("records")


def test_control_characters_of_an_article_do_not_break_the_sheet(tmp_path: Path) -> None:
    text = "Bad\x00bytes \x1b[31m\uffff and\x85lines: the regime\x07 fell."
    result = result_of({"a": ("North", "Head\x08line", text)}, [("a", "regime", "regime", "own")])
    sheet = draw(result)
    assert sheet.loc[0, "passage"] == "Bad bytes [31m and lines: the [[regime]] fell."
    for name in ("x.csv", "x.xlsx"):
        write_sheet(sheet, tmp_path / name)
        assert [row.cells for row in read_rows(tmp_path / name)] == sheet.astype(str).to_dict("records")
