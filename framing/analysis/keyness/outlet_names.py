"""Which words of an outlet are its own name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from scipy.sparse import csr_array

from framing.analysis.keyness.house_style import house_style
from framing.text.fold import fold_pattern

_WORD = re.compile(r"[^\W_]+")


def names_of(outlet: str) -> tuple[str, ...]:
    """Return the words of an outlet's name that tell it from others.

    Examples
    --------
    >>> names_of("CNN (Web News)"), names_of("New York Times - News"), names_of("www.dailymail.co.uk")
    (('cnn',), ('new', 'york', 'times'), ('dailymail',))
    """
    words = dict.fromkeys(_WORD.findall(fold_pattern(outlet)))
    return tuple(word for word in words if word not in house_style().generic) or tuple(words)


def name_occurrences(counts: csr_array, outlet: str, vocabulary: Sequence[str]) -> dict[int, float]:
    """Return how often words of an outlet's articles are its own name, by number of the word.

    A word of a longer name ("Christian" of The Christian Science Monitor) counts as often as an article
    holds all words of the name; names written together ("foxnews", "usatoday") count always.

    Parameters
    ----------
    counts
        How often each word stands in each article of the outlet, words x articles.
    outlet
        Its name.
    vocabulary
        The words, in alphabetical order.

    Examples
    --------
    >>> counts = csr_array([[1, 2, 0], [0, 0, 1], [1, 0, 3]])
    >>> name_occurrences(counts, "The Almar Times", ["almar", "almartimes", "times"])
    {0: 1.0, 2: 1.0, 1: 1.0}
    """
    words = names_of(outlet)
    found: dict[int, float] = {}
    at = [bisect_left(vocabulary, word) for word in words]
    if words and all(list(vocabulary[i : i + 1]) == [word] for i, word in zip(at, words, strict=True)):
        found = dict.fromkeys(at, float(counts[at].toarray().min(axis=0).sum()))
    for compound in _together(outlet):
        first, stop = bisect_left(vocabulary, compound), bisect_left(vocabulary, compound + "\uffff")
        found |= {i: float(counts[[i]].sum()) for i in range(first, stop)}
    return found


def _together(outlet: str) -> tuple[str, ...]:
    """Return pairs of words of a name as one word, if one of them tells the outlet: "foxnews"."""
    words = list(dict.fromkeys(_WORD.findall(fold_pattern(outlet))))
    own = set(names_of(outlet))
    return tuple(
        first + second
        for i, first in enumerate(words)
        for second in words[i + 1 :]
        if len(first) > 1 and {first, second} & own and first != "the"
    )
