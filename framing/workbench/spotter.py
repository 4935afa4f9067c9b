"""Find the entries of one lexicon in short texts, without voice: what the lexicon alone decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from framing.lexicon import Entry, Lexicon
from framing.matching import Matcher, Pattern, RawHit, resolve, without_exceptions
from framing.records import Span
from framing.text.fold import fold_many


class Spotted(NamedTuple):
    """An entry at a place of a text; ``nested`` if a longer entry of the lexicon covers it."""

    span: Span
    entry: Entry
    nested: bool


class Spotter:
    """One compiled lexicon.

    Examples
    --------
    >>> from framing.lexicon import load_lexicon
    >>> found = Spotter(load_lexicon("conflict-en")).spot(["Takfiri terrorists under a sanctions regime"])
    >>> [(s.entry.entry_id, s.nested) for s in found[0]]
    [('takfiri-terrorist', False), ('takfiri', True), ('terrorist', True)]
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        patterns = []
        for number, entry in enumerate(lexicon.entries):
            patterns += [Pattern(form, 2 * number) for form in entry.surface_forms()]
            patterns += [Pattern(form, 2 * number + 1) for form in entry.exception_forms()]
        self._matcher = Matcher(patterns)

    def spot(self, texts: Sequence[str]) -> list[list[Spotted]]:
        """Return what counts in each text, the mention before the entries inside it.

        Cues may share their words, so the hits of a cue lexicon are all returned, none nested.
        """
        folded = fold_many(list(texts)) if texts else []
        result = []
        for text, hits in zip(folded, self.raw(texts), strict=True):
            kept = without_exceptions(hits)
            if self.lexicon.kind == "cues":
                result.append([Spotted(text.span(h.start, h.end), self.lexicon.entries[h.entry], False)
                               for h in kept])  # fmt: skip
                continue
            spotted = []
            for mention in resolve(hits):
                span = text.span(mention.start, mention.end)
                spotted.append(Spotted(span, self.lexicon.entries[mention.entry], False))
                inner = [Spotted(span, self.lexicon.entries[n], True) for n in mention.nested]
                spotted.extend(sorted(inner, key=lambda s: s.entry.entry_id))
            result.append(spotted)
        return result

    def raw(self, texts: Sequence[str]) -> list[list[RawHit]]:
        """Return the hits of each text before exceptions are taken out, in folded offsets."""
        found = self._matcher.find(fold_many(list(texts)))
        by_text: dict[int, list[RawHit]] = defaultdict(list)
        columns = (found.doc.tolist(), found.owner.tolist(), found.start.tolist(), found.end.tolist())
        for doc, owner, start, end in zip(*columns, strict=True):
            by_text[doc].append(RawHit(start, end, owner // 2, owner % 2 == 1))
        return [by_text[number] for number in range(len(texts))]
