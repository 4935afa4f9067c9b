from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from framing.corpus.columns import canonical
from framing.corpus.documents import documents_of
from framing.corpus.read import FORMATS, read_bytes, read_corpus
from framing.errors import InputError

ROWS = [
    {"doc_id": "a", "outlet": "A", "published": "2031-03-05", "title": "Töne", "text": "One “two”.\nThree."},
    {"doc_id": "b", "outlet": "B", "published": "", "title": "", "text": "😀 Four, five; six\tseven."},
]
FRAME = pd.DataFrame(ROWS)


def write(path: Path) -> Path:
    """Write the two rows in the format that the suffix names."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    if path.suffix == ".parquet":
        FRAME.to_parquet(path)
    elif path.suffix in (".csv", ".tsv"):
        FRAME.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    else:
        path.write_text(json.dumps(ROWS) if path.suffix == ".json" else lines, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".CSV"])
def test_every_format_gives_the_same_table(tmp_path: Path, suffix: str) -> None:
    name = tmp_path / f"articles{suffix.lower()}"
    path = write(name).rename(tmp_path / f"corpus{suffix}")
    assert read_corpus(path).to_dict("records") == ROWS
    assert read_corpus(str(path)).to_dict("records") == ROWS


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".json"])
def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"articles{suffix}")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_corpus(path).to_dict("records") == ROWS


def test_a_text_file_is_one_article(tmp_path: Path) -> None:
    path = tmp_path / "wire-2031-03-05.txt"
    path.write_bytes(b"\xef\xbb\xbfOne.\r\nTwo.")
    (row,) = read_corpus(path, outlet="Wire").to_dict("records")
    assert row["doc_id"] == "wire-2031-03-05"
    assert (row["outlet"], row["published"], row["text"]) == ("Wire", "2031-03-05", "One.\r\nTwo.")


def test_folders_inside_a_folder_are_outlets(tmp_path: Path) -> None:
    for name, content in {
        "Alpha/2031-03-05-a.txt": b"One.",
        "Alpha/deep/b.TXT": b"Two.",
        "Beta/c.txt": b"Three \xff broken",
        "Beta/d.txt": b"",
        "e.txt": b"Five.",
        "Beta/notes.md": b"no article",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    found = documents_of(read_corpus(tmp_path))
    assert [(d.doc_id, d.outlet, d.published, d.status) for d in found] == [
        ("Alpha/2031-03-05-a", "Alpha", "2031-03-05", "ok"),
        ("Alpha/deep/b", "Alpha", "", "ok"),
        ("Beta/c", "Beta", "", "bad_text"),
        ("Beta/d", "Beta", "", "ok"),
        ("e", "", "", "no_outlet"),
    ]
    assert found[2].problem == "byte 0xff at position 6 is not UTF-8"
    assert found[2].text == "Three \ufffd broken"


def test_a_file_name_that_is_no_unicode_is_read() -> None:
    """Python hands the bytes of such a name over as lone surrogates."""
    (document,) = documents_of(canonical(read_bytes(b"One.", "na\udcefve.txt")))
    assert (document.doc_id, document.text) == ("na\ufffdve", "One.")


def test_an_outlet_is_given_to_the_rows_that_name_none(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("outlet,text\nA,One.\n,Two.\n", encoding="utf-8")
    assert read_corpus(path, outlet="Wire")["outlet"].tolist() == ["A", "Wire"]


def test_broken_lines_of_jsonl_stay_and_say_where_they_are(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [
        '{"text": "One."}',
        '{"text": "Tw',
        "[1, 2]",
        "",
        "null",
        '{"text": "Five.", "year": 2031}',
        "[" * 100_000,
    ]
    lines += [
        '{"n": ' + "9" * 5000 + "}",
        '{"text": "\\ud800 eight", "\\udfff": 1}',
        "\x00",
        '{"text": ["a", "b"]}',
    ]
    path.write_text("\r\n".join(lines), encoding="utf-8")
    found = documents_of(read_corpus(path, outlet="A"))
    assert [d.status == "ok" for d in found] == [
        True,
        False,
        False,
        False,
        True,
        False,
        False,
        True,
        False,
        False,
    ]
    assert {d.status for d in found} == {"ok", "bad_text"}
    starts = ["", "line 2: not JSON (", "line 3: not a JSON object", "line 5: not a JSON object", ""]
    starts += [
        "line 7: not JSON (",
        "line 8: not JSON (",
        "1 lone surrogates",
        "line 10: not JSON (",
        "column text holds a list",
    ]
    assert [d.problem[: len(s)] for d, s in zip(found, starts, strict=True)] == starts


def test_one_json_object_is_a_corpus_of_one_article() -> None:
    assert read_bytes(b'{"text": "One."}', "x.json").to_dict("records") == [{"text": "One."}]


def test_parquet_keeps_the_rows_that_are_text(tmp_path: Path) -> None:
    raw = pa.array([b"\xff\xfe", "Töne".encode(), None], pa.binary())
    garbled = pa.StringArray.from_buffers(3, raw.buffers()[1], raw.buffers()[2], raw.buffers()[0])
    pq.write_table(pa.table({"text": garbled, "year": [1, 2, 3]}), tmp_path / "x.parquet")
    found = documents_of(read_corpus(tmp_path / "x.parquet", outlet="A"))
    assert [(d.status, d.text) for d in found] == [("bad_text", ""), ("ok", "Töne"), ("ok", "")]


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string(), pa.dictionary(pa.int32(), pa.string())])
def test_parquet_of_any_kind_of_string(tmp_path: Path, kind: pa.DataType) -> None:
    pq.write_table(pa.table({"text": pa.array(["One.", "Two."]).cast(kind)}), tmp_path / "x.parquet")
    assert read_corpus(tmp_path / "x.parquet")["text"].tolist() == ["One.", "Two."]


@pytest.mark.parametrize(
    ("name", "data", "message", "parts"),
    [
        ("x.csv", b"", "the file is empty", ["a header and at least one row"]),
        ("x.csv", b"\xef\xbb\xbf", "the file is empty", []),
        ("x.csv", b"text\nna\xefve\n", "the file is not UTF-8", ["byte 0xef at position 7", "save it as"]),
        ("x.csv", "text\nab\n".encode("utf-16"), "the file is not UTF-8", ["as in UTF-16"]),
        ("x.csv", "text\nab\n".encode("utf-16-le"), "the file is not UTF-8", ["as in UTF-16"]),
        ("x.csv", b"when,what\n1,2\n", "no column with the text", ["when, what", "doc_id,outlet,published"]),
        ("x.jsonl", b"", "the file is empty", ["one JSON object a line"]),
        ("x.jsonl", b"\n \n", "the file is empty", []),
        ("x.jsonl", b"1\n2\n", "no line of the file is a JSON object", ["line 1: not a JSON object"]),
        ("x.json", b"", "the file is not JSON", ["one object a line is called .jsonl"]),
        ("x.json", b'{"text": 1}\n{"text": 2}', "the file is not JSON", [".jsonl"]),
        ("x.json", b"[" * 100_000, "the file is not JSON", ["recursion"]),
        ("x.json", b"9" * 5000, "the file is not JSON", ["5000 digits"]),
        ("x.json", b"[]", "the JSON file is not a list of objects", ["list"]),
        ("x.json", b"[1]", "the JSON file is not a list of objects", ["list"]),
        ("x.json", b'"text"', "the JSON file is not a list of objects", ["str"]),
        ("x.parquet", b"", "the file is not Parquet", ["0 bytes"]),
        ("x.parquet", b"doc_id,text\na,b\n", "the file is not Parquet", []),
        ("x.parquet", b"PAR1" + b"\0" * 64 + b"PAR1", "the file is not Parquet", []),
        ("x.xlsx", b"PK\x03\x04", "this file format is not read", [".xlsx", ".parquet", "convert the file"]),
        ("x", b"text\na\n", "this file format is not read", ["no suffix"]),
        ("x.csv.gz", b"\x1f\x8b", "this file format is not read", [".gz"]),
    ],
)
def test_a_file_that_is_no_corpus_says_why(
    tmp_path: Path, name: str, data: bytes, message: str, parts: list[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        read_corpus(path)
    shown = str(caught.value)
    assert [part for part in [*parts, name] if part not in shown] == []


@pytest.mark.parametrize("path", ["nowhere.csv", "nowhere/at/all.csv", "a\0b.csv", "x" * 5000 + ".csv"])
def test_a_path_that_is_none_says_so(tmp_path: Path, path: str) -> None:
    with pytest.raises(InputError, match=r"no such file or folder|the corpus cannot be read"):
        read_corpus(tmp_path / path)


def test_a_folder_without_texts_says_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the folder holds no \.txt files") as caught:
        read_corpus(tmp_path)
    assert "an empty folder" in str(caught.value)
    (tmp_path / "a.pdf").write_bytes(b"x")
    (tmp_path / "README").write_bytes(b"x")
    with pytest.raises(InputError, match=r"the folder holds no \.txt files") as caught:
        read_corpus(tmp_path)
    assert ".pdf, README" in str(caught.value)


def test_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "x.csv")
    monkeypatch.setattr(Path, "is_file", lambda path: False)
    with pytest.raises(InputError, match="no file that can be read to its end"):
        read_corpus(path)


def test_the_error_of_a_mapping_names_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "articles.csv")
    with pytest.raises(InputError, match="the column mapping does not fit") as caught:
        read_corpus(path, columns={"text": "body"})
    assert all(
        part in str(caught.value) for part in ("articles.csv", "text=body", "doc_id, outlet, published")
    )


def test_every_format_is_tested_above() -> None:
    assert set(FORMATS) == {".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".txt"}
