"""What the dictionaries of other programs have in common: terms in categories, some weighted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Term(NamedTuple):
    """A term in one category; ``weight`` is 1 where the format has none."""

    pattern: str
    category: str
    weight: float = 1.0


class Unfit(NamedTuple):
    """Something that a conversion could not carry over: where it stood, what it was, why."""

    where: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Categories in order and their terms; a term may stand in several categories.

    Levels of nested categories are joined by ``/``.
    """

    name: str
    categories: tuple[str, ...]
    terms: tuple[Term, ...]

    def by_pattern(self) -> dict[str, list[Term]]:
        """Return the terms of each pattern, in the order in which the patterns first appear."""
        grouped: dict[str, list[Term]] = {}
        for term in self.terms:
            grouped.setdefault(term.pattern, []).append(term)
        return grouped
