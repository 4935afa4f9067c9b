"""Overlapping hits become mentions: exceptions first, then the longest, the others noted inside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple


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
    unique = sorted(set(hits))
    exceptions: dict[int, list[RawHit]] = defaultdict(list)
    for hit in unique:
        if hit.exception:
            exceptions[hit.entry].append(hit)
    kept = [
        hit
        for hit in unique
        if not hit.exception
        and not any(e.start <= hit.start and hit.end <= e.end for e in exceptions.get(hit.entry, ()))
    ]
    return [mention for cluster in _clusters(kept) for mention in _longest(cluster)]


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
    chosen: list[RawHit] = []
    inside: dict[RawHit, list[int]] = {}
    for hit in sorted(cluster, key=lambda h: (h.start - h.end, h.start, h.entry)):
        over = [c for c in chosen if c.start < hit.end and hit.start < c.end]
        if not over:
            chosen.append(hit)
            inside[hit] = []
        else:
            host = next((c for c in over if c.start <= hit.start < c.end), over[0])
            if hit.entry != host.entry:
                inside[host].append(hit.entry)
    return [Resolved(hit.start, hit.end, hit.entry, tuple(sorted(inside[hit]))) for hit in sorted(chosen)]
