from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from framing.analysis.keyness.boilerplate import Line, boilerplate


def outlet(seed: int = 0, articles: int = 120, words: int = 150) -> np.ndarray:
    """Running text: words of every frequency that come and go independently, and in clusters."""
    rng = np.random.default_rng(seed)
    mean = rng.gamma(0.5, np.geomspace(0.05, 8, words)[:, None], (words, articles))
    return rng.poisson(mean)


def lines(counts: np.ndarray, anchors: list[int] | None = None) -> list[Line]:
    known = np.isin(np.arange(len(counts)), anchors or [])
    return boilerplate(csr_array(counts), np.ones(len(counts), dtype=bool), known)


def test_running_text_has_no_boilerplate() -> None:
    for seed in range(5):
        assert lines(outlet(seed)) == []


def test_a_line_in_half_of_the_articles() -> None:
    counts = outlet()
    with_line = np.arange(120) % 2 == 0
    counts[:5] = with_line
    counts[0] *= 2  # newsletters ... newsletters
    counts[1, 7] = 1  # once elsewhere
    (line,) = lines(counts)
    assert line.core.tolist() == [0, 1, 2, 3, 4]
    assert line.occurrences == 60


def test_a_frequent_word_goes_along_with_its_line() -> None:
    counts = outlet()
    with_line = np.arange(120) % 3 == 0
    counts[:4] = with_line
    rng = np.random.default_rng(5)
    counts[4] = with_line + (rng.random(120) < 0.3)  # "must", in "must watch" and elsewhere
    counts[5] = rng.poisson(8, 120)  # "the": everywhere anyway
    (line,) = lines(counts)
    assert line.features.tolist() == [0, 1, 2, 3, 4]
    assert line.core.tolist() == [0, 1, 2, 3]


def test_words_of_a_gallery_keep_step_at_any_length() -> None:
    counts = outlet()
    rng = np.random.default_rng(5)
    pictures = np.where(np.arange(120) < 30, rng.integers(1, 40, 120), 0)
    counts[:4] = pictures
    (line,) = lines(counts)
    assert line.core.tolist() == [0, 1, 2, 3]
    assert line.occurrences == pictures.sum()


def test_two_words_need_a_known_one() -> None:
    counts = outlet()
    counts[:2] = np.arange(120) < 30  # "Angela Merkel", or "hide caption"
    assert lines(counts) == []
    (line,) = lines(counts, anchors=[1])
    assert line.core.tolist() == [0, 1]


def test_three_words_need_many_articles() -> None:
    counts = outlet()
    counts[:3] = np.arange(120) < 12
    assert lines(counts) == []
    counts[:3] = np.arange(120) < 40
    assert [line.core.tolist() for line in lines(counts)] == [[0, 1, 2]]


def test_one_story_is_no_boilerplate() -> None:
    counts = outlet()
    counts[:6] = np.arange(120) < 8  # six names in eight articles: below the fewest articles
    assert lines(counts) == []


def test_words_that_are_no_candidates_take_no_part() -> None:
    counts = np.tile(np.arange(60) % 2 == 0, (4, 1)).astype(int)
    assert boilerplate(csr_array(counts), np.array([True, True, True, False]))[0].core.tolist() == [0, 1, 2]
    assert boilerplate(csr_array(counts), np.zeros(4, dtype=bool)) == []


def test_the_order_of_articles_changes_nothing() -> None:
    counts = outlet()
    counts[:4] = np.arange(120) % 2 == 0
    shuffled = counts[:, np.random.default_rng(1).permutation(120)]
    assert [x.core.tolist() for x in lines(counts)] == [x.core.tolist() for x in lines(shuffled)]
