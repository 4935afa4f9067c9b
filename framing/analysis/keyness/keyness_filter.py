"""Which words keyness lists with a reason and does not test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from framing.analysis.keyness.boilerplate import Line, boilerplate
from framing.analysis.keyness.house_style import ANCHOR, FUNCTION_WORD, style_reasons
from framing.analysis.keyness.outlet_names import name_occurrences
from framing.analysis.keyness.word_matrix import SparseMatrix
from framing.analysis.units import rows_of

ONE_ARTICLE = 0.5
"""A word of which one article holds more than this share tells of that article and not of an outlet."""

FURNITURE = 0.2
"""Boilerplate, or the name of the outlet, must be this share of a word's occurrences on a side to count."""

_SHOWN = 3
_FEWEST_ARTICLES = 20


def one_article(matrix: SparseMatrix) -> list[str]:
    """Return for each feature whether one article holds most of it, as a reason; empty if not."""
    total = np.asarray(matrix.counts.sum(axis=1)).ravel()
    most = matrix.counts.max(axis=1).toarray().ravel()
    return [
        "one article holds most of it" if m > ONE_ARTICLE * n else ""
        for m, n in zip(most, total, strict=True)
    ]


def word_reasons(target: SparseMatrix, reference: SparseMatrix, *, names: bool) -> list[str]:
    """Return for each word why it tells nothing about what a side says; empty if nothing is known.

    Reasons: house style (:mod:`framing.analysis.keyness.house_style`), the name of an outlet, boilerplate
    (:mod:`framing.analysis.keyness.boilerplate`).

    Parameters
    ----------
    target, reference
        The same words in the articles of both sides.
    names
        Whether the groups are outlets, whose names do not count.
    """
    words = target.features.tolist()
    total = np.asarray(target.counts.sum(axis=1) + reference.counts.sum(axis=1)).ravel()
    style = style_reasons(words, total)
    anchors = np.array([reason == ANCHOR for reason in style], dtype=bool)
    candidates = np.array([reason != FUNCTION_WORD for reason in style], dtype=bool)
    furniture = [_Furniture(side, candidates, anchors, names) for side in (target, reference)]
    reasons = []
    for i, reason in enumerate(style):
        found = dict.fromkeys([reason, *(text for side in furniture for text in side.reasons(i))])
        reasons.append("; ".join(text for text in found if text))
    return reasons


class _Furniture:
    """What of each word's occurrences on one side is boilerplate, or part of the outlet's name."""

    def __init__(
        self, side: SparseMatrix, candidates: NDArray[np.bool_], anchors: NDArray[np.bool_], names: bool
    ) -> None:
        self._words = side.features.tolist()
        self._total = np.asarray(side.counts.sum(axis=1), dtype=np.float64).ravel()
        self._fixed, self._named = np.zeros(len(candidates)), np.zeros(len(candidates))
        self._lines: dict[int, tuple[float, str]] = {}
        by_article = side.counts.tocsc()
        for group, rows in rows_of(side.groups).items():
            counts = csr_array(by_article[:, rows])
            if names:
                for at, n in name_occurrences(counts, group, self._words).items():
                    self._named[at] += n
            if len(rows) >= _FEWEST_ARTICLES:
                self._add_lines(boilerplate(counts, candidates, anchors))

    def _add_lines(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self._fixed[line.features] += line.occurrences
            for at in line.features.tolist():
                with_ = [self._words[i] for i in line.core.tolist() if i != at][:_SHOWN]
                text = f"boilerplate: keeps step with {', '.join(with_)}"
                self._lines[at] = max(self._lines.get(at, (0.0, "")), (line.occurrences, text))

    def reasons(self, at: int) -> Iterator[str]:
        """Yield the reasons against a word."""
        enough = FURNITURE * max(self._total[at], 1.0)
        if self._named[at] >= enough:
            yield "name of the outlet"
        if self._fixed[at] >= enough:
            yield self._lines[at][1]


def joined(*reasons: Iterable[str]) -> list[str]:
    """Join several lists of reasons, feature by feature.

    Examples
    --------
    >>> joined(["", "number"], ["", "one article"])
    ['', 'number; one article']
    """
    return ["; ".join(text for text in found if text) for found in zip(*reasons, strict=True)]
