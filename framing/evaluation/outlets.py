"""Leave one outlet out: how well the labeller reads outlets that it has never seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from framing.context.labeller.label import Labeller
from framing.context.labeller.labels import BEGIN
from framing.evaluation.measures import f1
from framing.evaluation.report import Figure

FOLDS = 2
"""Folds of the first pass: two instead of four, for time; the figures are a little low for it."""


def evaluate_outlets(data: Path) -> list[Figure]:
    """Train without one PolNeAR outlet at a time, measure on all its articles (a quarter of an hour)."""
    from framing.training.gold import own_articles, polnear
    from framing.training.labelled import labelled
    from framing.training.voice import train_labeller, word_tables

    lexical = word_tables(data)
    news, dev, own = polnear(data, "train"), polnear(data, "dev"), own_articles(data, "training")
    figures, everywhere, outside = [], [], []
    for outlet in sorted({article.document.outlet for article in news}):
        others = [a for a in news if a.document.outlet != outlet]
        held = labelled([a for a in (*news, *dev) if a.document.outlet == outlet])
        labeller = Labeller(train_labeller(others, own, lexical, folds=FOLDS))
        found = labeller.decide([held.stream], [labeller.chances(held.stream)])[0]
        words = (held.stream.paragraph >= 0) & (held.stream.sign == 0)
        quoted = (held.stream.quote > 0)[words]
        true, got = (held.labels >= BEGIN)[words], (found >= BEGIN)[words]
        everywhere.append(f1(true, got))
        outside.append(f1(true[~quoted], got[~quoted]))
        figures.append(
            Figure(
                f"left_out.{outlet}.token_f1_all", everywhere[-1], note=f"outside quotes {outside[-1]:.3f}"
            )
        )
    figures.append(Figure("left_out.token_f1_all", float(np.mean(everywhere)), note="mean of the outlets"))
    figures.append(
        Figure("left_out.token_f1_outside_quotes", float(np.mean(outside)), note="mean of the outlets")
    )
    return figures
