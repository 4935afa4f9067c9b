"""``framing label``: from scored articles to joined labels, as a user types it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from framing.cli.label import command
from framing.errors import FramingError
from framing.pipeline import analyze

TEXTS = {
    "a": (
        "Harbour Post",
        "Regime digs in",
        "The regime spoke. “They are terrorists,” the mayor of Orlan said.",
    ),
    "b": (
        "Ridge Daily",
        "Quiet day",
        "Officials said that the puppet government had fallen. Vermin, he wrote.",
    ),
}


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = pd.DataFrame(
        [(d, *rest) for d, rest in TEXTS.items()], columns=["doc_id", "outlet", "title", "text"]
    )
    return analyze(articles).save(tmp_path_factory.mktemp("scored"))


def run(*args: object) -> str:
    """Return what a command prints; what it refuses is raised."""
    result = CliRunner().invoke(command, [str(arg) for arg in args], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.output


def code(sheet: Path, path: Path, loaded: str, odd: str = "") -> Path:
    """Fill a CSV sheet: every row own and ``loaded``, the first one ``odd`` if given."""
    table = pd.read_csv(sheet, dtype=str, keep_default_na=False).assign(voice="own", loaded=loaded)
    if odd:
        table.loc[0, "loaded"] = odd
    table.to_csv(path, index=False)
    return path


def test_from_a_result_to_joined_labels(scored: Path, tmp_path: Path) -> None:
    sheet, labels = tmp_path / "sheet.csv", tmp_path / "labels.csv"
    shown = run("sheet", scored, "-o", sheet)
    drawn = pd.read_csv(sheet)
    assert len(drawn) >= 4
    assert shown.startswith(f"{len(drawn)} mentions of ")
    assert "300 were asked for" in shown
    assert "outlet" not in drawn.columns
    anna = code(sheet, tmp_path / "anna.csv", "yes")
    ben = code(sheet, tmp_path / "second.csv", "yes", odd="no")
    shown = run("agree", anna, f"ben={ben}", "-o", tmp_path / "open.csv")
    assert f"ben: {len(drawn)} of {len(drawn)} mentions coded" in shown
    assert "Agreement on mentions that two or more coded" in shown
    assert f"Coders differ on 1 mention. -> {tmp_path / 'open.csv'}" in shown
    shown = run("join", anna, f"ben={ben}", "-o", labels)
    assert "1 left out" in shown
    assert len(pd.read_csv(labels)) == len(drawn) - 1
    decided = code(tmp_path / "open.csv", tmp_path / "decided.csv", "no")
    shown = run("join", anna, f"ben={ben}", "--adjudicated", decided, "-o", labels)
    assert f"1 adjudicated, {len(drawn) - 1} on which all coders agree" in shown
    joined = pd.read_csv(labels, keep_default_na=False)
    assert joined.columns.tolist() == [
        "doc_id", "in_title", "start", "end", "entry_id", "passage_sha256", "voice", "loaded", "category",
    ]  # fmt: skip
    assert (joined["loaded"] == "no").sum() == 1
    for row in joined.itertuples():
        text = TEXTS[row.doc_id][1 if row.in_title == "yes" else 2][row.start : row.end]
        assert text.casefold()[:4] == row.entry_id[:4]


def test_entries_number_and_seed_are_the_users(scored: Path, tmp_path: Path) -> None:
    run("sheet", scored, "-o", tmp_path / "a.csv", "--entries", "regime", "--entries", "vermin*")
    assert set(pd.read_csv(tmp_path / "a.csv")["entry_id"]) == {"regime", "vermin"}
    drawn = []
    for seed in range(1, 9):
        run("sheet", scored, "-o", tmp_path / f"s{seed}.xlsx", "--n", 1, "--seed", seed)
        drawn.append(pd.read_excel(tmp_path / f"s{seed}.xlsx").loc[0, "mention_id"])
    assert len(set(drawn)) > 1


def test_half_coded_rows_are_named(scored: Path, tmp_path: Path) -> None:
    run("sheet", scored, "-o", tmp_path / "sheet.csv")
    path = code(tmp_path / "sheet.csv", tmp_path / "anna.csv", "no")
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[1, "voice"] = ""
    table.to_csv(path, index=False)
    shown = run("join", path, "-o", tmp_path / "labels.csv")
    assert "1 half coded and left out" in shown
    assert f"{path}:3: column voice is empty" in shown


def test_nothing_is_written_where_nothing_is_open(scored: Path, tmp_path: Path) -> None:
    run("sheet", scored, "-o", tmp_path / "sheet.csv")
    paths = [code(tmp_path / "sheet.csv", tmp_path / f"{name}.csv", "no") for name in ("anna", "ben")]
    assert "Coders differ on 0 mentions." in run("agree", *paths, "-o", tmp_path / "open.csv")
    assert not (tmp_path / "open.csv").exists()


def test_wrong_use_is_refused_in_words(scored: Path, tmp_path: Path) -> None:
    run("sheet", scored, "-o", tmp_path / "sheet.csv")
    path = code(tmp_path / "sheet.csv", tmp_path / "anna.csv", "perhaps")
    before = path.read_bytes()
    with pytest.raises(Exception, match="two or more coders"):
        run("agree", path)
    with pytest.raises(FramingError, match="would be overwritten"):
        run("join", path, "-o", path)
    with pytest.raises(FramingError, match=r"anna\.csv:2, column loaded"):
        run("join", path, "-o", tmp_path / "labels.csv")
    with pytest.raises(FramingError, match="there already"):
        run("sheet", scored, "-o", path)
    with pytest.raises(FramingError, match="not a complete folder"):
        run("sheet", tmp_path, "-o", tmp_path / "x.csv")
    assert path.read_bytes() == before


def test_help_names_the_three_steps() -> None:
    shown = run("--help")
    assert all(name in shown for name in ("sheet", "agree", "join"))
