from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made_up_naming import choices, naming_tables

from framing.analysis.comparison import compare
from framing.analysis.naming.naming import COLUMNS, naming
from framing.analysis.naming.shares import share_interval
from framing.errors import AnalysisError

Tables = tuple[pd.DataFrame, pd.DataFrame]


def drawn(
    rng: np.random.Generator, groups: list[str], shares: dict[str, float], volume: dict[str, float]
) -> np.ndarray:
    """References by two names: who prefers which, and who writes how much about the referent."""
    references = np.array([1 + rng.poisson(volume[group]) for group in groups])
    named = choices(rng, np.array([shares[group] for group in groups]), references, 0.3)
    return np.column_stack([references - named, named, np.zeros(len(groups), dtype=int)])


@pytest.fixture(scope="module")
def tables() -> Tables:
    groups = ["A"] * 30 + ["B"] * 25 + ["C"] * 20 + ["D"] * 2
    rng = np.random.default_rng(1)
    shares = {"A": 0.8, "B": 0.3, "C": 0.3, "D": 0.5}
    return naming_tables(groups, drawn(rng, groups, shares, dict.fromkeys("ABCD", 1.5)))


def test_finds_who_prefers_which_name(tables: Tables) -> None:
    table = naming(*tables)
    assert tuple(table.columns) == COLUMNS
    found = table.set_index(["group", "name"])
    assert found.loc[("A", "regime"), "q"] < 0.01
    assert found.loc[("A", "regime"), "difference_low"] > 0.2
    assert found.loc[("B", "regime"), "difference_high"] < 0
    assert (table["referent"] == "syria").all()
    assert set(table["versus"]) == {"rest"}
    assert table["group"].tolist() == ["A", "A", "B", "B", "C", "C", "D", "D"]


def test_shares_and_numbers_by_hand(tables: Tables) -> None:
    documents, counts = tables
    outlet = counts["doc_id"].map(documents.set_index("doc_id")["outlet"])
    row = naming(documents, counts).set_index(["group", "name"]).loc[("B", "regime")]
    own, other = counts[outlet == "B"], counts[outlet != "B"]
    regime, versus = own[own["entry_id"] == "regime"], other[other["entry_id"] == "regime"]
    assert row["n_articles"] == own["doc_id"].nunique()
    assert row["n_articles_versus"] == other["doc_id"].nunique()
    assert [row["n_name"], row["n_references"]] == [regime["n"].sum(), own["n"].sum()]
    assert [row["n_name_versus"], row["n_references_versus"]] == [versus["n"].sum(), other["n"].sum()]
    assert row["share"] == regime["n"].sum() / own["n"].sum()
    assert row["difference"] == pytest.approx(row["share"] - row["share_versus"])
    assert row["top_article_share"] == regime["n"].max() / regime["n"].sum()
    assert row["category"] == "hostile"
    by_article = own.pivot_table(index="doc_id", columns="entry_id", values="n", fill_value=0, aggfunc="sum")
    alone = share_interval(by_article["regime"], by_article.sum(axis=1))
    assert row["dispersion"] == pytest.approx(alone.dispersion)
    assert row["low"] == pytest.approx(alone.low, abs=0.03)  # the likeness is that of all groups


def test_shares_of_a_group_sum_to_1(tables: Tables) -> None:
    table = naming(*tables)
    assert np.allclose(table.groupby("group")["share"].sum(), 1)
    assert np.allclose(table.groupby("group")["difference"].sum(), 0)
    assert (table["low"] <= table["share"]).all()
    assert (table["share"] <= table["high"]).all()


def test_is_not_fooled_by_how_often_an_outlet_covers_a_topic() -> None:
    """B writes six times as much about the country, and names its government as A does."""
    groups = ["A"] * 40 + ["B"] * 40
    rng = np.random.default_rng(3)
    counts = drawn(rng, groups, {"A": 0.4, "B": 0.4}, {"A": 0.3, "B": 7.0})
    documents, table = naming_tables(groups, counts)
    rates = compare(documents, table, category="hostile", target="B")
    assert rates["q"].iloc[0] < 0.01
    assert rates["ratio"].iloc[0] > 4
    shares = naming(documents, table, target="B").set_index("name")
    assert shares.loc["regime", "p"] > 0.1
    assert shares.loc["regime", "difference_low"] < 0 < shares.loc["regime", "difference_high"]


def test_a_reference_compares_two_groups_only(tables: Tables) -> None:
    documents, counts = tables
    pair = naming(documents, counts, target="A", reference="B")
    assert set(pair["versus"]) == {"B"}
    alone = naming(documents[documents["outlet"].isin(["A", "B"])], counts, target="A")
    for column in ("share", "share_versus", "difference", "n_articles_versus", "p"):
        assert pair[column].tolist() == alone[column].tolist()
    against = naming(documents, counts, reference="B")
    assert sorted(set(against["group"])) == ["A", "C", "D"]
    assert against[against["group"] == "A"]["p"].tolist() == pair["p"].tolist()
    assert pair.attrs["method"]["family_size"] == 2


def test_p_of_a_group_does_not_depend_on_what_else_is_asked(tables: Tables) -> None:
    everyone = naming(*tables).set_index(["group", "name"])["p"]
    alone = naming(*tables, target="A").set_index(["group", "name"])["p"]
    assert alone.to_dict() == everyone[["A"]].to_dict()


def test_order_of_rows_does_not_matter(tables: Tables) -> None:
    documents, counts = tables
    mixed = naming(documents.sample(frac=1, random_state=1), counts.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(mixed, naming(documents, counts))


def test_names_can_be_summed() -> None:
    groups = ["A"] * 12 + ["B"] * 12
    counts = np.random.default_rng(2).poisson(1, (24, 3)) + np.array([1, 0, 0])
    tables = naming_tables(groups, counts)
    table = naming(*tables, names="loaded", target="A").set_index("name")
    assert sorted(table.index) == ["loaded", "neutral"]
    assert table.loc["loaded", "n_name"] == counts[:12, 1:].sum()
    assert table.loc["loaded", "p"] == table.loc["neutral", "p"]
    assert (
        naming(*tables, names="category", target="A")["name"].tolist()
        == table.reset_index()["name"].map({"loaded": "hostile", "neutral": "neutral"}).tolist()
    )


def test_other_voices_have_their_own_references() -> None:
    own = naming_tables(["A"] * 6 + ["B"] * 6, [[2, 0, 0]] * 6 + [[0, 2, 0]] * 6)
    quoted = naming_tables(["A"] * 6 + ["B"] * 6, [[0, 3, 0]] * 12, voice="direct")
    counts = pd.concat([own[1], quoted[1]], ignore_index=True)
    table = naming(own[0], counts, target="A").set_index("name")
    assert table["n_name"].to_dict() == {"government": 12, "regime": 0}
    assert table.loc["regime", "p"] < 0.05
    quotes = naming(own[0], counts, referent="syria", voice="direct", target="A").set_index("name")
    assert quotes["n_name"].to_dict() == {"regime": 18}
    assert quotes["note"].tolist() == ["one name only: nothing to choose"]
    assert quotes["p"].isna().all()
    assert naming(own[0], counts, voice="all", target="A")["n_references"].tolist() == [30, 30]


def test_within_compares_inside_strata() -> None:
    """What is written about decides the name: in January most say regime, and A writes in January."""
    rng = np.random.default_rng(5)
    months = [1] * 60 + [7] * 60
    groups = list(np.where(rng.random(120) < np.where(np.array(months) == 1, 0.85, 0.15), "A", "B"))
    references = 1 + rng.poisson(1.5, 120)
    named = choices(rng, np.where(np.array(months) == 1, 0.85, 0.2), references, 0.2)
    tables = naming_tables(
        groups, np.column_stack([references - named, named, np.zeros(120, dtype=int)]), months=months
    )
    crude = naming(*tables, target="A").set_index("name").loc["regime"]
    inside = naming(*tables, target="A", within="month").set_index("name").loc["regime"]
    assert crude["difference"] > 0.3
    assert crude["q"] < 0.01
    assert abs(inside["difference"]) < 0.15
    assert inside["p"] > 0.05
    assert inside["difference_low"] < 0 < inside["difference_high"]
    assert inside["share"] == crude["share"]


def test_thin_data_are_rows_with_notes(tables: Tables) -> None:
    documents, counts = tables
    few = naming(documents, counts).set_index("group").loc["D"]
    assert few["p"].isna().all()
    assert set(few["note"]) == {"fewer than 5 articles refer to it: not tested"}
    assert few["share"].notna().all()
    pair = naming(documents, counts, target="A", reference="D")
    assert set(pair["note"]) == {"fewer than 5 articles on the other side: not tested"}
    assert pair["p"].isna().all()


def test_groups_without_references_are_shown_if_asked_for() -> None:
    tables = naming_tables(
        ["A"] * 6 + ["B"] * 6 + ["C"] * 6, [[1, 1, 0]] * 6 + [[1, 0, 0]] * 6 + [[0, 0, 0]] * 6
    )
    assert sorted(set(naming(*tables)["group"])) == ["A", "B"]
    for options in ({"referent": "syria"}, {"target": "C"}):
        row = naming(*tables, **options).set_index("group").loc["C"].iloc[0]
        assert row["note"] == "does not refer to it"
        assert row["n_references"] == 0
        assert np.isnan([row["share"], row["low"], row["high"], row["difference"], row["p"]]).all()


def test_one_group_alone_has_shares_and_no_test() -> None:
    table = naming(*naming_tables(["A"] * 8, [[2, 1, 0]] * 8))
    assert table["share"].round(3).tolist() == [0.667, 0.333]
    assert table[["p", "q", "difference", "share_versus"]].isna().all(axis=None)
    assert set(table["note"]) == {"fewer than 5 articles on the other side: not tested"}


def test_one_article_says_so() -> None:
    table = naming(*naming_tables(["A"] * 8 + ["B"], [[2, 1, 0]] * 9), referent="syria", target="B")
    assert "one article: limits rest on the spread in other groups" in table["note"].iloc[0]
    assert table["dispersion"].isna().all()


def test_sides_without_a_common_stratum_are_not_tested() -> None:
    tables = naming_tables(["A"] * 6 + ["B"] * 6, [[2, 1, 0]] * 12, months=[1] * 6 + [2] * 6)
    table = naming(*tables, within="month")
    assert set(table["note"]) == {"no stratum with both sides: not tested"}
    assert table[["p", "difference"]].isna().all(axis=None)


def test_counts_without_neutral_names_say_so() -> None:
    tables = naming_tables(["A"] * 6 + ["B"] * 6, [[0, 2, 1]] * 12)
    assert set(naming(*tables)["note"]) == {"no neutral name counted: shares of the loaded names"}


def test_nothing_to_compare_is_an_empty_table() -> None:
    for referent in (None, "syria"):
        table = naming(
            *naming_tables(["A"] * 6 + ["B"] * 6, [[2, 1, 0]] * 12), voice="scare", referent=referent
        )
        assert tuple(table.columns) == COLUMNS
        assert len(table) == 0
        assert table.attrs["method"]["family_size"] == 0


def test_smallest_p_says_that_more_permutations_are_needed() -> None:
    rng = np.random.default_rng(6)
    groups = [f"{i}" for i in range(40) for _ in range(6)]
    counts = rng.multinomial(3, [0.5, 0.3, 0.2], len(groups))
    counts[:6] = [0, 0, 3]
    table = naming(*naming_tables(groups, counts), permutations=99).set_index(["group", "name"])
    row = table.loc[("0", "rulers")]
    assert row["p"] == 0.01
    assert row["q"] > 0.05
    assert row["note"] == "p is the smallest that 99 permutations can give: use more to settle q"


def test_method_can_be_written_down(tables: Tables, tmp_path: Path) -> None:
    method = naming(*tables, seed=5, confidence=0.9, voice="own").attrs["method"]
    (tmp_path / "method.json").write_text(json.dumps(method), encoding="utf-8")
    assert method["seed"] == 5
    assert method["confidence"] == 0.9
    assert method["n_articles"] == 77
    assert method["family_size"] == 6
    assert method["filter"]["voice"] == "own"
    assert method["names"] == "entry"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"referent": "syira"}, "did you mean syria"),
        ({"target": "Z"}, "unknown target"),
        ({"target": "A", "reference": "A"}, "two groups"),
        ({"names": "stance"}, "unknown names"),
        ({"min_articles": 1}, "min_articles"),
        ({"permutations": 5}, "permutations"),
        ({"confidence": 95}, "confidence"),
        ({"voice": "mine"}, "unknown voice"),
        ({"category": "hostile"}, "shares of all references"),
    ],
)
def test_wrong_options_are_refused(tables: Tables, options: dict[str, object], message: str) -> None:
    with pytest.raises(AnalysisError, match=message):
        naming(*tables, **options)
