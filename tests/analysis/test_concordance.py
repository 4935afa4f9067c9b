"""Concordance lines against nltk's own index, and its filters."""

from __future__ import annotations

import pandas as pd
import pytest
from nltk.text import ConcordanceIndex

import framing
from framing.analysis.concordance import COLUMNS, concordance
from framing.errors import AnalysisError

RESULT = framing.analyze(framing.load_demo())


def lines(**filters: object) -> pd.DataFrame:
    return concordance(RESULT.mentions, RESULT.texts, RESULT.documents, **filters)  # type: ignore[arg-type]


def test_one_line_a_mention_with_the_keyword_in_its_place() -> None:
    table = lines(width=30)
    assert list(table.columns) == list(COLUMNS)
    assert len(table) == len(RESULT.mentions)
    text = dict(zip(RESULT.texts["doc_id"], RESULT.texts["text"], strict=True))
    for row in table[~table["in_title"]].itertuples():
        source = " ".join(text[row.doc_id].split())
        assert " ".join(f"{row.left}{row.keyword}{row.right}".split()) in source


def test_nltk_finds_the_same_places() -> None:
    plain = ["The regime fell .", "No regime stood here ; the regime had gone ."]
    result = framing.analyze(pd.DataFrame({"doc_id": ["a", "b"], "outlet": "X", "text": plain}))
    ours = concordance(result.mentions, result.texts, result.documents, entries=["regime"])
    expected = [
        (d, len(ConcordanceIndex(t.split()).offsets("regime"))) for d, t in zip("ab", plain, strict=True)
    ]
    assert list(ours.groupby("doc_id").size().items()) == expected
    for row in ours.itertuples():
        tokens = plain["ab".index(row.doc_id)].split()
        index = [
            i
            for i in ConcordanceIndex(tokens).offsets("regime")
            if len(" ".join(tokens[:i])) + (i > 0) == row.start
        ]
        assert row.left.split() == tokens[: index[0]]
        assert row.right.split() == tokens[index[0] + 1 :]


def test_filters_select_and_wildcards_reach_nested_entries() -> None:
    table = lines(outlets=["Varda State Telegraph"], voices=["own"])
    assert set(table["outlet"]) == {"Varda State Telegraph"}
    assert set(table["voice"]) == {"own"}
    assert set(lines(categories=["euphemism"])["category"]) == {"euphemism"}
    nested = RESULT.mentions[RESULT.mentions["nested"].str.contains("terrorist")]
    found = lines(entries=["terrorist"])
    assert len(nested) > 0
    assert len(found) == len(nested) + (RESULT.mentions["entry_id"] == "terrorist").sum()
    held = lines(contains="ORLAN")
    assert 0 < len(held) < len(RESULT.mentions)
    assert all("orlan" in f"{r.left} {r.keyword} {r.right}".lower() for r in held.itertuples())


def test_no_line_is_an_empty_table_with_its_columns() -> None:
    table = lines(outlets=["Nobody"])
    assert (len(table), list(table.columns)) == (0, list(COLUMNS))


def test_without_texts_it_says_what_to_do() -> None:
    with pytest.raises(AnalysisError, match=r"a concordance needs the texts[\s\S]*--no-texts"):
        concordance(RESULT.mentions, RESULT.texts.iloc[:0], RESULT.documents)
