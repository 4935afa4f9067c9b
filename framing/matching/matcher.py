"""The matcher: all patterns over all texts of a batch in a few numpy passes.

Patterns become paths of word hashes (:mod:`framing.matching.nodes`). Every word of the text is looked
up among the first words of the patterns; those that are there are followed word by word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import re2
from numpy.typing import NDArray

from framing.matching.gaps import joins
from framing.matching.nodes import Nodes, Pattern, Stems, compile_nodes, extend, open_ended
from framing.text.fold import FoldedText
from framing.text.tokens import Ints, Tokens, UInts, part_hash, tokenise


class Hits(NamedTuple):
    """Raw hits, overlapping ones included, ordered by document and position.

    ``start`` and ``end`` are folded offsets inside their document.
    """

    doc: Ints
    owner: Ints
    start: Ints
    end: Ints


class _Paths(NamedTuple):
    """Paths under way: numbers of their first and last word, and the hash of the node they reached."""

    head: Ints
    tail: Ints
    node: UInts

    def take(self, rows: Ints) -> _Paths:
        return _Paths(self.head[rows], self.tail[rows], self.node[rows])


class Matcher:
    r"""Compiled patterns.

    Parameters
    ----------
    patterns
        Forms in the language of :mod:`framing.lexicon.pattern`; one owner may have many.

    Examples
    --------
    >>> from framing.text.fold import fold
    >>> matcher = Matcher([Pattern("zionist entity", 7), Pattern("takfir*", 8)])
    >>> hits = matcher.find([fold("The Zionist\nentity's “Takfiris”")])
    >>> hits.owner.tolist(), hits.start.tolist(), hits.end.tolist()
    ([7, 8], [4, 22], [18, 30])
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._regexes = [(p.owner, re2.compile(p.text[3:])) for p in patterns if p.text.startswith("re:")]
        self._nodes = compile_nodes([p for p in patterns if not p.text.startswith("re:")])

    def find(self, texts: Sequence[FoldedText]) -> Hits:
        """Return every hit in every text."""
        if not texts:
            return Hits(*(np.zeros(0, dtype=np.int64) for _ in range(4)))
        codes, word, base = _concatenate(texts)
        owner, start, end = self._walk(codes, word)
        if self._regexes:
            more = self._find_regexes(texts, base)
            owner, start, end = (np.concatenate(pair) for pair in zip((owner, start, end), more, strict=True))
        order = _order(owner, start, end)
        owner, start, end = owner[order], start[order], end[order]
        doc = np.searchsorted(base, start, side="right") - 1
        return Hits(doc, owner, start - base[doc], end - base[doc])

    def _walk(self, codes: NDArray[np.uint16], word: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
        """Follow every path from every word; offsets are those of the joined texts."""
        tokens = tokenise(codes, word)
        paths, number = _begin(tokens, self._nodes)
        reached = [(number, paths.head, paths.tail)]
        for stems in self._nodes.stems[1:]:
            onward = np.flatnonzero(self._nodes.inner.take(number) & (paths.tail + 1 < len(tokens.start)))
            following = tokens.hash.take(paths.tail[onward] + 1)
            onward = onward[self._nodes.goes_on(number[onward], following)]
            paths = _advance(tokens, stems, paths.take(onward))
            known, number = self._nodes.look_up(paths.node)
            allowed = joins(codes, tokens.start, tokens.end, paths.tail[known])
            if not len(allowed):
                break
            paths, number = paths.take(known[allowed]), number[allowed]
            reached.append((number, paths.head, paths.tail))
        number, head, tail = (np.concatenate(column) for column in zip(*reached, strict=True))
        row, owner, lead = self._nodes.owners_of(number)
        head, tail = head[row], tail[row]
        if lead.any():
            head, kept = self._with_leads(tokens, codes, head, lead)
            owner, tail = owner[kept], tail[kept]
        return owner, tokens.start[head], tokens.end[tail]

    def _with_leads(
        self, tokens: Tokens, codes: NDArray[np.uint16], head: Ints, lead: Ints
    ) -> tuple[Ints, Ints]:
        """Go back over the function words before the forms; return first words, and the rows with all."""
        kept = np.arange(len(head))
        length = self._nodes.lead_length.take(lead)
        for step in range(int(length.max())):
            more = length[kept] > step
            word = head[kept] - step
            fits = ~more
            at = np.flatnonzero(more & (word > 0))
            wanted = self._nodes.leads[lead[kept[at]], step]
            at = at[tokens.hash[word[at] - 1] == wanted]
            fits[at[joins(codes, tokens.start, tokens.end, word[at])]] = True
            kept = kept[fits]
        return head[kept] - length[kept], kept

    def _find_regexes(self, texts: Sequence[FoldedText], base: Ints) -> tuple[Ints, Ints, Ints]:
        rows = []
        for text, offset in zip(texts, base.tolist(), strict=True):
            string = text.text()
            word = np.zeros(len(text.codes) + 2, dtype=np.bool_)
            word[1:-1] = text.word
            for owner, regex in self._regexes:
                for match in regex.finditer(string):
                    start, end = match.span()
                    inside = (word[start] and word[start + 1]) or (word[end] and word[end + 1])
                    if start < end and not inside:
                        rows.append((owner, offset + start, offset + end))
        table = np.asarray(rows, dtype=np.int64).reshape(-1, 3)
        return table[:, 0], table[:, 1], table[:, 2]


def _order(owner: Ints, start: Ints, end: Ints) -> Ints:
    """Return the order by start, longest first, then owner."""
    place = (start << 32) - end
    order = np.argsort(place, kind="stable")  # nearly in order: the stable sort merges a few runs
    place, ordered = place[order], owner[order]
    if ((place[1:] == place[:-1]) & (ordered[1:] < ordered[:-1])).any():
        order = order[np.lexsort((ordered, place))]
    return order


def _concatenate(texts: Sequence[FoldedText]) -> tuple[NDArray[np.uint16], NDArray[np.bool_], Ints]:
    """Join the texts with a sign between them that no phrase may cross."""
    blank, no_word = np.zeros(1, dtype=np.uint16), np.zeros(1, dtype=np.bool_)
    codes = np.concatenate([part for text in texts for part in (text.codes, blank)])
    word = np.concatenate([part for text in texts for part in (text.word, no_word)])
    lengths = np.fromiter((len(text.codes) + 1 for text in texts), dtype=np.int64, count=len(texts))
    return codes, word, np.cumsum(lengths) - lengths


def _begin(tokens: Tokens, nodes: Nodes) -> tuple[_Paths, Ints]:
    """Start a path at each word, or stem of a word, that a pattern begins with."""
    places, number = nodes.look_up(tokens.hash)
    paths = _Paths(places, places, tokens.hash[places])
    stems = nodes.stems[0]
    if not stems.lengths:
        return paths, number
    found, numbers = [paths], [number]
    for stem, candidates in stems.candidates(tokens.head):
        longer, hashed = _stems(tokens, candidates, stem)
        places, number = nodes.look_up(hashed)
        at = candidates[longer[places]]
        found.append(_Paths(at, at, hashed[places]))
        numbers.append(number)
    return _joined(found), np.concatenate(numbers)


def _advance(tokens: Tokens, stems: Stems, paths: _Paths) -> _Paths:
    """Take each path one word further, by the whole word and by each stem of that depth."""
    tail = paths.tail + 1
    found = [_Paths(paths.head, tail, extend(paths.node, tokens.hash[tail]))]
    if stems.lengths:
        for stem, rows in stems.candidates(tokens.head[tail]):
            longer, hashed = _stems(tokens, tail[rows], stem)
            rows = rows[longer]
            found.append(_Paths(paths.head[rows], tail[rows], extend(paths.node[rows], hashed)))
    return _joined(found)


def _stems(tokens: Tokens, at: Ints, stem: int) -> tuple[Ints, UInts]:
    """Return which of the words ``at`` have a stem of so many letters, and the hashes of ``stem*``."""
    start = tokens.start[at]
    longer = np.flatnonzero(tokens.end[at] - start >= stem)
    return longer, open_ended(part_hash(tokens.units, start[longer], start[longer] + stem))


def _joined(paths: Sequence[_Paths]) -> _Paths:
    head, tail, node = zip(*paths, strict=True)
    return _Paths(np.concatenate(head), np.concatenate(tail), np.concatenate(node))
