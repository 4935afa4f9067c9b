"""``framing compare naming``: which names a group uses for one and the same referent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from framing.cli.compare.layout import P_AND_Q, Field, count, printed, text
from framing.cli.compare.options import (
    FOLDER,
    choice_options,
    give,
    output_options,
    permutation_options,
    side_options,
)

if TYPE_CHECKING:
    import pandas as pd

    from framing.analysis.units import Choice


@click.command("naming")
@FOLDER
@click.option(
    "--referent", "referents", multiple=True, help="Only this referent; may be given more than once."
)
@click.option(
    "--names", type=click.Choice(["entry", "category", "loaded"]), default="entry", show_default=True,
    help="Single names, frames, or loaded against neutral.",
)  # fmt: skip
@click.option("--overall", is_flag=True, help="One test a referent and group: does its choice differ at all?")
@choice_options
@side_options
@permutation_options
@output_options
def command(
    folder: Path,
    referents: tuple[str, ...],
    names: str,
    overall: bool,
    choice: Choice,
    target: str | None,
    reference: str | None,
    min_articles: int,
    permutations: int,
    seed: int,
    form: str,
    output: Path | None,
) -> None:
    """Compare naming choice in FOLDER: each name as a share of all references to the same referent.

    Score with names first: framing score CORPUS -o FOLDER --lexicon referents-en.
    """
    from framing.analysis.naming.naming import naming
    from framing.analysis.naming.naming_overall import naming_test
    from framing.pipeline import Result

    result = Result.load(folder)
    # Shares have their own denominator: options that change it are not passed unless they were given.
    kept: Choice = {**choice}
    for name, default in (("level", "category"), ("category", None), ("entries", None)):
        if kept.get(name) == default:
            kept.pop(name, None)  # type: ignore[misc]
    function = naming_test if overall else naming
    table = function(
        result.documents, result.counts, referent=list(referents) or None, names=names, target=target,
        reference=reference, min_articles=min_articles, permutations=permutations, seed=seed, **kept,
    )  # fmt: skip
    give(table, result, form=form, output=output, show=_show_overall if overall else _show)


_FIELDS = (
    text("referent"), text("name"), text("group"), text("versus"), count("articles", "n_articles"),
    count("references", "n_references"), Field("share", "share", "share"),
    Field("from", "low", "share"), Field("to", "high", "share"), Field("there", "share_versus", "share"),
    *P_AND_Q, text("note"),
)  # fmt: skip
_OVERALL = (
    text("referent"), text("group"), text("versus"), count("articles", "n_articles"),
    count("references", "n_references"), Field("distance", "distance"),
    Field("by chance", "distance_by_chance"), text("more"), text("less"), *P_AND_Q, text("note"),
)  # fmt: skip


def _show(table: pd.DataFrame) -> None:
    used = table[table["n_name"] + table["n_name_versus"] > 0]
    ordered = used.sort_values(["referent", "name", "share"], ascending=[True, True, False], kind="stable")
    printed(ordered, _FIELDS, title="Names as shares of all references to the same referent")
    click.echo(
        f"The article is the unit. q is over {table.attrs['method']['family_size']} tests. "
        "A choice of names is no verdict on an outlet."
    )


def _show_overall(table: pd.DataFrame) -> None:
    printed(table, _OVERALL, title="Does the choice of names differ at all?")
    click.echo(
        f"Distance: the share of references that would have to get another name. q is over "
        f"{table.attrs['method']['family_size']} tests."
    )
