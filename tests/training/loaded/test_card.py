"""The card of a classifier as a page: every fact is shown, older cards have fewer, names stay names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from framing.resources import model_file
from framing.scoring.loaded.store import read_loaded, shipped_classifier
from framing.training.loaded.build import write
from framing.training.loaded.card import page_of, write_page
from framing.training.loaded.facts import ADAPTED

FACTS: dict[str, object] = {
    "name": "loaded",
    "sha256": "abc",
    "trained_on": {"bench": {"role": "vectors", "licence": "MIT", "mentions": 12345}},
    "readings": {
        "mentions": 18701, "entries": 1300, "read_twice": 3408, "adjudicated": 411, "readers": "people",
        "agreement": {"voice": {"n": 3408, "equal": 0.9677, "alpha": None}},
    },
    "baseline": "the entry alone",
    "validation": {"n": 5251, "auc": 0.85995, "same_entry_auc": None, "accuracy": 0.84, "surest": 0.88,
                   "ece": 0.01},
    "validation_of_baseline": {"n": 5251, "auc": 0.7977, "same_entry_auc": 0.5, "accuracy": 0.82,
                               "surest": 0.86, "ece": 0.02},
    "slices": {
        "corpus bench": {"n": 7, "loaded": 1.0, "classifier": {"auc": None, "accuracy": 0.9, "ece": 0.1},
                         "baseline": {"auc": None, "accuracy": 0.8, "ece": 0.2}},
        "all": {"n": 5251, "loaded": 0.7747, "classifier": {"auc": 0.86, "accuracy": 0.84, "ece": 0.01},
                "baseline": {"auc": 0.8, "accuracy": 0.82, "ece": 0.02}},
    },
    "threshold": 0.64,
    "criterion": "as many",
    "error_rates": {"all": {"n": 5251.0, "precision_loaded": 0.892, "recall_loaded": 0.8911,
                            "precision_plain": 0.6268, "recall_plain": None}},
    "limits": ["English news."],
    "retrain": "framing train loaded --data DATA -o FOLDER",
    "seed": 7,
    "libraries": {"numpy": "2.4.6"},
    "data_sha256": {"bench/articles.parquet": "def"},
}  # fmt: skip


def test_the_shipped_page_is_that_of_the_shipped_card() -> None:
    facts = json.loads(model_file("loaded.json").read_text(encoding="utf-8"))
    assert model_file("loaded.md").read_text(encoding="utf-8") == page_of(facts)


def test_the_shipped_page_says_everything_that_a_reader_needs() -> None:
    page = model_file("loaded.md").read_text(encoding="utf-8")
    for heading in ("Data", "Readings", "How good it is", "By slice", "Error rates", "Limits",
                    "Building it again", "Digests"):  # fmt: skip
        assert f"\n## {heading}\n" in page
    for corpus in ("annolexical", "bench", "headlines", "middle_east", "same_event", "syria_war"):
        row = next(line for line in page.splitlines() if line.startswith(f"| {corpus} |"))
        assert "not stated" not in row
    assert shipped_classifier().digest in page
    assert "framing train loaded --data" in page


def test_figures_stand_beside_the_baseline() -> None:
    lines = page_of(FACTS).splitlines()
    assert "| AUC (0.5: chance, 1: best) | 0.798 | 0.860 |" in lines
    assert "| all | 5,251 | 0.775 | 0.800 / 0.860 | 0.820 / 0.840 | 0.020 / 0.010 |" in lines
    assert "| corpus bench | 7 | 1.000 | – / – | 0.800 / 0.900 | 0.200 / 0.100 |" in lines
    assert lines.index(
        "| all | 5,251 | 0.775 | 0.800 / 0.860 | 0.820 / 0.840 | 0.020 / 0.010 |"
    ) < lines.index("| corpus bench | 7 | 1.000 | – / – | 0.800 / 0.900 | 0.200 / 0.100 |")
    assert "| all | 5,251 | 0.892 | 0.891 | 0.627 | – |" in lines
    assert "| voice | 3,408 | 0.968 | – |" in lines
    assert "| bench | vectors | 12,345 mentions | MIT |" in lines
    assert "| bench/articles.parquet | `def` |" in lines


def test_tables_have_as_many_cells_in_every_row() -> None:
    for block in page_of(FACTS).split("\n\n"):
        rows = [line for line in block.splitlines() if line.startswith("|")]
        assert len({row.count("|") for row in rows}) <= 1


def test_the_order_of_the_facts_changes_nothing() -> None:
    turned = json.loads(json.dumps(FACTS, sort_keys=True))
    assert page_of(turned) == page_of(FACTS)


@pytest.mark.parametrize("name", [name for name in FACTS if name not in ("name", "sha256")])
def test_a_card_without_a_fact_still_has_a_page(name: str) -> None:
    page = page_of({key: fact for key, fact in FACTS.items() if key != name})
    assert page.startswith("# Model card: loaded\n")
    assert "None" not in page
    assert "nan" not in page


def test_names_from_files_are_no_markup() -> None:
    hostile = "x | <script>alert(1)</script>\n\n# [a](http://b) `c`"
    rates = {hostile: {"n": 1.0, "precision_loaded": 0.5}}
    page = page_of({"name": hostile, "error_rates": rates, "trained_on": {hostile: {"role": hostile}}})
    assert "<script>" not in page
    assert [line for line in page.splitlines() if line.startswith("# ")] == [page.splitlines()[0]]
    assert "\\[a](http://b) \\`c\\`" in page
    row = next(line for line in page.splitlines() if line.endswith("| 0.500 | – | – | – |"))
    assert row.replace("\\|", "").count("|") == 7
    assert "| x \\\\\\| y | 1 |" in page_of({"error_rates": {"x \\| y": {"n": 1.0}}})


def test_an_adapted_classifier_gets_a_page_of_its_own(tmp_path: Path) -> None:
    facts = {**ADAPTED, "name": "adapted to own labels", "base": "0123", "labels_sha256": "4567",
             "corpus_sha256": "89ab", "threshold": 0.5, "abstain": [0.4, 0.6],
             "lexicons": [{"id": "mine-en", "version": "1.2", "sha256": "cdef"}],
             "validation": {"n": 120, "same_entry_auc": float("nan")}}  # fmt: skip
    told: list[str] = []
    target = write(shipped_classifier().weights, tmp_path, facts, tell=told.append)
    page = (tmp_path / "loaded.md").read_text(encoding="utf-8")
    assert page.startswith("# Model card: adapted to own labels\n")
    assert "Baseline" not in page  # no figures of it on this card
    for part in ("Adapted from the shipped classifier", "framing train loaded --labels", "`0123`", "`4567`",
                 "`89ab`", "| lexicon mine-en 1.2 | `cdef` |", "framing label agree"):  # fmt: skip
        assert part in page
    assert "framing evaluate classifier" not in page
    assert read_loaded(target, tmp_path / "loaded.json").digest in page


def test_a_page_is_written_beside_its_card_with_the_same_bytes_everywhere(tmp_path: Path) -> None:
    card = tmp_path / "loaded.json"
    card.write_text(json.dumps(FACTS, default=str), encoding="utf-8")
    page = write_page(card)
    assert page == tmp_path / "loaded.md"
    assert page.read_bytes() == page_of(FACTS).encode()
