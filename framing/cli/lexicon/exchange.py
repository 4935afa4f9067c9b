"""``framing lexicon import`` and ``export``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from framing.lexicon.exchange import Unfit

FORMAT = click.option(
    "--format", "form", type=click.Choice(["dic", "dicx", "yaml", "csv", "xlsx"]), default=None,
    help="Format of the file; told from its name if left out.",
)  # fmt: skip


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="New folder.")
@click.option("--id", "lexicon_id", default="", help="Name of the lexicon; from the file if left out.")
@click.option("--licence", default="", help="Under which terms the dictionary may be used.")
@FORMAT
def import_command(file: Path, output: Path, lexicon_id: str, licence: str, form: str | None) -> None:
    """Make a lexicon folder of FILE: LIWC .dic or .dicx, quanteda .yml, .csv or .xlsx.

    What the folder cannot hold is listed; exit code 1 if anything is.
    """
    from framing.lexicon.exchange import as_lexicon, lexicon_from_table, read_dictionary, read_table
    from framing.lexicon.exchange.convert import slug
    from framing.lexicon.exchange.files import format_of

    if format_of(file, form) in ("csv", "xlsx"):
        sheets = read_table(file, file_format=form)
        named = lexicon_id or ("" if "card" in sheets else slug(file.stem))
        lexicon, unfit = lexicon_from_table(sheets, output, name=file.name, lexicon_id=named)
    else:
        dictionary, unfit = read_dictionary(file, file_format=form)
        made, more = as_lexicon(dictionary, output, lexicon_id=lexicon_id, licence=licence)
        unfit = [*unfit, *more]
        if made is None:
            _finish(unfit)
            raise click.ClickException("no term of the file can be matched; no folder was written")
        lexicon = made
    click.echo(f"{lexicon.lexicon_id}: {len(lexicon)} entries -> {output}")
    _finish(unfit)
    if unfit:
        raise click.exceptions.Exit(1)


@click.command("export")
@click.argument("lexicon")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File to write.")
@FORMAT
def export_command(lexicon: str, output: Path, form: str | None) -> None:
    """Write LEXICON (a name or folder) as LIWC .dic or .dicx, quanteda .yml, .csv or .xlsx.

    Only XLSX holds everything. What the format cannot hold is listed; that is no error.
    """
    from framing.errors import LexiconError
    from framing.lexicon import load_lexicon
    from framing.lexicon.examples import load_examples
    from framing.lexicon.exchange import as_dictionary, write_dictionary, write_table
    from framing.lexicon.exchange.files import format_of

    loaded = load_lexicon(lexicon)
    try:
        if format_of(output, form) in ("csv", "xlsx"):
            unfit = write_table(loaded, output, examples=load_examples(lexicon, loaded), file_format=form)
        else:
            dictionary, unfit = as_dictionary(loaded)
            unfit = [*unfit, *write_dictionary(dictionary, output, file_format=form)]
    except OSError as error:
        raise LexiconError(
            "the file cannot be written", where=str(output), got=error.strerror or ""
        ) from error
    click.echo(f"{loaded.lexicon_id} {loaded.version}: {len(loaded)} entries -> {output}")
    _finish(unfit)


def _finish(unfit: Sequence[Unfit]) -> None:
    for item in unfit:
        click.echo(f"  not carried over: {item}")
    if unfit:
        click.echo(f"{len(unfit)} not carried over")
