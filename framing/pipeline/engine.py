"""The engine: compiled lexicons, and one article at a time through all stages."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from framing.config import Config
from framing.context import Cue, Reading, count_words, label_readings, modifiers, open_reading, voice_of
from framing.context.cues import SPEECH_VERBS
from framing.context.labeller.store import shipped_model
from framing.errors import LexiconError
from framing.lexicon import Entry, Lexicon, load_default
from framing.matching import Cover, Matcher, Pattern, RawHit, resolve, without_exceptions
from framing.pipeline.article import Article, Mention, NestedEntry
from framing.pipeline.part import Part, Placed
from framing.records import Attribution, Document, Removal, Span
from framing.scoring.rules import loadedness, rule_score
from framing.text.clean import find_removals, kept_spans
from framing.text.fold import FoldedText, fold_many
from framing.text.sentences import paragraphs, sentences
from framing.text.words import word_starts

BATCH_CHARS = 250_000
"""Characters matched in one pass: small enough for the cache, large enough to hide numpy's overhead."""

_SHADOWING = frozenset({"relayed_naming", "distancing", "hedge"})


class Engine:
    """Analyse articles with given lexicons.

    Parameters
    ----------
    lexicons
        Framing lexicons, or referent lexicons to count names, and at least one cue lexicon; the
        shipped framing lexicons if left out. Where two hold the same words, the first counts.
    config
        Options.

    Raises
    ------
    LexiconError
        If two lexicons define the same entry, framing and referent lexicons are mixed, or no cue
        lexicon is given.
    """

    def __init__(self, lexicons: Sequence[Lexicon] | None = None, config: Config | None = None) -> None:
        self.lexicons = tuple(lexicons) if lexicons is not None else load_default()
        self.config = config or Config()
        self.entries: list[Entry] = []
        self._is_cue: list[bool] = []
        self._collect()
        patterns = []
        for number, entry in enumerate(self.entries):
            patterns += [Pattern(form, 2 * number) for form in entry.surface_forms()]
            patterns += [Pattern(form, 2 * number + 1) for form in entry.exception_forms()]
        self._matcher = Matcher(patterns)
        self._model = shipped_model()

    def _collect(self) -> None:
        first: dict[tuple[str, str], str] = {}
        twice: dict[str, list[str]] = {}
        for lexicon in self.lexicons:
            for entry in lexicon.entries:
                key = (lexicon.kind, entry.entry_id)
                if key in first:
                    twice.setdefault(f"{first[key]} and {lexicon.path}", []).append(entry.entry_id)
                first.setdefault(key, lexicon.lexicon_id)
                self.entries.append(entry)
                self._is_cue.append(lexicon.kind == "cues")
        if twice:
            raise LexiconError(
                "two lexicons define the same entry",
                where="; ".join(twice),
                got=", ".join(name for names in twice.values() for name in names),
                fix="give the entry_id another name in one of them, or leave one out",
            )
        if {"framing", "referents"} <= {lexicon.kind for lexicon in self.lexicons}:
            raise LexiconError(
                "loaded terms and names cannot be counted in one run: they overlap",
                got=", ".join(f"{x.lexicon_id} ({x.kind})" for x in self.lexicons),
                fix="make two runs, one with the framing lexicons and one with the referents",
            )
        if not any(self._is_cue):
            raise LexiconError(
                "no cue lexicon was given",
                got=", ".join(x.lexicon_id for x in self.lexicons),
                fix="add load_lexicon('cues-en') to the lexicons",
            )

    def analyze(self, documents: Iterable[Document]) -> Iterator[Article]:
        """Yield one :class:`Article` for each document, in order. Bad articles are rows, never errors."""
        batch: list[Document] = []
        size = 0
        for document in documents:
            batch.append(document)
            size += len(document.text)
            if size >= BATCH_CHARS:
                yield from self._batch(batch)
                batch, size = [], 0
        if batch:
            yield from self._batch(batch)

    def _batch(self, documents: Sequence[Document]) -> Iterator[Article]:
        scored = [d for d in documents if self._refusal(d) is None]
        texts = [text for d in scored for text in (d.title, d.text)]
        folded = fold_many(texts) if texts else []
        hits = self._hits(folded)
        removals = [find_removals(d.text, outlet=d.outlet, title=d.title) for d in scored]
        kept = [
            spans
            for d, removed in zip(scored, removals, strict=True)
            for spans in (paragraphs(d.title), kept_spans(d.text, removed))
        ]
        parts = [
            self._part(text, spans, f, hits[number])
            for number, (text, spans, f) in enumerate(zip(texts, kept, folded, strict=True))
        ]
        every = self.config.words_by_voice
        label_readings(
            self._model,
            [(p.reading, range(len(p.reading.paragraphs)) if every else p.numbers()) for p in parts],
        )
        position = 0
        for document in documents:
            refusal = self._refusal(document)
            if refusal is not None:
                yield Article(document, *refusal)
                continue
            title, body = parts[2 * position], parts[2 * position + 1]
            yield self._article(document, title, body, removals[position])
            position += 1

    def cues(self, text: str) -> list[Cue]:
        """Return the cues of a text, in order."""
        folded = fold_many([text])
        hits = [hit for hit in self._hits(folded)[0] if self._is_cue[hit.entry]]
        return self._cues(text, folded[0], hits)

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

    def _hits(self, folded: Sequence[FoldedText]) -> dict[int, list[RawHit]]:
        found = self._matcher.find(folded)
        by_text: dict[int, list[RawHit]] = defaultdict(list)
        columns = (found.doc.tolist(), found.owner.tolist(), found.start.tolist(), found.end.tolist())
        for doc, owner, start, end in zip(*columns, strict=True):
            by_text[doc].append(RawHit(start, end, owner // 2, owner % 2 == 1))
        return by_text

    def _article(self, document: Document, title: Part, body: Part, removals: Sequence[Removal]) -> Article:
        title_said, said = title.reading.attributions(), body.reading.attributions()
        starts = word_starts(body.folded)
        words = count_words(said, starts, body.reading.paragraphs)
        for voice, count in count_words(
            title_said, word_starts(title.folded), title.reading.paragraphs
        ).items():
            words[voice] += count
        removed = tuple(
            int(starts.searchsorted(r.span.end) - starts.searchsorted(r.span.start)) for r in removals
        )
        labelled = self.config.words_by_voice
        notes = [document.problem, *_notes(body.reading)]
        return Article(
            document,
            document.status,
            "; ".join(n for n in notes if n),
            (
                *self._mentions(title, title_said, in_title=True),
                *self._mentions(body, said, in_title=False),
            ),
            tuple(removals),
            removed,
            said,
            title_said,
            words,
            labelled,
        )

    def _part(self, text: str, kept: Sequence[Span], folded: FoldedText, hits: Sequence[RawHit]) -> Part:
        """Resolve the hits of a text and place them in its paragraphs; those outside of all are left out."""
        terms: list[RawHit] = []
        cue_hits: list[RawHit] = []
        for hit in hits:
            (cue_hits if self._is_cue[hit.entry] else terms).append(hit)
        reading = open_reading(text, kept)
        ends = [span.end for span in reading.paragraphs]
        placed = []
        for found in resolve(terms):
            span = folded.span(found.start, found.end)
            number = bisect_right(ends, span.start)
            if number < len(ends) and reading.paragraphs[number].start <= span.start:
                placed.append(Placed(found, span, number))
        return Part(text, folded, reading, placed, cue_hits)

    def _mentions(self, part: Part, said: Sequence[Attribution], *, in_title: bool) -> Iterator[Mention]:
        cues = self._cues(part.text, part.folded, part.cue_hits) if part.placed else []
        within: list[Span] = []
        read = -1
        for placed in part.placed:
            if placed.paragraph != read:
                read = placed.paragraph
                within = sentences(part.text, part.reading.paragraphs[read])
            first = bisect_right(within, placed.span.start, key=lambda s: s.end)
            last = max(first, bisect_left(within, placed.span.end, key=lambda s: s.end))
            around = within[min(first, len(within) - 1)], within[min(last, len(within) - 1)]
            # A term may reach over the place where a paragraph without end was cut.
            sentence = Span(around[0].start, max(around[1].end, placed.span.end))
            yield self._mention(part, said, cues, placed, sentence, in_title)

    def _cues(self, text: str, folded: FoldedText, hits: Sequence[RawHit]) -> list[Cue]:
        """Return the cues of a text in order: without exceptions, without verbs inside a longer phrase.

        A verb of two speech categories counts once; "is said to" is a hedge and hides its "said".
        """
        cues: dict[tuple[Span, str], Cue] = {}
        phrases: list[Span] = []
        for hit in without_exceptions(hits):
            span = folded.span(hit.start, hit.end)
            category = self.entries[hit.entry].category
            surface = text[span.start : span.end]
            kind = "speech" if category in SPEECH_VERBS else category
            cues.setdefault((span, kind), Cue(span, category, surface))
            if category in _SHADOWING and " " in surface:
                phrases.append(span)
        hidden = Cover(phrases)
        return sorted(
            cue for (_, kind), cue in cues.items() if kind != "speech" or not hidden.covers(*cue.span)
        )

    def _mention(
        self,
        part: Part,
        attributions: Sequence[Attribution],
        cues: Sequence[Cue],
        placed: Placed,
        sentence: Span,
        in_title: bool,
    ) -> Mention:
        text, span, nested = part.text, placed.span, placed.found.nested
        entry = self.entries[placed.found.entry]
        said = voice_of(
            self._model,
            part.reading,
            attributions,
            cues,
            span,
            paragraph=placed.paragraph,
            distances=entry.category == "distancing",
        )
        flags = modifiers(text, span, sentence, cues)
        score = rule_score(
            entry, said.voice, negated=flags.negated, hedged=flags.hedged, weights=self.config.weights
        )
        p_loaded = math.nan  # the slot of the trained classifier: empty until one ships, never invented
        return Mention(
            span=span,
            surface=text[span.start : span.end],
            entry_id=entry.entry_id,
            nested=tuple(_nested(self.entries[n]) for n in nested),
            category=entry.category,
            referent=entry.referent,
            sentence=sentence,
            in_title=in_title,
            voice=said.voice,
            p_attributed=said.p_attributed,
            speaker=said.speaker,
            cue=said.cue,
            negated=flags.negated,
            hedged=flags.hedged,
            scare_quoted=said.scare_quoted,
            evidence=said.evidence,
            rule_score=score.value,
            score_parts=score.parts,
            p_loaded=p_loaded,
            loadedness=loadedness(score.value, p_loaded),
            neutral_alternative=entry.neutral_alternative,
            rationale=entry.rationale,
        )


def _nested(entry: Entry) -> NestedEntry:
    return NestedEntry(entry.entry_id, entry.category, entry.referent)


def _notes(reading: Reading) -> list[str]:
    notes = []
    if reading.unpaired:
        notes.append(f"{reading.unpaired} quotation marks without a partner")
    return notes
