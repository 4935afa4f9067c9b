"""``framing lexicon``: check, test, measure, audit, compare and exchange lexicons."""

from __future__ import annotations

from importlib import import_module

import click

_COMMANDS = {
    "audit": ("audit", "How many entries name each side of a conflict, and which lack a counterpart."),
    "check": ("check", "Check lexicons; with --corpus also what they find in it."),
    "diff": ("diff", "What changed between two versions, and what that changes on a corpus."),
    "export": ("exchange", "Write a lexicon as LIWC .dic or .dicx, quanteda YAML, CSV or XLSX."),
    "import": ("exchange", "Make a lexicon folder of a LIWC, quanteda, CSV or XLSX file."),
    "list": ("check", "List the shipped lexicons with their entries by category."),
    "page": ("page", "Write a page with every entry of each lexicon."),
    "stats": ("corpus", "What each entry finds in a corpus: mentions, dispersion, own voice, examples."),
    "suggest": ("corpus", "Candidates for new entries from a corpus."),
    "test": ("check", "Run the example sentences of lexicons."),
}


class _Lazy(click.Group):
    """Commands by name, each imported only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"framing.cli.lexicon.{_COMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, f"{cmd_name}_command")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in sorted(_COMMANDS.items())])


@click.group("lexicon", cls=_Lazy)
def command() -> None:
    """Check, test, measure, audit, compare and exchange lexicons.

    A lexicon is named by the name of a shipped one or by the path of a folder.
    """
