"""The quality gate: every pinned bound holds on the pinned data. Missing data fails, never skips."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from framing.corpus.outside import data_file
from framing.evaluation.classifier import evaluate_classifier
from framing.evaluation.comparison import evaluate_comparison
from framing.evaluation.known_groups import evaluate_known_groups
from framing.evaluation.lexicon import evaluate_lexicon
from framing.evaluation.report import Figure, with_bounds
from framing.evaluation.seed import evaluate_seed
from framing.evaluation.voice import evaluate_voice
from framing.provenance import file_digest

HERE = Path(__file__).parent
DATA = Path(os.environ.get("FRAMING_DATA", HERE.parents[2] / "shared" / "data"))
BOUNDS = tomllib.loads((HERE / "bounds.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    measured = [
        *evaluate_seed(DATA),
        *evaluate_known_groups(DATA),
        *evaluate_voice(DATA),
        *evaluate_lexicon(DATA),
        *evaluate_classifier(DATA),
        *evaluate_comparison(DATA),
    ]
    bounded = with_bounds(measured, floors=BOUNDS["floors"], ceilings=BOUNDS["ceilings"])
    return {figure.name: figure for figure in bounded}


@pytest.mark.parametrize("name", BOUNDS["data"])
def test_the_data_is_the_pinned_one(name: str) -> None:
    assert file_digest(data_file(DATA, name)) == BOUNDS["data"][name]


@pytest.mark.parametrize("name", [*BOUNDS["floors"], *BOUNDS["ceilings"]])
def test_bound(figures: dict[str, Figure], name: str) -> None:
    figure = figures[name]
    assert figure.passed, f"{name} is {figure.value:.3f}, bound {figure.bound}; {figure.note}"
