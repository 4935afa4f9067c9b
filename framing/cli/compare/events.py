"""``framing compare events``: groups against each other inside the same events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from framing.cli.compare.layout import P_AND_Q, Field, count, limits, printed, text
from framing.cli.compare.options import FOLDER, choice_options, give, output_options, side_options

if TYPE_CHECKING:
    import pandas as pd

    from framing.analysis.units import Choice


@click.command("events")
@FOLDER
@choice_options
@side_options
@click.option("--event", default=None, help="Show one event, group by group, instead.")
@click.option("--min-events", default=5, show_default=True, help="Pairs that share fewer are not tested.")
@click.option("--permutations", default=999, show_default=True)
@click.option("--seed", default=0, show_default=True)
@output_options
def command(
    folder: Path,
    choice: Choice,
    target: str | None,
    reference: str | None,
    event: str | None,
    min_events: int,
    permutations: int,
    seed: int,
    form: str,
    output: Path | None,
) -> None:
    """Compare the groups in FOLDER inside the same events.

    Events come from the column event of the corpus, or from framing events FOLDER.
    """
    from framing.analysis.events.event_table import event_table
    from framing.analysis.events.events import compare_within
    from framing.pipeline import Result

    result = Result.load(folder)
    if not choice.get("within"):
        choice.pop("within", None)
    if event is not None:
        table = event_table(result.documents, result.counts, event=event, **choice)
        give(table, result, form=form, output=output, show=_show_event)
        return
    table = compare_within(
        result.documents, result.counts, target=target, reference=reference, min_events=min_events,
        permutations=permutations, seed=seed, **choice,
    )  # fmt: skip
    give(table, result, form=form, output=output, show=_show)


_FIELDS = (
    text("group"), text("versus"), text("feature"), count("events", "n_events"),
    count("mentions", "n_mentions"), Field("rate", "rate"), Field("rate there", "rate_versus"),
    Field("difference", "difference"), limits("95 % interval", "difference_low", "difference_high"),
    Field("ratio", "ratio"), *P_AND_Q, text("note"),
)  # fmt: skip
_EVENT = (
    text("group"), text("feature"), count("articles", "n_articles"), count("words", "n_words"),
    count("mentions", "n_mentions"), Field("rate", "rate"), text("entries"), text("only here", "only_here"),
)  # fmt: skip


def _show(table: pd.DataFrame) -> None:
    ordered = table.sort_values(["feature", "difference"], ascending=[True, False], kind="stable")
    printed(ordered, _FIELDS, title="Mentions per 1,000 words inside shared events")
    click.echo(
        f"The event is the unit of the interval; labels are permuted inside events. q is over "
        f"{table.attrs['method']['family_size']} tests. A difference in wording is no verdict on an outlet."
    )


def _show_event(table: pd.DataFrame) -> None:
    known = [field for field in _EVENT if field.column in table.columns]
    printed(table[table["n_mentions"] > 0], known, title="One event, side by side")
