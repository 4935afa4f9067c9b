"""Reading filled sheets: what is tolerated, what is an error, what is left out."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sample_coding import fill, row_of, sheet_of

from framing.errors import InputError
from framing.scoring.loaded import FRAMES
from framing.tables import VOICES
from framing.workbench.coding import files
from framing.workbench.coding.read import CodingError, coder_files, read_labels
from framing.workbench.coding.sheet import write_sheet


def codes(path: Path) -> list[list[object]]:
    return read_labels([("anna", path)]).labels[["voice", "loaded", "category"]].to_numpy().tolist()


def test_a_filled_sheet_becomes_a_long_table(tmp_path: Path) -> None:
    sheet = sheet_of(2)
    path = fill(tmp_path / "anna.csv", sheet, [("own", "yes", "atrocity"), ("direct", "no", "")])
    table = read_labels([("anna", path), ("ben", fill(tmp_path / "b.csv", sheet, [("own", "no")]))]).labels
    assert table.columns.tolist() == [
        "mention_id", "doc_id", "in_title", "start", "end", "entry_id", "passage_sha256", "coder", "voice",
        "loaded", "category",
    ]  # fmt: skip
    assert table["coder"].tolist() == ["anna", "anna", "ben"]
    assert table["loaded"].tolist() == [True, False, False]
    assert table["category"].tolist() == ["atrocity", "", ""]
    assert not table["in_title"].any()
    same = ["mention_id", "doc_id", "start", "end", "entry_id", "passage_sha256"]
    assert table[same].iloc[:2].to_numpy().tolist() == sheet[same].to_numpy().tolist()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("given_codes", "read"),
    [
        ((" OWN ", "Y", ""), ["own", True, "delegitimation"]),
        (("Direct", "TRUE", " Threat_Alarm "), ["direct", True, "threat_alarm"]),
        (("scare", 1, ""), ["scare", True, "delegitimation"]),
        (("scare", True, ""), ["scare", True, "delegitimation"]),
        (("unknown", "n", " "), ["unknown", False, ""]),
        (("indirect", "False", ""), ["indirect", False, ""]),
        (("own", 0, ""), ["own", False, ""]),
    ],
)
def test_case_blanks_and_other_words_for_yes_and_no(
    tmp_path: Path, ending: str, given_codes: tuple[object, ...], read: list[object]
) -> None:
    assert codes(fill(tmp_path / f"anna.{ending}", sheet_of(1), [given_codes])) == [read]


def test_the_category_of_another_lexicon_is_known_from_the_sheet(tmp_path: Path) -> None:
    path = fill(
        tmp_path / "a.csv", sheet_of(2, category="Own Frame"), [("own", "y"), ("own", "y", "own frame")]
    )
    assert codes(path) == [["own", True, "Own Frame"]] * 2
    other = fill(tmp_path / "b.csv", sheet_of(1), [("own", "y", "own frame")])
    with pytest.raises(CodingError, match="unknown category"):
        codes(other)


def test_every_problem_is_named_at_once_with_its_place(tmp_path: Path) -> None:
    sheet = sheet_of(5)
    anna = fill(tmp_path / "anna.csv", sheet, [
        ("owner", "maybe", ""), ("own", "yes", "cruelty"), ("own", "no", "atrocity"), ("own", "no", ""),
    ])  # fmt: skip
    sheet.loc[0, "start"] += 1
    ben = fill(tmp_path / "ben.xlsx", sheet, [("own", "no"), ("own", "no"), ("", "nope")])
    with pytest.raises(CodingError, match="6 problems in the coding sheets") as caught:
        read_labels([("anna", anna), ("ben", ben)])
    found = [(p.what, p.where.removeprefix(str(tmp_path)), p.got) for p in caught.value.problems]
    assert [(what, where[1:]) for what, where, _ in found] == [
        ("unknown voice", "anna.csv:2, column voice"),
        ("loaded is yes or no", "anna.csv:2, column loaded"),
        ("unknown category", "anna.csv:3, column category"),
        ("a mention that is not loaded has a category", "anna.csv:4, column category"),
        ("the row is not that of its mention_id", "ben.xlsx:2, column mention_id"),
        ("loaded is yes or no", "ben.xlsx:4, column loaded"),
    ]
    assert [got for _, _, got in found[:4]] == ["'owner'", "'maybe'", "'cruelty'", "'atrocity'"]
    assert caught.value.problems[0].allowed == ", ".join(VOICES)
    assert set(FRAMES) <= set(caught.value.problems[2].allowed.split(", "))
    assert all(p.fix for p in caught.value.problems)
    assert "'cruelty'" in str(caught.value)


def test_what_is_not_coded_is_counted_and_left_out(tmp_path: Path) -> None:
    path = fill(tmp_path / "anna.csv", sheet_of(5), [
        ("own", "yes"), ("", "yes"), ("own", ""), ("", "", "atrocity"),
    ])  # fmt: skip
    coded = read_labels([("anna", path)])
    assert coded.labels["doc_id"].tolist() == ["d0"]
    assert coded.coders.to_dict("records") == [
        {"coder": "anna", "rows": 5, "coded": 1, "not_coded": 1, "half_coded": 3}
    ]
    assert [place.removeprefix(str(path)) for place in coded.half] == [
        ":3: column voice is empty", ":4: column loaded is empty", ":5: column voice and loaded is empty",
    ]  # fmt: skip


def test_an_empty_sheet_has_no_labels(tmp_path: Path) -> None:
    coded = read_labels([("anna", fill(tmp_path / "a.xlsx", sheet_of(3), []))])
    assert (len(coded.labels), coded.coders.loc[0, "not_coded"]) == (0, 3)
    assert coded.labels["loaded"].dtype == bool
    assert len(coded.passages) == 3


def test_a_mention_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    sheet = sheet_of(2)
    path = fill(
        tmp_path / "a.csv", pd.concat([sheet, sheet.iloc[:1]], ignore_index=True), [("own", "no")] * 3
    )
    with pytest.raises(CodingError, match=r"a\.csv:4, column mention_id[^~]*also at .*a\.csv:2"):
        codes(path)


@pytest.mark.parametrize(
    "column", ["mention_id", "doc_id", "in_title", "start", "end", "entry_id", "category_of_entry",
               "passage_sha256"],
)  # fmt: skip
def test_a_column_that_says_what_is_coded_may_not_change(tmp_path: Path, column: str) -> None:
    sheet = sheet_of(2)
    sheet[column] = sheet[column].tolist()[::-1]
    if (sheet[column] == sheet_of(2)[column]).all():
        sheet[column] = {"in_title": "yes", "start": 1, "end": 2}.get(column, "x")
    with pytest.raises(CodingError, match=r"2 problems[^~]*not that of its mention_id"):
        codes(fill(tmp_path / "a.csv", sheet, [("own", "no"), ("own", "no")]))


def test_rows_may_be_sorted_and_columns_moved_or_added(tmp_path: Path) -> None:
    sheet = sheet_of(3)
    fill(tmp_path / "a.csv", sheet, [("own", "no"), ("direct", "no"), ("scare", "no")])
    table = pd.read_csv(tmp_path / "a.csv", dtype=str, keep_default_na=False).iloc[::-1, ::-1]
    table = table.rename(columns=str.upper).assign(mine="x")
    table.drop(columns=["PASSAGE", "HEADLINE", "NOTE"]).to_csv(tmp_path / "b.csv", index=False)
    coded = read_labels([("anna", tmp_path / "b.csv")])
    assert coded.labels["voice"].tolist() == ["scare", "direct", "own"]
    assert coded.passages["passage"].tolist() == ["", "", ""]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), (",", "utf-8"), (";", "utf-8-sig")]
)
def test_csv_as_spreadsheets_save_it(tmp_path: Path, delimiter: str, encoding: str) -> None:
    row = row_of(doc_id="Zürich;1", voice="own", loaded="no")
    pd.DataFrame([row]).to_csv(
        tmp_path / "a.csv", index=False, sep=delimiter, encoding=encoding, lineterminator="\r\n"
    )
    assert read_labels([("anna", tmp_path / "a.csv")]).labels["doc_id"].tolist() == ["Zürich;1"]


def test_coders_are_called_as_their_files_or_as_one_says(tmp_path: Path) -> None:
    odd = tmp_path / "x=y.csv"
    odd.touch()
    assert coder_files(["a/anna.csv", "Ben=b/anna.csv", str(odd)]) == [
        ("anna", Path("a/anna.csv")), ("Ben", Path("b/anna.csv")), ("x=y", odd),
    ]  # fmt: skip
    with pytest.raises(InputError, match="same coder") as caught:
        coder_files(["a/anna.csv", "b/anna.xlsx"])
    assert "anna=" in str(caught.value)


def test_a_file_that_is_no_sheet_is_refused_in_words(tmp_path: Path) -> None:
    for name, data, words in (
        ("a.ods", b"", "unknown ending"),
        ("a.xlsx", b"no zip", "not a valid XLSX"),
        ("b.xlsx", zipped({"x.txt": b"x"}), "not a valid XLSX"),
        ("a.csv", b"", "lacks columns"),
        ("b.csv", b"mention_id,voice\nx,own\n", "lacks columns"),
        ("c.csv", b"\x81\x8d\n", "unknown encoding"),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=words):
            codes(tmp_path / name)
    with pytest.raises(InputError, match="cannot be read"):
        codes(tmp_path / "missing.csv")
    path = fill(tmp_path / "d.csv", sheet_of(2), [("own", "no")])
    path.write_text(path.read_text(encoding="utf-8") + '"open\nhere', encoding="utf-8")
    with pytest.raises(InputError, match=r"not valid CSV[^~]*d\.csv:4"):
        codes(path)
    sheet_of(1).assign(copy="").rename(columns={"copy": " Voice "}).to_csv(tmp_path / "e.csv", index=False)
    with pytest.raises(InputError, match="names a column twice"):
        codes(tmp_path / "e.csv")


def zipped(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return data.getvalue()


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fill(tmp_path / "a.xlsx", sheet_of(1), [("own", "no")])
    monkeypatch.setattr(files, "MAX_UNPACKED", 1000)
    with pytest.raises(InputError, match="unpacks into too much"):
        codes(path)
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    with pytest.raises(InputError, match="too large"):
        codes(path)


def test_a_cell_far_away_costs_nothing_and_other_sheets_are_not_read(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.xlsx", sheet_of(1), [("own", "no")])
    book = load_workbook(path)
    book["coding"]["XFD20000"] = " "
    book.move_sheet("rules", -1)
    book.save(path)
    assert codes(path) == [["own", False, ""]]


def test_what_a_file_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.xlsx", sheet_of(2), [("own", "no"), ("direct", "no")])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b'<dimension ref="A1:N3"' in parts[name]
    parts[name] = parts[name].replace(b'<dimension ref="A1:N3"', b'<dimension ref="A1:A2"')
    path.write_bytes(zipped(parts))
    assert codes(path) == [["own", False, ""], ["direct", False, ""]]


def test_the_first_sheet_is_read_if_none_is_called_coding_and_formulas_are_not_run(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    row = row_of(voice="own", loaded="no")
    sheet.append(list(row))
    sheet.append(list(row.values()))
    book.save(tmp_path / "a.xlsx")
    assert codes(tmp_path / "a.xlsx") == [["own", False, ""]]
    sheet.cell(2, 1 + list(row).index("voice")).value = '=CONCATENATE("o","wn")'
    book.save(tmp_path / "a.xlsx")  # no spreadsheet has put a value beside the formula
    assert read_labels([("anna", tmp_path / "a.xlsx")]).coders.loc[0, "half_coded"] == 1


_CODES = st.one_of(
    st.tuples(st.sampled_from(VOICES), st.just("yes"), st.sampled_from(FRAMES)),
    st.tuples(st.sampled_from(VOICES), st.just("no"), st.just("")),
    st.just(("", "", "")),
)


@settings(max_examples=25)
@given(st.lists(_CODES, min_size=1, max_size=6))
def test_labels_come_back_as_they_were_filled_in(filled: list[tuple[str, str, str]]) -> None:
    sheet = sheet_of(len(filled))
    with tempfile.TemporaryDirectory() as folder:
        found = [
            read_labels([("anna", fill(Path(folder) / f"anna.{ending}", sheet, filled))])
            for ending in ("csv", "xlsx")
        ]
    wanted = [(f"d{i}", v, x == "yes", c) for i, (v, x, c) in enumerate(filled) if v]
    for coded in found:
        columns = ["doc_id", "voice", "loaded", "category"]
        assert [tuple(row) for row in coded.labels[columns].to_numpy().tolist()] == wanted
    pd.testing.assert_frame_equal(found[0].labels, found[1].labels)
    pd.testing.assert_frame_equal(found[0].passages, found[1].passages)


def test_an_adjudicated_sheet_keeps_texts_that_look_like_formulas(tmp_path: Path) -> None:
    row = row_of(doc_id="=1+1", passage="=2", voice="own", loaded="yes", category="atrocity")
    for name in ("a.csv", "a.xlsx"):
        write_sheet(pd.DataFrame([row]), tmp_path / name)
        coded = read_labels([("anna", tmp_path / name)])
        assert coded.labels.loc[0, "doc_id"] == "=1+1"
        assert coded.passages.loc[0, "passage"] == "=2"
