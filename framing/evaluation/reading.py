"""Samples for readers who judge a lexicon by eye: mentions to judge, paragraphs to mark.

Drawing is seeded. The judgements are kept stand-off (:mod:`framing.evaluation.lexicon`): ids, offsets,
a digest of the passage and labels, never the text, which belongs to others.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from framing.corpus.outside import data_file
from framing.corpus.read import read_corpus
from framing.pipeline import Result, analyze
from framing.provenance import digest
from framing.records import Span
from framing.text.sentences import paragraphs, sentences

CORPORA = ("syria_war", "middle_east", "same_event")
FILE = "articles.parquet"
SHORTEST, LONGEST = 150, 700
"""Characters of a paragraph to be marked; a longer one is cut to whole sentences from a random one on."""


def read_corpora(data: Path) -> dict[str, pd.DataFrame]:
    """Return the three corpora of the readings, by name; one that is missing is an error."""
    return {name: read_corpus(data_file(data, f"{name}/{FILE}")) for name in CORPORA}


def sample_mentions(results: Mapping[str, Result], *, n: int, seed: int) -> pd.DataFrame:
    """Draw mentions stratified over corpora and entries: the corpora in turn, each time a new entry.

    Only when a corpus has no entry left that was not drawn before is an entry drawn again.

    Returns
    -------
    DataFrame
        corpus, doc_id, in_title, start, end, entry_id, category, passage_sha256 and, for the reader
        only, outlet and passage: the sentence with its neighbours and the mention in ``[[ ]]``.
    """
    chance = random.Random(seed)
    pool = pd.concat([r.mentions.assign(corpus=name) for name, r in results.items()], ignore_index=True)
    waiting = {
        name: {str(entry): found.index.tolist() for entry, found in rows.groupby("entry_id")}
        for name, rows in pool.groupby("corpus")
    }
    chosen: list[int] = []
    used: set[str] = set()
    while len(chosen) < n and any(waiting.values()):
        for entries in waiting.values():
            fresh = sorted(entries.keys() - used) or sorted(entries)
            if fresh and len(chosen) < n:
                entry = chance.choice(fresh)
                rows = entries[entry]
                chosen.append(rows.pop(chance.randrange(len(rows))))
                used.add(entry)
                if not rows:
                    del entries[entry]
    picked = pool.loc[chosen]
    bodies = {name: texts_of(result) for name, result in results.items()}
    passages, digests = [], []
    places = zip(*(picked[c].tolist() for c in ("corpus", "doc_id", "in_title", "start", "end")), strict=True)
    for corpus, doc_id, in_title, start, end in places:
        text = bodies[corpus][doc_id, in_title]
        passages.append(_passage(text, start, end))
        digests.append(passage_digest(text, start, end))
    columns = ["corpus", "doc_id", "in_title", "start", "end", "entry_id", "category", "outlet"]
    return picked[columns].assign(passage_sha256=digests, passage=passages).reset_index(drop=True)


def sample_paragraphs(corpora: Mapping[str, pd.DataFrame], *, n: int, seed: int) -> pd.DataFrame:
    """Draw paragraphs of 150 to 700 characters, each corpus alike, each article at most once.

    Returns
    -------
    DataFrame
        corpus, doc_id, start, end, passage_sha256 and, for the reader only, passage.
    """
    chance = random.Random(seed)
    rows: list[tuple[object, ...]] = []
    queues = {}
    for name, table in corpora.items():
        articles = table[["doc_id", "text"]].astype(str).to_numpy().tolist()
        chance.shuffle(articles)
        queues[name] = iter(articles)
    while len(rows) < n:
        for name, queue in queues.items():
            for doc_id, text in queue:
                spans = [s for s in paragraphs(text) if s.end - s.start >= SHORTEST]
                if spans:
                    start, end = _cut(text, chance.choice(spans), chance)
                    rows.append((name, doc_id, start, end, digest([text[start:end]]), text[start:end]))
                    break
            if len(rows) == n:
                break
    columns = ["corpus", "doc_id", "start", "end", "passage_sha256", "passage"]
    return pd.DataFrame(rows, columns=columns)


def _cut(text: str, span: Span, chance: random.Random) -> Span:
    if span.end - span.start <= LONGEST:
        return span
    parts = sentences(text, span)
    late_enough = [p for p in parts if span.end - p.start >= SHORTEST]
    first = chance.choice(late_enough or parts[:1])
    inside = [p.end for p in parts if first.start < p.end <= first.start + LONGEST]
    return Span(first.start, max(inside, default=min(first.start + LONGEST, span.end)))


def score_corpora(corpora: Mapping[str, pd.DataFrame]) -> dict[str, Result]:
    """Analyse each corpus with the shipped lexicons."""
    return {name: analyze(table) for name, table in corpora.items()}


def passage_digest(text: str, start: int, end: int, *, width: int = 80) -> str:
    """Return the digest that ties a judgement to the very words around a mention."""
    return digest([text[max(0, start - width) : end + width]])


def texts_of(result: Result) -> dict[tuple[str, bool], str]:
    """Return body (False) and title (True) of each article."""
    texts = {(d, False): t for d, t in zip(result.texts["doc_id"], result.texts["text"], strict=True)}
    titles = {
        (d, True): t for d, t in zip(result.documents["doc_id"], result.documents["title"], strict=True)
    }
    return {**texts, **titles}


def _passage(text: str, start: int, end: int, width: int = 260) -> str:
    left, right = text[max(0, start - width) : start], text[end : end + width]
    return " ".join(f"{left}[[{text[start:end]}]]{right}".split())
