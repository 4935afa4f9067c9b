from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from made_up_naming import naming_tables

from framing.analysis.naming.references import chosen_referents, read_references, references_to
from framing.analysis.units import Choice
from framing.errors import AnalysisError
from framing.tables import build

ROWS = [
    ("a", "regime", "hostile", "syria", "own", "", 2, 0),
    ("a", "government", "neutral", "syria", "own", "", 1, 3),
    ("a", "government", "neutral", "syria", "direct", "", 4, 0),
    ("a", "assad", "neutral", "assad", "own", "", 0, 2),
    ("b", "rulers", "hostile", "syria", "own", "", 1, 0),
    ("b", "legitimate", "favourable", "syria", "own", "", 1, 0),
    ("b", "takfiri", "sectarian", "", "own", "", 9, 0),
    ("c", "regime", "hostile", "syria", "scare", "", 1, 0),
]


@pytest.fixture
def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    documents = build("documents", [
        (i, outlet, "2017-04-04", "", 700, 500, 100, 100, 0, 0, 0, "", "ok", "")
        for i, outlet in (("a", "X"), ("b", "Y"), ("c", "Y"))
    ])  # fmt: skip
    return documents, build("counts", ROWS)


def test_a_name_counts_once_at_the_longest_mention(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    found = references_to("syria", read_references(*tables))
    assert found.matrix.features == ("regime", "government", "legitimate", "rulers")
    assert found.matrix.counts.tolist() == [[2, 1, 0, 0], [0, 0, 1, 1]]
    assert found.matrix.words.tolist() == [3, 2]
    assert found.matrix.doc_ids.tolist() == ["a", "b"]
    assert found.matrix.groups.tolist() == ["X", "Y"]
    assert found.categories == ("hostile", "neutral", "favourable", "hostile")


def test_entries_without_a_referent_are_no_references(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    corpus = read_references(*tables)
    assert corpus.referents == ("syria",)  # assad stands inside longer names only
    assert corpus.articles.counts[:, 0].tolist() == [3, 2, 0]


@pytest.mark.parametrize(
    ("voice", "expected"), [("direct", [4]), ("all", [7, 2, 1]), ("scare", [1]), ("attributed", [4])]
)
def test_references_in_other_voices(
    tables: tuple[pd.DataFrame, pd.DataFrame], voice: str, expected: list[int]
) -> None:
    found = references_to("syria", read_references(*tables, choice={"voice": voice}))
    assert found.matrix.words.tolist() == expected


def test_a_voice_without_references_has_no_articles(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    found = references_to("syria", read_references(*tables, choice={"voice": "indirect"}))
    assert len(found.matrix) == 0
    assert found.matrix.features == ()


def test_names_can_be_summed(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    by_category = references_to("syria", read_references(*tables, names="category"))
    assert by_category.matrix.features == ("hostile", "favourable", "neutral")
    assert by_category.matrix.counts.tolist() == [[2, 0, 1], [1, 1, 0]]
    loaded = references_to("syria", read_references(*tables, names="loaded"))
    assert loaded.matrix.features == ("loaded", "neutral")
    assert loaded.matrix.counts.tolist() == [[2, 1], [2, 0]]
    assert loaded.categories == ("favourable|hostile", "neutral")
    assert (loaded.matrix.words == by_category.matrix.words).all()


def test_a_category_may_have_any_name() -> None:
    documents, counts = naming_tables(["a", "b"], [[1, 0, 0], [0, 1, 0]])
    counts["category"] = "any"
    assert references_to("syria", read_references(documents, counts, names="category")).matrix.features == (
        "any",
    )


def test_neutral_names_may_stand_in_another_voice(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    documents, counts = tables
    assert references_to("syria", read_references(documents, counts, choice={"voice": "scare"})).neutral
    loaded = counts[counts["category"] != "neutral"]
    assert not references_to("syria", read_references(documents, loaded)).neutral


def test_referents_with_enough_articles_and_a_choice_of_names_are_chosen() -> None:
    parts = [
        naming_tables(["a"] * 6 + ["b"] * 2, [[1, 1, 0]] * 8, referent="syria"),
        naming_tables(["a"] * 6 + ["b"] * 2, [[1, 0, 0]] * 8, referent="iran"),
        naming_tables(["a"] * 6 + ["b"] * 2, [[1, 1, 0]] * 4 + [[0, 0, 0]] * 4, referent="egypt"),
    ]
    corpus = read_references(parts[0][0], pd.concat([part[1] for part in parts]))
    assert corpus.referents == ("egypt", "iran", "syria")

    def names(referent: object, least: int) -> list[str]:
        return [found.referent for found in chosen_referents(referent, corpus, min_articles=least)]  # type: ignore[arg-type]  # lists and strings

    assert names(None, 5) == ["syria"]
    assert names(None, 2) == ["egypt", "syria"]
    assert names(["iran", "egypt", "iran"], 99) == ["iran", "egypt"]
    assert names("iran", 99) == ["iran"]


def test_strata_and_copies_are_those_of_the_article_matrix() -> None:
    documents, counts = naming_tables(["a", "a", "b"], [[1, 0, 0]] * 3, months=[1, 2, 2])
    documents["duplicate_of"] = ["", "d00000", ""]
    found = references_to("syria", read_references(documents, counts, choice={"within": "month"}))
    assert found.matrix.doc_ids.tolist() == ["d00000", "d00002"]
    assert found.matrix.strata is not None
    assert found.matrix.strata.tolist() == ["2017-01", "2017-02"]
    assert np.all(found.matrix.words == 1)


def test_only_answers_that_count_are_read() -> None:
    documents, counts = naming_tables(["a", "b"], [[1, 2, 0], [0, 1, 0]])
    counts["loaded"] = ["no", "yes", "unsure"]
    found = references_to("syria", read_references(documents, counts, choice={"measure": "loaded"}))
    assert found.matrix.counts.tolist() == [[2]]


@pytest.mark.parametrize(
    "choice", [{"level": "entry"}, {"entries": "regime*"}, {"category": "hostile"}], ids=str
)
def test_choices_that_leave_out_names_are_refused(choice: Choice) -> None:
    with pytest.raises(AnalysisError, match="shares of all references") as caught:
        read_references(*naming_tables(["a", "b"], [[1, 1, 0]] * 2), choice=choice)
    assert next(iter(choice)) in str(caught.value)


def test_choices_that_change_nothing_are_taken() -> None:
    tables = naming_tables(["a", "b"], [[1, 1, 0]] * 2)
    choice: Choice = {"level": "category", "entries": None, "category": None, "allow_unmatched": False}
    assert len(references_to("syria", read_references(*tables, choice=choice)).matrix) == 2


def test_wrong_options_are_refused() -> None:
    documents, counts = naming_tables(["a", "b"], [[1, 1, 0]] * 2)
    with pytest.raises(AnalysisError, match="unknown names"):
        read_references(documents, counts, names="stance")
    with pytest.raises(AnalysisError, match="did you mean syria"):
        references_to("syriah", read_references(documents, counts))
    with pytest.raises(AnalysisError, match="unknown referent"):
        list(chosen_referents([], read_references(documents, counts), min_articles=5))
    with pytest.raises(AnalysisError, match="no entry names a referent"):
        read_references(documents, counts.assign(referent=""))
