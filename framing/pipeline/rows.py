"""Articles become rows of the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from framing.pipeline.article import Article
from framing.pipeline.word_counts import ArticleWords, WordRows, word_rows, words_frame
from framing.tables import build

Rows = dict[str, list[tuple[object, ...]]]

_VOICES = ("own", "direct", "indirect", "unknown")


def rows_of(articles: Iterable[Article]) -> Rows:
    """Return the rows of every table, in the order of :mod:`framing.tables`.

    Rows are plain tuples, so that worker processes can send them cheaply. The many rows of single words
    are columns instead: one :class:`framing.pipeline.word_counts.WordRows` for all articles of the call.
    """
    kept: list[tuple[str, ArticleWords]] = []
    rows: Rows = {"documents": [], "mentions": [], "counts": [], "removals": [], "texts": []}
    for article in articles:
        document = article.document
        words = article.words
        rows["documents"].append(
            (
                document.doc_id,
                document.outlet,
                document.published,
                document.title,
                article.n_words,
                *(words.get(voice, 0) if article.labelled else pd.NA for voice in _VOICES),
                words.get("removed", 0),
                len(article.mentions),
                "",
                article.status,
                article.message,
            )
        )
        rows["texts"].append((document.doc_id, document.text))
        rows["mentions"].extend(_mention_rows(article))
        rows["counts"].extend(_count_rows(article))
        rows["removals"].extend(
            (document.doc_id, r.span.start, r.span.end, r.reason, n)
            for r, n in zip(article.removals, article.removal_words, strict=True)
        )
        if article.vocabulary is not None:
            kept.append((document.doc_id, article.vocabulary))
    rows["words"] = [word_rows(kept)] if kept else []
    return rows


def frames_of(parts: Iterable[Rows]) -> dict[str, pd.DataFrame]:
    """Join the rows of several parts into typed tables."""
    joined: Rows = {}
    for part in parts:
        for name, rows in part.items():
            joined.setdefault(name, []).extend(rows)
    frames = {
        name: build(name, joined.get(name, []))
        for name in ("documents", "mentions", "counts", "removals", "texts")
    }
    words = [part for part in joined.get("words", []) if isinstance(part, WordRows)]
    return {**frames, "words": words_frame(words)}


def _mention_rows(article: Article) -> Iterable[tuple[object, ...]]:
    document = article.document
    for m in article.mentions:
        yield (
            document.doc_id,
            document.outlet,
            document.published,
            m.span.start,
            m.span.end,
            m.surface,
            m.entry_id,
            "|".join(n.entry_id for n in m.nested),
            m.category,
            m.referent,
            m.sentence.start,
            m.sentence.end,
            m.in_title,
            m.voice,
            m.p_attributed,
            m.speaker,
            m.cue,
            m.negated,
            m.hedged,
            m.scare_quoted,
            m.evidence,
            m.rule_score,
            m.score_parts,
            m.p_loaded,
            m.loaded,
            m.frame,
            m.p_frame,
            m.loadedness,
            m.neutral_alternative,
        )


def _count_rows(article: Article) -> Iterable[tuple[object, ...]]:
    """Count mentions by entry, voice and answer; nested entries as the mention that holds them."""
    whole: Counter[tuple[str, str, str]] = Counter()
    nested: Counter[tuple[str, str, str]] = Counter()
    meaning: dict[str, tuple[str, str]] = {}
    for m in article.mentions:
        whole[m.entry_id, m.voice, m.loaded] += 1
        meaning[m.entry_id] = (m.category, m.referent)
        for inner in m.nested:
            nested[inner.entry_id, m.voice, m.loaded] += 1
            meaning[inner.entry_id] = (inner.category, inner.referent)
    for key in sorted(whole.keys() | nested.keys()):
        entry_id, voice, loaded = key
        yield (article.document.doc_id, entry_id, *meaning[entry_id], voice, loaded, whole[key], nested[key])
