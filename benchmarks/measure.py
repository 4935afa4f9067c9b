"""Clocks, memory and tables that the benchmarks share."""

from __future__ import annotations

import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "data"
"""Where the evaluation corpora lie beside a checkout; ``--data`` names any other place."""


@dataclass(slots=True)
class Best:
    """Least wall and CPU seconds over the rounds: on a shared machine, noise only ever adds."""

    wall: float = inf
    cpu: float = inf

    def run(self, work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        wall, cpu = time.perf_counter(), time.process_time()
        result = work(*arguments, **options)
        self.cpu = min(self.cpu, time.process_time() - cpu)
        self.wall = min(self.wall, time.perf_counter() - wall)
        return result


@dataclass(slots=True)
class Rounds:
    """Speed of some work that is done piece by piece, in several rounds.

    ``whole`` is the best round; ``pieces`` the best time of each piece, whichever round it was in: what
    a quiet machine would show.
    """

    megabytes: float
    whole: Best = field(default_factory=Best)
    pieces: list[Best] = field(default_factory=list)

    def run(self, work: Callable[[S], int], items: Sequence[S]) -> int:
        """Do one round and return the sum of what the pieces return."""
        if not self.pieces:
            self.pieces = [Best() for _ in items]
        return self.whole.run(self._round, work, items)

    def _round(self, work: Callable[[S], int], items: Sequence[S]) -> int:
        return sum(best.run(work, item) for best, item in zip(self.pieces, items, strict=True))

    def row(self) -> dict[str, object]:
        """Return megabytes a second: wall and CPU time of the best round, CPU time of the best pieces."""
        quiet = sum(best.cpu for best in self.pieces)
        seconds = {"MB/s wall": self.whole.wall, "MB/s CPU": self.whole.cpu, "MB/s quiet": quiet}
        return {name: round(self.megabytes / value, 2) for name, value in seconds.items()}


def peak_rss() -> float:
    """Return the most memory this process ever held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss of a child begins at what its parent held
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


class TreeMemory:
    """Watch the memory of this process and its descendants together, twenty times a second (Linux).

    Shared pages count once for each process that maps them, so that the number is an upper bound.
    """

    def __init__(self) -> None:
        self.peak = self.begin = _tree_rss()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> TreeMemory:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.05):
            self.peak = max(self.peak, _tree_rss())


def _tree_rss() -> float:
    if not Path("/proc/self/statm").exists():
        return peak_rss()
    todo, total = [os.getpid()], 0
    while todo:
        process = Path(f"/proc/{todo.pop()}")
        try:
            total += int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            for thread in (process / "task").iterdir():
                todo += [int(child) for child in (thread / "children").read_text().split()]
        except (OSError, IndexError):  # it ended meanwhile
            continue
    return total / 2**20


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Lay out rows under a header, the first column to the left, the others to the right."""
    lines = [[str(cell) for cell in row] for row in (header, *rows)]
    width = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * w for w in width])
    padded = [[line[0].ljust(width[0]), *map(str.rjust, line[1:], width[1:])] for line in lines]
    return "\n".join("  ".join(line) for line in padded)


def need(path: Path) -> Path:
    """Return the path, or stop with what to do if it is missing."""
    if not path.exists():
        sys.exit(f"{path.name}: not found\n  fix: name a Parquet file with a column text with --data")
    return path
