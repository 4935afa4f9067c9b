"""Find what stands in a text but is not the article: repeats, datelines, trailers.

Nothing is cut out. The stretches are reported as removals, their words are left out of every
denominator, and hits inside them do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from framing.records import Removal, Span
from framing.text.sentences import paragraphs

MIN_REPEAT_WORDS = 5
"""A shorter line may stand twice on purpose ("Yes.", a name before each answer)."""

MAX_OUTLET = 200
"""A longer name of an outlet is a broken column and is not looked for."""

_WORDS = re.compile(r"[^\W_]+")
_OPENING = re.compile(r"[\W_]*([^\W_]+)")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thurs?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_DATE = re.compile(
    r"\s*(?:(?:Date of publication|Posted on|Published(?: on)?|Last updated(?: at| on)?|Updated(?: on)?):?"
    r"\s*)?"
    rf"{_DAY}(?:\d{{1,2}}\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}})"
    r"(?:,?\s+\d{1,2}[:.]?\d{2}(?:\s*(?:[AaPp]\.?[Mm]\.?|GMT|UTC)?(?:\+\d+)?)?)?\s*[.:,–—-]?\s*"
)
# "AhlulBayt News Agency:", "Free North Voice:", but not "He told the New York Times:"
_PREFIX = re.compile(
    r"\s*(?:(?:(?![a-z])[^\W\d_][\w'’.&-]*|of|the|and|for)\s+){0,5}"
    r"(?:News Agency|News|Agency|Press|Post|Times|TV|Wire|Voice|Telegraph|Herald|Observer|Network|Online)"
    r"\s*(?::|\s[–—-])\s*"
)
# "PORT SELM, 5 March (VST) - ", "ALMAR (Meridian Wire) — ", "BEIRUT — ", "(Reuters) - ", "Brussels - The"
_DATELINE = re.compile(
    rf"\s*(?:(?:[A-Z][A-Z'’.-]+(?:[ /][A-Z][A-Z'’.-]+){{0,3}}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
    rf"(?:,\s*[A-Z][\w.' ]{{1,25}}?)?"
    rf"(?:,\s*(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})(?:,?\s+\d{{4}})?)?\s*)?"
    r"(?:\([^()\n]{2,40}\)\s*[–—-]{1,2}\s+|[–—]{1,2}\s*(?=[A-Z“\"‘])|\s--?\s+(?=[A-Z“\"‘]))"
)
_TRAILER = re.compile(
    r"/[\w/.-]{1,16}|#{1,5}|\*{1,5}|\(?(?:[Ee]nds?|ENDS?)\)?|-\s?30\s?-|[A-Z][\w.]{0,3}(?:\s?/\s?[A-Z][\w.]{0,3}){1,3}"
)

_AFTER_TITLE = re.compile(r"[.:!?\"'”’\s–—-]*")
# A headline that is only the beginning of a sentence: "Assad, who", "Assad's", "Assad falls in Almar"
_IN_SENTENCE = re.compile(r"[,;]|['’-]\w|[ \u00a0]+[a-z]")


def find_removals(
    text: str, *, outlet: str = "", title: str = "", spans: Sequence[Span] | None = None
) -> list[Removal]:
    r"""Return the stretches of ``text`` that are kept out of the counts, in order, without overlap.

    Parameters
    ----------
    text
        The article.
    outlet
        Name of the outlet; an article may open with it.
    title
        Headline; some feeds repeat it at the head of the text.
    spans
        Its paragraphs, if they are known already.

    Examples
    --------
    >>> text = "Some News Agency: Troops moved north on Monday.\n/129\nTroops moved north on Monday."
    >>> [(text[r.span.start : r.span.end], r.reason) for r in find_removals(text)]
    [('Some News Agency: ', 'outlet_prefix'), ('/129', 'trailer'),
     ('Troops moved north on Monday.', 'repeated_paragraph')]
    """
    removals: list[Removal] = []
    lead = _lead(text, outlet, title)
    removals.extend(lead)
    body_start = lead[-1].span.end if lead else 0
    repeats = _Repeats()
    for span in paragraphs(text) if spans is None else spans:
        if span.end <= body_start:
            continue
        start = max(span.start, body_start)
        line = text[start : span.end]
        if _TRAILER.fullmatch(line):
            removals.append(Removal(Span(start, span.end), "trailer"))
        elif repeats.seen(line):
            removals.append(Removal(Span(start, span.end), "repeated_paragraph"))
    return removals


class _Repeats:
    """Lines seen before. All words are compared only with lines that begin alike, which few do."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._seen: dict[str, set[tuple[str, ...]]] = {}

    def seen(self, line: str) -> bool:
        """Tell whether a line of enough words repeats an earlier one, and remember it."""
        line = line.casefold()
        match = _OPENING.match(line)
        opening = match.group(1) if match else ""
        first = self._first.setdefault(opening, line)
        if first is line:
            return False
        known = self._seen.get(opening)
        if known is None:
            known = self._seen[opening] = {_words(first)}
        words = _words(line)
        repeated = words in known
        known.add(words)
        return repeated and len(words) >= MIN_REPEAT_WORDS


def _words(line: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(line))


def kept_spans(text: str, removals: list[Removal], spans: Sequence[Span] | None = None) -> list[Span]:
    """Return the paragraphs of ``text`` that remain, cut where a removal ends inside one."""
    kept = []
    at = 0
    for span in paragraphs(text) if spans is None else spans:
        start, end = span
        while at < len(removals) and removals[at].span.start <= start:
            start = max(start, min(removals[at].span.end, end))
            if removals[at].span.end > end:
                break  # it goes on into the next paragraph
            at += 1
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            kept.append(Span(start, end))
    return kept


def _lead(text: str, outlet: str, title: str) -> list[Removal]:
    """Find date, headline, outlet name and dateline at the head of the text, in any order."""
    removals: list[Removal] = []
    at = 0
    title_done = False
    for _ in range(6):
        span, reason = _next_lead(text, at, outlet, "" if title_done else title)
        if span is None:
            break
        title_done = title_done or reason == "title_repeat"
        if span.end >= len(text):  # a text that is all headline keeps it
            break
        removals.append(Removal(span, reason))
        at = span.end
    return removals


def _next_lead(text: str, at: int, outlet: str, title: str) -> tuple[Span | None, str]:
    if title and (end := _title_end(text, at, title)):
        return Span(at, end), "title_repeat"
    date = _DATE.match(text, at)
    if date and date.end() > at:
        return Span(at, date.end()), "dateline"
    if outlet and (end := _outlet_end(text, at, outlet)):
        return Span(at, end), "outlet_prefix"
    prefix = _PREFIX.match(text, at, at + 120)
    if prefix:
        return Span(at, prefix.end()), "outlet_prefix"
    dateline = _DATELINE.match(text, at, at + 160)
    if dateline and dateline.end() > at:
        return Span(at, dateline.end()), "dateline"
    return None, ""


def _title_end(text: str, at: int, title: str) -> int:
    """Return where the repeated headline ends, 0 if the text does not go on with it."""
    wanted = _WORDS.findall(title.casefold())
    found = list(islice(_WORDS.finditer(text, at), len(wanted)))
    if len(wanted) < 2 or [m.group().casefold() for m in found] != wanted:
        return 0
    end = found[-1].end()
    trailing = _AFTER_TITLE.match(text, end)
    return trailing.end() if trailing and not _IN_SENTENCE.match(text, end) else 0


def _outlet_end(text: str, at: int, outlet: str) -> int:
    if len(outlet) > MAX_OUTLET:
        return 0
    # A hyphen needs a blank: "Iran-backed" opens no article of an outlet called Iran.
    after = r"(?!\w)(?:\s*(?::|[–—]|-\s)|\s+-|(?P<bare>(?:\s+|-)(?-i:(?=[A-Z]))))\s*"
    match = re.compile(rf"\s*{re.escape(outlet)}{after}", re.IGNORECASE).match(text, at)
    # "Reuters Editor X left" is a sentence, "SANA Aircrafts of ..." after a date is a prefix.
    if match is None or (match["bare"] and at == 0):
        return 0
    return match.end()
