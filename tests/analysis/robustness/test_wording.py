from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from framing.analysis.comparison import compare
from framing.analysis.robustness.robustness import robustness
from framing.analysis.robustness.wording import reading

Tables = tuple[pd.DataFrame, pd.DataFrame]
Corpus = Callable[..., Tables]


@pytest.fixture
def tables(corpus: Corpus) -> Tables:
    rng = np.random.default_rng(2)
    counts = np.column_stack([rng.poisson(2, 80), rng.poisson(1, 80), np.zeros(80, dtype=int)])
    counts[:40, 0] += 2
    return corpus(np.repeat(["Alpha", "Beta"], 40), np.full(80, 500.0), counts)


def paragraph(tables: Tables, feature: str, **options: object) -> str:
    table = compare(*tables, permutations=199, **options)  # type: ignore[arg-type]
    row = table[table["feature"] == feature].iloc[0].to_dict()
    return reading(row, table.attrs["method"])


def test_every_number_is_that_of_the_row(tables: Tables) -> None:
    table = compare(*tables, permutations=199)
    row = table[table["feature"] == "f0"].iloc[0]
    said = reading(row.to_dict(), table.attrs["method"])
    for part in (
        "Alpha uses", f"{row['rate']:.2f} times", f"{row['n_mentions']:,} mentions", "40 articles",
        f"{row['ratio']:.1f} times as often", f"{row['ratio_low']:.1f} to {row['ratio_high']:.1f}",
        "over 6 tests", f"{100 * row['top_article_share']:.0f} %", "does not say why",
    ):  # fmt: skip
        assert part in said
    assert "rare if articles were shuffled" in said


def test_what_may_be_luck_is_called_so(corpus: Corpus) -> None:
    rng = np.random.default_rng(5)
    said = paragraph(corpus(np.repeat(["Alpha", "Beta"], 40), np.full(80, 500.0), rng.poisson(2, 80)), "f0")
    assert "may be luck; it does not show that they are equal" in said


def test_missing_numbers_are_not_printed(tables: Tables, corpus: Corpus) -> None:
    few = paragraph(tables, "f0", min_articles=50)
    assert "This was not tested (fewer than 50 articles: not tested" in few
    counts = np.concatenate([np.full(10, 3), np.zeros(10, dtype=int)])
    only = corpus(np.repeat(["Alpha", "Beta"], 10), np.full(20, 500.0), counts)
    assert ": at least " in paragraph(only, "f0")
    none = compare(only[0], only[1].head(0), permutations=19)
    said = reading(none.iloc[0].to_dict(), none.attrs["method"])
    assert said.endswith("There is nothing to compare.")
    for text in (few, paragraph(only, "f0"), said):
        assert "nan" not in text
        assert "inf" not in text


def test_strata_and_measure_are_named(tables: Tables) -> None:
    documents = tables[0].assign(topic="war")
    said = paragraph((documents, tables[1]), "f0", within="topic", measure="loaded", voice="all")
    assert "compared inside topic" in said
    assert "judged loaded" in said
    assert "in all its words" in said


def test_panel_adds_what_drives_the_difference(tables: Tables) -> None:
    table = compare(*tables, target="Alpha", category="f0", permutations=99)
    panel = robustness(*tables, target="Alpha", feature="f0", permutations=99, splits=5)
    said = reading(table.iloc[0].to_dict(), table.attrs["method"], panel)
    method = panel.attrs["method"]
    assert f"holds in {method['holds']} of {method['n_variants']} variants" in said


@pytest.mark.parametrize("word", ["bias", "propaganda", "wrong", "prove"])
def test_it_never_judges(tables: Tables, word: str) -> None:
    for feature in ("f0", "f1", "any"):
        assert word not in paragraph(tables, feature)
