"""Reported speech: which part of a sentence is the content of a source, by rules over cues."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.context import speakers
from framing.context.cues import SPEECH_VERBS, Cue
from framing.records import Attribution, Span

_THAT = re.compile(r"\s*(?:[^\s,.;:\"“”]+\s+){0,9}?that\b\s*")
_OF = re.compile(r"\s*(?:[^\s,.;:\"“”]+\s+){1,10}?(?:of|for|that)\b\s*")
_CLAUSE_START = re.compile(
    r"\s*(?:there|it|he|she|they|we|i|you|this|these|those|the|a|an|its|his|her|their|our|no|some|any|all|[A-Z0-9“\"‘'])"
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PASSIVE = re.compile(r"\s+by\b")  # "a truce agreed by both": no content follows
_TURN = re.compile(r",\s+(?:following|after|amid|as|while|although|whereas|but)\s|;\s")
_FINITE_SAY = frozenset({"say_verb", "doubt_verb", "factive_verb"})
_BY_ACCORDING = re.compile(
    r"according to|in the words of|in the view of|in the opinion of|from the point of view of", re.IGNORECASE
)
MOST_CUES = 40
"""Cues read in one sentence; real ones hold a handful, and time must not grow with their square."""

_SHORT_TAIL = 9
_MAX_CLAUSE = 220


def reported_content(
    text: str, sentence: Span, cues: Sequence[Cue], quoted: Sequence[Span], *, commas: bool = True
) -> list[Attribution]:
    """Return the stretches of one sentence that paraphrase a source, each with speaker and cue.

    Parameters
    ----------
    text
        The article.
    sentence
        Where the sentence stands in it.
    cues
        Its cues outside of quotations, in order; those inside belong to the quoted speaker.
    quoted
        Its direct quotations.
    commas
        Whether the text has its commas; some corpora lost them, and a cue at the end is then the
        only sign of "content, cue".

    Examples
    --------
    >>> text = "The army said that the rebels had left."
    >>> cue = Cue(Span(9, 13), "say_verb", "said")
    >>> [(text[a.span.start : a.span.end], a.speaker) for a in reported_content(text, Span(0, 39), [cue], [])]
    [('the rebels had left.', 'The army')]
    """
    found: list[Attribution] = []
    speaker = ""
    for cue in cues[:MOST_CUES]:
        attribution = _one(text, sentence, cue, quoted, speaker, commas)
        if attribution is not None:
            found.append(attribution)
            speaker = attribution.speaker or speaker
        elif (
            cue.category in SPEECH_VERBS
        ):  # "He denied it, adding that ...": the verb has no content, but a subject
            speaker = _subject(text, sentence, cue, quoted, speaker)
    return found


def _one(
    text: str, sentence: Span, cue: Cue, quoted: Sequence[Span], speaker: str, commas: bool
) -> Attribution | None:
    if cue.category == "according_phrase":
        return _according(text, sentence, cue)
    if cue.category == "relayed_naming":
        return Attribution(
            Span(cue.span.end, _next_stop(text, cue.span.end, sentence.end)),
            "indirect",
            speaker,
            cue.surface,
            "relayed name",
        )
    if cue.category == "attribution_noun":
        if not cue.surface.lower().endswith(" that"):
            return None
        return Attribution(
            Span(cue.span.end, sentence.end), "indirect", speaker, cue.surface, "attribution noun"
        )
    if cue.category not in SPEECH_VERBS or _PASSIVE.match(text, cue.span.end, sentence.end):
        return None
    return _postposed(text, sentence, cue, quoted, commas) or _preposed(text, sentence, cue, quoted, speaker)


def _according(text: str, sentence: Span, cue: Cue) -> Attribution | None:
    if not _BY_ACCORDING.match(cue.surface):
        return None
    rest = text[cue.span.end : sentence.end]
    speaker = speakers.after(rest)
    before = _WORD.findall(text[sentence.start : cue.span.start])
    if len(before) > 2:
        content = Span(sentence.start, cue.span.start)
    else:
        comma = rest.find(",")
        start = cue.span.end + (comma + 1 if comma >= 0 else len(rest))
        content = Span(start, sentence.end)
    if content.start >= content.end:
        return None
    return Attribution(content, "indirect", speaker, cue.surface, "according to")


def _postposed(
    text: str, sentence: Span, cue: Cue, quoted: Sequence[Span], commas: bool
) -> Attribution | None:
    """Content first, then the cue: "Rebels had left, the army said", "..., said the army"."""
    if cue.category not in _FINITE_SAY or cue.surface.lower().endswith("ing"):
        return None
    tail = text[cue.span.end : sentence.end]
    tail_words = _WORD.findall(tail.split(",")[0] if "," in tail[:60] else tail)
    if _THAT.match(tail) or len(tail_words) > _SHORT_TAIL + 4 or any(q.start >= cue.span.end for q in quoted):
        return None
    head = text[sentence.start : cue.span.start]
    content, comma, subject = head.rpartition(",")
    if comma and len(_WORD.findall(content)) >= 3 and len(_WORD.findall(subject)) <= 12:
        inverted = not subject.strip()
        speaker = speakers.after(tail) if inverted else speakers.before(subject)
        starts_clause = bool(
            re.match(r"\s*(?:and|but|which|who|while|as|when|because|that|or|so)\b", subject)
        )
        if speaker and not starts_clause and (inverted or len(tail_words) <= _SHORT_TAIL):
            return Attribution(
                Span(sentence.start, sentence.start + len(content)),
                "indirect",
                speaker,
                cue.surface,
                "cue after content",
            )
    # Corpora without commas: a verb at the very end with a long sentence before it.
    if not commas and len(tail_words) <= 5 and len(_WORD.findall(head)) >= 9:
        names = re.search(r"(?:[A-Z][\w.'’-]+\s+(?:of\s+|the\s+|al-)?){1,6}\Z", head)
        end = sentence.start + (names.start() if names else len(head))
        speaker = speakers.clean(names.group()) if names else ""
        if end > sentence.start:
            return Attribution(Span(sentence.start, end), "indirect", speaker, cue.surface, "cue at the end")
    return None


def _preposed(
    text: str, sentence: Span, cue: Cue, quoted: Sequence[Span], inherited: str
) -> Attribution | None:
    """Cue first, then the content: "The army said (that) rebels had left"."""
    subject = _subject(text, sentence, cue, quoted, inherited)
    if not subject and not _is_participle(cue):
        return None
    start = _content_start(text, cue, sentence.end)
    if start is None or start >= sentence.end:
        return None
    end = sentence.end
    if cue.category in ("directive_verb", "accuse_verb", "naming_verb"):
        turn = _TURN.search(text, start, end)
        end = turn.start() if turn else end
    return Attribution(
        Span(start, end), "indirect", subject, cue.surface, f"cue before content ({cue.category})"
    )


def _is_participle(cue: Cue) -> bool:
    return cue.surface.lower().endswith("ing")


def _subject(text: str, sentence: Span, cue: Cue, quoted: Sequence[Span], inherited: str) -> str:
    """Return who is the subject of a cue; a participle ("adding") has the speaker of the cue before it."""
    if _is_participle(cue) and inherited:
        return inherited
    left = max([sentence.start, *(q.end for q in quoted if q.end <= cue.span.start)])
    clause = text[left : cue.span.start]
    if len(clause) > _MAX_CLAUSE:
        clause = clause[-_MAX_CLAUSE:]
    subject = speakers.before(clause)
    if subject.lower() in ("who", "which", "that"):
        relative = re.search(r"\b(?:who|which|that)\b[^,]*\Z", clause)
        subject = speakers.before(clause[: relative.start()].rstrip(", ")) if relative else subject
    return subject or inherited


def _content_start(text: str, cue: Cue, end: int) -> int | None:
    """Return where the content begins after a cue, ``None`` if what follows is no content."""
    at = cue.span.end
    if cue.surface.lower().endswith(" that"):  # "charged that": the cue brings its conjunction along
        return at
    that = _THAT.match(text, at, end)
    if that:
        return that.end()
    if cue.category == "reaction_verb":
        return None
    if cue.category == "accuse_verb":
        of = _OF.match(text, at, end)
        return of.end() if of else None
    if cue.category == "belief_verb":
        return (
            at
            if re.compile(
                r"\s+(?:it|he|she|they|we|there|the\s\S+\s(?:is|are|was|were|will|would)|this|these)\b"
            ).match(text, at, end)
            else None
        )
    if cue.category in ("directive_verb", "naming_verb"):
        return at if _WORD.search(text, at, end) else None
    rest = re.compile(r"\s*[:,]?\s*").match(text, at, end)
    begin = rest.end() if rest else at
    words = _WORD.findall(text[begin:end])
    if len(words) < 3 or not (_CLAUSE_START.match(text, begin, end) or text[begin : begin + 1].islower()):
        return None
    return begin


def _next_stop(text: str, start: int, end: int) -> int:
    match = re.compile(r"[,;.!?]").search(text, start, end)
    return match.start() if match else end
