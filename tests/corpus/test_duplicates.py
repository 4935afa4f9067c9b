from __future__ import annotations

import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.duplicates import MIN_WORDS, SHINGLE, find_duplicates

WORDS = [f"w{i:03}" for i in range(900)]


def article(seed: int, size: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=size)


def copies(*texts: str, threshold: float = 0.8, published: list[str] | None = None) -> dict[str, str]:
    """Return for each copy (ids d0, d1, ...) what it is a copy of."""
    ids = [f"d{i}" for i in range(len(texts))]
    found = find_duplicates(texts, ids, published or [""] * len(texts), threshold=threshold)
    return {i: of for i, of in zip(ids, found, strict=True) if of}


def jaccard(first: list[str], second: list[str]) -> float:
    """Return the share of word 5-shingles that two texts have in common, by definition."""
    a, b = ({tuple(t[i : i + SHINGLE]) for i in range(len(t) - SHINGLE + 1)} for t in (first, second))
    return len(a & b) / len(a | b)


def edited(words: list[str], share: float, *, scattered: bool) -> list[str]:
    size = round(len(words) * share)
    places = random.Random(1).sample(range(len(words)), size) if scattered else range(60, 60 + size)
    return [f"new{i}" if i in set(places) else word for i, word in enumerate(words)]


def test_exact_copies_whatever_case_marks_and_blanks() -> None:
    assert copies("The “Régime” fell.", "the 'regime'\n\nFELL", "The regime fell twice.") == {"d1": "d0"}


def test_the_same_words_in_another_order_are_no_copy() -> None:
    assert copies("the army beat the rebels", "the rebels beat the army") == {}


def test_a_paragraph_of_three_percent_rewritten_is_a_near_copy() -> None:
    words = article(0)
    update = edited(words, 0.03, scattered=False)
    assert jaccard(words, update) > 0.85
    assert copies(" ".join(words), " ".join(update)) == {"d1": "d0"}
    assert copies(" ".join(words), " ".join(update), threshold=1) == {}


def test_three_percent_of_scattered_words_cost_more_of_the_shingles() -> None:
    """Each changed word breaks five shingles: 3 % of the words leave about three quarters of them."""
    words = article(0, 1000)
    update = edited(words, 0.03, scattered=True)
    assert 0.7 < jaccard(words, update) < 0.8
    assert copies(" ".join(words), " ".join(update), threshold=0.55) == {"d1": "d0"}
    assert copies(" ".join(words), " ".join(update), threshold=0.95) == {}


@pytest.mark.parametrize("share", [0.01, 0.02, 0.05, 0.1, 0.2, 0.4])
def test_the_estimate_agrees_with_the_true_similarity(share: float) -> None:
    """The standard error of 64 hashes is 0.06 at the most: three of them apart, the answer is certain."""
    for seed in range(6):
        words = article(seed)
        update = edited(words, share, scattered=seed % 2 == 0)
        true = jaccard(words, update)
        for threshold in (0.6, 0.8):
            if abs(true - threshold) > 0.18:
                found = copies(" ".join(words), " ".join(update), threshold=threshold)
                assert bool(found) == (true > threshold), (seed, true)


def test_different_articles_on_the_same_event_are_no_copies() -> None:
    common = article(0, 60)
    assert copies(*(" ".join(article(seed, 250) + common) for seed in range(1, 9))) == {}


def test_short_texts_are_compared_for_equality_only() -> None:
    words = article(0, MIN_WORDS - 1)
    short = " ".join(words)
    assert copies(short, short + " more", short.upper()) == {"d2": "d0"}
    long = " ".join(article(0, 400))
    assert copies(long, long + " more") == {"d1": "d0"}


def test_texts_without_words_have_no_copies() -> None:
    assert copies("", "", " \n", "...", "— !", "😀", "😀") == {}
    assert find_duplicates([], [], []) == []


def test_the_earliest_stands_for_the_others_and_unknown_dates_come_last() -> None:
    dates = ["", "2017-04-05", "2017-04-04", "2017-04-04", ""]
    assert copies(*["The same words."] * 5, published=dates) == {
        "d0": "d2",
        "d1": "d2",
        "d3": "d2",
        "d4": "d2",
    }
    assert copies(*["The same words."] * 3) == {"d1": "d0", "d2": "d0"}


def test_groups_of_copies_are_kept_apart() -> None:
    a, b = " ".join(article(1)), " ".join(article(2))
    assert copies(a, b, a + " end", b + " end", a, "other") == {"d2": "d0", "d3": "d1", "d4": "d0"}


def pool() -> list[tuple[str, str, str]]:
    """Return (doc_id, date, text) of copies, near copies of near copies, and strangers."""
    rows = []
    for seed in range(3):
        words = article(seed, 200)
        for step in range(5):
            # each version differs a little from the one before, and much from the first
            words = [*words[8:], *(f"s{seed}v{step}n{i}" for i in range(8))]
            rows.append((f"{seed}-{step}", ["", "2017-01-02", "2017-01-01"][step % 3], " ".join(words)))
        rows.append((f"{seed}-copy", "2017-01-01", rows[-1][2].upper()))
    return [*rows, ("short", "", "Three short words"), ("short2", "", "three SHORT words"), ("empty", "", "")]


ROWS = pool()


@given(st.permutations(ROWS), st.sampled_from([0.5, 0.8, 1.0]))
def test_the_order_of_the_corpus_changes_nothing(rows: list[tuple[str, str, str]], threshold: float) -> None:
    def by_id(ordered: list[tuple[str, str, str]]) -> dict[str, str]:
        ids, dates, texts = zip(*ordered, strict=True)
        return dict(zip(ids, find_duplicates(texts, ids, dates, threshold=threshold), strict=True))

    found = by_id(rows)
    assert found == by_id(ROWS)
    assert all(not found[of] for of in found.values() if of), "a copy stands for another one"


def test_a_long_article_needs_little_memory() -> None:
    text = "a b c d e f g h " * 40_000
    tracemalloc.start()
    find_duplicates([text, text], ["a", "b"], ["", ""])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80_000_000  # all hashes of all shingles at once are 490 MB
