"""``framing lexicon diff``: two versions of a lexicon, and what the change does on a corpus."""

from __future__ import annotations

from pathlib import Path

import click

from framing.cli.lexicon.output import OUTPUT, write_table


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--corpus", type=click.Path(path_type=Path), default=None, help="Count what changes in it.")
@OUTPUT
def diff_command(old: str, new: str, corpus: Path | None, output: Path | None) -> None:
    """Show what changed from OLD to NEW (names or folders); with --corpus, which mentions that moves.

    --output writes the changes, or with --corpus their effect.
    """
    from framing.cli.show import print_table
    from framing.corpus.read import read_corpus
    from framing.lexicon import load_lexicon
    from framing.workbench.diff import changed_entries, effect_on

    before, after = load_lexicon(old), load_lexicon(new)
    changes = changed_entries(before, after)
    click.echo(
        f"{before.lexicon_id} {before.version} ({len(before)} entries) -> "
        f"{after.lexicon_id} {after.version} ({len(after)} entries): "
        f"{len(changes)} change{'' if len(changes) == 1 else 's'}"
    )
    if len(changes) and before.version == after.version:
        click.echo(
            f"note: the entries changed and the version did not ({after.version}); raise it in the card"
        )
    if corpus is None:
        if output is not None:
            write_table(changes, output, (before, after))
        elif len(changes):
            print_table(changes)
        return
    table = read_corpus(corpus)
    effect = effect_on((table["title"] + "\n\n" + table["text"]).tolist(), before, after)
    if output is not None:
        write_table(effect, output, (before, after))
        return
    if len(changes):
        print_table(changes)
    if len(effect):
        print_table(effect, title=f"Mentions in {corpus}", right=("before", "after", "difference"))
    click.echo(
        f"{len(effect)} entries change their mentions: {int(effect['before'].sum()):,} before, "
        f"{int(effect['after'].sum()):,} after"
    )
