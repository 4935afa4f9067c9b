"""``framing compare trend``, ``before-after``, ``changes`` and ``decompose``: rates over time."""

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

_TIMELINE = click.option(
    "--timeline", type=click.Path(path_type=Path, exists=True, dir_okay=False), default=None,
    help="CSV of your own events with the columns date and label.",
)  # fmt: skip


@click.command("trend")
@FOLDER
@choice_options
@click.option(
    "--unit",
    type=click.Choice(["day", "week", "month", "quarter", "year"]),
    default="month",
    show_default=True,
)
@click.option("--min-articles", default=5, show_default=True, help="Periods with fewer are marked as thin.")
@_TIMELINE
@output_options
def trend_command(
    folder: Path,
    choice: Choice,
    unit: str,
    min_articles: int,
    timeline: Path | None,
    form: str,
    output: Path | None,
) -> None:
    """Rates over time, with gaps where there is no coverage."""
    from framing.analysis.trends.timeline import read_timeline
    from framing.analysis.trends.trends import trend
    from framing.pipeline import Result

    result = Result.load(folder)
    table = trend(
        result.documents, result.counts, unit=unit, min_articles=min_articles,
        timeline=None if timeline is None else read_timeline(timeline), **choice,
    )  # fmt: skip
    give(table, result, form=form, output=output, show=_show_trend)


@click.command("before-after")
@FOLDER
@choice_options
@click.option("--date", default=None, help="A day, YYYY-MM-DD: articles before it against those from it on.")
@_TIMELINE
@click.option("--window", type=int, default=None, help="Only so many days on either side.")
@click.option("--against", default=None, help="rest or a group: does the change differ from theirs?")
@permutation_options
@output_options
def before_after_command(
    folder: Path,
    choice: Choice,
    date: str | None,
    timeline: Path | None,
    window: int | None,
    against: str | None,
    min_articles: int,
    permutations: int,
    seed: int,
    form: str,
    output: Path | None,
) -> None:
    """Compare the articles before and after a day, group by group."""
    from framing.analysis.trends.before_after import before_after
    from framing.analysis.trends.timeline import read_timeline
    from framing.pipeline import Result

    if (date is None) == (timeline is None):
        raise click.UsageError("give either --date or --timeline")
    result = Result.load(folder)
    table = before_after(
        result.documents, result.counts, date=read_timeline(timeline) if timeline else str(date),
        window_days=window, against=against, min_articles=min_articles, permutations=permutations,
        seed=seed, **choice,
    )  # fmt: skip
    give(table, result, form=form, output=output, show=_show_before_after)


@click.command("changes")
@FOLDER
@choice_options
@permutation_options
@output_options
def changes_command(
    folder: Path,
    choice: Choice,
    min_articles: int,
    permutations: int,
    seed: int,
    form: str,
    output: Path | None,
) -> None:
    """Find days at which a rate changed, with the search paid for in p."""
    from framing.analysis.trends.change_points import change_points
    from framing.pipeline import Result

    result = Result.load(folder)
    table = change_points(
        result.documents, result.counts, min_articles=min_articles, permutations=permutations, seed=seed,
        **choice,
    )  # fmt: skip
    give(table, result, form=form, output=output, show=_show_changes)


@click.command("decompose")
@FOLDER
@choice_options
@side_options
@click.option("--date", default=None, help="Split each group at this day, instead of comparing two groups.")
@output_options
def decompose_command(
    folder: Path,
    choice: Choice,
    target: str | None,
    reference: str | None,
    date: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Split a difference into coverage (other topics) and wording (other words on the same topics).

    Needs --within: the column of topics, events or sections.
    """
    from framing.analysis.trends.decomposition import decompose
    from framing.pipeline import Result

    result = Result.load(folder)
    table = decompose(
        result.documents, result.counts, target=target, reference=reference, date=date, **choice
    )
    give(table, result, form=form, output=output, show=_show_decomposed)


_TREND = (
    text("group"), text("feature"), text("period"), count("articles", "n_articles"),
    count("mentions", "n_mentions"), Field("rate", "rate"), limits("95 % interval", "low", "high"),
    text("note"),
)  # fmt: skip
_BEFORE_AFTER = (
    text("date"), text("event"), text("group"), text("feature"), count("articles", "n_articles_before"),
    count("and after", "n_articles_after"), Field("rate before", "rate_before"),
    Field("rate after", "rate_after"), Field("ratio", "ratio"), limits("95 % interval", "low", "high"),
    *P_AND_Q, Field("relative to others", "relative"),
    limits("its interval", "relative_low", "relative_high"), Field("q of it", "q_relative", "p"),
    text("note"),
)  # fmt: skip
_CHANGES = (
    text("group"), text("feature"), text("date"), text("earliest"), text("latest"),
    Field("rate before", "rate_before"), Field("rate after", "rate_after"), Field("ratio", "ratio"),
    *P_AND_Q, text("note"),
)  # fmt: skip
_DECOMPOSED = (
    text("group"), text("versus"), text("feature"), text("stratum"), Field("rate", "rate"),
    Field("rate there", "rate_versus"), Field("difference", "difference"), Field("coverage", "coverage"),
    limits("interval of it", "coverage_low", "coverage_high"), Field("wording", "wording"),
    limits("interval of wording", "wording_low", "wording_high"), text("note"),
)  # fmt: skip


def _show_trend(table: pd.DataFrame) -> None:
    extra = (text("event"),) if "event" in table.columns else ()
    printed(table, (*_TREND, *extra), title="Mentions per 1,000 words over time")
    click.echo(f"{table.attrs['method']['undated']:,} articles without a date take no part.")


def _show_before_after(table: pd.DataFrame) -> None:
    printed(table, [f for f in _BEFORE_AFTER if f.column in table.columns], title="Before and after")
    click.echo(
        f"The article is the unit. q is over {table.attrs['method']['family_size']} tests. What else changed "
        "on that day changed too: this does not say why."
    )


def _show_changes(table: pd.DataFrame) -> None:
    found = table[table["date"] != ""]
    printed(found if len(found) else table, _CHANGES, title="Days at which a rate changed")
    click.echo(
        f"{len(found):,} of {len(table):,} series have a change; p pays for having searched all days. "
        "Runs of articles on one story look like a change."
    )


def _show_decomposed(table: pd.DataFrame) -> None:
    whole = table[table["stratum"] == "all"]
    printed(whole if len(whole) else table, _DECOMPOSED, title="Coverage and wording, per 1,000 words")
    click.echo("Coverage and wording add up to the difference. All strata: --format csv.")
