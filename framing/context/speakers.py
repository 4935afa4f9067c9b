"""Cut the name of a speaker out of the words around a cue, without ragged edges."""

from __future__ import annotations

import re
from functools import lru_cache

PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who", "which", "that"})
_PERSONAL = PRONOUNS - {"who", "which", "that"}

MAX_WORDS = 14
"""A speaker longer than this keeps its head: everything from the first relative clause goes."""

_AUXILIARY = re.compile(
    r"(?:^|\s)(?:has|have|had|is|was|are|were|will|would|could|can|may|might|should|did|does|do|be|been|being|not"
    r"|also|further|furthermore|later|then|earlier|again|once|even|still|already|since|now|never|only|just|first"
    r"|too|soon|all|both|previously|to|went on|goes on|going on|continued|'s|’s|n't|n’t|[a-z]+ly)\Z",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:(?:and|but|while|as|because|although|though|when|that|which|or|so|if|whereas|after|before|since|meanwhile"
    r"|however|moreover|furthermore|also|yet|then|later|earlier|today|yesterday|still|instead|indeed|here)\b[\s,]*"
    r"|(?:on|in|at|by|last|this)\s+(?:an?\s+|the\s+)?(?:week|month|year|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[\s,]*"
    r"|on\s+(?:the\s+)?(?:same|other|following|previous)\s+(?:day|hand)\b[\s,]*)+",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r",?\s+(?:who|which|that|whose|whom|where|when|speaking|citing|quoting|known|led by)\b.*\Z", re.DOTALL
)
_AFTER_STOP = re.compile(
    r"[,;:.!?\"“”‘«»()–—]|\s(?:on|in|at|during|after|before|as|who|which|that|to|from|when|while|and then"
    r"|via|through|told|late|early|yesterday|today|this|last)\s",
)
_TRAILING = re.compile(
    r"(?:,?\s(?:also|further|furthermore|later|then|earlier|again|once|still|already|has|have|had|who|which"
    r"|however|meanwhile|instead))+\Z"
)
_SPACE = re.compile(r"\s+")
_EDGES = " \t\n,;:.-–—\"“”‘«»()'’"


@lru_cache(maxsize=1 << 15)
def clean(name: str) -> str:
    """Trim a noun phrase to a speaker; empty if nothing is left.

    Examples
    --------
    >>> clean("Meanwhile, the head of the mission, who had travelled north")
    'the head of the mission'
    >>> clean("The spokesman further"), clean("Officials, meanwhile")
    ('The spokesman', 'Officials')
    """
    name = (
        _LEADING.sub("", _SPACE.sub(" ", name).strip(_EDGES), count=1)
        if _LEADING.match(name.strip(_EDGES))
        else name
    )
    name = _SPACE.sub(" ", name).strip(_EDGES)
    words = name.split(" ")
    if words and words[0].lower() in PRONOUNS:
        return words[0]
    name = _TRAILING.sub("", _RELATIVE.sub("", name).strip(_EDGES)).strip(_EDGES)
    if name.count("(") > name.count(")"):
        name += ")"
    words = name.split(" ")
    return " ".join(words[:MAX_WORDS]) if len(words) > MAX_WORDS else name


def before(clause: str) -> str:
    """Return the subject at the end of ``clause``, the words before a reporting verb.

    An apposition between commas ("the chairman of the units, known as X, has warned") is jumped over.

    Examples
    --------
    >>> before("Meanwhile, the chairman of the units (PMU), known in Arabic as Hashd, has")
    'the chairman of the units (PMU)'
    >>> before("Fayyadh went on to")
    'Fayyadh'
    """
    rest = _strip_auxiliaries(clause)
    if not rest.strip():
        return ""
    last = rest.rsplit(maxsplit=1)[-1]
    if last.lower() in ("and", "but", "or"):  # "... and said": the subject stands before another verb
        return ""
    if last.lower() in _PERSONAL:  # "... as he admitted": the pronoun is the whole subject
        return last
    if rest.rstrip().endswith(","):
        segments = rest.rstrip().rstrip(",").split(",")
        rest = segments[-2] if len(segments) > 1 else segments[0]
    else:
        rest = rest.rpartition(",")[2]
    return clean(re.split(r"[;:–—\"“”«»]", rest)[-1])


def _strip_auxiliaries(clause: str) -> str:
    previous = None
    rest = clause.rstrip()
    while previous != rest:
        previous = rest
        rest = _AUXILIARY.sub("", rest).rstrip()
    return rest


def after(clause: str) -> str:
    """Return the speaker at the start of ``clause``, the words after an inverted verb or "according to".

    Examples
    --------
    >>> after(" the army spokesman, Colonel Hask, on Monday")
    'the army spokesman'
    >>> after(" Amina Oduya in a statement.")
    'Amina Oduya'
    """
    match = _AFTER_STOP.search(clause + " ")
    return clean(clause[: match.start()] if match else clause)
