"""Groups side by side in how they name one referent: sums, shares, differences and tests of each pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_at_least, check_choice, check_share
from framing.analysis.naming.references import Corpus, References, chosen_referents, read_references
from framing.analysis.naming.share_differences import Difference, share_difference, stratified_difference
from framing.analysis.naming.share_statistic import share_tests
from framing.analysis.naming.shares import (
    Floats,
    Shares,
    ShareSums,
    pooled_likeness,
    share_limits,
    share_sums,
)
from framing.analysis.pairs import REST, Pair, all_groups, pairs_of
from framing.analysis.permutation import FEWEST
from framing.analysis.units import ArticleMatrix, Choice, rows_of

_LEAST = 2  # groups of a comparison, and articles of a group: a spread between articles needs two of them

_Tests = tuple[
    Floats, Floats, Floats
]  # p (pairs x names), p of any difference and distance by chance (pairs)


class NamedPairs(NamedTuple):
    """What is known of pairs of groups that name one referent; arrays are pairs x names.

    ``p_any`` and ``distance_by_chance`` are by pair. p is missing where a side has too few articles.
    """

    own: ShareSums
    other: ShareSums
    shares: Shares
    difference: Difference
    top_article_share: Floats
    p: Floats
    p_any: Floats
    distance_by_chance: Floats

    @property
    def used(self) -> NDArray[np.bool_]:
        """Whether either side uses the name."""
        return np.asarray((self.own.named > 0) | (self.other.named > 0))


@dataclass(frozen=True, slots=True)
class Question:
    """Who is asked about, and how: the options of a call, and the references of its corpus.

    ``asked``: whether referents or a group were named, so that those without references are shown.
    """

    corpus: Corpus
    pairs: tuple[Pair, ...]
    referent: str | Sequence[str] | None
    names: str
    asked: bool
    min_articles: int
    permutations: int
    seed: int
    confidence: float

    def parts(self) -> Iterator[tuple[References, NamedPairs]]:
        """Yield each referent with its pairs."""
        for found in chosen_referents(self.referent, self.corpus, min_articles=self.min_articles):
            if len(found.matrix):
                yield found, named_pairs(
                    found, self.pairs, min_articles=self.min_articles, permutations=self.permutations,
                    seed=self.seed, confidence=self.confidence,
                )  # fmt: skip


def ask(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    choice: Choice,
    *,
    referent: str | Sequence[str] | None,
    names: str,
    target: str | None,
    reference: str | None,
    min_articles: int,
    permutations: int,
    seed: int,
    confidence: float,
) -> Question:
    """Check the options of a call and count the references (raises AnalysisError)."""
    check_at_least("min_articles", min_articles, _LEAST)
    check_at_least("permutations", permutations, FEWEST)
    check_share("confidence", confidence)
    corpus = read_references(documents, counts, names=names, choice=choice)
    groups = all_groups(corpus.articles)
    if len(groups) < _LEAST and reference is None:
        # The shares of one group are worth reading even if there is no other to compare them with.
        if target is not None:
            check_choice("target", target, groups)
        pairs = [Pair(name, None) for name in groups]
    else:
        pairs = pairs_of(corpus.articles, target, reference)
    return Question(
        corpus, tuple(pairs), referent, names, referent is not None or target is not None, min_articles,
        permutations, seed, confidence,
    )  # fmt: skip


def named_pairs(
    references: References,
    pairs: Sequence[Pair],
    *,
    min_articles: int,
    permutations: int,
    seed: int,
    confidence: float,
) -> NamedPairs:
    """Return sums, shares, differences and tests of each pair, in the order of ``pairs``."""
    matrix = references.matrix
    names = sorted({*matrix.names, *(name for pair in pairs for name in pair if name is not None)})
    place = {name: at for at, name in enumerate(names)}
    labels = np.array([place[name] for name in matrix.groups.tolist()], dtype=np.int32)
    sums = share_sums(matrix.counts, matrix.words, labels, len(names))
    likeness = pooled_likeness(sums)
    at = np.array([place[pair.group] for pair in pairs], dtype=np.intp)
    own = _of(sums, at)
    everyone = ShareSums(*(value.sum(axis=0, keepdims=True) for value in sums))
    rest = everyone.without(own)
    there = np.array([place.get(pair.versus or "", 0) for pair in pairs], dtype=np.intp)
    alone = np.array([pair.versus is not None for pair in pairs], dtype=bool)[:, None]
    other = ShareSums(*(np.where(alone, a, b) for a, b in zip(_of(sums, there), rest, strict=True)))
    shares = share_limits(own, likeness, level=confidence)
    if matrix.strata is None:
        difference = share_difference(shares, share_limits(other, likeness, level=confidence))
    else:
        difference = _inside_strata(matrix, pairs, likeness, confidence)
    most = np.zeros_like(sums.named)
    for name, rows in rows_of(matrix.groups).items():
        most[place[name]] = matrix.counts[rows].max(axis=0)
    top = np.divide(most[at], own.named, out=np.full_like(own.named, np.nan), where=own.named > 0)
    enough = (own.articles >= min_articles) & (other.articles >= min_articles)
    tests = _tests(matrix, pairs, enough[:, 0], permutations, seed)
    return NamedPairs(own, other, shares, difference, top, *tests)


def _of(sums: ShareSums, at: NDArray[np.intp]) -> ShareSums:
    return ShareSums(*(value[at] for value in sums))


def _tests(
    matrix: ArticleMatrix, pairs: Sequence[Pair], enough: NDArray[np.bool_], permutations: int, seed: int
) -> _Tests:
    p = np.full((len(pairs), len(matrix.features)), np.nan)
    p_any, by_chance = np.full(len(pairs), np.nan), np.full(len(pairs), np.nan)
    together = None
    for at in np.flatnonzero(enough).tolist():
        pair = pairs[at]
        if pair.versus is not None:
            part = matrix.select(np.isin(matrix.groups, [pair.group, pair.versus]))
            found = share_tests(part, permutations=permutations, seed=seed)
        else:
            together = together or share_tests(matrix, permutations=permutations, seed=seed)
            found = together
        row = found.groups.index(pair.group)
        p[at], p_any[at], by_chance[at] = found.p[row], found.p_any[row], found.distance_by_chance[row]
    return p, p_any, by_chance


def _inside_strata(
    matrix: ArticleMatrix, pairs: Sequence[Pair], likeness: Floats, confidence: float
) -> Difference:
    found = []
    for group, versus in pairs:
        part = matrix if versus is None else matrix.select(np.isin(matrix.groups, [group, versus]))
        if part.strata is None:
            raise AssertionError("a matrix with strata has lost them")
        found.append(
            stratified_difference(
                part.counts, part.words, part.groups == group, part.strata, likeness, level=confidence
            )
        )
    return Difference(*(np.array(values) for values in zip(*found, strict=True)))


def sides(references: References, found: NamedPairs, question: Question) -> pd.DataFrame:
    """Return one row a pair: referent, group, versus, articles and references of both sides."""
    text = {
        "referent": [references.referent] * len(question.pairs),
        "group": [pair.group for pair in question.pairs],
        "versus": [REST if pair.versus is None else pair.versus for pair in question.pairs],
    }
    whole = {
        "n_articles": found.own.articles,
        "n_articles_versus": found.other.articles,
        "n_references": found.own.references,
        "n_references_versus": found.other.references,
    }
    return pd.DataFrame(
        {
            **{name: pd.Series(values, dtype="str") for name, values in text.items()},
            **{name: values[:, 0].astype(np.int64) for name, values in whole.items()},
        }
    )


def reasons(
    references: References, found: NamedPairs, question: Question, p: Floats
) -> list[tuple[NDArray[np.bool_], str]]:
    """Return why a value is missing or weak: for each reason the rows, in the shape of ``p``, and words."""
    own, other = (np.broadcast_to(side.articles, p.shape) for side in (found.own, found.other))
    least = question.min_articles
    alone = np.broadcast_to(found.used.sum(axis=1, keepdims=True) == 1, p.shape)
    few, other_few = own < least, other < least
    return [
        (own == 0, "does not refer to it"),
        (few & (own > 0), f"fewer than {least} articles refer to it: not tested"),
        (other_few & ~few, f"fewer than {least} articles on the other side: not tested"),
        (alone, "one name only: nothing to choose"),
        (np.isnan(p) & ~few & ~other_few & ~alone, "no stratum with both sides: not tested"),
        (own == 1, "one article: limits rest on the spread in other groups"),
        (np.full(p.shape, not references.neutral), "no neutral name counted: shares of the loaded names"),
    ]


def told(reasons: Sequence[tuple[NDArray[np.bool_], str]], rows: int) -> pd.Series:
    """Return one note a row: each reason that holds."""
    lines: list[list[str]] = [[] for _ in range(rows)]
    for holds, text in reasons:
        for at in np.flatnonzero(holds).tolist():
            lines[at].append(text)
    return pd.Series(["; ".join(line) for line in lines], dtype="str")


def finished(
    table: pd.DataFrame, columns: Sequence[str], question: Question, *, statistic: str, **more: object
) -> pd.DataFrame:
    """Return the table with its columns in order and how it was made in ``attrs["method"]``."""
    articles = question.corpus.articles
    table = table[list(columns)].reset_index(drop=True)
    family = int(table["p"].notna().sum())
    table.attrs["method"] = {
        "statistic": statistic + ("" if articles.strata is None else " inside strata"),
        "permutations": question.permutations,
        "seed": question.seed,
        "family_size": family,
        "smallest_p": 1 / (question.permutations + 1),
        "permutations_for_one": max(FEWEST, 20 * family),
        "correction": "Benjamini-Hochberg over all tested rows of this call",
        **more,
        "min_articles": question.min_articles,
        "names": question.names,
        "n_articles": len(articles),
        "filter": articles.filter,
    }
    return table
