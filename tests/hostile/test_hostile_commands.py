"""The commands on hostile input: done, or refused in words; never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hostile_files import GOOD, GOOD_LINE, HEADER

from framing.cli.main import framing
from framing.errors import FramingError

BAD_ROWS = "b,B\nc,,2017-02-30,,The regime\ngood,A,,,again\nd,=1+1,,,[bold]regime[/bold] \x1b[31m\n"


def call(*args: str, stdin: bytes | None = None) -> Result:
    """Run a command; what ``main`` prints as an error in words is no failure here."""
    result = CliRunner().invoke(framing, args, input=stdin)
    if isinstance(result.exception, FramingError | click.ClickException):
        result.exit_code = 2
    elif result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "x.csv"
    path.write_text(HEADER + GOOD + BAD_ROWS, encoding="utf-8")
    return path


@pytest.fixture
def scored(corpus: Path, tmp_path: Path) -> Path:
    assert call("score", str(corpus), "-o", str(tmp_path / "out"), "--quiet").exit_code == 0
    return tmp_path / "out"


def test_scoring_says_what_became_of_each_kind_of_row(corpus: Path, tmp_path: Path) -> None:
    shown = call("score", str(corpus), "-o", str(tmp_path / "out")).output
    assert shown.startswith("5 articles, ")
    for line in (
        "1 with status bad_text, e.g. b: line 3: 2 cells, the header has 5",
        "1 with status bad_date, e.g. c: date '2017-02-30' is not a date",
        "1 with status duplicate_id, e.g. good#2: doc_id 'good' is taken",
    ):
        assert line in shown


@pytest.mark.parametrize(
    ("name", "data", "rows"),
    [
        ("x.csv", HEADER.encode(), 0),
        ("x.csv", (HEADER + 'a,A,,,"The regime').encode(), 1),
        ("x.jsonl", (GOOD_LINE + '{"text": ["x"], "tags": {"a": [1]}}\n' + "[" * 50_000).encode(), 3),
        (
            "x.jsonl",
            (GOOD_LINE + '{"text": "\\ud800 regime", "outlet": "\\udfff", "\\ud801": 1}\n').encode(),
            2,
        ),
        ("x.json", GOOD_LINE.encode(), 1),
        ("x.txt", b"The regime \xff fell.", 1),
        ("x.txt", b"", 1),
    ],
)
def test_hostile_files_are_scored(tmp_path: Path, name: str, data: bytes, rows: int) -> None:
    (tmp_path / name).write_bytes(data)
    out = tmp_path / "out"
    assert call("score", str(tmp_path / name), "-o", str(out)).exit_code == 0
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["n_documents"] == rows
    assert call("compare", str(out), "--permutations", "49").exit_code in (0, 2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.csv"], "no such file or folder"),
        (["{folder}"], "holds no .txt files"),
        (["{noise}"], "format is not read"),
        (["{corpus}", "--column", "text"], "--column needs NAME=COLUMN"),
        (["{corpus}", "--column", "text=nowhere"], "the column mapping does not fit"),
        (["{corpus}", "--column", "words=text"], "the column mapping does not fit"),
        (["{corpus}", "--lexicon", "nowhere"], "lexicon"),
        (["{corpus}", "--lexicon", "{noise}"], "lexicon"),
        (["{corpus}", "--lexicon", "{folder}"], "lexicon"),
        (["{corpus}", "--jobs", "many"], "not a valid integer"),
        (["{corpus}", "--unknown"], "No such option"),
    ],
)
def test_wrong_use_is_refused_in_words(
    corpus: Path, tmp_path: Path, arguments: list[str], words: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 8)
    places = {"corpus": corpus, "folder": tmp_path / "folder", "noise": tmp_path / "noise.bin"}
    result = call("score", *(a.format(**places) for a in arguments), "-o", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert words in f"{result.output}{result.exception}"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["text", "json", "html"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "<script>alert(1)</script> The regime\x00 fell [bold]red[/bold] \x1b[31m%s {0}",
        "“" * 10_000 + "regime",
        "\u202eregime 👨‍👩‍👧 𝐫𝐞𝐠𝐢𝐦𝐞 \u0301\u0301\n\r\x0c",
    ],
    ids=["nothing", "blank", "markup", "marks", "unicode"],
)
def test_hostile_texts_are_explained(text: str, form: str) -> None:
    result = call("explain", "--format", form, "-", stdin=text.encode())
    assert result.exit_code == 0
    if form == "json":
        assert all(row["surface"] for row in json.loads(result.output))
    else:
        assert "<script>" not in result.output or form == "text"


def test_hostile_sources_of_a_text_are_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"caf\xe9 regime")
    for source, stdin in (
        ("-", b"caf\xe9"),
        (str(tmp_path / "x.txt"), None),
        (str(tmp_path / "y.txt"), None),
    ):
        result = call("explain", source, stdin=stdin)
        assert result.exit_code == 2
        assert "not UTF-8" in str(result.exception) or "no such file" in str(result.exception)
    assert call("explain", str(tmp_path)).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--by", "nowhere"],
        ["--by", "message"],
        ["--voice", "loud"],
        ["--category", "nowhere"],
        ["--entry", "*"],
        ["--entry", "["],
        ["--entry", "nowhere*"],
        ["--target", "nowhere"],
        ["--target", "A", "--reference", "A"],
        ["--min-articles", "0"],
        ["--min-articles", "-5"],
        ["--permutations", "0"],
        ["--permutations", "-1"],
        ["--seed", "-1"],
    ],
)
def test_comparisons_that_make_no_sense_end_in_words(scored: Path, arguments: list[str]) -> None:
    assert call("compare", str(scored), *arguments).exit_code in (0, 2)


def test_folders_that_are_no_result_are_refused_in_words(scored: Path, tmp_path: Path) -> None:
    assert call("compare", str(tmp_path / "nowhere")).exit_code == 2
    assert call("compare", str(tmp_path)).exit_code == 2
    (scored / "run.json").write_bytes(b"{\xff")
    assert call("compare", str(scored)).exit_code == 2
    (scored / "run.json").write_text("{}", encoding="utf-8")
    (scored / "counts.parquet").write_bytes(b"PAR1")
    assert call("compare", str(scored)).exit_code == 2


def test_lexicons_that_are_none_are_refused_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "lexicon"
    folder.mkdir()
    assert call("lexicon", "check", str(folder)).exit_code in (1, 2)
    (folder / "lexicon.toml").write_bytes(b"\xff\xfe")
    assert call("lexicon", "check", str(folder)).exit_code in (1, 2)
    (folder / "lexicon.toml").write_text("id = 'x'\n", encoding="utf-8")
    (folder / "entries.csv").write_bytes(b"\0\xff,")
    assert call("lexicon", "check", str(folder)).exit_code in (1, 2)


def test_output_that_cannot_be_a_folder_is_refused_in_words(corpus: Path) -> None:
    assert call("score", str(corpus), "-o", str(corpus)).exit_code == 2
