"""References: every time an article names a referent, and by which name.

A reference is a mention of an entry that has a referent. Entries without one ("regime", which may
name anybody), pronouns and descriptions are no references. A name inside a longer one ("Assad" in
"Assad regime") counts once, at the longest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_choice
from framing.analysis.features import count_features
from framing.analysis.selection import VOICE_CHOICES, answers_of
from framing.analysis.units import ArticleMatrix, Choice, article_matrix
from framing.errors import AnalysisError
from framing.tables import VOICES, check

NAME_CHOICES = ("entry", "category", "loaded")

NEUTRAL = "neutral"
"""Category of names that take no stance, and the name of the sum of them."""

LOADED = "loaded"
"""Name of the sum of all other names."""

_MARK = "="  # no category begins with it, so no name can be taken for one, nor for "any"


class References(NamedTuple):
    """References to one referent.

    ``matrix``: the articles that refer to it; ``counts`` are the references by each name, ``words``
    all references, above 0; names in descending order of use. ``categories`` of the names;
    ``neutral``: whether a neutral name of it occurs anywhere in the counts table.
    """

    referent: str
    matrix: ArticleMatrix
    categories: tuple[str, ...]
    neutral: bool


class Corpus(NamedTuple):
    """The articles that take part and the counts of names.

    ``articles``: its ``counts`` are the references to each of ``referents``, and to any. ``named``:
    the rows of the counts table with a referent in a voice and with an answer that count, which
    ``rows`` finds by referent; ``neutral``: the referents that have a neutral name in any voice.
    """

    articles: ArticleMatrix
    referents: tuple[str, ...]
    named: pd.DataFrame
    rows: Mapping[str, NDArray[np.intp]]
    neutral: frozenset[str]


def read_references(
    documents: pd.DataFrame, counts: pd.DataFrame, *, names: str = "entry", choice: Choice | None = None
) -> Corpus:
    """Choose articles and count how often each refers to each referent.

    Parameters
    ----------
    documents, counts
        Tables of :mod:`framing.tables`.
    names
        ``entry``: a name is an entry of the lexicon. ``category``: the stance of the name, a category
        of the lexicon. ``loaded``: ``neutral`` (category ``neutral``) or ``loaded`` (any other).
    choice
        Options of :func:`framing.analysis.units.article_matrix`, except ``level``, ``entries`` and
        ``category``: leaving out some names would change what the others are shares of.

    Raises
    ------
    AnalysisError
        If an option is unknown or makes no sense here, no entry names a referent, or no article is
        left.
    TableError
        If a table breaks its contract.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     ("a", "Alpha", "2017-04-04", "", 400, 300, 80, 20, 0, 0, 2, "", "ok", "")])
    >>> counts = build("counts", [
    ...     ("a", "assad-regime", "hostile", "syrian-government", "own", "", 2, 0),
    ...     ("a", "syrian-government", "neutral", "syrian-government", "own", "", 1, 0)])
    >>> corpus = read_references(documents, counts)
    >>> corpus.referents, corpus.articles.counts.tolist()
    (('syrian-government',), [[3, 3]])
    >>> found = references_to("syrian-government", corpus)
    >>> found.matrix.features, found.matrix.counts.tolist(), found.matrix.words.tolist()
    (('assad-regime', 'syrian-government'), [[2, 1]], [3.0])
    """
    check_choice("names", names, NAME_CHOICES)
    options: Choice = {**choice} if choice else {}
    _refuse_selection(options)
    options.pop("level", None)
    table = check("counts", counts)
    table = table[(table["referent"] != "") & (table["n"] > 0)]
    if not len(table):
        raise AnalysisError(
            "no entry names a referent", where="counts, column referent",
            got=f"{len(counts)} rows without a referent", allowed="at least one row with a referent",
            fix="score with --lexicon referents-en",
        )  # fmt: skip
    label = {
        "entry": table["entry_id"],
        "category": table["category"],
        "loaded": table["category"].where(table["category"] == NEUTRAL, LOADED),
    }[names]
    articles = article_matrix(documents, table.assign(category=_MARK + table["referent"]), **options)
    referents = tuple(feature.removeprefix(_MARK) for feature in articles.features[:-1])
    named = table.assign(stance=table["category"], category=_MARK + label)
    counted = named["voice"].isin(VOICE_CHOICES[options.get("voice", "own")])
    answers = answers_of(table, options.get("measure", "mentions"))
    if answers is not None:
        counted &= named["loaded"].isin(answers)
    named = named[counted]
    places = named.groupby("referent").indices
    rows = {str(name): np.asarray(at, dtype=np.intp) for name, at in places.items()}
    neutral = frozenset(table["referent"][table["category"] == NEUTRAL])
    return Corpus(articles, referents, named, rows, neutral)


def references_to(referent: str, corpus: Corpus) -> References:
    """Return the references to one referent in the articles that refer to it.

    Raises
    ------
    AnalysisError
        If no entry with a mention names the referent.
    """
    check_choice("referent", referent, corpus.referents)
    articles = corpus.articles
    rows = np.flatnonzero(articles.counts[:, corpus.referents.index(referent)])
    part = articles.select(rows)
    named = corpus.named.iloc[corpus.rows.get(referent, np.zeros(0, dtype=np.intp))]
    found = count_features(
        named, part.doc_ids.tolist(), voices=VOICES, level="category", entries=None, category=None,
        allow_unmatched=False,
    )  # fmt: skip
    counts, labels = found.counts[:, :-1], np.asarray(found.names[:-1], dtype=np.str_)
    used = counts.sum(axis=0, dtype=np.int64)
    order = np.lexsort([labels, -used])
    order = order[used[order] > 0]
    counts = np.ascontiguousarray(counts[:, order])
    stances = named.groupby("category")["stance"].agg(lambda values: "|".join(sorted(set(values))))
    return References(
        referent,
        ArticleMatrix(
            groups=part.groups, doc_ids=part.doc_ids, words=counts.sum(axis=1).astype(np.float64),
            counts=counts, features=tuple(str(label).removeprefix(_MARK) for label in labels[order]),
            filter=part.filter, strata=part.strata,
        ),
        tuple(str(stances[label]) for label in labels[order]),
        referent in corpus.neutral,
    )  # fmt: skip


def chosen_referents(
    referent: str | Sequence[str] | None, corpus: Corpus, *, min_articles: int
) -> Iterator[References]:
    """Yield the references to the referents asked for, in their order.

    By default these are all that some group refers to in ``min_articles`` articles or more, by more
    than one name, in alphabetical order.

    Raises
    ------
    AnalysisError
        If a referent is unknown or none is named.
    """
    if referent is not None:
        wanted = list(dict.fromkeys([referent] if isinstance(referent, str) else referent))
        check_choice("referent", wanted[0] if wanted else "", corpus.referents)
        yield from (references_to(name, corpus) for name in wanted)
        return
    refers = pd.DataFrame(corpus.articles.counts[:, :-1] > 0)
    often = refers.groupby(corpus.articles.groups).sum().max(axis=0).to_numpy() >= min_articles
    for name in np.asarray(corpus.referents, dtype=np.str_)[often].tolist():
        found = references_to(name, corpus)
        if len(found.matrix.features) > 1:
            yield found


def _refuse_selection(choice: Choice) -> None:
    values = {
        "level": choice.get("level", "category") not in ("category", None),
        "entries": choice.get("entries") is not None,
        "category": choice.get("category") is not None,
    }
    for option, refused in values.items():
        if refused:
            raise AnalysisError(
                "shares of names are shares of all references", where=f"option {option}",
                got=repr(dict(choice)[option]), allowed="no selection of names",
                fix="choose referents with referent, and sum names with names='category' or 'loaded'",
            )  # fmt: skip
