"""Attribution against labelled articles: which words and which loaded terms are somebody else's, and whose.

PolNeAR dev (Newell, Margolin and Ruths 2018) and the gate articles of our own readings. Figures follow
what a user gets: they are taken from the articles that the engine returns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context.link import LIKELIER_CONTENT, UNSURE
from framing.context.quotes import find_quotes
from framing.evaluation.measures import Bools, ece, f1
from framing.evaluation.peers import by_quotation_marks, by_rules
from framing.evaluation.report import Figure
from framing.evaluation.short_quotes import evaluate_short_quotes
from framing.pipeline import Article, Engine
from framing.records import Attribution, Span
from framing.text.clean import find_removals, kept_spans
from framing.text.fold import fold
from framing.text.sentences import paragraphs
from framing.text.words import word_starts
from framing.training.gold import GoldArticle, GoldAttribution, own_articles, polnear

_COVERAGE = 0.8
_SHARED = 0.5


class WordMasks(NamedTuple):
    """Words of one text: somebody's content by the labels, by the engine; unknown; in quotation marks."""

    true: Bools
    found: Bools
    unknown: Bools
    quoted: Bools


class Decision(NamedTuple):
    """One loaded mention: attributed by the labels, by the engine, the calibrated chance, unknown."""

    true: bool
    found: bool
    chance: float
    unknown: bool


@dataclass
class Measured:
    """What was counted on one set of articles."""

    words: list[WordMasks] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    mentions: list[Decision] = field(default_factory=list)
    sources: list[bool] = field(default_factory=list)


def evaluate_voice(data: Path) -> list[Figure]:
    """Return figures for PolNeAR dev (``voice.*``), our own gate (``own_outlets.*``) and peers."""
    engine = Engine()
    dev = polnear(data, "dev")
    return [
        *figures_of("voice", measure(dev, engine)),
        *figures_of("own_outlets", measure(own_articles(data, "gate"), engine)),
        *_peer_figures(dev, engine),
        *evaluate_short_quotes(data),
    ]


def measure(gold: Sequence[GoldArticle], engine: Engine | None = None) -> Measured:
    """Run the engine over labelled articles and compare."""
    measured = Measured()
    engine = engine or Engine()
    found = engine.analyze([article.document for article in gold])
    for labelled, article in zip(gold, found, strict=True):
        for text, kept, said, attributions in _parts(labelled, article):
            masks = _masks(text, kept, said, attributions)
            measured.words.append(masks)
            measured.outlets.append(labelled.document.outlet)
            measured.sources.extend(_sources(said, attributions))
        measured.mentions.extend(_decisions(labelled, article))
    return measured


def figures_of(name: str, measured: Measured) -> list[Figure]:
    """Return the figures of one set of articles."""
    true, found, unknown, quoted = (
        np.concatenate([getattr(m, part) for m in measured.words])
        for part in ("true", "found", "unknown", "quoted")
    )
    classes = [
        (true & quoted, found & quoted),
        (true & ~quoted, found & ~quoted),
        (~true & ~quoted, ~found & ~quoted),
        (~true & quoted, ~found & quoted),
    ]
    shares = _outlet_shares(measured)
    worst = max(shares, key=lambda outlet: abs(shares[outlet]))
    mean = 100 * float(np.mean(np.abs(list(shares.values()))))
    return [
        Figure(f"{name}.token_f1_all", f1(true, found), note=f"{len(true):,} words"),
        Figure(f"{name}.token_f1_outside_quotes", f1(true[~quoted], found[~quoted])),
        Figure(f"{name}.token_f1_direct", f1(true[quoted], found[quoted])),
        Figure(
            f"{name}.four_class_macro_f1",
            float(np.mean([f1(t, f) for t, f in classes])),
            note="direct, indirect, own, quoted without a source: "
            + ", ".join(f"{f1(t, f):.3f}" for t, f in classes),
        ),
        Figure(
            f"{name}.source_end_to_end",
            float(np.mean(measured.sources)),
            note=f"{len(measured.sources):,} attributions with a named source",
        ),
        *_mention_figures(name, measured.mentions),
        Figure(
            f"{name}.outlet_share_error_points",
            100 * abs(shares[worst]),
            note=f"largest of {len(shares)} outlets: {worst}; mean {mean:.1f}",
        ),
        Figure(f"{name}.unknown_words", float(unknown.mean()), note=f"less sure than {UNSURE:g}"),
    ]


def _peer_figures(gold: Sequence[GoldArticle], engine: Engine) -> Iterator[Figure]:
    """Yield what quotation marks alone and rules over reporting verbs find in the same articles."""
    found: dict[str, list[WordMasks]] = {"quotation_marks": [], "rules": []}
    for article in gold:
        document = article.document
        removals = find_removals(document.text, outlet=document.outlet, title=document.title)
        kept = kept_spans(document.text, removals)
        rules = by_rules(document.text, kept, engine.cues(document.text))
        spans = {
            "quotation_marks": by_quotation_marks(document.text, kept),
            "rules": [a.span for a in rules if a.voice in ("direct", "indirect", "unknown")],
        }
        for name, own in spans.items():
            said = [Attribution(span, "indirect", "", "", "") for span in own]
            found[name].append(_masks(document.text, kept, article.in_text, said))
    for name, words in found.items():
        true, got, quoted = (
            np.concatenate([getattr(m, p) for m in words]) for p in ("true", "found", "quoted")
        )
        yield Figure(f"peer.{name}.token_f1_all", f1(true, got), note="PolNeAR dev")
        yield Figure(
            f"peer.{name}.token_f1_outside_quotes", f1(true[~quoted], got[~quoted]), note="PolNeAR dev"
        )


def _parts(
    gold: GoldArticle, article: Article
) -> Iterator[tuple[str, list[Span], Sequence[GoldAttribution], Sequence[Attribution]]]:
    document = gold.document
    removals = find_removals(document.text, outlet=document.outlet, title=document.title)
    yield document.text, kept_spans(document.text, removals), gold.in_text, article.attributions
    if document.title.strip():
        yield document.title, paragraphs(document.title), gold.in_title, article.title_attributions


def _masks(
    text: str, kept: Sequence[Span], gold: Sequence[GoldAttribution], said: Sequence[Attribution]
) -> WordMasks:
    starts = word_starts(fold(text))
    quotes = [q.span for q in find_quotes(text, kept).quotes if q.depth == 0]
    # An unknown stretch counts for what the labeller would have said.
    found = [
        a.span
        for a in said
        if a.voice in ("direct", "indirect") or (a.voice == "unknown" and a.evidence == LIKELIER_CONTENT)
    ]
    return WordMasks(
        _mask(starts, [span for g in gold for span in g.content]),
        _mask(starts, found),
        _mask(starts, [a.span for a in said if a.voice == "unknown"]),
        _mask(starts, quotes),
    )


def _mask(starts: NDArray[np.int64], spans: Sequence[Span]) -> Bools:
    mask = np.zeros(len(starts), dtype=np.bool_)
    for span in spans:
        first, last = np.searchsorted(starts, span)
        mask[first:last] = True
    return mask


def _sources(gold: Sequence[GoldAttribution], said: Sequence[Attribution]) -> Iterator[bool]:
    """Tell for each labelled attribution with a source whether it was found, source and all.

    Found: of the attributions that share most with the content, the source overlaps the labelled one
    by at least half of the characters of both together (Jaccard).
    """
    for attribution in gold:
        if not attribution.source:
            continue
        shared: dict[Span | None, int] = defaultdict(int)
        for found in said:
            if found.voice != "scare":
                shared[found.source] += sum(_overlap(found.span, c) for c in attribution.content)
        best = max(shared, key=lambda s: shared[s], default=None) if shared else None
        if best is None or not shared[best]:
            yield False
            continue
        low, high = attribution.source[0].start, attribution.source[-1].end
        common = _overlap(best, Span(low, high))
        union = (best.end - best.start) + (high - low) - common
        yield common >= _SHARED * union


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _decisions(gold: GoldArticle, article: Article) -> Iterator[Decision]:
    """Yield one decision a mention; distancing words are left out: they are the outlet's own by rule."""
    for mention in article.mentions:
        if mention.category == "distancing":
            continue
        labels = gold.in_title if mention.in_title else gold.in_text
        true = any(mention.span.overlaps(c) for g in labels for c in g.content)
        unknown = mention.voice == "unknown"
        likely = mention.p_attributed >= _SHARED
        attributed = mention.voice in ("direct", "indirect") or (unknown and likely)
        yield Decision(true, attributed, mention.p_attributed, unknown)


def _mention_figures(name: str, mentions: Sequence[Decision]) -> Iterator[Figure]:
    right = np.array([m.true == m.found for m in mentions])
    chance = np.array([m.chance for m in mentions])
    true = np.array([m.true for m in mentions])
    known = np.array([not m.unknown for m in mentions])
    sure = np.argsort(-np.abs(chance - 0.5), kind="stable")[: int(_COVERAGE * len(mentions))]
    yield Figure(
        f"{name}.loaded_mentions_own_or_not",
        float(right.mean()),
        note=f"{len(mentions)} mentions, none left out",
    )
    yield Figure(f"{name}.loaded_mentions_surest_80", float(right[sure].mean()), note="the surest 80 %")
    yield Figure(
        f"{name}.loaded_mentions_known",
        float(right[known].mean()),
        note=f"{known.mean():.0%} are not unknown",
    )
    yield Figure(f"{name}.mention_ece", ece(true, chance), note="calibrated chance that it is not own")


def _outlet_shares(measured: Measured) -> dict[str, float]:
    """Return measured minus true share of attributed words, by outlet; unknown words are left out of both."""
    sums: dict[str, NDArray[np.float64]] = {}
    for outlet, m in zip(measured.outlets, measured.words, strict=True):
        known = ~m.unknown
        counted = np.array(
            [(m.found & known).sum(), known.sum(), m.true.sum(), len(m.true)], dtype=np.float64
        )
        sums[outlet] = sums.get(outlet, np.zeros(4)) + counted
    return {outlet: s[0] / max(s[1], 1) - s[2] / max(s[3], 1) for outlet, s in sums.items()}
