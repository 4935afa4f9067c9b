"""Unlisted loaded words: found with the shipped model, checked on articles of our own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

import framing
from framing.errors import AnalysisError
from framing.lexicon import Lexicon, load_lexicon
from framing.pipeline import Result, analyze
from framing.scoring.loaded.sentence_store import shipped_sentences
from framing.text.fold import fold
from framing.workbench import unlisted as module
from framing.workbench.spotter import Spotter
from framing.workbench.unlisted import AROUND, BOUND, UNLISTED_COLUMNS, unlisted
from framing.workbench.words import NAME_SHARE

LEXICONS = [load_lexicon("conflict-en"), load_lexicon("cues-en")]
LINES = [
    "On day {i} the council met in the school and spoke about the harvest and the bridge.",
    "Their rigged and righteous system is a hoax, and the hateful scam must end, wrote reader {i}.",
    "The brutal regime of Rottenberg fell, and Rottenberg was quiet on day {i}.",
]


def corpus(n: int = 6) -> pd.DataFrame:
    months = ["January", "February", "March", "April", "May", "June"]
    rows = []
    for i in range(n):
        filler = f" Visitors came to lantern number {i} in {months[i % 6]}, and garden {i * 7} was open."
        rows.append((f"d{i}", "AB"[i % 2], " ".join(line.format(i=i) for line in LINES) + filler * (i + 1)))
    return pd.DataFrame(rows, columns=["doc_id", "outlet", "text"])


@pytest.fixture(scope="module")
def result() -> Result:
    found = analyze(corpus(), lexicons=LEXICONS)
    return Result(
        found.documents.assign(duplicate_of=""), found.mentions, found.counts, found.removals, found.texts
    )


def test_loaded_words_stand_above_plain_ones(result: Result) -> None:
    table = unlisted(result, LEXICONS, top=1000)
    assert tuple(table.columns) == UNLISTED_COLUMNS
    rank = {term: place for place, term in enumerate(table["term"])}
    for loaded in ("rigged", "hoax", "scam", "righteous"):
        for plain in ("school", "harvest", "bridge", "garden"):
            assert rank[loaded] < rank[plain]
    assert table["p"].is_monotonic_decreasing
    assert table["p"].between(0, 1).all()


def test_counts_and_example(result: Result) -> None:
    row = unlisted(result, LEXICONS, top=1000).set_index("term").loc["hoax"]
    assert (row["n"], row["n_articles"]) == (6, 6)
    assert "is a hoax, and" in row["example"]
    lantern = unlisted(result, LEXICONS, top=1000).set_index("term").loc["lantern"]
    assert (lantern["n"], lantern["n_articles"]) == (21, 6)


def test_covered_words_and_names_are_left_out(result: Result) -> None:
    terms = set(unlisted(result, LEXICONS, top=1000)["term"])
    assert not {t for t in terms if {"regime", "rottenberg"} & set(t.split())}
    general = [*LEXICONS, load_lexicon("general-en")]
    assert "brutal" not in set(unlisted(result, general, top=1000)["term"])


def test_rare_words_are_left_out(result: Result) -> None:
    few = Result(
        result.documents.iloc[:2], result.mentions, result.counts, result.removals, result.texts.iloc[:2]
    )
    assert unlisted(few, LEXICONS).empty
    assert "hoax" in set(unlisted(few, LEXICONS, top=1000, min_articles=2)["term"])


def test_top_cuts_and_phrases_hold_together(result: Result) -> None:
    table = unlisted(result, LEXICONS, top=1000)
    assert unlisted(result, LEXICONS, top=3).equals(table.head(3))
    terms = set(table["term"])
    assert "hateful scam" in terms
    assert "rigged system" not in terms  # they never stand side by side
    apart = corpus()["text"] + " A hateful day. A hateful plan. One scam, two scam." * 2
    loose = analyze(corpus().assign(text=apart), lexicons=LEXICONS)
    assert "hateful scam" not in set(unlisted(loose, LEXICONS, top=1000)["term"])


def test_the_order_of_articles_changes_nothing(result: Result) -> None:
    turned = Result(
        result.documents.iloc[::-1], result.mentions, result.counts, result.removals, result.texts.iloc[::-1]
    )
    ours, theirs = (unlisted(r, LEXICONS, top=1000) for r in (result, turned))
    assert ours["term"].tolist() == theirs["term"].tolist()
    assert np.allclose(ours["p"], theirs["p"])


Row = tuple[str, int, int, float, str]


def one_by_one(result: Result, lexicons: Sequence[Lexicon], min_articles: int) -> list[Row]:
    """Return what ``unlisted`` should say of all terms, with one look at all places for each of them."""
    articles = module.own_articles(result)
    texts = articles["text"].tolist()
    covered = module._covered(result, articles["doc_id"].tolist())
    parts = module._places(texts, covered, shipped_sentences())
    places = [place for part in parts for place in zip(*(column.tolist() for column in part), strict=True)]
    by_term = defaultdict(list)
    for place in places:
        by_term[place[0]].append(place)
    named = {term: sum(p[4] for p in own) / len(own) >= NAME_SHARE for term, own in by_term.items()}
    spotters = [Spotter(lexicon) for lexicon in lexicons]
    rows = []
    for term, own in by_term.items():
        left, right = own[0][1:3]
        fewest = min(len(by_term[left]), len(by_term[right]))
        weak = left != right and (named[left] or named[right] or len(own) < BOUND * fewest)
        spread = len({place[5] for place in own})
        if spread < min_articles or named[term] or weak:
            continue
        _, _, _, _, _, article, start, end = max(own, key=lambda place: place[3])
        folded = " ".join(fold(texts[article][start:end]).text().split())
        if not any(spotter.raw([folded])[0] for spotter in spotters):
            line = " ".join(texts[article][max(0, start - AROUND) : end + AROUND].split())
            mean = sum(place[3] for place in own) / len(own)
            rows.append((-mean, term, (folded, len(own), spread, mean, line)))
    return [row for _, _, row in sorted(rows)]


def test_it_says_what_one_look_at_all_places_for_each_term_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SPOTTED", 7)
    monkeypatch.setattr(module, "_AT_ONCE", 9)
    demo = analyze(framing.load_demo(), lexicons=LEXICONS)
    general = [*LEXICONS, load_lexicon("general-en")]
    for lexicons, fewest in ((LEXICONS, 3), (general, 2)):
        slow = one_by_one(demo, lexicons, fewest)
        assert len(slow) > 100
        fast = unlisted(demo, lexicons, top=100_000, min_articles=fewest)
        assert [row[:3] + row[4:] for row in slow] == [
            (*row[:3], row[4]) for row in fast.itertuples(index=False, name=None)
        ]
        assert fast["p"].tolist() == pytest.approx([row[3] for row in slow], abs=1e-12)


def test_a_word_is_covered_where_it_shares_a_character_with_a_mention() -> None:
    random = np.random.default_rng(4)
    for _ in range(50):
        start = np.sort(random.integers(0, 200, 30))
        end = start + random.integers(1, 9, 30)
        first = np.sort(random.integers(0, 200, random.integers(0, 8)))
        spans = [(a, a + int(random.integers(1, 40))) for a in first.tolist()]
        touched = module._touched(start, end, spans)
        assert touched.tolist() == [
            any(a < stop and begin < b for a, b in spans) for begin, stop in zip(start, end, strict=True)
        ]


def test_texts_are_needed(result: Result) -> None:
    bare = Result(result.documents, result.mentions, result.counts, result.removals, result.texts.iloc[:0])
    with pytest.raises(AnalysisError, match="suggestions need the texts"):
        unlisted(bare, LEXICONS)
