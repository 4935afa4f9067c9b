"""Check the options of an analysis and name what would have been allowed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from framing.errors import AnalysisError

_SHOWN = 20


def check_choice(option: str, value: object, allowed: Iterable[str]) -> None:
    """Refuse a value that an option does not have.

    Raises
    ------
    AnalysisError
        If ``value`` is not one of ``allowed``.

    Examples
    --------
    >>> check_choice("voice", "own", ("own", "direct"))
    """
    options = list(allowed)
    if value not in options:
        raise AnalysisError(
            f"unknown {option}",
            where=f"option {option}",
            got=repr(value),
            allowed=listed(options),
            fix=suggestion(str(value), options) or f"use one of the allowed values of {option}",
        )


def check_share(option: str, value: float) -> None:
    """Refuse a probability outside the open interval from 0 to 1 (raises AnalysisError)."""
    if not 0 < value < 1:
        raise AnalysisError(
            f"{option} must be a share", where=f"option {option}", got=repr(value),
            allowed="above 0 and below 1", fix="write 0.95 for 95 per cent",
        )  # fmt: skip


def check_at_least(option: str, value: int, least: int) -> None:
    """Refuse a number that is too small to mean anything (raises AnalysisError)."""
    if value < least:
        raise AnalysisError(
            f"{option} is too small", where=f"option {option}", got=repr(value),
            allowed=f"{least} or more", fix=f"raise {option}",
        )  # fmt: skip


def suggestion(value: str, options: Iterable[str]) -> str:
    """Return ``did you mean a, b?`` for the names close to ``value``, empty if none is close."""
    close = get_close_matches(value, list(options), n=3, cutoff=0.5)
    return f"did you mean {', '.join(close)}?" if close else ""


def listed(options: Iterable[str]) -> str:
    """Return names as one readable line, cut when there are many of them.

    Examples
    --------
    >>> listed(["a", "b"])
    'a, b'
    >>> listed([])
    'nothing: there is none'
    """
    names = list(options)
    if not names:
        return "nothing: there is none"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
