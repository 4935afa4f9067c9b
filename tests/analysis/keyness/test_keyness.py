from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from framing.analysis.comparison import compare
from framing.analysis.correction import benjamini_hochberg
from framing.analysis.keyness.keyness import COLUMNS, keyness
from framing.errors import AnalysisError
from framing.tables import build

Documents = Callable[..., pd.DataFrame]
Tables = tuple[pd.DataFrame, pd.DataFrame]


@pytest.fixture
def news(documents: Documents) -> Callable[..., Tables]:
    """Articles of two outlets (A first) with 80 common words, "regime" at its own rates, and house style."""

    def make(
        seed: int = 0, articles: int = 60, rates: tuple[float, float] = (9.0, 2.0), **more: Any
    ) -> Tables:
        rng = np.random.default_rng(seed)
        ids = [f"d{i:03}" for i in range(articles)]
        outlets = ["A" if i < articles // 2 else "B" for i in range(articles)]
        own = rng.integers(300, 900, articles)
        common = [f"common{chr(97 + i // 10)}{chr(97 + i % 10)}" for i in range(80)]
        mean = np.geomspace(0.3, 6, 80)
        rows = []
        for doc_id, outlet, words in zip(ids, outlets, own.tolist(), strict=True):
            counts = dict(zip(common, rng.poisson(rng.gamma(0.8, mean) * words / 500), strict=True))
            counts["regime"] = rng.poisson(rng.gamma(2, rates[outlet == "B"] / 2) * words / 500)
            counts["mr"] = 5 if outlet == "A" else 0
            rows += [(doc_id, word, "own", int(n)) for word, n in counts.items() if n]
        table = documents(
            *(
                {"doc_id": i, "outlet": o, "own": w}
                for i, o, w in zip(ids, outlets, own.tolist(), strict=True)
            )
        )
        return table.assign(**more), build("words", rows)

    return make


def row(table: pd.DataFrame, feature: str) -> pd.Series:
    (found,) = [r for _, r in table[table["feature"] == feature].iterrows()]
    return found


def test_a_planted_difference_comes_first(news: Callable[..., Tables]) -> None:
    documents, words = news()
    table = keyness(documents, words, target="A")
    assert list(table.columns) == list(COLUMNS)
    first = table.iloc[0]
    assert (first["feature"], first["filter"], first["note"]) == ("regime", "", "")
    assert first["q"] < 0.05 < table.loc[1:, "q"].min()
    assert first["low"] > 0.5
    assert first["log_ratio"] == pytest.approx(np.log2(9 / 2), abs=0.8)
    assert first["log_odds_z"] > 5
    assert table.attrs["method"]["family_size"] == 81


def test_counts_and_rates_by_hand(news: Callable[..., Tables]) -> None:
    documents, words = news()
    found = row(keyness(documents, words, target="A", permutations=0), "regime")
    of = words[words["word"] == "regime"].merge(documents[["doc_id", "outlet"]], on="doc_id")
    for side, outlet in (("target", "A"), ("reference", "B")):
        mine = of[of["outlet"] == outlet]
        below = documents.loc[documents["outlet"] == outlet, "n_words_own"].sum()
        assert found[f"n_{side}"] == mine["n"].sum()
        assert found[f"articles_{side}"] == len(mine)
        assert found[f"rate_{side}"] == pytest.approx(1000 * mine["n"].sum() / below)
    assert found["log_ratio"] == pytest.approx(np.log2(found["rate_target"] / found["rate_reference"]))
    top = of.loc[of["outlet"] == "A", "n"].max() / found["n_target"]
    assert found["top_article_share"] == pytest.approx(top)


def test_house_style_is_listed_and_leaves_the_family(news: Callable[..., Tables]) -> None:
    documents, words = news()
    table = keyness(documents, words, target="A")
    last = table.iloc[-1]
    assert (last["feature"], last["filter"]) == ("mr", "honorific or title")
    assert last["p"] < 0.05
    assert np.isnan(last["q"])
    method = table.attrs["method"]
    assert method["filtered"] == {"honorific or title": 1}
    kept = keyness(documents, words, target="A", house_style="keep")
    assert row(kept, "mr")["q"] < 0.05
    assert kept.attrs["method"]["family_size"] == method["family_size"] + 1
    expected = benjamini_hochberg(kept["p"].to_numpy())
    assert kept["q"].to_numpy() == pytest.approx(expected)


def test_rows_are_found_then_tested_then_filtered(news: Callable[..., Tables]) -> None:
    documents, words = news(rates=(2.0, 9.0))
    table = keyness(documents, words, target="A", reference="B")
    block = np.select([table["filter"] != "", table["q"] < 0.05], [2, 0], 1)
    assert sorted(block) == block.tolist()
    for number in (0, 1, 2):
        z = table.loc[block == number, "log_odds_z"]
        assert z.is_monotonic_decreasing
    assert table.iloc[0]["feature"] == "regime"
    assert table.iloc[0]["log_odds_z"] < -5


def test_split_halves_differ_in_nothing(news: Callable[..., Tables]) -> None:
    found = []
    for seed in range(20):
        documents, words = news(seed, articles=50, rates=(4.0, 4.0))
        half = np.random.default_rng(seed).permutation(np.repeat(["x", "y"], 25))
        table = keyness(
            documents.assign(half=half), words, target="x", by="half", house_style="keep", seed=seed
        )
        found.append((int((table["q"] < 0.05).sum()), float((table["p"] < 0.05).mean())))
    discoveries, share = np.array(found).T
    assert (discoveries == 0).sum() >= 18
    assert 0.02 < share.mean() < 0.06


def test_sides_swapped_change_signs_only(news: Callable[..., Tables]) -> None:
    documents, words = news(3)
    there = keyness(documents, words, target="A", reference="B").set_index("feature").sort_index()
    back = keyness(documents, words, target="B", reference="A").set_index("feature").sort_index()
    assert there["log_odds_z"].to_numpy() == pytest.approx(-back["log_odds_z"].to_numpy())
    assert there["log_ratio"].to_numpy() == pytest.approx(-back["log_ratio"].to_numpy())
    assert there["low"].to_numpy() == pytest.approx(-back["high"].to_numpy())
    assert there["dp_target"].to_numpy() == pytest.approx(back["dp_reference"].to_numpy(), nan_ok=True)
    assert there["p"].to_numpy() == pytest.approx(back["p"].to_numpy())


def test_order_changes_nothing_and_a_seed_repeats(news: Callable[..., Tables]) -> None:
    documents, words = news(4)
    first = keyness(documents, words, target="A", seed=5)
    again = keyness(
        documents.sample(frac=1, random_state=1), words.sample(frac=1, random_state=2), target="A", seed=5
    )
    pd.testing.assert_frame_equal(first, again)
    assert first.attrs["method"] == again.attrs["method"]
    other = keyness(documents, words, target="A", seed=6)
    assert not np.array_equal(first["p"].to_numpy(), other["p"].to_numpy())


def test_method_can_be_written_down(news: Callable[..., Tables]) -> None:
    documents, words = news()
    method = keyness(documents, words, target="A").attrs["method"]
    assert json.loads(json.dumps(method)) == method
    assert (method["target"], method["reference"], method["seed"]) == ("A", "rest", 0)
    assert (method["n_articles_target"], method["n_articles_reference"]) == (30, 30)
    assert method["filter"]["level"] == "word"


def test_rare_words_are_counted_and_left_out(news: Callable[..., Tables]) -> None:
    documents, words = news()
    everything = keyness(documents, words, target="A", min_articles=2, permutations=0)
    some = keyness(documents, words, target="A", min_articles=30, permutations=0)
    left = everything.attrs["method"]["below_min_articles"] + len(everything) - len(some)
    assert some.attrs["method"]["below_min_articles"] == left > 0
    assert (some["articles_target"] + some["articles_reference"]).min() >= 30


def test_one_article_with_most_of_it_is_no_finding(news: Callable[..., Tables]) -> None:
    documents, words = news()
    more = pd.DataFrame(
        {"doc_id": ["d000", *(f"d{i:03}" for i in range(20, 30))], "word": "cathedral", "voice": "own",
         "n": [40] + [1] * 10}
    )  # fmt: skip
    table = keyness(documents, pd.concat([words.astype({"word": "str"}), more]), target="A")
    found = row(table, "cathedral")
    assert found["filter"] == "one article holds most of it"
    assert found["top_article_share"] == pytest.approx(0.8)
    assert np.isnan(found["q"])


def test_without_shuffles_it_is_welch(news: Callable[..., Tables]) -> None:
    documents, words = news()
    table = keyness(documents, words, target="A", permutations=0)
    assert table.attrs["method"]["statistic"].startswith("Welch")
    wide = words[words["word"] == "commonda"].set_index("doc_id")["n"]
    rate = wide.reindex(documents["doc_id"], fill_value=0).to_numpy() / documents["n_words_own"].to_numpy(
        float
    )
    first = (documents["outlet"] == "A").to_numpy()
    expected = stats.ttest_ind(rate[first], rate[~first], equal_var=False).pvalue
    assert row(table, "commonda")["p"] == pytest.approx(expected, rel=0.2)
    assert row(table, "commonda")["p"] >= expected * (1 - 1e-9)


def test_few_articles_without_a_word_are_no_finding(news: Callable[..., Tables]) -> None:
    # Six random articles against the others: most words are in none of the six, and prove nothing.
    documents, words = news(2, articles=150, rates=(4.0, 4.0))
    half = np.where(np.isin(np.arange(150), np.random.default_rng(1).choice(150, 6, replace=False)), "x", "y")
    for permutations in (0, 999):
        table = keyness(documents.assign(half=half), words, target="x", by="half", permutations=permutations)
        assert (table["p"] < 0.01).mean() < 0.05
        assert not (table["q"] < 0.05).any()


def test_within_strata_a_topic_is_no_difference(documents: Documents) -> None:
    rng = np.random.default_rng(8)
    topics = ["war"] * 45 + ["sport"] * 15 + ["war"] * 15 + ["sport"] * 45
    rows, words = [], []
    for i, topic in enumerate(topics):
        rows.append({"doc_id": f"d{i:03}", "outlet": "A" if i < 60 else "B", "own": 400})
        n = int(rng.poisson(6 if topic == "war" else 0.3))
        words += [(f"d{i:03}", word, "own", k) for word, k in (("shelling", n), ("game", 2)) if k]
    table = documents(*rows).assign(topic=topics)
    plain = row(keyness(table, build("words", words), target="A"), "shelling")
    within = keyness(table, build("words", words), target="A", within="topic")
    inside = row(within, "shelling")
    assert plain["q"] < 0.05 < inside["q"]
    assert abs(inside["log_ratio"]) < 0.4 < 1 < plain["log_ratio"]
    assert "strata" in within.attrs["method"]["statistic"]
    with pytest.raises(AnalysisError, match="Welch's t test knows no strata"):
        keyness(table, build("words", words), target="A", within="topic", permutations=0)


def test_groups_that_share_no_stratum_are_not_tested(news: Callable[..., Tables]) -> None:
    documents, words = news()
    table = keyness(documents.assign(topic=documents["outlet"]), words, target="A", within="topic")
    assert table["p"].isna().all()
    assert set(table["note"].str.split(";").str[0]) == {"nothing to test: no spread, or no shared stratum"}


def test_thin_sides_are_shown_and_not_tested(news: Callable[..., Tables]) -> None:
    documents, words = news()
    few = pd.concat([documents.iloc[:3], documents.iloc[30:]])
    table = keyness(few, words, target="A")
    assert len(table) > 50
    assert table["p"].isna().all()
    assert table["note"].str.startswith("fewer than 5 articles on a side: not tested").all()
    assert table.attrs["method"]["family_size"] == 0


def test_no_word_is_frequent_enough(news: Callable[..., Tables]) -> None:
    documents, words = news()
    for within in (None, "published"):
        table = keyness(documents, words, target="A", min_articles=61, within=within)
        assert list(table.columns) == list(COLUMNS)
        assert table.empty


def test_absent_words_have_finite_ratios_and_say_so(news: Callable[..., Tables]) -> None:
    documents, words = news()
    first = words["doc_id"].isin(documents.loc[documents["outlet"] == "A", "doc_id"])
    table = keyness(documents, words[~(first & (words["word"] == "regime"))], target="A")
    found = row(table, "regime")
    assert found["n_target"] == 0
    assert np.isfinite(found["log_ratio"])
    assert found["log_ratio"] < -3
    assert found["low"] == -np.inf
    assert found["note"] == "never on one side: its log ratio counts half an occurrence there"
    assert np.isnan(found["dp_target"])


def test_entries_agree_with_compare(corpus: Callable[..., Tables]) -> None:
    rng = np.random.default_rng(2)
    counts = rng.poisson(rng.gamma(1, 1, (60, 12)))
    counts[:25, 3] += 3
    documents, table = corpus(["a"] * 25 + ["b"] * 35, rng.integers(300, 800, 60).tolist(), counts)
    found = keyness(documents, table, target="a", level="entry").set_index("feature")
    expected = compare(documents, table, target="a", level="entry").set_index("feature")
    assert found.index[0] == "entry-3"
    for mine, its in (("n_target", "n_mentions"), ("rate_target", "rate"), ("rate_reference", "rate_versus")):
        assert found[mine].to_dict() == pytest.approx(expected.loc[found.index, its].to_dict())
    # Equal lengths on both sides: the permutation decides, and both draw the same shuffles.
    same = found["p"].to_numpy() >= expected.loc[found.index, "p"].to_numpy() - 1e-12
    assert same.all()
    assert found.loc["entry-3", "q"] < 0.05
    assert set(found["filter"]) == {""}
    some = keyness(documents, table, target="a", level="entry", category="f3")
    assert some["feature"].tolist() == ["entry-3"]


def test_a_third_outlet_gives_the_prior_and_nothing_else(news: Callable[..., Tables]) -> None:
    documents, words = news()
    third = documents.copy()
    third["outlet"] = np.where(np.arange(60) % 3 == 2, "C", documents["outlet"])
    table = keyness(third, words, target="A", reference="B")
    assert table.attrs["method"]["n_articles"] == 40
    alone = keyness(third[third["outlet"] != "C"], words, target="A", reference="B")
    pd.testing.assert_frame_equal(
        table.drop(columns="log_odds_z").sort_values("feature", ignore_index=True),
        alone.drop(columns="log_odds_z").sort_values("feature", ignore_index=True),
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"target": "Z"}, "unknown target"),
        ({"target": "A", "reference": "Z"}, "unknown reference"),
        ({"target": "A", "reference": "A"}, "keyness needs two sides"),
        ({"target": "A", "level": "category"}, "unknown level"),
        ({"target": "A", "voice": "scare"}, "unknown voice"),
        ({"target": "A", "house_style": "drop"}, "unknown house_style"),
        ({"target": "A", "min_articles": 1}, "min_articles is too small"),
        ({"target": "A", "permutations": 5}, "permutations is too small"),
        ({"target": "A", "confidence": 95}, "confidence must be a share"),
        ({"target": "A", "category": "delegitimation"}, "single words are in no lexicon"),
        ({"target": "A", "measure": "loaded"}, "single words are in no lexicon"),
        ({"target": "A", "prior_words": 0}, "prior must know every feature"),
        ({"target": "A", "by": "nowhere"}, "cannot be grouped by this column"),
    ],
)
def test_what_cannot_be_asked(news: Callable[..., Tables], options: dict[str, Any], message: str) -> None:
    documents, words = news()
    with pytest.raises(AnalysisError, match=message):
        keyness(documents, words, **options)


def test_one_group_is_no_comparison(news: Callable[..., Tables]) -> None:
    documents, words = news()
    with pytest.raises(AnalysisError, match="no articles but those of 'A'"):
        keyness(documents.iloc[:30], words, target="A")
