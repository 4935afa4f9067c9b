"""Labelled articles: PolNeAR, and our own readings of other outlets kept stand-off.

PolNeAR (Newell, Margolin and Ruths 2018) and our readings use one guide: what a source says, thinks,
wants or condemns is content; the outermost attribution counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from framing.corpus.outside import data_file
from framing.corpus.read import read_corpus
from framing.errors import InputError
from framing.provenance import digest
from framing.records import Document, Span
from framing.resources import reading_file

POLNEAR_ARTICLES, POLNEAR_ATTRIBUTIONS = "polnear/articles.parquet", "polnear/attributions.parquet"


class GoldAttribution(NamedTuple):
    """One attribution: source, cue and content, each as parts of the text (content never empty)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its attributions, in the text and in the title."""

    document: Document
    in_text: tuple[GoldAttribution, ...]
    in_title: tuple[GoldAttribution, ...] = field(default=())


def polnear(data: Path, split: str) -> list[GoldArticle]:
    """Return the articles of ``split`` (``train`` or ``dev``) with the labels of one annotator each.

    Of several annotators the first by name counts.
    """
    articles = pd.read_parquet(data_file(data, POLNEAR_ARTICLES))
    rows = pd.read_parquet(data_file(data, POLNEAR_ATTRIBUTIONS))
    labels = {str(i): found for i, found in rows.groupby("id")}
    return [
        GoldArticle(Document(i, text, outlet), tuple(_first_annotator(labels[i])))
        for i, text, outlet in articles.loc[articles["split"] == split, ["id", "text", "outlet"]].to_numpy()
        if i in labels
    ]


def _first_annotator(rows: pd.DataFrame) -> Iterator[GoldAttribution]:
    first = min(rows["annotator"].unique())
    for row in rows[rows["annotator"] == first].itertuples():
        content = _spans(row.content)
        if content:
            yield GoldAttribution(_spans(row.source), _spans(row.cue), content)


def _spans(cell: object) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in json.loads(str(cell)))


def own_articles(data: Path, use: str, *, reader: str = "") -> list[GoldArticle]:
    """Return our own labelled articles.

    Parameters
    ----------
    data
        Folder with the corpora.
    use
        ``training``, ``calibration``, or ``gate`` for those that no training and no tuning may touch.
    reader
        Whose labels: ``a``, ``b`` or ``adjudicated``; if left out the adjudicated ones, else reader a.

    Raises
    ------
    InputError
        If a corpus is missing or a text is not the one that was read.
    """
    listed = pd.read_csv(str(reading_file("attributed_articles.csv")), dtype=str)
    rows = pd.read_csv(str(reading_file("attributions.csv")), dtype={"doc_id": str})
    chosen = listed[listed["use"] == use]
    tables = {
        name: read_corpus(data_file(data, f"{name}/articles.parquet")).set_index("doc_id")
        for name in sorted(chosen["corpus"].unique())
    }
    labels = dict(iter(rows.groupby(["corpus", "doc_id"])))
    found = []
    for corpus, doc_id, sha256 in chosen[["corpus", "doc_id", "text_sha256"]].to_numpy():
        row = tables[corpus].loc[doc_id]
        if digest([row["title"], row["text"]]) != sha256:
            raise InputError(
                "an article is not the one that was labelled",
                where=f"{corpus}, doc_id {doc_id}",
                fix="restore the corpus: labels hold for one version of the text",
            )
        document = Document(doc_id, row["text"], row["outlet"], row["published"], row["title"])
        own = labels.get((corpus, doc_id), rows.iloc[:0])
        wanted = reader or ("adjudicated" if "adjudicated" in set(own["reader"]) else "a")
        own = own[own["reader"] == wanted]
        in_text, in_title = own[own["in_title"] == "no"], own[own["in_title"] == "yes"]
        found.append(GoldArticle(document, tuple(_own(in_text)), tuple(_own(in_title))))
    return found


def _own(rows: pd.DataFrame) -> Iterator[GoldAttribution]:
    for _, parts in rows.groupby("number"):
        spans = {
            name: tuple(
                Span(start, end)
                for start, end in parts.loc[parts["part"] == name, ["start", "end"]].to_numpy().tolist()
            )
            for name in ("source", "cue", "content")
        }
        if spans["content"]:
            yield GoldAttribution(**spans)
