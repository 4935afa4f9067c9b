"""Which articles take part in an analysis, and how many words each of them puts below the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_choice, listed, suggestion
from framing.errors import AnalysisError
from framing.tables import SCORED, VOICES, check

ATTRIBUTED = ("direct", "indirect")

VOICE_CHOICES: Mapping[str, tuple[str, ...]] = {
    **{voice: (voice,) for voice in VOICES},
    "attributed": ATTRIBUTED,
    "all": VOICES,
}
"""What an analysis may ask for, and the voices of the counts table that it then sums."""

DENOMINATORS: Mapping[str, tuple[str, ...]] = {
    "own": ("n_words_own",),
    "scare": ("n_words_own",),  # scare quotes are the outlet's own words
    "direct": ("n_words_quoted",),
    "indirect": ("n_words_reported",),
    "attributed": ("n_words_quoted", "n_words_reported"),
    "unknown": ("n_words",),
    "all": ("n_words",),
}
"""Columns of the documents table that hold the words in which a voice could have spoken."""

MEASURES: Mapping[str, tuple[str, ...] | None] = {"mentions": None, "loaded": ("yes",)}
"""What counts, and the answers of the classifier that it needs; ``None``: whatever it says."""

DUPLICATE_CHOICES = ("same-outlet", "drop", "keep")
WORDS_CHOICES = ("voice", "all")


def choose_articles(
    documents: pd.DataFrame, *, by: str, duplicates: str
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the articles that can be compared, sorted by ``doc_id``, and how many were left out.

    The result has the columns of the documents table and ``group``, the value of ``by`` as text. An
    article counts if it was scored, has words and has a value in ``by``. Of the copies of one text
    inside one group one counts with ``duplicates="same-outlet"``: the original, or the earliest copy
    if the original belongs elsewhere. ``"drop"`` leaves out every flagged copy, ``"keep"`` none.

    Raises
    ------
    AnalysisError
        If ``by`` is no column, ``duplicates`` is unknown or a ``doc_id`` occurs twice.
    TableError
        If the documents table breaks its contract.
    """
    check_choice("duplicates", duplicates, DUPLICATE_CHOICES)
    if by not in documents.columns:
        columns = [str(column) for column in documents.columns]
        raise AnalysisError(
            "the articles cannot be grouped by this column", where="option by", got=repr(by),
            allowed=listed(columns),
            fix=suggestion(by, columns) or f"add a column {by!r} to the documents table",
        )  # fmt: skip
    pool = check("documents", documents)
    left_out: dict[str, int] = {}

    def leave(table: pd.DataFrame, kept: NDArray[np.bool_], reason: str) -> pd.DataFrame:
        left_out[reason] = int((~kept).sum())
        return table[kept]

    pool = leave(pool, pool["status"].isin(SCORED).to_numpy(dtype=bool), "not scored")
    pool = leave(pool, pool["n_words"].to_numpy() > 0, "no words")
    pool = pool.assign(group=as_text(pool[by]))
    pool = leave(pool, (pool["group"] != "").to_numpy(dtype=bool), f"no {by}")
    _refuse_repeated(pool["doc_id"])
    pool = leave(pool, ~_copies(pool, documents, duplicates), "copies")
    return pool.sort_values("doc_id", kind="stable", ignore_index=True), left_out


PERIODS: Mapping[str, str] = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V"}
"""Parts of the publication date that articles can be compared within, and how they are written."""


def strata(
    articles: pd.DataFrame, within: str | Sequence[str] | None
) -> tuple[NDArray[np.str_] | None, NDArray[np.bool_]]:
    """Return the stratum of each article, and which articles have one.

    ``within`` names columns of the documents table, or ``year``, ``month`` or ``week``, which are
    taken from the publication date unless the table has a column of that name.

    Raises
    ------
    AnalysisError
        If there is no such column.

    Examples
    --------
    >>> table = pd.DataFrame({"published": ["2017-04-04", ""], "topic": ["war", "war"]})
    >>> labels, known = strata(table, ["month", "topic"])
    >>> labels.tolist(), known.tolist()
    (['2017-04 | war', ' | war'], [True, False])
    """
    if within is None:
        return None, np.ones(len(articles), dtype=bool)
    names = [within] if isinstance(within, str) else list(within)
    parts = []
    for name in names:
        if name in PERIODS and name not in articles.columns:
            dates = pd.to_datetime(articles["published"], format="%Y-%m-%d", errors="coerce")
            parts.append(dates.dt.strftime(PERIODS[name]).fillna("").astype("str"))
            continue
        check_choice("within", name, [*PERIODS, *(str(c) for c in articles.columns)])
        parts.append(as_text(articles[name]))
    known = np.logical_and.reduce([(part != "").to_numpy(dtype=bool) for part in parts])
    labels = [" | ".join(row) for row in zip(*parts, strict=True)]
    return np.asarray(labels, dtype=np.str_), np.asarray(known)


def answers_of(counts: pd.DataFrame, measure: str) -> tuple[str, ...] | None:
    """Return the answers of the classifier that a mention must have to count; ``None``: any.

    Raises
    ------
    AnalysisError
        If the measure is unknown, or needs a classifier and there was none.
    """
    check_choice("measure", measure, MEASURES)
    answers = MEASURES[measure]
    if answers is not None and len(counts) and not (counts["loaded"] != "").any():
        raise AnalysisError(
            "nothing says which mentions are loaded", where="counts, column loaded",
            got="no answer in any row", allowed="yes, no or unsure",
            fix="score with a classifier, or count every mention (measure='mentions')",
        )  # fmt: skip
    return answers


def as_text(values: pd.Series) -> pd.Series:
    """Return a column as text; whole numbers with gaps are stored as 1.0, their name is 1."""
    found = values.convert_dtypes()
    return found.astype("str").where(found.notna(), "").str.strip()


def denominator(articles: pd.DataFrame, *, voice: str, words: str) -> NDArray[np.float64]:
    """Return the words of each article in which ``voice`` could have spoken (``words="voice"``).

    A rate of the outlet's own voice per word of its own voice says how it writes; per word of the
    article (``words="all"``) it also falls when an outlet quotes more.

    Raises
    ------
    AnalysisError
        If ``voice`` or ``words`` is unknown, or words were not counted by voice.
    """
    check_choice("voice", voice, VOICE_CHOICES)
    check_choice("words", words, WORDS_CHOICES)
    columns = DENOMINATORS[voice] if words == "voice" else ("n_words",)
    counted = articles[list(columns)]
    if bool(counted.isna().any(axis=None)):
        raise AnalysisError(
            "the words of these articles were not counted by voice",
            where="documents, " + ", ".join(columns),
            got=f"{int(counted.isna().any(axis=1).sum())} articles without a number",
            fix="score them without --mentions-only, or compare per word of the article (words='all')",
        )
    return np.asarray(counted.sum(axis=1), dtype=np.float64)


def _refuse_repeated(doc_ids: pd.Series) -> None:
    repeated = doc_ids[doc_ids.duplicated()].unique().tolist()
    if repeated:
        raise AnalysisError(
            "a doc_id stands for more than one article", where="documents, column doc_id",
            got=listed(repeated), allowed="each doc_id once", fix="give every article a doc_id of its own",
        )  # fmt: skip


def _copies(pool: pd.DataFrame, documents: pd.DataFrame, duplicates: str) -> NDArray[np.bool_]:
    """Return which articles of ``pool`` are copies that must not count again."""
    original = pool["duplicate_of"].fillna("").astype(str)
    flags = (original != "").to_numpy(dtype=bool)
    if duplicates == "keep" or not flags.any():
        return np.zeros(len(pool), dtype=bool)
    if duplicates == "drop":
        return flags
    flagged = documents["duplicate_of"].fillna("").astype(str)
    parent = {d: o for d, o in zip(documents["doc_id"], flagged, strict=True) if o}
    member = dict(zip(pool["doc_id"], pool["group"], strict=True))
    order = pd.DataFrame(
        {
            "group": pool["group"],
            "root": [_root(doc_id, parent) for doc_id in pool["doc_id"]],
            "copy": flags,
            # A copy of a copy: the nearer one to the original stays.
            "direct": [member.get(o) == g for o, g in zip(original, pool["group"], strict=True)],
            "undated": pool["published"].fillna("") == "",
            "published": pool["published"].fillna(""),
            "doc_id": pool["doc_id"],
        },
        index=pool.index,
    ).sort_values(["copy", "direct", "undated", "published", "doc_id"], kind="stable")
    later = order.duplicated(["group", "root"])
    return later.reindex(pool.index).to_numpy(dtype=bool)


def _root(doc_id: str, parent: Mapping[str, str]) -> str:
    """Return the first article of a chain of copies; a chain that bites its tail ends where it does."""
    seen = {doc_id}
    while (above := parent.get(doc_id, "")) and above not in seen:
        seen.add(above)
        doc_id = above
    return doc_id
