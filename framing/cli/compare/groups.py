"""``framing compare any`` and ``framing compare ranking``: all groups at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from framing.cli.compare.layout import P_AND_Q, Field, count, limits, printed, text
from framing.cli.compare.options import FOLDER, choice_options, give, output_options, permutation_options

if TYPE_CHECKING:
    import pandas as pd

    from framing.analysis.units import Choice


@click.command("any")
@FOLDER
@choice_options
@permutation_options
@output_options
def any_command(
    folder: Path,
    choice: Choice,
    min_articles: int,
    permutations: int,
    seed: int,
    form: str,
    output: Path | None,
) -> None:
    """Test for each frame whether the groups in FOLDER differ at all: one question, however many groups."""
    from framing.analysis.omnibus import omnibus
    from framing.pipeline import Result

    result = Result.load(folder)
    table = omnibus(
        result.documents, result.counts, min_articles=min_articles, permutations=permutations, seed=seed,
        **choice,
    )  # fmt: skip
    give(table, result, form=form, output=output, show=_show_any)


@click.command("ranking")
@FOLDER
@choice_options
@output_options
def ranking_command(folder: Path, choice: Choice, form: str, output: Path | None) -> None:
    """Rank the groups in FOLDER by rate, with the places that limits for all groups at once leave open."""
    from framing.analysis.ranking import ranking
    from framing.pipeline import Result

    result = Result.load(folder)
    give(
        ranking(result.documents, result.counts, **choice),
        result,
        form=form,
        output=output,
        show=_show_ranking,
    )


_ANY = (
    text("feature"), count("groups", "n_groups"), count("articles", "n_articles"),
    count("mentions", "n_mentions"), text("highest"), Field("rate", "highest_rate"), text("lowest"),
    Field("its rate", "lowest_rate"), *P_AND_Q, text("note"),
)  # fmt: skip
_RANKING = (
    text("feature"), text("place"), text("group"), count("articles", "n_articles"), Field("rate", "rate"),
    limits("95 % interval", "low", "high"), limits("for all at once", "low_joint", "high_joint"),
    Field("shrunken rate", "shrunk"), text("note"),
)  # fmt: skip


def _show_any(table: pd.DataFrame) -> None:
    printed(table, _ANY, title="Do the groups differ at all?")
    method = table.attrs["method"]
    left_out = method["groups_left_out"]
    few = (
        f" Left out, fewer than {method['min_articles']} articles: {', '.join(left_out)}." if left_out else ""
    )
    click.echo(f"The article is the unit. q is over {method['family_size']} tests.{few}")


def _show_ranking(table: pd.DataFrame) -> None:
    places = zip(table["rank"].astype(object), table["rank_low"], table["rank_high"], strict=True)
    placed = ["-" if r != r or r is None else f"{r} ({a} to {b})" for r, a, b in places]
    printed(table.assign(place=placed), _RANKING, title="Groups by rate per 1,000 words")
    click.echo("In brackets: the places that the limits for all groups at once leave open.")
