"""Patterns compiled to nodes: the paths of words that lead to a form.

A node is a word, or a path of words, that one or more forms begin with. Its hash comes from the hash of
the path before it and of its last word. All nodes stand in one list, sorted by hash, and a sparse table
over the top bits of the hash leads to the few nodes that share them: exact at any number of entries, and
most words of a text fall out at the cost of one look-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.lexicon.pattern import PatternToken, tokens_of
from framing.text.tokens import U64, Ints, UInts, hash_words

_STEP = U64(0xD6E8FEB86659FD93)
_OPEN = U64(0xA0761D6478BD642F)
_SHIFT = U64(29)
_NEXT_SHIFT = U64(58)
_ANY_WORD = U64((1 << 64) - 1)
_SLOTS = 16
"""Slots for each node, at least: the more, the fewer words pass by chance and the larger the table."""
_BEGIN_BITS = 15
_FUNCTION_WORDS = (
    "a", "all", "also", "an", "and", "are", "as", "at", "be", "been", "by", "can", "could", "do", "for",
    "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it", "its",
    "just", "like", "more", "mr", "new", "no", "not", "of", "on", "one", "or", "other", "our", "out",
    "over", "s", "said", "she", "so", "some", "than", "that", "the", "their", "there", "they", "this",
    "those", "to", "up", "was", "were", "what", "when", "which", "who", "will", "with", "would", "you",
)  # fmt: skip
"""Words that open a path at every other word of an English text. A form that begins with them is looked
up by the word behind them, and they are checked where that was found."""


_LEADING = frozenset(PatternToken(word, False) for word in _FUNCTION_WORDS)
_MAX_LEAD = 4


class Pattern(NamedTuple):
    """A form to look for; ``owner`` is any number that the caller wants back with the hit."""

    text: str
    owner: int


def extend(node: UInts, word: UInts) -> UInts:
    """Return the hashes of paths that go on with a word."""
    extended: UInts = (node ^ (node >> _SHIFT)) * _STEP + word
    return extended


def open_ended(stem: UInts) -> UInts:
    """Return the hashes of ``stem*``, which are not those of the words ``stem``."""
    opened: UInts = stem ^ _OPEN
    return opened


@dataclass(frozen=True, slots=True, eq=False)
class Stems:
    """The stems before a ``*`` at one depth: their lengths, and tables of the letters they begin with.

    ``first`` knows the stems of all lengths by as many letters as the shortest has: one look at each
    word of a text. ``by_length`` knows those of each length by up to eight letters: a look at each word
    that is left, so that many stems cost hardly more than one.
    """

    lengths: tuple[int, ...]
    first: _Begins
    by_length: tuple[_Begins, ...]

    def candidates(self, head: UInts) -> Iterator[tuple[int, Ints]]:
        """Yield each length of stem with the places of the words that may begin with one of them.

        ``head`` holds the first eight letters of each word (:class:`framing.text.tokens.Tokens`).
        """
        places = self.first.places(head)
        if len(places):
            left = head[places]
            for length, begins in zip(self.lengths, self.by_length, strict=True):
                yield length, places[begins.places(left)]


@dataclass(frozen=True, slots=True, eq=False)
class _Begins:
    """A table of beginnings of so many letters; other beginnings may share a slot with them."""

    mask: U64
    table: NDArray[np.bool_]

    def places(self, head: UInts) -> Ints:
        return np.flatnonzero(self.table.take(_begin_slot(head & self.mask)))


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """All nodes, sorted by hash, and the owners of the forms that end at each.

    ``occupied`` and ``number`` say for each slot whether nodes share it and which is the first of them;
    ``next_bits[i]`` has the bit of every word that may follow node ``i``: six bits of its hash number it.
    ``tries`` is how many share the fullest one. The owners of node ``i`` are the ``count[i]`` ones from
    ``owners[first[i]]`` on; ``inner[i]`` says whether longer forms go through it. ``stems`` has one item
    for each word of the longest form. ``lead[j]`` is the number of the function words that must stand
    before owner ``j``'s form, 0 for none; row ``n`` of ``leads`` holds their hashes, the nearest first,
    ``lead_length[n]`` of them.
    """

    hashes: UInts
    shift: U64
    occupied: NDArray[np.bool_]
    number: NDArray[np.int32]
    tries: int
    first: Ints
    count: Ints
    owners: Ints
    lead: Ints
    leads: UInts
    lead_length: Ints
    inner: NDArray[np.bool_]
    next_bits: UInts
    stems: tuple[Stems, ...]

    def goes_on(self, number: Ints, word: UInts) -> NDArray[np.bool_]:
        """Say which nodes may go on with these words: never no where one does, seldom yes where none does."""
        bits = self.next_bits.take(number) >> (word >> _NEXT_SHIFT)
        return (bits & U64(1)).astype(np.bool_)

    def look_up(self, hashes: UInts) -> tuple[Ints, Ints]:
        """Return the places of those hashes that are nodes, and the numbers of these nodes."""
        slot = (hashes >> self.shift).view(np.int64)
        places = np.flatnonzero(self.occupied.take(slot))
        number = self.number.take(slot[places]).astype(np.int64)
        wanted = hashes[places]
        for _ in range(self.tries - 1):  # nodes that share a slot stand in order of their hashes
            number += self.hashes.take(number, mode="clip") < wanted
        known = self.hashes.take(number, mode="clip") == wanted
        return places[known], number[known]

    def owners_of(self, number: Ints) -> tuple[Ints, Ints, Ints]:
        """List the owners of some nodes, one row an owner: its place in ``number``, the owner, its lead."""
        count = self.count.take(number)
        row = np.repeat(np.arange(len(number)), count)
        shift = self.first.take(number) - (np.cumsum(count) - count)
        at = np.arange(len(row)) + shift.take(row)
        return row, self.owners.take(at), self.lead.take(at)


def compile_nodes(patterns: Sequence[Pattern]) -> Nodes:
    """Compile patterns of words (no ``re:`` patterns)."""
    whole = [tokens_of(pattern.text) for pattern in patterns]
    cuts = [_function_words(form) for form in whole]
    lead, leads = _leads([form[:cut] for form, cut in zip(whole, cuts, strict=True)])
    tokens = [form[cut:] for form, cut in zip(whole, cuts, strict=True)]
    owner = np.array([pattern.owner for pattern in patterns], dtype=np.int64)
    length = np.array([len(form) for form in tokens], dtype=np.int64)
    first = np.cumsum(length) - length
    flat = [token for form in tokens for token in form]
    words = hash_words([token.text for token in flat])
    opened = np.array([token.open_ended for token in flat], dtype=np.bool_)
    words[opened] = open_ended(words[opened])
    last = np.zeros(len(patterns), dtype=np.uint64)
    paths = [last[:0]]
    inner = [last[:0]]
    following = [last[:0]]
    stems = []
    for depth in range(int(length.max(initial=1))):
        here = np.flatnonzero(length > depth)
        at = first[here] + depth
        last[here] = extend(last[here], words[at]) if depth else words[at]
        paths.append(last[here])
        onward = np.flatnonzero(length > depth + 1)
        inner.append(last[onward])
        after = first[onward] + depth + 1
        following.append(np.where(opened[after], _ANY_WORD, U64(1) << (words[after] >> _NEXT_SHIFT)))
        stems.append(_stems({flat[i].text for i in at[opened[at]].tolist()}))
    hashes = np.unique(np.concatenate(paths))
    # Two forms of one owner may end at the same node: it is listed once.
    forms = np.flatnonzero(length)
    ends = np.searchsorted(hashes, last[forms])
    pairs = np.unique(np.stack([ends, owner[forms], lead[forms]], axis=1), axis=0)
    count = np.bincount(pairs[:, 0], minlength=len(hashes))
    parents = np.concatenate(inner)
    next_bits = np.zeros(len(hashes), dtype=np.uint64)
    np.bitwise_or.at(next_bits, np.searchsorted(hashes, parents), np.concatenate(following))
    bits = max(len(hashes) * _SLOTS - 1, 1).bit_length()
    shift = U64(64 - bits)
    sharing = np.bincount((hashes >> shift).view(np.int64), minlength=1 << bits)
    return Nodes(
        hashes=hashes,
        shift=shift,
        occupied=sharing > 0,
        number=(np.cumsum(sharing) - sharing).astype(np.int32),
        tries=int(sharing.max()),
        first=np.cumsum(count) - count,
        count=count,
        owners=pairs[:, 1].copy(),
        lead=pairs[:, 2].copy(),
        leads=leads,
        lead_length=(leads != 0).sum(axis=1),
        inner=np.isin(hashes, parents),
        next_bits=next_bits,
        stems=tuple(stems),
    )


def _function_words(form: Sequence[PatternToken]) -> int:
    """Return how many function words stand before the first other word; 0 if there is none near enough."""
    for count, token in enumerate(form[: _MAX_LEAD + 1]):
        if token not in _LEADING:
            return count
    return 0  # "said to": looked up as it stands


def _leads(parts: Sequence[Sequence[PatternToken]]) -> tuple[Ints, UInts]:
    """Number the leads; number 0 is no lead. A hash of 0 fills the rows: no word has it."""
    numbers: dict[tuple[str, ...], int] = {(): 0}
    lead = [numbers.setdefault(tuple(token.text for token in part), len(numbers)) for part in parts]
    leads = np.zeros((len(numbers), _MAX_LEAD), dtype=np.uint64)
    for words, number in numbers.items():
        if words:
            leads[number, : len(words)] = hash_words(words)[::-1]
    return np.array(lead, dtype=np.int64), leads


def _stems(stems: set[str]) -> Stems:
    lengths = tuple(sorted({len(stem) for stem in stems}))
    by_length = tuple(_begins({stem for stem in stems if len(stem) == length}, length) for length in lengths)
    return Stems(lengths, _begins(stems, min(lengths, default=8)), by_length)


def _begins(stems: set[str], letters: int) -> _Begins:
    letters = min(letters, 8)
    heads = [int.from_bytes(bytes(ord(char) & 255 for char in stem[:letters]), "little") for stem in stems]
    table = np.zeros(1 << _BEGIN_BITS, dtype=np.bool_)
    table[_begin_slot(np.array(heads, dtype=np.uint64))] = True
    return _Begins(U64((1 << 8 * letters) - 1), table)


def _begin_slot(head: UInts) -> Ints:
    return ((head * _STEP) >> U64(64 - _BEGIN_BITS)).view(np.int64)
