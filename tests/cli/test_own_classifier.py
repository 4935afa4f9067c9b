"""A classifier of one's own on the command line: from a lexicon and a coding sheet to scores."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from command_line import run_framing
from sample_lexicon import ROW, write

import framing
from framing.errors import InputError
from framing.lexicon import load_lexicon
from framing.scoring.loaded.store import card_of, classifier_in, pack, shipped_classifier

Run = Callable[..., tuple[int, str, str]]
TEXT = 'The regime shelled Orlan. "They are terrorists," Petar Hask said.'
WORDS = ["council", "river", "bridge", "market", "school", "harbour", "garden", "road", "teacher", "letter"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    return lambda *args: run_framing(capsys, monkeypatch, *map(str, args))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a classifier that is three log odds less sure than the shipped one."""
    shipped = shipped_classifier()
    slope, shift = shipped.weights.platt
    folder = tmp_path_factory.mktemp("own")
    raw = pack(replace(shipped.weights, platt=(slope, shift - 3.0)))
    (folder / "loaded.npz").write_bytes(raw)
    card = {**shipped.card, **card_of(raw, {})}
    (folder / "loaded.json").write_text(json.dumps(card), encoding="utf-8")
    return folder


def odds(chance: float) -> float:
    return math.log(chance / (1 - chance))


def test_explain_answers_as_score_does_with_the_same_classifier(run: Run, own: Path, tmp_path: Path) -> None:
    pd.DataFrame({"text": [TEXT]}).to_csv(tmp_path / "a.csv", index=False)
    run("score", tmp_path / "a.csv", "-o", tmp_path / "out", "--classifier", own, "--quiet")
    scored = framing.Result.load(tmp_path / "out").mentions["p_loaded"].tolist()
    code, shown, err = run("explain", TEXT, "--classifier", own, "--format", "json")
    assert (code, err) == (0, "")
    rows = json.loads(shown)
    assert [row["p_loaded"] for row in rows] == pytest.approx(scored)
    _, shown, _ = run("explain", TEXT, "--format", "json")
    for row, before in zip(rows, json.loads(shown), strict=True):
        assert odds(row["p_loaded"]) == pytest.approx(odds(before["p_loaded"]) - 3.0, abs=1e-6)
        assert sum(part["log_odds"] for part in row["contributions"]) == pytest.approx(
            odds(row["p_loaded"]), abs=1e-6
        )
        assert row["classifier"] == f"sha256:{classifier_in(own).digest[:12]}"
        assert before["classifier"] == f"sha256:{shipped_classifier().digest[:12]}" != row["classifier"]
    for form in ("text", "html"):
        _, shown, _ = run("explain", TEXT, "--classifier", own, "--format", form)
        assert f"; classifier {rows[0]['classifier']}" in shown


def test_a_view_tells_why_with_its_own_classifier(own: Path) -> None:
    view, shipped = framing.explain(TEXT, classifier=own), framing.explain(TEXT)
    for number, chance in enumerate(view.mentions["p_loaded"]):
        table = view.why(number, n=100)
        assert table["log_odds"].sum() == pytest.approx(odds(chance), abs=1e-9)
        other = shipped.why(number, n=100)
        found = [dict(zip(t["part"], t["log_odds"], strict=True)) for t in (table, other)]
        assert found[0].pop("baseline") == pytest.approx(found[1].pop("baseline") - 3.0)
        assert found[0] == pytest.approx(found[1])
    assert view.classifier == classifier_in(own).digest
    assert framing.explain("The council met.", classifier=str(own)).classifier == ""
    assert framing.analyze(pd.DataFrame({"text": [TEXT]}), classifier=str(own)).mentions[
        "p_loaded"
    ].tolist() == pytest.approx(view.mentions["p_loaded"].tolist())


@pytest.mark.parametrize("broken", ["missing", "empty", "damaged"])
def test_a_classifier_that_cannot_be_used_is_refused_in_the_words_of_score(
    run: Run, own: Path, tmp_path: Path, broken: str
) -> None:
    folder = tmp_path / "model"
    if broken != "missing":
        folder.mkdir()
    if broken == "damaged":
        (folder / "loaded.npz").write_bytes((own / "loaded.npz").read_bytes()[:-9])
        (folder / "loaded.json").write_bytes((own / "loaded.json").read_bytes())
    pd.DataFrame({"text": [TEXT]}).to_csv(tmp_path / "a.csv", index=False)
    told = [
        run(*command, "--classifier", folder)
        for command in (("explain", TEXT), ("score", tmp_path / "a.csv", "-o", tmp_path / "out", "--quiet"))
    ]
    assert {code for code, _, _ in told} == {2}
    errors = [err.split("Error: " if broken == "missing" else "error: ")[1] for _, _, err in told]
    assert errors[0] == errors[1]
    assert ("does not exist" if broken == "missing" else "loaded.npz") in errors[0]
    if broken != "missing":
        with pytest.raises(InputError, match="loaded"):
            framing.explain(TEXT, classifier=folder)


def articles(n: int = 70) -> pd.DataFrame:
    """Return articles with three terms, two of them in sentences that tell nothing about them."""
    chance = random.Random(1)
    rows = []
    for number in range(n):
        lines = ["The regime fell."] if number % 7 == 0 else []
        for term in ("gadfly", "lodestar"):
            a, b, c, d = chance.sample(WORDS, 4)
            lines.append(f"In the {a} they spoke of the {term} of the {b}, and the {c} stayed near the {d} "
                         f"on day {number}.")  # fmt: skip
        chance.shuffle(lines)
        rows.append((f"d{number}", "AB"[number % 2], " ".join(lines)))
    return pd.DataFrame(rows, columns=["key", "paper", "body"])


def test_from_a_lexicon_of_ones_own_to_scores_of_a_classifier_of_ones_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    entries = [{**ROW, "entry_id": term, "pattern": term} for term in ("gadfly", "lodestar")]
    mine = write(tmp_path / "mine", *entries)
    corpus, labels, model = tmp_path / "articles.csv", tmp_path / "labels.csv", tmp_path / "model"
    articles().to_csv(corpus, index=False)
    columns = ("--column", "text=body", "--column", "doc_id=key", "--column", "outlet=paper")
    shipped = ("--lexicon", "conflict-en")
    same = (*shipped, "--add-lexicon", mine, *columns)
    assert run("score", corpus, "-o", tmp_path / "out", *same)[0] == 0
    before = framing.Result.load(tmp_path / "out").mentions.groupby("entry_id")["p_loaded"].mean()
    assert before["gadfly"] < before["lodestar"] + 0.05  # nothing tells them apart so far

    sheet, coded = tmp_path / "sheet.csv", tmp_path / "anna.csv"
    assert run("label", "sheet", tmp_path / "out", "-o", sheet, "--n", 1000)[0] == 0
    table = pd.read_csv(sheet, dtype=str, keep_default_na=False)
    loaded = table["entry_id"].map({"gadfly": "yes", "lodestar": "no", "regime": "yes"})
    table.assign(voice="own", loaded=loaded).to_csv(coded, index=False)
    assert run("label", "join", coded, "-o", labels)[0] == 0

    train = ("train", "loaded", "--labels", labels, "--corpus", corpus, "-o", model)
    code, shown, err = run(*train, *same)
    assert (code, err) == (0, "")
    assert f"{len(table)} labelled mentions, 0 of the labels not found by the lexicons" in shown
    card = json.loads((model / "loaded.json").read_text(encoding="utf-8"))
    assert [x["id"] for x in card["lexicons"]] == ["mine", "conflict-en", "cues-en"]
    assert card["lexicons"][0]["sha256"] == load_lexicon(mine).digest
    assert card["corpus_sha256"] == framing.Result.load(tmp_path / "out").run["corpus_sha256"]

    code, _, err = run("score", corpus, "-o", tmp_path / "again", *same, "--classifier", model)
    assert (code, err) == (0, "")
    result = framing.Result.load(tmp_path / "again")
    after = result.mentions.groupby("entry_id")["p_loaded"].mean()
    assert after["gadfly"] > 0.9 > 0.1 > after["lodestar"]
    assert "notes" not in result.run["classifier"]
    unseen = "A gadfly came to town, and a lodestar left it."
    _, shown, _ = run("explain", unseen, *shipped, "--add-lexicon", mine, "--classifier", model)
    first, second = shown.split("\nlodestar  ")
    assert "(yes)" in first
    assert "(no)" in second
    assert "the entry 'gadfly' as it was read before" in shown

    code, shown, err = run(*train, *shipped, *columns)
    assert code == 2  # only ten labels are left, of regime
    assert "note: 140 labels are of entries that none of the lexicons has" in shown
    assert "--add-lexicon" in shown
    assert "too few labels" in err


@pytest.fixture(scope="module")
def adapted(own: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose card says that it was adapted with two shipped lexicons."""
    from framing.pipeline.trained_with import lexicon_facts

    folder = tmp_path_factory.mktemp("adapted")
    (folder / "loaded.npz").write_bytes((own / "loaded.npz").read_bytes())
    card = json.loads((own / "loaded.json").read_text(encoding="utf-8"))
    card["lexicons"] = lexicon_facts([load_lexicon("conflict-en"), load_lexicon("cues-en")])
    (folder / "loaded.json").write_text(json.dumps(card), encoding="utf-8")
    return folder


def test_other_lexicons_than_those_of_the_labels_are_told(run: Run, adapted: Path, tmp_path: Path) -> None:
    pd.DataFrame({"text": [TEXT]}).to_csv(tmp_path / "a.csv", index=False)
    (tmp_path / "mine").mkdir()
    mine = write(tmp_path / "mine", ROW)
    score = ("score", tmp_path / "a.csv", "-o", tmp_path / "out", "--quiet", "--classifier", adapted)
    code, _, err = run(*score, "--lexicon", "conflict-en")
    assert (code, err) == (0, "")
    code, _, err = run(*score, "--lexicon", "conflict-en", "--add-lexicon", mine)
    assert code == 0
    assert err.startswith("note: lexicon mine was not used when the classifier was adapted")
    assert len(err.splitlines()) == 1
    saved = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert saved["classifier"]["notes"] == [err.removeprefix("note: ").strip()]
    card = json.loads((adapted / "loaded.json").read_text(encoding="utf-8"))
    card["lexicons"][0] |= {"version": "0.0.1", "sha256": "12" * 32}
    (adapted / "loaded.json").write_text(json.dumps(card), encoding="utf-8")
    for command in (score, ("explain", TEXT, "--classifier", adapted)):
        code, _, err = run(*command, "--lexicon", "conflict-en")
        assert code == 0
        assert err.startswith("note: lexicon conflict-en is not the one that the classifier was adapted with")
        assert "then version 0.0.1, sha256:121212121212; now version " in err
    names = ("--lexicon", "referents-en", "--lexicon", "cues-en")
    assert run(*score, *names)[2] == ""  # names are not classified


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--data", "x", "--add-lexicon", "y"), "go with --labels and --corpus"),
        (("--data", "x", "--column", "text=body"), "go with --labels and --corpus"),
        ((), "give either --data, or --labels and --corpus"),
    ],
)
def test_options_of_train_that_do_not_go_together_are_refused(
    run: Run, tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    code, _, err = run("train", "loaded", *args, "-o", tmp_path / "model")
    assert code == 2
    assert message in err
