"""Errors that name what failed, where, what came, what is allowed and how to fix it."""

from __future__ import annotations


class FramingError(Exception):
    """Base class of every error that this package raises on purpose.

    Parameters
    ----------
    what
        What failed, as a sentence without a full stop.
    where
        File and line, ``doc_id`` or column. Empty when the failure has no place.
    got
        The value that came.
    allowed
        The values that are allowed.
    fix
        What the user can do about it.

    Examples
    --------
    >>> print(FramingError("unknown category", where="entries.csv:7, column category",
    ...                    got="'terror'", allowed="atrocity, euphemism", fix="use one of these ids"))
    unknown category
      where:   entries.csv:7, column category
      got:     'terror'
      allowed: atrocity, euphemism
      fix:     use one of these ids
    """

    def __init__(
        self, what: str, *, where: str = "", got: str = "", allowed: str = "", fix: str = ""
    ) -> None:
        self.what, self.where, self.got, self.allowed, self.fix = what, where, got, allowed, fix
        super().__init__(what)

    def __str__(self) -> str:
        parts = (("where", self.where), ("got", self.got), ("allowed", self.allowed), ("fix", self.fix))
        return "\n".join([self.what, *(f"  {name + ':':<8} {value}" for name, value in parts if value)])


class InputError(FramingError):
    """A corpus, file or text that cannot be read as asked."""


class LexiconError(FramingError):
    """A lexicon that does not satisfy its schema; carries every problem found, not only the first."""

    def __init__(self, what: str, *, problems: tuple[FramingError, ...] = (), **parts: str) -> None:
        super().__init__(what, **parts)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(str(problem) for problem in self.problems)])


class TableError(FramingError):
    """A table whose columns or types break the contract of :mod:`framing.tables`."""


class AnalysisError(FramingError):
    """A comparison that cannot be made from the given tables."""
