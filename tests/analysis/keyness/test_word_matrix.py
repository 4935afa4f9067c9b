from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.analysis.keyness.word_matrix import WORD_VOICES, sparse_matrix, word_matrix
from framing.analysis.units import article_matrix
from framing.errors import AnalysisError, TableError
from framing.tables import build

Documents = Callable[..., pd.DataFrame]

ROWS = [
    ("b", "regime", "own", 3), ("b", "regime", "direct", 2), ("b", "city", "own", 1),
    ("a", "regime", "indirect", 4), ("a", "army", "own", 5), ("a", "army", "unknown", 1),
    ("elsewhere", "army", "own", 9),
]  # fmt: skip


def both(documents: Documents, **more: Any) -> pd.DataFrame:
    return documents(
        {"doc_id": "b", "outlet": "B", "own": 40, "n_words_quoted": 20, "n_words": 60, **more},
        {
            "doc_id": "a",
            "outlet": "A",
            "own": 50,
            "n_words_reported": 10,
            "n_words": 61,
            "n_words_unknown": 1,
        },
    )


@pytest.mark.parametrize(
    ("voice", "features", "counts", "words"),
    [
        ("own", ["army", "city", "regime"], [[5, 0], [0, 1], [0, 3]], [50, 40]),
        ("attributed", ["regime"], [[4, 2]], [10, 20]),
        ("all", ["army", "city", "regime"], [[6, 0], [0, 1], [4, 5]], [61, 60]),
        ("unknown", ["army"], [[1, 0]], [61, 60]),
    ],
)
def test_counts_by_voice(
    documents: Documents, voice: str, features: list[str], counts: list[list[int]], words: list[int]
) -> None:
    matrix = word_matrix(both(documents), build("words", ROWS), voice=voice)
    assert matrix.doc_ids.tolist() == ["a", "b"]
    assert matrix.groups.tolist() == ["A", "B"]
    assert matrix.features.tolist() == features
    assert matrix.counts.toarray().tolist() == counts
    assert matrix.words.tolist() == words


def test_agrees_with_a_pivot_table(documents: Documents) -> None:
    rng = np.random.default_rng(3)
    ids, vocabulary = [f"d{i:02}" for i in range(30)], [f"w{i}" for i in range(50)]
    table = pd.DataFrame(
        {
            "doc_id": rng.choice(ids, 600),
            "word": rng.choice(vocabulary, 600),
            "voice": rng.choice(["own", "direct"], 600),
        }
    )
    table = table.drop_duplicates(ignore_index=True)
    table["n"] = rng.integers(1, 9, len(table))
    found = word_matrix(documents(*({"doc_id": i, "outlet": "A"} for i in ids)), table, voice="all")
    # Column types as a CSV file gives them; sums over voices; alphabetical, not by number.
    expected = table.pivot_table(index="word", columns="doc_id", values="n", aggfunc="sum", fill_value=0)
    assert found.features.tolist() == expected.index.tolist()
    assert found.counts.toarray().tolist() == expected.reindex(columns=ids).to_numpy().tolist()


def test_order_of_rows_and_categories_changes_nothing(documents: Documents) -> None:
    words = build("words", ROWS)
    first = word_matrix(both(documents), words, voice="all")
    again = words.iloc[::-1].reset_index(drop=True)
    again["word"] = again["word"].cat.set_categories(["regime", "never", "city", "army"])
    second = word_matrix(both(documents).iloc[::-1], again, voice="all")
    assert first.features.tolist() == second.features.tolist()
    assert first.counts.toarray().tolist() == second.counts.toarray().tolist()


def test_filter_says_what_was_left_out(documents: Documents) -> None:
    rows = both(documents, event="x").assign(event=["x", None])
    matrix = word_matrix(rows, build("words", ROWS), within="event")
    assert matrix.strata is not None
    assert (len(matrix), matrix.strata.tolist()) == (1, ["x"])
    left_out = matrix.filter["left_out"]
    assert isinstance(left_out, dict)
    assert left_out["no value of within"] == 1
    silent = word_matrix(both(documents), build("words", ROWS), voice="direct")
    assert silent.filter["left_out"]["no words in this voice"] == 1  # type: ignore[index]
    assert silent.filter["groups_without_articles"] == ["A"]


def test_select_and_keep(documents: Documents) -> None:
    matrix = word_matrix(both(documents), build("words", ROWS), voice="all", within="outlet")
    one = matrix.select(np.array([False, True])).keep(np.array([True, False, True]))
    assert one.features.tolist() == ["army", "regime"]
    assert one.counts.toarray().tolist() == [[0], [5]]
    assert (one.names, one.words.tolist(), len(one)) == (("B",), [60.0], 1)
    assert one.strata is not None
    assert one.strata.tolist() == ["B"]


def test_entries_lose_their_zeros_only(corpus: Callable[..., tuple[pd.DataFrame, pd.DataFrame]]) -> None:
    documents, counts = corpus(["a", "a", "b"], [500, 400, 300], [[2, 0], [0, 0], [1, 3]])
    dense = article_matrix(documents, counts, level="entry")
    sparse = sparse_matrix(dense)
    assert sparse.counts.toarray().T.tolist() == dense.counts.tolist()
    assert tuple(sparse.features) == dense.features


def test_what_cannot_be_counted_is_refused(documents: Documents) -> None:
    words = build("words", ROWS)
    assert "scare" not in WORD_VOICES
    with pytest.raises(AnalysisError, match="unknown voice"):
        word_matrix(both(documents), words, voice="scare")
    with pytest.raises(AnalysisError, match=r"did not keep its words[\s\S]*--words"):
        word_matrix(both(documents), words.iloc[:0])
    with pytest.raises(AnalysisError, match="no article is left"):
        word_matrix(both(documents).iloc[[1]], words, voice="direct")
    with pytest.raises(TableError, match="words table lacks columns"):
        word_matrix(both(documents), words.drop(columns="voice"))
