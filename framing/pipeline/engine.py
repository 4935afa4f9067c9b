"""The engine: compiled lexicons, and one article at a time through all stages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from framing.config import Config
from framing.context import Cue, Reading, count_words, label_readings, open_reading
from framing.context.labeller.store import shipped_model
from framing.context.voice import LOOK_BACK
from framing.lexicon import Lexicon, load_default
from framing.matching import Matcher, Pattern, resolve
from framing.pipeline.article import Article
from framing.pipeline.classify import Gatherer, classified, entry_columns
from framing.pipeline.entries import collect_entries
from framing.pipeline.mentions import MentionReader
from framing.pipeline.part import HitColumns, Part, Placed
from framing.pipeline.word_counts import words_of
from framing.records import Document, Removal, Span
from framing.scoring.loaded import LoadedModel
from framing.text.clean import find_removals, kept_spans
from framing.text.fold import FoldedText, fold_many
from framing.text.sentences import paragraphs
from framing.text.words import word_starts

BATCH_CHARS = 1_000_000
"""Characters read in one go: enough to hide the overhead of numpy in every stage."""

AT_ONCE_CHARS = 20_000
"""Characters of a batch up to which the paragraphs above mentions are labelled together with those of the
mentions: for an article or two that takes less time than a second go with the few that are needed."""


class Engine:
    """Analyse articles with given lexicons.

    Parameters
    ----------
    lexicons
        Framing lexicons, or referent lexicons to count names, and at least one cue lexicon; the
        shipped framing lexicons if left out. Where two hold the same words, the first counts.
    config
        Options.
    classifier
        Decides how likely a mention is loaded; without one ``p_loaded`` stays missing. Names of
        referents are never classified.
    keep_words
        Count every single word of an article as well (:class:`framing.pipeline.word_counts.ArticleWords`).

    Raises
    ------
    LexiconError
        If two lexicons define the same entry, framing and referent lexicons are mixed, or no cue
        lexicon is given.
    """

    def __init__(
        self,
        lexicons: Sequence[Lexicon] | None = None,
        config: Config | None = None,
        *,
        classifier: LoadedModel | None = None,
        keep_words: bool = False,
    ) -> None:
        self.lexicons = tuple(lexicons) if lexicons is not None else load_default()
        self.config = config or Config()
        self.entries, is_cue = collect_entries(self.lexicons)
        self._is_cue = np.array(is_cue, dtype=np.bool_)
        self._columns = entry_columns([e for e, cue in zip(self.entries, is_cue, strict=True) if not cue])
        patterns = []
        for number, entry in enumerate(self.entries):
            patterns += [Pattern(form, 2 * number) for form in entry.surface_forms()]
            patterns += [Pattern(form, 2 * number + 1) for form in entry.exception_forms()]
        self._matcher = Matcher(patterns)
        self._model = shipped_model()
        self._reader = MentionReader(self.entries, self.config.weights, self._model)
        self._keep_words = keep_words
        self._classifier = classifier if any(x.kind == "framing" for x in self.lexicons) else None

    def analyze(self, documents: Iterable[Document]) -> Iterator[Article]:
        """Yield one :class:`Article` for each document, in order. Bad articles are rows, never errors."""
        for articles, gathered in self.read(documents):
            if self._classifier is None:
                yield from articles
            else:
                yield from classified(self._classifier, articles, gathered.surroundings())

    def read(self, documents: Iterable[Document]) -> Iterator[tuple[list[Article], Gatherer]]:
        """Yield batches of articles before the classifier, and what gives the columns that it reads."""
        for batch in _batches(documents):
            yield self._batch(batch)

    def _batch(self, documents: Sequence[Document]) -> tuple[list[Article], Gatherer]:
        scored = [d for d in documents if self._refusal(d) is None]
        texts = [text for d in scored for text in (d.title, d.text)]
        folded = fold_many(texts) if texts else []
        hits = self._hits(folded)
        removals: list[list[Removal]] = []
        kept: list[list[Span]] = []
        for d in scored:
            lines = paragraphs(d.text)
            removals.append(find_removals(d.text, outlet=d.outlet, title=d.title, spans=lines))
            kept += [paragraphs(d.title), kept_spans(d.text, removals[-1], lines)]
        parts = [self._part(*columns) for columns in zip(texts, kept, folded, hits, strict=True)]
        at_once = sum(map(len, texts)) <= AT_ONCE_CHARS
        label_readings(self._model, [(p.reading, self._labelled(p, above=at_once)) for p in parts])
        position = 0
        articles = []
        gatherer = Gatherer(self._columns)
        for document in documents:
            refusal = self._refusal(document)
            if refusal is not None:
                articles.append(Article(document, *refusal))
                continue
            title, body = parts[2 * position], parts[2 * position + 1]
            articles.append(self._article(document, title, body, removals[position]))
            gatherer.add(articles[-1], (title, body))
            position += 1
        return articles, gatherer

    def cues(self, text: str) -> list[Cue]:
        """Return the cues of a text, in order."""
        folded = fold_many([text])
        _, hits = self._hits(folded)[0]
        return self._reader.cues(text, folded[0], hits)

    def _labelled(self, part: Part, *, above: bool) -> Iterable[int]:
        """Return the paragraphs to be labelled, with those ``above`` that may name a speaker or without."""
        if self.config.words_by_voice:
            return range(len(part.reading.paragraphs))
        numbers = part.numbers()
        if not above:
            return numbers
        return {n for number in numbers for n in range(max(0, number - LOOK_BACK), number + 1)}

    def _refusal(self, document: Document) -> tuple[str, str] | None:
        """Return status and message of a document that is not scored."""
        if document.status in ("duplicate_id", "bad_text"):
            return document.status, document.problem
        size = len(document.text) + len(document.title)
        if not document.text.strip() and not document.title.strip():
            status, reason = "empty", "neither title nor text"
        elif size > self.config.max_chars:
            status = "too_long"
            reason = f"{size} characters, at most {self.config.max_chars} are read (max_chars)"
        else:
            return None
        return status, "; ".join(part for part in (document.problem, reason) if part)

    def _hits(self, folded: Sequence[FoldedText]) -> list[tuple[HitColumns, HitColumns]]:
        """Return the hits of terms and those of cues for each text."""
        found = self._matcher.find(folded)
        is_cue = self._is_cue[found.owner // 2]
        numbers = np.arange(len(folded) + 1)
        columns = []
        for chosen in (~is_cue, is_cue):
            start, end, owner = found.start[chosen], found.end[chosen], found.owner[chosen]
            edges = np.searchsorted(found.doc[chosen], numbers).tolist()
            columns.append([HitColumns(start[a:b], end[a:b], owner[a:b]) for a, b in pairwise(edges)])
        return list(zip(*columns, strict=True))

    def _article(self, document: Document, title: Part, body: Part, removals: Sequence[Removal]) -> Article:
        labelled = self.config.words_by_voice
        title_said, said = (
            part.reading.attributions(None if labelled else part.numbers()) for part in (title, body)
        )
        starts = word_starts(body.folded)
        words = count_words(said if labelled else (), starts, body.reading.paragraphs)
        for voice, count in count_words(
            title_said if labelled else (), word_starts(title.folded), title.reading.paragraphs
        ).items():
            words[voice] += count
        removed = tuple(
            int(starts.searchsorted(r.span.end) - starts.searchsorted(r.span.start)) for r in removals
        )
        notes = [document.problem, *_notes(body.reading)]
        return Article(
            document,
            document.status,
            "; ".join(n for n in notes if n),
            (
                *self._reader.mentions(title, title_said, in_title=True),
                *self._reader.mentions(body, said, in_title=False),
            ),
            tuple(removals),
            removed,
            said,
            title_said,
            words,
            labelled,
            words_of(((title, title_said), (body, said))) if self._keep_words else None,
        )

    def _part(
        self, text: str, kept: Sequence[Span], folded: FoldedText, hits: tuple[HitColumns, HitColumns]
    ) -> Part:
        """Resolve the hits of a text and place them in its paragraphs; those outside of all are left out."""
        terms, cue_hits = hits
        reading = open_reading(text, kept)
        ends = [span.end for span in reading.paragraphs]
        placed = []
        for found in resolve(terms.rows()):
            span = folded.span(found.start, found.end)
            number = bisect_right(ends, span.start)
            if number < len(ends) and reading.paragraphs[number].start <= span.start:
                placed.append(Placed(found, span, number))
        return Part(text, folded, reading, placed, cue_hits)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _notes(reading: Reading) -> list[str]:
    notes = []
    if reading.unpaired:
        notes.append(f"{reading.unpaired} quotation marks without a partner")
    return notes
