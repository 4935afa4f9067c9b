"""``framing compare``: every statistic on a folder of scored articles, one command each."""

from __future__ import annotations

import click

from framing.cli.lazy import Lazy, LazyGroup

_CHECKS = "framing.cli.compare.checks"
_TIME = "framing.cli.compare.time"

_COMMANDS = {
    "adjusted": Lazy(_CHECKS, "Rate ratios adjusted for date, length, topic ...", "adjusted_command"),
    "before-after": Lazy(_TIME, "Articles before and after a day, group by group.", "before_after_command"),
    "changes": Lazy(_TIME, "Days at which a rate changed.", "changes_command"),
    "corrected": Lazy(
        _CHECKS, "Rates corrected for errors of lexicon, voice and classifier.", "corrected_command"
    ),
    "decompose": Lazy(_TIME, "A difference split into coverage and wording.", "decompose_command"),
    "events": Lazy("framing.cli.compare.events", "Groups against each other inside the same events."),
    "halves": Lazy(_CHECKS, "A/A check: what is found where nothing differs.", "halves_command"),
    "keyness": Lazy(
        "framing.cli.compare.keyness", "Which words or entries separate a group from the others."
    ),
    "naming": Lazy("framing.cli.compare.naming", "Names as shares of all references to one referent."),
    "robustness": Lazy(
        _CHECKS, "Does a difference hold without this entry, that article ...?", "robustness_command"
    ),
    "any": Lazy(
        "framing.cli.compare.groups", "Do the groups differ at all? One test a frame.", "any_command"
    ),
    "rates": Lazy(
        "framing.cli.compare.rates", "Rates and tests of each group against the rest (the default)."
    ),
    "ranking": Lazy(
        "framing.cli.compare.groups",
        "Groups by rate, and between which places each may stand.",
        "ranking_command",
    ),
    "trend": Lazy(_TIME, "Rates over time, with gaps where coverage is thin.", "trend_command"),
}

DEFAULT = "rates"


class _WithDefault(LazyGroup):
    """``framing compare FOLDER`` means ``framing compare rates FOLDER``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.list_commands(ctx) and args[0] not in ctx.help_option_names:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


@click.group("compare", cls=_WithDefault, commands_by_name=_COMMANDS)
def command() -> None:
    """Compare the groups in a folder that framing score wrote.

    framing compare FOLDER is short for framing compare rates FOLDER. Every command prints a table
    for reading; --format csv or json prints all columns, -o FILE writes them (.csv, .json, .parquet).
    """
