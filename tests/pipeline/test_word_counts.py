"""The words table: every word of every article, by voice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

import framing
from framing import tables
from framing.config import Config
from framing.errors import InputError
from framing.pipeline import Result
from framing.text.fold import fold

DEMO = framing.load_demo().head(30)
RESULT = framing.analyze(DEMO, keep_words=True)
COLUMNS = {
    "own": "n_words_own",
    "direct": "n_words_quoted",
    "indirect": "n_words_reported",
    "unknown": "n_words_unknown",
}


def words_slowly(text: str) -> Counter[str]:
    """Count words one by one, by a regular expression over the folded text."""
    return Counter(re.findall(r"(?<!\w')\w+|(?<=\w')(?!s\b)\w+", fold(text).text()))


def counted(result: Result, doc_id: str) -> Counter[str]:
    rows = result.words[result.words["doc_id"] == doc_id]
    found: Counter[str] = Counter()
    for word, n in zip(rows["word"], rows["n"], strict=True):
        found[word] += n
    return found


def test_sums_are_the_words_of_the_documents_table() -> None:
    by_voice = RESULT.words.groupby(["doc_id", "voice"], observed=False)["n"].sum().unstack()
    documents = RESULT.documents.set_index("doc_id")
    assert documents["n_words_quoted"].sum() > 0
    for voice, column in COLUMNS.items():
        found = by_voice[voice].reindex(documents.index)
        assert found.tolist() == documents[column].tolist(), voice


def test_counts_agree_with_a_regular_expression() -> None:
    whole = RESULT.documents[RESULT.documents["n_words_removed"] == 0]["doc_id"].tolist()
    assert len(whole) > 5
    for row in DEMO[DEMO["doc_id"].isin(whole)].itertuples():
        assert counted(RESULT, row.doc_id) == words_slowly(f"{row.title}\n{row.text}")


def test_words_are_folded_and_told_by_voice() -> None:
    text = 'ASSAD’s Régime fell. "The regime is a gang," said Mr Almar, the mayor of the town.'
    result = framing.analyze(pd.DataFrame({"text": [text]}), keep_words=True)
    regime = result.words[result.words["word"] == "regime"]
    assert dict(zip(regime["voice"], regime["n"], strict=True)) == {"own": 1, "direct": 1}
    assert {"assad", "fell"} <= set(result.words["word"])
    assert "s" not in set(result.words["word"])


def test_removed_stretches_do_not_count() -> None:
    line = "The convoy crossed the old bridge at dawn."
    articles = pd.DataFrame({"text": [f"{line}\n\nNobody was hurt in the village.\n\n{line}"]})
    result = framing.analyze(articles, keep_words=True)
    assert result.documents["n_words_removed"].tolist() == [8]
    assert counted(result, result.documents["doc_id"][0])["convoy"] == 1


def test_letters_beyond_latin_and_broken_ones() -> None:
    text = "Дамаск 大马士革 a\ud800b 𝐁𝐨𝐥𝐝 _x_ foreign\u00adbacked"
    # Objects: texts of pandas refuse what a careless crawler lets through.
    articles = pd.DataFrame({"text": pd.Series([text], dtype=object)})
    result = framing.analyze(articles, keep_words=True)
    assert {"дамаск", "大马士革", "bold", "foreignbacked"} <= set(result.words["word"])
    assert result.words["n"].sum() == result.documents["n_words"].sum()


def test_a_word_stands_once_an_article_and_voice() -> None:
    assert not RESULT.words.duplicated(["doc_id", "word", "voice"]).any()
    assert RESULT.words["n"].min() == 1
    assert {c: str(t) for c, t in RESULT.words.dtypes.items()} == {c.name: c.dtype for c in tables.WORDS}


def test_order_of_the_corpus_and_workers_change_nothing() -> None:
    def sorted_(result: Result) -> pd.DataFrame:
        return result.words.sort_values(["doc_id", "word", "voice"], ignore_index=True)

    # Workers get a hundred articles at once.
    short = pd.DataFrame({"text": [f"The {name} fell." for name in "abcdefghijklmnopqrstuvwxyz"] * 4})
    alone = framing.analyze(short, keep_words=True)
    together = framing.analyze(short, keep_words=True, n_jobs=2)
    pd.testing.assert_frame_equal(alone.words, together.words)
    shuffled = framing.analyze(DEMO.sample(frac=1, random_state=1), keep_words=True)
    pd.testing.assert_frame_equal(sorted_(shuffled), sorted_(RESULT))


def test_nothing_else_depends_on_keeping_them() -> None:
    plain = framing.analyze(DEMO)
    assert plain.words.empty
    assert list(plain.words.columns) == ["doc_id", "word", "voice", "n"]
    for name in ("documents", "mentions", "counts", "removals", "texts"):
        pd.testing.assert_frame_equal(getattr(plain, name), getattr(RESULT, name))
    assert plain.run == RESULT.run


def test_refused_articles_have_no_words() -> None:
    result = framing.analyze(pd.DataFrame({"text": ["", "One word more."]}), keep_words=True)
    assert result.words["n"].sum() == 3
    assert framing.analyze(DEMO.iloc[:0], keep_words=True).words.empty


def test_save_and_load(tmp_path: Path) -> None:
    folder = RESULT.save(tmp_path / "out")
    pd.testing.assert_frame_equal(Result.load(folder).words, RESULT.words)
    # A run without words does not leave those of an earlier run behind; such folders load as before.
    framing.analyze(DEMO).save(folder)
    assert not (folder / "words.parquet").exists()
    assert Result.load(folder).words.empty


def test_words_by_voice_are_needed() -> None:
    with pytest.raises(InputError, match=r"words are kept by voice[\s\S]*--mentions-only"):
        framing.analyze(DEMO, keep_words=True, config=Config(words_by_voice=False))
