from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from framing.analysis.keyness.keyness_filter import one_article, word_reasons
from framing.analysis.keyness.word_matrix import SparseMatrix


def matrix_of(groups: list[str], **counts: object) -> SparseMatrix:
    words = sorted(counts)
    table = np.array([counts[word] for word in words], dtype=int)
    return SparseMatrix(
        np.array(groups), np.array([f"{i:04}" for i in range(len(groups))]), np.full(len(groups), 400.0),
        csr_array(table), np.array(words, dtype=object), {},
    )  # fmt: skip


def reasons(matrix: SparseMatrix, target: str, *, names: bool = True) -> dict[str, str]:
    sides = matrix.select(matrix.groups == target), matrix.select(matrix.groups != target)
    return dict(zip(matrix.features.tolist(), word_reasons(*sides, names=names), strict=True))


GROUPS = ["Almar Post"] * 40 + ["Orlan Times"] * 40
FIRST = np.arange(80) < 40
RNG = np.random.default_rng(6)


def test_house_style_names_and_boilerplate_are_told() -> None:
    line = FIRST & (np.arange(80) % 2 == 0)
    found = reasons(
        matrix_of(
            GROUPS, regime=RNG.poisson(2, 80), mr=RNG.poisson(2, 80), almar=FIRST * 2, post=FIRST * 1,
            sign=line, up=line, manage=line, settings=line, alerts=line,
        ), "Almar Post",
    )  # fmt: skip
    assert found["regime"] == ""
    assert found["mr"] == "honorific or title"
    assert found["almar"] == found["post"] == "name of the outlet"
    assert found["alerts"] == "boilerplate: keeps step with manage, settings, sign"
    assert found["up"] == "function word"


def test_names_count_for_outlets_only() -> None:
    matrix = matrix_of(GROUPS, almar=FIRST * 2, post=FIRST * 1)
    assert reasons(matrix, "Almar Post", names=False) == {"almar": "", "post": ""}


def test_the_name_of_the_other_side_counts_too() -> None:
    matrix = matrix_of(GROUPS, orlan=~FIRST * 2, times=~FIRST * 1)
    assert set(reasons(matrix, "Almar Post").values()) == {"name of the outlet"}


def test_a_word_that_is_mostly_running_text_stays() -> None:
    # One outlet of the rest has the word in its boilerplate; most of it is running text of the others.
    groups = ["A"] * 40 + ["B"] * 20 + ["C"] * 60
    line = np.isin(np.arange(120), np.arange(40, 54))
    everywhere = np.random.default_rng(1).poisson(3, 120) * (np.arange(120) >= 60)
    found = reasons(
        matrix_of(groups, alerts=line, manage=line, settings=line, inbox=line, story=line + everywhere), "A",
        names=False,
    )  # fmt: skip
    assert found["alerts"].startswith("boilerplate")
    assert found["story"] == ""


def test_a_group_with_few_articles_is_not_searched() -> None:
    line = np.arange(38) % 2 == 0
    found = reasons(matrix_of(["A"] * 19 + ["B"] * 19, ab=line, cd=line, ef=line, gh=line), "A")
    assert set(found.values()) == {""}


def test_one_article() -> None:
    matrix = matrix_of(["A"] * 5, most=[6, 1, 1, 1, 1], half=[5, 2, 1, 1, 1], even=[1, 1, 1, 1, 1])
    assert dict(zip(matrix.features, one_article(matrix), strict=True)) == {
        "most": "one article holds most of it", "half": "", "even": "",
    }  # fmt: skip
