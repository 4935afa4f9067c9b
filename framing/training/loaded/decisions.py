"""How often the engine is right, mention by mention: what it said beside what readers said.

From these rows the analysis knows how many of the mentions with one answer truly carry it, and how
sure that is. Only the two folds that training never saw count.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from framing.config import Config
from framing.corpus.outside import data_file
from framing.corpus.read import read_corpus
from framing.pipeline.run import analyze
from framing.scoring.loaded import LoadedModel
from framing.scoring.loaded.store import shipped_classifier
from framing.training.loaded.readings import read_mentions

CORPORA = ("bench", "headlines", "middle_east", "same_event", "syria_war")
ARTICLES = 1_500
"""Articles of each corpus in which the entries are counted."""

HEAVIEST = 5.0
"""A mention counts at most so many times the median: a few must not decide everything."""

COLUMNS = ("document", "category", "weight", "said_voice", "said_loaded", "voice", "loaded")


def build_decisions(data: Path, output: Path, *, tell: Callable[[str], object] = print) -> Path:
    """Write ``decisions.csv`` into ``output``: one row a mention that was read and never trained on.

    Columns: document (a number), category of the entry, weight (how often the entry occurs in news,
    over how often it was read: ambiguous entries were read more often than they occur), what the
    engine says (voice; loaded yes, no or unsure) and what the readers say (voice; loaded yes or no).

    Raises
    ------
    InputError
        If a corpus is missing, or a passage is not the one that was read.
    """
    table = decisions(data, shipped_classifier(), occurrences(data, tell=tell))
    path = output / "decisions.csv"
    output.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False, lineterminator="\n")
    tell(f"{len(table):,} mentions of {table['document'].nunique():,} documents in {path}")
    return path


def decisions(data: Path, model: LoadedModel, found: pd.Series) -> pd.DataFrame:
    """Return the table of :func:`build_decisions`; ``found`` counts mentions by entry."""
    read = read_mentions(data, ["known", "unseen"])
    table = read.table
    share = table["entry_id"].map(found).fillna(1.0).clip(lower=1.0)
    weight = (share / table.groupby("entry_id")["entry_id"].transform("size")).to_numpy(dtype=np.float64)
    weight = np.minimum(weight / np.median(weight), HEAVIEST)
    return pd.DataFrame(
        {
            "document": pd.factorize(read.documents)[0],
            "category": table["category"],
            "weight": (weight / weight.mean()).round(4),
            "said_voice": table["engine_voice"],
            "said_loaded": model.decide(model.chances(read.surroundings)),
            "voice": table["voice"],
            "loaded": np.where(read.loaded, "yes", "no"),
        }
    )[list(COLUMNS)]


def occurrences(data: Path, *, tell: Callable[[str], object] = print) -> pd.Series:
    """Return how often each entry occurs in the same number of articles of each corpus."""
    parts = []
    for corpus in CORPORA:
        articles = read_corpus(data_file(data, f"{corpus}/articles.parquet"))
        some = articles.sample(min(ARTICLES, len(articles)), random_state=0)
        tell(f"counting entries in {len(some):,} articles of {corpus}")
        counted = analyze(some, config=Config(words_by_voice=False), keep_texts=False).counts
        parts.append(counted.groupby("entry_id")["n"].sum() / len(some))
    found: pd.Series = pd.concat(parts).groupby(level=0).sum() * 1_000
    return found
