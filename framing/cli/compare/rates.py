"""``framing compare rates``: outlets (or any column) in a folder of scored articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from framing.cli.compare.layout import P_AND_Q, Field, count, limits, printed, text
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


@click.command("rates")
@FOLDER
@choice_options
@side_options
@click.option("--every-pair", is_flag=True, help="Compare every two groups instead.")
@permutation_options
@output_options
def command(
    folder: Path,
    choice: Choice,
    target: str | None,
    reference: str | None,
    every_pair: bool,
    min_articles: int,
    permutations: int,
    seed: int,
    form: str,
    output: Path | None,
) -> None:
    """Compare the groups in FOLDER (written by framing score).

    Rates are mentions per 1,000 words with article-clustered 95 % intervals; p comes from a studentised
    permutation of articles against all other groups, inside strata with --within; q is
    Benjamini-Hochberg over the printed tests.
    """
    from framing.analysis.comparison import compare
    from framing.pipeline import Result

    result = Result.load(folder)
    table = compare(
        result.documents,
        result.counts,
        target=target,
        reference=reference,
        every_pair=every_pair,
        min_articles=min_articles,
        permutations=permutations,
        seed=seed,
        **choice,
    )
    give(table, result, form=form, output=output, show=print_comparison)


_FIELDS = (
    text("group"), text("feature"), count("articles", "n_articles"), count("mentions", "n_mentions"),
    Field("rate", "rate"), limits("95 % interval", "low", "high"), text("versus"),
    Field("rate there", "rate_versus"), Field("ratio", "ratio"),
    limits("interval of ratio", "ratio_low", "ratio_high"), *P_AND_Q, text("note"),
)  # fmt: skip


def print_comparison(table: pd.DataFrame) -> None:
    """Print a comparison for reading, groups by rate inside each feature."""
    method = table.attrs["method"]
    chosen = method["filter"]
    what = "Loaded mentions" if chosen["measure"] == "loaded" else "Mentions"
    ordered = table.sort_values(["feature", "rate"], ascending=[True, False], kind="stable")
    printed(ordered, _FIELDS, title=f"{what} per 1,000 words, voice: {chosen['voice']}")
    inside = f" inside {', '.join(chosen['within'])}" if chosen["within"] else ""
    click.echo(
        f"The article is the unit. q is over {method['family_size']} tests, "
        f"{method['permutations']} permutations each{inside}. "
        "A difference in wording is no verdict on an outlet."
    )
