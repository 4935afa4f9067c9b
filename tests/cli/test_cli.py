"""The commands as a user types them: output, files, exit codes."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from command_line import run_framing as run
from sample_lexicon import ROW, write

TEXT = 'The regime shelled Orlan. "They are terrorists," Petar Hask said.'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "articles.csv"
    rows = [
        {
            "id": f"{o}{i}",
            "source": o,
            "date": "2031-03-05",
            "body": f"Day {i}. " + (TEXT if o == "A" else "All was quiet."),
        }
        for o in "AB"
        for i in range(6)
    ]
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def test_score_then_compare(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, corpus: Path
) -> None:
    out = corpus.parent / "out"
    code, shown, _ = run(capsys, monkeypatch, "score", str(corpus), "-o", str(out))
    assert code == 0
    assert shown.startswith("12 articles, 2 outlets, ")
    assert {p.name for p in out.iterdir()} >= {
        "documents.parquet",
        "mentions.parquet",
        "counts.parquet",
        "run.json",
    }
    code, shown, _ = run(capsys, monkeypatch, "compare", str(out), "--by", "outlet")
    assert code == 0
    for word in ("rate", "95 % interval", "p", "q", "delegitimation", "The article is the unit."):
        assert word in shown
    code, shown, _ = run(capsys, monkeypatch, "compare", str(out), "--entry", "regime", "--format", "json")
    rows = json.loads(shown)
    assert {r["group"]: r["n_mentions"] for r in rows} == {"A": 6, "B": 0}
    assert "permutations=999" in rows[0]["method"]


@pytest.mark.parametrize("ending", [".csv", ".json", ".parquet"])
def test_every_comparison_is_written_to_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, corpus: Path, ending: str
) -> None:
    out = corpus.parent / "out"
    run(capsys, monkeypatch, "score", str(corpus), "-o", str(out))
    readers = {".csv": pd.read_csv, ".json": pd.read_json, ".parquet": pd.read_parquet}
    for what in (["rates", "--every-pair"], ["any", "--within", "month"], ["ranking"]):
        file = corpus.parent / "tables" / f"{what[0]}{ending}"
        options = [*what[:1], str(out), *what[1:], "-o", str(file)]
        code, shown, _ = run(capsys, monkeypatch, "compare", *options)
        assert (code, shown) == (0, f"{len(readers[ending](file))} rows in {file}\n")
        assert {"lexicons", "method"} <= set(readers[ending](file).columns)
    code, _, shown = run(capsys, monkeypatch, "compare", str(out), "-o", str(corpus.parent / "table.doc"))
    assert code == 2
    assert ".csv, .json, .parquet" in shown


def test_groups_are_printed_for_reading(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, corpus: Path
) -> None:
    out = corpus.parent / "out"
    run(capsys, monkeypatch, "score", str(corpus), "-o", str(out))
    for what, words in {"any": ("highest", "q is over"), "ranking": ("place", "1 (1 to ")}.items():
        code, shown, _ = run(capsys, monkeypatch, "compare", what, str(out))
        assert code == 0
        for word in words:
            assert word in shown
    code, shown, _ = run(capsys, monkeypatch, "compare", str(out), "--measure", "loaded", "--every-pair")
    assert "Loaded mentions per 1,000 words" in shown


def test_explain_shows_voice_category_score_and_rule(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, shown, _ = run(capsys, monkeypatch, "explain", TEXT)
    assert code == 0
    for line in (
        "regime  [4-10]",
        "category  delegitimation",
        "voice     own",
        "voice     direct by Petar Hask",
        "rule      quotation with a cue, cue 'said'",
        "score     ",
        "p_loaded  ",
        "neutral   ",
    ):
        assert line in shown


def test_explain_says_what_made_p_loaded_as_text_and_as_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, shown, _ = run(capsys, monkeypatch, "explain", TEXT, "--format", "json")
    rows = json.loads(shown)
    _, shown, _ = run(capsys, monkeypatch, "explain", TEXT)
    for row in rows:
        total = sum(part["log_odds"] for part in row["contributions"])
        assert total == pytest.approx(math.log(row["p_loaded"] / (1 - row["p_loaded"])), abs=1e-6)
        assert row["contributions"][-1]["part"] == "everything else"
        assert f"{row['p_loaded']:.2f} ({row['loaded']}), log odds {total:+.2f} =" in shown
        for part in row["contributions"]:
            assert f"{part['log_odds']:+.2f}  {part['part']}\n" in shown


def test_explain_without_mentions_or_with_names_alone_has_no_parts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, shown, _ = run(capsys, monkeypatch, "explain", "The council met.", "--format", "json")
    assert json.loads(shown) == []
    args = ("explain", "Hamas met the IDF.", "--lexicon", "referents-en", "--lexicon", "cues-en")
    code, shown, _ = run(capsys, monkeypatch, *args, "--format", "json")
    assert code == 0
    assert [row["contributions"] for row in json.loads(shown)] == [[], []]
    _, shown, _ = run(capsys, monkeypatch, *args)
    assert "p_loaded" not in shown


def test_explain_reads_a_file_and_writes_json_and_html(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    _, shown, _ = run(capsys, monkeypatch, "explain", str(tmp_path / "a.txt"), "--format", "json")
    assert [r["surface"] for r in json.loads(shown)] == ["regime", "terrorists"]
    _, shown, _ = run(capsys, monkeypatch, "explain", str(tmp_path / "a.txt"), "--format", "html")
    assert shown.count("<mark") == 2


def test_demo_does_the_main_job(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, shown, _ = run(capsys, monkeypatch, "demo", "-o", str(tmp_path / "demo"))
    assert code == 0
    assert shown.startswith("70 articles, 5 outlets")
    assert "95 % interval" in shown
    assert f"framing dashboard {tmp_path / 'demo'}" in shown


def test_lexicon_check_has_exit_code_1_on_findings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, shown, _ = run(capsys, monkeypatch, "lexicon", "check")
    assert (code, shown.splitlines()[-1]) == (0, "0 problems")
    write(tmp_path, {**ROW, "category": "nope"})
    code, shown, _ = run(capsys, monkeypatch, "lexicon", "check", str(tmp_path))
    assert code == 1
    assert "unknown category" in shown


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["score", "nothing.csv", "-o", "out"], "no such file or folder"),
        (["score", "nothing.csv"], "Missing option"),
        (["compare", "nowhere"], "not a complete folder of scored articles"),
        (["explain", "no/such/file.txt"], "no such file"),
        (["evaluate", "seed", "--data", "nowhere"], "evaluation data is missing"),
        (["nonsense"], "No such command"),
        (["lexicon", "check", "nowhere"], "no such lexicon"),
    ],
)
def test_wrong_use_has_exit_code_2_and_a_message(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, args: list[str], message: str
) -> None:
    code, _, err = run(capsys, monkeypatch, *args)
    assert code == 2
    assert message in err


@pytest.mark.parametrize("name", ["score", "compare", "explain", "lexicon", "dashboard", "demo", "evaluate"])
def test_each_command_has_help(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    code, shown, _ = run(capsys, monkeypatch, name, "--help")
    assert code == 0
    assert "Usage: framing" in shown


def test_help_and_import_load_no_heavy_library() -> None:
    script = (
        "import sys, framing, framing.cli.main as m\n"
        "try: m.framing(['--help'], standalone_mode=True)\n"
        "except SystemExit: pass\n"
        "print('loaded:', [n for n in 'sklearn nltk streamlit pandas numpy'.split() if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("loaded: []")


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_every_form_of_explain_says_which_lexicons_made_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    code, shown, _ = run(capsys, monkeypatch, "explain", TEXT, "--format", form)
    assert code == 0
    assert re.search(r"conflict-en \d\.\d\.\d sha256:[0-9a-f]{12}; ", shown)
