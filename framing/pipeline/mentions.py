"""Mentions of one text: what the context says about each place where an entry was found."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from framing.config import RuleWeights
from framing.context import Cue, Modifiers, modifiers, voice_of
from framing.context.cues import SPEECH_VERBS
from framing.context.labeller.store import VoiceModel
from framing.lexicon import Entry
from framing.matching import Cover, without_exceptions
from framing.pipeline.article import Mention, NestedEntry
from framing.pipeline.part import HitColumns, Part, Placed
from framing.records import Attribution, Span
from framing.scoring.rules import RuleScore, loadedness, rule_score
from framing.text.fold import FoldedText
from framing.text.sentences import sentences

CUES_AROUND = 100
"""Characters around a paragraph in which cues are read for its mentions: a word of distance may stand 40
before, and a phrase that hides another cue a little further."""

_SHADOWING = frozenset({"relayed_naming", "distancing", "hedge"})


class MentionReader:
    """Reads the mentions of texts.

    Parameters
    ----------
    entries
        The entries of all lexicons of the run; hits refer to them by their place.
    weights
        Parts of the rule score.
    model
        The voice model.
    """

    def __init__(self, entries: Sequence[Entry], weights: RuleWeights, model: VoiceModel) -> None:
        self._entries, self._weights, self._model = entries, weights, model
        self._scores: dict[tuple[int, str, Modifiers], RuleScore] = {}

    def mentions(self, part: Part, said: Sequence[Attribution], *, in_title: bool) -> Iterator[Mention]:
        """Yield the mentions of a title or a text in order; ``said`` are its attributions in order."""
        begins = [attribution.span.start for attribution in said]
        for number, group in groupby(part.placed, key=attrgetter("paragraph")):
            every = list(group)
            whole = part.reading.paragraphs[number]
            within = sentences(part.text, whole)
            ends = [sentence.end for sentence in within]
            cues = self.cues(part.text, part.folded, part.cue_hits_near(whole, CUES_AROUND))
            # A term may reach over the place where a paragraph without end was cut.
            furthest = max(whole.end, *(placed.span.end for placed in every))
            near = said[bisect_left(begins, whole.start) : bisect_right(begins, furthest)]
            for placed in every:
                first = min(bisect_right(ends, placed.span.start), len(ends) - 1)
                last = min(max(first, bisect_left(ends, placed.span.end)), len(ends) - 1)
                sentence = Span(within[first].start, max(ends[last], placed.span.end))
                yield self._mention(part, near, cues, placed, sentence, in_title)

    def cues(self, text: str, folded: FoldedText, hits: HitColumns) -> list[Cue]:
        """Return the cues of a text in order: without exceptions, without verbs inside a longer phrase.

        A verb of two speech categories counts once; "is said to" is a hedge and hides its "said".
        """
        cues: dict[tuple[Span, str], Cue] = {}
        phrases: list[Span] = []
        for hit in without_exceptions(hits.rows()):
            span = folded.span(hit.start, hit.end)
            category = self._entries[hit.entry].category
            surface = text[span.start : span.end]
            kind = "speech" if category in SPEECH_VERBS else category
            cues.setdefault((span, kind), Cue(span, category, surface))
            if category in _SHADOWING and " " in surface:
                phrases.append(span)
        hidden = Cover(phrases)
        return sorted(
            cue for (_, kind), cue in cues.items() if kind != "speech" or not hidden.covers(*cue.span)
        )

    def _score(self, entry: int, voice: str, flags: Modifiers) -> RuleScore:
        """Return the rule score of an entry, worked out once for each voice that it is used in."""
        key = (entry, voice, flags)
        if key not in self._scores:
            negated, hedged = flags
            self._scores[key] = rule_score(
                self._entries[entry], voice, negated=negated, hedged=hedged, weights=self._weights
            )
        return self._scores[key]

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
        entry = self._entries[placed.found.entry]
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
        score = self._score(placed.found.entry, said.voice, flags)
        return Mention(
            span=span,
            surface=text[span.start : span.end],
            entry_id=entry.entry_id,
            nested=tuple(_nested(self._entries[n]) for n in nested),
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
            p_loaded=math.nan,  # the classifier decides later, for all mentions of a batch together
            loaded="",
            frame=entry.category,
            p_frame=math.nan,
            loadedness=loadedness(score.value, math.nan),
            neutral_alternative=entry.neutral_alternative,
            rationale=entry.rationale,
        )


def _nested(entry: Entry) -> NestedEntry:
    return NestedEntry(entry.entry_id, entry.category, entry.referent)
