"""``framing lexicon audit``: the same standard for every party, shown in numbers."""

from __future__ import annotations

from pathlib import Path

import click

from framing.cli.lexicon.output import OUTPUT, write_table
from framing.cli.options import ADD_LEXICON, LEXICON, chosen_lexicons


@click.command("audit")
@LEXICON
@ADD_LEXICON
@click.option(
    "--plan", type=click.Path(path_type=Path), default=None,
    help="Conflicts, blocs and thresholds; the shipped lexicons/audit.toml if left out.",
)  # fmt: skip
@click.option(
    "--scored", "folder", type=click.Path(path_type=Path), default=None,
    help="Folder of framing score: also show how much of each outlet's loaded words names each bloc.",
)  # fmt: skip
@click.option("--details", is_flag=True, help="Also list entries by frame, and those without a counterpart.")
@OUTPUT
def audit_command(
    lexicons: tuple[str, ...],
    added: tuple[str, ...],
    plan: Path | None,
    folder: Path | None,
    details: bool,
    output: Path | None,
) -> None:
    """Audit the even-handedness of lexicons; exit code 1 if a pair of blocs misses a threshold.

    Counts entries by the party that they name. Equal numbers are a necessary sign, not a proof:
    method and limits stand in docs/lexicons/audit.md. --output writes the balance table.
    """
    from framing.cli.show import number, print_table
    from framing.pipeline import Result
    from framing.provenance import stamp
    from framing.workbench.audit import (
        audit_balance,
        audit_corpus,
        audit_frames,
        counterparts,
        generic_entries,
    )  # fmt: skip
    from framing.workbench.audit_plan import load_plan

    chosen = chosen_lexicons(lexicons, added)
    loaded_plan = load_plan(plan)
    balance = audit_balance(chosen, loaded_plan)
    if output is not None:
        write_table(balance, output, chosen)
    else:
        shown = balance.assign(
            passes=balance["passes"].map({True: "yes", False: "NO"}).fillna("not judged"),
            **{c: [number(v) for v in balance[c]] for c in ("balance", "intensity_bloc", "intensity_other")},
        )
        print_table(shown, title="Entries that name each bloc")
    click.echo(f"{generic_entries(chosen)} further entries name nobody: they apply to every party alike.")
    if details:
        print_table(audit_frames(chosen, loaded_plan), title="By frame and intensity")
        print_table(counterparts(chosen, loaded_plan), title="Entries without a counterpart")
    if folder is not None:
        result = Result.load(folder)
        corpus = audit_corpus(result.mentions, loaded_plan)
        for name in ("share", "own_share"):
            corpus[name] = [number(v) for v in corpus[name]]
        print_table(corpus, title=f"Loaded words of each outlet in {folder} that name a bloc")
        click.echo(
            "share: of all loaded mentions of the outlet (n_loaded); own_share: of those, in its own voice. "
            "An outlet without a line names no party of that conflict."
        )
        click.echo(f"scored with {result.lexicons}")
    click.echo(stamp(x.facts() for x in chosen))
    failed = int((~balance["passes"].fillna(True)).sum())
    click.echo(
        f"{failed} pair{'' if failed == 1 else 's'} of blocs miss{'es' if failed == 1 else ''} a threshold"
    )
    if failed:
        raise click.exceptions.Exit(1)
