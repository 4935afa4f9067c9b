"""Tables of the lexicon commands: on the terminal, or in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from framing.spreadsheet import escaped

if TYPE_CHECKING:
    import pandas as pd

    from framing.lexicon import Lexicon

OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=None,
    help="Write the table to this .csv, .json or .parquet file instead.",
)  # fmt: skip


def write_table(table: pd.DataFrame, path: Path, lexicons: Sequence[Lexicon]) -> None:
    """Write a table by the ending of the file; text cells that a spreadsheet would run are escaped.

    A last column says which lexicons, in which version, made it.
    """
    from framing.errors import InputError
    from framing.provenance import stamp

    table = table.assign(lexicons=stamp(x.facts() for x in lexicons))

    if path.suffix not in (".csv", ".json", ".parquet"):
        raise InputError("the output has an unknown ending", got=str(path), allowed=".csv, .json, .parquet")
    try:
        if path.suffix == ".parquet":
            table.to_parquet(path, index=False)
        elif path.suffix == ".json":
            table.to_json(path, orient="records", indent=2, force_ascii=False)
        else:
            table.map(escaped).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    except OSError as error:
        raise InputError("the output cannot be written", where=str(path), got=error.strerror or "") from error
    click.echo(f"{len(table):,} rows -> {path}")
