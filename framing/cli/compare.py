"""``framing compare``: outlets (or any column) in a folder of scored articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pandas as pd


@click.command("compare")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--by", default="outlet", show_default=True, help="Column of the documents table that makes the groups."
)
@click.option(
    "--voice",
    default="own",
    show_default=True,
    help="own, direct, indirect, scare, unknown, attributed or all.",
)
@click.option("--level", type=click.Choice(["category", "entry"]), default="category", show_default=True)
@click.option("--category", default=None, help="Only this category.")
@click.option(
    "--entry", "entries", multiple=True, help="Entry ids to count together, * as wildcard, e.g. 'takfir*'."
)
@click.option("--target", default=None, help="Only this group ...")
@click.option("--reference", default=None, help="... against this one (default: against all others).")
@click.option(
    "--min-articles", default=5, show_default=True, help="Groups with fewer articles are not tested."
)
@click.option("--permutations", default=999, show_default=True)
@click.option("--seed", default=0, show_default=True)
@click.option(
    "--duplicates",
    type=click.Choice(["same-outlet", "drop", "keep"]),
    default="same-outlet",
    show_default=True,
)
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
def command(
    folder: Path,
    by: str,
    voice: str,
    level: str,
    category: str | None,
    entries: tuple[str, ...],
    target: str | None,
    reference: str | None,
    min_articles: int,
    permutations: int,
    seed: int,
    duplicates: str,
    form: str,
) -> None:
    """Compare the groups in FOLDER (written by framing score).

    Rates are mentions per 1,000 words with article-clustered 95 % intervals; p comes from a studentised
    permutation of articles against all other groups; q is Benjamini-Hochberg over the printed tests.
    """
    from framing.analysis.comparison import compare
    from framing.pipeline import Result

    result = Result.load(folder)
    table = compare(
        result.documents,
        result.counts,
        by=by,
        target=target,
        reference=reference,
        min_articles=min_articles,
        permutations=permutations,
        seed=seed,
        voice=voice,
        level=level,
        category=category,
        entries=list(entries) or None,
        duplicates=duplicates,
    )
    if form != "table":
        table = table.assign(lexicons=result.lexicons)
    if form == "csv":
        click.echo(table.to_csv(index=False), nl=False)
    elif form == "json":
        click.echo(table.to_json(orient="records", indent=2, force_ascii=False))
    else:
        print_comparison(table, voice=voice)


def print_comparison(table: pd.DataFrame, *, voice: str) -> None:
    """Print a comparison for reading, groups by rate inside each feature."""
    import pandas as pd

    from framing.cli.show import number, print_table

    ordered = table.sort_values(["feature", "rate"], ascending=[True, False], kind="stable")
    shown = pd.DataFrame(
        {
            "group": ordered["group"],
            "feature": ordered["feature"],
            "articles": [f"{n:,}" for n in ordered["n_articles"]],
            "mentions": [f"{n:,}" for n in ordered["n_mentions"]],
            "rate": [number(v) for v in ordered["rate"]],
            "95 % interval": [
                f"{number(a)} to {number(b)}" for a, b in zip(ordered["low"], ordered["high"], strict=True)
            ],
            "rest": [number(v) for v in ordered["rate_versus"]],
            "p": [number(v, 3) for v in ordered["p"]],
            "q": [number(v, 3) for v in ordered["q"]],
            "note": ordered["note"],
        }
    )
    right = ("articles", "mentions", "rate", "95 % interval", "rest", "p", "q")
    print_table(shown, title=f"Mentions per 1,000 words, voice: {voice}", right=right)
    method = table.attrs["method"]
    click.echo(
        f"The article is the unit. q is over {method['family_size']} tests, "
        f"{method['permutations']} permutations each. A difference in wording is no verdict on an outlet."
    )
