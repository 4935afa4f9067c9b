"""No bound is loosened in silence: one that is must stand under ``[loosened]`` with new value and reason."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
FILE = HERE / "bounds.toml"
Bounds = dict[str, dict[str, Any]]


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=HERE, capture_output=True, text=True, check=True)
    return done.stdout


def earlier_versions() -> list[Bounds]:
    """Return the last two committed versions of the bounds, or the one that there is."""
    commits = git("log", "--format=%H", "--", FILE.name).split()
    return [tomllib.loads(git("show", f"{commit}:./{FILE.name}")) for commit in commits[:2]]


def loosened(old: Bounds, new: Bounds) -> list[str]:
    """Return the bounds that are gone, lower as a floor or higher as a ceiling, without saying so."""
    found = []
    for kind, sign in (("floors", 1), ("ceilings", -1)):
        for name, value in old[kind].items():
            now = new[kind].get(name)
            said = new.get("loosened", {}).get(name, {})
            excused = bool(said.get("why")) and said.get("to") == (now if now is not None else "gone")
            if (now is None or sign * now < sign * value) and not excused:
                found.append(name)
    return found


def test_no_bound_was_loosened_without_a_reason() -> None:
    now = tomllib.loads(FILE.read_text(encoding="utf-8"))
    versions = earlier_versions()
    assert versions, "the gate needs the history of bounds.toml: run it in a clone with git"
    for before in versions:
        assert loosened(before, now) == []


@pytest.mark.parametrize(
    ("floor", "ceiling", "reasons", "found"),
    [
        (0.9, 0.1, {}, []),
        (0.95, 0.05, {}, []),
        (0.8, 0.1, {}, ["a"]),
        (0.9, 0.2, {}, ["b"]),
        (0.8, 0.2, {"a": {"to": 0.8, "why": "smaller data"}, "b": {"to": 0.2, "why": ""}}, ["b"]),
        (0.7, 0.1, {"a": {"to": 0.8, "why": "smaller data"}}, ["a"]),
        (None, 0.1, {}, ["a"]),
        (None, 0.1, {"a": {"to": "gone", "why": "measured elsewhere"}}, []),
    ],
)
def test_what_counts_as_loosened(
    floor: float | None, ceiling: float, reasons: dict[str, dict[str, object]], found: list[str]
) -> None:
    old: Bounds = {"floors": {"a": 0.9}, "ceilings": {"b": 0.1}}
    floors = {} if floor is None else {"a": floor}
    assert loosened(old, {"floors": floors, "ceilings": {"b": ceiling}, "loosened": reasons}) == found
