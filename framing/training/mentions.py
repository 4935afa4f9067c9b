"""Fit the weights of a mention outside of quotation marks: who says it, by our own readings.

The readings of mentions give the weights. They are a sample with few repeated terms, and the terms that a
report repeats are the ones that sources use: in the articles that we read from start to end, more of the
mentions are somebody else's. So the constant is fitted on both, each counting half.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

from framing.context.labeller.store import VoiceModel, shipped_model
from framing.context.mention import covering
from framing.context.mention_evidence import evidence
from framing.context.voice import Reading, label_readings, open_reading
from framing.corpus.columns import canonical
from framing.corpus.documents import documents_of
from framing.corpus.outside import data_file
from framing.corpus.read import read_corpus
from framing.pipeline.engine import Engine
from framing.records import Document, Span
from framing.text.clean import find_removals, kept_spans
from framing.text.sentences import paragraphs
from framing.training.gold import own_articles
from framing.training.loaded.readings import decided

STRENGTH = 0.05
"""Inverse of the regularisation, of inputs in standard deviations."""

BY_HAND = {"cue: according to": 1.0}
"""What the codebook decides and the readings hold too rarely to teach."""

LEAN = 0.3
"""Added to the constant. Cross-validated accuracy of unquoted mentions, readings / calibration articles:
.839 / .876 as fitted, .829 / .901 with it, .815 / .901 with .6, .758 / .896 before this decision."""

_ATTRIBUTED = ("direct", "indirect")
_BATCH = 200


class Wanted(NamedTuple):
    """A mention with its label: whether it is not the outlet's own."""

    in_title: bool
    span: Span
    attributed: bool


class Labelled(NamedTuple):
    """Evidence of mentions outside of quotation marks, their labels and their documents."""

    evidence: pd.DataFrame
    attributed: NDArray[np.bool_]
    documents: list[str]


def read_labelled(data: Path, folds: Sequence[str] = ("training",)) -> Labelled:
    """Return the mentions of our readings; words of distance are left out: they are the outlet's by rule."""
    table = decided()
    distancing = {e.entry_id for e in Engine().entries if e.category == "distancing"}
    table = table[table["fold"].isin(folds) & ~table["entry_id"].isin(distancing)]
    found = []
    for corpus, rows in table.groupby("corpus", sort=True):
        wanted: dict[str, list[Wanted]] = {}
        for r in rows.to_dict("records"):
            span = Span(int(r["start"]), int(r["end"]))
            mention = Wanted(bool(r["in_title"]), span, r["voice"] in _ATTRIBUTED)
            wanted.setdefault(str(r["doc_id"]), []).append(mention)
        articles = canonical(read_corpus(data_file(data, f"{corpus}/articles.parquet")), columns=None)
        documents = documents_of(articles[articles["doc_id"].isin(list(wanted))])
        found.append(labelled_mentions([(d, wanted[d.doc_id]) for d in documents], str(corpus)))
    return _joined(found)


def read_calibration(data: Path) -> Labelled:
    """Return the mentions of the calibration articles, which were read from start to end."""
    gold = own_articles(data, "calibration")
    wanted = []
    for labelled, article in zip(gold, Engine().analyze([g.document for g in gold]), strict=True):
        found = []
        for mention in article.mentions:
            if mention.category == "distancing":
                continue
            said = labelled.in_title if mention.in_title else labelled.in_text
            true = any(mention.span.overlaps(span) for a in said for span in a.content)
            found.append(Wanted(mention.in_title, mention.span, true))
        wanted.append((labelled.document, found))
    return labelled_mentions(wanted, "calibration")


def labelled_mentions(wanted: Sequence[tuple[Document, Sequence[Wanted]]], corpus: str) -> Labelled:
    """Return the evidence of the wanted mentions that stand outside of quotation marks."""
    engine, model = Engine(), shipped_model()
    rows, attributed, documents = [], [], []
    for at in range(0, len(wanted), _BATCH):
        for document, known, mention in _evidence(engine, model, wanted[at : at + _BATCH]):
            rows.append(known)
            attributed.append(mention.attributed)
            documents.append(f"{corpus}/{document.doc_id}")
    return Labelled(pd.DataFrame(rows), np.array(attributed, dtype=np.bool_), documents)


def _evidence(
    engine: Engine, model: VoiceModel, wanted: Sequence[tuple[Document, Sequence[Wanted]]]
) -> Iterator[tuple[Document, dict[str, float], Wanted]]:
    placed = []
    for document, mentions in wanted:
        kept = kept_spans(
            document.text, find_removals(document.text, outlet=document.outlet, title=document.title)
        )
        for in_title, reading in (
            (False, open_reading(document.text, kept)),
            (True, open_reading(document.title, paragraphs(document.title))),
        ):
            inside = [
                (number, mention)
                for mention in mentions
                for number, whole in enumerate(reading.paragraphs)
                if mention.in_title == in_title and whole.start <= mention.span.start < whole.end
            ]
            placed.append((document, reading, inside))
    label_readings(model, [(reading, [n for n, _ in inside]) for _, reading, inside in placed])
    for document, reading, inside in placed:
        for known, mention in _of_reading(engine, model, reading, inside):
            yield document, known, mention


def _of_reading(
    engine: Engine, model: VoiceModel, reading: Reading, inside: Sequence[tuple[int, Wanted]]
) -> Iterator[tuple[dict[str, float], Wanted]]:
    cues = engine.cues(reading.text) if inside else []
    said = reading.attributions(sorted({number for number, _ in inside}))
    for number, mention in inside:
        chance, quoted = reading.chance(model.labeller, number, mention.span)
        first, stop = reading.rows(number, mention.span)
        best = covering(said, mention.span)
        if quoted or first == stop or (best is not None and best.voice in ("direct", "scare")):
            continue
        known = evidence(reading, best, cues, mention.span, paragraph=number, chance=chance)
        yield known, mention


def _joined(parts: Sequence[Labelled]) -> Labelled:
    return Labelled(
        pd.concat([part.evidence for part in parts], ignore_index=True),
        np.concatenate([part.attributed for part in parts]),
        [document for part in parts for document in part.documents],
    )


def fit_weights(read: Labelled, whole: Labelled) -> dict[str, float]:
    """Return the weights of :mod:`framing.context.mention_chance`.

    Parameters
    ----------
    read
        Mentions of the readings, which give all weights.
    whole
        Mentions of articles that were read from start to end; only the constant is fitted on them.
    """
    values = read.evidence.to_numpy(dtype=np.float64)
    scale = values.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(values / scale, read.attributed)
    weights = model.coef_[0] / scale
    scores = [part.evidence.to_numpy(dtype=np.float64) @ weights for part in (read, whole)]

    def loss(constant: float) -> float:
        pairs = zip(scores, (read.attributed, whole.attributed), strict=True)
        parts = [np.logaddexp(0, np.where(y, -1, 1) * (s + constant)).mean() for s, y in pairs]
        return float(np.mean(parts))

    constant = float(minimize_scalar(loss, bounds=(-10, 10), method="bounded").x) + LEAN
    names = [str(name) for name in read.evidence.columns]
    fitted = {"constant": constant, **dict(zip(names, weights.tolist(), strict=True)), **BY_HAND}
    return {name: float(f"{value:.3g}") for name, value in fitted.items()}
