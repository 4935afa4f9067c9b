"""``framing label``: code mentions by hand, see whether the coders agree, join what they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pandas as pd

    from framing.workbench.coding.read import Coded

_SHOWN = 10
"""Half-coded rows that are named."""

_FILES = click.argument("files", nargs=-1, required=True, metavar="FILE...")


@click.group("label")
def command() -> None:
    """Code mentions by hand: make a sheet, see whether coders agree, join their labels.

    Each coder fills in a copy of the same sheet. A FILE is such a copy, .csv or .xlsx; its coder is called
    as the file is, or otherwise with NAME=FILE.
    """


@command.command("sheet")
@click.argument("folder", metavar="RESULT_FOLDER", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path),
              help="Sheet to write: .xlsx (with drop-down lists and the rules) or .csv.")  # fmt: skip
@click.option("--n", "size", default=300, show_default=True, type=click.IntRange(min=1),
              help="How many mentions to draw.")  # fmt: skip
@click.option("--seed", default=1, show_default=True, help="Another number draws other mentions.")
@click.option("--entries", multiple=True, metavar="ID",
              help="Draw from this entry only, * as wildcard; may be given more than once.")  # fmt: skip
def sheet_command(folder: Path, output: Path, size: int, seed: int, entries: tuple[str, ...]) -> None:
    """Draw mentions from RESULT_FOLDER (written by framing score) into an empty coding sheet.

    The sheet holds passages of the articles: mind who may see them. It does not name the outlets, so that
    nobody codes by outlet. Entries, outlets and voices are all drawn, rare ones too, in random order.
    """
    from framing.pipeline.result import Result
    from framing.workbench.coding.sheet import draw, write_sheet

    drawn = draw(Result.load(folder), n=size, seed=seed, entries=entries)
    write_sheet(drawn, output)
    fewer = f" (there are no more than these, {size:,} were asked for)" if len(drawn) < size else ""
    click.echo(
        f"{len(drawn):,} mentions of {drawn['entry_id'].nunique():,} entries in "
        f"{drawn['doc_id'].nunique():,} articles -> {output}{fewer}"
    )
    click.echo("Give each coder a copy. They fill in voice, loaded (yes or no) and, if loaded, category.")


@command.command("agree")
@_FILES
@click.option("-o", "--output", default=None, type=click.Path(path_type=Path),
              help="Write what coders differ on to this .xlsx or .csv file, to be decided.")  # fmt: skip
def agree_command(files: tuple[str, ...], output: Path | None) -> None:
    """Show how far two or more coders agree: share of equal labels and Krippendorff's alpha.

    Alpha is 1 for full agreement and 0 for chance. With -o, what they differ on becomes a sheet in which
    somebody fills in voice, loaded and category once more; framing label join --adjudicated reads it.
    """
    from framing.workbench.coding.agree import by_entry, by_label, disagreements
    from framing.workbench.coding.sheet import write_sheet

    if len(files) < 2:
        raise click.UsageError("agreement needs the files of two or more coders: framing label agree A B")
    coded = _read(files)
    _show(by_label(coded.labels), "Agreement on mentions that two or more coded")
    entries = by_entry(coded.labels)
    _show(entries, "Agreement on loaded, by entry (5 or more such mentions)")
    if entries.empty:
        click.echo("No entry has 5 or more such mentions: agreement is not shown by entry.")
    open_rows = disagreements(coded.labels, coded.passages)
    click.echo(
        f"Coders differ on {len(open_rows):,} mention{'s' * (len(open_rows) != 1)}.",
        nl=output is None or open_rows.empty,
    )
    if output is not None and not open_rows.empty:
        write_sheet(open_rows, output)
        click.echo(f" -> {output}")


@command.command("join")
@_FILES
@click.option("--adjudicated", default=None, type=click.Path(path_type=Path),
              help="The sheet of framing label agree -o, filled in; it counts first.")  # fmt: skip
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="labels.csv to write.")
def join_command(files: tuple[str, ...], adjudicated: Path | None, output: Path) -> None:
    """Make one table of labels, one row a mention: adjudicated, or what all or most coders say.

    Writes where each mention stands and its labels, and no text: the file may be passed on, and works with
    the same articles only.
    """
    from framing.errors import InputError
    from framing.workbench.coding.agree import decide, write_labels
    from framing.workbench.coding.read import coder_files, read_labels

    sources = [path for _, path in coder_files(files)] + ([adjudicated] if adjudicated else [])
    if output.resolve() in {path.resolve() for path in sources}:
        raise InputError("a coding sheet would be overwritten", where=str(output),
                         fix="name another file with -o")  # fmt: skip
    coded = _read(files)
    extra = read_labels([("adjudicated", adjudicated)]) if adjudicated else None
    if extra is not None:
        _summarise(extra)
    decided = decide(coded.labels, extra.labels if extra is not None else None)
    write_labels(decided.table, output)
    n = decided.counts
    click.echo(
        f"{len(decided.table):,} mentions -> {output}: {n['adjudication']:,} adjudicated, "
        f"{n['all']:,} on which all coders agree, {n['majority']:,} by majority, {n['one']:,} of one coder"
    )
    if n["left_out"]:
        click.echo(f"{n['left_out']:,} left out: coders differ and nobody decided (framing label agree -o)")


def _read(files: tuple[str, ...]) -> Coded:
    from framing.workbench.coding.read import coder_files, read_labels

    coded = read_labels(coder_files(files))
    _summarise(coded)
    return coded


def _summarise(coded: Coded) -> None:
    """Say how much each coder has coded, and which rows are only begun."""
    for row in coded.coders.itertuples(index=False):
        click.echo(
            f"{row.coder}: {row.coded:,} of {row.rows:,} mentions coded, {row.not_coded:,} empty, "
            f"{row.half_coded:,} half coded and left out"
        )
    for place in coded.half[:_SHOWN]:
        click.echo(f"  {place}")
    if len(coded.half) > _SHOWN:
        click.echo(f"  and {len(coded.half) - _SHOWN:,} more")


def _show(table: pd.DataFrame, title: str) -> None:
    from framing.cli.show import number, print_table

    if not table.empty:
        shown = table.assign(
            equal=[f"{share:.0%}" if share == share else "-" for share in table["equal"]],
            alpha=[number(value) for value in table["alpha"]],
        )
        print_table(shown, title=title, right=("n", "equal", "alpha"))
