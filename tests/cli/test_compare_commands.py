"""Each command of ``framing compare`` on a small scored folder: printed for reading, and as all columns."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from command_line import run_framing as run

from framing.cli.options import chosen_lexicons
from framing.pipeline import analyze

RED = "The regime fell. The terrorists ran. Officials spoke to reporters at length in the capital."
BLUE = "The government fell. The gunmen ran, and a regime of sanctions came. Reporters asked questions."


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two outlets on the same events, 24 articles each; the first uses loaded words more often."""
    rows = [
        {
            "doc_id": f"{outlet}{i:02}",
            "outlet": outlet,
            "published": f"2017-{1 + i % 6:02}-{1 + i:02}",
            "topic": "war" if i % 2 else "talks",
            "text": " ".join([text] * (1 + i % 3)) + f" Note {outlet} {i}: nothing else happened that day.",
        }
        for outlet, text in (("Red", RED), ("Blue", BLUE))
        for i in range(24)
    ]
    folder = tmp_path_factory.mktemp("scored")
    analyze(pd.DataFrame(rows)).save(folder)
    return folder


PANEL = ("without entry", "The direction holds in", "does not say why")
COMMANDS = {
    "robustness": (["--target", "Red", "--splits", "10"], PANEL),
    "halves": (["--splits", "10"], ("rejected", "Nothing differs")),
    "corrected": ([], ("corrected", "Not corrected: terms that no lexicon holds")),
    "trend": (["--unit", "quarter", "--category", "any"], ("2017-Q1", "without a date")),
    "before-after": (["--date", "2017-03-01", "--against", "rest"], ("rate before", "does not say why")),
    "changes": (["--category", "any"], ("series have a change",)),
    "decompose": (["--within", "topic", "--target", "Red", "--reference", "Blue"], ("wording", "add up")),
    "events": (["--within", "topic", "--min-events", "2"], ("shared events", "no verdict")),
    "keyness": (["--target", "Red"], ("More often here", "Ranked by z")),
    "adjusted": (["--covariate", "topic", "--covariate", "length"], ("adjusted", "topic, length")),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_command_prints_and_gives_all_columns(
    name: str, scored: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    options, words = COMMANDS[name]
    code, shown, _ = run(capsys, monkeypatch, "compare", name, str(scored), *options)
    assert code == 0
    for word in words:
        assert word in shown
    code, shown, _ = run(capsys, monkeypatch, "compare", name, str(scored), *options, "--format", "json")
    rows = json.loads(shown)
    assert code == 0
    assert rows
    assert all(row["lexicons"] and row["method"] for row in rows)


@pytest.mark.parametrize("options", [[], ["--overall"], ["--names", "loaded"]])
def test_naming_compares_the_names_of_one_referent(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"doc_id": f"{outlet}{i}", "outlet": outlet, "text": f"Day {i}. {name} held the town of Tesk."}
        for outlet, name in (("Red", "Daesh"), ("Blue", "Islamic State"))
        for i in range(12)
    ]
    analyze(pd.DataFrame(rows), lexicons=chosen_lexicons(["referents-en"])).save(tmp_path)
    code, shown, _ = run(capsys, monkeypatch, "compare", "naming", str(tmp_path), *options)
    assert code == 0
    assert " isis " in shown
    _, shown, _ = run(capsys, monkeypatch, "compare", "naming", str(tmp_path), *options, "--format", "json")
    assert {row["group"] for row in json.loads(shown)} == {"Red", "Blue"}


def test_keyness_of_words_needs_the_words(
    scored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, shown = run(capsys, monkeypatch, "compare", "keyness", str(scored), "--target", "Red", "--words")
    assert code == 2
    assert "--words" in shown
    rows = [
        {
            "doc_id": f"{outlet}{i}",
            "outlet": outlet,
            "text": f"Day {i}. The {name} crossed the river at dawn.",
        }
        for outlet, name in (("Red", "settlers"), ("Blue", "farmers"))
        for i in range(12)
    ]
    analyze(pd.DataFrame(rows), keep_words=True).save(tmp_path)
    options = ["--target", "Red", "--words", "--format", "json"]
    _, shown, _ = run(capsys, monkeypatch, "compare", "keyness", str(tmp_path), *options)
    found = {row["feature"]: row for row in json.loads(shown)}
    assert found["settlers"]["log_odds_z"] > 0 > found["farmers"]["log_odds_z"]


def test_robustness_needs_to_know_whom_it_checks(
    scored: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, shown = run(capsys, monkeypatch, "compare", "robustness", str(scored))
    assert code == 2
    assert "--target is needed" in shown


def test_own_readings_correct_rates(
    scored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = pd.DataFrame({
        "document": range(60), "category": "delegitimation", "weight": 1.0, "said_voice": "own",
        "said_loaded": ["yes", "no", "unsure"] * 20, "voice": ["own"] * 30 + ["direct"] * 30, "loaded": "yes",
    })  # fmt: skip
    read.to_csv(tmp_path / "read.csv", index=False)
    options = ["--category", "delegitimation", "--decisions", str(tmp_path / "read.csv"), "--format", "json"]
    _, shown, _ = run(capsys, monkeypatch, "compare", "corrected", str(scored), *options)
    rows = {row["group"]: row for row in json.loads(shown)}
    assert rows["Red"]["factor"] == pytest.approx(0.5, abs=0.03)
    read.drop(columns="voice").to_csv(tmp_path / "bad.csv", index=False)
    options[3] = str(tmp_path / "bad.csv")
    code, _, shown = run(capsys, monkeypatch, "compare", "corrected", str(scored), *options)
    assert code == 2
    assert "without voice" in shown
