"""``framing lexicon``: check lexicons and list them."""

from __future__ import annotations

from collections import Counter

import click


@click.group("lexicon")
def command() -> None:
    """Check and list lexicons."""


@command.command("check")
@click.argument("lexicons", nargs=-1, metavar="[NAME|FOLDER]...")
def check(lexicons: tuple[str, ...]) -> None:
    """Check lexicons (all shipped ones if none is named); exit code 1 if there are problems."""
    from framing.errors import LexiconError
    from framing.lexicon import available, load_lexicon
    from framing.lexicon.check import find_problems

    count = 0
    for name in lexicons or available():
        try:
            lexicon = load_lexicon(name)
        except LexiconError as error:
            if not error.problems:
                raise
            problems = list(error.problems)
            click.echo(f"{name}: not loaded")
        else:
            problems = list(find_problems(lexicon))
            click.echo(f"{lexicon.lexicon_id} {lexicon.version}: {len(lexicon)} entries, {lexicon.licence}")
        for problem in problems:
            click.echo(str(problem))
        count += len(problems)
    click.echo(f"{count} problem{'' if count == 1 else 's'}")
    if count:
        raise click.exceptions.Exit(1)


@command.command("list")
def list_() -> None:
    """List the shipped lexicons with their entries by category."""
    from framing.lexicon import available, load_lexicon

    for name in available():
        lexicon = load_lexicon(name)
        click.echo(f"{lexicon.lexicon_id} {lexicon.version}, {lexicon.title} ({lexicon.licence})")
        for category, n in sorted(Counter(e.category for e in lexicon.entries).items()):
            click.echo(f"  {n:4}  {category}: {lexicon.categories[category]}")
