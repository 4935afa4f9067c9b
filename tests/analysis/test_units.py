from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from framing.analysis.units import ArticleMatrix, article_matrix, rows_of
from framing.errors import AnalysisError, TableError
from framing.tables import VOICES

Make = Callable[..., pd.DataFrame]


@pytest.fixture
def small(documents: Make, mentions: Make) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = documents(
        {"doc_id": "b", "outlet": "Beta", "own": 300, "n_words_quoted": 100, "n_words_reported": 50},
        {"doc_id": "a", "outlet": "Alpha", "own": 400, "n_words_quoted": 80, "n_words_reported": 20},
        {"doc_id": "c", "outlet": "Beta", "own": 200},
    )
    counts = mentions(
        ("a", "regime", "delegitimisation", "own", 2, 1),
        ("a", "assad-regime", "delegitimisation", "own", 1, 0),
        ("a", "takfiri", "sectarian", "direct", 3, 0),
        ("b", "takfiri", "sectarian", "indirect", 1, 0),
        ("b", "regime", "delegitimisation", "scare", 4, 0),
        ("b", "takfiri", "sectarian", "unknown", 7, 0),
    )
    return table, counts


def as_dict(matrix: ArticleMatrix) -> dict[str, dict[str, int]]:
    return {
        str(d): dict(zip(matrix.features, row.tolist(), strict=True))
        for d, row in zip(matrix.doc_ids, matrix.counts, strict=True)
    }


def test_counts_by_hand(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    matrix = article_matrix(*small)
    assert matrix.doc_ids.tolist() == ["a", "b", "c"]
    assert matrix.groups.tolist() == ["Alpha", "Beta", "Beta"]
    assert as_dict(matrix) == {
        "a": {"delegitimisation": 3, "sectarian": 0, "any": 3},
        "b": {"delegitimisation": 0, "sectarian": 0, "any": 0},
        "c": {"delegitimisation": 0, "sectarian": 0, "any": 0},
    }
    assert matrix.names == ("Alpha", "Beta")
    assert len(matrix) == 3
    assert matrix.filter["n_articles"] == 3


@pytest.mark.parametrize(
    ("voice", "below", "any_mention"),
    [
        ("own", [400, 300, 200], [3, 0, 0]),
        ("scare", [400, 300, 200], [0, 4, 0]),
        ("direct", [80, 100], [3, 0]),
        ("indirect", [20, 50], [0, 1]),
        ("attributed", [100, 150], [3, 1]),
        ("unknown", [500, 450, 200], [0, 7, 0]),
        ("all", [500, 450, 200], [6, 12, 0]),
    ],
)
def test_each_voice_has_its_own_words(
    small: tuple[pd.DataFrame, pd.DataFrame], voice: str, below: list[int], any_mention: list[int]
) -> None:
    matrix = article_matrix(*small, voice=voice)
    assert matrix.words.tolist() == below
    assert matrix.counts[:, -1].tolist() == any_mention
    left_out = matrix.filter["left_out"]
    assert isinstance(left_out, dict)
    assert left_out["no words in this voice"] == 3 - len(below)


def test_voices_sum_to_all(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    whole = article_matrix(*small, voice="all", words="all")
    parts = [article_matrix(*small, voice=voice, words="all").counts for voice in VOICES]
    assert np.array_equal(np.sum(parts, axis=0), whole.counts)
    assert np.array_equal(whole.counts[:, :-1].sum(axis=1), whole.counts[:, -1])


def test_entries_count_where_they_are_nested(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    matrix = article_matrix(*small, level="entry")
    assert matrix.features == ("assad-regime", "regime", "takfiri")
    assert matrix.counts[0].tolist() == [1, 3, 0]


def test_globs_make_one_feature(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    matrix = article_matrix(*small, entries=["*regime", "takfiri*"])
    assert matrix.features == ("*regime|takfiri*",)
    assert matrix.counts[:, 0].tolist() == [4, 0, 0]
    assert matrix.filter["counted_twice_at_most"] == 1
    single = article_matrix(*small, entries="REGIME")
    assert single.counts[:, 0].tolist() == [3, 0, 0]
    assert single.filter["counted_twice_at_most"] == 0
    assert single.filter["entries"] == ["REGIME"]


def test_category_restricts(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    assert article_matrix(*small, category="sectarian", voice="all").counts.tolist() == [[3], [8], [0]]
    assert article_matrix(*small, category="any").features == ("any",)
    assert article_matrix(*small, category="sectarian", level="entry").features == ("takfiri",)
    with pytest.raises(AnalysisError, match="no entry with a mention matches"):
        article_matrix(*small, category="sectarian", entries="regime")


def test_only_scored_articles_with_words_and_outlet(documents: Make, mentions: Make) -> None:
    table = documents(
        {"doc_id": "ok", "outlet": "Alpha"},
        {"doc_id": "undated", "outlet": "Alpha", "status": "bad_date"},
        {"doc_id": "broken", "outlet": "Alpha", "status": "bad_text"},
        {"doc_id": "blank", "outlet": "Alpha", "own": 0},
        {"doc_id": "nobody", "outlet": " ", "status": "no_outlet"},
    )
    matrix = article_matrix(table, mentions())
    assert matrix.doc_ids.tolist() == ["ok", "undated"]
    assert matrix.features == ("any",)
    assert matrix.filter["left_out"] == {
        "not scored": 1, "no words": 1, "no outlet": 1, "copies": 0, "no words in this voice": 0,
    }  # fmt: skip


def test_copies(documents: Make, mentions: Make) -> None:
    table = documents(
        {"doc_id": "wire", "outlet": "Alpha"},
        {"doc_id": "again", "outlet": "Alpha", "duplicate_of": "wire"},
        {"doc_id": "x2", "outlet": "Beta", "duplicate_of": "wire", "published": "2017-04-06"},
        {"doc_id": "x1", "outlet": "Beta", "duplicate_of": "wire", "published": "2017-04-05"},
        {"doc_id": "x3", "outlet": "Beta", "duplicate_of": "x1", "published": ""},
        {"doc_id": "solo", "outlet": "Beta"},
    )

    def kept(duplicates: str) -> list[str]:
        return sorted(article_matrix(table, mentions(), duplicates=duplicates).doc_ids.tolist())

    assert kept("same-outlet") == ["solo", "wire", "x1"]
    assert kept("drop") == ["solo", "wire"]
    assert kept("keep") == ["again", "solo", "wire", "x1", "x2", "x3"]


def test_copies_of_an_article_outside_the_table(documents: Make, mentions: Make) -> None:
    table = documents(
        {"doc_id": "one", "outlet": "Alpha", "duplicate_of": "gone"},
        {"doc_id": "two", "outlet": "Alpha", "duplicate_of": "gone", "published": "2018-01-01"},
        {"doc_id": "loop-a", "outlet": "Alpha", "duplicate_of": "loop-b"},
        {"doc_id": "loop-b", "outlet": "Alpha", "duplicate_of": "loop-a"},
    )
    matrix = article_matrix(table, mentions())
    assert "one" in matrix.doc_ids
    assert "two" not in matrix.doc_ids


def test_groups_without_words_are_named(documents: Make, mentions: Make) -> None:
    table = documents(
        {"doc_id": "a", "outlet": "Alpha", "n_words_quoted": 100}, {"doc_id": "b", "outlet": "Beta"}
    )
    counts = mentions(("b", "regime", "frame", "direct", 2, 0))
    matrix = article_matrix(table, counts, voice="direct")
    assert matrix.names == ("Alpha",)
    assert matrix.filter["groups_without_articles"] == ["Beta"]
    assert matrix.filter["mentions_without_words"] == 2


def test_any_column_groups(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table, counts = small
    matrix = article_matrix(table.assign(event=[1, 2, np.nan]), counts, by="event")
    assert matrix.groups.tolist() == ["2", "1"]
    left_out = matrix.filter["left_out"]
    assert isinstance(left_out, dict)
    assert left_out["no event"] == 1


def test_order_of_rows_changes_nothing(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table, counts = small
    shuffled = article_matrix(table.sample(frac=1, random_state=3), counts.sample(frac=1, random_state=3))
    expected = article_matrix(table, counts)
    assert np.array_equal(shuffled.counts, expected.counts)
    assert np.array_equal(shuffled.doc_ids, expected.doc_ids)
    assert np.array_equal(shuffled.words, expected.words)


def test_counts_of_other_articles_are_not_read(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table, counts = small
    only = table[table["outlet"] == "Beta"]
    assert article_matrix(only, counts).counts.sum() == 0


def test_rows_of() -> None:
    found = rows_of(np.array(["x", "a", "x", "b"]))
    assert list(found) == ["a", "b", "x"]
    assert found["x"].tolist() == [0, 2]


def test_errors_name_what_is_allowed(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    with pytest.raises(AnalysisError, match="cannot be grouped") as caught:
        article_matrix(*small, by="outlets")
    assert "did you mean outlet" in str(caught.value)
    assert "published" in caught.value.allowed
    with pytest.raises(AnalysisError, match="no entry with a mention matches") as caught:
        article_matrix(*small, entries=["takfri*"])
    assert "did you mean takfiri" in caught.value.fix
    with pytest.raises(AnalysisError, match="no mention has this category") as caught:
        article_matrix(*small, category="sectarain")
    assert "sectarian" in caught.value.fix
    with pytest.raises(AnalysisError, match="no entry was named"):
        article_matrix(*small, entries=[])


@pytest.mark.parametrize(
    ("option", "value"), [("voice", "owns"), ("level", "term"), ("duplicates", "first"), ("words", "mine")]
)
def test_unknown_options(small: tuple[pd.DataFrame, pd.DataFrame], option: str, value: str) -> None:
    with pytest.raises(AnalysisError, match=f"unknown {option}"):
        article_matrix(*small, **{option: value})


def test_unmatched_may_be_zero(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    assert article_matrix(*small, entries="nowhere", allow_unmatched=True).counts.tolist() == [[0]] * 3
    matrix = article_matrix(*small, category="nowhere", allow_unmatched=True)
    assert matrix.features == ("nowhere",)
    assert matrix.counts.sum() == 0


def test_broken_tables(small: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table, counts = small
    with pytest.raises(TableError, match="documents table lacks columns"):
        article_matrix(table.drop(columns="n_words_own"), counts)
    with pytest.raises(TableError, match="counts table lacks columns"):
        article_matrix(table, counts.drop(columns="n_nested"))
    with pytest.raises(AnalysisError, match="stands for more than one article"):
        article_matrix(pd.concat([table, table]), counts)
    with pytest.raises(AnalysisError, match="no article is left") as caught:
        article_matrix(table.assign(outlet=""), counts)
    assert "3 no outlet" in caught.value.got
    with pytest.raises(AnalysisError, match="a category is named 'any'"):
        article_matrix(table, counts.assign(category="any"))


def test_too_large_is_refused(
    small: tuple[pd.DataFrame, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framing.analysis.features.MAX_CELLS", 5)
    with pytest.raises(AnalysisError, match="does not fit into memory"):
        article_matrix(*small, level="entry")


def test_loaded_mentions_only(documents: Make, mentions: Make) -> None:
    table = documents({"doc_id": "a", "outlet": "Alpha"})
    answers = {"yes": 3, "no": 5, "unsure": 7}
    counts = pd.concat(
        [mentions(("a", "regime", "frame", "own", n, 0), loaded=answer) for answer, n in answers.items()]
    )
    assert article_matrix(table, counts, category="frame").counts.tolist() == [[15]]
    loaded = article_matrix(table, counts, category="frame", measure="loaded")
    assert loaded.counts.tolist() == [[3]]
    assert loaded.filter["measure"] == "loaded"
    with pytest.raises(AnalysisError, match="nothing says which mentions are loaded"):
        article_matrix(table, mentions(("a", "x", "frame", "own", 1, 0), loaded=""), measure="loaded")
    with pytest.raises(AnalysisError, match="unknown measure"):
        article_matrix(table, counts, measure="sure")


def test_strata_come_from_dates_and_columns(documents: Make, mentions: Make) -> None:
    table = documents(
        {"doc_id": "a", "outlet": "Alpha", "published": "2016-01-03"},
        {"doc_id": "b", "outlet": "Beta", "published": ""},
        {"doc_id": "c", "outlet": "Beta", "published": "2017-12-31"},
    ).assign(topic=["war", "war", None])
    month = article_matrix(table, mentions(), within="month")
    assert month.strata is not None
    assert month.strata.tolist() == ["2016-01", "2017-12"]
    assert month.filter["left_out"]["no value of within"] == 1  # type: ignore[index]
    assert article_matrix(table, mentions(), within="week").strata.tolist() == ["2015-W53", "2017-W52"]  # type: ignore[union-attr]
    both = article_matrix(table, mentions(), within=["topic", "year"])
    assert both.doc_ids.tolist() == ["a"]
    assert both.strata.tolist() == ["war | 2016"]  # type: ignore[union-attr]
    assert article_matrix(table, mentions()).strata is None
    with pytest.raises(AnalysisError, match="unknown within"):
        article_matrix(table, mentions(), within="theme")
