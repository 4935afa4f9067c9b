"""Attribution against PolNeAR (Newell, Margolin and Ruths 2018): which words are somebody else's."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.evaluation.report import Figure, data_file
from framing.pipeline import Article, Engine
from framing.records import Document, Span
from framing.text.fold import fold
from framing.text.words import word_starts

ARTICLES, ATTRIBUTIONS = "polnear/articles.parquet", "polnear/attributions.parquet"
_ATTRIBUTED = ("direct", "indirect", "unknown")


def evaluate_voice(data: Path, *, split: str = "dev") -> list[Figure]:
    """Return word-token F1 of attributed content, over all words and outside quotation marks.

    An article with several annotators is measured against the first of them by name. The share error is
    the largest difference, in points, between an outlet's measured and true share of attributed words.
    """
    articles = pd.read_parquet(data_file(data, ARTICLES))
    gold = pd.read_parquet(data_file(data, ATTRIBUTIONS))
    chosen = articles[articles["split"] == split]
    engine = Engine()
    documents = [
        Document(i, t, o) for i, t, o in zip(chosen["id"], chosen["text"], chosen["outlet"], strict=True)
    ]
    contents = {str(i): rows for i, rows in gold.groupby("id")}
    total, outside, agree = np.zeros(3), np.zeros(3), np.zeros(2)
    shares: dict[str, NDArray[np.float64]] = {}
    for article in engine.analyze(documents):
        rows = contents.get(article.document.doc_id)
        if rows is None:
            continue
        starts = word_starts(fold(article.document.text))
        true = _mask(starts, _content(rows))
        found = _mask(starts, [a.span for a in article.attributions if a.voice in _ATTRIBUTED])
        quoted = _mask(starts, [a.span for a in article.attributions if a.voice in ("direct", "unknown")])
        total += _confusion(true, found)
        outside += _confusion(true[~quoted], found[~quoted])
        share = shares.setdefault(article.document.outlet, np.zeros(3))
        share += (found.sum(), true.sum(), len(starts))
        agree += _mention_agreement(article, starts, true)
    errors = [abs(f - t) / n for f, t, n in shares.values()]
    return [
        Figure("voice.token_f1_all", _f1(total)),
        Figure("voice.token_f1_outside_quotes", _f1(outside)),
        Figure(
            "voice.loaded_mentions_own_or_not", float(agree[0] / agree[1]), note=f"{int(agree[1])} mentions"
        ),
        Figure("voice.outlet_share_error_points", 100 * float(max(errors)), note="largest of the outlets"),
    ]


def _content(rows: pd.DataFrame) -> list[Span]:
    first = sorted(rows["annotator"].unique())[0]
    return [
        Span(*span) for cell in rows.loc[rows["annotator"] == first, "content"] for span in json.loads(cell)
    ]


def _mask(starts: NDArray[np.int64], spans: list[Span]) -> NDArray[np.bool_]:
    mask = np.zeros(len(starts), dtype=np.bool_)
    for span in spans:
        first, last = np.searchsorted(starts, span)
        mask[first:last] = True
    return mask


def _confusion(true: NDArray[np.bool_], found: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.array([(true & found).sum(), found.sum(), true.sum()], dtype=np.float64)


def _f1(counts: NDArray[np.float64]) -> float:
    return float(2 * counts[0] / (counts[1] + counts[2]))


def _mention_agreement(
    article: Article, starts: NDArray[np.int64], true: NDArray[np.bool_]
) -> tuple[int, int]:
    right = total = 0
    for mention in article.mentions:
        if mention.in_title:
            continue
        at = int(np.searchsorted(starts, mention.span.start, side="right")) - 1
        right += (mention.voice in _ATTRIBUTED) == bool(true[max(at, 0)])
        total += 1
    return right, total
