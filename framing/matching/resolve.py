"""Overlapping hits become mentions: exceptions first, then the longest, the others noted inside it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from framing.matching.cover import Cover


class RawHit(NamedTuple):
    """A hit of entry number ``entry``; ``exception`` if it is a phrase in which the entry does not count."""

    start: int
    end: int
    entry: int
    exception: bool


class Resolved(NamedTuple):
    """A mention: the longest hit of its cluster, and the entries that it contains or crosses."""

    start: int
    end: int
    entry: int
    nested: tuple[int, ...]


def resolve(hits: Iterable[RawHit]) -> list[Resolved]:
    """Resolve the hits of one text.

    A hit that lies inside an exception of its own entry is dropped. Of hits that overlap, the
    longest is the mention; of equally long ones the first in the text, then the first in the
    lexicon. Every other hit that overlaps a mention is recorded in the ``nested`` of the one it
    shares its first character with, or else of the next one: nothing found is lost.

    Examples
    --------
    >>> resolve([RawHit(0, 7, 1, False), RawHit(0, 17, 2, False), RawHit(8, 17, 3, False)])
    [Resolved(start=0, end=17, entry=2, nested=(1, 3))]
    >>> resolve([RawHit(10, 16, 1, False), RawHit(0, 16, 1, True)])
    []
    """
    return [mention for cluster in _clusters(without_exceptions(hits)) for mention in _longest(cluster)]


def without_exceptions(hits: Iterable[RawHit]) -> list[RawHit]:
    """Return the hits in order, each once, that do not lie inside an exception of their own entry."""
    unique = sorted(set(hits))
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for hit in unique:
        if hit.exception:
            spans[hit.entry].append((hit.start, hit.end))
    covers = {entry: Cover(found) for entry, found in spans.items()}
    return [
        hit
        for hit in unique
        if not hit.exception and not (hit.entry in covers and covers[hit.entry].covers(hit.start, hit.end))
    ]


def _clusters(hits: list[RawHit]) -> Iterator[list[RawHit]]:
    """Yield runs of hits that hang together by overlap; ``hits`` are sorted by start."""
    run: list[RawHit] = []
    reach = 0
    for hit in hits:
        if run and hit.start >= reach:
            yield run
            run = []
        run.append(hit)
        reach = max(reach, hit.end)
    if run:
        yield run


def _longest(cluster: list[RawHit]) -> list[Resolved]:
    if len(cluster) == 1:
        return [Resolved(cluster[0].start, cluster[0].end, cluster[0].entry, ())]
    chosen: list[RawHit] = []  # in order of start, without overlap
    inside: dict[RawHit, list[int]] = {}
    for hit in sorted(cluster, key=lambda h: (h.start - h.end, h.start, h.entry)):
        at = bisect_left(chosen, hit.start, key=lambda c: c.start)
        # The one before may reach into the hit, the one after may start inside it.
        hosts = [c for c in (*chosen[max(0, at - 1) : at], *chosen[at : at + 1]) if _overlap(c, hit)]
        if not hosts:
            chosen.insert(at, hit)
            inside[hit] = []
        elif hit.entry != (host := next((c for c in hosts if c.start <= hit.start), hosts[0])).entry:
            inside[host].append(hit.entry)
    return [Resolved(hit.start, hit.end, hit.entry, tuple(sorted(inside[hit]))) for hit in chosen]


def _overlap(a: RawHit, b: RawHit) -> bool:
    return a.start < b.end and b.start < a.end
