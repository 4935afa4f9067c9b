"""The command line: parse, call, show. Commands are loaded only when they are used."""

from __future__ import annotations

import sys

import click

from framing.cli.lazy import Lazy, LazyGroup
from framing.errors import FramingError

_COMMANDS = {
    "compare": Lazy(
        "framing.cli.compare", "Compare outlets in a folder of scored articles: rate, interval, p, q."
    ),
    "dashboard": Lazy("framing.cli.dashboard", "Open the dashboard in the browser."),
    "demo": Lazy("framing.cli.demo", "Score the demo corpus, compare its outlets, say how to go on."),
    "evaluate": Lazy("framing.cli.evaluate", "Measure the engine on labelled and known corpora."),
    "events": Lazy("framing.cli.events", "Find articles on the same event in a folder of scored articles."),
    "explain": Lazy("framing.cli.explain", "Show each mention of one article and the rule that decided it."),
    "label": Lazy("framing.cli.label", "Code mentions by hand: make a sheet, see agreement, join labels."),
    "lexicon": Lazy("framing.cli.lexicon", "Check, test, measure, audit and exchange lexicons."),
    "score": Lazy("framing.cli.score", "Score a corpus: documents, mentions and counts as Parquet."),
    "train": Lazy(
        "framing.cli.train", "Build a shipped model anew, or adapt the classifier to your own labels."
    ),
}


@click.group(
    cls=LazyGroup, commands_by_name=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="framing-analyzer", message="framing-analyzer %(version)s")
def framing() -> None:
    """Show with evidence how news outlets frame the same world with different words.

    Exit codes: 0 done, 1 findings (a check or an evaluation failed), 2 wrong use or unreadable input.
    """


def main() -> None:
    """Run the command line; errors of this package are printed without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a sign must not stop a run
    try:
        code = framing(prog_name="framing", standalone_mode=False)  # the exit code where a command set one
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(2)
    except FramingError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)
