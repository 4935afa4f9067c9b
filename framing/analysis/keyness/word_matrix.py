"""Counts of many features in articles, stored without the zeros: what keyness compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from framing.analysis.choices import check_choice
from framing.analysis.selection import VOICE_CHOICES, choose_articles, denominator, strata
from framing.analysis.units import ArticleMatrix
from framing.errors import AnalysisError
from framing.tables import check

WORD_VOICES = ("own", "direct", "indirect", "unknown", "attributed", "all")
"""Voices that single words are counted by; words in scare quotes are the outlet's own words."""


@dataclass(frozen=True, slots=True, eq=False)
class SparseMatrix:
    """What :class:`framing.analysis.units.ArticleMatrix` holds, for tens of thousands of features.

    ``counts`` are features x articles, the other way round: features are looked at one by one, articles
    all at once. ``words`` is shape (articles,), above 0.
    """

    groups: NDArray[np.str_]
    doc_ids: NDArray[np.str_]
    words: NDArray[np.float64]
    counts: csr_array
    features: NDArray[np.object_]
    filter: dict[str, object]
    strata: NDArray[np.str_] | None = None

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self.words)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the groups that have articles, sorted."""
        return tuple(sorted(set(self.groups.tolist())))

    def select(self, articles: NDArray[np.bool_]) -> SparseMatrix:
        """Return the matrix of some articles."""
        return SparseMatrix(
            self.groups[articles], self.doc_ids[articles], self.words[articles],
            csr_array(self.counts[:, np.flatnonzero(articles)]), self.features, self.filter,
            None if self.strata is None else self.strata[articles],
        )  # fmt: skip

    def keep(self, features: NDArray[np.bool_]) -> SparseMatrix:
        """Return the matrix of some features."""
        return SparseMatrix(
            self.groups, self.doc_ids, self.words, csr_array(self.counts[np.flatnonzero(features)]),
            self.features[features], self.filter, self.strata,
        )  # fmt: skip


def sparse_matrix(matrix: ArticleMatrix) -> SparseMatrix:
    """Return an article matrix without its zeros."""
    return SparseMatrix(
        matrix.groups, matrix.doc_ids, matrix.words, csr_array(matrix.counts.T),
        np.asarray(matrix.features, dtype=np.object_), matrix.filter, matrix.strata,
    )  # fmt: skip


def word_matrix(
    documents: pd.DataFrame,
    words: pd.DataFrame,
    *,
    by: str = "outlet",
    voice: str = "own",
    duplicates: str = "same-outlet",
    per: str = "voice",
    within: str | Sequence[str] | None = None,
) -> SparseMatrix:
    """Count every word in articles, from the documents and the words table.

    Parameters
    ----------
    documents, words
        Tables of :mod:`framing.tables`. Rows of ``words`` whose article is not in ``documents`` are not
        read, so a filtered documents table restricts the analysis.
    by, duplicates, within
        As in :func:`framing.analysis.units.article_matrix`.
    voice
        ``own``, ``direct``, ``indirect``, ``unknown``, ``attributed`` (direct and indirect) or ``all``.
    per
        ``voice``: per word of that voice (``unknown``: per word of the article). ``all``: per word of the
        article.

    Returns
    -------
    SparseMatrix
        Articles sorted by ``doc_id``, words in alphabetical order.

    Raises
    ------
    AnalysisError
        If an option has an unknown value, the run did not keep its words, or no article is left.
    TableError
        If a table breaks its contract.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     ("a", "Alpha", "2017-04-04", "", 4, 4, 0, 0, 0, 0, 2, "", "ok", ""),
    ...     ("b", "Beta", "2017-04-05", "", 5, 3, 2, 0, 0, 0, 0, "", "ok", "")])
    >>> words = build("words", [
    ...     ("a", "regime", "own", 4), ("b", "cheers", "own", 3), ("b", "regime", "direct", 2)])
    >>> matrix = word_matrix(documents, words)
    >>> matrix.features.tolist(), matrix.counts.toarray().tolist(), matrix.words.tolist()
    (['cheers', 'regime'], [[0, 3], [4, 0]], [4.0, 3.0])
    """
    check_choice("voice", voice, WORD_VOICES)
    if not len(words):
        raise AnalysisError(
            "the run did not keep its words", where="words", got="an empty table",
            allowed="how often each word stands in each article",
            fix="score the corpus with --words (analyze(..., keep_words=True)), or choose level='entry'",
        )  # fmt: skip
    usable, left_out = choose_articles(documents, by=by, duplicates=duplicates)
    below = denominator(usable, voice=voice, words=per)
    place, placed = strata(usable, within)
    if within is not None:
        left_out["no value of within"] = int((~placed).sum())
    left_out["no words in this voice"] = int((placed & (below <= 0)).sum())
    kept = placed & (below > 0)
    if not kept.any():
        raise AnalysisError(
            "no article is left to analyze", where="documents",
            got=f"{len(documents)} articles; left out: "
            + ", ".join(f"{n} {reason}" for reason, n in left_out.items()),
            allowed=f"scored articles with words in voice {voice!r} and a value in column {by!r}",
            fix="choose another voice or column, or score the corpus again",
        )  # fmt: skip
    doc_ids = usable["doc_id"].to_numpy()[kept]
    table = check("words", words)
    article = pd.Index(doc_ids).get_indexer(table["doc_id"].cat.categories)[table["doc_id"].cat.codes]
    spoken = table["voice"].cat.categories.isin(list(VOICE_CHOICES[voice]))[table["voice"].cat.codes]
    used = (article >= 0) & spoken
    code = table["word"].cat.codes.to_numpy()[used]
    every = table["word"].cat.categories
    order = np.argsort(every) if not every.is_monotonic_increasing else np.arange(len(every))
    present = order[np.bincount(code, minlength=len(every))[order] > 0]
    row = np.zeros(len(every), dtype=np.int32)
    row[present] = np.arange(len(present), dtype=np.int32)
    n = table["n"].to_numpy()[used].astype(np.int32)
    counts = coo_array((n, (row[code], article[used].astype(np.int32))), shape=(len(present), len(doc_ids)))
    names = np.asarray(usable["group"].tolist(), dtype=np.str_)
    return SparseMatrix(
        groups=names[kept],
        doc_ids=np.asarray(doc_ids.tolist(), dtype=np.str_),
        words=below[kept],
        counts=counts.tocsr(),
        features=every[present].to_numpy(dtype=object),
        filter={
            "by": by,
            "voice": voice,
            "level": "word",
            "duplicates": duplicates,
            "words": per,
            "within": within if within is None or isinstance(within, str) else list(within),
            "n_documents": len(documents),
            "n_articles": int(kept.sum()),
            "n_features": len(present),
            "left_out": left_out,
            "groups_without_articles": sorted(set(names.tolist()) - set(names[kept].tolist())),
        },
        strata=None if place is None else place[kept],
    )
