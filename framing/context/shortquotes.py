"""Tell what a short quotation is: words of a source, scare quotes, or a name.

A few words in quotation marks may quote somebody ("his 'big' plan", he said), keep a distance (the
"moderate" rebels) or name a thing ("Axis of Resistance", a title, a nickname). A small linear model
decides from the words around the marks and from what the labeller says about them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.context.labeller import BEGIN, CUE, INSIDE, SOURCE
from framing.context.labeller.label import Labels
from framing.context.labeller.lexical import COARSE, Lexical
from framing.records import Span
from framing.text.tokens import UInts, hash_words

CLASSES = ("attributed", "scare", "name")

LONGEST = 5
"""Words that a quotation may have and still be judged here; longer ones quote somebody."""

THRESHOLD = 0.5
"""From this chance on a short quotation is the words of a source."""

_LEADS = (
    "called", "known", "dubbed", "titled", "entitled", "as", "the", "a", "an", "of", "his",
    "her", "their", "its", "this", "that", "these", "by", "for", "in", "on", "to", "with", "and", "or",
    "word", "term", "phrase", "slogan", "is", "was", "are", "were", "not", "no", "some", "any", "more",
    "what", "is", "being", "be", "from", "like", "such", "other", "certain", "alleged", "supposed",
    "mere", "own", "new", "most",
)  # fmt: skip
_NUMBERS = 34
_PLACES = ("two before", "before", "after", "first inside", "last inside")


@dataclass(frozen=True, slots=True, eq=False)
class ShortQuoteWeights:
    """Weights of the model: features x classes, and the intercepts."""

    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]

    def classify(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the probability of each of :data:`CLASSES` for each row of features."""
        logits = features @ self.weights + self.intercept
        logits -= logits.max(axis=1, keepdims=True)
        odds = np.exp(logits)
        result: NDArray[np.float32] = odds / odds.sum(axis=1, keepdims=True)
        return result


def decide(chances: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the class of each row: attributed if that is at least as likely as not, else the likelier other.

    Examples
    --------
    >>> decide(np.array([[0.5, 0.4, 0.1], [0.4, 0.35, 0.25]], dtype=np.float32)).tolist()
    [0, 1]
    """
    others = 1 + chances[:, 1:].argmax(axis=1)
    return np.where(chances[:, 0] >= THRESHOLD, 0, others).astype(np.int64)


def n_features() -> int:
    """Return how many features a quotation has."""
    return _NUMBERS + len(_leads()) * 2 + len(_PLACES) * COARSE


@lru_cache(maxsize=1)
def _leads() -> UInts:
    return np.unique(hash_words(_LEADS))


def quote_features(
    text: str, offset: int, labels: Labels, quotes: Sequence[Span], lexical: Lexical
) -> NDArray[np.float32]:
    """Return one row of features for each short quotation of a paragraph.

    Parameters
    ----------
    text
        The article.
    offset
        Where the paragraph starts in it.
    labels
        The labels of the paragraph.
    quotes
        The quotations with their marks, in characters of the article.
    lexical
        Clusters of words.
    """
    rows = np.zeros((len(quotes), n_features()), dtype=np.float32)
    leads = _leads()
    hashes = labels.hash
    coarse, _ = lexical.clusters(hashes)
    words = labels.sign == 0
    content = (labels.label == BEGIN) | (labels.label == INSIDE)
    for row, quote in zip(rows, quotes, strict=True):
        first, stop = np.searchsorted(labels.start, (quote.start - offset, quote.end - offset)).tolist()
        inside = np.flatnonzero(words[first:stop]) + first
        if not len(inside):
            continue
        sentence = np.flatnonzero(labels.sentence == labels.sentence[first])
        low, high = int(sentence[0]), int(sentence[-1]) + 1
        surface = text[quote.start : quote.end]
        inner = [text[offset + labels.start[i] : offset + labels.end[i]] for i in inside.tolist()]
        capital = [w[:1].isupper() for w in inner]
        before, after = first - 1, stop
        next_sign = int(labels.sign[after]) if after < high else ord(".")
        numbers = [
            float(labels.content[inside].mean()),
            float(labels.content[max(low, first - 5) : first].mean()) if first > low else 0.0,
            float(labels.content[stop : min(high, stop + 5)].mean()) if stop < high else 0.0,
            float(content[inside].mean()),
            float(content[before]) if before >= low else 0.0,
            float(content[after]) if after < high else 0.0,
            *(float(len(inside) == n) for n in range(1, LONGEST + 1)),
            float(all(capital)),
            float(any(capital[1:])),
            float(capital[0]),
            float(surface[:-1].rstrip("'’\"”»")[-1:] in ".,!?…"),
            float(surface[:1] in "'‘’`"),
            float(first == low),
            float(stop >= high - 1),
            float((labels.label[low:high] == SOURCE).any()),
            float((labels.label[low:high] == CUE).any()),
            float((labels.label[max(low, first - 4) : first] == CUE).any()),
            float((labels.label[max(low, first - 4) : first] == SOURCE).any()),
            float((labels.label[stop : min(high, stop + 4)] == CUE).any()),
            float((labels.label[stop : min(high, stop + 4)] == SOURCE).any()),
            float((labels.quote[low:high] > 0).sum() - (labels.quote[first:stop] > 0).sum() > 0),
            float(next_sign == 0),
            float(next_sign in (ord(","), ord("."), ord(";"), ord("!"), ord("?"))),
            float(next_sign in (ord("("), ord("-"), ord(")"))),
            float(before >= low and labels.sign[before] > 0),
            float(before >= low and labels.sign[before] == ord("(")),
            float("so-called" in text[max(0, quote.start - 14) : quote.start].lower()),
            float(
                "'s" in text[max(0, quote.start - 3) : quote.start]
                or "’s" in text[max(0, quote.start - 3) : quote.start]
            ),
            float(any(c.isdigit() for c in surface)),
            float(len(surface) > 2 and surface[1:-1].islower()),
        ]
        row[:_NUMBERS] = numbers
        at = _NUMBERS
        for place in (before, before - 1):
            if place >= low:
                found = int(np.searchsorted(leads, hashes[place]))
                if found < len(leads) and leads[found] == hashes[place]:
                    row[at + found] = 1
            at += len(leads)
        for place in (before - 1, before, after, int(inside[0]), int(inside[-1])):
            if low <= place < high:
                row[at + int(coarse[place])] = 1
            at += COARSE
    return rows
