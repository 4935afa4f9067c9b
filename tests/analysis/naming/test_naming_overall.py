from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from made_up_naming import naming_tables

from framing.analysis.naming.naming import naming
from framing.analysis.naming.naming_overall import COLUMNS, naming_test
from framing.errors import AnalysisError

Tables = tuple[pd.DataFrame, pd.DataFrame]


@pytest.fixture(scope="module")
def tables() -> Tables:
    """A prefers the second name, B and C choose alike."""
    rng = np.random.default_rng(1)
    counts = [
        rng.multinomial(1 + rng.poisson(2), rng.dirichlet(np.array(share) * 4))
        for share in [(0.2, 0.6, 0.2)] * 30 + [(0.6, 0.2, 0.2)] * 60
    ]
    return naming_tables(["A"] * 30 + ["B"] * 30 + ["C"] * 28 + ["D"] * 2, counts)


def test_one_row_a_group_with_distance_and_test(tables: Tables) -> None:
    table = naming_test(*tables).set_index("group")
    assert tuple(table.reset_index()[list(COLUMNS)].columns) == COLUMNS
    assert table.loc["A", "q"] < 0.01
    assert [table.loc["A", "more"], table.loc["A", "less"]] == ["regime", "government"]
    assert table.loc["A", "distance"] > 2 * table.loc["A", "distance_by_chance"]
    assert np.isnan(table.loc["D", "p"])
    assert table.loc["D", "note"] == "fewer than 5 articles refer to it: not tested"


def test_distance_is_half_the_differences_of_the_names(tables: Tables) -> None:
    names = naming(*tables)
    expected = names["difference"].abs().groupby(names["group"]).sum() / 2
    table = naming_test(*tables).set_index("group")
    assert table["distance"].to_dict() == pytest.approx(expected.to_dict())
    assert table["n_names"].tolist() == [3, 3, 3, 3]


def test_with_two_names_it_is_the_test_of_either(tables: Tables) -> None:
    table = naming_test(*tables, names="loaded", target="A")
    assert table["p"].tolist() == naming(*tables, names="loaded", target="A")["p"].unique().tolist()


def test_pairs_and_strata(tables: Tables) -> None:
    documents, counts = tables
    pair = naming_test(documents, counts, target="A", reference="B")
    alone = naming_test(documents[documents["outlet"].isin(["A", "B"])], counts, target="A")
    assert pair["p"].tolist() == alone["p"].tolist()
    topics = documents.assign(topic=["x", "y"] * 45)
    inside = naming_test(topics, counts, target="A", within="topic")
    assert inside["p"].iloc[0] < 0.01
    assert inside.attrs["method"]["statistic"].endswith("inside strata")
    apart = naming_test(documents.assign(topic=documents["outlet"]), counts, target="A", within="topic")
    assert apart["note"].tolist() == ["no stratum with both sides: not tested"]
    assert apart[["p", "distance"]].isna().all(axis=None)
    assert apart[["more", "less"]].to_numpy().tolist() == [["", ""]]


def test_one_name_is_not_tested() -> None:
    table = naming_test(*naming_tables(["A"] * 6 + ["B"] * 6, [[1, 0, 0]] * 12), referent="syria")
    assert table["p"].isna().all()
    assert table["n_names"].tolist() == [1, 1]
    assert set(table["note"]) == {"one name only: nothing to choose"}


def test_groups_that_do_not_refer_to_it(tables: Tables) -> None:
    documents, counts = tables
    documents = documents.assign(outlet=documents["outlet"].where(documents["doc_id"] != "d00089", "E"))
    counts = counts[counts["doc_id"] != "d00089"]
    assert "E" not in naming_test(documents, counts)["group"].tolist()
    row = naming_test(documents, counts, target="E").iloc[0]
    assert row["note"] == "does not refer to it"
    assert np.isnan(row["distance"])


def test_method_names_the_family(tables: Tables) -> None:
    method = naming_test(*tables, seed=3).attrs["method"]
    assert method["family_size"] == 3
    assert method["seed"] == 3
    assert "confidence" not in method


def test_wrong_options_are_refused(tables: Tables) -> None:
    with pytest.raises(AnalysisError, match="did you mean syria"):
        naming_test(*tables, referent="syra")
