"""``framing lexicon stats`` and ``suggest``: what lexicons find, and miss, in a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from framing.cli.lexicon.output import OUTPUT, write_table
from framing.cli.options import ADD_LEXICON, COLUMN, JOBS, LEXICON, chosen_lexicons, column_mapping

if TYPE_CHECKING:
    from framing.lexicon import Lexicon
    from framing.pipeline import Result

CORPUS = click.argument("corpus", type=click.Path(path_type=Path))


def scored(
    corpus: Path, lexicons: Sequence[Lexicon], *, columns: Sequence[str] = (), jobs: int = 1
) -> Result:
    """Read and score a corpus with these lexicons and, unless they bring some, the shipped cues."""
    from framing.cli.show import progress_bar
    from framing.corpus.read import read_corpus
    from framing.lexicon import load_lexicon
    from framing.pipeline import analyze

    chosen = list(lexicons)
    if not any(x.kind == "cues" for x in chosen):
        chosen.append(load_lexicon("cues-en"))
    table = read_corpus(corpus, columns=column_mapping(columns))
    with progress_bar("scoring") as progress:
        return analyze(table, lexicons=chosen, n_jobs=jobs, progress=progress)


@click.command("stats")
@CORPUS
@LEXICON
@ADD_LEXICON
@COLUMN
@JOBS
@click.option("--top", default=40, show_default=True, help="Rows on the terminal; a file holds all entries.")
@OUTPUT
def stats_command(
    corpus: Path,
    lexicons: tuple[str, ...],
    added: tuple[str, ...],
    columns: tuple[str, ...],
    jobs: int,
    top: int,
    output: Path | None,
) -> None:
    """Show what each entry finds in CORPUS, the most frequent first.

    dispersion: 0 if an entry is spread over the articles as the words are, 1 if it stands in one short
    article (normalised deviation of proportions). own voice: share of its mentions in the outlet's own
    voice. top outlet: share of the outlet with most. of referent: its share among all entries that name
    the same party.

    With --lexicon referents-en the column "of referent" is the naming choice: the share of each name
    among all names of the same referent.
    """
    from framing.cli.show import number, print_table
    from framing.provenance import stamp
    from framing.workbench.stats import entry_stats

    chosen = chosen_lexicons(lexicons, added)
    table = entry_stats(scored(corpus, chosen, columns=columns, jobs=jobs), chosen)
    table = table.sort_values(["n", "entry_id"], ascending=[False, True]).reset_index(drop=True)
    if output is not None:
        write_table(table, output, chosen)
        return
    idle = int((table["n"] == 0).sum())
    shown = table[table["n"] > 0].head(top)
    columns_shown = shown[["entry_id", "category", "referent", "n", "n_nested", "n_articles", "n_outlets"]]
    for name, label in (("dispersion", "dispersion"), ("own_share", "own voice"), ("top_share", "top outlet"),
                        ("share_of_referent", "of referent")):  # fmt: skip
        columns_shown = columns_shown.assign(**{label: [number(v) for v in shown[name]]})
    print_table(columns_shown.assign(example=[e[:90] for e in shown["example_1"]]))
    click.echo(f"{len(table):,} entries, {idle:,} without a mention; --output writes all columns")
    click.echo(stamp(x.facts() for x in chosen))


@click.command("suggest")
@CORPUS
@LEXICON
@ADD_LEXICON
@COLUMN
@JOBS
@click.option("--top", default=15, show_default=True, help="Words for each outlet; rows of the other lists.")
@click.option("--min-articles", default=5, show_default=True, help="Articles that must hold a word.")
@click.option(
    "--kind", type=click.Choice(["keywords", "collocations", "unlisted"]), default=None,
    help="Only one of the three lists.",
)  # fmt: skip
@OUTPUT
def suggest_command(
    corpus: Path,
    lexicons: tuple[str, ...],
    added: tuple[str, ...],
    columns: tuple[str, ...],
    jobs: int,
    top: int,
    min_articles: int,
    kind: str | None,
    output: Path | None,
) -> None:
    """Suggest candidates for new entries from CORPUS. Nothing becomes an entry by itself.

    Keywords are words that no entry covers and that mark an outlet against all others (log-odds with
    a Dirichlet prior for the order, a test over articles for the decision). Collocations are words
    beside known entries. Unlisted are words and phrases that no entry covers and that the trained model
    takes for loaded; p is their mean chance. With --output the list named by --kind is written.
    """
    from framing.cli.show import number, print_table
    from framing.errors import InputError
    from framing.provenance import stamp
    from framing.workbench.suggest import collocations, keywords
    from framing.workbench.unlisted import unlisted

    if output is not None and kind is None:
        raise InputError("--output needs --kind", allowed="keywords, collocations, unlisted")
    chosen = chosen_lexicons(lexicons, added)
    result = scored(corpus, chosen, columns=columns, jobs=jobs)
    tables = {}
    if kind in (None, "keywords"):
        tables["keywords"] = keywords(result, chosen, min_articles=min_articles, top=top)
    if kind in (None, "collocations"):
        tables["collocations"] = collocations(result, chosen, min_articles=min(min_articles, 3), top=top)
    if kind in (None, "unlisted"):
        tables["unlisted"] = unlisted(result, chosen, top, min_articles=min(min_articles, 3))
    if output is not None and kind is not None:
        write_table(tables[kind], output, chosen)
        return
    for name, table in tables.items():
        if table.empty:
            click.echo(f"{name.capitalize()}: none")
            continue
        shown = table.assign(example=[e[:100] for e in table["example"]])
        for column, digits in (("z", 1), ("q", 3), ("g2", 1), ("pmi", 1), ("p", 2)):
            if column in shown:
                shown[column] = [number(v, digits) for v in shown[column]]
        print_table(shown, title=name.capitalize())
    click.echo("Candidates are for reading: most words that mark an outlet are its topics, not its frames.")
    click.echo(stamp(x.facts() for x in chosen))
