from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from framing.analysis.keyness.outlet_names import name_occurrences, names_of

WORDS = ["christian", "fox", "foxes", "foxnews", "foxnewsfirst", "monitor", "news", "science"]


@pytest.mark.parametrize(
    ("outlet", "names"),
    [
        ("CNN (Web News)", ("cnn",)),
        ("Fox Online News", ("fox",)),
        ("The Hill", ("hill",)),
        ("New York Times - News", ("new", "york", "times")),
        ("www.dailymail.co.uk", ("dailymail",)),
        ("Le Mondé", ("le", "monde")),
        ("The Daily News", ("the", "daily", "news")),  # nothing but common words: then these
        ("", ()),
    ],
)
def test_names(outlet: str, names: tuple[str, ...]) -> None:
    assert names_of(outlet) == names


def test_a_word_of_a_longer_name_counts_with_the_others_only() -> None:
    # Christians in one article, the Monitor's own name in another.
    counts = np.zeros((8, 2), dtype=int)
    counts[0] = [7, 2]
    counts[[5, 7], 1] = 1, 3
    found = name_occurrences(csr_array(counts), "Christian Science Monitor", WORDS)
    assert found == {0: 1.0, 7: 1.0, 5: 1.0}


def test_names_written_together() -> None:
    counts = csr_array(np.ones((8, 3), dtype=int))
    assert name_occurrences(counts, "Fox Online News", WORDS) == {1: 3.0, 3: 3.0, 4: 3.0}


def test_a_name_that_does_not_occur() -> None:
    counts = csr_array(np.ones((8, 3), dtype=int))
    assert name_occurrences(counts, "Zett", WORDS) == {}
    assert name_occurrences(counts, "", WORDS) == {}
    assert name_occurrences(csr_array((0, 3)), "CNN", []) == {}
