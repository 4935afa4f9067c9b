"""Captions say unit, method and number of tests, and pass no verdict."""

from __future__ import annotations

import pandas as pd

from framing.dashboard.captions import comparison_caption, heatmap_caption

METHOD = {
    "confidence": 0.95,
    "n_articles": 1234,
    "permutations": 4999,
    "family_size": 30,
    "filter": {"left_out": {"not scored": 0, "copies": 7}, "entries": None, "counted_twice_at_most": 0},
}


def table(n_articles: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"group": [f"g{i}" for i in range(len(n_articles))], "n_articles": n_articles})


def test_a_comparison_is_described_by_its_method() -> None:
    text = comparison_caption(METHOD, "quoted words")
    for part in (
        "1,234 articles",
        "per 1,000 quoted words",
        "95 %",
        "4,999 permutations",
        "all 30 tests",
        "7 copies",
    ):
        assert part in text
    assert "not scored" not in text
    assert "bias" not in text.lower()


def test_entries_have_a_family_of_their_own_and_may_count_twice() -> None:
    method = {**METHOD, "filter": {"entries": ["terror*"], "counted_twice_at_most": 3}}
    text = comparison_caption(method, "words")
    assert "30 tests of outlets on these entries" in text
    assert "at most 3 mentions count twice" in text


def test_rates_alone_speak_of_no_test() -> None:
    method = {"confidence": 0.9, "n_articles": 6, "filter": {}}
    text = comparison_caption(method, "words")
    assert "90 %" in text
    assert "p:" not in text
    assert "q:" not in text


def test_the_heatmap_says_what_is_left_out_and_marked() -> None:
    assert "*" not in heatmap_caption(table([9, 9]), "words", least=5, shown=2)
    text = heatmap_caption(table([9, 2, 9]), "words", least=5, shown=2)
    assert text.startswith("2 of 3 outlets")
    assert "* fewer than 5 articles" in text
