"""What every evaluation returns: measured figures beside their floors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from framing.errors import InputError


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; ``floor`` and ``ceiling`` bound it, ``None`` where it is only shown."""

    name: str
    value: float
    floor: float | None = None
    ceiling: float | None = None
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether the figure keeps its bounds; a missing value (NaN) never does."""
        above = self.floor is None or self.value >= self.floor
        below = self.ceiling is None or self.value <= self.ceiling
        return above and below

    @property
    def bound(self) -> str:
        """The bounds in words, empty if there are none."""
        parts = [
            f">= {self.floor:g}" if self.floor is not None else "",
            f"<= {self.ceiling:g}" if self.ceiling is not None else "",
        ]
        return " and ".join(p for p in parts if p)


def with_bounds(
    figures: Sequence[Figure], *, floors: Mapping[str, float], ceilings: Mapping[str, float]
) -> list[Figure]:
    """Attach bounds by name.

    Raises
    ------
    InputError
        If a bound names no figure: a bound that nothing can miss is no check.
    """
    unknown = sorted({*floors, *ceilings} - {f.name for f in figures})
    if unknown:
        raise InputError(
            "a bound names no figure", got=", ".join(unknown), allowed=", ".join(f.name for f in figures)
        )
    return [replace(f, floor=floors.get(f.name), ceiling=ceilings.get(f.name)) for f in figures]
