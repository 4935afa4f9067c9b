"""``framing events``: find articles on the same event in a folder of scored articles."""

from __future__ import annotations

from pathlib import Path

import click

_SHOWN = 20


@click.command("events")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--days", default=3, show_default=True, help="Days that one event may last at most.")
@click.option(
    "--similarity", default=None, type=float, help="How alike two articles must be, 0 to 1 (default: .14)."
)
@click.option("--replace", is_flag=True, help="Write over a column event that is already there.")
def command(folder: Path, days: int, similarity: float | None, replace: bool) -> None:
    """Group the articles in FOLDER by event and write the column event into its documents table.

    Then framing compare events FOLDER compares outlets inside events, and --within event makes every
    other comparison do so. A corpus that names its events itself (column event) does not need this.
    """
    from dataclasses import replace as changed

    import pandas as pd

    from framing.cli.show import print_table
    from framing.corpus.events import SIMILARITY, add_events, list_events
    from framing.pipeline import Result

    result = Result.load(folder)
    alike = SIMILARITY if similarity is None else similarity
    documents = add_events(result.documents, result.texts, days=days, similarity=alike, replace=replace)
    run = {**result.run, "events": {"days": days, "similarity": alike}}
    changed(result, documents=documents, run=run).save(folder)
    events = list_events(documents)
    shared = events[events["n_outlets"] > 1]
    largest = shared.sort_values(["n_outlets", "n_articles"], ascending=False, kind="stable").head(_SHOWN)
    shown = pd.DataFrame(
        {
            "event": largest["event"],
            "from": largest["first"],
            "to": largest["last"],
            "articles": [f"{n:,}" for n in largest["n_articles"]],
            "outlets": [f"{n:,}" for n in largest["n_outlets"]],
        }
    )
    if len(shown):
        print_table(shown, title="Events with most outlets", right=("articles", "outlets"))
    without = int((documents["event"].fillna("") == "").sum())
    click.echo(
        f"{len(events):,} events, {len(shared):,} of them in more than one outlet; {without:,} articles "
        "without an event (no date, no words, or not scored)"
    )
