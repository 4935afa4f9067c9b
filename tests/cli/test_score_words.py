"""``framing score --words``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from command_line import run_framing as run


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "articles.csv"
    pd.DataFrame({"outlet": ["A", "B"], "text": ["The regime fell.", "All was quiet, very quiet."]}).to_csv(
        path
    )
    return path


def test_words_are_written_when_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, corpus: Path
) -> None:
    out = corpus.parent / "out"
    assert run(capsys, monkeypatch, "score", str(corpus), "-o", str(out))[0] == 0
    assert not (out / "words.parquet").exists()
    assert run(capsys, monkeypatch, "score", str(corpus), "-o", str(out), "--words")[0] == 0
    words = pd.read_parquet(out / "words.parquet")
    assert words.loc[words["word"] == "quiet", "n"].tolist() == [2]


def test_words_need_the_voices(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, corpus: Path
) -> None:
    code, _, shown = run(
        capsys,
        monkeypatch,
        "score",
        str(corpus),
        "-o",
        str(corpus.parent / "out"),
        "--words",
        "--mentions-only",
    )
    assert code != 0
    assert "leave out --mentions-only" in shown
