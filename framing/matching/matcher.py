"""The matcher: all patterns over all texts of a batch in a few numpy passes.

Patterns become paths of word hashes. Level by level, the words that may continue a path are looked
up in the sorted hashes of that level (``searchsorted``: exact at any number of entries, no probing).
A bitmap in front of the first level lets most words of a text fall out at the cost of one look-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import re2
from numpy.typing import NDArray

from framing.lexicon.pattern import tokens_of
from framing.matching.gaps import joins
from framing.text.tokens import U64, Ints, Tokens, UInts, hash_word, part_hash, tokenise
from framing.text.fold import FoldedText

_BITS = 18
_STEP = U64(0xD6E8FEB86659FD93)
_OPEN = U64(0xA0761D6478BD642F)


class Pattern(NamedTuple):
    """A form to look for; ``owner`` is any number that the caller wants back with the hit."""

    text: str
    owner: int


class Hits(NamedTuple):
    """Raw hits, overlapping ones included, ordered by document and position.

    ``start`` and ``end`` are folded offsets inside their document.
    """

    doc: Ints
    owner: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """Nodes at one depth: sorted hashes, and for each node the slice of owners that end there."""

    hashes: UInts
    first: Ints
    last: Ints
    owners: Ints
    stems: tuple[int, ...]


def _extend(node: UInts, word: UInts) -> UInts:
    mixed = (node ^ (node >> U64(29))) * _STEP
    extended: UInts = mixed + word
    return extended


def _slot(hashes: UInts) -> NDArray[np.intp]:
    return ((hashes * _STEP) >> U64(64 - _BITS)).astype(np.intp)


class Matcher:
    """Compiled patterns.

    Parameters
    ----------
    patterns
        Forms in the language of :mod:`framing.lexicon.pattern`; one owner may have many.

    Examples
    --------
    >>> from framing.text.fold import fold
    >>> matcher = Matcher([Pattern("zionist entity", 7), Pattern("takfir*", 8)])
    >>> hits = matcher.find([fold("The Zionist\\nentity's “Takfiris”")])
    >>> hits.owner.tolist(), hits.start.tolist(), hits.end.tolist()
    ([7, 8], [4, 22], [18, 30])
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._regexes = [(p.owner, re2.compile(p.text[3:])) for p in patterns if p.text.startswith("re:")]
        self._levels = _compile([p for p in patterns if not p.text.startswith("re:")])
        first = self._levels[0] if self._levels else None
        self._exact = np.zeros(1 << _BITS, dtype=np.bool_)
        if first is not None:
            self._exact[_slot(first.hashes)] = True

    def find(self, texts: Sequence[FoldedText]) -> Hits:
        """Return every hit in every text."""
        found: list[tuple[Ints, Ints, Ints, Ints]] = []
        if self._levels and texts:
            codes, word, base = _concatenate(texts)
            owner, start, end = self._walk(codes, word)
            doc = np.searchsorted(base, start, side="right") - 1
            found.append((doc, owner, start - base[doc], end - base[doc]))
        if self._regexes:
            found.append(self._find_regexes(texts))
        doc, owner, start, end = (
            np.concatenate([part[i] for part in found]) if found else np.zeros(0, np.int64) for i in range(4)
        )
        order = np.lexsort((owner, -end, start, doc))
        return Hits(doc[order], owner[order], start[order], end[order])

    def _walk(self, codes: NDArray[np.uint16], word: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
        tokens = tokenise(codes, word)
        level = self._levels[0]
        everywhere = np.flatnonzero(self._exact[_slot(tokens.hash)])
        at, node = [everywhere], [tokens.hash[everywhere]]
        for stem in level.stems:
            longer = np.flatnonzero(tokens.end - tokens.start >= stem)
            begin = tokens.start[longer]
            stem_hash = part_hash(tokens.running, begin, begin + stem) ^ _OPEN
            kept = self._exact[_slot(stem_hash)]
            at.append(longer[kept])
            node.append(stem_hash[kept])
        head, nodes = np.concatenate(at), np.concatenate(node)
        tail = head
        results: list[tuple[Ints, Ints, Ints]] = []
        for depth, level in enumerate(self._levels):
            index = np.minimum(np.searchsorted(level.hashes, nodes), len(level.hashes) - 1)
            known = level.hashes[index] == nodes
            head, tail, nodes, index = head[known], tail[known], nodes[known], index[known]
            if depth:
                before = tail - 1
                allowed = joins(codes, tokens.end[before], tokens.start[tail], tokens.end[before] - tokens.start[before])
                head, tail, nodes, index = head[allowed], tail[allowed], nodes[allowed], index[allowed]
            results.append(_owners(level, index, head, tail))
            if depth + 1 == len(self._levels) or not len(head):
                break
            head, tail, nodes = _advance(tokens, self._levels[depth + 1], head, tail, nodes)
        owner, first, last = (np.concatenate([r[i] for r in results]) for i in range(3))
        return owner, tokens.start[first], tokens.end[last]

    def _find_regexes(self, texts: Sequence[FoldedText]) -> tuple[Ints, Ints, Ints, Ints]:
        rows = []
        for doc, text in enumerate(texts):
            string = text.text()
            word = np.zeros(len(text.codes) + 2, dtype=np.bool_)
            word[1:-1] = text.word
            for owner, regex in self._regexes:
                for match in regex.finditer(string):
                    start, end = match.span()
                    inside = (word[start] and word[start + 1]) or (word[end] and word[end + 1])
                    if start < end and not inside:
                        rows.append((doc, owner, start, end))
        table = np.asarray(rows, dtype=np.int64).reshape(-1, 4)
        return table[:, 0], table[:, 1], table[:, 2], table[:, 3]


def _concatenate(texts: Sequence[FoldedText]) -> tuple[NDArray[np.uint16], NDArray[np.bool_], Ints]:
    """Join the texts with a sign between them that no phrase may cross."""
    lengths = np.fromiter((len(text.codes) + 1 for text in texts), dtype=np.int64, count=len(texts))
    ends = np.cumsum(lengths)
    codes = np.zeros(ends[-1], dtype=np.uint16)
    word = np.zeros(ends[-1], dtype=np.bool_)
    for text, end in zip(texts, ends.tolist(), strict=True):
        codes[end - 1 - len(text.codes) : end - 1] = text.codes
        word[end - 1 - len(text.codes) : end - 1] = text.word
    return codes, word, ends - lengths


def _advance(tokens: Tokens, level: _Level, head: Ints, tail: Ints, nodes: UInts) -> tuple[Ints, Ints, UInts]:
    """Take each path one word further, by the whole word and by each stem of the next level."""
    more = tail + 1 < len(tokens.start)
    head, tail, nodes = head[more], tail[more] + 1, nodes[more]
    heads, tails, next_nodes = [head], [tail], [_extend(nodes, tokens.hash[tail])]
    for stem in level.stems:
        longer = tokens.end[tail] - tokens.start[tail] >= stem
        begin = tokens.start[tail[longer]]
        stem_hash = part_hash(tokens.running, begin, begin + stem) ^ _OPEN
        heads.append(head[longer])
        tails.append(tail[longer])
        next_nodes.append(_extend(nodes[longer], stem_hash))
    return np.concatenate(heads), np.concatenate(tails), np.concatenate(next_nodes)


def _owners(level: _Level, index: Ints, head: Ints, tail: Ints) -> tuple[Ints, Ints, Ints]:
    """List the owners that end at each node, one row an owner."""
    count = level.last[index] - level.first[index]
    row = np.repeat(np.arange(len(index)), count)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return level.owners[level.first[index][row] + offset], head[row], tail[row]


def _compile(patterns: Sequence[Pattern]) -> list[_Level]:
    ends: list[dict[int, set[int]]] = []
    stems: list[set[int]] = []
    for pattern in patterns:
        node = 0
        tokens = tokens_of(pattern.text)
        for depth, token in enumerate(tokens):
            if depth == len(ends):
                ends.append({})
                stems.append(set())
            word = hash_word(token.text) ^ (int(_OPEN) if token.open_ended else 0)
            if token.open_ended:
                stems[depth].add(len(token.text))
            node = ((node ^ (node >> 29)) * int(_STEP) + word) % 2**64 if depth else word  # _extend in plain integers
            owners = ends[depth].setdefault(node, set())
            if depth + 1 == len(tokens):
                owners.add(pattern.owner)
    levels = []
    for nodes, stem in zip(ends, stems, strict=True):
        hashes = np.array(sorted(nodes), dtype=np.uint64)
        owners_of = [sorted(nodes[int(h)]) for h in hashes]
        sizes = np.array([len(o) for o in owners_of], dtype=np.int64)
        last = np.cumsum(sizes)
        flat = np.array([o for owners in owners_of for o in owners], dtype=np.int64)
        levels.append(_Level(hashes, last - sizes, last, flat, tuple(sorted(stem))))
    return levels
