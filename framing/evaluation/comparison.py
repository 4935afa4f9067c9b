"""Is the comparison honest on real news? Random halves of outlets, and outlets that are known to differ."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from framing.analysis.comparison import compare
from framing.analysis.omnibus import omnibus
from framing.analysis.robustness.split_half import split_half
from framing.corpus.outside import data_file
from framing.corpus.read import read_corpus
from framing.evaluation.known_groups import KNOWN
from framing.evaluation.report import Figure
from framing.pipeline import Result, analyze

ARMS = (15, 30, 100)
"""Articles an arm of the random halves."""

SPLITS = 200
LEAST_MENTIONS = 5  # of a frame in both halves: with fewer a test can hardly reject
SHUFFLED = 20  # corpora whose outlet labels were shuffled


class Corpus(NamedTuple):
    """A corpus for random halves; of a very large one so many articles of so many outlets."""

    name: str
    articles: int = 0
    outlets: int = 0


CORPORA = (Corpus("syria_war"), Corpus("middle_east"), Corpus("headlines"), Corpus("bench", 200, 5))


def evaluate_comparison(data: Path) -> list[Figure]:
    """Return how often random halves differ, and whether known differences are found in own voice."""
    figures = []
    for corpus in CORPORA:
        result = _scored(data, corpus)
        figures += _random_halves(corpus.name, result)
        if corpus.name == "syria_war":
            figures += _known(result)
        if corpus.name == "headlines":
            figures += _headlines(result)
    return figures


def _scored(data: Path, corpus: Corpus) -> Result:
    articles = read_corpus(data_file(data, f"{corpus.name}/articles.parquet"))
    if corpus.outlets:
        size = articles["outlet"].value_counts()
        chosen = sorted(size[size >= corpus.articles].index)[: corpus.outlets]
        parts = [articles[articles["outlet"] == name].head(corpus.articles) for name in chosen]
        articles = pd.concat(parts, ignore_index=True)
    return analyze(articles, keep_texts=False, keep_words=True)


def _random_halves(name: str, result: Result) -> list[Figure]:
    """Return the share of tests that reject at .05, with those of the test by words beside it."""
    size = result.documents["outlet"].value_counts()
    figures = []
    for arm in ARMS:
        if not (size >= 2 * arm).any():
            continue
        table = split_half(result.documents, result.counts, arm=arm, splits=SPLITS)
        told = table[table["n_mentions"] >= LEAST_MENTIONS]
        tests = int(told["n_splits"].sum())
        method = table.attrs["method"]
        note = f"{tests:,} tests of {len(told)} frames, {len(method['groups'])} outlets"
        start = f"halves.{name}.{arm}"
        figures += [
            Figure(f"{start}.rejected", _mean(told, "rejected"), note=note),
            Figure(f"{start}.rejected_by_words", _mean(told, "rejected_by_words")),
            Figure(f"{start}.any_discovery", method["any_discovery"], note=f"of {SPLITS} splits"),
            Figure(f"{start}.any_discovery_by_words", method["any_discovery_by_words"]),
        ]
    return figures


def _mean(table: pd.DataFrame, column: str) -> float:
    if table.empty:
        return float("nan")
    return float(np.average(table[column], weights=table["n_splits"]))


def _known(result: Result) -> list[Figure]:
    """Return the share of (high, low) pairs on record that differ in own voice, in the right direction."""
    figures = []
    for known in KNOWN:
        names = [*known.high, *known.low]
        documents = result.documents[result.documents["outlet"].isin(names)]
        table = compare(documents, result.counts, entries=known.entries, every_pair=True, permutations=4_999)
        by_pair = {(row["group"], row["versus"]): row for row in table.to_dict("records")}
        found, missed = [], []
        for high in known.high:
            for low in known.low:
                turned = (high, low) not in by_pair
                row = by_pair[(low, high) if turned else (high, low)]
                right = row["difference"] < 0 if turned else row["difference"] > 0
                found.append(bool(right and row["q"] < 0.05))
                if not found[-1]:
                    missed.append(f"{high}/{low} q {row['q']:.3f}")
        figures.append(
            Figure(f"comparison.own_voice.{known.name}", float(np.mean(found)), note=", ".join(missed))
        )
    return figures


def _words(result: Result, words: tuple[str, ...]) -> pd.DataFrame:
    """Return plain words that no lexicon holds as rows of a counts table."""
    found = result.words[result.words["word"].isin(words)]
    return pd.DataFrame(
        {
            "doc_id": found["doc_id"], "entry_id": found["word"], "category": "word", "referent": "",
            "voice": found["voice"], "loaded": "", "n": found["n"], "n_nested": 0,
        }
    )  # fmt: skip


def _headlines(result: Result) -> list[Figure]:
    """Return p of words known to be chosen differently, and how often shuffled outlets "differ"."""
    counts = pd.concat([result.counts, _words(result, ("hostage", "hostages", "captive", "captives"))])
    figures = []
    for name in ("terror*", "hostage*", "captive*"):
        table = omnibus(result.documents, counts, entries=name, voice="all", permutations=4_999)
        row = table.iloc[0]
        note = f"{row['n_mentions']:,} mentions, most in {row['highest']}, least in {row['lowest']}"
        figures.append(Figure(f"comparison.headlines.{name[:-1]}_p", float(row["p"]), note=note))
    rng = np.random.default_rng(0)
    discoveries = []
    for _ in range(SHUFFLED):
        shuffled = result.documents.assign(outlet=rng.permutation(result.documents["outlet"].to_numpy()))
        table = omnibus(shuffled, result.counts, voice="all", permutations=499)
        discoveries.append(bool((table["q"] < 0.05).any()))
    figures.append(
        Figure(
            "comparison.headlines.shuffled_any", float(np.mean(discoveries)), note=f"of {SHUFFLED} corpora"
        )
    )
    return figures
