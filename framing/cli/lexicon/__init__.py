"""``framing lexicon``: check, test, measure, audit, compare and exchange lexicons."""

from __future__ import annotations

import click

from framing.cli.lazy import Lazy, LazyGroup

_HOME = "framing.cli.lexicon"
_HELP = {
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
_COMMANDS = {
    name: Lazy(f"{_HOME}.{module}", text, f"{name}_command") for name, (module, text) in _HELP.items()
}


@click.group("lexicon", cls=LazyGroup, commands_by_name=_COMMANDS)
def command() -> None:
    """Check, test, measure, audit, compare and exchange lexicons.

    A lexicon is named by the name of a shipped one or by the path of a folder.
    """
