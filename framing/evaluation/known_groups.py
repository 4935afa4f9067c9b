"""Known groups: who says what in coverage of the Syrian war is on record; the tool must recover it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from framing.analysis.rates import rates
from framing.corpus.outside import data_file
from framing.corpus.read import read_corpus
from framing.evaluation.report import Figure
from framing.pipeline import Result, analyze

FILE = "syria_war/articles.parquet"


class Known(NamedTuple):
    """A term with the outlets that use it much and those that use it little or never."""

    name: str
    entries: str
    high: tuple[str, ...]
    low: tuple[str, ...]


KNOWN = (
    Known("takfiri", "takfir*", ("alalam", "manar"), ("alaraby", "ahram", "dailysabah", "trt", "sputnik")),
    Known(
        "regime",
        "regime",
        ("etilaf", "asharqalawsat", "trt", "alaraby", "dailysabah"),
        ("manar", "alalam", "sana"),
    ),
    Known("terrorist", "terror*", ("sana", "manar", "alalam"), ("sputnik", "etilaf", "reuters")),
)


def evaluate_known_groups(data: Path) -> list[Figure]:
    """Return for each term the share of (high, low) pairs whose intervals exclude each other.

    All voices are counted, as on record. A pair counts if the lower limit of the high outlet lies
    above the upper limit of the low one; ``order`` counts pairs whose rates are in the right order.
    """
    corpus = read_corpus(data_file(data, FILE))
    result = analyze(corpus, keep_texts=False)
    figures = []
    for known in KNOWN:
        table = rates(result.documents, result.counts, entries=[known.entries], voice="all")
        rate, low, high = (
            dict(zip(table["group"], table[c].astype(float), strict=True)) for c in ("rate", "low", "high")
        )
        pairs = [(h, w) for h in known.high for w in known.low]
        ordered = [rate[h] > rate[w] for h, w in pairs]
        apart = [low[h] > high[w] for h, w in pairs]
        overlap = ", ".join(f"{h}/{w}" for (h, w), ok in zip(pairs, apart, strict=True) if not ok)
        figures.append(Figure(f"known_groups.{known.name}.order", sum(ordered) / len(pairs)))
        figures.append(Figure(f"known_groups.{known.name}.intervals_apart", sum(apart) / len(pairs),
                              note=f"overlap: {overlap}" if overlap else ""))  # fmt: skip
    figures.append(_small_outlet(result))
    return figures


def _small_outlet(result: Result) -> Figure:
    """Return how much wider the interval of tass (four articles) is than that of sana."""
    table = rates(result.documents, result.counts, entries=["terror*"], voice="all")
    width = dict(zip(table["group"], (table["high"] - table["low"]).astype(float), strict=True))
    return Figure("known_groups.tass_width_ratio", width["tass"] / width["sana"], note="tass has 4 articles")
