"""What one text says in whose voice: labels and quotation marks put together, speakers resolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from framing.context import link, speakers
from framing.context.article_quotes import ArticleQuotes, read_article
from framing.context.completion import complete
from framing.context.labeller.label import Block, Labeller, Labels
from framing.context.labeller.passages import CLOSED, CONTINUED, outermost, passage_at, pieces
from framing.context.labeller.store import VoiceModel
from framing.context.labeller.stream import Passage
from framing.context.link import Place
from framing.context.mention_words import ParagraphWords, paragraph_words
from framing.context.pronouns import PERSONAL, fits
from framing.context.quote_features import ShortQuote, quote_features
from framing.context.quotes import Quote, QuoteScan, find_quotes
from framing.context.shortquotes import LONGEST
from framing.records import Attribution, Span
from framing.text.words import words_in

LOOK_BACK = 6
"""Paragraphs looked back at for the name that a pronoun or an unattributed quotation stands for."""

WORD_VOICES = ("removed", "own", "indirect", "unknown", "direct")
"""What a word may be: kept out of the counts, or in one of the voices that words are counted by."""

_SO_CALLED = ("so-called", "so called")
"""What stands before a scare quote by definition; the readings have too few for the model to learn it."""


@dataclass(slots=True, eq=False)
class Reading:
    """What one text says in whose voice.

    Paragraphs are labelled when they are asked for; what one gets does not depend on the others, so a
    mention has the same voice whether all of them are labelled or only those that it needs. ``memo`` is for
    what others work out about a paragraph or a sentence and need again for its next mention.
    """

    text: str
    paragraphs: tuple[Span, ...]
    scan: QuoteScan
    outer: list[Quote]
    found: dict[int, list[Attribution]] = field(default_factory=dict)
    labels: dict[int, Labels] = field(default_factory=dict)
    memo: dict[tuple[int, ...], object] = field(default_factory=dict, init=False, repr=False)
    _article: ArticleQuotes | None = field(default=None, init=False, repr=False)

    @property
    def article(self) -> ArticleQuotes:
        """What the whole text tells about its short quotations, looked up when the first is judged."""
        if self._article is None:
            self._article = read_article(self.text, self.paragraphs, self.scan)
        return self._article

    def passage(self, number: int) -> Passage:
        """Return a paragraph as the labeller reads it."""
        return passage_at(self.text, self.paragraphs[number], self.outer)

    def chance(self, labeller: Labeller, number: int, span: Span) -> tuple[float, bool]:
        """Return the calibrated chance that a term is not the outlet's own, and whether it is quoted."""
        words = self.words(number)
        first, stop = words.rows(span)
        if first >= stop:
            return 0.5, False
        mean = sum(words.content[first:stop]) / (stop - first)
        quoted = any(words.quote[first:stop])
        return (mean if quoted else labeller.calibrated_term(mean)), quoted

    def rows(self, number: int, span: Span) -> tuple[int, int]:
        """Return the first word of a span in the labels of its paragraph, and the one behind its last."""
        return self.words(number).rows(span)

    def words(self, number: int) -> ParagraphWords:
        """Return the words of a labelled paragraph as plain lists."""
        found = self.memo.get((number, -1))
        if not isinstance(found, ParagraphWords):
            found = self.memo[number, -1] = paragraph_words(
                self.labels[number], self.paragraphs[number].start
            )
        return found

    @property
    def unpaired(self) -> int:
        """Quotation marks without a partner."""
        return self.scan.unpaired

    def attributions(self, numbers: Iterable[int] | None = None) -> tuple[Attribution, ...]:
        """Return the attributions of all labelled paragraphs or of some, in order, speakers resolved."""
        return tuple(
            self.resolved(number, place)
            for number in sorted(self.found if numbers is None else numbers)
            for place in range(len(self.found[number]))
        )

    def unresolved(self, number: int) -> bool:
        """Tell whether a paragraph has an attribution whose speaker stands further up."""
        return any(_needs_name(a) for a in self.found[number])

    def resolved(self, number: int, place: int) -> Attribution:
        """Return an attribution, with the speaker that its pronoun or bare quotation stands for."""
        attribution = self.found[number][place]
        if not _needs_name(attribution):
            name = speakers.clean(attribution.speaker)
            return attribution if name == attribution.speaker else attribution._replace(speaker=name)
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
    return Reading(text, tuple(spans), scan, outermost(scan.quotes))


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
    wanted = [(reading, number) for reading, numbers in asked for number in numbers]
    at = 0
    passages = [reading.passage(number) for reading, number in wanted]
    for block in model.labeller.blocks(passages):
        own = wanted[at : at + len(block.size)]
        quoted = [passage.quotes for passage in passages[at : at + len(own)]]
        at += len(own)
        completed = complete(block)
        kinds = _judge_quotes(model, completed, own, quoted)
        places = [Place(reading.text, reading.paragraphs[number].start) for reading, number in own]
        found = link.attributions(completed, places, kinds)
        for (reading, number), labels, attributions in zip(own, completed.paragraphs(), found, strict=True):
            reading.labels[number], reading.found[number] = labels, attributions


def _judge_quotes(
    model: VoiceModel,
    block: Block,
    paragraphs: Sequence[tuple[Reading, int]],
    quoted: Sequence[Sequence[tuple[int, int, int]]],
) -> NDArray[np.int8]:
    """Tell what each word inside of quotation marks is; -1 where the marks decide nothing.

    Long quotations quote somebody. Short ones are judged by a model of their own, all of a block together.
    """
    kinds = np.full(len(block.labels.label), -1, dtype=np.int8)
    short: list[ShortQuote] = []
    columns = zip(paragraphs, quoted, block.first.tolist(), block.size.tolist(), strict=True)
    for (reading, number), marked, at, size in columns:
        if not marked:
            continue
        starts, offset = block.labels.start[at : at + size], reading.paragraphs[number].start
        edges = (np.searchsorted(starts, [quote[:2] for quote in marked]) + at).tolist()
        for (start, end, state), (first, stop) in zip(marked, edges, strict=True):
            if state not in (CLOSED, CONTINUED):
                continue
            words = int(np.count_nonzero(block.labels.sign[first:stop] == 0))
            if words > LONGEST or state == CONTINUED:
                kinds[first:stop] = link.DIRECT
            elif words:
                span = Span(offset + start, offset + end)
                short.append(ShortQuote(first, stop, reading.text, offset, span, reading.article))
    if short:
        features = quote_features(block.labels, short, model.labeller.weights.lexical)
        kind_of = (link.DIRECT, link.SCARE, link.OWN)  # in the order of the classes
        decisions = model.short.decide(model.short.classify(features)).tolist()
        for quote, decided in zip(short, decisions, strict=True):
            so_called = (
                quote.text[max(0, quote.span.start - 12) : quote.span.start]
                .rstrip()
                .lower()
                .endswith(_SO_CALLED)
            )
            kinds[quote.first : quote.stop] = link.SCARE if so_called else kind_of[decided]
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
    counts = np.bincount(word_voices(attributions, starts, kept), minlength=len(WORD_VOICES))
    return {name: int(counts[i]) for i, name in enumerate(WORD_VOICES)}


def word_voices(
    attributions: Sequence[Attribution], starts: NDArray[np.int64], kept: Sequence[Span]
) -> NDArray[np.int8]:
    """Return the voice of each word as a place in :data:`WORD_VOICES`; see :func:`count_words`."""
    code_of = {name: number for number, name in enumerate(WORD_VOICES)}
    counted = [a for a in attributions if a.voice in code_of]
    labels = np.zeros(len(starts), dtype=np.int8)
    labels[_numbered(words_in(starts, kept))[0]] = code_of["own"]
    words, number = _numbered(words_in(starts, [a.span for a in counted]))
    codes = np.array([code_of[a.voice] for a in counted], dtype=np.int8)
    labels[words] = np.where(labels[words] > 0, codes[number], 0)
    return labels


def _numbered(edges: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the words between each pair of edges, and the number of the pair of each."""
    size = edges[:, 1] - edges[:, 0]
    number = np.repeat(np.arange(len(size)), size)
    return np.arange(len(number)) - np.repeat(np.cumsum(size) - size, size) + edges[number, 0], number
