"""What holds for every result, whatever the articles were."""

from __future__ import annotations

import pandas as pd

from framing import Result
from framing.tables import MENTIONS, REMOVAL_REASONS, SCORED, STATUSES, VOICES

WORDS = ["n_words_own", "n_words_quoted", "n_words_reported", "n_words_unknown"]


def assert_sound(result: Result) -> None:
    """Check statuses, offsets and sums of a result that kept its texts."""
    documents = result.documents
    assert documents["doc_id"].is_unique
    assert documents["status"].isin(STATUSES).all()
    unexplained = documents[(documents["status"] != "ok") & (documents["message"].str.strip() == "")]
    assert unexplained["doc_id"].tolist() == []
    assert (documents[WORDS].sum(axis=1) == documents["n_words"]).all()
    unscored = documents[~documents["status"].isin(SCORED)]
    assert int(unscored[["n_words", "n_words_removed", "n_mentions"]].to_numpy().sum()) == 0
    assert_mentions(result)
    assert_counts(result)
    removals = result.removals
    texts = text_of(result)
    for doc_id, start, end in removals[["doc_id", "start", "end"]].to_numpy().tolist():
        assert 0 <= start < end <= len(texts[doc_id])
    assert removals["reason"].isin(REMOVAL_REASONS).all()


def text_of(result: Result) -> dict[str, str]:
    return dict(zip(result.texts["doc_id"], result.texts["text"], strict=True))


def assert_mentions(result: Result) -> None:
    """Check that every mention stands in its text, inside its sentence, once."""
    mentions = result.mentions
    assert list(mentions.columns) == [column.name for column in MENTIONS]
    texts = text_of(result)
    titles = result.documents.set_index("doc_id")["title"].to_dict()
    spans = mentions[["start", "end", "sentence_start", "sentence_end"]].to_numpy().tolist()
    keys = mentions[["doc_id", "in_title", "surface"]].to_numpy().tolist()
    for (start, end, first, last), (doc_id, in_title, surface) in zip(spans, keys, strict=True):
        text = titles[doc_id] if in_title else texts[doc_id]
        assert 0 <= first <= start < end <= last <= len(text)
        assert text[start:end] == surface
    assert not mentions.duplicated(["doc_id", "in_title", "start"]).any()
    assert mentions["voice"].isin(VOICES).all()
    assert mentions["rule_score"].between(0, 1).all()
    assert mentions["loadedness"].between(0, 1).all()


def assert_counts(result: Result) -> None:
    """Check that documents, mentions and counts tell the same numbers."""
    stated = result.documents.set_index("doc_id")["n_mentions"]
    for found in (result.mentions.groupby("doc_id").size(), result.counts.groupby("doc_id")["n"].sum()):
        assert (found.reindex(stated.index, fill_value=0) == stated).all()


def rows_of(result: Result, doc_ids: list[str]) -> dict[str, pd.DataFrame]:
    """Return the rows of some articles in every table."""
    tables = {
        name: getattr(result, name) for name in ("documents", "mentions", "counts", "removals", "texts")
    }
    return {
        name: table[table["doc_id"].isin(doc_ids)].reset_index(drop=True) for name, table in tables.items()
    }


def assert_same_rows(found: Result, alone: Result, doc_ids: list[str]) -> None:
    """Check that the rows of these articles are bit for bit the same in both results."""
    there = rows_of(alone, doc_ids)
    for name, table in rows_of(found, doc_ids).items():
        pd.testing.assert_frame_equal(table, there[name], check_exact=True, obj=name)
