"""Suggestions, checked against the formulas and against an independent test."""

from __future__ import annotations

import math
import random

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_ind

from framing.errors import AnalysisError
from framing.lexicon import load_lexicon
from framing.pipeline import Result, analyze
from framing.workbench.suggest import PRIOR_WORDS, article_p, collocations, keywords, log_odds
from framing.workbench.words import count_words

LEXICONS = [load_lexicon("conflict-en"), load_lexicon("cues-en")]


def corpus(n: int = 40, *, planted: str = "ghastly", seed: int = 0) -> pd.DataFrame:
    """Two outlets that write the same words, but for one that only A is fond of."""
    chance = random.Random(seed)
    filler = ["harvest", "council", "bridge", "market", "winter", "school", "lantern", "garden"]
    rows = []
    for i in range(n):
        outlet = "AB"[i % 2]
        words = chance.choices(filler, k=60)
        if outlet == "A":
            words += [planted] * chance.randint(1, 3)
        chance.shuffle(words)
        text = " ".join(words) + ". The murderous regime spoke. A regime fell in Damascus."
        rows.append((f"d{i}", outlet, text))
    return pd.DataFrame(rows, columns=["doc_id", "outlet", "text"])


@pytest.fixture(scope="module")
def result() -> Result:
    return analyze(corpus(), lexicons=LEXICONS)


def test_the_planted_word_is_found_and_nothing_else(result: Result) -> None:
    table = keywords(result, LEXICONS)
    assert table[["term", "outlet"]].to_numpy().tolist() == [["ghastly", "A"]]
    assert "ghastly" in table.loc[0, "example"]


def test_covered_words_and_names_are_no_candidates() -> None:
    for word in ("regime", "Damascus"):
        again = analyze(corpus(planted=word), lexicons=LEXICONS)
        assert keywords(again, LEXICONS).empty


def test_a_random_split_gives_next_to_nothing() -> None:
    """What the article-level test is for: no difference between halves of one outlet."""
    table = corpus(n=60, planted="harvest")
    found = 0
    for seed in range(5):
        halves = np.random.default_rng(seed).permutation(["A", "B"] * 30)
        found += len(keywords(analyze(table.assign(outlet=halves), lexicons=LEXICONS), LEXICONS))
    assert found <= 1


def test_log_odds_are_those_of_the_paper() -> None:
    words = count_words(["awful awful garden", "garden garden bridge", "garden awful bridge"], min_articles=1)
    inside = np.array([True, False, False])
    z = dict(zip(words.vocabulary, log_odds(words, inside), strict=True))
    prior = PRIOR_WORDS * (3 + 0.5) / 9  # "awful": 2 inside, 1 outside, of 3 and 6 words
    odds = math.log((2 + prior) / (3 + PRIOR_WORDS - 2 - prior)) - math.log(
        (1 + prior) / (6 + PRIOR_WORDS - 1 - prior)
    )
    assert z["awful"] == pytest.approx(odds / math.sqrt(1 / (2 + prior) + 1 / (1 + prior)))
    assert z["awful"] > 0 > z["bridge"]


def test_p_is_that_of_welch_over_articles() -> None:
    chance = random.Random(3)
    texts = [" ".join(chance.choices(["awful", "garden", "bridge", "winter"], k=30)) for _ in range(30)]
    words = count_words(texts, min_articles=2)
    inside = np.arange(30) < 12
    p = dict(zip(words.vocabulary, article_p(words, inside), strict=True))
    rate = np.array([text.split().count("awful") / 30 for text in texts])
    assert p["awful"] == pytest.approx(ttest_ind(rate[inside], rate[~inside], equal_var=False).pvalue)


def test_neighbours_of_known_entries_are_suggested() -> None:
    text = "{} The ghastly regime spoke. In spring the garden was open, and the bridge stood."
    rows = [(f"d{i}", "A", text.format(f"Day {i}.")) for i in range(6)]
    result = analyze(pd.DataFrame(rows, columns=["doc_id", "outlet", "text"]), lexicons=LEXICONS)
    table = collocations(result, LEXICONS)
    assert table.empty  # "ghastly" stands in every article: house style, not a candidate
    rows += [(f"e{i}", "A", f"Quiet day {i} in the garden with nothing at all.") for i in range(12)]
    result = analyze(pd.DataFrame(rows, columns=["doc_id", "outlet", "text"]), lexicons=LEXICONS)
    table = collocations(result, LEXICONS)
    assert table.loc[0, ["term", "entry_id", "n", "n_articles"]].tolist() == [
        "ghastly regime",
        "regime",
        6,
        6,
    ]
    assert table.loc[0, "pmi"] > 0


def test_what_an_entry_covers_is_not_suggested() -> None:
    rows = [(f"d{i}", "A", f"Day {i}. The murderous regime spoke.") for i in range(6)]
    rows += [(f"e{i}", "A", f"Quiet day {i} in the garden.") for i in range(12)]
    result = analyze(pd.DataFrame(rows, columns=["doc_id", "outlet", "text"]), lexicons=LEXICONS)
    assert "murderous regime" not in set(collocations(result, LEXICONS)["term"])


def test_one_outlet_is_not_enough(result: Result) -> None:
    alone = analyze(corpus().assign(outlet="A"), lexicons=LEXICONS)
    with pytest.raises(AnalysisError, match="two outlets with at least five articles"):
        keywords(alone, LEXICONS)


def test_texts_are_needed(result: Result) -> None:
    bare = Result(result.documents, result.mentions, result.counts, result.removals, result.texts.iloc[:0])
    with pytest.raises(AnalysisError, match="suggestions need the texts"):
        keywords(bare, LEXICONS)
