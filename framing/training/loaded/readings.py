"""Our own readings of mentions: who says it, is it loaded, which frame; with the columns of the classifier.

``loaded_mentions.csv`` tells where each mention stands, ``loaded_labels.csv`` what each reader said of it;
the texts belong to others and stay in their corpora. What an adjudicator said counts first, then the first
reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.config import Config
from framing.corpus.columns import canonical
from framing.corpus.documents import documents_of
from framing.corpus.outside import data_file
from framing.corpus.read import read_corpus
from framing.errors import InputError
from framing.pipeline.engine import Engine
from framing.provenance import digest
from framing.records import Document
from framing.resources import reading_file
from framing.scoring.loaded import FRAMES, Surroundings, chosen, join
from framing.scoring.loaded.keys import entry_hash

MENTIONS, LABELS, SHARES = "loaded_mentions.csv", "loaded_labels.csv", "entry_shares.csv"
FOLDS = ("training", "known", "unseen")
"""Training; other documents, the same entries; other documents and entries that training never has."""

WIDTH = 80
"""Characters around a mention that its digest covers."""


class ReadMentions(NamedTuple):
    """Mentions that were read, with their columns.

    ``table`` has a row a mention: mention, corpus, doc_id, entry_id, category, fold, draw, loaded, frame
    (empty if not loaded) and voice as decided, ``engine_voice`` as the engine has it; ``surroundings`` has
    the same rows. ``lost`` are mentions that the lexicons of today no longer find.
    """

    table: pd.DataFrame
    surroundings: Surroundings
    lost: int

    @property
    def loaded(self) -> NDArray[np.bool_]:
        """Whether each mention is loaded."""
        return self.table["loaded"].to_numpy(dtype=np.bool_)

    @property
    def documents(self) -> NDArray[np.object_]:
        """The document of each mention, unique over all corpora."""
        found: NDArray[np.object_] = (self.table["corpus"] + "/" + self.table["doc_id"]).to_numpy(
            dtype=object
        )
        return found

    def take(self, rows: NDArray[np.bool_]) -> ReadMentions:
        """Return some of the mentions."""
        return ReadMentions(
            self.table[rows].reset_index(drop=True), chosen(self.surroundings, rows), self.lost
        )


def read_labels() -> pd.DataFrame:
    """Return every label: mention, reader, voice, loaded (yes or no), category (empty if not loaded)."""
    return pd.read_csv(str(reading_file(LABELS)), keep_default_na=False)


def read_places() -> pd.DataFrame:
    """Return where each mention stands, its fold, and how it was drawn."""
    table = pd.read_csv(str(reading_file(MENTIONS)), dtype={"doc_id": str}, keep_default_na=False)
    return table.assign(in_title=table["in_title"] == "yes")


def read_shares() -> dict[int, float]:
    """Return how often two readers expect each entry to be loaded, 0 to 1, by the hash of the entry.

    They judged the term from its forms alone, for news at large; no mention was read for it.
    """
    table = pd.read_csv(str(reading_file(SHARES)), keep_default_na=False)
    mean = table.groupby("entry_id")["share"].mean() / 100
    return {entry_hash(str(entry)): float(share) for entry, share in mean.items()}


def decided() -> pd.DataFrame:
    """Return one row a mention: its place, and voice, loaded and frame as decided."""
    labels = read_labels()
    rank = labels["reader"].map({"adjudicator": 0, "a": 1, "b": 2})
    first = labels.assign(rank=rank).sort_values(["mention", "rank"]).groupby("mention").first()
    table = read_places().merge(first[["voice", "loaded", "category"]], left_on="mention", right_index=True)
    return table.assign(loaded=table["loaded"] == "yes").rename(columns={"category": "frame"})


def read_mentions(data: Path, folds: Sequence[str] = FOLDS) -> ReadMentions:
    """Return the mentions of some folds as the engine of today sees them.

    Raises
    ------
    InputError
        If a corpus is missing, a passage is not the one that was read, or nothing is found any more.
    """
    wanted = decided()
    wanted = wanted[wanted["fold"].isin(folds)]
    engine = Engine(config=Config(words_by_voice=False))
    found = [
        seen_mentions(engine, _documents(data, str(corpus), set(rows["doc_id"])), rows, where=str(corpus))
        for corpus, rows in wanted.groupby("corpus", sort=True)
    ]
    table = pd.concat([part.table for part in found], ignore_index=True)
    return ReadMentions(table, join([part.surroundings for part in found]), len(wanted) - len(table))


def seen_mentions(
    engine: Engine, documents: Sequence[Document], rows: pd.DataFrame, *, where: str
) -> ReadMentions:
    """Return labelled mentions of some documents as the engine sees them, in the order of the texts.

    Parameters
    ----------
    engine
        Finds the mentions; its classifier is not asked.
    documents
        The documents that they stand in.
    rows
        doc_id, in_title, start, end, entry_id, passage_sha256 and the labels of each mention.
    where
        What the documents belong to, for the errors.

    Raises
    ------
    InputError
        If a passage is not the one that was read, or none of the mentions is found.
    """
    _require_same(rows, documents, where)
    places = {
        (str(r["doc_id"]), bool(r["in_title"]), int(r["start"]), int(r["end"]), str(r["entry_id"])): r
        for r in rows.to_dict("records")
    }
    found: list[dict[str, object]] = []
    parts: list[Surroundings] = []
    for seen, surroundings in _mentions(engine, documents):
        keep = np.array([place in places for place, _, _ in seen], dtype=np.bool_)
        parts.append(chosen(surroundings, keep))
        for place, category, voice in seen:
            if place in places:
                row = {str(name): value for name, value in places[place].items()}
                found.append({**row, "category": category, "engine_voice": voice})
    if not found:
        raise InputError(
            "the lexicons find none of the mentions that were read", where=where, fix="make new readings"
        )
    table = pd.DataFrame(found).drop(columns=["passage_sha256"])
    return ReadMentions(table, join(parts), len(rows) - len(table))


_Place = tuple[str, bool, int, int, str]


def _mentions(
    engine: Engine, documents: Sequence[Document]
) -> Iterator[tuple[list[tuple[_Place, str, str]], Surroundings]]:
    for articles, gathered in engine.read(documents):
        yield (
            [
                (
                    (a.document.doc_id, m.in_title, m.span.start, m.span.end, m.entry_id),
                    m.category,
                    m.voice,
                )
                for a in articles
                for m in a.mentions
            ],
            gathered.surroundings(),
        )


def _documents(data: Path, corpus: str, wanted: set[object]) -> list[Document]:
    table = canonical(read_corpus(data_file(data, f"{corpus}/articles.parquet")), columns=None)
    return documents_of(table[table["doc_id"].isin(wanted)])


def _require_same(rows: pd.DataFrame, documents: Sequence[Document], where: str) -> None:
    texts = {d.doc_id: (d.text, d.title) for d in documents}
    for r in rows.to_dict("records"):
        text = texts.get(str(r["doc_id"]), ("", ""))[int(bool(r["in_title"]))]
        start, end = int(r["start"]), int(r["end"])
        if digest([text[max(0, start - WIDTH) : end + WIDTH]]) != r["passage_sha256"]:
            raise InputError(
                "a passage is not the one that was read",
                where=f"{where}, doc_id {r['doc_id']}",
                fix="restore the corpus: labels hold for one version of the text",
            )


FRAME_NUMBERS = {frame: number for number, frame in enumerate(FRAMES)}
