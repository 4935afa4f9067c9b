"""Short quotations that were held back: how well scare quotes, names and quoted words are told apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from framing.context.labeller.store import shipped_model
from framing.context.shortquotes import CLASSES
from framing.evaluation.measures import f1
from framing.evaluation.report import Figure


def evaluate_short_quotes(data: Path) -> list[Figure]:
    """Return how well short quotations are told apart on the documents that were held back.

    Both readings count, each as one judgement; *unclear* ones are left out.
    """
    from nltk.metrics.agreement import AnnotationTask

    from framing.training.short_quotes import read_short_quotes

    model = shipped_model()
    quotes = read_short_quotes(data, model.labeller)
    held = quotes.held_back
    chances = model.short.classify(quotes.features[held])
    said = [CLASSES[i] for i in model.short.decide(chances).tolist()]
    pairs = [
        (label, answer)
        for reader in ("a", "b")
        for label, answer in zip(np.array(quotes.labels[reader])[held].tolist(), said, strict=True)
        if label in CLASSES
    ]
    true, found = np.array([t for t, _ in pairs]), np.array([f for _, f in pairs])
    both = [
        (reader, item, label)
        for reader in ("a", "b")
        for item, label in enumerate(quotes.labels[reader])
        if quotes.labels["a"][item] and quotes.labels["b"][item]
    ]
    return [
        *(
            Figure(
                f"short_quotes.{name}_f1",
                f1(true == name, found == name),
                note=f"{int((true == name).sum())} of {len(true)} judgements of {int(held.sum())} held back",
            )
            for name in CLASSES
        ),
        Figure(
            "short_quotes.alpha",
            float(AnnotationTask(data=both).alpha()),
            note=f"Krippendorff's alpha of two readings, {len(both) // 2} quotations",
        ),
    ]
