"""What one text says in whose voice: labels and quotation marks put together, speakers resolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from framing.context import link, speakers
from framing.context.completion import complete
from framing.context.labeller.label import Labeller, Labels
from framing.context.labeller.passages import CLOSED, CONTINUED, passages_of, pieces
from framing.context.labeller.store import VoiceModel
from framing.context.labeller.stream import Passage
from framing.context.pronouns import PERSONAL, fits
from framing.context.quotes import QuoteScan, find_quotes
from framing.context.shortquotes import LONGEST, decide, quote_features
from framing.records import Attribution, Span

LOOK_BACK = 6
"""Paragraphs looked back at for the name that a pronoun or an unattributed quotation stands for."""


@dataclass(slots=True, eq=False)
class Reading:
    """What one text says in whose voice.

    Paragraphs are labelled when they are asked for; what one gets does not depend on the others, so a
    mention has the same voice whether all of them are labelled or only those that it needs.
    """

    text: str
    paragraphs: tuple[Span, ...]
    scan: QuoteScan
    passages: list[Passage]
    found: dict[int, list[Attribution]] = field(default_factory=dict)
    labels: dict[int, Labels] = field(default_factory=dict)

    def chance(self, labeller: Labeller, number: int, span: Span) -> tuple[float, bool]:
        """Return the calibrated chance that a term is not the outlet's own, and whether it is quoted."""
        labels = self.labels[number]
        offset = self.paragraphs[number].start
        first, stop = np.searchsorted(labels.start, (span.start - offset, span.end - offset)).tolist()
        if first >= stop:
            return 0.5, False
        mean, quoted = float(labels.content[first:stop].mean()), bool(labels.quote[first:stop].any())
        return (mean if quoted else labeller.calibrated_term(mean)), quoted

    @property
    def unpaired(self) -> int:
        """Quotation marks without a partner."""
        return self.scan.unpaired

    def attributions(self) -> tuple[Attribution, ...]:
        """Return the attributions of all labelled paragraphs, in order, speakers resolved."""
        return tuple(
            self.resolved(number, place)
            for number in sorted(self.found)
            for place in range(len(self.found[number]))
        )

    def unresolved(self, number: int) -> bool:
        """Tell whether a paragraph has an attribution whose speaker stands further up."""
        return any(_needs_name(a) for a in self.found[number])

    def resolved(self, number: int, place: int) -> Attribution:
        """Return an attribution, with the speaker that its pronoun or bare quotation stands for."""
        attribution = self.found[number][place]
        if not _needs_name(attribution):
            return attribution._replace(speaker=speakers.clean(attribution.speaker))
        pronoun = attribution.speaker.lower()
        if not pronoun:
            last = self._before(number, place)
            if last is None or last.voice not in ("direct", "indirect"):
                return attribution
            pronoun = last.speaker.lower() if last.speaker.lower() in PERSONAL else ""
            if not pronoun and last.speaker:
                return _named(attribution, last, "speaker of the words before")
        for earlier in self._upwards(number, place):
            name = speakers.clean(earlier.speaker)
            if name and name.lower() not in speakers.PRONOUNS and (not pronoun or fits(pronoun, name)):
                what = f"{pronoun} = {name}" if pronoun else "speaker of the words before"
                return _named(attribution, earlier, what)
        return attribution

    def _before(self, number: int, place: int) -> Attribution | None:
        return next(iter(self._upwards(number, place, paragraphs=1)), None)

    def _upwards(self, number: int, place: int, paragraphs: int = LOOK_BACK) -> Iterable[Attribution]:
        """Yield the attributions before one, nearest first, within so many paragraphs."""
        yield from reversed(self.found[number][:place])
        for earlier in range(number - 1, max(number - paragraphs, 0) - 1, -1):
            yield from reversed(self.found.get(earlier, []))


def _needs_name(attribution: Attribution) -> bool:
    bare = attribution.voice == "direct" and not attribution.speaker and not attribution.cue
    return bare or attribution.speaker.lower() in PERSONAL


def _named(attribution: Attribution, by: Attribution, why: str) -> Attribution:
    return attribution._replace(speaker=speakers.clean(by.speaker), evidence=f"{attribution.evidence}; {why}")


def open_reading(text: str, paragraphs: Sequence[Span]) -> Reading:
    """Find the quotations of a text and cut it into passages; nothing is labelled yet."""
    scan = find_quotes(text, paragraphs)
    spans = pieces(text, paragraphs)
    return Reading(text, tuple(spans), scan, passages_of(text, spans, scan.quotes))


def label_readings(model: VoiceModel, wanted: Sequence[tuple[Reading, Iterable[int]]]) -> None:
    """Label the wanted paragraphs of each reading, and those before them that a speaker is found in.

    All paragraphs go through the labeller together: many at once are five times faster than one by one.
    """
    asked = [(reading, sorted(set(numbers) - reading.found.keys())) for reading, numbers in wanted]
    _label(model, asked)
    _label(
        model,
        [(reading, sorted(_above(reading, numbers) - reading.found.keys())) for reading, numbers in asked],
    )


def _above(reading: Reading, numbers: Sequence[int]) -> set[int]:
    """Return the paragraphs in which speakers of these paragraphs may be named."""
    return {
        above
        for number in numbers
        if reading.unresolved(number)
        for above in range(max(0, number - LOOK_BACK), number)
    }


def _label(model: VoiceModel, asked: Sequence[tuple[Reading, Sequence[int]]]) -> None:
    passages = [reading.passages[number] for reading, numbers in asked for number in numbers]
    labels = iter(model.labeller.label(passages))
    for reading, numbers in asked:
        for number in numbers:
            reading.labels[number] = complete(next(labels))
            reading.found[number] = _attributions(model, reading, number, reading.labels[number])


def _attributions(model: VoiceModel, reading: Reading, number: int, labels: Labels) -> list[Attribution]:
    passage, offset = reading.passages[number], reading.paragraphs[number].start
    kinds = None
    if passage.quotes and len(labels.label):
        kinds = _judge_quotes(model, reading.text, offset, passage, labels)
    return link.attributions(reading.text, offset, labels, kinds)


def _judge_quotes(
    model: VoiceModel, text: str, offset: int, passage: Passage, labels: Labels
) -> NDArray[np.int8]:
    """Tell what each word inside of quotation marks is; -1 where the marks decide nothing.

    Long quotations quote somebody. Short ones are judged by a model of their own.
    """
    kinds = np.full(len(labels.label), -1, dtype=np.int8)
    short: list[tuple[int, int, Span]] = []
    for start, end, state in passage.quotes:
        if state not in (CLOSED, CONTINUED):
            continue
        first, stop = np.searchsorted(labels.start, (start, end)).tolist()
        words = int((labels.sign[first:stop] == 0).sum())
        if words > LONGEST or state == CONTINUED:
            kinds[first:stop] = link.DIRECT
        elif words:
            short.append((first, stop, Span(offset + max(start, 0), offset + end)))
    if short:
        features = quote_features(
            text, offset, labels, [s for _, _, s in short], model.labeller.weights.lexical
        )
        kind_of = (link.DIRECT, link.SCARE, link.OWN)  # in the order of the classes
        for (first, stop, _), decided in zip(
            short, decide(model.short.classify(features)).tolist(), strict=True
        ):
            kinds[first:stop] = kind_of[decided]
    return kinds


def count_words(
    attributions: Sequence[Attribution], starts: NDArray[np.int64], kept: Sequence[Span]
) -> dict[str, int]:
    """Count the words of the kept paragraphs by voice; scare quotes count as the outlet's own words.

    Returns
    -------
    dict
        Keys ``own``, ``direct``, ``indirect``, ``unknown`` and ``removed``; they sum to all words.
    """
    labels = np.zeros(len(starts), dtype=np.int8)
    names = ("removed", "own", "indirect", "unknown", "direct")
    for span in kept:
        first, last = np.searchsorted(starts, span)
        labels[first:last] = 1
    spans = [a.span for a in attributions]
    edges = np.searchsorted(starts, spans or np.zeros((0, 2), np.int64)).tolist()
    for attribution, (first, last) in zip(attributions, edges, strict=True):
        if attribution.voice in names:
            part = labels[first:last]
            part[part > 0] = names.index(attribution.voice)
    counts = np.bincount(labels, minlength=len(names))
    return {name: int(counts[i]) for i, name in enumerate(names)}
