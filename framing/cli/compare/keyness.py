"""``framing compare keyness``: which words or entries separate a group from the others."""

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

_SHOWN = 25


@click.command("keyness")
@FOLDER
@choice_options
@side_options
@click.option(
    "--words", is_flag=True, help="Words of the text instead of lexicon entries (framing score --words)."
)
@click.option(
    "--house-style", type=click.Choice(["list", "keep"]), default="list", show_default=True,
    help="List words of house style and boilerplate apart, or test them like all others.",
)  # fmt: skip
@permutation_options
@output_options
def command(
    folder: Path,
    choice: Choice,
    target: str | None,
    reference: str | None,
    words: bool,
    house_style: str,
    min_articles: int,
    permutations: int,
    seed: int,
    form: str,
    output: Path | None,
) -> None:
    """List what --target uses more, and less, than the others: log-odds rank, articles decide."""
    from framing.analysis.keyness.keyness import keyness
    from framing.errors import InputError
    from framing.pipeline import Result

    if target is None:
        raise click.UsageError("--target is needed: whose words are compared with the others'")
    result = Result.load(folder)
    if words and not len(result.words):
        raise InputError(
            "the words were not counted", where=str(folder), got="no words.parquet",
            fix="score with: framing score CORPUS -o FOLDER --words",
        )  # fmt: skip
    kept: Choice = {**choice, "level": "word" if words else "entry"}
    table = keyness(
        result.documents, result.words if words else result.counts, target=target, reference=reference,
        house_style=house_style, min_articles=min_articles, permutations=permutations, seed=seed, **kept,
    )  # fmt: skip
    give(table, result, form=form, output=output, show=_show)


_FIELDS = (
    text("feature"), count("here", "n_target"), count("in articles", "articles_target"),
    count("there", "n_reference"), count("in their articles", "articles_reference"),
    Field("log ratio", "log_ratio"), limits("95 % interval", "low", "high"), Field("z", "log_odds_z"),
    *P_AND_Q, text("note"),
)  # fmt: skip


def _show(table: pd.DataFrame) -> None:
    tested = table[table["filter"] == ""]
    for title, part in (
        ("More often here", tested[tested["log_odds_z"] > 0]),
        ("Less often here", tested[tested["log_odds_z"] < 0]),
    ):
        ordered = part.assign(size=part["log_odds_z"].abs(), sure=part["q"] < 0.05).sort_values(
            ["sure", "size"], ascending=False, kind="stable"
        )
        printed(ordered.head(_SHOWN), _FIELDS, title=title)
    listed = table.loc[table["filter"] != "", "feature"].tolist()
    method = table.attrs["method"]
    more = " ..." if listed[8:] else ""
    click.echo(
        f"Ranked by z (log-odds), decided by articles: q is over {method['family_size']} tests. Listed "
        f"apart as house style or boilerplate: {len(listed):,} ({', '.join(listed[:8])}{more})."
    )
