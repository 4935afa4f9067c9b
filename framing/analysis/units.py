"""The article matrix: one row an article, the unit of every comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.features import count_features
from framing.analysis.selection import VOICE_CHOICES, answers_of, choose_articles, denominator, strata
from framing.errors import AnalysisError
from framing.tables import check


@dataclass(frozen=True, slots=True, eq=False)
class ArticleMatrix:
    """Counts of features in articles, with the words they are counted in.

    Parameters
    ----------
    groups
        Outlet (or value of another column) of each article.
    doc_ids
        Identifier of each article, unique.
    words
        Words of each article in which the counted voice could have spoken, above 0.
    counts
        Articles x features: how often each feature occurs.
    features
        Names of the columns of ``counts``.
    filter
        What was counted and what was left out, in plain values.
    strata
        Month, topic, event ... of each article, inside which groups are compared; ``None`` if
        articles are compared across the whole corpus.
    """

    groups: NDArray[np.str_]
    doc_ids: NDArray[np.str_]
    words: NDArray[np.float64]
    counts: NDArray[np.int32]
    features: tuple[str, ...]
    filter: dict[str, object]
    strata: NDArray[np.str_] | None = None

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self.words)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the groups that have articles, sorted."""
        return tuple(sorted(set(self.groups.tolist())))

    def select(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> ArticleMatrix:
        """Return the matrix of some articles, in the order asked for."""
        return ArticleMatrix(
            self.groups[rows], self.doc_ids[rows], self.words[rows], self.counts[rows],
            self.features, self.filter, None if self.strata is None else self.strata[rows],
        )  # fmt: skip


class Choice(TypedDict, total=False):
    """What is counted, and in which articles: the options of :func:`article_matrix`."""

    by: str
    voice: str
    measure: str
    level: str
    entries: str | Sequence[str] | None
    category: str | None
    duplicates: str
    words: str
    within: str | Sequence[str] | None
    allow_unmatched: bool


def article_matrix(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    by: str = "outlet",
    voice: str = "own",
    measure: str = "mentions",
    level: str = "category",
    entries: str | Sequence[str] | None = None,
    category: str | None = None,
    duplicates: str = "same-outlet",
    words: str = "voice",
    within: str | Sequence[str] | None = None,
    allow_unmatched: bool = False,
) -> ArticleMatrix:
    """Count features in articles, from the documents and the counts table.

    Parameters
    ----------
    documents, counts
        Tables of :mod:`framing.tables`. Rows of ``counts`` whose article is not in ``documents``
        are not read, so a filtered documents table restricts the analysis.
    by
        Column of ``documents`` whose values are compared: ``outlet`` or one of your own, such as
        ``event`` or ``bloc``. Articles without a value are left out.
    voice
        ``own``, ``direct``, ``indirect``, ``scare``, ``unknown``, ``attributed`` (direct and
        indirect) or ``all``.
    measure
        ``mentions``: every mention that the lexicons find. ``loaded``: those that the classifier
        calls loaded; mentions of which it is unsure do not count.
    level
        ``category``: one feature a category, and ``any`` for their sum; a mention counts once, at
        its longest entry. ``entry``: one feature an entry; an entry inside a longer mention counts
        too, so the entries do not add up to the categories.
    entries
        Globs on entry ids (``"takfiri*"``). They make ONE feature, named by the globs joined with
        ``|``, that sums the entries that match, nested ones included. If two of them lie inside
        each other (``terrorist`` in ``takfiri-terrorist``) one mention counts for both: the counts
        table cannot tell. ``filter["counted_twice_at_most"]`` bounds such mentions.
    category
        Keep this category only (with ``level="entry"`` or ``entries``: its entries only).
    duplicates
        ``same-outlet``: of the copies of one text inside one group one counts. ``drop``: no copy
        counts. ``keep``: every copy counts.
    words
        ``voice``: per word of that voice (own and scare: own words; direct: quoted words; indirect:
        reported words; unknown and all: all words). ``all``: per word of the article. Articles
        without such words take no part; ``filter`` says how many.
    within
        Compare inside strata: ``month``, ``week`` or ``year`` of publication, or columns of
        ``documents`` such as ``event`` or ``topic``. Articles without a value are left out.
    allow_unmatched
        Count an entry or category that occurs nowhere as zero, instead of refusing it.

    Returns
    -------
    ArticleMatrix
        Sorted by ``doc_id``.

    Raises
    ------
    AnalysisError
        If an option has an unknown value, a glob or category occurs nowhere, or no article is left.
    TableError
        If a table breaks its contract.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     ("a", "Alpha", "2017-04-04", "", 400, 300, 80, 20, 0, 0, 2, "", "ok", ""),
    ...     ("b", "Beta", "2017-04-05", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")])
    >>> counts = build("counts", [("a", "regime", "delegitimisation", "", "own", "yes", 2, 1)])
    >>> matrix = article_matrix(documents, counts)
    >>> matrix.features, matrix.counts.tolist(), matrix.words.tolist()
    (('delegitimisation', 'any'), [[2, 2], [0, 0]], [300.0, 500.0])
    """
    usable, left_out = choose_articles(documents, by=by, duplicates=duplicates)
    below = denominator(usable, voice=voice, words=words)
    doc_ids = usable["doc_id"].tolist()
    counts = check("counts", counts)
    found = count_features(
        counts, doc_ids, voices=VOICE_CHOICES[voice], level=level, entries=entries,
        category=category, allow_unmatched=allow_unmatched, answers=answers_of(counts, measure),
    )  # fmt: skip
    place, placed = strata(usable, within)
    if within is not None:
        left_out["no value of within"] = int((~placed).sum())
    has_words = below > 0
    left_out["no words in this voice"] = int((placed & ~has_words).sum())
    kept = has_words & placed
    names = np.asarray(usable["group"].tolist(), dtype=np.str_)
    if not kept.any():
        raise AnalysisError(
            "no article is left to analyze", where="documents",
            got=f"{len(documents)} articles; left out: "
            + ", ".join(f"{n} {reason}" for reason, n in left_out.items()),
            allowed=f"scored articles with words in voice {voice!r} and a value in column {by!r}",
            fix="choose another voice or column, or score the corpus again",
        )  # fmt: skip
    used: dict[str, object] = {
        "by": by,
        "voice": voice,
        "measure": measure,
        "level": "entries" if entries is not None else level,
        "entries": None if entries is None else [entries] if isinstance(entries, str) else list(entries),
        "category": category,
        "duplicates": duplicates,
        "words": words,
        "within": within if within is None or isinstance(within, str) else list(within),
        "n_documents": len(documents),
        "n_articles": int(kept.sum()),
        "left_out": left_out,
        "mentions_without_words": _outside(found.counts[placed & ~has_words], found.names),
        "groups_without_articles": sorted(set(names.tolist()) - set(names[kept].tolist())),
        "counted_twice_at_most": found.twice,
    }
    return ArticleMatrix(
        groups=names[kept],
        doc_ids=np.asarray(doc_ids, dtype=np.str_)[kept],
        words=below[kept],
        counts=found.counts[kept],
        features=found.names,
        filter=used,
        strata=None if place is None else place[kept],
    )


def refuse_strata(choice: Choice, fix: str) -> None:
    """Refuse ``within`` where a function would not use it (raises AnalysisError)."""
    if choice.get("within"):
        raise AnalysisError(
            "this analysis does not look inside strata", where="option within", got=repr(choice["within"]),
            allowed="nothing", fix=fix,
        )  # fmt: skip


def rows_of(groups: NDArray[np.str_]) -> dict[str, NDArray[np.intp]]:
    """Return the rows of each group, groups in alphabetical order.

    Examples
    --------
    >>> {name: rows.tolist() for name, rows in rows_of(np.array(["b", "a", "b"])).items()}
    {'a': [1], 'b': [0, 2]}
    """
    codes, names = pd.factorize(groups, sort=True)
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(1, len(names)))
    return {str(n): rows for n, rows in zip(names, np.split(order, bounds), strict=True)}


def _outside(counts: NDArray[np.int32], names: tuple[str, ...]) -> int:
    """Return the mentions in articles without words; ``any`` already sums the other columns."""
    return int(counts[:, -1].sum() if names[-1:] == ("any",) else counts.sum())
