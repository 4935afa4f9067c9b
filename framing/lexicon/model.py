"""What a lexicon is once it has been read and found sound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from framing.lexicon.inflect import forms


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of ``entries.csv``.

    ``exceptions`` are phrases that contain the pattern and in which it does not count;
    ``intensity`` runs from 1 (mild) to 3 (extreme), 0 in cue lexicons; ``line`` is where the row
    ends in the file.
    """

    entry_id: str
    pattern: str
    category: str
    rationale: str
    source: tuple[str, ...]
    inflect: str = "noun"
    variants: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    intensity: int = 0
    ambiguous: bool = False
    referent: str = ""
    neutral_alternative: str = ""
    line: int = 0

    def surface_forms(self) -> tuple[str, ...]:
        """Return every form that is matched: pattern and variants, inflected.

        Examples
        --------
        >>> Entry("terror-outfit", "terror outfit", "terrorism_label", "", ()).surface_forms()
        ('terror outfit', 'terror outfits')
        """
        return _unique(form for base in (self.pattern, *self.variants) for form in forms(base, self.inflect))

    def exception_forms(self) -> tuple[str, ...]:
        """Return the exceptions with the plural of their last word."""
        return _unique(form for base in self.exceptions for form in forms(base, "noun"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A sound lexicon: its card and its entries."""

    lexicon_id: str
    kind: str
    version: str
    language: str
    title: str
    licence: str
    description: str
    categories: Mapping[str, str]
    entries: tuple[Entry, ...]
    digest: str
    path: str
    referents: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    intended_use: str = ""
    limits: str = ""

    def __len__(self) -> int:
        return len(self.entries)

    def facts(self) -> dict[str, object]:
        """Return what every output says of the lexicon: id, version, number of entries, digest."""
        return {
            "id": self.lexicon_id,
            "version": self.version,
            "entries": len(self),
            "sha256": self.digest,
        }

    def by_id(self) -> dict[str, Entry]:
        """Return the entries by their id."""
        return {entry.entry_id: entry for entry in self.entries}


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
