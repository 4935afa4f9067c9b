"""Whole corpora: invariants of the tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framing
from framing import tables
from framing.context.labeller.store import shipped_model
from framing.errors import InputError, TableError
from framing.pipeline import Result
from framing.scoring.loaded.store import shipped_classifier

DEMO = framing.load_demo()
RESULT = framing.analyze(DEMO)


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    keys = [c for c in ("doc_id", "in_title", "start", "entry_id", "voice", "reason") if c in table.columns]
    return table.sort_values(keys, kind="stable").reset_index(drop=True)


def _same(a: Result, b: Result) -> None:
    for name in ("documents", "mentions", "counts", "removals", "texts"):
        pd.testing.assert_frame_equal(_sorted(getattr(a, name)), _sorted(getattr(b, name)))


def test_every_article_has_a_row() -> None:
    assert RESULT.documents["doc_id"].tolist() == DEMO["doc_id"].tolist()
    assert set(RESULT.documents["status"]) == {"ok"}


def test_surfaces_are_exact_in_text_and_title() -> None:
    text = dict(zip(DEMO["doc_id"], DEMO["text"], strict=True))
    title = dict(zip(DEMO["doc_id"], DEMO["title"], strict=True))
    assert len(RESULT.mentions) > 100
    assert RESULT.mentions["in_title"].any()
    for row in RESULT.mentions.itertuples():
        source = title if row.in_title else text
        assert source[row.doc_id][row.start : row.end] == row.surface
        assert row.sentence_start <= row.start < row.end <= row.sentence_end


def test_words_by_voice_sum_to_all_words() -> None:
    d = RESULT.documents
    parts = d["n_words_own"] + d["n_words_quoted"] + d["n_words_reported"] + d["n_words_unknown"]
    assert (parts == d["n_words"]).all()


def test_counts_sum_to_mentions() -> None:
    by_voice = RESULT.mentions.groupby(["doc_id", "voice"]).size()
    counted = RESULT.counts.groupby(["doc_id", "voice"])["n"].sum()
    counted = counted[counted > 0]
    pd.testing.assert_series_equal(by_voice, counted, check_names=False)
    assert (
        RESULT.counts["n_nested"].sum()
        == RESULT.mentions["nested"].str.split("|").map(lambda p: len([x for x in p if x])).sum()
    )
    per_document = RESULT.mentions.groupby("doc_id").size().reindex(RESULT.documents["doc_id"], fill_value=0)
    assert per_document.tolist() == RESULT.documents["n_mentions"].tolist()


def test_the_order_of_the_corpus_changes_nothing() -> None:
    shuffled = DEMO.sample(frac=1, random_state=3).reset_index(drop=True)
    again = framing.analyze(shuffled)
    _same(RESULT, again)
    assert again.run == RESULT.run


def test_one_article_at_a_time_gives_the_same_rows() -> None:
    single = pd.concat(
        [framing.analyze(DEMO.iloc[[i]]).mentions for i in range(0, len(DEMO), 7)], ignore_index=True
    )
    some = RESULT.mentions[RESULT.mentions["doc_id"].isin(DEMO["doc_id"].iloc[::7])].reset_index(drop=True)
    pd.testing.assert_frame_equal(_sorted(single), _sorted(some))


def test_two_workers_give_the_same_tables() -> None:
    twice = pd.concat([DEMO, DEMO.assign(doc_id="again-" + DEMO["doc_id"])], ignore_index=True)
    _same(framing.analyze(twice, n_jobs=2), framing.analyze(twice))


def test_copies_are_flagged_with_the_earliest() -> None:
    twice = pd.concat([DEMO.head(3), DEMO.head(3).assign(doc_id=["z1", "z2", "z3"])], ignore_index=True)
    assert framing.analyze(twice).documents["duplicate_of"].tolist() == ["", "", "", *DEMO["doc_id"].head(3)]


def test_own_columns_are_kept() -> None:
    assert RESULT.documents["event"].tolist() == DEMO["event"].tolist()


def test_the_classifier_decides_every_mention_and_is_named() -> None:
    mentions = RESULT.mentions
    assert mentions["p_loaded"].between(0, 1).all()
    product = mentions["rule_score"] * mentions["p_loaded"]
    assert np.allclose(mentions["loadedness"], product)
    assert RESULT.run["classifier"] == {"sha256": shipped_classifier().digest}


def test_a_run_names_the_voice_model_that_decided() -> None:
    assert RESULT.run["voice_model"] == {"sha256": shipped_model().digest}


def test_progress_reaches_the_end() -> None:
    seen: list[tuple[int, int]] = []
    framing.analyze(DEMO, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(DEMO), len(DEMO))


def test_save_and_load(tmp_path: pytest.TempPathFactory) -> None:
    folder = RESULT.save(str(tmp_path) + "/out")
    _same(Result.load(folder), RESULT)
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        [*(f"{n}.parquet" for n in ("documents", "mentions", "counts", "removals", "texts")), "run.json"]
    )
    (folder / "run.json").unlink()
    with pytest.raises(InputError, match=r"not a complete folder of scored articles[\s\S]*without run.json"):
        Result.load(folder)


def test_load_refuses_a_table_without_its_columns(tmp_path: pytest.TempPathFactory) -> None:
    folder = RESULT.save(str(tmp_path) + "/out")
    RESULT.mentions.drop(columns="voice").to_parquet(folder / "mentions.parquet")
    with pytest.raises(TableError, match=r"mentions table lacks columns[\s\S]*add voice"):
        Result.load(folder)


def test_empty_corpus_has_empty_tables_with_the_right_types() -> None:
    result = framing.analyze(DEMO.iloc[:0])
    assert len(result.mentions) == 0
    assert result.mentions.dtypes.astype(str).to_dict() == {c.name: c.dtype for c in tables.MENTIONS}
