"""The plan of an even-handedness audit: conflicts, blocs, frames and thresholds (``audit.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from framing.errors import LexiconError
from framing.resources import lexicon_root

PLAN_FILE = "audit.toml"
_THRESHOLDS = ("balance", "intensity", "lone_frame", "fewest")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Parties that stand against each other: blocs of referents, each bloc against every other."""

    conflict_id: str
    title: str
    blocs: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is compared and how far it may differ.

    ``balance`` is the least ratio of the smaller to the larger number of entries (0 to 1),
    ``intensity`` the largest difference between mean intensities (0 to 2), ``lone_frame`` the number
    of entries in a frame from which the other bloc must have one, ``fewest`` the number of entries
    of both blocs under which a pair is shown and not judged.
    """

    hostile: frozenset[str]
    favourable: frozenset[str]
    balance: float
    intensity: float
    lone_frame: int
    fewest: int
    conflicts: tuple[Conflict, ...]

    def referents(self) -> frozenset[str]:
        """Return every referent that the plan names."""
        return frozenset(r for c in self.conflicts for bloc in c.blocs.values() for r in bloc)


def load_plan(path: str | Path | None = None) -> Plan:
    """Read a plan; the shipped one if no path is given.

    Raises
    ------
    LexiconError
        If the file cannot be read or lacks a part.

    Examples
    --------
    >>> plan = load_plan()
    >>> "atrocity" in plan.hostile, plan.balance
    (True, 0.67)
    """
    source: Traversable = lexicon_root() / PLAN_FILE if path is None else Path(path)
    where = str(source)
    try:
        content = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError("the audit plan cannot be read", where=where, got=str(error)) from error
    frames, thresholds = _section(content, "frames", where), _section(content, "thresholds", where)
    _require(frames, ("hostile", "favourable"), f"{where}, [frames]")
    _require(thresholds, _THRESHOLDS, f"{where}, [thresholds]")
    conflicts = tuple(_conflict(item, where) for item in content.get("conflict", ()))
    if not conflicts:
        raise LexiconError("the audit plan has no [[conflict]]", where=where)
    return Plan(
        frozenset(frames["hostile"]),
        frozenset(frames["favourable"]),
        float(thresholds["balance"]),
        float(thresholds["intensity"]),
        int(thresholds["lone_frame"]),
        int(thresholds["fewest"]),
        conflicts,
    )


def _conflict(item: Mapping[str, Any], where: str) -> Conflict:
    _require(item, ("id", "title", "blocs"), f"{where}, [[conflict]]")
    blocs = {str(name): tuple(map(str, members)) for name, members in item["blocs"].items()}
    members = [r for bloc in blocs.values() for r in bloc]
    twice = sorted({r for r in members if members.count(r) > 1})
    if len(blocs) < 2 or twice:
        raise LexiconError(
            "a conflict needs two blocs or more without a common member",
            where=f"{where}, conflict {item['id']}",
            got=", ".join(twice) or f"{len(blocs)} blocs",
        )
    return Conflict(str(item["id"]), str(item["title"]), blocs)


def _section(content: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    section = content.get(name, {})
    if not isinstance(section, Mapping):
        raise LexiconError("this part of the audit plan must be a section", where=f"{where}, {name}")
    return section


def _require(section: Mapping[str, Any], names: Iterable[str], where: str) -> None:
    missing = [name for name in names if name not in section]
    if missing:
        raise LexiconError("the audit plan lacks a part", where=where, got=", ".join(section),
                           fix=f"add {', '.join(missing)}")  # fmt: skip
