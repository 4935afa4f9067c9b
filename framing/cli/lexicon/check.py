"""``framing lexicon check``, ``test`` and ``list``: what can be said of a lexicon by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from framing.lexicon import Lexicon

LEXICONS = click.argument("lexicons", nargs=-1, metavar="[NAME|FOLDER]...")


@click.command("check")
@LEXICONS
@click.option(
    "--corpus", type=click.Path(path_type=Path), default=None,
    help="Also name the entries that find nothing in this corpus, or stand in most of its articles.",
)  # fmt: skip
def check_command(lexicons: tuple[str, ...], corpus: Path | None) -> None:
    """Check lexicons (all shipped ones if none is named); exit code 1 if there are problems.

    Several lexicons are also checked against each other: the same words in two of them count only in
    the first. What a corpus shows are notes, not problems: a rare term is no mistake.
    """
    from framing.errors import FramingError, LexiconError
    from framing.lexicon import available, load_lexicon
    from framing.lexicon.check import find_problems, find_shared_forms

    count = 0
    sound: list[Lexicon] = []
    for name in lexicons or available():
        problems: list[FramingError]
        try:
            lexicon = load_lexicon(name)
        except LexiconError as error:
            if not error.problems:
                raise
            problems = list(error.problems)
            click.echo(f"{name}: not loaded")
        else:
            problems = list(find_problems(lexicon))
            sound.append(lexicon)
            click.echo(f"{lexicon.lexicon_id} {lexicon.version}: {len(lexicon)} entries, {lexicon.licence}")
        count += _show(problems)
    count += _show(list(find_shared_forms([x for x in sound if x.kind == "framing"])))
    if corpus is not None:
        _corpus_notes(sound, corpus)
    _finish(count, "problem")


def _corpus_notes(lexicons: list[Lexicon], corpus: Path) -> None:
    from framing.cli.lexicon.corpus import scored
    from framing.workbench.corpus_check import corpus_notes
    from framing.workbench.stats import entry_stats

    for kind in ("framing", "referents"):
        chosen = [x for x in lexicons if x.kind == kind]
        if chosen:
            result = scored(corpus, chosen)
            n_articles = int((result.documents["n_words"] > 0).sum())
            click.echo(f"in {corpus}, {n_articles:,} articles:")
            for note in corpus_notes(entry_stats(result, chosen), n_articles):
                click.echo(f"  {note}")


@click.command("test")
@LEXICONS
def test_command(lexicons: tuple[str, ...]) -> None:
    """Run the example sentences of lexicons (all shipped ones if none is named).

    Each entry needs a sentence in which it counts, each ambiguous one also a sentence in which it
    must not (examples.csv); exit code 1 if one is missing or does not hold.
    """
    from framing.lexicon import available, load_lexicon
    from framing.lexicon.examples import load_examples
    from framing.workbench.examples import failing_examples

    count = 0
    for name in lexicons or available():
        lexicon = load_lexicon(name)
        examples = load_examples(name, lexicon)
        kinds = Counter(example.kind for example in examples)
        click.echo(
            f"{lexicon.lexicon_id} {lexicon.version}: {len(lexicon)} entries, "
            f"{kinds['positive']} positive and {kinds['negative']} negative examples"
        )
        count += _show(list(failing_examples(lexicon, examples)))
    _finish(count, "problem")


@click.command("list")
def list_command() -> None:
    """List the shipped lexicons with their entries by category."""
    from framing.lexicon import available, load_lexicon

    total = 0
    for name in available():
        lexicon = load_lexicon(name)
        total += len(lexicon)
        click.echo(f"{lexicon.lexicon_id} {lexicon.version}, {lexicon.title} ({lexicon.licence})")
        for category, n in sorted(Counter(e.category for e in lexicon.entries).items()):
            click.echo(f"  {n:4}  {category}: {lexicon.categories[category]}")
    click.echo(f"{total:,} entries in all")


def _show(problems: Iterable[Exception]) -> int:
    shown = [str(problem) for problem in problems]
    for text in shown:
        click.echo(text)
    return len(shown)


def _finish(count: int, noun: str) -> None:
    click.echo(f"{count} {noun}{'' if count == 1 else 's'}")
    if count:
        raise click.exceptions.Exit(1)
