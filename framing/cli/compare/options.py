"""Options and output that the comparison commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from framing.analysis.units import Choice
    from framing.pipeline import Result

FOLDER = click.argument("folder", type=click.Path(path_type=Path))

_CHOICE = (
    click.option("--by", default="outlet", show_default=True,
                 help="Column of the documents table that makes the groups."),
    click.option("--voice", default="own", show_default=True,
                 help="own, direct, indirect, scare, unknown, attributed or all."),
    click.option("--measure", type=click.Choice(["mentions", "loaded"]), default="mentions",
                 show_default=True, help="Every mention, or those that the classifier calls loaded."),
    click.option("--level", type=click.Choice(["category", "entry"]), default="category", show_default=True),
    click.option("--category", default=None, help="Only this category."),
    click.option("--entry", "entries", multiple=True,
                 help="Entry ids to count together, * as wildcard, e.g. 'takfir*'."),
    click.option("--within", multiple=True, metavar="COLUMN|month|week|year",
                 help="Compare inside strata: topic, event, month ... May be given more than once."),
    click.option("--duplicates", type=click.Choice(["same-outlet", "drop", "keep"]), default="same-outlet",
                 show_default=True),
)  # fmt: skip
_TEST = (
    click.option("--min-articles", default=5, show_default=True,
                 help="Groups with fewer articles are not tested."),
    click.option("--permutations", default=999, show_default=True),
    click.option("--seed", default=0, show_default=True),
)  # fmt: skip
_SIDES = (
    click.option("--target", default=None, help="Only this group ..."),
    click.option("--reference", default=None, help="... against this one (default: against all others)."),
)
_OUTPUT = (
    click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table",
                 show_default=True),
    click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=None,
                 help="Write all columns to this file: .csv, .json or .parquet."),
)  # fmt: skip

WRITERS: dict[str, Callable[[pd.DataFrame, Path], object]] = {
    ".csv": lambda table, path: table.to_csv(path, index=False),
    ".json": lambda table, path: table.to_json(path, orient="records", indent=2, force_ascii=False),
    ".parquet": lambda table, path: table.to_parquet(path, index=False),
}


def choice_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of :class:`framing.analysis.units.Choice`; the command gets them as ``choice``."""

    @wraps(function)
    def call(**values: Any) -> Any:
        entries, within = list(values.pop("entries")), list(values.pop("within"))
        choice: Choice = {
            "by": values.pop("by"),
            "voice": values.pop("voice"),
            "measure": values.pop("measure"),
            "level": values.pop("level"),
            "category": values.pop("category"),
            "entries": entries or None,
            "within": within or None,
            "duplicates": values.pop("duplicates"),
        }
        return function(**values, choice=choice)

    return _with(call, _CHOICE)


def permutation_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --min-articles, --permutations and --seed."""
    return _with(function, _TEST)


def side_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --target and --reference."""
    return _with(function, _SIDES)


def output_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --format and --output."""
    return _with(function, _OUTPUT)


def give(
    table: pd.DataFrame,
    result: Result,
    *,
    form: str,
    output: Path | None,
    show: Callable[[pd.DataFrame], None],
) -> None:
    """Write or print a table; every row of a file says which lexicons and which text it rests on.

    Raises
    ------
    InputError
        If the name of the file does not say which format it has, or it cannot be written.
    """
    method = table.attrs.get("method", {})
    whole = table.assign(lexicons=result.lexicons, method=_brief(method))
    if output is not None:
        _write(whole, output)
    if form == "csv":
        click.echo(whole.to_csv(index=False), nl=False)
    elif form == "json":
        click.echo(whole.to_json(orient="records", indent=2, force_ascii=False))
    elif output is not None:
        click.echo(f"{len(table):,} rows in {output}")
    else:
        show(table)


def _brief(method: dict[str, Any]) -> str:
    """Return the method as one line: statistic, seed, number of shuffles, articles and filter."""
    chosen = {k: v for k, v in method.get("filter", {}).items() if isinstance(v, str | int | list)}
    plain = {k: v for k, v in method.items() if isinstance(v, str | int | float)}
    return "; ".join(f"{k}={v}" for k, v in {**plain, **chosen}.items())


def _write(table: pd.DataFrame, output: Path) -> None:
    writer = WRITERS.get(output.suffix.casefold())
    if writer is None:
        raise InputError(
            "the name of the file does not say how to write it", where=str(output),
            got=output.suffix or "no ending", allowed=", ".join(WRITERS), fix="for example -o comparison.csv",
        )  # fmt: skip
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        writer(table, output)
    except OSError as error:
        raise InputError(
            "the table cannot be written", where=str(output), got=error.strerror or str(error),
            fix="name a file in a folder that can be written to",
        ) from error  # fmt: skip


def _with(function: Callable[..., Any], options: tuple[Callable[..., Any], ...]) -> Callable[..., Any]:
    for option in reversed(options):
        function = option(function)
    return function
