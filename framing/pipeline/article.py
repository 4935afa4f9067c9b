"""What the engine found in one article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from framing.pipeline.word_counts import ArticleWords
from framing.records import Attribution, Document, Removal, Span


class NestedEntry(NamedTuple):
    """An entry that was found inside or across a longer mention."""

    entry_id: str
    category: str
    referent: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention with everything that was decided about it; see :data:`framing.tables.MENTIONS`."""

    span: Span
    surface: str
    entry_id: str
    nested: tuple[NestedEntry, ...]
    category: str
    referent: str
    sentence: Span
    in_title: bool
    voice: str
    p_attributed: float
    speaker: str
    cue: str
    negated: bool
    hedged: bool
    scare_quoted: bool
    evidence: str
    rule_score: float
    score_parts: str
    p_loaded: float
    loaded: str
    frame: str
    p_frame: float
    loadedness: float
    neutral_alternative: str
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One analysed article: the document, its mentions and what was left out of the counts.

    ``attributions`` are the stretches of the text that are not in the outlet's own voice; ``words``
    maps voices (``own``, ``direct``, ``indirect``, ``unknown``) and ``removed`` to words; unless ``labelled``
    only paragraphs with mentions were read for voice, and words of the others stand under ``own``.
    ``vocabulary`` counts each single word, if the engine was asked to keep them.
    :func:`framing.explain` shows one with its mentions highlighted.
    """

    document: Document
    status: str
    message: str
    mentions: tuple[Mention, ...] = ()
    removals: tuple[Removal, ...] = ()
    removal_words: tuple[int, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    title_attributions: tuple[Attribution, ...] = ()
    words: dict[str, int] = field(default_factory=dict)
    labelled: bool = True
    vocabulary: ArticleWords | None = field(default=None, repr=False, compare=False)

    @property
    def n_words(self) -> int:
        """Words that count: all but the removed ones."""
        return sum(count for voice, count in self.words.items() if voice != "removed")
