"""Counts of every word by article and voice: what keyness reads instead of the texts.

Words are told apart by their hash, so that no loop visits them one by one; each is spelled out once
for a batch of articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.context import WORD_VOICES, word_voices
from framing.pipeline.part import Part
from framing.records import Attribution
from framing.tables import build
from framing.text.tokens import tokenise

_REMOVED = WORD_VOICES.index("removed")


class ArticleWords(NamedTuple):
    """Words of one article: a row for each pair of word and voice.

    ``text`` is its folded text, from which the word of row ``i`` is ``text[start[i] : end[i]]``; ``voice``
    is a place in :data:`framing.context.WORD_VOICES`.
    """

    text: str
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    hash: NDArray[np.uint64]
    voice: NDArray[np.int64]
    n: NDArray[np.int64]


class WordRows(NamedTuple):
    """Rows of the words table for some articles: numbers into ``doc_ids`` and ``spelled``."""

    doc_ids: list[str]
    spelled: list[str]
    hash: NDArray[np.uint64]
    doc: NDArray[np.int32]
    word: NDArray[np.int32]
    voice: NDArray[np.int8]
    n: NDArray[np.int32]


def words_of(parts: Iterable[tuple[Part, Sequence[Attribution]]]) -> ArticleWords:
    """Count the words of an article: its title and its text, each with what it attributes.

    Words of removed stretches do not count. The voices are those of :func:`framing.context.count_words`.
    """
    texts, starts, ends, hashes, voices = [], [], [], [], []
    offset = 0
    for part, said in parts:
        folded = part.folded
        tokens = tokenise(folded.codes, folded.word)
        origin = tokens.start if folded.origin is None else folded.origin[tokens.start]
        voice = word_voices(said, origin, part.reading.paragraphs)
        counts = np.flatnonzero(voice != _REMOVED)
        texts.append(folded.text())
        starts.append(tokens.start[counts] + offset)
        ends.append(tokens.end[counts] + offset)
        hashes.append(tokens.hash[counts])
        voices.append(voice[counts].astype(np.int64))
        offset += len(texts[-1])
    start, end = np.concatenate(starts), np.concatenate(ends)
    spelling, spoken = np.concatenate(hashes), np.concatenate(voices)
    kinds, first, number = np.unique(spelling, return_index=True, return_inverse=True)
    pairs, n = np.unique(number * len(WORD_VOICES) + spoken, return_counts=True)
    kind, said_as = np.divmod(pairs, len(WORD_VOICES))
    return ArticleWords("".join(texts), start[first[kind]], end[first[kind]], kinds[kind], said_as, n)


def word_rows(articles: Sequence[tuple[str, ArticleWords]]) -> WordRows:
    """Put the words of some articles together and spell out each word once."""
    hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *(words.hash for _, words in articles)])
    size = [len(words.hash) for _, words in articles]
    doc = np.repeat(np.arange(len(articles)), size)
    kinds, first, number = np.unique(hashes, return_index=True, return_inverse=True)
    before = np.cumsum([0, *size])
    spelled = []
    for at in first.tolist():
        words = articles[doc[at]][1]
        row = at - before[doc[at]]
        spelled.append(words.text[words.start[row] : words.end[row]])
    voice, n = (
        np.concatenate([np.zeros(0, dtype=np.int64), *columns])
        for columns in ([words.voice for _, words in articles], [words.n for _, words in articles])
    )
    return WordRows(
        [doc_id for doc_id, _ in articles], spelled, kinds, doc.astype(np.int32), number.astype(np.int32),
        voice.astype(np.int8), n.astype(np.int32),
    )  # fmt: skip


def words_frame(parts: Sequence[WordRows]) -> pd.DataFrame:
    """Return the words table: by article in the order of the corpus, then by word and by voice."""
    doc_ids = [doc_id for part in parts for doc_id in part.doc_ids]
    if not doc_ids:
        return build("words", [])
    kinds, first = np.unique(np.concatenate([part.hash for part in parts]), return_index=True)
    every = [word for part in parts for word in part.spelled]
    spelled = [every[at] for at in first.tolist()]
    order = sorted(range(len(spelled)), key=spelled.__getitem__)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    word = np.concatenate([place[np.searchsorted(kinds, part.hash)[part.word]] for part in parts])
    before = np.cumsum([0, *(len(part.doc_ids) for part in parts)])
    doc = np.concatenate(
        [part.doc + np.int32(start) for part, start in zip(parts, before.tolist(), strict=False)]
    )
    voice, n = (np.concatenate(x) for x in ([part.voice for part in parts], [part.n for part in parts]))
    # Categories are sorted, so that the same articles in another order have the same ones.
    documents = pd.Index(doc_ids, dtype="str")
    ids, voices = documents.sort_values(), sorted(set(WORD_VOICES) - {"removed"})
    rank = pd.Index(voices).get_indexer(pd.Index(WORD_VOICES))
    rows = np.lexsort([rank[voice], word, doc])
    return pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(ids.get_indexer(documents)[doc[rows]], ids),
            "word": pd.Categorical.from_codes(
                word[rows], pd.Index([spelled[at] for at in order], dtype="str")
            ),
            "voice": pd.Categorical.from_codes(rank[voice[rows]], pd.Index(voices, dtype="str")),
            "n": n[rows].astype(np.int64),
        }
    )
