"""``framing score``: a corpus in, a folder of Parquet tables out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from framing.cli.options import (
    ADD_LEXICON,
    CLASSIFIER,
    COLUMN,
    JOBS,
    LEXICON,
    chosen_lexicons,
    column_mapping,
)

if TYPE_CHECKING:
    from framing.pipeline import Result


@click.command("score")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "output", required=True, type=click.Path(path_type=Path), help="Folder to write."
)
@LEXICON
@ADD_LEXICON
@COLUMN
@click.option("--outlet", default="", help="Outlet of every article that names none.")
@JOBS
@click.option(
    "--no-texts", is_flag=True, help="Do not copy the texts; concordance and reader then cannot show them."
)
@click.option(
    "--words",
    is_flag=True,
    help="Also write how often each word stands in each article and voice (words.parquet): for keyness.",
)
@click.option(
    "--mentions-only",
    is_flag=True,
    help="Read only the paragraphs that mentions need for voice: faster, same mentions, but "
    "own, quoted and reported words stay missing, so rates are per word of the article only.",
)
@CLASSIFIER
@click.option("--quiet", is_flag=True, help="No progress bar, no summary.")
def command(
    corpus: Path,
    output: Path,
    lexicons: tuple[str, ...],
    added: tuple[str, ...],
    columns: tuple[str, ...],
    outlet: str,
    jobs: int,
    no_texts: bool,
    words: bool,
    mentions_only: bool,
    classifier: Path | None,
    quiet: bool,
) -> None:
    """Score CORPUS: a .csv, .tsv, .json, .jsonl or .parquet file, or a folder of .txt files.

    Writes documents, mentions, counts, removals and texts as Parquet, and run.json with versions
    and digests. A bad article is a row with a status and a message, never the end of the run.
    """
    from framing.cli.show import progress_bar
    from framing.config import Config
    from framing.corpus.read import read_corpus
    from framing.pipeline import analyze
    from framing.pipeline.result import output_folder
    from framing.pipeline.trained_with import notes_of

    chosen = chosen_lexicons(lexicons, added)
    table = read_corpus(corpus, columns=column_mapping(columns), outlet=outlet)
    output_folder(output)  # a folder that cannot be written must not be found out after the work
    with progress_bar("scoring", hidden=quiet) as progress:
        result = analyze(
            table,
            lexicons=chosen,
            config=Config(words_by_voice=not mentions_only),
            n_jobs=jobs,
            keep_texts=not no_texts,
            keep_words=words,
            classifier=classifier,
            progress=progress,
        )
    result.save(output)
    for note in notes_of(result.run):
        click.echo(f"note: {note}", err=True)
    if not quiet:
        summarise(result, output)


def summarise(result: Result, output: Path) -> None:
    """Print what came of the articles, and each status that is not ``ok`` with an example."""
    documents = result.documents
    words = int(documents["n_words"].sum())
    attributed = int(documents["n_words_quoted"].sum() + documents["n_words_reported"].sum())
    click.echo(
        f"{len(documents):,} articles, {documents['outlet'].nunique():,} outlets, {words:,} words, "
        f"{len(result.mentions):,} mentions -> {output}"
    )
    if words:
        counted = not documents["n_words_own"].isna().any()
        unknown = int(documents["n_words_unknown"].sum())
        click.echo(
            f"  {attributed / words:.0%} of the words are quoted or reported, {unknown / words:.1%} unknown; "
            if counted
            else "  words were not counted by voice; ",
            nl=False,
        )
        click.echo(
            f"{int(documents['n_words_removed'].sum()):,} words removed (repeats, datelines); "
            f"{int((documents['duplicate_of'] != '').sum()):,} duplicates flagged"
        )
    for status, rows in documents[documents["status"] != "ok"].groupby("status"):
        first = rows.iloc[0]
        click.echo(f"  {len(rows):,} with status {status}, e.g. {first['doc_id']}: {first['message']}")
