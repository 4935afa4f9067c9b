"""Tables and progress on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text


def print_table(table: pd.DataFrame, *, title: str = "", right: Sequence[str] = ()) -> None:
    """Print a small table, one row a line; cells are plain text, never markup.

    Columns that are empty throughout are left out. A line wider than the terminal is not cut.
    """
    drawn = Table(
        title=title or None, title_justify="left", header_style="bold", box=SIMPLE_HEAD, pad_edge=False
    )
    shown = [name for name in table.columns if (table[name].astype(str) != "").any()]
    for name in shown:
        drawn.add_column(str(name), justify="right" if name in right else "left", no_wrap=True)
    for row in table[shown].itertuples(index=False, name=None):
        drawn.add_row(*(Text(str(cell)) for cell in row))
    console = Console()
    needed = console.measure(drawn, options=console.options.update(width=10_000)).maximum
    Console(width=max(console.width, needed), soft_wrap=True).print(drawn)


@contextmanager
def progress_bar(label: str, *, hidden: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Yield a callback for ``analyze(progress=...)``; the bar is drawn on a terminal only."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, disable=hidden or not console.is_terminal, transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def number(value: float, digits: int = 2) -> str:
    """Format a number for reading; a dash if there is none.

    Examples
    --------
    >>> number(3.14159), number(float("nan")), number(0.0004, 3)
    ('3.14', '-', '<0.001')
    """
    if value != value:
        return "-"
    if value == float("inf"):
        return "inf"
    smallest = 10.0**-digits
    return f"<{smallest:.{digits}f}" if 0 < value < smallest and digits >= 3 else f"{value:,.{digits}f}"


def between(table: pd.DataFrame, low: str, high: str) -> list[str]:
    """Format two columns of limits as one: ``1.20 to 3.40``.

    Examples
    --------
    >>> between(pd.DataFrame({"low": [1.2, float("nan")], "high": [3.4, float("nan")]}), "low", "high")
    ['1.20 to 3.40', '-']
    """
    pairs = [(number(a), number(b)) for a, b in zip(table[low], table[high], strict=True)]
    return [a if a == b == "-" else f"{a} to {b}" for a, b in pairs]
