"""Who speaks in a quotation, and whether its marks quote a source, keep a distance or name a thing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from framing.context import speakers
from framing.context.cues import SPEECH_VERBS, Cue, inside, outside
from framing.context.quotes import Quote
from framing.records import Attribution, Span

SCARE_WORDS = 4
"""Unattributed quotations of up to this many words are scare quotes or names, longer ones are speech."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "a", "an", "to", "de", "al"})
_LOOK, _CLAUSE, _FURTHEST = 160, 220, 400
"""Characters in which a cue, its subject, and a cue before the quotation are looked for."""
_FAR = 16


def attribute_quotes(
    text: str, quotes: Sequence[Quote], sentences: Sequence[Span], cues: Sequence[Cue]
) -> list[Attribution]:
    """Judge each outer quotation; quoted names ("Axis of Resistance") yield nothing: they stay the outlet's.

    Parameters
    ----------
    text
        The article.
    quotes
        Its quotations, in order.
    sentences
        Its sentences, in order.
    cues
        Its cues, in order.
    """
    outer = [q for q in quotes if q.depth == 0]
    spans = [q.span for q in outer]
    free = outside(cues, spans)
    found: list[Attribution] = []
    previous: tuple[Quote, str, str] | None = None
    for number, quote in enumerate(outer):
        sentence = _sentence_of(quote.span, sentences)
        following = spans[number + 1].start if number + 1 < len(spans) else sentence.end
        speaker, cue = _speaker(text, quote, sentence, free, min(following, sentence.end))
        if not cue and previous is not None and _continues(text, previous[0], quote):
            speaker, cue = previous[1], previous[2]
        attribution = _judge(text, quote, speaker, cue)
        if attribution is not None:
            found.append(attribution)
            if attribution.voice == "direct" and cue:
                previous = (quote, speaker, cue)
    return found


def _judge(text: str, quote: Quote, speaker: str, cue: str) -> Attribution | None:
    content = text[quote.inner.start : quote.inner.end]
    words = _WORD.findall(content)
    if not words:
        return None
    if not quote.sure:
        return Attribution(quote.span, "unknown", speaker, cue, "unpaired quotation mark")
    if cue:
        return Attribution(quote.span, "direct", speaker, cue, "quotation with source")
    ends_sentence = content.rstrip()[-1:] in ".!?,…"
    if len(words) > SCARE_WORDS or (ends_sentence and len(words) > 2):
        return Attribution(quote.span, "direct", "", "", "quotation without source")
    named = [w for w in words if w.lower() not in _SMALL]
    if len(named) > 1 and all(w[0].isupper() or w[0].isdigit() for w in named):
        return None
    return Attribution(quote.span, "scare", "", text[quote.span.start : quote.inner.start], "scare quotes")


def _sentence_of(span: Span, sentences: Sequence[Span]) -> Span:
    """Return the stretch from the sentence in which the quotation opens to the one in which it closes."""
    first = bisect_right(sentences, span.start, key=lambda s: s.end)
    last = bisect_left(sentences, span.end, lo=first, key=lambda s: s.start)
    return Span(sentences[first].start, sentences[last - 1].end) if first < last else span


def _speaker(text: str, quote: Quote, sentence: Span, cues: Sequence[Cue], limit: int) -> tuple[str, str]:
    """Look behind the quotation (up to ``limit``), then before it, then at a colon that leads to it."""
    for cue in inside(cues, Span(quote.span.end, min(limit, quote.span.end + _LOOK))):
        if cue.category in SPEECH_VERBS:
            between = text[quote.span.end : cue.span.start]
            if cue.surface.lower().endswith("ing") or len(_WORD.findall(between)) > _FAR:
                break
            name = speakers.before(between) or speakers.after(text[cue.span.end : cue.span.end + _LOOK])
            if name:
                return name, cue.surface
        if _is_according(cue):
            return speakers.after(text[cue.span.end : cue.span.end + _LOOK]), cue.surface
    inherited = ""
    best: tuple[str, str] | None = None
    for cue in inside(cues, Span(max(sentence.start, quote.span.start - _FURTHEST), quote.span.start)):
        if cue.category in SPEECH_VERBS:
            clause = text[max(sentence.start, cue.span.start - _CLAUSE) : cue.span.start]
            own = "" if cue.surface.lower().endswith("ing") else speakers.before(clause)
            inherited = own or inherited
            best = (inherited, cue.surface)
        elif _is_according(cue):
            best = (speakers.after(text[cue.span.end : quote.span.start]), cue.surface)
            inherited = best[0]
        elif cue.category in ("relayed_naming", "attribution_noun"):
            best = (inherited, cue.surface)
    return best if best is not None else _before_colon(text, quote, cues)


def _before_colon(text: str, quote: Quote, cues: Sequence[Cue]) -> tuple[str, str]:
    lead = text[max(0, quote.span.start - _LOOK) : quote.span.start]
    if not lead.rstrip().endswith(":"):
        return "", ""
    start = quote.span.start - len(lead)
    verbs = [c for c in inside(cues, Span(start, quote.span.start)) if c.category in SPEECH_VERBS]
    if verbs:
        return speakers.before(text[start : verbs[-1].span.start]), verbs[-1].surface
    name = speakers.clean(re.split(r"[.!?\n]", lead.rstrip()[:-1])[-1])
    return (name, ":") if 0 < len(_WORD.findall(name)) <= 8 else ("", "")


def _is_according(cue: Cue) -> bool:
    return cue.category == "according_phrase" and cue.surface.lower().startswith(
        ("according to", "in the words", "as put")
    )


def _continues(text: str, last: Quote, quote: Quote) -> bool:
    """Tell whether a quotation goes on for the speaker of the last one: re-opened, or right behind."""
    between = text[last.span.end : quote.span.start]
    if last.continued:
        return not between.strip()
    return (
        "\n" not in between
        and len(_WORD.findall(between)) <= 10
        and len(_WORD.findall(text[quote.inner.start : quote.inner.end])) > SCARE_WORDS
    )
