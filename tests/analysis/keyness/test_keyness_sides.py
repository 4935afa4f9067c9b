from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from framing.analysis.keyness.keyness_sides import matrix_of, sides_of
from framing.errors import AnalysisError

Corpus = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]


def test_the_rest_is_everybody_else(corpus: Corpus) -> None:
    documents, counts = corpus(["a", "b", "c", "a"], [100] * 4, [[1], [2], [3], [4]])
    matrix = matrix_of(documents, counts, {"level": "entry"})
    sides, inside = sides_of(matrix, "a", None)
    assert inside.tolist() == [True, False, False, True]
    assert sides.counts.toarray().tolist() == [[1, 2, 3, 4]]
    sides, inside = sides_of(matrix, "a", "c")
    assert sides.groups.tolist() == ["a", "c", "a"]
    assert sides.counts.toarray()[:, inside].tolist() == [[1, 4]]
    assert np.array_equal(sides.features, matrix.features)


def test_options_of_entries_reach_the_article_matrix(corpus: Corpus) -> None:
    documents, counts = corpus(["a", "b"], [100, 100], [[1, 5], [2, 0]])
    matrix = matrix_of(documents, counts, {"level": "entry", "category": "f1"})
    assert matrix.features.tolist() == ["entry-1"]
    with pytest.raises(AnalysisError, match="option entries"):
        matrix_of(documents, counts, {"entries": "entry-*"})
